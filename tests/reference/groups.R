# Reference values for the kernels that compare groups. Run here: Rscript groups.R (some minutes)
# Reads groups_cases.csv (one row per case, group and level; answers of two waves), writes groups.json.

shares <- function(k) seq_len(k) / sum(seq_len(k)) # any fixed mix will do

# Per group one vector of scores.
answers <- function(case, wave) lapply(split(case, case$group), function(group) rep(group$score, group[[wave]]))

tests <- function(x) {
  x <- x[lengths(x) > 0]
  score <- unlist(x); group <- factor(rep(seq_along(x), lengths(x)))
  out <- list()
  if (length(x) > 1 && all(lengths(x) > 1) && all(sapply(x, sd) > 0)) {
    test <- oneway.test(score ~ group, var.equal = FALSE)
    f <- unname(test$statistic); df1 <- unname(test$parameter[1])
    out$welch <- list(f_statistic = f, df1 = df1, df2 = unname(test$parameter[2]), p_value = test$p.value,
                      omega_squared = max(df1 * (f - 1) / (df1 * (f - 1) + length(score)), 0))
  }
  if (length(x) > 1 && length(unique(score)) > 1) {
    test <- kruskal.test(score, group)
    h <- unname(test$statistic)
    out$kruskal <- list(groups = length(x), h_statistic = h, df = unname(test$parameter), p_value = test$p.value, epsilon_squared = h / (length(score) - 1))
  }
  out
}

# The studentized range by adaptive quadrature: ptukey() is a fixed-order rule, off by up to 8e-4 at 2 df,
# by 3e-7 above 10, and 0 in the far tails.
integral <- function(f, cuts) {
  piece <- function(a, b) integrate(f, a, b, rel.tol = 1e-12, abs.tol = 1e-300, subdivisions = 2000, stop.on.error = FALSE)$value
  sum(mapply(piece, head(cuts, -1), tail(cuts, -1)))
}

range_tail <- Vectorize(function(w, k) {
  inside <- function(z) dnorm(z) * exp((k - 1) * pnorm(z, log.p = TRUE)) *
    -expm1((k - 1) * log1p(-exp(pmin(pnorm(z - w, log.p = TRUE) - pnorm(z, log.p = TRUE), 0))))
  k * integral(inside, w / 2 + c(-11, -3, 0, 3, 11))
}, "w")

# exp(u) is the SD; its far left matters as soon as only a small one makes the range so wide.
upper <- function(q, k, df) {
  log_density <- function(u) dchisq(df * exp(2 * u), df, log = TRUE) + log(2 * df) + 2 * u
  width <- 1 / sqrt(2 * df); left <- -log1p(q^2 / (2 * df)) / 2
  cuts <- sort(unique(c(left - 36 / df - c(8, 3) * width, left, seq(left, 0, length.out = 4), c(2, 8) * width)))
  integral(function(u) exp(log_density(u)) * range_tail(q * exp(u), k), cuts)
}

critical <- function(k, df) {
  root <- uniroot(function(x) log(upper(exp(x), k, df) / 0.05), log(qtukey(0.95, k, max(df, 2))) + c(-0.01, 0.01), extendInt = "downX", tol = 1e-12)
  exp(root$root)
}

# Games & Howell 1976; the range is that of all groups with a variance. No multiple comparison of this kind comes with R.
games_howell <- function(x) {
  groups <- sum(lengths(x) > 1)
  pairs <- list()
  for (i in seq_along(x)) for (j in seq_along(x)) {
    if (i >= j || min(length(x[[i]]), length(x[[j]])) < 2) next
    welch <- tryCatch(t.test(x[[i]], x[[j]]), error = function(e) NULL)
    if (is.null(welch)) next
    unit <- welch$stderr / sqrt(2); df <- unname(welch$parameter); estimate <- mean(x[[i]]) - mean(x[[j]])
    reach <- critical(groups, df) * unit
    pairs[[length(pairs) + 1]] <- list(group = i - 1, other = j - 1, estimate = estimate, conf_low = estimate - reach, conf_high = estimate + reach,
                                       p_adjusted = upper(abs(estimate) / unit, groups, df))
  }
  pairs
}

# Welch-James statistic in its general matrix form: Johansen 1980 as in Lix & Keselman 1995, equations 2 to 6, one dependent variable.
# Cells in the order reference 1..k, later 1..k.
welch_james <- function(x, y) {
  k <- length(x); cells <- c(x, y)
  means <- sapply(cells, mean); n <- lengths(cells); v <- diag(sapply(cells, var) / n)
  alike <- cbind(diag(k - 1), -1)
  contrast <- kronecker(t(c(-1, 1)), alike)
  inner <- solve(contrast %*% v %*% t(contrast))
  t_wj <- drop(t(contrast %*% means) %*% inner %*% (contrast %*% means))
  a <- 0
  for (j in seq_along(cells)) {
    q <- diag(as.numeric(seq_along(cells) == j))
    m <- v %*% t(contrast) %*% inner %*% contrast %*% q
    a <- a + (sum(diag(m %*% m)) + sum(diag(m))^2) / (n[[j]] - 1)
  }
  a <- a / 2; df1 <- k - 1
  f <- t_wj / (df1 + 2 * a - 6 * a / (df1 + 2)); df2 <- df1 * (df1 + 2) / (3 * a)
  list(f_statistic = f, df1 = df1, df2 = df2, p_value = pf(f, df1, df2, lower.tail = FALSE))
}

standardised <- function(x, y) {
  w <- shares(length(x))
  estimate <- sum(w * (sapply(y, mean) - sapply(x, mean)))
  cells <- c(x, y); parts <- c(w, w)^2 * sapply(cells, var) / lengths(cells)
  se <- sqrt(sum(parts)); df <- sum(parts)^2 / sum(parts^2 / (lengths(cells) - 1)); reach <- qt(0.975, df) * se
  list(estimate = estimate, std_error = se, df = df, conf_low = estimate - reach, conf_high = estimate + reach,
       p_value = 2 * pt(-abs(estimate / se), df))
}

one_case <- function(case) {
  x <- answers(case, "reference"); y <- answers(case, "later")
  out <- list(reference = c(tests(x), list(pairs = games_howell(x))), later = c(tests(y), list(pairs = games_howell(y))))
  if (min(lengths(c(x, y))) > 1) {
    both <- sapply(x, var) + sapply(y, var)
    if (all(both > 0)) out$interaction <- welch_james(unname(x), unname(y))
    if (any(both > 0)) out$standardised <- standardised(unname(x), unname(y))
  }
  out
}

# The studentized range itself; of two groups it is a t.
grid <- expand.grid(q = c(0.5, 2, 3.5, 7, 20), groups = c(2, 3, 6, 30), df = c(1, 2, 3.5, 10, 47.3, 300, 20000))
ranges <- lapply(seq_len(nrow(grid)), function(i) with(grid[i, ], list(q = q, groups = groups, df = df, upper = upper(q, groups, df),
  upper_t = if (groups == 2) 2 * pt(-q / sqrt(2), df), ptukey = if (df >= 2) ptukey(q, groups, df, lower.tail = FALSE),
  critical = if (q == 2) critical(groups, df), qtukey = if (q == 2 && df >= 2) qtukey(0.95, groups, df))))

cases <- read.csv("groups_cases.csv")
written <- list(
  generated = "by groups.R; do not edit",
  versions = list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite"))),
  cases = lapply(split(cases, factor(cases$case, unique(cases$case))), one_case),
  ranges = ranges
)
# jsonlite stops at 15 digits: numbers go through it as text of 17, and lose their quotation marks afterwards.
written[c("cases", "ranges")] <- rapply(written[c("cases", "ranges")], function(x) sprintf("%.17g", x), how = "replace")
json <- jsonlite::toJSON(written, auto_unbox = TRUE, null = "null", pretty = 1)
writeLines(gsub('"(-?[0-9]+(\\.[0-9]+)?(e[-+][0-9]+)?)"', "\\1", json), "groups.json")
