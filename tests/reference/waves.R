# Reference values for the trend over three or more waves. Run here: Rscript waves.R
# Reads waves_cases.csv (people by wave's time and score) and courses_cases.csv (scores of people over time), writes waves.json.

suppressPackageStartupMessages({
  library(coin)
  library(ordinal)
  library(survey)
})
source("functions.R")

line <- function(x, t) {
  c <- (t - mean(t)) / sum((t - mean(t))^2); n <- lengths(x); m <- sapply(x, mean); v <- c^2 * sapply(x, var) / n
  se <- sqrt(sum(v)); df <- sum(v)^2 / sum(v^2 / (n - 1)); estimate <- sum(c * m)
  list(estimate = estimate, std_error = se, df = df, conf_low = estimate - qt(0.975, df) * se, conf_high = estimate + qt(0.975, df) * se,
       statistic = estimate / se, p_value = 2 * pt(-abs(estimate / se), df))
}

# Johansen 1980 in its matrix form, as welch_james in functions.R, for contrasts orthogonal to 1 and t.
bent <- function(x, t) {
  k <- length(x); means <- sapply(x, mean); n <- lengths(x); v <- diag(sapply(x, var) / n)
  contrast <- t(qr.Q(qr(cbind(1, t - mean(t))), complete = TRUE)[, -(1:2), drop = FALSE])
  inner <- solve(contrast %*% v %*% t(contrast))
  t_wj <- drop(t(contrast %*% means) %*% inner %*% (contrast %*% means))
  a <- 0
  for (j in seq_along(x)) {
    m <- v %*% t(contrast) %*% inner %*% contrast %*% diag(as.numeric(seq_along(x) == j))
    a <- a + (sum(diag(m %*% m)) + sum(diag(m))^2) / (n[[j]] - 1)
  }
  a <- a / 2; df1 <- k - 2
  f <- t_wj / (df1 + 2 * a - 6 * a / (df1 + 2)); df2 <- df1 * (df1 + 2) / (3 * a)
  list(f_statistic = f, df1 = df1, df2 = df2, p_value = pf(f, df1, df2, lower.tail = FALSE))
}

order_tests <- function(data) {
  lbl <- independence_test(score ~ time, data); k <- suppressWarnings(cor.test(data$time, data$score, method = "kendall", exact = FALSE))
  list(lbl = list(statistic = sqrt(nrow(data) - 1) * cor(data$score, data$time), p_value = as.numeric(pvalue(lbl))),
       jonckheere = list(statistic = unname(k$statistic), p_value = k$p.value), tau = unname(k$estimate))
}

tight <- clm.control(gradTol = 1e-10, maxIter = 500)

# clm by its own likelihood; the limits by refitting with the slope held, so that no spline comes between.
odds <- function(data) {
  data$time <- data$time - mean(unique(data$time)); data$answer <- factor(data$score, ordered = TRUE)
  if (nlevels(data$answer) == 2) {
    best <- glm(answer ~ time, binomial, data, control = glm.control(epsilon = 1e-14)); none <- glm(answer ~ 1, binomial, data, control = glm.control(epsilon = 1e-14))
    held <- function(b) glm(answer ~ 1 + offset(b * time), binomial, data, control = glm.control(epsilon = 1e-14))
  } else {
    best <- clm(answer ~ time, data = data, control = tight); none <- clm(answer ~ 1, data = data, control = tight)
    held <- function(b) clm(answer ~ offset(b * time), data = data, control = tight)
  }
  b <- unname(coef(best)["time"]); se <- sqrt(vcov(best)["time", "time"]); top <- as.numeric(logLik(best))
  fall <- function(x) top - as.numeric(logLik(held(x))) - qchisq(0.95, 1) / 2
  low <- uniroot(fall, c(b - 4 * se, b), tol = 1e-12)$root; high <- uniroot(fall, c(b, b + 4 * se), tol = 1e-12)$root
  statistic <- 2 * (top - as.numeric(logLik(none)))
  out <- list(odds_ratio = exp(b), low = exp(low), high = exp(high), statistic = statistic, p_value = pchisq(statistic, 1, lower.tail = FALSE))
  if (nlevels(data$answer) > 2) {
    own <- suppressWarnings(clm(answer ~ 1, nominal = ~time, data = data, control = tight))
    # not where clm itself stops before a maximum
    if (own$convergence$code == 0) out$assumption_p <- pchisq(2 * (as.numeric(logLik(own)) - top), nlevels(data$answer) - 2, lower.tail = FALSE)
    else out$stopped <- own$message
  }
  out
}

one_case <- function(case) {
  data <- data.frame(time = rep(case$time, case$people), score = rep(case$score, case$people))
  t <- sort(unique(data$time)); x <- lapply(t, function(one) data$score[data$time == one])
  out <- list(slope = line(x, t), order = order_tests(data))
  if (all(sapply(x, var) > 0)) out$departure <- bent(x, t)
  if (case$case[1] != "separated") out$odds <- odds(data)
  out
}

# Contrasts orthogonal to 1 and time, at each answer's time; the Wald test that they add nothing to the line.
bends <- function(case, df) {
  t <- sort(unique(case$time))
  if (length(t) < 3) return(NULL)
  case$bend <- qr.Q(qr(cbind(1, t - mean(t))), complete = TRUE)[match(case$time, t), -(1:2), drop = FALSE]
  test <- regTermTest(suppressWarnings(svyglm(score ~ time + bend, svydesign(ids = ~person, data = case))), ~bend, df = df, method = "Wald")
  list(f_statistic = drop(test$Ftest), df1 = test$df, df2 = test$ddf, p_value = drop(test$p))
}

clustered <- function(case) {
  fit <- suppressWarnings(svyglm(score ~ time, svydesign(ids = ~person, data = case)))
  df <- length(unique(case$person)) - 1; b <- unname(coef(fit)["time"]); se <- unname(SE(fit)["time"])
  out <- list(estimate = b, std_error = se, df = df, conf_low = b - qt(0.975, df) * se, conf_high = b + qt(0.975, df) * se, statistic = b / se, p_value = 2 * pt(-abs(b / se), df))
  bent <- bends(case, df)
  if (is.null(bent)) out else c(out, list(departure = bent))
}

by_case <- function(file, how) { cases <- read.csv(file); lapply(split(cases, factor(cases$case, unique(cases$case))), how) }
written <- list(
  generated = "by waves.R; do not edit",
  versions = list(R = as.character(getRversion()), coin = as.character(packageVersion("coin")), ordinal = as.character(packageVersion("ordinal")),
                  survey = as.character(packageVersion("survey")), jsonlite = as.character(packageVersion("jsonlite"))),
  cases = by_case("waves_cases.csv", one_case), courses = by_case("courses_cases.csv", clustered)
)
write_exactly(written, c("cases", "courses"), "waves.json")
