# Reference values for the reliability kernels. Run here: Rscript reliability.R
# Reads reliability_cases.csv (one row per person, answers to all items) and rpg_answers.csv (the example study, one row per person and
# item, empty where there is no answer on the scale), writes reliability.json.

suppressPackageStartupMessages(library(psych))

quiet <- function(expression) { capture.output(value <- suppressMessages(suppressWarnings(expression))); value }

# One minres factor: the sum of squared residuals off the diagonal, by Newton from the loadings of psych, which stops at some 1e-5.
newton <- function(r, l) {
  off <- r - diag(diag(r))
  for (step in 1:100) {
    h <- 2 * outer(l, l) - off; diag(h) <- sum(l^2) - l^2
    l <- l - solve(h, l * (sum(l^2) - l^2) - drop(off %*% l))
  }
  l
}

omega <- function(x) {
  r <- cor(x)
  factor <- quiet(fa(r, nfactors = 1, fm = "minres"))
  if (min(factor$uniquenesses) < 0.006) return(list(heywood = TRUE)) # psych keeps uniquenesses above 0.005
  l <- newton(r, as.vector(factor$loadings))
  if (max(abs(l)) >= 1) return(list(heywood = TRUE))
  from_psych <- quiet(psych::omega(r, nfactors = 1, flip = FALSE, plot = FALSE))
  list(omega = 1 - sum(1 - l^2) / sum(r), omega_psych = from_psych$omega.tot, uniquenesses = 1 - l^2)
}

one_case <- function(rows) of_complete(do.call(rbind, lapply(strsplit(rows$answers, " "), as.numeric)))

of_complete <- function(x) {
  colnames(x) <- paste0("item", seq_len(ncol(x)))
  n <- nrow(x); k <- ncol(x); s <- cov(x)
  out <- list(n = n, items = k)
  if (sum(s) < 1e-12) return(out)
  alpha <- k / (k - 1) * (1 - sum(diag(s)) / sum(s))
  out$alpha <- alpha
  varied <- all(diag(s) > 0)
  if (alpha < 1 - 1e-12) {
    limits <- alpha.ci(alpha, n.obs = n, n.var = k)
    out$alpha_low <- limits$lower.ci; out$alpha_high <- limits$upper.ci
  }
  out$item_rest <- lapply(seq_len(k), function(i) {
    rest <- rowSums(x[, -i, drop = FALSE])
    if (sd(x[, i]) > 0 && sd(rest) > 0) cor(x[, i], rest)
  })
  if (k > 2) out$alpha_if_dropped <- lapply(seq_len(k), function(i) {
    s <- s[-i, -i]
    if (sum(s) > 1e-12) (k - 1) / (k - 2) * (1 - sum(diag(s)) / sum(s))
  })
  if (varied) {
    out$mean_r <- mean(cor(x)[lower.tri(s)])
    if (k > 2 && n > 2 && min(eigen(cor(x))$values) > 1e-8) {
      psych <- quiet(psych::alpha(x, check.keys = FALSE, warnings = FALSE))
      out$psych <- list(alpha = psych$total$raw_alpha, mean_r = psych$total$average_r, item_rest = psych$item.stats$r.drop,
                        alpha_if_dropped = psych$alpha.drop$raw_alpha, alpha_low = unlist(psych$feldt$lower.ci, use.names = FALSE), alpha_high = unlist(psych$feldt$upper.ci, use.names = FALSE))
      out <- c(out, omega(x))
    }
  }
  out
}

# A battery of the example study in one wave: its complete cases, and all answers to each item.
rpg <- read.csv("rpg_answers.csv", check.names = FALSE)
one_battery <- function(rows) {
  ids <- unique(rows$item)
  x <- matrix(tapply(rows$score, list(rows$person, rows$item), sum)[, ids], ncol = length(ids))
  valid <- lapply(seq_along(ids), function(i) x[!is.na(x[, i]), i])
  c(list(battery = rows$battery[1], wave = rows$wave[1], ids = as.list(ids), valid = as.list(lengths(valid)),
         floor = lapply(valid, function(v) mean(v == 1)), ceiling = lapply(valid, function(v) mean(v == 4))),
    of_complete(x[complete.cases(x), , drop = FALSE]))
}

# Quantiles of F where Feldt's limits need them. Beyond 400,000 df in the denominator qf() takes it for infinite; qbeta() does not.
grid <- expand.grid(p = c(0.005, 0.025, 0.975, 0.9995), n = c(2, 3, 10, 200, 1e5), items = c(2, 3, 10, 60))
quantiles <- lapply(seq_len(nrow(grid)), function(i) with(grid[i, ], {
  a <- (n - 1) / 2; b <- a * (items - 1)
  list(p = p, n = n, items = items, f = qbeta(p, a, b) / qbeta(p, b, a, lower.tail = FALSE) * (items - 1), qf = if (2 * b <= 4e5) qf(p, 2 * a, 2 * b))
}))

cases <- read.csv("reliability_cases.csv")
written <- list(
  generated = "by reliability.R; do not edit",
  versions = list(R = as.character(getRversion()), psych = as.character(packageVersion("psych")), jsonlite = as.character(packageVersion("jsonlite"))),
  cases = lapply(split(cases, factor(cases$case, unique(cases$case))), one_case),
  rpg = lapply(unname(split(rpg, list(factor(rpg$battery, unique(rpg$battery)), rpg$wave))), one_battery),
  quantiles = quantiles
)
# jsonlite stops at 15 digits: numbers go through it as text of 17, and lose their quotation marks afterwards.
numbers <- c("cases", "rpg", "quantiles")
written[numbers] <- rapply(written[numbers], function(x) sprintf("%.17g", x), classes = "numeric", how = "replace")
json <- jsonlite::toJSON(written, auto_unbox = TRUE, null = "null", pretty = 1)
writeLines(gsub('"(-?[0-9]+(\\.[0-9]+)?(e[-+][0-9]+)?)"', "\\1", json), "reliability.json")
