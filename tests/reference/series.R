# Reference values for the kernels of series: tau, slopes, change in per cent, control limits. Run here: Rscript series.R
# Reads series_cases.csv (one row per case and point; a gap is an index left out), writes series.json. Written from the papers named beside each part.

tau_of <- function(y) unname(suppressWarnings(cor.test(seq_along(y), y, method = "kendall", exact = FALSE))$estimate)

pairs_of <- function(n) { all <- which(upper.tri(matrix(0, n, n)), arr.ind = TRUE); list(i = all[, 1], j = all[, 2]) }
# Theil 1950, Sen 1968
sen <- function(t, y) { pr <- pairs_of(length(y)); median((y[pr$j] - y[pr$i]) / (t[pr$j] - t[pr$i])) }

without_trend <- function(t, y) {
  digits <- 12 - ceiling(log10(max(abs(y))))
  round(y - y[1] - sen(t, y) * (t - t[1]), digits)
}

# The series on its full grid, NA at gaps.
gridded <- function(t, x) { full <- rep(NA_real_, max(t) - min(t) + 1); full[t - min(t) + 1] <- x; full }
lags <- function(t, x, most) acf(gridded(t, x), lag.max = most, na.action = na.pass, plot = FALSE)$acf[-1]

terms_of <- function(t, per_year, seasons) {
  frame <- data.frame(years = (t - mean(t)) / per_year) # from the middle: a year such as 2016 is nearly a constant
  if (seasons) frame$month <- factor(t %% 12)
  frame
}

percent <- function(t, y, exposure, per_year) {
  seasons <- per_year == 12 && length(t) >= 24
  if (seasons) { keep <- (t %% 12) %in% (t %% 12)[y > 0]; t <- t[keep]; y <- y[keep]; exposure <- exposure[keep] }
  fit <- suppressWarnings(glm(y ~ . + offset(log(exposure)), family = quasipoisson, data = terms_of(t, per_year, seasons), control = list(epsilon = 1e-15, maxit = 200)))
  unname(exp(coef(fit)["years"]) - 1)
}

moving_limits <- function(t, y, screen) {
  ranges <- abs(diff(y))[diff(t) == 1]
  if (screen) ranges <- ranges[ranges < 3.267 * mean(ranges)]
  list(centre = mean(y), lower = mean(y) - 2.66 * mean(ranges), upper = mean(y) + 2.66 * mean(ranges))
}

attribute_limits <- function(y, exposure) {
  p <- sum(y) / sum(exposure)
  list(centre = p, u_reach = 3 * sqrt(p / exposure), p_reach = if (p < 1) 3 * sqrt(p * (1 - p) / exposure))
}

one_case <- function(case) {
  t <- case$index; y <- case$value; per_year <- case$per_year[1]; n <- length(y); counted <- !is.na(case$exposure[1])
  exposure <- if (counted) case$exposure else rep(1, n)
  out <- list(tau = tau_of(y), sen = sen(t, y), autocorrelation = lags(t, without_trend(t, y), 1), percent = percent(t, y, exposure, per_year))
  out$chart <- moving_limits(t, y, FALSE); out$screened <- moving_limits(t, y, TRUE)
  if (counted) out$attributes <- attribute_limits(y, exposure)
  out
}

cases <- read.csv("series_cases.csv", colClasses = c(events = "character"))
values <- lapply(split(cases, factor(cases$case, unique(cases$case))), one_case)
written <- list(generated = "by series.R; do not edit", versions = list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite"))), cases = values)
writeLines(jsonlite::toJSON(written, auto_unbox = TRUE, digits = NA, na = "null", null = "null", pretty = 1), "series.json")
