# `breakdown`, `compare --by`, `compare --standardise` and `response` on the example study, by R. Run in this folder: Rscript rpg_roles.R
# Reads rpg_people.csv, rpg_answers.csv (which items make a battery) and rpg_population.csv (invented), writes rpg_roles.json; do not edit that.
suppressMessages({library(effectsize); library(coin)})
source("functions.R")
people <- read.csv("rpg_people.csv", check.names = FALSE, colClasses = "character")
declared <- read.csv("rpg_population.csv", check.names = FALSE)
layout <- unique(read.csv("rpg_answers.csv", check.names = FALSE)[c("battery", "item")])
waves <- c("+1 year", "+3 years")
roles <- c("Social worker", "Senior social worker", "Lead practitioner", "Team manager", "Senior manager")
shown <- roles[c(1, 3, 5)] # the others are withheld by default
# Items of which social workers are seen by their mean only: beside all of their answers, those of others would be known within too little.
blurred <- list("+1 year" = "voice", "+3 years" = c("perspectives", "impact", "setbacks", "manager"))
stopifnot(all(people$role %in% roles))
scores <- suppressWarnings(sapply(people[layout$item], as.numeric))

# One battery's rows: its items and then its score; per row one score a person, NA where there is none.
rows_of <- function(battery) {
  items <- layout$item[layout$battery == battery]
  m <- scores[, items]
  whole <- rep(NA, nrow(m)); enough <- 2 * rowSums(!is.na(m)) >= ncol(m); whole[enough] <- rowMeans(m[enough, ], na.rm = TRUE)
  c(lapply(setNames(items, items), function(item) m[, item]), list(whole))
}
values <- function(v, wave, role) { x <- v[people$wave == wave & people$role %in% role]; x[!is.na(x)] }
each <- function(f) unlist(lapply(unique(layout$battery), function(b) { v <- rows_of(b); unlist(Map(function(x, item) f(b, item, x), v, names(v)), recursive = FALSE) }), recursive = FALSE)
key <- function(battery, item, ...) list(battery = battery, item = item, ...)
stated <- function(x) if (length(x) && all(is.finite(x))) x else NULL
quietly <- function(expression) tryCatch(expression, error = function(e) NULL)

alone <- function(x) {
  up <- sum(x > 2.5); w <- wilson(up, length(x)); t <- quietly(t.test(x))
  list(n = length(x), mean = mean(x), sd = if (length(x) > 1) sd(x), conf_low = t$conf.int[1], conf_high = t$conf.int[2],
       agree = up / length(x), agree_low = w[1], agree_high = w[2])
}
against <- function(x, rest) { # both constant happens nowhere here
  t <- quietly(t.test(x, rest))
  g <- if (length(x) > 1) hedges_g(x, rest, pooled_sd = TRUE)$Hedges_g
  list(n_rest = length(rest), mean_rest = mean(rest), estimate = mean(x) - mean(rest), std_error = t$stderr, estimate_low = t$conf.int[1],
       estimate_high = t$conf.int[2], statistic = unname(t$statistic), df = unname(t$parameter), p_value = t$p.value, effect = g)
}
# p adjusted within each family, over those rows of it that are `kept` and have a p.
adjusted <- function(rows, family, kept, name, how = "holm", of = function(row) row$p_value) {
  p <- sapply(rows, function(row) { found <- of(row); if (is.null(found)) NA else found })
  p[!kept] <- NA
  for (f in unique(family)) { at <- which(family == f & !is.na(p)); for (j in seq_along(at)) rows[[at[j]]][[name]] <- p.adjust(p[at], how)[j] }
  rows
}

seen_by_mean <- function(x, role, item, wave) length(x) < 10 || mean(x > 2.5) %in% 0:1 || item %in% blurred[[wave]]
# The group against the rest of the wave: as many as it has, drawn from everyone.
exact <- function(x, rest) as.numeric(pvalue(oneway_test(v ~ f, data.frame(v = c(x, rest), f = factor(rep(1:2, c(length(x), length(rest))))), distribution = "exact")))
breakdown <- unlist(lapply(waves, function(wave) each(function(battery, item, v) {
  x <- lapply(setNames(roles, roles), function(role) values(v, wave, role))
  place <- function(among) rank(-round(sapply(x[among], mean), 12), ties.method = "min")
  lapply(roles, function(role) {
    own <- x[[role]]; rest <- values(v, wave, setdiff(roles, role)); few <- seen_by_mean(own, role, item, wave)
    c(key(battery, item, wave = wave, group = role), alone(own), against(own, rest), list(few = few, p_exact = if (item != "") exact(own, rest),
      rank_all = place(roles)[[role]], rank_shown = if (role %in% shown) place(shown)[[role]]))
  })
})), recursive = FALSE)
family <- sapply(breakdown, function(row) paste(row$wave, if (row$item == "") "batteries" else row$battery))
is_shown <- sapply(breakdown, function(row) row$group %in% shown)
for (how in c("holm", "BH", "bonferroni")) breakdown <- adjusted(breakdown, family, TRUE, paste0("p_", tolower(how)), how)
is_few <- sapply(breakdown, function(row) row$few)
breakdown <- adjusted(breakdown, family, is_shown & !is_few, "p_holm_shown")
breakdown <- adjusted(breakdown, family, is_shown & is_few, "p_holm_few", of = function(row) row$p_exact)

# Permutation p of the sum of squares between groups: of 20,000 draws.
set.seed(1)
drawn <- function(x) as.numeric(pvalue(oneway_test(v ~ f, data.frame(v = unlist(x), f = factor(rep(seq_along(x), lengths(x)))),
                                                   distribution = approximate(nresample = 20000))))
omnibus <- unlist(lapply(waves, function(wave) each(function(battery, item, v) {
  x <- lapply(roles, function(role) values(v, wave, role)); found <- tests(x)
  merged <- lapply(c(as.list(shown), list(setdiff(roles, shown))), function(role) values(v, wave, role))
  list(c(key(battery, item, wave = wave, groups = sum(lengths(x) > 0), n = sum(lengths(x))), found$welch,
    h_statistic = found$kruskal$h_statistic, h_df = found$kruskal$df, h_p_value = found$kruskal$p_value, epsilon_squared = found$kruskal$epsilon_squared,
    p_means = if (item != "") drawn(merged)))
})), recursive = FALSE)

# Each pair takes seconds: one battery in one wave stands for all.
post_hoc <- unlist(lapply(waves, function(wave) each(function(battery, item, v) {
  among <- if (battery == "Relationships" && wave == waves[2]) roles else NULL
  lapply(games_howell(lapply(among, function(role) values(v, wave, role))), function(pair) c(key(battery, item, wave = wave),
    group = among[pair$group + 1], other = among[pair$other + 1], pair[c("estimate", "conf_low", "conf_high", "p_adjusted")]))
})), recursive = FALSE)

changed <- function(x, y) {
  a <- alone(x); b <- alone(y); t <- t.test(y, x); g <- hedges_g(y, x, pooled_sd = TRUE); nc <- newcombe(sum(x > 2.5), length(x), sum(y > 2.5), length(y))
  list(n_reference = a$n, n = b$n, mean_reference = a$mean, reference_low = a$conf_low, reference_high = a$conf_high, sd_reference = a$sd, mean = b$mean,
       mean_low = b$conf_low, mean_high = b$conf_high, sd = b$sd, estimate = mean(y) - mean(x), std_error = t$stderr, conf_low = t$conf.int[1],
       conf_high = t$conf.int[2], statistic = unname(t$statistic), df = unname(t$parameter), p_value = t$p.value, effect = g$Hedges_g, effect_low = g$CI_low,
       effect_high = g$CI_high, agree_reference = a$agree, agree = b$agree, agree_change = b$agree - a$agree, agree_change_low = nc[1],
       agree_change_high = nc[2], detectable = unname((qt(0.975, t$parameter) + qt(0.80, t$parameter)) * t$stderr))
}
compare <- each(function(battery, item, v) lapply(shown, function(role)
  c(key(battery, item, group = role), changed(values(v, waves[1], role), values(v, waves[2], role)),
    list(few = any(sapply(waves, function(wave) seen_by_mean(values(v, wave, role), role, item, wave)))))))
in_full <- !sapply(compare, function(row) row$few)
compare <- adjusted(compare, sapply(compare, function(row) if (row$item == "") "batteries" else row$battery), in_full, "p_adjusted")

interaction <- each(function(battery, item, v) list(c(key(battery, item),
  welch_james(lapply(shown, function(role) values(v, waves[1], role)), lapply(shown, function(role) values(v, waves[2], role)))))) # if all were shown in full

# Groups that are withheld are one stratum. With few people in a stratum the variance is that of two means, each with its own df.
fixed_mix <- function(v, strata, w) {
  x <- lapply(strata, function(role) values(v, waves[1], role)); y <- lapply(strata, function(role) values(v, waves[2], role))
  parts <- c(w, w)^2 * c(sapply(x, var), sapply(y, var)) / c(lengths(x), lengths(y)); n <- c(lengths(x), lengths(y))
  estimate <- sum(w * (sapply(y, mean) - sapply(x, mean))); se <- sqrt(sum(parts)); df <- sum(parts)^2 / sum(parts^2 / (n - 1)); reach <- qt(0.975, df) * se
  list(standardised = estimate, standardised_se = se, standardised_low = estimate - reach, standardised_high = estimate + reach,
       standardised_p = 2 * pt(-abs(estimate / se), df))
}
strata <- c(as.list(shown), list(setdiff(roles, shown)))
mixes <- list(reference = sapply(strata, function(role) mean(people$role[people$wave == waves[1]] %in% role)),
              pooled = sapply(strata, function(role) mean(people$role %in% role)),
              population = sapply(strata, function(role) sum(declared$population[declared$role %in% role]) / sum(declared$population)))
standardised <- each(function(battery, item, v) lapply(names(mixes), function(mix) c(key(battery, item, shares = mix), fixed_mix(v, strata, mixes[[mix]]))))

answers <- people[layout$item]
long <- lapply(split(layout$item, layout$battery), identity); long <- long[lengths(long) >= 4]
filled <- function(wave, role) {
  at <- people$wave == wave & people$role %in% role; a <- answers[at, ]; s <- scores[at, , drop = FALSE]
  given <- rowSums(a != "")
  straight <- Reduce(`|`, lapply(long, function(items) apply(s[, items, drop = FALSE], 1, function(x) !anyNA(x) && length(unique(x)) == 1)))
  list(returned = sum(at), usable = sum(rowSums(!is.na(s)) > 0), answered = mean(given), partial = sum(given > 0 & given < ncol(a)),
       straight_liners = sum(straight), duplicate_ids = sum(duplicated(people$id[at])))
}
rated <- function(role, invited) lapply(1:2, function(i) {
  f <- lapply(waves, filled, role = role); n <- sapply(f, function(one) one$returned)
  c(list(wave = waves[i], group = if (length(role) == 1) role else "", invited = invited[i], rate = n[i] / invited[i]), f[[i]],
    if (i == 2) list(change = n[2] / invited[2] - n[1] / invited[1]))
})
response <- c(rated(roles, c(214, 234)), unlist(lapply(roles, function(role) rated(role, unlist(declared[declared$role == role, c("invited_1", "invited_3")]))), recursive = FALSE))

population <- lapply(waves, function(wave) {
  share <- setNames(declared$population / sum(declared$population), declared$role)[roles]
  n <- sapply(roles, function(role) sum(people$wave == wave & people$role == role))
  fit <- function(sets) { t <- suppressWarnings(chisq.test(sapply(sets, function(s) sum(n[s])), p = sapply(sets, function(s) sum(share[s]))))
    list(n = sum(n), chi_square = unname(t$statistic), df = unname(t$parameter), p_value = t$p.value) }
  list(wave = wave, groups = lapply(roles, function(role) list(group = role, n = n[[role]], share = n[[role]] / sum(n), population_share = share[[role]],
       difference = n[[role]] / sum(n) - share[[role]])), all = fit(as.list(roles)), shown = fit(strata))
})

tables <- list(breakdown = breakdown, omnibus = omnibus, post_hoc = post_hoc, compare = compare, interaction = interaction, standardised = standardised,
               response = response, population = population)
tables <- lapply(tables, unname)
versions <- c(R = R.version.string, sapply(c("coin", "effectsize", "jsonlite"), function(p) as.character(packageVersion(p))))
write_exactly(c(list(made_by = "rpg_roles.R; do not edit", versions = as.list(versions)), tables), names(tables), "rpg_roles.json")
