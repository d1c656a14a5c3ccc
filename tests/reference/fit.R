# Reference values for the goodness of fit. Run here: Rscript fit.R
# Reads fit_cases.csv (one row per case and group), writes fit.json.

# Every way to spread n people over k groups, by stars and bars.
spreads <- function(n, k) {
  bars <- combn(n + k - 1, k - 1)
  t(apply(rbind(0, bars, n + k), 2, diff) - 1)
}

exact <- function(count, share) {
  all <- spreads(sum(count), length(count))
  expected <- sum(count) * share
  size <- function(x) sum((x - expected)^2 / expected)
  chance <- apply(all, 1, dmultinom, prob = share)
  sum(chance[apply(all, 1, size) >= size(count) * (1 - 1e-9)])
}

one_case <- function(case) {
  test <- suppressWarnings(chisq.test(case$count, p = case$share))
  small <- min(test$expected) < 5 && choose(sum(case$count) + nrow(case) - 1, nrow(case) - 1) <= 1e6
  list(chi_square = unname(test$statistic), df = unname(test$parameter), p_value = test$p.value, smallest_expected = min(test$expected),
       exact_p = if (small) exact(case$count, case$share))
}

cases <- read.csv("fit_cases.csv")
written <- list(
  generated = "by fit.R; do not edit",
  versions = list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite"))),
  cases = lapply(split(cases, factor(cases$case, unique(cases$case))), one_case)
)
# jsonlite stops at 15 digits: numbers go through it as text of 17, and lose their quotation marks afterwards.
written$cases <- rapply(written$cases, function(x) sprintf("%.17g", x), how = "replace")
json <- jsonlite::toJSON(written, auto_unbox = TRUE, null = "null", pretty = 1)
writeLines(gsub('"(-?[0-9]+(\\.[0-9]+)?(e[-+][0-9]+)?)"', "\\1", json), "fit.json")
