# Reference values for people in both waves: partially overlapping means, paired t, sign flips, Pratt's signed ranks. Run here: Rscript pairs.R
# Reads pairs_cases.csv (one row per case and pair of scores; no score where a wave was not answered), writes pairs.json.

suppressPackageStartupMessages({
  library(coin)
  library(effectsize)
})
source("functions.R")

correction <- function(df) exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
pooled <- function(a, b) sqrt(((length(a) - 1) * var(a) + (length(b) - 1) * var(b)) / (length(a) + length(b) - 2))

# Derrick, Russ, Toher & White 2017, equations for T_new2 and T_new1, from individual answers. a, b: all answers; x, y: those of the pairs.
partover <- function(a, b, x, y, equal = FALSE) {
  na <- length(a); nb <- length(b); p <- length(x); u <- na + nb - 2 * p
  r <- if (p < 2 || sd(x) == 0 || sd(y) == 0) 0 else cor(x, y)
  if (equal) {
    se <- pooled(a, b) * sqrt(1 / na + 1 / nb - 2 * r * p / (na * nb))
    df <- (p - 1) + (u + p - 1) * u / (u + 2 * p)
  } else {
    va <- var(a) / na; vb <- var(b) / nb
    se <- sqrt(va + vb - 2 * r * p * sd(a) * sd(b) / (na * nb))
    welch <- (va + vb)^2 / (va^2 / (na - 1) + vb^2 / (nb - 1))
    df <- (p - 1) + (welch - p + 1) * u / (u + 2 * p)
  }
  d <- mean(b) - mean(a); t <- d / se
  list(estimate = d, std_error = se, df = df, conf_low = d - qt(0.975, df) * se, conf_high = d + qt(0.975, df) * se, statistic = t, p_value = 2 * pt(-abs(t), df))
}

# How many ways lead to each total, by adding one person after another: `terms` holds for each person the values that the person may add.
ways <- function(terms) {
  found <- c("0" = 1)
  for (own in terms) {
    parts <- unlist(lapply(own, function(v) setNames(found, as.numeric(names(found)) + v)))
    found <- tapply(parts, names(parts), sum); found <- setNames(as.vector(found), names(found))
  }
  found
}

# How many subsets of each size have each total.
subsets <- function(values, size) {
  found <- list("0" = c("0" = 1))
  for (v in values) for (k in rev(seq_len(size))) {
    below <- found[[as.character(k - 1)]]
    if (is.null(below)) next
    parts <- c(found[[as.character(k)]], setNames(below, as.numeric(names(below)) + v))
    parts <- tapply(parts, names(parts), sum); found[[as.character(k)]] <- setNames(as.vector(parts), names(parts))
  }
  found[[as.character(size)]]
}

flips <- function(d) {
  all <- ways(lapply(d, function(v) c(-v, v)))
  sum(all[abs(as.numeric(names(all))) >= abs(sum(d)) - 1e-9]) / sum(all)
}

# Exchange waves within pairs, deal out the others; 2 keeps halves whole.
exact_overlap <- function(a_only, b_only, x, y) {
  d <- ways(lapply(2 * (y - x), function(v) c(-v, v)))
  u <- c(a_only, b_only)
  t <- if (length(b_only)) subsets(2 * u, length(b_only)) else c("0" = 1)
  centre <- if (length(u)) length(b_only) * mean(2 * u) else 0
  if (!length(b_only)) centre <- 0
  distance <- abs(outer(as.numeric(names(d)) / 2, as.numeric(names(t)) - centre, "+"))
  own <- abs(sum(2 * (y - x)) / 2 + sum(2 * b_only) - centre)
  sum(outer(d, t)[distance >= own - 1e-9]) / sum(outer(d, t))
}

# coin stops where nobody moved.
pratt <- function(x, y) {
  data <- data.frame(x, y)
  near <- wilcoxsign_test(y ~ x, data, zero.method = "Pratt"); exact <- wilcoxsign_test(y ~ x, data, zero.method = "Pratt", distribution = "exact")
  d <- y - x; ranks <- rank(abs(d)) * sign(d)
  list(z = unname(statistic(near)), p_value = as.numeric(pvalue(near)), exact_p = as.numeric(pvalue(exact)),
       sum = sum(ranks), rank_biserial = sum(ranks) / sum(abs(ranks)))
}

paired <- function(x, y) {
  d <- y - x; p <- length(d); test <- t.test(y, x, paired = TRUE); t <- unname(test$statistic); j <- correction(p - 1)
  out <- list(t = list(estimate = mean(d), std_error = test$stderr, df = unname(test$parameter), conf_low = test$conf.int[1], conf_high = test$conf.int[2],
                       statistic = t, p_value = test$p.value))
  if (p < 3) return(out)
  limits <- noncentrality(t, p - 1) / sqrt(p) * j
  g <- suppressWarnings(hedges_g(y, x, paired = TRUE)); average <- sqrt((var(x) + var(y)) / 2)
  c(out, list(g_z = mean(d) / sd(d) * j, g_z_low = limits[1], g_z_high = limits[2], effectsize = g$Hedges_g, effectsize_low = g$CI_low, effectsize_high = g$CI_high,
              g_av = j * mean(d) / average, g_av_low = limits[1] * sd(d) / average, g_av_high = limits[2] * sd(d) / average))
}

overlapping <- function(a, b, x, y) {
  out <- list(new2 = partover(a, b, x, y), new1 = partover(a, b, x, y, equal = TRUE))
  if (length(x) == 0) {
    welch <- t.test(b, a); student <- t.test(b, a, var.equal = TRUE)
    stopifnot(all.equal(unlist(out$new2[c("df", "statistic", "p_value")]), c(welch$parameter, welch$statistic, welch$p.value), check.attributes = FALSE, tolerance = 1e-13))
    stopifnot(all.equal(unlist(out$new1[c("df", "statistic", "p_value")]), c(student$parameter, student$statistic, student$p.value), check.attributes = FALSE, tolerance = 1e-13))
  }
  if (length(x) == length(a) && length(x) == length(b)) {
    test <- t.test(y, x, paired = TRUE)
    stopifnot(all.equal(unlist(out$new2[c("df", "statistic", "p_value")]), c(test$parameter, test$statistic, test$p.value), check.attributes = FALSE, tolerance = 1e-13))
  }
  limits <- noncentrality(out$new2$statistic, out$new2$df) * out$new2$std_error / pooled(a, b) * correction(length(a) + length(b) - 2)
  out$g <- list(estimate = correction(length(a) + length(b) - 2) * out$new2$estimate / pooled(a, b), low = limits[1], high = limits[2])
  ranks <- rank(c(a, b)); of <- function(v) sapply(v, function(s) mean(ranks[c(a, b) == s]))
  out$rank <- partover(of(a), of(b), of(x), of(y))
  out
}

one_case <- function(case) {
  both <- case[!is.na(case$before) & !is.na(case$after), ]
  x <- rep(both$before, both$people); y <- rep(both$after, both$people)
  only <- function(column, other) { own <- case[is.na(other) & !is.na(column), ]; rep(column[is.na(other) & !is.na(column)], own$people) }
  a_only <- only(case$before, case$after); b_only <- only(case$after, case$before)
  a <- c(x, a_only); b <- c(y, b_only)
  out <- list(n = length(x), up = sum(y > x), down = sum(y < x), unchanged = sum(y == x))
  moving <- !(sd(a) == 0 && sd(b) == 0) && !(length(a_only) + length(b_only) == 0 && sd(y - x) == 0)
  if (length(x) != 1 && moving) out$overlap <- overlapping(a, b, x, y)
  out$exact <- exact_overlap(a_only, b_only, x, y)
  if (length(x) < 2) return(out)
  out$correlation <- if (sd(x) == 0 || sd(y) == 0) 0 else cor(x, y)
  out$flips <- flips(y - x)
  if (sd(y - x) > 0) out$paired <- paired(x, y)
  if (any(x != y)) out$pratt <- pratt(x, y)
  out
}

cases <- read.csv("pairs_cases.csv")
values <- lapply(split(cases, factor(cases$case, unique(cases$case))), one_case)
written <- list(
  generated = "by pairs.R; do not edit",
  versions = list(R = as.character(getRversion()), coin = as.character(packageVersion("coin")), effectsize = as.character(packageVersion("effectsize")),
                  jsonlite = as.character(packageVersion("jsonlite"))),
  cases = values
)
write_exactly(written, "cases", "pairs.json")
