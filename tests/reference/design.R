# `score`, `compare` and `breakdown` under weights, raking and a finite population, by R's survey package. Run here: Rscript design.R
# Reads design_1.csv and design_2.csv (made by design_answers.py), writes design.json. Do not edit design.json.
suppressPackageStartupMessages({library(survey); library(jsonlite)})
levels_ <- c("Disagree strongly", "Disagree", "Agree", "Agree strongly")
items <- c("I plan", "I rest", "I learn", "I stay")
invited <- c(130, 170)
invited_by <- list(list(Nurse = 60, Doctor = 45), list(Nurse = 70, Doctor = 60, Porter = 50)) # no number of porters in the first wave
population <- list(Role = c(Nurse = 0.5, Doctor = 0.2, Porter = 0.3), Site = c(North = 0.6, South = 0.4))

read_wave <- function(i) {
  d <- read.csv(sprintf("design_%d.csv", i), check.names = FALSE, na.strings = "")
  for (item in items) d[[item]] <- match(d[[item]], levels_)
  m <- as.matrix(d[items]); answered <- rowSums(!is.na(m))
  d$score <- ifelse(2 * answered >= length(items) & answered > 0, rowMeans(m, na.rm = TRUE), NA)
  d$Role <- ifelse(is.na(d$Role), "(not stated)", d$Role); d$one <- 1; d$w <- d[["Design weight"]]
  d
}
waves <- lapply(1:2, read_wave)

# Raking keeps the share of those who stated no role.
goals <- function(d, name) {
  unknown <- mean(d[[name]] == "(not stated)"); goal <- population[[name]] * (1 - unknown)
  nrow(d) * (if (unknown > 0) c(goal, "(not stated)" = unknown) else goal)
}
raked <- function(d, margins) {
  d[margins] <- lapply(margins, function(m) factor(d[[m]], levels = names(goals(d, m))))
  total <- c("(Intercept)" = nrow(d)); for (m in margins) { g <- goals(d, m)[-1]; total <- c(total, setNames(g, paste0(m, names(g)))) }
  calibrate(svydesign(ids = ~1, weights = ~one, data = d), reformulate(margins), population = total, calfun = "raking", epsilon = 1e-14, maxit = 500)
}
wilson <- function(p, n) { z <- qnorm(0.975); mid <- p + z^2 / (2 * n); r <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2)); c(mid - r, mid + r) / (1 + z^2 / n) }

# A sample: the people of `keep` with an answer, under a design; N is the number invited or NA.
sample_of <- function(d, item, kind, keep, N) {
  d$x <- d[[item]]; ok <- keep & !is.na(d$x); n <- sum(ok); d$up <- as.numeric(!is.na(d$x) & d$x > 2.5); d$down <- as.numeric(!is.na(d$x) & d$x < 2.5)
  if (startsWith(kind, "rake")) {
    d$x[!ok] <- 0 # the rows stay in a calibrated design, without weight
    design <- raked(d, if (kind == "rake2") c("Role", "Site") else "Role"); all <- nrow(d)
    sub <- design[which(ok), ]; w <- weights(design)[ok]
  } else {
    valid <- d[ok, ]; all <- n; w <- if (kind == "weight") valid$w else valid$one; valid$wt <- w; sub <- svydesign(ids = ~1, weights = ~wt, data = valid)
  }
  x <- d$x[ok]; m <- coef(svymean(~x, sub))[[1]]; v <- c(SE(svymean(~x, sub)))[[1]]^2
  p <- coef(svymean(~up, sub))[[1]]; vp <- c(SE(svymean(~up, sub)))[[1]]^2 * (all - 1) / all
  eff <- if (p > 0 && p < 1) p * (1 - p) / vp else sum(w)^2 / sum(w^2)
  plain <- svydesign(ids = ~1, weights = ~w, data = data.frame(x = x, w = w))
  unseen <- if (is.na(N)) 1 else 1 - n / N
  list(n = n, mean = m, var = v * unseen, sd = sqrt(coef(svyvar(~x, plain))[[1]]), median = svyquantile(~x, plain, 0.5, qrule = "school", ci = FALSE)$x[[1]],
       agree = p, net = p - coef(svymean(~down, sub))[[1]], eff = eff / unseen)
}
limits <- function(s) s$mean + c(-1, 1) * qt(0.975, s$n - 1) * sqrt(s$var)
welch <- function(a, b) {
  v <- a$var + b$var; df <- v^2 / (a$var^2 / (a$n - 1) + b$var^2 / (b$n - 1)); e <- b$mean - a$mean; t <- e / sqrt(v); r <- qt(0.975, df) * sqrt(v)
  pooled <- sqrt(((a$n - 1) * a$sd^2 + (b$n - 1) * b$sd^2) / (a$n + b$n - 2)); k <- a$n + b$n - 2
  list(estimate = e, std_error = sqrt(v), low = e - r, high = e + r, statistic = t, df = df, p_value = 2 * pt(-abs(t), df),
       effect = e / pooled * exp(lgamma(k / 2) - lgamma((k - 1) / 2)) / sqrt(k / 2), detectable = (qt(0.975, df) + qt(0.8, df)) * sqrt(v))
}
score_row <- function(s) {
  l <- limits(s); w <- wilson(s$agree, s$eff)
  list(n = s$n, mean = s$mean, conf_low = l[1], conf_high = l[2], sd = s$sd, median = s$median, agree = s$agree, agree_low = w[1], agree_high = w[2],
       net = s$net, p_value = 2 * pt(-abs(s$mean - 2.5) / sqrt(s$var), s$n - 1))
}
compare_row <- function(a, b) {
  t <- welch(a, b); la <- limits(a); lb <- limits(b); wa <- wilson(a$agree, a$eff); wb <- wilson(b$agree, b$eff)
  list(n_reference = a$n, n = b$n, mean_reference = a$mean, reference_low = la[1], reference_high = la[2], mean = b$mean, mean_low = lb[1], mean_high = lb[2],
       sd_reference = a$sd, sd = b$sd, estimate = t$estimate, std_error = t$std_error, conf_low = t$low, conf_high = t$high, statistic = t$statistic, df = t$df,
       p_value = t$p_value, effect = t$effect, agree_reference = a$agree, agree = b$agree, agree_change = b$agree - a$agree,
       agree_change_low = b$agree - a$agree - sqrt((b$agree - wb[1])^2 + (wa[2] - a$agree)^2),
       agree_change_high = b$agree - a$agree + sqrt((wb[2] - b$agree)^2 + (a$agree - wa[1])^2), detectable = t$detectable)
}
breakdown_row <- function(g, rest) {
  t <- welch(rest, g); l <- limits(g); w <- wilson(g$agree, g$eff)
  list(n = g$n, mean = g$mean, conf_low = l[1], conf_high = l[2], sd = g$sd, agree = g$agree, agree_low = w[1], agree_high = w[2], n_rest = rest$n,
       mean_rest = rest$mean, estimate = t$estimate, estimate_low = t$low, estimate_high = t$high, std_error = t$std_error, statistic = t$statistic, df = t$df,
       p_value = t$p_value, effect = t$effect)
}
omnibus_row <- function(groups) { # Welch's ANOVA with the design's variances of the means
  n <- sapply(groups, `[[`, "n"); m <- sapply(groups, `[[`, "mean"); w <- 1 / sapply(groups, `[[`, "var"); k <- length(n)
  g <- sum(w * m) / sum(w); a <- sum((1 - w / sum(w))^2 / (n - 1))
  f <- sum(w * (m - g)^2) / (k - 1) / (1 + 2 * (k - 2) / (k^2 - 1) * a); df2 <- (k^2 - 1) / (3 * a)
  list(f_statistic = f, df1 = k - 1, df2 = df2, p_value = pf(f, k - 1, df2, lower.tail = FALSE), omega_squared = max(0, (k - 1) * (f - 1) / ((k - 1) * (f - 1) + sum(n))))
}
adjusted <- function(rows, families) {
  p <- sapply(rows, `[[`, "p_value")
  for (family in unique(families)) { at <- which(families == family); q <- p.adjust(p[at], "holm"); for (i in seq_along(at)) rows[[at[i]]]$p_adjusted <- q[i] }
  rows
}
one <- function(kind, fpc) {
  N <- function(wave) if (fpc) invited[wave] else NA
  score <- compare <- breakdown <- omnibus <- list()
  roles <- c("Nurse", "Doctor", "Porter")
  group_N <- function(wave, roles) { known <- invited_by[[wave]][roles]; if (fpc && !any(sapply(known, is.null))) sum(unlist(known)) else NA }
  for (item in c(items, "score")) {
    name <- if (item == "score") "" else item
    s <- lapply(1:2, function(i) sample_of(waves[[i]], item, kind, rep(TRUE, nrow(waves[[i]])), N(i)))
    for (i in 1:2) {
      score[[length(score) + 1]] <- c(list(text = name, wave = i), score_row(s[[i]]))
      d <- waves[[i]]; groups <- list()
      for (role in roles) {
        others <- setdiff(roles, role)
        groups[[role]] <- sample_of(d, item, kind, d$Role == role, group_N(i, role))
        row <- breakdown_row(groups[[role]], sample_of(d, item, kind, d$Role %in% others, group_N(i, others)))
        breakdown[[length(breakdown) + 1]] <- c(list(text = name, wave = i, group = role), row)
      }
      omnibus[[length(omnibus) + 1]] <- c(list(text = name, wave = i), omnibus_row(groups))
    }
    compare[[length(compare) + 1]] <- c(list(text = name), compare_row(s[[1]], s[[2]]))
  }
  list(score = score, compare = adjusted(compare, sapply(compare, function(r) r$text == "")),
       breakdown = adjusted(breakdown, sapply(breakdown, function(r) paste(r$text == "", r$wave))), omnibus = omnibus)
}
kinds <- list(weight = one("weight", FALSE), rake = one("rake", FALSE), rake2 = one("rake2", FALSE), fpc = one("plain", TRUE), weight_fpc = one("weight", TRUE))
versions <- list(R = R.version.string, survey = as.character(packageVersion("survey")))
write_json(c(list(versions = versions), kinds), "design.json", digits = NA, auto_unbox = TRUE, pretty = FALSE, null = "null")
