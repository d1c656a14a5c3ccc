"""How the rows of a survey were filled in, by Polars: who answered hardly anything, who gave the same answers, who was too fast; counts only leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field
from math import lgamma, log

import polars as pl

from rpgstat.record import record
from rpgstat.study import Survey, reading
from rpgstat.study.labels import BLANKS, INVISIBLE
from rpgstat.tally._spec import MISSING, UNKNOWN, Numbering
from rpgstat.tally.engine.expressions import Expressions
from rpgstat.tally.engine.times import as_times

_BARELY = 4
"""Of the statements asked, a person who answered fewer than one in so many answered hardly any."""

_FAST = 3
"""A person who took less than this part of the median time: a third, as the usual rule for speeders has it (Greszki, Meyer and Schoen 2015)."""

_CHANCE = log(0.001)
"""Of the same answers in the same places by accident, above which nothing is said of them."""

_FIRST_ROWS = 20_000


@record
class Asked:
    """What to look at in a survey: the code of its `wave`, of each of the `items`, which `batteries` these belong to and how many `levels` each has.

    `closed` are all columns that hold an answer; `surprise` is by wave how unlikely two people are to agree in all of these that are no
    statements, as the logarithm of one over the chance; `start`, `end` and `seconds` those of times, where there are any.
    """

    wave: Numbering
    items: Mapping[str, Numbering]
    batteries: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, int]
    closed: tuple[str, ...] = ()
    surprise: Mapping[int, float] = field(default_factory=dict)
    id: str | None = None
    start: str | None = None
    end: str | None = None
    seconds: str | None = None


class Sheet:
    """The codes of all statements, a row for each person, as numbers that say nothing by themselves."""

    def __init__(self, survey: Survey, asked: Asked) -> None:
        made = Expressions(pl)
        cells = pl.concat_str([pl.col(name).fill_null("") for name in asked.closed], separator="\x1f") if asked.closed else pl.lit("")
        times = [pl.col(name).alias(label) for label, name in (("start", asked.start), ("end", asked.end), ("seconds", asked.seconds)) if name]
        id = [] if asked.id is None else [pl.col(asked.id).alias("id")]
        codes = [made.code(numbering).cast(pl.UInt8).alias(name) for name, numbering in asked.items.items()]
        self.asked = asked
        self.items = tuple(asked.items)
        with reading(survey.name):
            rows = survey.frame.select(made.code(asked.wave).alias("wave"), cells.hash().alias("cells"), pl.first().is_null().alias("any"), *id, *times, *codes)
            self.rows = rows.filter(pl.col("wave") != UNKNOWN).collect(engine="streaming")

    def of(self, wave: int) -> pl.DataFrame:
        """The rows of one wave."""
        return self.rows.filter(pl.col("wave") == wave)

    def barely(self, rows: pl.DataFrame) -> tuple[int, int]:
        """How many statements anybody answered, and how many people answered fewer than a quarter of these."""
        met = [name for name in self.items if (rows[name] != MISSING).any()]
        if len(met) < _BARELY:
            return len(met), 0
        answered = rows.select(n=pl.sum_horizontal((pl.col(name) != MISSING).cast(pl.Int32) for name in met))["n"]
        return len(met), int((answered * _BARELY < len(met)).sum())

    def throughout(self, rows: pl.DataFrame, battery: str) -> dict[int, tuple[int, int]]:
        """Those who answered every statement of a battery on the scale: by the level that they chose throughout, 0 for several, how many; and the whole."""
        names, levels = [name for name in self.asked.batteries[battery] if name in self.items], self.asked.levels[battery]
        names = [name for name in names if rows[name].is_between(1, levels).any()]
        if len(names) < 2:
            return {}
        low, high = pl.min_horizontal(names), pl.max_horizontal(names)
        inside = rows.filter(pl.all_horizontal(pl.col(name).is_between(1, levels) for name in names))
        found = inside.select(level=pl.when(low == high).then(low).otherwise(0)).group_by("level").len().rows()
        return {int(level): (int(n), len(names)) for level, n in found}

    def identical(self, rows: pl.DataFrame) -> int:
        """How many people gave the very answers of another, in every column, in a way that hardly happens by accident.

        With the levels that they chose, in some order, they might have answered in so many ways: a straight line in one, which many draw.
        """
        groups = rows.filter(pl.len().over("cells") > 1).group_by("cells").agg(pl.len().alias("n"), *(pl.col(name).first() for name in self.items))
        met = groups.sort("n", "cells", descending=[True, False]).head(_FIRST_ROWS).iter_rows(named=True)
        others = self.asked.surprise.get(rows["wave"][0], 0.0) if rows.height else 0.0
        return sum(row["n"] for row in met if self._unlikely(row, rows.height, others))

    def _unlikely(self, row: Mapping[str, int], people: int, others: float) -> bool:
        ways, answered = 0.0, 0
        for names in self.asked.batteries.values():
            given = [row[name] for name in names if name in self.items and row[name] != MISSING]
            ways += lgamma(len(given) + 1) - sum(lgamma(n + 1) for n in Counter(given).values())
            answered += len(given)
        if answered < _BARELY:  # who left nearly everything out is like others who did
            return False
        n, ways = row["n"], ways + min(ways, others)  # what people are goes together, so that it may weigh as much as what they say, and no more
        return n * log(people) - lgamma(n + 1) - (n - 1) * ways < _CHANCE

    def fast(self, rows: pl.DataFrame) -> tuple[int, int]:
        """Whose time is known, and who took less than a third of the median."""
        taken = self._taken(rows)
        if taken is None:
            return 0, 0
        known = taken.filter(taken > 0)
        middle = known.median()
        return len(known), int((known * _FAST < middle).sum()) if middle is not None else 0

    def _taken(self, rows: pl.DataFrame) -> pl.Series | None:
        """The time that each took, in any one unit."""
        if "seconds" in rows.columns:
            found = _amounts(rows["seconds"])
            return found if found.null_count() < len(found) else None
        if not {"start", "end"} <= set(rows.columns) or rows.is_empty():
            return None
        both = as_times(pl.concat([rows["start"].rename("time"), rows["end"].rename("time")]), day_first=True)
        return None if both is None else (both.tail(rows.height) - both.head(rows.height)).dt.total_seconds().cast(pl.Float64)

    def days(self, rows: pl.DataFrame) -> dict[str, int]:
        """How many submitted on each day; nothing where nothing tells, or day and month cannot be told apart."""
        name = next((name for name in ("end", "start") if name in rows.columns), None)
        times = None if name is None or rows.is_empty() else as_times(rows[name])
        if times is None:
            return {}
        return {day.isoformat(): n for day, n in sorted(times.dt.date().drop_nulls().value_counts(name="n").rows())}

    def sums(self, battery: str, turned: frozenset[str]) -> tuple[tuple[str, ...], int, list[int], list[int], list[int]]:
        """Of those who answered every statement of a battery: how many, and by statement the sum of the levels, of their squares, and of each level
        times the sum over all; a `turned` statement counts the other way round. Statements of which nobody answered are left out."""
        levels = self.asked.levels[battery]
        names = tuple(name for name in self.asked.batteries[battery] if name in self.items and self.rows[name].is_between(1, levels).any())
        inside = self.rows.filter(pl.all_horizontal(pl.col(name).is_between(1, levels) for name in names)) if len(names) > 1 else self.rows.clear()
        points = {name: (levels + 1 - pl.col(name).cast(pl.Int64)) if name in turned else pl.col(name).cast(pl.Int64) for name in names}
        scored = inside.select(one.alias(name) for name, one in points.items())
        if scored.is_empty():
            return names, 0, [], [], []
        whole = scored.select(whole=pl.sum_horizontal(names))["whole"]
        return (
            names,
            scored.height,
            *([int(made(scored[name])) for name in names] for made in (pl.Series.sum, lambda one: (one * one).sum(), lambda one: (one * whole).sum())),
        )  # type: ignore[return-value]


def _amounts(cells: pl.Series) -> pl.Series:
    """Numbers, or hours, minutes and seconds between colons as seconds; null for anything else."""
    parts = cells.str.strip_chars().str.split(":")
    seconds, minutes, hours = (parts.list.get(at, null_on_oob=True).cast(pl.Float64, strict=False) for at in (-1, -2, -3))
    return seconds + 60 * minutes.fill_null(0) + 3600 * hours.fill_null(0)


def alike(one: pl.DataFrame, other: pl.DataFrame, items: Sequence[str]) -> float:
    """Which share of the people of the smaller wave stand in the other one too, by their answers to the `items`; and by their ids, where both have any."""
    keys = [*(["id"] if "id" in one.columns and "id" in other.columns else []), *items]
    counted = [frame.select(keys).group_by(keys).agg(n=pl.len()) for frame in (one, other)]
    met = counted[0].join(counted[1], on=keys, nulls_equal=True)
    return float(met.select(pl.min_horizontal("n", "n_right").sum()).item()) / max(1, min(one.height, other.height))


def by_wave(survey: Survey, wave: Numbering, names: Sequence[str], most: int) -> tuple[dict[int, int], dict[tuple[int, str], dict[str, int]]]:
    """The people of each wave; and by wave and column the answers as typed, the `most` commonest first, without blank ones. One scan."""
    code = Expressions(pl).code(wave).alias("wave")
    with reading(survey.name):
        people = dict(survey.frame.with_columns(code).group_by("wave").len().collect(engine="streaming").rows())
        if not names:
            return people, {}
        long = survey.frame.select(code, *names).unpivot(on=list(names), index="wave", variable_name="column", value_name="answer").drop_nulls("answer")
        counted = long.group_by("wave", "column", "answer").agg(n=pl.len()).collect(engine="streaming")
    counted = counted.filter(~pl.col("answer").str.strip_chars().str.to_lowercase().is_in(sorted(BLANKS)))
    commonest = counted.sort("n", "answer", descending=[True, False]).group_by("wave", "column", maintain_order=True).head(most)
    found: dict[tuple[int, str], dict[str, int]] = {}
    for at, column, answer, n in commonest.select("wave", "column", "answer", "n").iter_rows():
        found.setdefault((at, column), {})[answer] = n
    return people, found


_UNSEEN = "[" + "".join(map(chr, INVISIBLE)) + "\u00a0\u2007\u202f]"


def invisible(survey: Survey, names: Sequence[str]) -> dict[str, int]:
    """The columns that hold characters which nobody sees, zero-width or spaces that are none, and in how many cells."""
    if not names:
        return {}
    with reading(survey.name):
        found = survey.frame.select(pl.col(name).str.contains(_UNSEEN).sum() for name in names).collect(engine="streaming").row(0)
    return {name: int(n) for name, n in zip(names, found, strict=True) if n}


_DATE = r"^\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"


def ambiguous(survey: Survey, names: Sequence[str]) -> list[str]:
    """The columns of dates whose days and months cannot be told apart: no number in them is above 12, and the two differ."""
    found = []
    for name in names:
        with reading(survey.name):
            cells = survey.frame.select(name).head(_FIRST_ROWS).collect(engine="streaming")[name].drop_nulls()
        dated = cells.filter(cells.str.contains(_DATE))
        if len(dated) < max(1, len(cells) // 2) or dated.str.contains(r"^\s*\d{1,2}\.").any():  # points stand between day and month, in this order
            continue
        first, second = (dated.str.extract(r"^\s*(\d{1,2})[/-](\d{1,2})", at).cast(pl.Int64) for at in (1, 2))
        if max(first.max() or 0, second.max() or 0) <= 12 and (first != second).any():  # type: ignore[operator]
            found.append(name)
    return found


def repeated(survey: Survey, wave: Numbering, id: str, nobody: frozenset[str]) -> dict[int, tuple[int, int]]:
    """By wave the rows with an id that stands on another of the wave, beyond the first of each; and the most rows of one id."""
    code, cell = Expressions(pl).code(wave).alias("wave"), pl.col(id).str.strip_chars()
    rows = survey.frame.select(code, cell.alias("id")).filter(pl.col("id").is_not_null() & ~pl.col("id").str.to_lowercase().is_in(sorted(nobody | BLANKS)))
    with reading(survey.name):
        counted = rows.group_by("wave", "id").len("n").filter(pl.col("n") > 1).collect(engine="streaming")
    told = counted.group_by("wave").agg((pl.col("n") - 1).sum().alias("again"), pl.col("n").max().alias("most"))
    return {int(at): (int(again), int(most)) for at, again, most in told.rows()}


def top_rows(survey: Survey, names: Sequence[str], rows: int) -> list[tuple[str | None, ...]]:
    """The first rows of some columns, also of those that were left out on reading."""
    frame = survey.frame if survey.whole is None else survey.whole
    with reading(survey.name):
        return list(frame.select(names).head(rows).collect().rows())


def rows_of(survey: Survey, words: Mapping[str, Sequence[str]]) -> int:
    """How many rows hold one of its `words` in every of these columns; of two columns at least."""
    if len(words) < 2:
        return 0
    frame = survey.frame if survey.whole is None else survey.whole
    said = [pl.col(name).str.strip_chars().is_in([word for word in own if word]).fill_null(value=False) for name, own in words.items()]
    with reading(survey.name):
        return int(frame.select(pl.all_horizontal(said).sum()).collect(engine="streaming").item())
