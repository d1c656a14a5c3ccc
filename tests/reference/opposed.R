# Reference values for batteries whose items oppose each other. Run here: Rscript opposed.R
# Reads opposed_cases.csv (one row per person, answers to all items), writes opposed.json. Correlations and alpha by cor() and cov(), the
# upper limit of alpha by psych::alpha.ci (two-sided 95 %), that of a correlation by Fisher's z (one-sided, 1 - .05/k).

suppressPackageStartupMessages(library(psych))

one_case <- function(rows) {
  x <- do.call(rbind, lapply(strsplit(rows$answers, " "), as.numeric))
  n <- nrow(x); k <- ncol(x); s <- cov(x)
  alpha <- k / (k - 1) * (1 - sum(diag(s)) / sum(s))
  alpha_high <- alpha.ci(alpha, n.obs = n, n.var = k)$upper.ci
  r <- lapply(seq_len(k), function(i) { rest <- rowSums(x[, -i, drop = FALSE]); if (sd(x[, i]) > 0 && sd(rest) > 0) cor(x[, i], rest) })
  high <- lapply(r, function(r) if (!is.null(r)) tanh(atanh(r) + qnorm(1 - .05 / k) / sqrt(n - 3)))
  against <- which(vapply(high, function(h) !is.null(h) && h < 0, TRUE))
  list(n = n, items = k, alpha = alpha, alpha_high = as.vector(unlist(alpha_high)), item_rest = r, item_rest_high = high,
       against = as.list(if (n >= 20) against - 1 else integer()), opposed = n >= 20 && (length(against) > 0 || alpha_high < 0))
}

cases <- read.csv("opposed_cases.csv")
written <- list(
  generated = "by opposed.R; do not edit",
  versions = list(R = as.character(getRversion()), psych = as.character(packageVersion("psych")), jsonlite = as.character(packageVersion("jsonlite"))),
  cases = lapply(split(cases, factor(cases$case, unique(cases$case))), one_case)
)
# jsonlite stops at 15 digits: numbers go through it as text of 17, and lose their quotation marks afterwards.
written$cases <- rapply(written$cases, function(x) sprintf("%.17g", x), classes = c("numeric", "integer"), how = "replace")
json <- jsonlite::toJSON(written, auto_unbox = TRUE, null = "null", pretty = 1)
writeLines(gsub('"(-?[0-9]+(\\.[0-9]+)?(e[-+][0-9]+)?)"', "\\1", json), "opposed.json")
