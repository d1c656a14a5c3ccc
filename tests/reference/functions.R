# What several of these scripts share. Writes nothing.
level <- 0.95

# Shares of people, and one or two samples of scores from 1 to 4.
wilson <- function(x, n) as.numeric(prop.test(x, n, correct = FALSE, conf.level = level)$conf.int)
newcombe <- function(xa, na, xb, nb) {
  a <- wilson(xa, na); b <- wilson(xb, nb); pa <- xa / na; pb <- xb / nb
  c(pb - pa - sqrt((pb - b[1])^2 + (a[2] - pa)^2), pb - pa + sqrt((b[2] - pb)^2 + (pa - a[1])^2))
}
battery_score <- function(m) { ok <- 2 * rowSums(!is.na(m)) >= ncol(m) & rowSums(!is.na(m)) > 0; rowMeans(m[ok, , drop = FALSE], na.rm = TRUE) }
one <- function(x, all, is_item) {
  x <- x[!is.na(x)]; t <- t.test(x, mu = 2.5, conf.level = level)
  up <- sum(x > 2.5); down <- sum(x < 2.5); w <- wilson(up, length(x))
  list(n = length(x), mean = mean(x), sd = sd(x), conf_low = t$conf.int[1], conf_high = t$conf.int[2], median = median(x),
       agree = up / length(x), agree_low = w[1], agree_high = w[2], net = (up - down) / length(x), p_value = t$p.value)
}
two <- function(x, y, is_item) {
  x <- x[!is.na(x)]; y <- y[!is.na(y)]; nx <- length(x); ny <- length(y)
  w <- t.test(y, x); s <- t.test(y, x, var.equal = TRUE); m <- suppressWarnings(wilcox.test(y, x, exact = FALSE))
  g <- hedges_g(y, x, pooled_sd = TRUE, ci = level)
  xa <- sum(x > 2.5); xb <- sum(y > 2.5); nc <- newcombe(xa, nx, xb, ny)
  data <- data.frame(v = c(x, y), f = factor(c(rep("a", nx), rep("b", ny))))
  out <- list(n_reference = nx, n = ny, mean_reference = mean(x), mean = mean(y), sd_reference = sd(x), sd = sd(y),
    estimate = mean(y) - mean(x), std_error = unname(w$stderr), conf_low = w$conf.int[1], conf_high = w$conf.int[2],
    welch = list(statistic = unname(w$statistic), df = unname(w$parameter), p_value = w$p.value),
    student = list(statistic = unname(s$statistic), df = unname(s$parameter), p_value = s$p.value, std_error = unname(s$stderr), conf_low = s$conf.int[1], conf_high = s$conf.int[2]),
    mann_whitney = list(statistic = unname(m$statistic), p_value = m$p.value),
    effect = g$Hedges_g, effect_low = g$CI_low, effect_high = g$CI_high,
    agree_reference = xa / nx, agree = xb / ny, agree_change = xb / ny - xa / nx, agree_change_low = nc[1], agree_change_high = nc[2],
    detectable = unname((qt(0.975, w$parameter) + qt(0.80, w$parameter)) * w$stderr))
  if (is_item) {
    out$exact <- list(p_value = as.numeric(pvalue(oneway_test(v ~ f, data, distribution = "exact"))))
    out$exact_rank <- list(p_value = as.numeric(pvalue(coin::wilcox_test(v ~ f, data, distribution = "exact"))))
    tab <- table(data$f, data$v); ch <- suppressWarnings(chisq.test(tab, correct = FALSE))
    out$chi_square <- list(statistic = unname(ch$statistic), df = unname(ch$parameter), p_value = ch$p.value)
  }
  out
}

# P(T <= t) of the noncentral t as a mean over the sample SD: pt() gives up beyond a noncentrality of 37.6.
noncentral_t <- function(t, df, ncp) {
  range <- sqrt(c(qchisq(1e-20, df), qchisq(1e-20, df, lower.tail = FALSE)) / df)
  density <- function(w) pnorm(t * w - ncp) * dchisq(df * w^2, df) * 2 * df * w
  # cut where the integrand turns and where the SD has its mass, so that neither is missed however sharp
  turns <- c(if (t > 0) ncp / t + c(-8, -2, 0, 2, 8) / t, 1 + c(-6, -2, 0, 2, 6) / sqrt(2 * df))
  cuts <- unique(sort(c(range, turns[turns > range[1] & turns < range[2]])))
  piece <- function(a, b) integrate(density, a, b, rel.tol = 1e-12, abs.tol = 1e-15, subdivisions = 2000, stop.on.error = FALSE)$value
  sum(mapply(piece, head(cuts, -1), tail(cuts, -1)))
}

# On |t|, mirrored afterwards.
noncentrality <- function(t, df) {
  size <- abs(t); width <- 12 * sqrt(1 + size^2 / (2 * df))
  find <- function(p) uniroot(function(ncp) noncentral_t(size, df, ncp) - p, c(size - width, size + width), tol = 1e-13, maxiter = 10000)$root
  limits <- c(find(0.975), find(0.025))
  if (t < 0) -rev(limits) else limits
}

# Several groups: Welch's ANOVA and Kruskal-Wallis.
tests <- function(x) {
  x <- x[lengths(x) > 0]
  score <- unlist(x); group <- factor(rep(seq_along(x), lengths(x)))
  out <- list()
  if (length(x) > 1 && all(lengths(x) > 1) && all(sapply(x, sd) > 0)) {
    test <- oneway.test(score ~ group, var.equal = FALSE)
    f <- unname(test$statistic); df1 <- unname(test$parameter[1])
    out$welch <- list(f_statistic = f, df1 = df1, df2 = unname(test$parameter[2]), p_value = test$p.value,
                      omega_squared = max(df1 * (f - 1) / (df1 * (f - 1) + length(score)), 0))
  }
  if (length(x) > 1 && length(unique(score)) > 1) {
    test <- kruskal.test(score, group)
    h <- unname(test$statistic)
    out$kruskal <- list(groups = length(x), h_statistic = h, df = unname(test$parameter), p_value = test$p.value, epsilon_squared = h / (length(score) - 1))
  }
  out
}

# The studentized range by adaptive quadrature: ptukey() is a fixed-order rule, off by up to 8e-4 at 2 df,
# by 3e-7 above 10, and 0 in the far tails.
integral <- function(f, cuts) {
  piece <- function(a, b) integrate(f, a, b, rel.tol = 1e-12, abs.tol = 1e-300, subdivisions = 2000, stop.on.error = FALSE)$value
  sum(mapply(piece, head(cuts, -1), tail(cuts, -1)))
}

range_tail <- Vectorize(function(w, k) {
  inside <- function(z) dnorm(z) * exp((k - 1) * pnorm(z, log.p = TRUE)) *
    -expm1((k - 1) * log1p(-exp(pmin(pnorm(z - w, log.p = TRUE) - pnorm(z, log.p = TRUE), 0))))
  k * integral(inside, w / 2 + c(-11, -3, 0, 3, 11))
}, "w")

# exp(u) is the SD; its far left matters as soon as only a small one makes the range so wide.
upper <- function(q, k, df) {
  log_density <- function(u) dchisq(df * exp(2 * u), df, log = TRUE) + log(2 * df) + 2 * u
  width <- 1 / sqrt(2 * df); left <- -log1p(q^2 / (2 * df)) / 2
  cuts <- sort(unique(c(left - 36 / df - c(8, 3) * width, left, seq(left, 0, length.out = 4), c(2, 8) * width)))
  integral(function(u) exp(log_density(u)) * range_tail(q * exp(u), k), cuts)
}

critical <- function(k, df) {
  root <- uniroot(function(x) log(upper(exp(x), k, df) / 0.05), log(qtukey(0.95, k, max(df, 2))) + c(-0.01, 0.01), extendInt = "downX", tol = 1e-12)
  exp(root$root)
}

# Games & Howell 1976; the range is that of all groups with a variance. No multiple comparison of this kind comes with R.
games_howell <- function(x) {
  groups <- sum(lengths(x) > 1)
  pairs <- list()
  for (i in seq_along(x)) for (j in seq_along(x)) {
    if (i >= j || min(length(x[[i]]), length(x[[j]])) < 2) next
    welch <- tryCatch(t.test(x[[i]], x[[j]]), error = function(e) NULL)
    if (is.null(welch)) next
    unit <- welch$stderr / sqrt(2); df <- unname(welch$parameter); estimate <- mean(x[[i]]) - mean(x[[j]])
    reach <- critical(groups, df) * unit
    pairs[[length(pairs) + 1]] <- list(group = i - 1, other = j - 1, estimate = estimate, conf_low = estimate - reach, conf_high = estimate + reach,
                                       p_adjusted = upper(abs(estimate) / unit, groups, df))
  }
  pairs
}

# Welch-James statistic in its general matrix form: Johansen 1980 as in Lix & Keselman 1995, equations 2 to 6, one dependent variable.
# Cells in the order reference 1..k, later 1..k.
welch_james <- function(x, y) {
  k <- length(x); cells <- c(x, y)
  means <- sapply(cells, mean); n <- lengths(cells); v <- diag(sapply(cells, var) / n)
  alike <- cbind(diag(k - 1), -1)
  contrast <- kronecker(t(c(-1, 1)), alike)
  inner <- solve(contrast %*% v %*% t(contrast))
  t_wj <- drop(t(contrast %*% means) %*% inner %*% (contrast %*% means))
  a <- 0
  for (j in seq_along(cells)) {
    q <- diag(as.numeric(seq_along(cells) == j))
    m <- v %*% t(contrast) %*% inner %*% contrast %*% q
    a <- a + (sum(diag(m %*% m)) + sum(diag(m))^2) / (n[[j]] - 1)
  }
  a <- a / 2; df1 <- k - 1
  f <- t_wj / (df1 + 2 * a - 6 * a / (df1 + 2)); df2 <- df1 * (df1 + 2) / (3 * a)
  list(f_statistic = f, df1 = df1, df2 = df2, p_value = pf(f, df1, df2, lower.tail = FALSE))
}

# jsonlite stops at 15 digits: numbers go through it as text of 17, and lose their quotation marks afterwards.
write_exactly <- function(written, parts, file) {
  written[parts] <- rapply(written[parts], function(x) sprintf("%.17g", x), classes = c("numeric", "integer"), how = "replace")
  json <- jsonlite::toJSON(written, auto_unbox = TRUE, null = "null", na = "null", pretty = 1)
  writeLines(gsub('"(-?[0-9]+(\\.[0-9]+)?(e[-+][0-9]+)?)"', "\\1", json), file)
}

# What a function makes of each case of a table, written beside it, where R and survey make it.
write_cases <- function(name, one_case) {
  cases <- read.csv(paste0(name, "_cases.csv"))
  versions <- sapply(c("survey", "jsonlite"), function(package) as.character(packageVersion(package)), simplify = FALSE)
  written <- list(
    generated = sprintf("by %s.R; do not edit", name),
    versions = c(list(R = as.character(getRversion())), versions),
    cases = lapply(split(cases, factor(cases$case, unique(cases$case))), one_case)
  )
  write_exactly(written, "cases", paste0(name, ".json"))
}
