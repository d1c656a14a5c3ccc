# The comparison of a large survey as an analyst would script it with data.table and t.test: what `rpgstat compare` is timed against.
# Rscript benchmarks/by_hand.R FOLDER [split], which holds the survey.csv of benchmarks/run.py. With "split" the waves are split once, and t.test is given
# two vectors, which takes less time than its formula does.
suppressPackageStartupMessages(library(data.table))

asked <- commandArgs(TRUE)
answers <- fread(file.path(asked[1], "survey.csv"), showProgress = FALSE)
levels <- c("Disagree strongly", "Disagree", "Agree", "Agree strongly")
items <- grep("^Statement", names(answers), value = TRUE)
answers[, (items) := lapply(.SD, match, levels), .SDcols = items]  # blank cells and "Not applicable" become NA

told <- function(item, test, n, variances) {
  pooled <- sqrt(sum((n - 1) * variances) / (sum(n) - 2))
  change <- diff(test$estimate)
  data.table(item, n1 = n[1], n2 = n[2], change, low = -test$conf.int[2], high = -test$conf.int[1], p = test$p.value, g = change / pooled)
}
by_formula <- function(item) {
  spread <- answers[!is.na(get(item)), .(n = .N, v = var(get(item))), keyby = wave]
  told(item, t.test(reformulate("wave", as.name(item)), answers), spread$n, spread$v)
}
if ("split" %in% asked) waves <- split(answers, by = "wave", sorted = TRUE)
by_vectors <- function(item) {
  each <- lapply(waves, function(wave) na.omit(wave[[item]]))
  told(item, t.test(each[[1]], each[[2]]), lengths(each), sapply(each, var))
}

compared <- rbindlist(lapply(items, if ("split" %in% asked) by_vectors else by_formula))
compared[, p_adjusted := p.adjust(p, "holm")]
print(compared)
