# Reference values for planning a wave. Run here: Rscript power.R
# Reads power_cases.csv, writes power.json.

suppressPackageStartupMessages(library(pwr))
source("functions.R")

# The formula of pwr::pwr.t2n.test (which takes no people in both waves and no finite population), two-sided, for a difference in units of its standard error.
two_sided <- function(shift, df, alpha) {
  edge <- qt(alpha / 2, df, lower.tail = FALSE)
  pt(edge, df, shift, lower.tail = FALSE) + pt(-edge, df, shift)
}

one_case <- function(case) with(case, {
  unseen <- if (is.na(population)) c(1, 1) else 1 - c(n_reference, n) / population
  se <- sd * sqrt(unseen[1] / n_reference + unseen[2] / n - 2 * correlation * shared / (n_reference * n))
  u <- n_reference + n - 2 * shared
  df <- if (shared < 2) n_reference + n - 2 else (shared - 1) + (u + shared - 1) * u / (u + 2 * shared)
  out <- list(std_error = se, df = df, power = two_sided(abs(change) / se, df, alpha))
  out$detectable <- se * uniroot(function(shift) two_sided(shift, df, alpha) - power, c(0, 40), tol = 1e-13)$root
  if (shared == 0 && is.na(population) && n_reference == n) {
    test <- power.t.test(n = n, delta = abs(change), sd = sd, sig.level = alpha, strict = TRUE)
    stopifnot(isTRUE(all.equal(test$power, out$power, tolerance = 1e-13)))
    if (abs(change) > 0.01) out$needed <- ceiling(power.t.test(delta = abs(change), sd = sd, sig.level = alpha, power = power, strict = TRUE, tol = 1e-10)$n)
  }
  if (shared == 0 && is.na(population)) {
    # pwr looks for d and n to about four digits
    out$pwr <- pwr.t2n.test(n1 = n_reference, n2 = n, d = abs(change) / sd, sig.level = alpha)$power
    out$pwr_detectable <- pwr.t2n.test(n1 = n_reference, n2 = n, sig.level = alpha, power = power)$d * sd
    needed <- tryCatch(pwr.t2n.test(n1 = n_reference, d = abs(change) / sd, sig.level = alpha, power = power)$n2, error = function(e) NULL)
    if (!is.null(needed)) out$pwr_needed <- needed
  }
  if (shared == n && n == n_reference && is.na(population)) {
    of_change <- sd * sqrt(2 * (1 - correlation))
    test <- power.t.test(n = n, delta = abs(change), sd = of_change, sig.level = alpha, type = "paired", strict = TRUE)
    stopifnot(isTRUE(all.equal(test$power, out$power, tolerance = 1e-13)))
    out$pwr <- pwr.t.test(n = n, d = abs(change) / of_change, sig.level = alpha, type = "paired")$power
    out$pwr_detectable <- pwr.t.test(n = n, sig.level = alpha, power = power, type = "paired")$d * of_change
  }
  out
})

cases <- read.csv("power_cases.csv")
written <- list(generated = "by power.R; do not edit", versions = list(R = as.character(getRversion()), pwr = as.character(packageVersion("pwr")), jsonlite = as.character(packageVersion("jsonlite"))),
                cases = lapply(split(cases, factor(cases$case, unique(cases$case))), one_case))
write_exactly(written, "cases", "power.json")
