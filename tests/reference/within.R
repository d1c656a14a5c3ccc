# Reference values for the tests over waves of people who answered in all of them. Run here: Rscript within.R
# Reads within_cases.csv (a score for each person and wave), writes within.json.

source("functions.R")

one_case <- function(case) {
  scores <- matrix(case$score, ncol = length(unique(case$wave)), byrow = TRUE); n <- nrow(scores); k <- ncol(scores)
  long <- data.frame(score = as.vector(scores), wave = factor(rep(seq_len(k), each = n)), person = factor(rep(seq_len(n), k)))
  f <- summary(aov(score ~ wave + Error(person / wave), long))[["Error: person:wave"]][[1]]
  corrected <- anova(lm(scores ~ 1), X = ~1, test = "Spherical")
  ranked <- friedman.test(scores)
  out <- list(n = n, f_statistic = f[1, "F value"], df1 = f[1, "Df"], df2 = f[2, "Df"], p_value = f[1, "Pr(>F)"], corrected_p = corrected[1, "G-G Pr"],
              statistic = unname(ranked$statistic), df = unname(ranked$parameter), friedman_p = ranked$p.value)
  if (k == 2) out$corrected_p <- out$p_value
  out
}

cases <- read.csv("within_cases.csv")
written <- list(
  generated = "by within.R; do not edit",
  versions = list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite"))),
  cases = lapply(split(cases, factor(cases$case, unique(cases$case))), one_case)
)
write_exactly(written, "cases", "within.json")
