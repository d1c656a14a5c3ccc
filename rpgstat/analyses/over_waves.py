"""`omnibus` over waves: whether they differ at all among the people who answered in every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from rpgstat import text
from rpgstat.analyses._opposed import direction
from rpgstat.analyses._rows import head, joined, rows_of, titled
from rpgstat.analyses.trend_waves import TrendOptions
from rpgstat.glossary.sentences import listing, say
from rpgstat.result import Result, table
from rpgstat.stats.within import friedman, repeated_measures
from rpgstat.study import Battery, Courses, Item, ItemWaves, ScoreWaves, Study, Tally

OVER_WAVES = "wave"
"""What stands in the column `by`."""


def over_waves(tally: Tally, study: Study, options: TrendOptions) -> Result | None:
    """Result `omnibus`, `by` being the wave: a row per item that all waves have, and one per battery; None where ids link nobody, and
    under weights, which neither test knows.

    F, its df and p are of the repeated-measures analysis of variance under sphericity; where the corrected p falls on the other side of alpha a
    note has it. H is Friedman's chi-square. n are the people in all waves; of fewer than may be shown there is nothing.
    """
    if not tally.courses or tally.design is not None:
        return None
    rows = [row for battery in study.batteries for item in rows_of(battery) for row in _rows(tally, battery, item, options)]
    return Result(
        name="omnibus",
        title=titled(study, say("title.over_waves")),
        frame=table("omnibus", rows),
        method=say("method_of.over_waves", waves=listing(list(options.waves)), alpha=text.short(options.alpha)),
        options={"alpha": options.alpha, "waves": list(options.waves), "by": OVER_WAVES, "within": "person"},
    )


def _rows(tally: Tally, battery: Battery, item: Item | None, options: TrendOptions) -> Iterator[dict[str, Any]]:
    shared = tally.common(tuple(one.id for one in battery.items), options.waves)
    found = courses_of(tally, battery, item, shared, options.waves)
    if found is None:
        return
    row = {key: value for key, value in head(battery, item).items() if key in ("battery", "item", "text")} | {"by": OVER_WAVES}
    told = direction(tally, battery, shared)
    if item is None and not told.conclusion:
        yield row | {"note": joined(told.notes)}
        return
    notes = list(told.notes) if item is None else []
    people = whole(found)
    least = max(2, options.few)
    if sum(n for _, n in people) < least:
        yield row | {"groups": len(options.waves), "note": joined([*notes, say("row.few_in_every_wave", few=least)])}
        return
    figures, own = _tested(people, options.alpha)
    yield row | figures | {"note": joined([*notes, *own])}


def _tested(people: list[tuple[list[Fraction], int]], alpha: float) -> tuple[dict[str, Any], list[str]]:
    """Both tests, and what the row says beside them: why there are none, and where p hangs on differences of waves that vary alike."""
    means, ranked = repeated_measures(courses=people), friedman(courses=people)
    row: dict[str, Any] = {"groups": len(people[0][0]), "n": means.n}
    row |= {"f_statistic": means.f_statistic, "df1": means.df1, "df2": means.df2, "p_value": means.p_value}
    row |= {"h_statistic": ranked.statistic, "h_df": ranked.df, "h_p_value": ranked.p_value}
    notes = list(dict.fromkeys(note for note in (means.note, ranked.note) if note))
    if means.p_value is not None and means.corrected_p is not None and (means.p_value < alpha) != (means.corrected_p < alpha):
        notes.append(say("row.sphericity", epsilon=text.fixed(means.epsilon or 1.0), p=text.p_phrase(means.corrected_p)))
    return row, notes


def courses_of(tally: Tally, battery: Battery, item: Item | None, shared: tuple[str, ...], waves: tuple[str, ...]) -> Courses | None:
    """What people answered over the waves to an item, or their scores of the battery; None where ids link nobody."""
    return tally.courses.get(ItemWaves(item.id, waves) if item else ScoreWaves(battery.name, shared, waves))


def whole(courses: Courses) -> list[tuple[list[Fraction], int]]:
    """The people with an answer in every wave, by their scores."""
    return [([score for score in scores if score is not None], n) for scores, n in courses.people if None not in scores]
