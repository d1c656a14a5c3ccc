"""The change of each theme between waves: of independent answers, or of answers of which some are of the same people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rpgstat.analyses._rows import joined
from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.adjust import adjust
from rpgstat.stats.fisher import fisher_mid_p
from rpgstat.stats.paired_shares import YesNo, newcombe_overlap, share_overlap
from rpgstat.stats.sample import Interval
from rpgstat.stats.shares import newcombe
from rpgstat.study.themed import Book, Codes, Twice

Row = dict[str, Any]


@record
class ThemeOptions:
    """What is compared with which wave, at which level, and whether codes below themes have rows of their own.

    `few` is the least number of people in both waves of whom anything is told.
    """

    reference: str | None = None
    alpha: float = 0.05
    adjust: str = "holm"
    codes: bool = False
    waves: tuple[str, ...] = ()
    few: int = 5

    @property
    def fewest(self) -> int:
        """The least number of people in both waves by whom answers correlate."""
        return max(2, self.few)


@record
class Said:
    """A row being made. Where it can be compared, `family` is that of its test, `applies` tells the units that it counts, and `of` the themes that it sums."""

    row: Row
    family: str = ""
    applies: Callable[[Codes], object] | None = None
    of: frozenset[str] = frozenset()


def ids_of(books: Sequence[Book]) -> dict[str, dict[str, str]]:
    """The option of a result that tells the short names of its themes, by which placeholders name their rows."""
    return {"ids": {theme.name: theme.id for book in books for theme in book.themes}}


def compared(rows: Iterable[Said], waves: Sequence[str | None], twice: Sequence[Twice], options: ThemeOptions) -> list[Row]:
    """The rows with the change of each later wave against the reference, adjusted over the themes of the source; its sums are a family of their own."""
    found = list(rows)
    reference = options.reference if options.reference in waves else waves[0] if len(waves) > 1 else None
    before = {(said.row["theme"], said.row["code"]): said for said in found if said.row["wave"] == reference and said.row["by"] is None}
    linked = {one.wave: one for one in twice if one.reference == reference}
    written = {said.row["wave"]: said.row["n"] for said in found if said.row["by"] is None and said.row.get("share") is not None}
    families: dict[str, list[Row]] = {}
    for said in found:
        row = said.row
        if reference is None or row["wave"] == reference or said.applies is None or row["kind"] != "answers":
            continue
        if _changed(said, before.get((row["theme"], row["code"])), reference, linked.get(row["wave"]), sum(written.values()), options):
            families.setdefault(said.family, []).append(row)
    for family_rows in families.values():
        for row, p in zip(family_rows, adjust([row["p_value"] for row in family_rows], options.adjust), strict=True):
            row["p_adjusted"] = p
            _conclude(row, options.alpha)
    return [said.row for said in found]


def _changed(said: Said, before: Said | None, reference: str, linked: Twice | None, written: int, options: ThemeOptions) -> bool:
    """Puts the change into a row, of `written` answers in all waves; False where there is none to put."""
    row = said.row
    if before is None or row.get("share") is None:
        return False
    row["reference"] = reference
    if why := _not_compared(said, before, reference):
        row["note"] = joined([row["note"], why])
        return False
    counts = {"count_reference": before.row["mentions"], "n_reference": before.row["n"], "count": row["mentions"], "n": row["n"]}
    row["change"] = row["share"] - before.row["share"]
    if linked is not None and linked.n >= options.fewest:
        people = None if linked.again is None else written - linked.again
        _test_linked(row, counts, _pairs(said, linked), people, 1 - options.alpha)
    else:
        _test(row, counts, 1 - options.alpha)
    return True


def _not_compared(said: Said, before: Said, reference: str) -> str:
    """Why there is no change to tell of; "" where there is."""
    if before.row.get("share") is None:
        why = {say("row.not_sought"): say("row.not_sought_in", wave=reference), say("row.suppressed"): say("row.withheld_in", wave=reference)}
        return why.get(before.row["note"], say("row.nobody_wrote_in", wave=reference))
    return say("row.other_themes_in", wave=reference) if said.of != before.of else ""


def _test(row: Row, counts: dict[str, int], level: float) -> None:
    limits = newcombe(**counts, level=level)
    assert limits is not None  # neither n is 0
    row |= {"change_low": limits.low, "change_high": limits.high, "p_value": fisher_mid_p(**counts)}
    if row["p_value"] is None:
        row["note"] = joined([row["note"], _untested(counts)])


def _test_linked(row: Row, counts: dict[str, int], pairs: YesNo, people: int | None, level: float) -> None:
    """The change of all answers, what those of the same people have in common used: by Derrick and others' z for shares, and where there are `people`
    in several waves by t with errors clustered on them."""
    limits, p_value, why = _overlapping(counts, pairs, level) if people is None else _clustered(counts, pairs, people, level)
    row |= {"n_both": pairs.n, "correlation": pairs.phi, "change_low": limits.low, "change_high": limits.high, "p_value": p_value}
    if p_value is None:
        row["note"] = joined([row["note"], _untested(counts) or why])


def _overlapping(counts: dict[str, int], pairs: YesNo, level: float) -> tuple[Interval, float | None, str]:
    limits, test = newcombe_overlap(**counts, pairs=pairs, level=level), share_overlap(**counts, pairs=pairs)
    assert limits is not None  # neither n is 0
    return limits, test.p_value, test.note


def _clustered(counts: dict[str, int], pairs: YesNo, people: int, level: float) -> tuple[Interval, float | None, str]:
    from rpgstat.stats.weighted_pairs import Weighed, weighted_share_overlap  # with ids and three waves alone

    numbers = (counts["count_reference"], counts["n_reference"]), (counts["count"], counts["n"])
    first, last = (Weighed([0, 1], [(n - named, n - named), (named, named)]) for named, n in numbers)
    moves = [(1, 1, pairs.both), (1, 0, pairs.left), (0, 1, pairs.joined), (0, 0, pairs.neither)]
    limits, change = weighted_share_overlap(reference=first, later=last, pairs=moves, people=people, level=level)
    return limits, change.p_value, change.note


def _untested(counts: dict[str, int]) -> str:
    """Why a change has no p; "" where the numbers alone do not tell."""
    if not counts["count_reference"] and not counts["count"]:
        return say("row.nobody_named")
    everybody = counts["count_reference"] == counts["n_reference"] and counts["count"] == counts["n"]
    return say("row.everybody_named") if everybody else ""


def _pairs(said: Said, linked: Twice) -> YesNo:
    assert said.applies is not None  # else nothing is compared
    cells = Counter[tuple[bool, bool]]()
    for (earlier, later), people in linked.patterns.items():
        cells[bool(said.applies(earlier)), bool(said.applies(later))] += people
    return YesNo(cells[True, True], cells[True, False], cells[False, True], cells[False, False])


def _conclude(row: Row, alpha: float) -> None:
    if row["p_adjusted"] is None:
        return
    if row["p_adjusted"] < alpha:
        row["conclusion"] = "more" if row["change"] > 0 else "fewer"
        return
    row["conclusion"] = "inconclusive"
    if row["p_value"] < alpha:
        row["note"] = joined([row["note"], say("row.not_after_adjustment")])
