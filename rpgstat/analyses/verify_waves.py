"""`--verify` of a trend: the tests over waves once more, from each person's scores and by another library."""

from __future__ import annotations

from typing import Any

from rpgstat.analyses.over_waves import courses_of, whole
from rpgstat.analyses.verify import Check, Verification, verification
from rpgstat.result import Result
from rpgstat.stats import _pingouin
from rpgstat.stats.sample import Test
from rpgstat.study import Study, Tally

MOST_PEOPLE = 20_000
"""People in all waves of whom a table of rows is made."""


def verify_trend(result: Result) -> Verification:
    """Pingouin has none of the tests of a trend: how many there are."""
    return Verification(0, (), (), trends=sum(row["p_value"] is not None for row in result.rows))


def verify_over_waves(result: Result, study: Study, tally: Tally, waves: tuple[str, ...]) -> Verification:
    """Runs the repeated-measures analysis of variance and Friedman's test of every row again."""
    checks: list[Check] = []
    for row in result.rows:
        if row["p_value"] is None and row["h_p_value"] is None:
            continue
        battery = next(battery for battery in study.batteries if battery.name == row["battery"])
        item = next((item for item in battery.items if item.id == row["item"]), None)
        found = courses_of(tally, battery, item, tally.common(tuple(one.id for one in battery.items), waves), waves)
        people = whole(found) if found else []
        opinions = _pingouin.over_waves(courses=people) if row["n"] <= MOST_PEOPLE else (_TOO_MANY, _TOO_MANY)
        keys = ("f_statistic", "p_value"), ("h_statistic", "h_p_value")
        checks += [(_row(row, *own), opinion, row[own[0]]) for own, opinion in zip(keys, opinions, strict=True) if row[own[1]] is not None]
    return verification(checks)


_TOO_MANY = Test(None, None, None, "none")


def _row(row: dict[str, Any], statistic: str, p_value: str) -> dict[str, Any]:
    """A row with one of its two tests, as checks take it."""
    return {**row, "wave": row["by"], "statistic": row[statistic], "p_value": row[p_value]}
