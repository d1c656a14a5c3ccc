"""Whether the groups differ at all, and which from which: results `omnibus` and `post_hoc` of a breakdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from rpgstat.analyses._answers import Answers, answers_to, is_withheld, item_answers, mean_to
from rpgstat.analyses._few import between_p, published
from rpgstat.analyses._opposed import Direction, direction
from rpgstat.analyses._rows import head, joined, rows_of, titled
from rpgstat.glossary.sentences import listing, say
from rpgstat.result import Result, table
from rpgstat.stats.groups import KruskalWallis, games_howell, kruskal_wallis, welch_anova
from rpgstat.study import Battery, Groups, Item, MeanOnly, Study, Tally


def omnibus(groups: Groups, study: Study, waves: Sequence[str], options: Mapping[str, Any]) -> Result:
    """Result `omnibus`: a row per wave, item and battery; Welch's ANOVA and the Kruskal-Wallis test over the groups that are shown."""
    rows = [_row(groups, battery, item, wave) for wave in waves for battery in study.batteries for item in rows_of(battery)]
    return Result(
        name="omnibus",
        title=titled(study, say("title.omnibus", by=groups.by)),
        frame=table("omnibus", rows),
        method=say("method_of.omnibus_means") if any(say("row.by_means") in (row["note"] or "") for row in rows) else say("method_of.omnibus"),
        options=options,
    )


def _row(groups: Groups, battery: Battery, item: Item | None, wave: str) -> dict[str, Any]:
    found, notes = _shown(groups, battery, item, wave)
    row = head(battery, item, wave=wave, by=groups.by) | {"groups": len(found), "n": sum(answers.sample.n for answers in found.values())}
    for scale in ("scale_low", "midpoint", "scale_high"):
        del row[scale]
    told = _direction(groups, battery, item, wave)
    if not told.conclusion:
        return row | {"groups": None, "note": joined([*notes, *told.notes])}
    means = _means(groups, battery, item, wave)
    if means:
        found_by_means = _by_means(groups, battery, item, wave, means)
        return row | found_by_means | {"note": joined([*told.notes, found_by_means["note"]])}
    notes += told.notes
    if len(found) < 2:
        return row | {"note": joined([*notes, say("row.few_groups")])}
    welch = welch_anova(samples=[answers.sample for answers in found.values()])
    plain = all(answers.plain for answers in found.values())
    ranked = kruskal_wallis(counts=_aligned(list(found.values()))) if plain else KruskalWallis(len(found), None, None, None, None, say("row.not_plain"))
    names = list(found)
    if welch.note:
        lacking = listing([names[i] for i in welch.lacking])
        notes.append(say("row.f_of", why=welch.note, groups=lacking) if lacking else say("row.f", why=welch.note))
    notes += [say("row.h", why=ranked.note)] if ranked.note else []
    row |= {"f_statistic": welch.f_statistic, "df1": welch.df1, "df2": welch.df2, "p_value": welch.p_value, "omega_squared": welch.omega_squared}
    row |= {"h_statistic": ranked.h_statistic, "h_df": ranked.df, "h_p_value": ranked.p_value, "epsilon_squared": ranked.epsilon_squared}
    return row | {"note": joined(notes)}


def _means(groups: Groups, battery: Battery, item: Item | None, wave: str) -> list[MeanOnly]:
    """Number and mean of every stated group that is shown, where some are shown by nothing else; else nothing."""
    asked = groups.whole.common(tuple(item.id for item in battery.items), (wave,))
    few = any(answers_to(people, battery, item, asked, wave) is None and mean_to(people, battery, item, asked, wave) for people in groups.parts.values())
    means = [mean_to(people, battery, item, asked, wave) for people in groups.parts.values()] if few else []
    return [own for own in means if own is not None and own.n]


def _by_means(groups: Groups, battery: Battery, item: Item | None, wave: str, means: Sequence[MeanOnly]) -> dict[str, Any]:
    """The test of the means alone. Where those who stated no group are withheld, they count among the groups withheld."""
    asked = groups.whole.common(tuple(item.id for item in battery.items), (wave,))
    pool = groups.stated if answers_to(groups.stated, battery, item, asked, wave) else groups.whole
    stated = mean_to(groups.stated, battery, item, asked, wave) or _whole_mean(groups.whole, battery, item, wave)
    p_value, count, n = between_p(means, stated, published(answers_to(pool, battery, item, asked, wave), item))
    return {"groups": count, "n": n, "p_value": p_value, "note": say("row.not_by_means") if p_value is None else say("row.by_means")}


def _whole_mean(whole: Tally, battery: Battery, item: Item | None, wave: str) -> MeanOnly | None:
    answers = item_answers(whole, battery, item, wave) if item else None
    return MeanOnly(answers.sample.n, answers.mean * answers.sample.n) if answers and answers.plain and answers.sample.n else None


def post_hoc_pairs(groups: Groups, study: Study, waves: Sequence[str], options: Mapping[str, Any]) -> Result:
    """Result `post_hoc`: a row per wave, item and pair of groups that are shown; the difference of means by Games and Howell."""
    level = 1 - float(options["alpha"])
    rows = [row for wave in waves for battery in study.batteries for item in rows_of(battery) for row in _pairs(groups, battery, item, wave, level)]
    return Result(
        name="post_hoc",
        title=titled(study, say("title.post_hoc", by=groups.by)),
        frame=table("post_hoc", rows),
        method=say("method_of.post_hoc"),
        options=options,
    )


def _pairs(groups: Groups, battery: Battery, item: Item | None, wave: str, level: float) -> Iterator[dict[str, Any]]:
    found, notes = _shown(groups, battery, item, wave)
    names = list(found)
    named = {key: value for key, value in head(battery, item, wave=wave, by=groups.by).items() if key not in ("scale_low", "midpoint", "scale_high")}
    told = _direction(groups, battery, item, wave)
    notes += told.notes
    if not told.conclusion:
        yield from (named | {"group": group, "other": other, "note": joined(notes)} for group, other in combinations(names, 2))
        return
    for pair in games_howell(samples=[answers.sample for answers in found.values()], level=level) if len(found) > 1 else []:
        figures = {"estimate": pair.estimate, "conf_low": pair.conf_low, "conf_high": pair.conf_high, "p_adjusted": pair.p_adjusted}
        yield named | {"group": names[pair.group], "other": names[pair.other]} | figures | {"note": joined([*notes, pair.note])}


def _shown(groups: Groups, battery: Battery, item: Item | None, wave: str) -> tuple[dict[str, Answers], list[str]]:
    """The stated groups with valid answers that may be seen, and a note when others may not."""
    asked = groups.whole.common(tuple(item.id for item in battery.items), (wave,))
    found = {group: answers_to(people, battery, item, asked, wave) for group, people in groups.parts.items()}
    hidden = any(is_withheld(people, battery, item, asked, wave) for people in groups.parts.values())
    return {group: answers for group, answers in found.items() if answers is not None and answers.sample.n}, [say("row.without_withheld")] if hidden else []


def _direction(groups: Groups, battery: Battery, item: Item | None, wave: str) -> Direction:
    """Whether a battery's items point one way; an item by itself does."""
    return Direction() if item else direction(groups.whole, battery, groups.whole.common(tuple(one.id for one in battery.items), (wave,)))


def _aligned(found: Sequence[Answers]) -> list[list[int]]:
    """Every group's counts at the same ascending values."""
    values: list[Fraction] = sorted({value for answers in found for value in answers.values})
    tables = [dict(zip(answers.values, answers.counts, strict=True)) for answers in found]
    return [[counts.get(value, 0) for value in values] for counts in tables]
