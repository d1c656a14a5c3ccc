# Reference values for finite populations, weights and raking. Run here: Rscript weights.R
# Reads weights_cases.csv (people by case, wave, margins, weight and score; no score: no valid answer) and weights_margins.csv
# (the population's shares), writes weights.json.

suppressPackageStartupMessages(library(survey))

wilson <- function(p, n) suppressWarnings(prop.test(p * n, n, correct = FALSE))$conf.int

se <- function(x) unname(c(SE(x)))

# Answers as they are, and with weights; the finite population has 1.6 times as many people as answered.
answered <- function(people, midpoint) {
  valid <- people[!is.na(people$score), ]
  n <- nrow(valid); valid$N <- ceiling(1.6 * n); valid$upper <- as.numeric(valid$score > midpoint)
  plain <- svydesign(ids = ~1, data = valid, fpc = ~N, weights = ~I(rep(1, n)))
  weighted <- svydesign(ids = ~1, data = valid, weights = ~weight)
  both <- svydesign(ids = ~1, data = valid, weights = ~weight, fpc = ~N)
  share <- svymean(~upper, weighted)
  p <- coef(share)[[1]]; effective_n <- p * (1 - p) / (se(share)^2 * (n - 1) / n)
  p_plain <- mean(valid$upper); n_finite <- n / (1 - n / valid$N[1])
  w <- valid$weight
  list(
    n = n, population = valid$N[1],
    finite = list(se = se(svymean(~score, plain)), low = wilson(p_plain, n_finite)[1], high = wilson(p_plain, n_finite)[2]),
    weighted = list(
      mean = coef(svymean(~score, weighted))[[1]], se = se(svymean(~score, weighted)), sd = sqrt(coef(svyvar(~score, weighted))[[1]]),
      median = svyquantile(~score, weighted, 0.5, qrule = "school", ci = FALSE)$score[[1]], finite_se = se(svymean(~score, both)),
      share = p, share_effective_n = effective_n, share_low = wilson(p, effective_n)[1], share_high = wilson(p, effective_n)[2],
      design_effect = 1 + mean((w - mean(w))^2) / mean(w)^2, effective_n = sum(w)^2 / sum(w^2)))
}

difference <- function(people) {
  valid <- people[!is.na(people$score), ]
  means <- svyby(~score, ~wave, svydesign(ids = ~1, strata = ~wave, weights = ~weight, data = valid), svymean, covmat = TRUE)
  change <- svycontrast(means, list(change = c(later = 1, reference = -1)))
  v <- SE(means)^2; n <- table(valid$wave)[names(coef(means))]
  df <- sum(v)^2 / sum(v^2 / (n - 1)); t <- coef(change)[[1]] / se(change)
  list(estimate = coef(change)[[1]], std_error = se(change), df = df, statistic = t, p_value = 2 * pt(-abs(t), df))
}

mean_of <- function(design, members) {
  part <- subset(design, members)
  found <- svymean(~score, part, na.rm = TRUE)
  share <- svymean(~upper, part, na.rm = TRUE)
  list(n = sum(members), mean = coef(found)[[1]], se = se(found), share = coef(share)[[1]], share_se = se(share))
}

cell_weights <- function(design, names) {
  cells <- unique(cbind(design$variables[names], weight = weights(design)))
  cells <- cells[!duplicated(cells[names]), ]
  cells[do.call(order, cells[names]), ]
}

# The bounded raking of calibrate(), with the derivative where the bounds are (survey 4.1.1 looks for them at bounds - 1).
bounded <- make.calfun(Fm1 = cal.raking$Fm1, dF = function(u, bounds) ifelse(u > log(bounds$lower) & u < log(bounds$upper), exp(u), 0), name = "bounded raking")

# Everybody in a wave is raked; the items are means of those of them who answered. R's rake() approaches the fit on the margins by ten
# sweeps; its calibrate() fits them exactly and has the same weights, so the standard errors are those of calibrate().
raked <- function(people, margins, midpoint) {
  people$upper <- as.numeric(people$score > midpoint); people$one <- 1
  n <- nrow(people); names <- unique(margins$margin)
  design <- svydesign(ids = ~1, weights = ~one, data = people)
  formulas <- lapply(names, function(name) reformulate(name))
  targets <- lapply(names, function(name) {
    part <- margins[margins$margin == name, ]
    setNames(data.frame(factor(part$category), part$share * n), c(name, "Freq"))
  })
  swept <- rake(design, formulas, targets, control = list(maxit = 10000, epsilon = 1e-14))
  tables <- lapply(targets, function(target) xtabs(reformulate(setdiff(names(target), "Freq"), "Freq"), target))
  calibrated <- function(...) calibrate(design, formulas, tables, epsilon = 1e-13, maxit = 2000, ...)
  exact <- calibrated(calfun = "raking")
  stopifnot(all.equal(weights(exact), weights(swept), tolerance = 1e-11, check.attributes = FALSE))
  valid <- !is.na(people$score)
  groups <- lapply(setNames(nm = levels(people$role)), function(role) mean_of(exact, valid & people$role == role))
  trim <- 1 + 0.85 * (max(weights(exact)) - 1)
  trimmed <- tryCatch(suppressWarnings(calibrated(calfun = bounded, bounds = list(lower = 0, upper = trim))), error = function(e) NULL)
  c(list(margins = lapply(split(margins$share, factor(margins$margin, names)), I), weights = cell_weights(exact, names),
         all = mean_of(exact, valid), groups = groups, ten_sweeps_se = mean_of(swept, valid)$se),
    list(trim = trim),
    if (!is.null(trimmed)) list(trimmed = list(weights = cell_weights(trimmed, names), all = mean_of(trimmed, valid))))
}

one_case <- function(case, margins) {
  people <- case[rep(seq_len(nrow(case)), case$people), ]
  for (name in c("role", "site", "age")) people[[name]] <- factor(people[[name]])
  midpoint <- (min(case$score, na.rm = TRUE) + max(case$score, na.rm = TRUE)) / 2
  waves <- lapply(setNames(nm = c("reference", "later")), function(wave) {
    own <- people[people$wave == wave, ]
    c(answered(own, midpoint), list(raked = raked(own, margins, midpoint)))
  })
  list(midpoint = midpoint, waves = waves, difference = difference(people))
}

cases <- read.csv("weights_cases.csv")
margins <- read.csv("weights_margins.csv")
names <- unique(cases$case)
written <- list(
  generated = "by weights.R; do not edit",
  versions = list(R = as.character(getRversion()), survey = as.character(packageVersion("survey")), jsonlite = as.character(packageVersion("jsonlite"))),
  cases = lapply(setNames(nm = names), function(name) one_case(cases[cases$case == name, ], margins[margins$case == name, ]))
)
writeLines(jsonlite::toJSON(written, auto_unbox = TRUE, digits = NA, na = "null", null = "null", pretty = 1), "weights.json")
