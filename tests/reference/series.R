# Reference values for the kernels of series: trend tests, slopes, regression, control limits. Run here: Rscript series.R
# Reads series_cases.csv (one row per case and point; a gap is an index left out), writes series.json. Written from the papers named beside each part.

tau_and_test <- function(y) {
  test <- suppressWarnings(cor.test(seq_along(y), y, method = "kendall", exact = FALSE, continuity = TRUE))
  list(tau = unname(test$estimate), p_value = test$p.value)
}

pairs_of <- function(n) { all <- which(upper.tri(matrix(0, n, n)), arr.ind = TRUE); list(i = all[, 1], j = all[, 2]) }
score <- function(y) { pr <- pairs_of(length(y)); sum(sign(y[pr$j] - y[pr$i])) }
variance <- function(y) { n <- length(y); t <- table(y); (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5))) / 18 }
p_of <- function(s, v) 2 * pnorm(-max(abs(s) - 1, 0) / sqrt(v))

# Sen 1968
sen <- function(t, y) {
  pr <- pairs_of(length(y)); slopes <- sort((y[pr$j] - y[pr$i]) / (t[pr$j] - t[pr$i])); m <- length(slopes)
  reach <- qnorm(0.975) * sqrt(variance(y)); low <- round((m - reach) / 2); high <- round((m + reach) / 2) + 1
  inside <- low >= 1 && high <= m
  list(slope = median(slopes), low = if (inside) slopes[low], high = if (inside) slopes[high])
}

without_trend <- function(t, y) {
  digits <- 12 - ceiling(log10(max(abs(y))))
  round(y - y[1] - sen(t, y)$slope * (t - t[1]), digits)
}

# The series on its full grid, NA at gaps.
gridded <- function(t, x) { full <- rep(NA_real_, max(t) - min(t) + 1); full[t - min(t) + 1] <- x; full }
lags <- function(t, x, most) acf(gridded(t, x), lag.max = most, na.action = na.pass, plot = FALSE)$acf[-1]

# Hamed & Rao 1998, equation for the corrected variance
hamed_rao <- function(t, y) {
  n <- length(y); most <- min(10, n %/% 4)
  r <- lags(t, rank(without_trend(t, y)), most); i <- seq_len(most)
  r[is.na(r) | abs(r) <= 1.96 / sqrt(n)] <- 0
  factor <- max(1, 1 + 2 / (n * (n - 1) * (n - 2)) * sum((n - i) * (n - i - 1) * (n - i - 2) * r))
  list(s = score(y), factor = factor, p_value = p_of(score(y), variance(y) * factor))
}

# Hirsch & Slack 1984, covariance of the S of two seasons, with missing points at the middle rank; loops, not matrices
hirsch_slack <- function(t, y) {
  years <- min(t %/% 12):max(t %/% 12); x <- matrix(NA_real_, length(years), 12)
  x[cbind(match(t %/% 12, years), t %% 12 + 1)] <- y
  n <- nrow(x); sgn <- function(d) ifelse(is.na(d), 0, sign(d))
  ranks <- sapply(1:12, function(g) sapply(1:n, function(i) (sum(!is.na(x[, g])) + 1 + sum(sgn(x[i, g] - x[, g]))) / 2))
  total <- 0; v <- 0
  for (g in 1:12) {
    for (i in 1:(n - 1)) total <- total + sum(sgn(x[(i + 1):n, g] - x[i, g]))
    for (h in 1:12) {
      k <- 0
      for (i in 1:(n - 1)) for (j in (i + 1):n) k <- k + sgn((x[j, g] - x[i, g]) * (x[j, h] - x[i, h]))
      v <- v + (k + 4 * sum(ranks[, g] * ranks[, h]) - n * (sum(!is.na(x[, g])) + 1) * (sum(!is.na(x[, h])) + 1)) / 3
    }
  }
  list(s = total, variance = v, p_value = p_of(total, v))
}

# Newey & West 1987; scores are nought where the period is missing
newey_west <- function(t, scores, bread) {
  n <- nrow(scores); k <- ncol(scores); full <- matrix(0, max(t) - min(t) + 1, k); full[t - min(t) + 1, ] <- scores
  most <- floor(4 * (n / 100)^(2 / 9)); meat <- crossprod(full)
  for (lag in seq_len(most)) {
    later <- full[(lag + 1):nrow(full), , drop = FALSE]; earlier <- full[1:(nrow(full) - lag), , drop = FALSE]
    meat <- meat + (1 - lag / (most + 1)) * (crossprod(later, earlier) + crossprod(earlier, later))
  }
  bread %*% meat %*% bread * n / (n - k)
}

terms_of <- function(t, per_year, seasons) {
  frame <- data.frame(years = (t - mean(t)) / per_year) # from the middle: a year such as 2016 is nearly a constant
  if (seasons) frame$month <- factor(t %% 12)
  frame
}

percent <- function(t, y, exposure, per_year) {
  seasons <- per_year == 12 && length(t) >= 24
  if (seasons) { keep <- (t %% 12) %in% (t %% 12)[y > 0]; t <- t[keep]; y <- y[keep]; exposure <- exposure[keep] }
  fit <- suppressWarnings(glm(y ~ . + offset(log(exposure)), family = quasipoisson, data = terms_of(t, per_year, seasons), control = list(epsilon = 1e-15, maxit = 200)))
  x <- model.matrix(fit); mu <- fitted(fit)
  v <- newey_west(t, x * (y - mu), solve(crossprod(x, x * mu)))
  b <- coef(fit)["years"]; reach <- qt(0.975, nrow(x) - ncol(x)) * sqrt(v[2, 2])
  list(percent = unname(exp(b) - 1), low = unname(exp(b - reach) - 1), high = unname(exp(b + reach) - 1))
}

breaks <- function(t, y, events, per_year) {
  frame <- terms_of(t, per_year, per_year == 12 && length(t) >= 36)
  for (e in events) { frame[[paste0("level", e)]] <- as.numeric(t >= e); frame[[paste0("slope", e)]] <- pmax(t - e, 0) / per_year }
  fit <- lm(y ~ ., data = frame); x <- model.matrix(fit)
  v <- newey_west(t, x * residuals(fit), solve(crossprod(x))); df <- nrow(x) - ncol(x)
  lapply(events, function(e) lapply(c(level = "level", slope = "slope"), function(part) {
    name <- paste0(part, e); b <- unname(coef(fit)[name]); se <- sqrt(v[match(name, colnames(x)), match(name, colnames(x))])
    list(estimate = b, low = b - qt(0.975, df) * se, high = b + qt(0.975, df) * se, p_value = 2 * pt(-abs(b / se), df))
  }))
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
  out <- c(tau_and_test(y), sen = list(sen(t, y)), autocorrelation = lags(t, without_trend(t, y), 1), hamed_rao = list(hamed_rao(t, y)))
  if (per_year == 12 && n >= 24) out$seasonal <- hirsch_slack(t, y)
  out$percent <- percent(t, y, exposure, per_year)
  events <- as.integer(strsplit(as.character(case$events[1]), " ")[[1]])
  if (!anyNA(events)) out$breaks <- breaks(t, y, events, per_year)
  out$chart <- moving_limits(t, y, FALSE); out$screened <- moving_limits(t, y, TRUE)
  if (counted) out$attributes <- attribute_limits(y, exposure)
  out
}

cases <- read.csv("series_cases.csv", colClasses = c(events = "character"))
values <- lapply(split(cases, factor(cases$case, unique(cases$case))), one_case)
written <- list(generated = "by series.R; do not edit", versions = list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite"))), cases = values)
writeLines(jsonlite::toJSON(written, auto_unbox = TRUE, digits = NA, na = "null", null = "null", pretty = 1), "series.json")
