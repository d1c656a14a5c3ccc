# Reference values for Fisher's test with mid-p: the hypergeometric probabilities by dhyper(), summed as fisher.test() sums them. Run here: Rscript fisher.R
# Reads fisher_cases.csv, writes fisher.json. `fisher` is p as fisher.test() itself gives it.
suppressPackageStartupMessages(library(jsonlite))
cases <- read.csv("fisher_cases.csv", colClasses = c(case = "character"))
one <- function(d) {
  a <- d$count_reference; m <- d$n_reference; b <- d$count; n <- d$n
  d0 <- dhyper(0:(a + b), n, m, a + b); seen <- dhyper(b, n, m, a + b)
  equal <- abs(d0 / seen - 1) < 1e-7
  list(mid_p = sum(d0[d0 < seen & !equal]) + sum(d0[equal]) / 2,
       fisher = fisher.test(matrix(c(a, m - a, b, n - b), 2))$p.value)
}
out <- lapply(split(cases, factor(cases$case, cases$case)), one)
write_json(list(script = "fisher.R", R = R.version.string, packages = list(jsonlite = as.character(packageVersion("jsonlite"))), cases = out),
           "fisher.json", auto_unbox = TRUE, digits = NA, pretty = TRUE)
