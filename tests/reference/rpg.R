# The whole of `score` and `compare` on the example study, by R. Run in this folder: Rscript rpg.R
# Reads rpg_answers.csv, writes rpg.json. Do not edit rpg.json.
suppressMessages({library(jsonlite); library(effectsize); library(coin)})
answers <- read.csv("rpg_answers.csv", check.names = FALSE)
waves <- c("+1 year", "+3 years")
batteries <- unique(answers$battery)
level <- 0.95

wilson <- function(x, n) as.numeric(prop.test(x, n, correct = FALSE, conf.level = level)$conf.int)
newcombe <- function(xa, na, xb, nb) {
  a <- wilson(xa, na); b <- wilson(xb, nb); pa <- xa / na; pb <- xb / nb
  c(pb - pa - sqrt((pb - b[1])^2 + (a[2] - pa)^2), pb - pa + sqrt((b[2] - pb)^2 + (pa - a[1])^2))
}
scores_of <- function(battery, wave) {
  part <- answers[answers$battery == battery & answers$wave == wave, ]
  wide <- tapply(part$score, list(part$person, part$item), function(v) v[1])
  wide[, unique(part$item), drop = FALSE]
}
battery_score <- function(m) { ok <- 2 * rowSums(!is.na(m)) >= ncol(m) & rowSums(!is.na(m)) > 0; rowMeans(m[ok, , drop = FALSE], na.rm = TRUE) }
one <- function(x, all, is_item) {
  x <- x[!is.na(x)]; t <- t.test(x, mu = 2.5, conf.level = level)
  up <- sum(x > 2.5); down <- sum(x < 2.5); w <- wilson(up, length(x))
  list(n = length(x), mean = mean(x), sd = sd(x), conf_low = t$conf.int[1], conf_high = t$conf.int[2], median = median(x),
       agree = up / length(x), agree_low = w[1], agree_high = w[2], net = (up - down) / length(x), p_value = t$p.value)
}
two <- function(x, y, is_item) {
  x <- x[!is.na(x)]; y <- y[!is.na(y)]; nx <- length(x); ny <- length(y)
  w <- t.test(y, x); s <- t.test(y, x, var.equal = TRUE); m <- suppressWarnings(wilcox.test(y, x, exact = FALSE))
  g <- hedges_g(y, x, pooled_sd = TRUE, ci = level)
  xa <- sum(x > 2.5); xb <- sum(y > 2.5); nc <- newcombe(xa, nx, xb, ny)
  data <- data.frame(v = c(x, y), f = factor(c(rep("a", nx), rep("b", ny))))
  out <- list(n_reference = nx, n = ny, mean_reference = mean(x), mean = mean(y), sd_reference = sd(x), sd = sd(y),
    estimate = mean(y) - mean(x), std_error = unname(w$stderr), conf_low = w$conf.int[1], conf_high = w$conf.int[2],
    welch = list(statistic = unname(w$statistic), df = unname(w$parameter), p_value = w$p.value),
    student = list(statistic = unname(s$statistic), df = unname(s$parameter), p_value = s$p.value, std_error = unname(s$stderr), conf_low = s$conf.int[1], conf_high = s$conf.int[2]),
    mann_whitney = list(statistic = unname(m$statistic), p_value = m$p.value),
    effect = g$Hedges_g, effect_low = g$CI_low, effect_high = g$CI_high,
    agree_reference = xa / nx, agree = xb / ny, agree_change = xb / ny - xa / nx, agree_change_low = nc[1], agree_change_high = nc[2],
    detectable = unname((qt(0.975, w$parameter) + qt(0.80, w$parameter)) * w$stderr))
  if (is_item) {
    out$exact <- list(p_value = as.numeric(pvalue(oneway_test(v ~ f, data, distribution = "exact"))))
    out$exact_rank <- list(p_value = as.numeric(pvalue(coin::wilcox_test(v ~ f, data, distribution = "exact"))))
    tab <- table(data$f, data$v); ch <- suppressWarnings(chisq.test(tab, correct = FALSE))
    out$chi_square <- list(statistic = unname(ch$statistic), df = unname(ch$parameter), p_value = ch$p.value)
  }
  out
}
score <- list(); compare <- list()
for (battery in batteries) {
  m <- lapply(waves, function(w) scores_of(battery, w))
  names <- c(colnames(m[[1]]), "")
  for (name in names) {
    v <- lapply(m, function(w) if (name == "") battery_score(w) else w[, name])
    for (i in 1:2) score[[length(score) + 1]] <- c(list(battery = battery, item = name, wave = waves[i]), one(v[[i]]))
    compare[[length(compare) + 1]] <- c(list(battery = battery, item = name), two(v[[1]], v[[2]], name != ""))
  }
}
for (kind in c("welch", "student", "mann_whitney")) for (how in c("holm", "BH", "bonferroni")) {
  family <- sapply(compare, function(r) if (r$item == "") "batteries" else r$battery)
  p <- sapply(compare, function(r) r[[kind]]$p_value)
  for (f in unique(family)) { at <- which(family == f); adj <- p.adjust(p[at], how); for (j in seq_along(at)) compare[[at[j]]][[kind]][[paste0("p_", tolower(how))]] <- adj[j] }
}
versions <- c(R = R.version.string, sapply(c("effectsize", "coin", "jsonlite"), function(p) as.character(packageVersion(p))))
write_json(list(made_by = "rpg.R; do not edit", versions = as.list(versions), score = score, compare = compare), "rpg.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
