# Reference values for weighted answers of people over three waves or more. Run here: Rscript weighted_courses.R
# Reads weighted_courses_cases.csv (a row for each answer), writes weighted_courses.json.

suppressPackageStartupMessages(library(survey))
source("functions.R")

one_case <- function(case) {
  df <- length(unique(case$person)) - 1
  fit <- suppressWarnings(svyglm(score ~ time, svydesign(ids = ~person, weights = ~weight, data = case)))
  b <- unname(coef(fit)["time"]); se <- unname(SE(fit)["time"])
  # Contrasts orthogonal to 1 and time, at each answer's time; the Wald test that they add nothing to the line.
  t <- sort(unique(case$time))
  case$bend <- qr.Q(qr(cbind(1, t - mean(t))), complete = TRUE)[match(case$time, t), -(1:2), drop = FALSE]
  bent <- suppressWarnings(svyglm(score ~ time + bend, svydesign(ids = ~person, weights = ~weight, data = case)))
  test <- regTermTest(bent, ~bend, df = df, method = "Wald")
  list(people = df + 1,
       slope = list(estimate = b, std_error = se, df = df, conf_low = b - qt(0.975, df) * se, conf_high = b + qt(0.975, df) * se, statistic = b / se, p_value = 2 * pt(-abs(b / se), df)),
       departure = list(f_statistic = drop(test$Ftest), df1 = test$df, df2 = test$ddf, p_value = drop(test$p)))
}

write_cases("weighted_courses", one_case)
