# Net scores with the adjusted Wald interval and Welch's change, and quartiles, of the cases in questions_cases.csv; writes questions.json.
suppressPackageStartupMessages(library(jsonlite))
cases <- read.csv("questions_cases.csv")
z <- qnorm(.975)
one <- function(case) {
  before <- rep(c(1, 0, -1), c(case$promoters, case$passives, case$detractors))
  after <- rep(c(1, 0, -1), c(case$promoters_2, case$passives_2, case$detractors_2))
  n <- length(before) + 3
  p <- (sum(before == 1) + 3 / 4) / n
  d <- (sum(before == -1) + 3 / 4) / n
  half <- z * sqrt((p + d - (p - d)^2) / n)
  list(case = case$case, score = mean(before), low = max(-1, p - d - half), high = min(1, p - d + half),
       change = if (length(unique(before)) > 1 || length(unique(after)) > 1) {
         t <- t.test(after, before)
         list(estimate = mean(after) - mean(before), low = t$conf.int[1], high = t$conf.int[2], p = t$p.value)
       } else NULL,
       quartiles = unname(quantile(c(before * 2.5, after), c(.25, .5, .75), type = 7)))
}
out <- list(script = "questions.R", R = R.version.string, packages = list(jsonlite = as.character(packageVersion("jsonlite"))), cases = lapply(seq_len(nrow(cases)), function(i) one(cases[i, ])))
writeLines(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE, null = "null"), "questions.json")
