# Reference values for the kernels of rates: exact intervals, ratios, score tests, trends. Run here: Rscript rates.R
# Reads rates_cases.csv (one row per case and period; kind "pair" has two periods, reference first, "trend" more), writes rates.json.

suppressPackageStartupMessages(library(jsonlite))
cases <- read.csv("rates_cases.csv", colClasses = c(case = "character", kind = "character"))
level <- 0.95

wilson <- function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE, conf.level = level))$conf.int
garwood <- function(x, t) poisson.test(x, t, conf.level = level)$conf.int
finite <- function(v) if (length(v) == 1 && is.finite(v)) v

# Newcombe 1998 (method 10), Zou & Donner 2008: the same square-and-add rule on either pair of intervals.
square_and_add <- function(r, l, u) {
  d <- r[2] - r[1]
  c(d - sqrt((r[2] - l[2])^2 + (u[1] - r[1])^2), d + sqrt((u[2] - r[2])^2 + (r[1] - l[1])^2))
}

single <- function(x, t, limits) list(low = limits(x, t)[1], high = limits(x, t)[2])

pair <- function(d) {
  x <- d$count; t <- d$total; out <- list(); whole <- all(x == round(x))
  if (whole) {
    exact <- lapply(1:2, function(i) garwood(x[i], t[i]))
    out$poisson <- lapply(exact, function(i) list(low = i[1], high = i[2]))
    change <- square_and_add(x / t, sapply(exact, `[`, 1), sapply(exact, `[`, 2))
    out$difference <- list(low = change[1], high = change[2])
  }
  if (whole && sum(x) > 0) {
    two <- poisson.test(rev(x), rev(t), conf.level = level)
    tails <- sapply(c("less", "greater"), function(a) poisson.test(rev(x), rev(t), alternative = a)$p.value)
    out$ratio <- list(estimate = finite(unname(two$estimate)), low = two$conf.int[1], high = finite(two$conf.int[2]), p_value = min(1, 2 * min(tails)))
  }
  if (all(x <= t)) {
    out$wilson <- lapply(1:2, function(i) single(x[i], t[i], wilson))
    limits <- square_and_add(x / t, sapply(out$wilson, `[[`, "low"), sapply(out$wilson, `[[`, "high"))
    out$newcombe <- list(low = limits[1], high = limits[2])
    if (sum(x) > 0 && sum(x) < sum(t)) {
      test <- suppressWarnings(prop.test(x, t, correct = FALSE))
      out$score <- list(z = sign(x[2] / t[2] - x[1] / t[1]) * sqrt(unname(test$statistic)), p_value = test$p.value)
    }
  }
  out
}

trend <- function(d) {
  x <- d$count; t <- d$total; when <- d$time
  fit <- function(w) unname(coef(lm(I(x / t) ~ when, weights = w))[2])
  limits <- function(v) { # known variance v / t of each rate
    s <- fit(t); spread <- sum(t * (when - weighted.mean(when, t))^2)
    list(slope = s, low = s - qnorm(0.975) * sqrt(v / spread), high = s + qnorm(0.975) * sqrt(v / spread))
  }
  rate <- sum(x) / sum(t)
  # The score test by its formula; glm's weights are those of its last step but one, so that its Rao test has about half the digits.
  z2 <- sum(when * (x - t * rate))^2 / (rate * sum(t * (when - weighted.mean(when, t))^2))
  rao <- suppressWarnings(anova(glm(x ~ I(when - mean(when)) + offset(log(t)), family = poisson, control = list(epsilon = 1e-14, maxit = 100)), test = "Rao"))
  stopifnot(abs(rao$Rao[2] / z2 - 1) < 1e-6)
  out <- list(plain = fit(rep(1, length(x))), events = c(limits(rate), p_value = pchisq(z2, 1, lower.tail = FALSE)))
  if (all(x <= t)) {
    out$shares <- c(limits(rate * (1 - rate)), p_value = suppressWarnings(prop.trend.test(x, t, when))$p.value)
  }
  out
}

one <- function(d) if (d$kind[1] == "pair") pair(d) else trend(d)
out <- list(script = "rates.R", R = R.version.string, packages = list(jsonlite = as.character(packageVersion("jsonlite"))),
            cases = lapply(split(cases, factor(cases$case, unique(cases$case))), one))
write_json(out, "rates.json", auto_unbox = TRUE, digits = NA, pretty = TRUE, null = "null")
