"""Sentences on changes between waves: what each test allows to be said, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary import CONCLUSIONS, FOUND
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.media.pages import Row, split, withheld
from rpgstat.media.style import Style
from rpgstat.record import record
from rpgstat.reporting.quoting import limits, no_score, quoted
from rpgstat.views.rows import size

_ONE_BY_ONE = 2
"""Statements that could not be tested for one reason and are told one by one."""


@record
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
                if row["mean"] is None or row["mean_reference"] is None:
                    return say("change.spread", subject=subject)
                return say("change.spread_means", subject=subject, **self._ends(row))
            case "equivalent":
                return say("change.equivalent", subject=subject, size=self._size(row), margin=self._margin(), real=_real(row), **self._ends(row))
            case "inconclusive":
                alone = say("change.alone") if _only_by_itself(row) else ""
                return say("change.inconclusive", subject=subject, reach=self._reach(row), alone=alone, **self._ends(row))
            case _ if why := no_score(row):
                return why
            case _:
                return say("change.withheld", subject=subject) if withheld(row) else _untested(row, subject)

    def of_battery(self, rows: Sequence[Row]) -> Iterator[str]:
        """The battery score, every statement that moved, is equivalent or could not be tested, then the inconclusive ones together.

        Of a battery of one statement that statement alone: the score says the same.
        """
        items = [row for row in rows if row["item"] is not None]
        if len(items) != 1:
            yield from (self.change(row, say("change.score")) for row in rows if row["item"] is None)
        told = sorted((row for row in items if row["conclusion"] != "inconclusive"), key=_order)
        untested = [row for row in told if _is_untested(row)]
        yield from (self.change(row, quoted(row)) for row in told if row not in untested)
        for (why,), own in split(untested, ("note",)):
            n = text.count(len(own))
            together = say("change.untested_together", n=n, why=why) if why else say("change.untested_many", n=n)
            yield from [together] if len(own) > _ONE_BY_ONE else (self.change(row, quoted(row)) for row in own)
        yield from self._inconclusive([row for row in items if row["conclusion"] == "inconclusive"], others=bool(told))

    def _moved(self, row: Row, subject: str) -> str:
        up, size, ends = row["conclusion"] == "higher", self._size(row), self._ends(row)
        if row["estimate"] and (row["estimate"] > 0) is up:
            return say("change.rose", subject=subject, size=size, **ends) if up else say("change.fell", subject=subject, size=size, **ends)
        # A test of ranks may point another way than the means.
        return say("change.ranks_higher", subject=subject, size=size, **ends) if up else say("change.ranks_lower", subject=subject, size=size, **ends)

    def _margin(self) -> str:
        return say("change.margin", points=text.short(self.margin)) if self.margin is not None else ""

    def _reach(self, row: Row) -> str:
        """Which changes the data allow."""
        if row["conf_low"] is None or row["conf_high"] is None:
            return ""
        return say("change.reach", low=self._points(row, "conf_low"), high=self._points(row, "conf_high"))

    def _inconclusive(self, rows: Sequence[Row], *, others: bool) -> Iterator[str]:
        if len(rows) < 2:
            yield from (self.change(row, quoted(row)) for row in rows)
            return
        told = {"n": text.count(len(rows)), "before": size(rows, "n_reference"), "after": size(rows)}
        subject = say("change.others", **told) if others else say("change.all", **told)
        yield say("change.together", statements=subject, reach=self._compatible(rows))
        if near := [row for row in rows if _only_by_itself(row)]:
            those = listing([say("change.near_one", subject=quoted(row), size=self._size(row), **self._ends(row)) for row in near])
            yield say("change.near", len(near), those=those)

    def _compatible(self, rows: Sequence[Row]) -> str:
        """How far the intervals of several statements of a battery reach."""
        held = [row for row in rows if row["conf_low"] is not None and row["conf_high"] is not None]
        if not held:
            return ""
        low, high = min(row["conf_low"] for row in held), max(row["conf_high"] for row in held)
        return say("change.intervals_reach", low=self.style.cell("points", low), high=self.style.cell("points", high))

    def _size(self, row: Row) -> str:
        return say("change.size", estimate=self._points(row, "estimate"), limits=limits(row, "conf_low", "conf_high", "points", self.style))

    def _ends(self, row: Row) -> dict[str, str]:
        """Both means, each with how many answers stand behind it."""
        return {"before": self._mean(row, "mean_reference", "n_reference"), "after": self._mean(row, "mean", "n")}

    def _mean(self, row: Row, key: str, n: str) -> str:
        return self._points(row, key) + (say("change.n", n=text.count(row[n])) if row[n] is not None else "")

    def _points(self, row: Row, key: str) -> str:
        return self.style.cell("points", row[key])


def counted(rows: Sequence[Row]) -> str:
    """How the statements came out.

    >>> counted([{"conclusion": "higher"}, {"conclusion": "inconclusive"}, {"conclusion": "inconclusive"}])
    'Of 3 statements tested, 1 is higher and 2 are inconclusive.'
    """
    kinds = {code: sum(row["conclusion"] == code for row in rows) for code in CONCLUSIONS}
    found = {code: n for code, n in kinds.items() if n}
    tested = sum(found.values())
    if not tested:
        return say("change.none_tested")
    if len(found) < 2:
        shown = word("conclusion", next(iter(found)))
        return say("change.one_tested", word=shown) if tested == 1 else say("change.all_tested", n=text.count(tested), word=shown)
    words = listing([say("standing.verdict", n, n=text.count(n), verdict=word("conclusion", code)) for code, n in found.items()])
    return say("change.some_tested", n=text.count(tested), words=words)


def _real(row: Row) -> str:
    return say("change.real") if say("row.real_within") in (row["note"] or "") else ""


def _order(row: Row) -> tuple[int, float]:
    """Higher and lower first, the largest change at the top; what could not be tested at the end."""
    place = 0 if row["conclusion"] in FOUND else 1 if row["conclusion"] is not None else 2
    return place, -abs(row["estimate"] or 0.0)


def _is_untested(row: Row) -> bool:
    return row["conclusion"] is None and not no_score(row) and not withheld(row)


def _only_by_itself(row: Row) -> bool:
    return say("row.not_after_adjustment") in (row["note"] or "")


def _untested(row: Row, subject: str) -> str:
    return say("change.untested_why", subject=subject, why=row["note"]) if row["note"] else say("change.untested", subject=subject)
