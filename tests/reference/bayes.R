# Reference values for the Bayes factor of two independent means. Run here: Rscript bayes.R
# BayesFactor's JZS prior "medium", r = sqrt(2)/2, for a t with two sizes; writes bayes.json.

suppressPackageStartupMessages(library(BayesFactor))

cases <- list(c(3.5, 20, 20), c(0.2, 47, 75), c(-2.5, 12, 90), c(6, 150, 160), c(0, 47, 75), c(1.96, 500, 500), c(2.1, 2, 3))
written <- list(
  generated = "by bayes.R; do not edit",
  versions = list(R = as.character(getRversion()), BayesFactor = as.character(packageVersion("BayesFactor")), jsonlite = as.character(packageVersion("jsonlite"))),
  cases = lapply(cases, function(v) list(t = v[1], n_reference = v[2], n = v[3], bf10 = exp(ttest.tstat(v[1], v[2], v[3], rscale = "medium")$bf)))
)
# jsonlite stops at 15 digits: numbers go through it as text of 17, and lose their quotation marks afterwards.
written$cases <- rapply(written$cases, function(x) sprintf("%.17g", x), classes = "numeric", how = "replace")
json <- jsonlite::toJSON(written, auto_unbox = TRUE, null = "null", pretty = 1)
writeLines(gsub('"(-?[0-9]+(\\.[0-9]+)?(e[-+][0-9]+)?)"', "\\1", json), "bayes.json")
