# Reference values for raked answers of people in one wave or in both. Run here: Rscript raked_pairs.R
# Reads raked_pairs_cases.csv (a row for each person of a wave; no score: no valid answer), writes raked_pairs.json.
# Each wave is raked to a role of .5, .3, .2 and a site of .4, .6.

suppressPackageStartupMessages(library(survey))
source("functions.R")

# The means of both waves with their covariance: a model of waves without an intercept.
change <- function(formula, design, people) {
  fit <- svyglm(formula, design)
  estimate <- unname(diff(coef(fit))); v <- vcov(fit); se <- sqrt(v[1, 1] + v[2, 2] - 2 * v[1, 2]); df <- people - 1
  list(values = list(estimate = estimate, std_error = se, df = df, conf_low = estimate - qt(0.975, df) * se, conf_high = estimate + qt(0.975, df) * se,
                     statistic = estimate / se, p_value = 2 * pt(-abs(estimate / se), df)),
       errors = sqrt(unname(diag(v))), correlation = cov2cor(v)[1, 2])
}

one_case <- function(case) {
  case$wave <- factor(case$wave, c("reference", "later"))
  valid <- !is.na(case$score)
  case$score[!valid] <- 0; case$upper <- as.numeric(case$score > 2.5)  # of no answer nothing is used, but it must be a number
  case$role_of <- interaction(case$role, case$wave); case$site_of <- interaction(case$site, case$wave)
  case$one <- 1; returned <- table(case$wave)
  goal <- function(shares, name) {
    cells <- expand.grid(category = names(shares), wave = names(returned))
    place <- factor(paste(cells$category, cells$wave, sep = "."), levels(case[[name]]))
    freq <- setNames(data.frame(place, shares[as.character(cells$category)] * as.numeric(returned[as.character(cells$wave)])), c(name, "Freq"))
    xtabs(as.formula(paste("Freq ~", name)), freq)
  }
  design <- svydesign(ids = ~person, weights = ~one, data = case)
  raked <- calibrate(design, list(~role_of, ~site_of), list(goal(c(a = .5, b = .3, c = .2), "role_of"), goal(c(x = .4, y = .6), "site_of")),
                     calfun = "raking", epsilon = 1e-13, maxit = 2000)
  answered <- subset(raked, valid)
  everyone <- length(unique(case$person)); people <- length(unique(case$person[valid]))
  means <- change(score ~ wave + 0, answered, people); shares <- change(upper ~ wave + 0, answered, people)
  stopifnot(all.equal(unname(SE(svyglm(score ~ wave, answered))[2]), means$values$std_error, tolerance = 1e-9))
  list(raked = everyone, people = people, mean = means$values, mean_errors = means$errors,
       share = c(shares$values, correlation = shares$correlation))
}

write_cases("raked_pairs", one_case)
