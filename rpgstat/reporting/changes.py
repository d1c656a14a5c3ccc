"""Sentences on changes between waves: what each test allows to be said, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rpgstat import text
from rpgstat.glossary import CONCLUSIONS, FOUND, NOT_AFTER_ADJUSTMENT
from rpgstat.media.pages import Row, withheld
from rpgstat.media.style import Style
from rpgstat.reporting.quoting import limits, no_score, quoted

NOT_NONE = "Inconclusive does not mean that nothing changed: anything within the interval fits these data."


@dataclass(frozen=True, slots=True)
class Said:
    """How changes are told: the style, and the change in scale points that was declared not to matter, if any."""

    style: Style
    margin: float | None = None

    def change(self, row: Row, subject: str) -> str:
        """One row of `compare` as a sentence about `subject`."""
        match row["conclusion"]:
            case "higher" | "lower":
                return self._moved(row, subject)
            case "different":
                means = "" if row["mean"] is None or row["mean_reference"] is None else f" (means {self._ends(row)})"
                return f"{subject}: the answers spread over the scale differently{means}."
            case "equivalent":
                return f"{subject} stood at {self._ends(row)}, {self._size(row)}: {self._within(row)}."
            case "inconclusive":
                return f"{subject} stood at {self._ends(row)}; inconclusive{self._reach(row)}."
            case _ if why := no_score(row):
                return why
            case _:
                return f"{subject}: {'withheld, small numbers' if withheld(row) else _untested(row)}."

    def of_battery(self, rows: Sequence[Row]) -> Iterator[str]:
        """The battery score, every statement that moved, is equivalent or could not be tested, then the inconclusive ones together."""
        yield from (self.change(row, "The battery score") for row in rows if row["item"] is None)
        items = [row for row in rows if row["item"] is not None]
        told = sorted((row for row in items if row["conclusion"] != "inconclusive"), key=_order)
        yield from (self.change(row, quoted(row)) for row in told)
        yield from self._inconclusive([row for row in items if row["conclusion"] == "inconclusive"], others=bool(told))

    def _moved(self, row: Row, subject: str) -> str:
        up = row["conclusion"] == "higher"
        before, after = self._points(row, "mean_reference"), self._points(row, "mean")
        if row["estimate"] and (row["estimate"] > 0) is up:
            return f"{subject} {CONCLUSIONS[row['conclusion']].verb} from {before} to {after}, {self._size(row)}."
        # A test of ranks may point another way than the means.
        return f"{subject}: by ranks the answers were {row['conclusion']}, while the mean went from {before} to {after}, {self._size(row)}."

    def _within(self, row: Row) -> str:
        margin = f" of {text.short(self.margin)}" if self.margin is not None else ""
        real = "; the change is real, but too small to matter" if "real but within the margin" in (row["note"] or "") else ""
        return f"within the margin{margin} that was declared not to matter{real}"

    def _reach(self, row: Row) -> str:
        """Which changes the data allow."""
        told = []
        if row["conf_low"] is not None and row["conf_high"] is not None:
            told.append(f"anything from {self._points(row, 'conf_low')} to {self._points(row, 'conf_high')} fits these data")
        if _only_by_itself(row):
            told.append("significant by itself, but not after adjustment for the number of tests")
        return f": {'; '.join(told)}" if told else ""

    def _inconclusive(self, rows: Sequence[Row], *, others: bool) -> Iterator[str]:
        if len(rows) < 2:
            yield from (self.change(row, quoted(row)) for row in rows)
            return
        subject = f"{'The other' if others else 'All'} {text.plural(len(rows), 'statement')}"
        yield f"{subject} are inconclusive{self._compatible(rows)}."
        if near := [row for row in rows if _only_by_itself(row)]:
            those = text.listing([f"{quoted(row)} ({self._ends(row)}, {self._size(row)})" for row in near])
            yield f"Significant by {'itself' if len(near) == 1 else 'themselves'}, but not after adjustment for the number of tests: {those}."

    def _compatible(self, rows: Sequence[Row]) -> str:
        """How far the intervals of several statements of a battery reach."""
        held = [row for row in rows if row["conf_low"] is not None and row["conf_high"] is not None]
        if not held:
            return ""
        low, high = min(row["conf_low"] for row in held), max(row["conf_high"] for row in held)
        return f": their intervals reach from {self.style.cell('points', low)} to {self.style.cell('points', high)}"

    def _size(self, row: Row) -> str:
        return f"a change of {self._points(row, 'estimate')}{limits(row, 'conf_low', 'conf_high', 'points', self.style)}"

    def _ends(self, row: Row) -> str:
        return f"{self._points(row, 'mean_reference')} and {self._points(row, 'mean')}"

    def _points(self, row: Row, key: str) -> str:
        return self.style.cell("points", row[key])


def counted(rows: Sequence[Row]) -> str:
    """How the statements came out.

    >>> counted([{"conclusion": "higher"}, {"conclusion": "inconclusive"}, {"conclusion": "inconclusive"}])
    'Of 3 statements tested, 1 is higher and 2 are inconclusive.'
    """
    kinds = {word: sum(row["conclusion"] == word for row in rows) for word in CONCLUSIONS}
    found = {word: n for word, n in kinds.items() if n}
    tested = sum(found.values())
    if len(found) < 2:
        word = next(iter(found), "")
        every = {0: "No statement could be tested", 1: f"The one statement tested is {word}"}
        return f"{every.get(tested, f'All {text.count(tested)} statements tested are {word}')}."
    return f"Of {text.plural(tested, 'statement')} tested, {text.listing([f'{text.count(n)} {_be(n)} {word}' for word, n in found.items()])}."


def _be(n: int) -> str:
    return "is" if n == 1 else "are"


def _order(row: Row) -> tuple[int, float]:
    """Higher and lower first, the largest change at the top; what could not be tested at the end."""
    place = 0 if row["conclusion"] in FOUND else 1 if row["conclusion"] is not None else 2
    return place, -abs(row["estimate"] or 0.0)


def _only_by_itself(row: Row) -> bool:
    return NOT_AFTER_ADJUSTMENT in (row["note"] or "")


def _untested(row: Row) -> str:
    return f"not tested ({row['note']})" if row["note"] else "not tested"
