# Reference values for agreement of coders, written out from the papers on one row a unit and one column a coder. Run here: Rscript agreement.R
# Reads agreement_cases.csv (what each coder chose, from 0, blank where not judged, and of how many units), writes agreement.json.
# Cohen 1960 with the variance of Fleiss, Cohen & Everitt 1969; Gwet 2008 and 2014 (AC1, AC2, alpha, linearised variances); Krippendorff 2011.
# irrCAC 1.0 rounds what it returns to five places; its formulas (gwet.ac1.raw, krippen.alpha.raw, kappa2.table) are these, and its port to Python,
# irrCAC 0.4.4, gives the same to eight.
suppressPackageStartupMessages(library(jsonlite))
cases <- read.csv("agreement_cases.csv", colClasses = c(case = "character"))
level <- 0.95

weigh <- function(q, kind) outer(1:q, 1:q, function(k, l) switch(kind, nominal = 1 * (k == l), linear = 1 - abs(k - l) / (q - 1), quadratic = 1 - ((k - l) / (q - 1))^2))
limits <- function(est, v, df) { r <- qt((1 + level) / 2, df) * sqrt(v); list(estimate = est, low = max(-1, est - r), high = min(1, est + r)) }

kappa <- function(x, y, q, w) {
  n <- length(x); p <- table(factor(x, 0:(q - 1)), factor(y, 0:(q - 1))) / n; p <- matrix(p, q)
  pr <- rowSums(p); pc <- colSums(p); pa <- sum(w * p); pe <- sum(w * outer(pr, pc)); k <- (pa - pe) / (1 - pe)
  bar <- outer(as.vector(w %*% pc), as.vector(t(w) %*% pr), "+")
  v <- (sum(p * (w - (1 - k) * bar)^2) - (pa - 2 * (1 - k) * pe)^2) / (n * (1 - pe)^2)
  limits(k, v, n - 1)
}
spread <- function(x, q) t(apply(x, 1, function(r) tabulate(r[!is.na(r)] + 1, q)))
gwet <- function(a, w) {
  a <- a[rowSums(a) > 0, , drop = FALSE]; q <- ncol(a); n <- nrow(a); r <- rowSums(a); two <- r >= 2
  own <- ifelse(two, rowSums(a * (a %*% w - 1)) / ifelse(two, r * (r - 1), 1), 0)
  pi <- colMeans(a / r); tw <- sum(w) / (q * (q - 1)); pe <- tw * sum(pi * (1 - pi)); est <- (sum(own) / sum(two) - pe) / (1 - pe)
  g <- n / sum(two) * (own - pe * two) / (1 - pe) - 2 * (1 - est) * (tw * as.vector(a %*% (1 - pi)) / r - pe) / (1 - pe)
  limits(est, sum((g - est)^2) / (n * (n - 1)), n - 1)
}
# alpha from all pairs of values, each weighted by 1 / (values of its unit - 1): Krippendorff's definition by coincidences
alpha <- function(a, metric) {
  a <- a[rowSums(a) > 1, , drop = FALSE]; q <- ncol(a); total <- colSums(a); N <- sum(total)
  o <- Reduce(`+`, lapply(seq_len(nrow(a)), function(i) (outer(a[i, ], a[i, ]) - diag(a[i, ], q)) / (sum(a[i, ]) - 1)))
  d <- outer(1:q, 1:q, Vectorize(function(c, k) switch(metric, nominal = 1 * (c != k), interval = (c - k)^2,
    ordinal = if (c == k) 0 else (sum(total[min(c, k):max(c, k)]) - (total[c] + total[k]) / 2)^2)))
  1 - (N - 1) * sum(o * d) / sum(outer(total, total) * d)
}
linearised <- function(a) {
  est <- alpha(a, "nominal"); a <- a[rowSums(a) > 1, , drop = FALSE]; n <- nrow(a); r <- rowSums(a); rbar <- mean(r)
  own <- rowSums(a * (a - 1)) / (rbar * (r - 1)); pi <- colMeans(a / rbar); pe <- sum(pi^2); prime <- (mean(own) - pe) / (1 - pe); pa <- (1 - 1 / sum(r)) * mean(own) + 1 / sum(r); more <- (r - rbar) / rbar
  g <- (own - pa * more - pe) / (1 - pe) - 2 * (1 - prime) * (as.vector(a %*% pi) / rbar - pe * more - pe) / (1 - pe)
  limits(est, sum((g - prime)^2) / (n * (n - 1)), n - 1)
}
one <- function(d) {
  q <- d$categories[1]; x <- as.matrix(d[rep(seq_len(nrow(d)), d$units), c("a", "b", "c")[seq_len(d$coders[1])]]); a <- spread(x, q)
  out <- list(krippendorff = c(linearised(a), list(ordinal = alpha(a, "ordinal"), interval = alpha(a, "interval"))))
  for (kind in c("nominal", "linear", "quadratic")) {
    w <- weigh(q, kind); out$gwet[[kind]] <- gwet(a, w)
    if (ncol(x) == 2) out$kappa[[kind]] <- kappa(x[, 1], x[, 2], q, w)
  }
  b <- a[rowSums(a) > 1, , drop = FALSE]; r <- rowSums(b)
  out$percent <- mean(rowSums(b * (b - 1)) / (r * (r - 1)))
  out$specific <- as.list(colSums(b * (b - 1) / (r - 1)) / colSums(b)); out$specific[colSums(b) == 0] <- list(NULL); names(out$specific) <- NULL
  out
}
out <- lapply(split(cases, factor(cases$case, unique(cases$case))), one)
write_json(list(script = "agreement.R", R = R.version.string, packages = list(jsonlite = as.character(packageVersion("jsonlite"))), cases = out),
           "agreement.json", auto_unbox = TRUE, digits = NA, pretty = TRUE, null = "null")
