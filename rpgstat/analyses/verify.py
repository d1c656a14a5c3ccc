"""`--verify`: every test of a result once more, from respondent rows and by another library."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from rpgstat import text
from rpgstat.analyses._linked import both_of
from rpgstat.glossary.sentences import listing, say
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.stats import _pingouin
from rpgstat.stats.sample import Test
from rpgstat.study import Moments, Study, Tally

RELATIVE = 1e-9
"""How far two programs may differ in double precision before they disagree."""
CANCELLED = 1e-12
"""The same for a coefficient near 0, what is left of a difference of two numbers near 1: it has no digits of its own."""
THREE_DECIMALS = 0.0005
"""Half a unit of the last decimal to which Pingouin rounds the limits of alpha."""

Check = tuple[dict[str, Any], Test, float | None]
"""A row, the second opinion on it, and the row's own statistic where that is compared too."""

Figure = tuple[str, float, float | None, float]
"""What and where, the figure, the second opinion on it, and by how much they may differ."""


class Rows(Protocol):
    """Respondents' scores; `tally.Respondents` is one."""

    def item(self, item: str, wave: str) -> list[float]:
        """The valid scores of an item."""

    def battery(self, items: Sequence[str], wave: str) -> list[float]:
        """The battery scores made of `items`."""

    def complete(self, items: Sequence[str], wave: str) -> list[tuple[float, ...]]:
        """The scores of the people who answered all of `items`."""

    def of(self, group: str) -> Rows:
        """The people of one group."""

    def others(self, group: str) -> Rows:
        """Everyone else with a stated group."""


@record
class Verification:
    """How many tests, or other figures, were re-run, by which functions, and where they disagree; some, of people in both waves and of `trends`, stand
    `alone`."""

    tests: int
    engines: tuple[str, ...]
    disagreements: tuple[str, ...]
    unverified: int = 0
    what: str = "test"
    alone: int = 0
    trends: int = 0

    def stamp(self, result: Result) -> Result:
        """The result with a note that says what was re-run, and with every disagreement as a failed check."""
        version = _pingouin.version()
        alone: tuple[str, ...] = (say("verify.linked", self.alone, n=text.count(self.alone)),) if self.alone else ()
        alone += (say("verify.trend", self.trends, n=text.count(self.trends)),) if self.trends else ()
        if not self.tests + self.unverified:
            nothing = say("verify.no_tests", version=version) if self.what == "test" else say("verify.no_figures", version=version)
            return replace(result, notes=(*result.notes, nothing, *alone))
        wrong = len(self.disagreements)
        verdict = say("verify.wrong", n=wrong, where="; ".join(self.disagreements[:5])) if wrong else say("verify.agree")
        others = [name for name in self.engines if not name.startswith("pingouin.")]
        helped = say("verify.helped", engines=listing(others)) if others else ""
        told = {"n": text.count(self.tests), "version": version, "helped": helped, "verdict": verdict}
        note = say("verify.tests", self.tests, **told) if self.what == "test" else say("verify.figures", self.tests, **told)
        note += " " + say("verify.skipped", self.unverified, n=text.count(self.unverified)) if self.unverified else ""
        failures = tuple(f"--verify: {where}" for where in self.disagreements)
        return replace(result, notes=(*result.notes, note, *alone), failures=(*result.failures, *failures))


def verify_score(result: Result, study: Study, tally: Tally, rows: Rows) -> Verification:
    """Re-runs every midpoint test of a `score` result."""
    checks: list[Check] = []
    for row in result.rows:
        if row["p_value"] is not None:
            scores = _scores(rows, tally, study, row, (row["wave"],))[0]
            checks.append((row, _pingouin.one_sample(values=scores, midpoint=row["midpoint"]), None))
    return verification(checks)


def verify_compare(result: Result, study: Study, tally: Tally, rows: Rows) -> Verification:
    """Re-runs every test of a `compare` result, each by the method on its row."""
    checks: list[Check] = []
    alone = 0
    for row in (row for row in result.rows if row["p_value"] is not None):
        if row.get("design") in ("paired", "overlap"):
            found = _paired(row, study, tally) if row["design"] == "paired" else []
            checks += found
            alone += not found
        else:
            people = rows.of(row["group"]) if "group" in row else rows
            before, after = _scores(people, tally, study, row, (row["reference"], row["wave"]))
            opinion = _pingouin.second_opinion(method=row["method"], reference=before, later=after)
            checks.append((row, opinion, row["statistic"]))
    return replace(verification(checks), alone=alone)


def _paired(row: dict[str, Any], study: Study, tally: Tally) -> list[Check]:
    """The test of pairs once more, from each one's two scores; nothing where Pingouin has none, or none that is the same."""
    battery = next(battery for battery in study.batteries if battery.name == row["battery"])
    item = next((item for item in battery.items if item.id == row["item"]), None)
    pair = (row["reference"], row["wave"])
    both = both_of(tally, battery, item, tally.common(tuple(item.id for item in battery.items), pair), pair)
    people = [(float(a), float(b)) for a, b, n in both.moves for _ in range(n)] if both else []
    before, after = [a for a, _ in people], [b for _, b in people]
    if row["method"] == "paired-t":
        return [(row, _pingouin.second_opinion(method="paired-t", reference=before, later=after), row["statistic"])]
    exact = say("row.signed_rank_normal") not in (row["note"] or "")
    if row["method"] == "signed-rank" and (opinion := _pingouin.signed_rank(reference=before, later=after, exact=exact)):
        return [(row, opinion, None)]
    return []


def verify_breakdown(result: Result, study: Study, tally: Tally, rows: Rows) -> Verification:
    """Re-runs every test of a `breakdown` result; the exact one where there was no variance for a t, or the mean only is shown."""
    checks: list[Check] = []
    for row in result.rows:
        if row["p_value"] is not None:
            group, rest, everyone = (
                _scores(people, tally, study, row, (row["wave"],))[0] for people in (rows.of(row["group"]), rows.others(row["group"]), rows)
            )
            few = say("row.few"), say("row.few_rest")
            if any(note in (row["note"] or "") for note in few):  # drawn from the whole wave, those who stated no group among it
                rest = list((Counter(everyone) - Counter(group)).elements())
            method = "welch" if row["statistic"] is not None else "exact"
            checks.append((row, _pingouin.second_opinion(method=method, reference=rest, later=group), row["statistic"]))
    return verification(checks)


def verify_reliability(scales: Result, items: Result, moments: Mapping[tuple[str, str], Moments], rows: Rows) -> Verification:
    """Recomputes every alpha with its limits, and each item against the rest, from the rows of people who answered every item."""
    found = [*_alphas(scales, moments, rows), *_against_rest(items, moments, rows)]
    wrong = [f"{where} is {ours!r} here, {theirs!r} by Pingouin" for where, ours, theirs, slack in found if not _same(ours, theirs, slack)]
    return Verification(len(found), ("pingouin.cronbach_alpha", "pingouin.corr"), tuple(wrong), what="figure")


def _alphas(scales: Result, moments: Mapping[tuple[str, str], Moments], rows: Rows) -> Iterator[Figure]:
    for row in scales.rows:
        if row["alpha"] is None:
            continue
        where = f"of `{row['battery']}` in {row['wave']}"
        people = rows.complete(moments[row["battery"], row["wave"]].items, row["wave"])
        opinion = _pingouin.cronbach_alpha(people=people, level=1 - scales.options["alpha"])
        yield f"alpha {where}", row["alpha"], opinion.alpha, CANCELLED
        if row["alpha_low"] is not None:
            yield f"lower limit of alpha {where}", row["alpha_low"], opinion.alpha_low, THREE_DECIMALS + CANCELLED
            yield f"upper limit of alpha {where}", row["alpha_high"], opinion.alpha_high, THREE_DECIMALS + CANCELLED


def _against_rest(items: Result, moments: Mapping[tuple[str, str], Moments], rows: Rows) -> Iterator[Figure]:
    for row in items.rows:
        if row["item_rest"] is None and row["alpha_if_dropped"] is None:
            continue
        names = moments[row["battery"], row["wave"]].items
        at, where = names.index(row["item"]), f"of `{row['item']}` in {row['wave']}"
        people = rows.complete(names, row["wave"])
        others = [scores[:at] + scores[at + 1 :] for scores in people]
        if row["item_rest"] is not None:
            opinion = _pingouin.correlation(one=[scores[at] for scores in people], other=[math.fsum(scores) for scores in others])
            yield f"item-rest r {where}", row["item_rest"], opinion, CANCELLED
        if row["alpha_if_dropped"] is not None:
            yield f"alpha without the item, {where}", row["alpha_if_dropped"], _pingouin.cronbach_alpha(people=others).alpha, CANCELLED


def _scores(rows: Rows, tally: Tally, study: Study, row: dict[str, Any], waves: tuple[str, ...]) -> list[list[float]]:
    """The scores behind a row in each wave; a battery's on the items that every one of `waves` has."""
    if row["item"] is not None:
        return [rows.item(row["item"], wave) for wave in waves]
    battery = next(b for b in study.batteries if b.name == row["battery"])
    items = tally.common(tuple(item.id for item in battery.items), waves)
    return [rows.battery(items, wave) for wave in waves]


def verification(checks: Sequence[Check]) -> Verification:
    """Where rows and second opinions disagree."""
    wrong = []
    told = [check for check in checks if check[1].method != "none"]
    for row, opinion, statistic in told:
        if not _same(row["p_value"], opinion.p_value) or (statistic is not None and not _same(statistic, opinion.statistic)):
            wrong.append(f"`{row['item'] or row['battery']}` in {row['wave']}: p {row['p_value']!r} here, {opinion.p_value!r} by {opinion.method}")
    engines = tuple(dict.fromkeys(opinion.method for _, opinion, _ in told))
    return Verification(len(told), engines, tuple(wrong), len(checks) - len(told))


def _same(ours: float, theirs: float | None, slack: float = 1e-300) -> bool:
    return theirs is not None and math.isclose(ours, theirs, rel_tol=RELATIVE, abs_tol=slack)
