# The whole of `score` and `compare` on the example study, by R. Run in this folder: Rscript rpg.R
# Reads rpg_answers.csv, writes rpg.json. Do not edit rpg.json.
suppressMessages({library(jsonlite); library(effectsize); library(coin)})
source("functions.R")
answers <- read.csv("rpg_answers.csv", check.names = FALSE)
waves <- c("+1 year", "+3 years")
batteries <- unique(answers$battery)

scores_of <- function(battery, wave) {
  part <- answers[answers$battery == battery & answers$wave == wave, ]
  wide <- tapply(part$score, list(part$person, part$item), function(v) v[1])
  wide[, unique(part$item), drop = FALSE]
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
