# Reference values for weighted answers of people in one wave or in both. Run here: Rscript weighted_pairs.R
# Reads weighted_pairs_cases.csv (a row for each answer), writes weighted_pairs.json.

suppressPackageStartupMessages(library(survey))
source("functions.R")

change <- function(formula, design, people) {
  by_wave <- svyby(formula, ~wave, design, svymean, covmat = TRUE)
  found <- svycontrast(by_wave, c(later = 1, reference = -1))
  estimate <- coef(found)[[1]]; se <- unname(c(SE(found))); df <- people - 1
  list(values = list(estimate = estimate, std_error = se, df = df, conf_low = estimate - qt(0.975, df) * se, conf_high = estimate + qt(0.975, df) * se,
                     statistic = estimate / se, p_value = 2 * pt(-abs(estimate / se), df)),
       means = coef(by_wave), covariance = vcov(by_wave))
}

# Newcombe's square and add from Wilson's limits at effective n, with the correlation that the survey package gives the two shares.
limits <- function(found, people) {
  p <- found$means; v <- diag(found$covariance); q <- found$covariance["reference", "later"] / sqrt(prod(v))
  wilson_of <- function(wave) {
    n <- p[[wave]] * (1 - p[[wave]]) / (v[[wave]] * (people - 1) / people)
    suppressWarnings(prop.test(p[[wave]] * n, n, correct = FALSE))$conf.int
  }
  a <- wilson_of("reference"); b <- wilson_of("later"); d <- p[["later"]] - p[["reference"]]
  reach <- function(own, other) sqrt(own^2 + other^2 - 2 * q * own * other)
  list(low = d - reach(p[["later"]] - b[1], a[2] - p[["reference"]]), high = d + reach(b[2] - p[["later"]], p[["reference"]] - a[1]))
}

one_case <- function(case) {
  case$wave <- factor(case$wave, c("reference", "later")); case$upper <- as.numeric(case$score > 2.5)
  design <- svydesign(ids = ~person, weights = ~weight, data = case); people <- length(unique(case$person))
  means <- change(~score, design, people); shares <- change(~upper, design, people)
  fit <- svyglm(score ~ wave, design)
  stopifnot(all.equal(unname(SE(fit)[2]), means$values$std_error, tolerance = 1e-10))
  list(people = people, mean = means$values, share = c(shares$values, limits(shares, people)))
}

write_cases("weighted_pairs", one_case)
