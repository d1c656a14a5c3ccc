# Reference values for two waves among several of which people may be in some or all. Run here: Rscript linked_waves.R
# Reads linked_waves_cases.csv (a row for each answer), writes linked_waves.json.

suppressPackageStartupMessages(library(survey))
source("functions.R")

tested <- function(estimate, se, df) {
  list(estimate = estimate, std_error = se, df = df, conf_low = estimate - qt(0.975, df) * se, conf_high = estimate + qt(0.975, df) * se,
       statistic = estimate / se, p_value = 2 * pt(-abs(estimate / se), df))
}

# The coefficient of a wave in the model of all waves, on as many df as there are people in any of them, less one.
change <- function(formula, design, later, people) {
  fit <- svyglm(formula, design)
  name <- paste0("wave", later)
  tested(coef(fit)[[name]], unname(SE(fit)[[name]]), people - 1)
}

# Newcombe's square and add from Wilson's limits at effective n, with the correlation that the survey package gives the two shares.
limits <- function(design, reference, later, people) {
  by_wave <- svyby(~upper, ~wave, design, svymean, covmat = TRUE)
  at <- match(c(reference, later), as.character(by_wave$wave))
  p <- coef(by_wave)[at]; v <- vcov(by_wave)[at, at]; q <- cov2cor(v)[1, 2]
  wilson_of <- function(place) {
    n <- p[[place]] * (1 - p[[place]]) / (v[place, place] * (people - 1) / people)
    suppressWarnings(prop.test(p[[place]] * n, n, correct = FALSE))$conf.int
  }
  a <- wilson_of(1); b <- wilson_of(2); d <- p[[2]] - p[[1]]
  reach <- function(own, other) sqrt(own^2 + other^2 - 2 * q * own * other)
  list(low = d - reach(p[[2]] - b[1], a[2] - p[[1]]), high = d + reach(b[2] - p[[2]], p[[1]] - a[1]))
}

# The mid-ranks of the answers of the two waves, tested as the scores are; the survey package has the same test of the two waves alone.
by_ranks <- function(case, reference, later, people) {
  both <- case$wave %in% c(reference, later)
  case$rank <- 0
  case$rank[both] <- rank(case$score[both])
  found <- change(rank ~ wave, svydesign(ids = ~person, weights = ~weight, data = case), later, people)
  two <- droplevels(case[both, ])
  alone <- svyranktest(score ~ wave, svydesign(ids = ~person, weights = ~weight, data = two), test = "wilcoxon")
  count <- length(unique(two$person))
  stopifnot(all.equal(abs(unname(c(alone$statistic))), abs(found$statistic) * sqrt(people / (people - 1) * (count - 1) / count), tolerance = 1e-10))
  list(statistic = found$statistic, df = found$df, p_value = found$p_value)
}

one_contrast <- function(case, reference, later) {
  case$wave <- relevel(factor(case$wave), as.character(reference))
  case$upper <- as.numeric(case$score > mean(range(case$score)))
  design <- svydesign(ids = ~person, weights = ~weight, data = case); people <- length(unique(case$person))
  plain <- all(case$weight == 1)
  list(reference = reference, later = later, people = people, mean = change(score ~ wave, design, later, people),
       share = c(change(upper ~ wave, design, later, people), limits(design, reference, later, people)),
       ranks = if (plain) by_ranks(case, reference, later, people))
}

one_case <- function(case) {
  waves <- sort(unique(case$wave))
  pairs <- c(lapply(waves[-1], function(later) c(1, later)), lapply(waves[-(1:2)], function(later) c(later - 1, later)))
  lapply(pairs, function(pair) one_contrast(case, pair[1], pair[2]))
}

write_cases("linked_waves", one_case)
