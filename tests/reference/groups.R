# Reference values for the kernels that compare groups. Run here: Rscript groups.R (some minutes)
# Reads groups_cases.csv (one row per case, group and level; answers of two waves), writes groups.json.

shares <- function(k) seq_len(k) / sum(seq_len(k)) # any fixed mix will do

source("functions.R")

# Per group one vector of scores.
answers <- function(case, wave) lapply(split(case, case$group), function(group) rep(group$score, group[[wave]]))

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
write_exactly(written, c("cases", "ranges"), "groups.json")
