"""`--verify`: every test of a result once more, from respondent rows and by another library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from rpgstat import text
from rpgstat.result import Result
from rpgstat.stats import _pingouin
from rpgstat.stats.sample import Test
from rpgstat.study import Study, Tally

RELATIVE = 1e-9
"""How far two programs may differ in double precision before they disagree."""


Check = tuple[dict[str, Any], Test, float | None]
"""A row, the second opinion on it, and the row's own statistic where that is compared too."""


class Rows(Protocol):
    """Respondents' scores; `tally.Respondents` is one."""

    def item(self, item: str, wave: str) -> list[float]:
        """The valid scores of an item."""

    def battery(self, items: Sequence[str], wave: str) -> list[float]:
        """The battery scores made of `items`."""

    def of(self, group: str) -> Rows:
        """The people of one group."""

    def others(self, group: str) -> Rows:
        """Everyone else with a stated group."""


@dataclass(frozen=True)
class Verification:
    """How many tests were re-run, by which functions, and where they disagree."""

    tests: int
    engines: tuple[str, ...]
    disagreements: tuple[str, ...]
    unverified: int = 0

    def stamp(self, result: Result) -> Result:
        """The result with a note that says what was re-run, and with every disagreement as a failed check."""
        verdict = "all agree" if not self.disagreements else f"{len(self.disagreements)} disagree: {'; '.join(self.disagreements[:5])}"
        others = [name for name in self.engines if not name.startswith("pingouin.")]
        helped = f" ({text.listing(others)} where Pingouin has no such test)" if others else ""
        skipped = f" {text.plural(self.unverified, 'test')} had too many possible outcomes for a second opinion." if self.unverified else ""
        note = f"{text.plural(self.tests, 'test')} re-run in Pingouin {_pingouin.version()}{helped}: {verdict}.{skipped}"
        failures = tuple(f"--verify: {where}" for where in self.disagreements)
        return replace(result, notes=(*result.notes, note), failures=(*result.failures, *failures))


def verify_score(result: Result, study: Study, tally: Tally, rows: Rows) -> Verification:
    """Re-runs every midpoint test of a `score` result."""
    checks: list[Check] = []
    for row in result.rows:
        if row["p_value"] is not None:
            scores = _scores(rows, tally, study, row, (row["wave"],))[0]
            checks.append((row, _pingouin.one_sample(values=scores, midpoint=row["midpoint"]), None))
    return _verification(checks)


def verify_compare(result: Result, study: Study, tally: Tally, rows: Rows) -> Verification:
    """Re-runs every test of a `compare` result, each by the method on its row."""
    checks: list[Check] = []
    for row in result.rows:
        if row["p_value"] is not None:
            people = rows.of(row["group"]) if "group" in row else rows
            before, after = _scores(people, tally, study, row, (row["reference"], row["wave"]))
            opinion = _pingouin.second_opinion(method=row["method"], reference=before, later=after)
            checks.append((row, opinion, row["statistic"]))
    return _verification(checks)


def verify_breakdown(result: Result, study: Study, tally: Tally, rows: Rows) -> Verification:
    """Re-runs every test of a `breakdown` result; the exact one where there was no variance for a t."""
    checks: list[Check] = []
    for row in result.rows:
        if row["p_value"] is not None:
            group, rest = (_scores(people, tally, study, row, (row["wave"],))[0] for people in (rows.of(row["group"]), rows.others(row["group"])))
            method = "welch" if row["statistic"] is not None else "exact"
            checks.append((row, _pingouin.second_opinion(method=method, reference=rest, later=group), row["statistic"]))
    return _verification(checks)


def _scores(rows: Rows, tally: Tally, study: Study, row: dict[str, Any], waves: tuple[str, ...]) -> list[list[float]]:
    """The scores behind a row in each wave; a battery's on the items that every one of `waves` has."""
    if row["item"] is not None:
        return [rows.item(row["item"], wave) for wave in waves]
    battery = next(b for b in study.batteries if b.name == row["battery"])
    items = tally.common(tuple(item.id for item in battery.items), waves)
    return [rows.battery(items, wave) for wave in waves]


def _verification(checks: Sequence[Check]) -> Verification:
    wrong = []
    told = [check for check in checks if check[1].method != "none"]
    for row, opinion, statistic in told:
        if not _same(row["p_value"], opinion.p_value) or (statistic is not None and not _same(statistic, opinion.statistic)):
            wrong.append(f"`{row['item'] or row['battery']}` in {row['wave']}: p {row['p_value']!r} here, {opinion.p_value!r} by {opinion.method}")
    engines = tuple(dict.fromkeys(opinion.method for _, opinion, _ in told))
    return Verification(len(told), engines, tuple(wrong), len(checks) - len(told))


def _same(ours: float, theirs: float | None) -> bool:
    return theirs is not None and math.isclose(ours, theirs, rel_tol=RELATIVE, abs_tol=1e-300)
