# Reference values for the mean, share and adjustment kernels. Run here: Rscript means.R
# Reads means_cases.csv (one row per case and score, answers per wave), writes means.json.

suppressPackageStartupMessages(library(effectsize))
source("functions.R")

margin <- 0.3

spread <- function(x) length(x) > 1 && sd(x) > 0

sample_values <- function(x, midpoint) {
  out <- list(n = length(x))
  if (length(x) > 0) out <- c(out, mean = mean(x), median = median(x))
  if (length(x) > 1) out <- c(out, sd = sd(x))
  if (!spread(x)) return(out)
  test <- t.test(x, mu = midpoint)
  c(out, low = test$conf.int[1], high = test$conf.int[2],
    midpoint_t = unname(test$statistic), midpoint_df = unname(test$parameter), midpoint_p = test$p.value)
}

difference <- function(x, y, pooled) {
  test <- t.test(y, x, var.equal = pooled)
  list(estimate = mean(y) - mean(x), std_error = test$stderr, df = unname(test$parameter), conf_low = test$conf.int[1],
       conf_high = test$conf.int[2], statistic = unname(test$statistic), p_value = test$p.value)
}

effect <- function(x, y, t) {
  found <- suppressWarnings(hedges_g(y, x, pooled_sd = TRUE))
  df <- length(x) + length(y) - 2
  correction <- exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
  limits <- noncentrality(t, df) * sqrt(1 / length(x) + 1 / length(y)) * correction
  list(g = found$Hedges_g, g_low = limits[1], g_high = limits[2], effectsize_low = found$CI_low, effectsize_high = found$CI_high)
}

within_margin <- function(x, y) {
  above <- t.test(y, x, mu = -margin, alternative = "greater")$p.value
  below <- t.test(y, x, mu = margin, alternative = "less")$p.value
  limits <- t.test(y, x, conf.level = 0.90)$conf.int
  list(p_value = max(above, below), low = limits[1], high = limits[2])
}

# One-sample score intervals from prop.test; the difference is Newcombe's (1998) method 10 on top of them.
shares <- function(count_a, n_a, count_b, n_b) {
  wilson <- function(count, n) suppressWarnings(prop.test(count, n, correct = FALSE))$conf.int
  a <- wilson(count_a, n_a); b <- wilson(count_b, n_b); p_a <- count_a / n_a; p_b <- count_b / n_b
  list(count_reference = count_a, n_reference = n_a, count = count_b, n = n_b, reference_low = a[1], reference_high = a[2], low = b[1], high = b[2],
       change_low = p_b - p_a - sqrt((p_b - b[1])^2 + (a[2] - p_a)^2), change_high = p_b - p_a + sqrt((b[2] - p_b)^2 + (p_a - a[1])^2))
}

one_case <- function(case) {
  x <- rep(case$score, case$reference); y <- rep(case$score, case$later)
  midpoint <- (min(case$score) + max(case$score)) / 2
  out <- list(reference = sample_values(x, midpoint), later = sample_values(y, midpoint))
  if (length(x) > 0 && length(y) > 0) out$shares <- shares(sum(x > midpoint), length(x), sum(y > midpoint), length(y))
  if (min(length(x), length(y)) < 2 || !(spread(x) || spread(y))) return(out)
  out$welch <- difference(x, y, FALSE)
  out$student <- difference(x, y, TRUE)
  out$effect <- effect(x, y, out$student$statistic)
  out$equivalence <- within_margin(x, y)
  out$detectable <- (qt(0.975, out$welch$df) + qt(0.80, out$welch$df)) * out$welch$std_error
  out
}

adjusted <- function(raw) {
  list(raw = raw, holm = p.adjust(raw, "holm"), bh = p.adjust(raw, "BH"), bonferroni = p.adjust(raw, "bonferroni"), none = p.adjust(raw, "none"))
}

cases <- read.csv("means_cases.csv")
values <- lapply(split(cases, factor(cases$case, unique(cases$case))), one_case)
families <- list(
  typical = c(0.012, 0.4, 0.03, 0.0004, 0.049, 0.2, 0.9), ties = c(0.01, 0.01, 0.02, 0.02, 0.02, 1), missing = c(NA, 0.04, 0.01, NA, 0.03),
  single = 0.03, nothing = c(NA, NA), edges = c(0, 1, 1e-300, 0.5), of_cases = unlist(lapply(values, function(v) v$welch$p_value), use.names = FALSE))
written <- list(
  generated = "by means.R; do not edit",
  versions = list(R = as.character(getRversion()), effectsize = as.character(packageVersion("effectsize")), jsonlite = as.character(packageVersion("jsonlite"))),
  margin = margin,
  families = lapply(families, function(raw) lapply(adjusted(raw), function(p) I(p))),
  cases = values
)
writeLines(jsonlite::toJSON(written, auto_unbox = TRUE, digits = NA, na = "null", null = "null", pretty = 1), "means.json")
