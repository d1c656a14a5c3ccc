# `topline` under weights, raking and a finite population, by R's survey package. Run here: Rscript questions_design.R
# Reads design_1.csv and design_2.csv, of which it makes a question of several answers, one of 0 to 10 and a number; writes questions_design.json.
suppressPackageStartupMessages({library(survey); library(jsonlite)})
levels_ <- c("Disagree strongly", "Disagree", "Agree", "Agree strongly")
invited <- c(130, 170)
population <- c(Nurse = 0.5, Doctor = 0.2, Porter = 0.3)
z <- qnorm(0.975)

read_wave <- function(i) {
  d <- read.csv(sprintf("design_%d.csv", i), check.names = FALSE, na.strings = "")
  row <- seq_len(nrow(d)); plan <- match(d[["I plan"]], levels_); known <- ifelse(is.na(plan), 0, plan)
  d$plan <- plan
  d$likely <- ifelse(row %% 9 == 0, NA, (7 * row + 3 * known + i) %% 11)
  d$email <- (row + known + i) %% 3 == 0; d$post <- (row + known) %% 4 < i
  d$years <- ifelse(row %% 11 == 0, NA, (5 * row + known) %% 17)
  d$Role <- ifelse(is.na(d$Role), "(not stated)", d$Role); d$w <- d[["Design weight"]]; d$one <- 1
  d
}
waves <- lapply(1:2, read_wave)
raked <- function(d) {
  unknown <- mean(d$Role == "(not stated)"); goal <- population * (1 - unknown)
  goal <- nrow(d) * (if (unknown > 0) c(goal, "(not stated)" = unknown) else goal)
  d$Role <- factor(d$Role, levels = names(goal))
  total <- c("(Intercept)" = nrow(d), setNames(goal[-1], paste0("Role", names(goal)[-1])))
  calibrate(svydesign(ids = ~1, weights = ~one, data = d), ~Role, population = total, calfun = "raking", epsilon = 1e-14, maxit = 500)
}
# The people with an x, under a design: mean, variance of the mean, spread; eff is of how many people a share would be as precise.
sample_of <- function(d, x, kind, N) {
  ok <- !is.na(x); n <- sum(ok); d$x <- ifelse(ok, x, 0)
  if (kind == "rake") {
    design <- raked(d); sub <- design[which(ok), ]; w <- weights(design)[ok]; all <- nrow(d)
  } else {
    valid <- d[ok, ]; w <- if (kind == "weight") valid$w else valid$one; valid$wt <- w; all <- n
    sub <- svydesign(ids = ~1, weights = ~wt, data = valid)
  }
  plain <- svydesign(ids = ~1, weights = ~w, data = data.frame(x = x[ok], w = w))
  m <- coef(svymean(~x, sub))[[1]]; v <- c(SE(svymean(~x, sub)))[[1]]^2; sd <- sqrt(coef(svyvar(~x, plain))[[1]]); unseen <- if (is.na(N)) 1 else 1 - n / N
  eff <- if (m > 0 && m < 1) m * (1 - m) / (v * (all - 1) / all) else sum(w)^2 / sum(w^2)
  quartiles <- svyquantile(~x, plain, c(0.25, 0.5, 0.75), qrule = "school", ci = FALSE)$x
  if (kind == "plain") quartiles <- quantile(x[ok], c(0.25, 0.5, 0.75), type = 7) # without weights R's default
  list(n = n, mean = m, var = v * unseen, sd = sd, eff = eff / unseen, quartiles = unname(c(quartiles)))
}
welch <- function(a, b) {
  v <- a$var + b$var; df <- v^2 / (a$var^2 / (a$n - 1) + b$var^2 / (b$n - 1)); e <- b$mean - a$mean; r <- qt(0.975, df) * sqrt(v)
  list(change = e, change_low = e - r, change_high = e + r, p_value = 2 * pt(-abs(e / sqrt(v)), df))
}
wilson <- function(p, n) { mid <- p + z^2 / (2 * n); r <- z * sqrt(p * (1 - p) / n + z^2 / (4 * n^2)); c(mid - r, mid + r) / (1 + z^2 / n) }
share <- function(x, kind, N) {
  s <- lapply(1:2, function(i) sample_of(waves[[i]], x(waves[[i]]), kind, N(i))); l <- lapply(s, function(one) wilson(one$mean, one$eff))
  change <- s[[2]]$mean - s[[1]]$mean
  list(before = list(n = s[[1]]$n, share = s[[1]]$mean, share_low = l[[1]][1], share_high = l[[1]][2]),
       after = list(n = s[[2]]$n, share = s[[2]]$mean, share_low = l[[2]][1], share_high = l[[2]][2], change = change,
                    change_low = change - sqrt((s[[2]]$mean - l[[2]][1])^2 + (l[[1]][2] - s[[1]]$mean)^2),
                    change_high = change + sqrt((l[[2]][2] - s[[2]]$mean)^2 + (s[[1]]$mean - l[[1]][1])^2), p_value = welch(s[[1]], s[[2]])$p_value))
}
net <- function(kind, N) {
  part <- function(d, f) ifelse(is.na(d$likely), NA, as.numeric(f(d$likely)))
  s <- lapply(1:2, function(i) sample_of(waves[[i]], part(waves[[i]], function(v) (v >= 9) - (v <= 6)), kind, N(i)))
  limits <- function(i) {
    p <- sample_of(waves[[i]], part(waves[[i]], function(v) v >= 9), kind, NA)$mean; d <- sample_of(waves[[i]], part(waves[[i]], function(v) v <= 6), kind, NA)$mean
    eff <- s[[i]]$sd^2 / s[[i]]$var; n <- eff + 3; p <- (p * eff + 3 / 4) / n; d <- (d * eff + 3 / 4) / n; h <- z * sqrt((p + d - (p - d)^2) / n)
    list(score = s[[i]]$mean, score_low = max(-1, p - d - h), score_high = min(1, p - d + h))
  }
  list(before = limits(1), after = c(limits(2), welch(s[[1]], s[[2]])))
}
years <- function(kind, N) {
  s <- lapply(1:2, function(i) sample_of(waves[[i]], waves[[i]]$years, kind, N(i)))
  told <- function(one) {
    r <- qt(0.975, one$n - 1) * sqrt(one$var)
    list(n = one$n, mean = one$mean, mean_low = one$mean - r, mean_high = one$mean + r, q1 = one$quartiles[1], median = one$quartiles[2], q3 = one$quartiles[3])
  }
  list(before = told(s[[1]]), after = c(told(s[[2]]), welch(s[[1]], s[[2]])))
}
one <- function(kind, fpc) {
  N <- function(wave) if (fpc) invited[wave] else NA
  any <- function(d, column) ifelse(d$email | d$post, as.numeric(d[[column]]), NA)
  single <- lapply(seq_along(levels_), function(k) share(function(d) ifelse(is.na(d$plan), NA, as.numeric(d$plan == k)), kind, N))
  list(plan = setNames(single, levels_), hear = list(Email = share(function(d) any(d, "email"), kind, N), Post = share(function(d) any(d, "post"), kind, N)),
       likely = net(kind, N), years = years(kind, N))
}
kinds <- list(weight = one("weight", FALSE), rake = one("rake", FALSE), fpc = one("plain", TRUE), weight_fpc = one("weight", TRUE))
versions <- list(script = "questions_design.R", R = R.version.string, survey = as.character(packageVersion("survey")))
write_json(c(list(versions = versions), kinds), "questions_design.json", digits = NA, auto_unbox = TRUE, pretty = FALSE, null = "null")
