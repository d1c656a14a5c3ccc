"""The rows of a source that another engine holds, by narwhals: codes and counts are made there, and counts alone come over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import polars as pl

from rpgstat.study import Source, Survey
from rpgstat.study.held import Held
from rpgstat.study.labels import BLANKS
from rpgstat.tally._spec import AFTER, ANYBODY, BEFORE, MISSING, UNKNOWN, Numbering, OverWaves, Query, TextsOf, Who, items_in
from rpgstat.tally.engine.expressions import Expressions
from rpgstat.tally.engine.ids import Ids
from rpgstat.tally.engine.texts import cells_of, moved, of_texts, places_of

_UNLIKE = "[^\\x00-\\x7f]"  # letters of which case and writing are told apart by no engine alike


def namespace() -> Any:
    """What makes the expressions of other engines; loaded with the first of these."""
    import narwhals

    return narwhals


@dataclass
class FarTable:
    """As `Table`, of rows that another engine holds. Codes are made again whenever they are asked for; nothing is kept."""

    source: Source
    ids: Ids | None = None
    beside: Sequence[str] = ()
    most: int = 0
    seen: dict[str, dict[str, int]] = field(default_factory=dict)
    settled: bool = False
    in_memory: bool = False

    def __post_init__(self) -> None:
        self._rows = self.held.rows
        if self.ids is not None and self.ids.declared:
            odd = namespace().col(self.ids.column.name).str.contains(_UNLIKE).cast(namespace().Int64).sum().alias("n")
            if self.held.fetch(self._rows.select(odd)).item():
                self.held.refuse("tell ids with letters outside ASCII apart as is done here", "count with --engine local")

    @property
    def held(self) -> Held:
        """The engine and its rows."""
        return _held(self.source.survey)

    def code(self, wave: Numbering, items: Mapping[str, Numbering]) -> None:
        """Says what the codes of the wave and of the items are, by the names of their columns."""
        self._expressions = Expressions(namespace(), bytes=False)
        self._wave = self._expressions.code(wave)
        self._items = {name: self._expressions.code(numbering) for name, numbering in items.items()}

    def collect(self, queries: Sequence[Query], who: Who = Who()) -> list[pl.DataFrame]:  # noqa: B008 # frozen
        """The counts that answer the queries, told apart by `who`."""
        apart = [*self._expressions.who(who), *self._marks()]
        return [self.held.fetch(self._expressions.query(query, self._select(apart, items_in(query)), who)) for query in queries]

    def texts(self, query: TextsOf, who: Who = Who(), known: object = None) -> pl.DataFrame:  # noqa: ARG002, B008 # as of a `Table`
        """The counts of cells as they are written."""
        rows = self._rows.select(self._wave.alias("wave"), *self._expressions.who(who), *query.needs)
        return self.held.fetch(of_texts(namespace(), query, rows, who))

    def blank(self, name: str) -> int:
        """How many rows have nothing in a column of the table."""
        return int(self.held.fetch(self._rows.select(namespace().col(name).is_null().cast(namespace().Int64).sum().alias("n"))).item())

    def repeating(self) -> NoReturn:
        """Refused: which of several rows of one id counts is told by looking at them."""
        self.held.refuse("tell which of several rows of one id counts", 'leave one row for each id, or write duplicates = "keep" in the study')

    def settle(self, rows: Mapping[int, int], unanswered: int, ids: Any, *, keep: bool) -> tuple[int, int]:  # noqa: ARG002 # as of a `Table`
        """Takes out rows that say nothing, of waves where others say something; how many they are, and none that stands beside another."""
        self.settled, ns = True, namespace()
        if not unanswered:
            return 0, 0
        cells = [ns.col(name) for name in self._others()]
        nothing = [cell.is_null() | cell.str.strip_chars().str.to_lowercase().is_in(sorted({*BLANKS, ""})) for cell in cells]
        empty = ns.all_horizontal(*(code == MISSING for code in self._items.values()), *nothing, ignore_nulls=False)
        marked = self._rows.with_columns(self._wave.alias("wave"), empty.alias("empty"))
        found = dict(self.held.fetch(marked.filter(ns.col("empty")).group_by("wave").agg(ns.len().alias("n"))).rows())
        waves = [wave for wave, n in found.items() if n < rows[wave]]
        if waves:
            self._rows = marked.filter(~(ns.col("empty") & ns.col("wave").is_in(waves))).drop("wave", "empty")
        return sum(found[wave] for wave in waves), 0

    def repeated(self, who: Who) -> pl.DataFrame | None:  # noqa: ARG002 # as of a `Table`
        """No row stands beside another of its id; None where nothing tells who is who."""
        return None if self.ids is None else pl.DataFrame()

    def run_on(self, wave: int, people: int) -> bool:
        """Whether the ids of so many people of a wave are whole numbers that run on from 0 or 1."""
        ns, id = namespace(), namespace().col("person")
        short = ns.col("person").str.len_chars() <= len(str(2 * people))
        digits = id.str.contains("^[0-9]+$")
        own = self.identified(wave, Who()).filter(~id.is_null())
        odd = (~(digits & short)).cast(ns.Int64).sum().alias("others")
        first = id.is_in(["0", "1"]).cast(ns.Int64).sum().alias("first")
        others, firsts = self.held.fetch(own.select(odd, first)).row(0)
        return bool(others == 0 and firsts > 0)

    def identified(self, wave: int, who: Who) -> Any:
        """The rows of a wave: the id `person` of each, null of who names nobody, groups, and codes of items. They stay with the engine."""
        rows = self._select([*self._expressions.who(who), self._person.alias("person"), self._damaged.alias("damaged")], self._items)
        return rows.filter(namespace().col("wave") == wave).drop("wave")

    def linkable(self, wave: int, who: Who, prefix: str) -> Any:
        """The people of a wave whose id stands there once; their items are called by `prefix` too."""
        ns = namespace()
        items = [ns.col(name).alias(prefix + name) for name in self._items]
        return _once(self.identified(wave, who)).select("person", *who.keys[1:], *items)

    def persons(self, wave: int, query: TextsOf) -> Any:
        """What each part says of the people of a wave, beside their id `person`: of those whose id stands there once."""
        ns = namespace()
        told = [self._person.alias("person"), self._damaged.alias("damaged"), *cells_of(ns, query)]
        rows = self._rows.select(self._wave.alias("wave"), *told).filter(ns.col("wave") == wave)
        return _once(rows).select("person", *places_of(query))

    def kinds(self, wave: int) -> tuple[int, int, int]:
        """Rows that name nobody, with a rounded id, and with one that names somebody."""
        ns = namespace()
        nobody, damaged = ns.col("person").is_null(), ns.col("damaged")
        told = {"without": nobody, "damaged": ~nobody & damaged, "identified": ~nobody & ~damaged}
        row = self.held.fetch(self.identified(wave, Who()).select(*(own.cast(ns.Int64).sum().alias(name) for name, own in told.items()))).row(0)
        return int(row[0] or 0), int(row[1] or 0), int(row[2] or 0)

    def _select(self, others: Sequence[Any], items: Collection[str]) -> Any:
        codes = [code.alias(name) for name, code in self._items.items() if name in items]
        anybody = [self._anybody.alias(ANYBODY)] if ANYBODY in items else []
        return self._rows.select(self._wave.alias("wave"), *others, *codes, *anybody)

    @property
    def _anybody(self) -> Any:
        """A code that is MISSING for people who answered nothing at all."""
        ns = namespace()
        told = ns.any_horizontal(*(~ns.col(name).is_null() for name in self._others()), ignore_nulls=False)
        return ns.when(told).then(ns.lit(1, ns.Int16)).otherwise(ns.lit(MISSING, ns.Int16))

    def _marks(self) -> list[Any]:
        """A column that tells ids in their wave, until the table is settled."""
        if self.ids is None or self.settled:
            return []
        ns = namespace()
        known = ~self._person.is_null() & ~self._damaged & (self._wave != UNKNOWN)
        return [ns.when(known).then(ns.concat_str([self._wave.cast(ns.String), ns.lit(" "), self._person])).alias("who")]

    @property
    def _person(self) -> Any:
        """The id of each row, null of who names nobody."""
        ns, ids = namespace(), self.ids
        if ids is None:
            return ns.lit(None, ns.String)
        plain = ns.col(ids.column.name).str.strip_chars()
        plain = plain.str.to_lowercase() if ids.declared else plain
        return ns.when(~plain.is_in(sorted({*BLANKS, *ids.nobody, ""}))).then(plain)

    @property
    def _damaged(self) -> Any:
        ns = namespace()
        return ns.lit(False) if self.ids is None else ns.col(self.ids.column.name).str.contains(f"^(?:{self.ids.damaged})$").fill_null(False)

    def _others(self) -> list[str]:
        """The columns that may hold an answer and are no statements, nor say who or when."""
        survey, told = self.source.survey, self.source.wave_column
        known = {*self._items, *([survey.require(told).name] if told is not None else []), *([self.ids.column.name] if self.ids else [])}
        return [column.name for column in survey.columns if column.kind not in ("id", "meta", "personal") and column.name not in known]


def _once(rows: Any) -> Any:
    """The rows whose `person` stands on no other, and is not damaged."""
    ns = namespace()
    sure = rows.filter(~ns.col("person").is_null(), ~ns.col("damaged"))
    return sure.join(sure.group_by("person").agg(ns.len().alias("n")).filter(ns.col("n") == 1).select("person"), on="person", how="inner")


def texts_met(before: tuple[FarTable, int, TextsOf], after: tuple[FarTable, int, TextsOf]) -> tuple[int, int, pl.DataFrame]:
    """How many people of each wave can be linked, and those in both by the place of a part and what they answered to it."""
    ns, held = namespace(), before[0].held
    sides = [table.persons(wave, query) for table, wave, query in (before, after)]
    n = [int(held.fetch(side.select(ns.len().alias("n"))).item()) for side in sides]
    return n[0], n[1], held.fetch(moved(ns, before[2], *sides))


def met(before: tuple[FarTable, int], after: tuple[FarTable, int], who: Who, queries: Sequence[Query]) -> tuple[tuple[int, ...], list[pl.DataFrame]]:
    """Of two waves the people with an id of their own in each and in both, rows without an id, identified and damaged; and the counts that answer
    queries on the people in both."""
    ns, (one, first), (other, second) = namespace(), before, after
    expressions, rows = Expressions(ns, bytes=False), ns.len().alias("n")
    own = Who(who.groups)
    sides = one.linkable(first, own, BEFORE), other.linkable(second, own, AFTER)
    both = expressions.same_people(*sides, who)
    n = [int(one.held.fetch(side.select(rows)).item()) for side in (*sides, both)]
    without, damaged, identified = (sum(kinds) for kinds in zip(one.kinds(first), other.kinds(second), strict=True))
    return (*n, without, identified, damaged), [one.held.fetch(expressions.query(query, both, who)) for query in queries]


def over_waves(sides: Sequence[tuple[FarTable, int]], queries: Sequence[OverWaves]) -> tuple[list[int], list[pl.DataFrame]]:
    """How many people of each wave can be linked, and the counts that answer queries on these people."""
    ns, held = namespace(), sides[0][0].held
    expressions = Expressions(ns, bytes=False)
    rows = [table.linkable(wave, Who(), "") for table, wave in sides]
    n = [int(held.fetch(own.select(ns.len().alias("n"))).item()) for own in rows]
    return n, [held.fetch(expressions.over_waves(query, rows)) for query in queries]


def every(survey: Survey, name: str, most: int | None) -> dict[str, int]:
    """What a column holds with how many people gave each, the `most` commonest first."""
    ns, held = namespace(), _held(survey)
    counted = held.rows.select(answer=ns.col(name)).filter(~ns.col("answer").is_null()).group_by("answer").agg(ns.len().alias("n"))
    ranked = counted.sort("n", "answer", descending=[True, False])
    return {answer: int(n) for answer, n in held.fetch(ranked if most is None else ranked.head(most)).rows()}


def _held(survey: Survey) -> Held:
    if survey.held is None:
        raise ValueError("no engine holds the rows")
    return survey.held
