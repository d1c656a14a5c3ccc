# Reference values for tables of who moved where, and for shares of people in both waves. Run here: Rscript moves.R
# Reads moves_cases.csv (people by level before and after) and paired_shares_cases.csv, writes moves.json.

suppressPackageStartupMessages(library(coin))
source("functions.R")

# Stuart 1955 with a generalised inverse from the spectrum, beside coin's.
stuart_maxwell <- function(n) {
  d <- rowSums(n) - colSums(n); v <- diag(rowSums(n) + colSums(n)) - n - t(n)
  e <- eigen(v, symmetric = TRUE); kept <- e$values > 1e-9 * max(e$values)
  x <- sum((t(e$vectors[, kept, drop = FALSE]) %*% d)^2 / e$values[kept])
  list(statistic = x, df = sum(kept), p_value = pchisq(x, sum(kept), lower.tail = FALSE))
}

bowker <- function(n) {
  up <- n[upper.tri(n)]; down <- t(n)[upper.tri(n)]; used <- up + down > 0
  x <- sum((up[used] - down[used])^2 / (up[used] + down[used]))
  list(statistic = x, df = sum(used), p_value = pchisq(x, sum(used), lower.tail = FALSE))
}

one_table <- function(case) {
  size <- max(case$before, case$after)
  n <- matrix(0, size, size); n[cbind(case$before, case$after)] <- case$people
  out <- list(stuart_maxwell = stuart_maxwell(n), bowker = bowker(n))
  dimnames(n) <- list(before = seq_len(size), after = seq_len(size))
  test <- mh_test(as.table(n))
  out$coin <- list(statistic = unname(statistic(test)), df = unname(test@statistic@df), p_value = as.numeric(pvalue(test)))
  if (size == 2) { m <- mcnemar.test(n, correct = FALSE); out$mcnemar <- list(statistic = unname(m$statistic), p_value = m$p.value) }
  out
}

# Newcombe 1998, page 2639: phi with continuity corrected where it is positive.
corrected <- function(n11, n10, n01, n00) {
  n11 <- as.numeric(n11); n <- n11 + n10 + n01 + n00; top <- n11 * n00 - n10 * n01
  bottom <- sqrt((n11 + n10) * (n01 + n00)) * sqrt((n11 + n01) * (n10 + n00))
  if (bottom == 0) return(0)
  if (top > n / 2) top <- top - n / 2 else if (top >= 0) top <- 0
  top / bottom
}

score <- function(x, n) suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int

hybrid <- function(xa, na, xb, nb, r) {
  a <- score(xa, na); b <- score(xb, nb); pa <- xa / na; pb <- xb / nb
  c(pb - pa - sqrt((pb - b[1])^2 + (a[2] - pa)^2 - 2 * r * (pb - b[1]) * (a[2] - pa)),
    pb - pa + sqrt((b[2] - pb)^2 + (pa - a[1])^2 - 2 * r * (b[2] - pb) * (pa - a[1])))
}

one_share <- function(case) with(case, {
  p <- n11 + n10 + n01 + n00
  na <- p + alone_reference; nb <- p + alone; xa <- n11 + n10 + yes_reference; xb <- n11 + n01 + yes
  x <- rep(c(1, 1, 0, 0), c(n11, n10, n01, n00)); y <- rep(c(1, 0, 1, 0), c(n11, n10, n01, n00))
  phi <- if (p < 2 || sd(x) == 0 || sd(y) == 0) 0 else cor(x, y)
  whole <- (xa + xb) / (na + nb)
  variance <- whole * (1 - whole) * (1 / na + 1 / nb - 2 * phi * p / (na * nb))
  limits <- hybrid(xa, na, xb, nb, phi * p / sqrt(na * nb))
  out <- list(phi = phi, low = limits[1], high = limits[2])
  if (variance > 1e-14) { z <- (xb / nb - xa / na) / sqrt(variance); out <- c(out, z = z, p_value = 2 * pnorm(-abs(z))) }
  if (p > 0) { own <- hybrid(n11 + n10, p, n11 + n01, p, corrected(n11, n10, n01, n00)); out <- c(out, paired_low = own[1], paired_high = own[2]) }
  if (n10 + n01 > 0) {
    s <- min(n10, n01); N <- n10 + n01
    midp <- if (n10 == n01) 1 - dbinom(s, N, 0.5) / 2 else 2 * pbinom(s, N, 0.5) - dbinom(s, N, 0.5)
    out <- c(out, mid_p = midp, exact_p = binom.test(n10, N)$p.value, asymptotic = (n10 - n01)^2 / N, asymptotic_p = pchisq((n10 - n01)^2 / N, 1, lower.tail = FALSE))
  }
  out
})

tables <- read.csv("moves_cases.csv"); shares <- read.csv("paired_shares_cases.csv")
by_case <- function(cases, how) lapply(split(cases, factor(cases$case, unique(cases$case))), how)
written <- list(
  generated = "by moves.R; do not edit",
  versions = list(R = as.character(getRversion()), coin = as.character(packageVersion("coin")), jsonlite = as.character(packageVersion("jsonlite"))),
  tables = by_case(tables, one_table), shares = by_case(shares, one_share)
)
write_exactly(written, c("tables", "shares"), "moves.json")
