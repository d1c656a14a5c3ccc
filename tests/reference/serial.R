# Reference values for series with autoregressive errors: trend, events, logarithms. Run here: Rscript serial.R
# Reads serial_cases.csv (one row per case and point; a gap is an index left out), writes serial.json.
library(nlme)

frame_of <- function(t, y, per_year, events) {
  frame <- data.frame(y = y, index = as.integer(t - min(t) + 1), years = (t - min(t)) / per_year)
  if (per_year == 12 && length(t) >= 48) frame$month <- factor(t %% 12)
  for (e in events) { frame[[paste0("step", e)]] <- as.numeric(t >= e); frame[[paste0("bend", e)]] <- pmax(t - e, 0) / per_year }
  frame
}

# The REML fit from three starts, for a likelihood may have two peaks. gls stops where the likelihood hardly moves, which leaves the fifth figure of
# phi open: it is sought once more nearby, with phi held at each value. `plain` is the phi that gls itself stops at.
fitted_gls <- function(frame) {
  model <- as.formula(paste("y ~", paste(setdiff(names(frame), c("y", "index")), collapse = " + ")))
  held <- function(p) eval(bquote(gls(.(model), frame, corAR1(.(p), ~index, fixed = TRUE), method = "REML")))
  best <- NULL
  for (start in c(0, 0.5, -0.5)) {
    fit <- try(eval(bquote(gls(.(model), frame, corAR1(.(start), ~index), method = "REML"))), silent = TRUE)
    if (!inherits(fit, "try-error") && (is.null(best) || logLik(fit) > logLik(best) + 1e-7)) best <- fit
  }
  plain <- unname(coef(best$modelStruct$corStruct, unconstrained = FALSE))
  ends <- pmin(pmax(plain + c(-1e-3, 1e-3), -1 + 1e-7), 1 - 1e-7)
  phi <- optimize(function(p) as.numeric(logLik(held(p))), ends, maximum = TRUE, tol = 1e-9)$maximum
  list(fit = held(phi), phi = phi, plain = plain)
}

told <- function(found, name) {
  fit <- found$fit
  row <- summary(fit)$tTable[name, ]; df <- fit$dims$N - fit$dims$p; reach <- qt(0.975, df) * row["Std.Error"]
  lapply(list(estimate = row["Value"], low = row["Value"] - reach, high = row["Value"] + reach, std_error = row["Std.Error"], statistic = row["t-value"], p_value = row["p-value"]), unname)
}

one_case <- function(case) {
  t <- case$index; y <- case$value; per_year <- case$per_year[1]
  events <- as.integer(strsplit(as.character(case$events[1]), " ")[[1]])
  line <- fitted_gls(frame_of(t, y, per_year, NULL)); logs <- fitted_gls(frame_of(t, log(y), per_year, NULL))
  out <- list(trend = c(told(line, "years"), phi = line$phi, plain = line$plain, df = line$fit$dims$N - line$fit$dims$p), log = c(told(logs, "years"), phi = logs$phi))
  if (length(events)) {
    broken <- fitted_gls(frame_of(t, y, per_year, events))
    out$breaks <- lapply(events, function(e) list(step = told(broken, paste0("step", e)), bend = told(broken, paste0("bend", e)), phi = broken$phi))
  }
  out
}

cases <- read.csv("serial_cases.csv", colClasses = c(events = "character"))
values <- lapply(split(cases, factor(cases$case, unique(cases$case))), one_case)
versions <- list(R = as.character(getRversion()), nlme = as.character(packageVersion("nlme")), jsonlite = as.character(packageVersion("jsonlite")))
writeLines(jsonlite::toJSON(list(generated = "by serial.R; do not edit", versions = versions, cases = values), auto_unbox = TRUE, digits = NA, na = "null", null = "null", pretty = 1), "serial.json")
