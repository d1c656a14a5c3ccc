# Reference values for the rank, exact and chi-square kernels. Run here: Rscript ranks.R
# Reads ranks_cases.csv (one row per case and level), writes ranks.json.

suppressPackageStartupMessages({
  library(coin)
  library(effectsize)
})

# Brunner & Munzel 2000: W from pooled and within-wave mid-ranks; positive when the later wave is higher.
brunner_munzel <- function(x, y) {
  n1 <- length(x); n2 <- length(y); pooled <- rank(c(x, y))
  r1 <- pooled[1:n1]; r2 <- pooled[n1 + 1:n2]
  s1 <- sum((r1 - rank(x) - mean(r1) + (n1 + 1) / 2)^2) / (n1 - 1)
  s2 <- sum((r2 - rank(y) - mean(r2) + (n2 + 1) / 2)^2) / (n2 - 1)
  w <- n1 * n2 * (mean(r2) - mean(r1)) / ((n1 + n2) * sqrt(n1 * s1 + n2 * s2))
  df <- (n1 * s1 + n2 * s2)^2 / ((n1 * s1)^2 / (n1 - 1) + (n2 * s2)^2 / (n2 - 1))
  p <- (mean(r2) - (n2 + 1) / 2) / n1
  reach <- qt(0.975, df) * sqrt(s1 / (n1 * n2^2) + s2 / (n2 * n1^2))
  list(bm_statistic = w, bm_df = df, bm_p = 2 * pt(-abs(w), df),
       delta_low = max(2 * (p - reach) - 1, -1), delta_high = min(2 * (p + reach) - 1, 1))
}

# All ways to take `chosen` people from levels of these sizes, and the log chance of each.
all_tables <- function(totals, chosen) {
  grid <- as.matrix(expand.grid(lapply(head(totals, -1), function(t) 0:min(t, chosen))))
  grid <- cbind(grid, chosen - rowSums(grid))
  grid <- grid[grid[, ncol(grid)] >= 0 & grid[, ncol(grid)] <= tail(totals, 1), , drop = FALSE]
  ways <- rowSums(sapply(seq_along(totals), function(j) lchoose(totals[j], grid[, j])))
  list(grid = grid, chance = exp(ways - lchoose(sum(totals), chosen)))
}

exact_chi_square <- function(reference, later) {
  totals <- reference + later
  all <- all_tables(totals, sum(reference))
  unit <- Reduce(function(a, b) { g <- a; h <- b; while (h) { r <- g %% h; g <- h; h <- r }; a / g * b }, totals)
  size <- function(grid) as.vector(grid^2 %*% (unit / totals))  # whole numbers below 2^53
  sum(all$chance[size(all$grid) >= size(t(reference))])
}

exact_sum <- function(scores, reference, later) {
  totals <- reference + later
  all <- all_tables(totals, sum(later))
  distance <- function(grid) abs(as.vector(grid %*% scores) * sum(totals) - sum(later) * sum(totals * scores))
  sum(all$chance[distance(all$grid) >= distance(t(later)) - 1e-6])
}

noncentrality <- function(x, df, p) {
  if (pchisq(x, df) <= p) return(0)
  uniroot(function(ncp) pchisq(x, df, ncp) - p, c(0, (sqrt(x) + 10)^2), tol = 1e-13, maxiter = 10000)$root
}

chi_square <- function(reference, later) {
  used <- reference + later > 0
  reference <- reference[used]; later <- later[used]; n <- sum(reference, later)
  table <- rbind(reference, later)
  test <- suppressWarnings(chisq.test(table, correct = FALSE))
  x <- unname(test$statistic); df <- unname(test$parameter)
  easystats <- effectsize::cramers_v(table, adjust = FALSE, alternative = "two.sided")
  few <- any(test$expected < 5) && prod(head(sort(reference + later), -1) + 1) <= 1e6
  list(chi_square = x, chi_df = df, chi_p = test$p.value, chi_exact_p = if (few) exact_chi_square(reference, later),
       v = sqrt(x / n), v_low = min(sqrt(noncentrality(x, df, 0.975) / n), 1), v_high = min(sqrt(noncentrality(x, df, 0.025) / n), 1),
       v_effectsize = easystats[[1]], v_effectsize_low = easystats$CI_low, v_effectsize_high = easystats$CI_high)
}

exact_tests <- function(case, x, y) {
  score <- c(y, x); wave <- factor(rep(c("later", "reference"), c(length(y), length(x))))
  used <- case$reference + case$later > 0
  scores <- case$score[used]; reference <- case$reference[used]; later <- case$later[used]; totals <- reference + later
  midranks <- cumsum(totals) - (totals - 1) / 2
  few <- prod(head(totals, -1) + 1) <= 1e6
  list(sum = sum(y), rank_sum = sum(rank(score)[seq_along(y)]),
       exact_p_coin = as.numeric(pvalue(oneway_test(score ~ wave, distribution = "exact"))),
       rank_p_coin = as.numeric(pvalue(wilcox_test(score ~ wave, distribution = "exact"))),
       exact_p = if (few) exact_sum(scores, reference, later),
       rank_p = if (few) exact_sum(midranks, reference, later))
}

one_case <- function(case) {
  case <- case[order(case$score), ]
  out <- list()
  small <- sum(case$reference, case$later) < 1e5
  if (small) {
    x <- rep(case$score, case$reference); y <- rep(case$score, case$later)
    if (length(unique(c(x, y))) < 2) return(setNames(list(), character())) # nothing to test
    mw <- suppressWarnings(wilcox.test(y, x, exact = FALSE))
    out <- c(out, u = unname(mw$statistic), mw_p = mw$p.value, delta = suppressWarnings(rank_biserial(y, x)$r_rank_biserial))
    if (min(length(x), length(y)) > 1 && max(x) >= min(y) && max(y) >= min(x)) out <- c(out, brunner_munzel(x, y))
    if (sum(case$reference, case$later) < 200) out <- c(out, exact_tests(case, x, y))
  }
  c(out, chi_square(case$reference, case$later))
}

version <- function(package) as.character(packageVersion(package))
cases <- read.csv("ranks_cases.csv")
written <- list(
  generated = "by ranks.R; do not edit",
  versions = list(R = as.character(getRversion()), coin = version("coin"), effectsize = version("effectsize"), jsonlite = version("jsonlite")),
  cases = lapply(split(cases, factor(cases$case, unique(cases$case))), one_case)
)
# jsonlite stops at 15 digits: numbers go through it as text of 17, and lose their quotation marks afterwards.
written$cases <- rapply(written$cases, function(x) sprintf("%.17g", x), how = "replace")
json <- jsonlite::toJSON(written, auto_unbox = TRUE, null = "null", pretty = 1)
writeLines(gsub('"(-?[0-9]+(\\.[0-9]+)?(e[-+][0-9]+)?)"', "\\1", json), "ranks.json")
