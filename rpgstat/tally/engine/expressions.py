"""The queries of a count, written once in expressions that every lazy engine has, over a namespace: Polars here, or narwhals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from itertools import combinations_with_replacement
from typing import Any

from rpgstat.record import record
from rpgstat.tally._spec import (
    AFTER,
    BEFORE,
    ELSEWHERE,
    MISSING,
    Again,
    AgainOf,
    Cells,
    CoursesOf,
    FilledIn,
    ItemOf,
    MomentsOf,
    MovesOf,
    Numbering,
    OverWaves,
    Query,
    Roll,
    ScoreCoursesOf,
    ScoreMovesOf,
    ScoreOf,
    Who,
    digits_of,
    masses,
)

_FEW = 4  # cells that are compared one by one; of more a set is made


@record
class Expressions:
    """Codes of cells, and counts of coded rows. `ns` makes the expressions, and lazy tables of its kind are given and returned.

    Codes are `bytes`, of which a product that is too large wraps; an engine that has none, or stops there, has them in the next larger numbers.

    Coded rows have a column for the code of the wave, one for each of `Who.apart`, and each item's codes under its column's name.
    """

    ns: Any
    bytes: bool = True
    _literals: dict[tuple[int, bool], Any] = field(default_factory=dict, repr=False)

    def code(self, numbering: Numbering) -> Any:
        """The code of each cell."""
        if numbering.column is None:
            return self._literal(numbering.blank, numbering.wide)
        cell = self.ns.col(numbering.column)
        found = self._literal(numbering.other, numbering.wide)
        for code, cells in reversed(numbering.spellings.items()):
            for meant in [cell.is_in(cells)] if len(cells) > _FEW else [cell == one for one in reversed(cells)]:
                found = self.ns.when(meant).then(self._literal(code, numbering.wide)).otherwise(found)
        return self.ns.when(cell.is_null()).then(self._literal(numbering.blank, numbering.wide)).otherwise(found)

    def who(self, who: Who) -> list[Any]:
        """The columns of `who` beside the wave."""
        groups = [self.code(numbering).alias(name) for numbering, name in zip(who.groups, who.keys[1:], strict=True)]
        return groups if who.weight is None else [*groups, self.ns.col(who.weight).fill_null("").alias("weight")]

    def answered(self, columns: Sequence[str]) -> Any:
        """Whether anything was answered in the columns of codes."""
        if not columns:
            return self.ns.lit(False)
        return largest(self.ns, list(map(self.ns.col, columns))) != self._literal(MISSING)

    def query(self, query: Query, coded: Any, who: Who) -> Any:
        """The counts that a query asks of coded rows."""
        match query:
            case Cells():
                return self.cells(query, coded, who)
            case ScoreOf():
                return self.score(query, coded, who)
            case MomentsOf():
                return self.moments(query, coded)
            case FilledIn():
                return self.filled_in(query, coded, who)
            case Roll():
                return self.roll(query, coded)
            case Again():
                return self.again(coded)
            case MovesOf():
                return self.moves(query, coded, who)
            case ScoreMovesOf():
                return self.score_moves(query, coded, who)

    def cells(self, query: Cells, coded: Any, who: Who) -> Any:
        """People by column and code; by themselves, under no column, where no column is asked for."""
        if not query.columns:
            people = coded.with_columns(self.ns.lit("").alias("column"), self._literal(MISSING).alias("code"))
            return people.group_by(*who.apart, "column", "code").agg(self.ns.len().alias("n"))
        long = coded.unpivot(on=list(query.columns), index=list(who.apart), variable_name="column", value_name="code")
        return long.group_by(*who.apart, "column", "code").agg(self.ns.len().alias("n"))

    def score(self, query: ScoreOf, coded: Any, who: Who) -> Any:
        """People by sum and number of items answered."""
        sums = self.ns.sum_horizontal(*(self._points(item) for item in query.items)).alias("sum")
        told = self._answered(query.items).alias("answered")
        if not query.together:
            return coded.select(*who.apart, sums, told).group_by(*who.apart, "sum", "answered").agg(self.ns.len().alias("n"))
        each = [self._small_points(item) for item in query.items]
        totals = [total.alias(f"item {i}") for i, total in enumerate(one.sum() for one in each)]
        squares = [total.alias(f"square {i}") for i, total in enumerate((one * one).sum() for one in each)]
        people = coded.select(*who.apart, *dict.fromkeys(item.column for item in query.items), sums, told)
        return people.group_by(*who.apart, "sum", "answered").agg(self.ns.len().alias("n"), *totals, *squares)

    def moments(self, query: MomentsOf, coded: Any) -> Any:
        """Complete cases, and sums of items and of products, by wave."""
        complete = self._answered(query.items) == len(query.items)
        points = [self._points(item).cast(self.ns.Int64) for item in query.items]
        sums = [one.sum().alias(f"sum {i}") for i, one in enumerate(points)]
        pairs = combinations_with_replacement(range(len(points)), 2)
        products = [(points[i] * points[j]).sum().alias(f"product {i} {j}") for i, j in pairs]
        return coded.filter(complete).group_by("wave").agg(self.ns.len().alias("n"), *sums, *products)

    def filled_in(self, query: FilledIn, coded: Any, who: Who) -> Any:
        """How questionnaires were filled in."""
        told, valid = self._number([self.ns.col(item.column) > MISSING for item in query.items]), self._answered(query.items)
        lines = self._number([self._straight(battery) for battery in query.batteries])
        people = coded.filter(self._of_wave(query.wave)).select(*who.keys, told.alias("answered"), valid.alias("valid"), lines.alias("lines"))
        answered = self.ns.col("answered")
        flags = {
            "usable": self.ns.col("valid") > 0,
            "partial": (answered > 0) & (answered < len(query.items)),
            "straight": self.ns.col("lines") > 0,
        }
        sums = {name: flag.cast(self.ns.Int64).sum().alias(name) for name, flag in flags.items()}
        total = answered.cast(self.ns.Int64).sum().alias("told")
        return people.group_by(*who.keys).agg(self.ns.len().alias("returned"), sums["usable"], total, sums["partial"], sums["straight"])

    def roll(self, query: Roll, coded: Any) -> Any:
        """Rows, unanswered ones and unfinished ones by wave."""
        unanswered = (~self.answered(query.columns)).cast(self.ns.Int64).sum().alias("unanswered")
        unfinished = [self.ns.col("unfinished").cast(self.ns.Int64).sum().alias("unfinished")] if query.unfinished else []
        return coded.group_by("wave").agg(self.ns.len().alias("n"), unanswered, *unfinished)

    def again(self, coded: Any) -> Any:
        """How many more rows there are than ids."""
        own = self.ns.col("who")
        return coded.filter(~own.is_null()).select((own.count() - own.n_unique()).alias("again"))

    def same_people(self, before: Any, after: Any, who: Who) -> Any:
        """The people of two waves by their number `person`: their groups, where both waves name the same one, or those of either, and the codes of both.

        Both have a column for each group; those of items are called differently in each.
        """
        groups = who.keys[1 : 1 + len(who.groups)]
        after = after.rename({name: f"{name} after" for name in groups})
        met = before.join(after, on="person", how="inner")
        if who.both:
            return met
        same = [self.ns.when(self.ns.col(name) == self.ns.col(f"{name} after")).then(self.ns.col(name)) for name in groups]
        told = [one.otherwise(self._literal(ELSEWHERE, wide=True)).alias(name) for one, name in zip(same, groups, strict=True)]
        return met.with_columns(*told) if told else met

    def moves(self, query: MovesOf, met: Any, who: Who) -> Any:
        """People by item and codes."""
        groups, places = who.keys[1:], [str(place) for place in range(len(query.items))]
        both = [self.ns.col(before.column).cast(self.ns.Int32) * 256 + self.ns.col(after.column).cast(self.ns.Int32) for before, after in query.items]
        packed = met.select(*groups, *products(self.ns, query.digits), *(codes.alias(place) for codes, place in zip(both, places, strict=True)))
        long = packed.unpivot(on=places, index=[*groups, *masses(query.digits)], variable_name="item", value_name="codes")
        return long.group_by(*groups, "item", "codes").agg(self.ns.len().alias("n"), *self._masses(query.digits))

    def score_moves(self, query: ScoreMovesOf, met: Any, who: Who) -> Any:
        """People by their scores in both waves."""
        told = []
        for side, items in zip(("before", "after"), zip(*query.items, strict=True), strict=True):
            told += [self.ns.sum_horizontal(*map(self._points, items)).alias(f"sum {side}"), self._answered(items).alias(f"answered {side}")]
        keys = [*who.keys[1:], "sum before", "answered before", "sum after", "answered after"]
        half = [self.ns.col(f"answered {side}") * 2 >= len(query.items) for side in ("before", "after")]
        people = met.select(*who.keys[1:], *products(self.ns, query.digits), *told)
        people = people if query.everyone else people.filter(*half)
        return people.group_by(*keys).agg(self.ns.len().alias("n"), *self._masses(query.digits))

    def _masses(self, digits: int) -> list[Any]:
        return [self.ns.col(name).sum() for name in masses(digits)]

    def over_waves(self, query: OverWaves, waves: Sequence[Any]) -> Any:
        """The people of several waves, rows of each by their number `person`, by what they answered in all."""
        if isinstance(query, AgainOf):
            return self._answered_again(query, waves)
        codes = self._courses(query) if isinstance(query, CoursesOf) else self._score_courses(query)
        places = [str(place) for place in range(len(codes[0]))]
        named = [[code.alias(place) for code, place in zip(own, places, strict=True)] for own in codes]
        stacked = self.ns.concat([rows.select("person", *own) for rows, own in zip(waves, named, strict=True)], how="vertical")
        people = stacked.group_by("person").agg(*(self.ns.col(place).sum() for place in places))
        if isinstance(query, ScoreCoursesOf):
            return people.group_by(*places).agg(self.ns.len().alias("n"))
        long = people.select(*places).unpivot(on=places, variable_name="item", value_name="codes")
        return long.group_by("item", "codes").agg(self.ns.len().alias("n"))

    def _answered_again(self, query: AgainOf, waves: Sequence[Any]) -> Any:
        """By how many the answers of each person to each thing exceed one, added up."""
        places = [str(place) for place in range(len(query.waves[0]))]
        told = [[self._has(items).alias(place) for items, place in zip(own, places, strict=True)] for own in query.waves]
        stacked = self.ns.concat([rows.select("person", *own) for rows, own in zip(waves, told, strict=True)], how="vertical")
        people = stacked.group_by("person").agg(*(self.ns.col(place).sum() for place in places))
        return people.select(*((self.ns.col(place) - (self.ns.col(place) > 0).cast(self.ns.Int64)).sum().alias(place) for place in places))

    def _has(self, items: Sequence[ItemOf]) -> Any:
        """1 for rows that answer half of the items, else 0."""
        if not items:
            return self.ns.lit(0, self.ns.Int64)
        answered = self._answered(items)
        return ((answered > 0) & (answered * 2 >= len(items))).cast(self.ns.Int64)

    def _courses(self, query: CoursesOf) -> list[list[Any]]:
        """For each wave the code of each item, at the place of the wave."""
        nothing, found = self.ns.lit(0, self.ns.Int64), []
        for power, items in enumerate(query.waves):
            codes = [self.ns.col(item.column) for item in items]
            given = [code.is_between(1, item.levels) for code, item in zip(codes, items, strict=True)]
            placed = [code.cast(self.ns.Int64) * query.base**power for code in codes]
            found.append([self.ns.when(which).then(code).otherwise(nothing) for which, code in zip(given, placed, strict=True)])
        return found

    def _score_courses(self, query: ScoreCoursesOf) -> list[list[Any]]:
        """For each wave the code of the score at the place of the wave, 0 at the others."""
        nothing, found = self.ns.lit(0, self.ns.Int64), []
        for place, items in enumerate(query.waves):
            answered = self._answered(items).cast(self.ns.Int64)
            code = self.ns.sum_horizontal(*map(self._points, items)).cast(self.ns.Int64) * (len(items) + 1) + answered
            scored = self.ns.when(answered * 2 >= len(items)).then(code).otherwise(nothing)
            found.append([scored if other == place else nothing for other in range(len(query.waves))])
        return found

    def _literal(self, value: int, wide: bool = False) -> Any:
        if (value, wide) not in self._literals:
            small, large = (self.ns.UInt8, self.ns.UInt16) if self.bytes else (self.ns.Int16, self.ns.Int32)
            self._literals[value, wide] = self.ns.lit(value, large if wide else small)
        return self._literals[value, wide]

    def _of_wave(self, wave: int) -> Any:
        return self.ns.col("wave") == self._literal(wave)

    def _number(self, which: Sequence[Any]) -> Any:
        """Of how many of `which` each row is one."""
        return self.ns.sum_horizontal(*([one.cast(self.ns.Int32) for one in which] or [self.ns.lit(0, self.ns.Int32)]))

    def _answered(self, items: Sequence[ItemOf]) -> Any:
        """How many items each row answers on the scale."""
        return self._number([self.ns.col(item.column).is_between(1, item.levels) for item in items])

    def _points(self, item: ItemOf) -> Any:
        """The points of an answer, 0 where there are none."""
        code = self.ns.col(item.column)
        if _plain(item):
            return self.ns.when(code <= item.levels).then(code.cast(self.ns.Int32)).otherwise(self.ns.lit(0, self.ns.Int32))
        found = self.ns.lit(0, self.ns.Int64)
        for level, points in reversed(list(enumerate(item.points, start=1))):
            found = self.ns.when(code == level).then(self.ns.lit(points, self.ns.Int64)).otherwise(found)
        return found

    def _small_points(self, item: ItemOf) -> Any:
        """As `_points`, of people who answered on the scale: the code itself where it is the points and its square fits into its eight bits."""
        return self.ns.col(item.column) if self.bytes and _plain(item) and item.levels <= 15 else self._points(item).cast(self.ns.Int64)

    def _straight(self, battery: Sequence[ItemOf]) -> Any:
        """Whether one level was chosen on all items, before reversal."""
        levels = [self._chosen(item) for item in battery]
        if len(levels) == 1:
            return levels[0] > 0
        least, most = self.ns.min_horizontal(*levels), self.ns.max_horizontal(*levels)
        return (least > 0) & (least == most)

    def _chosen(self, item: ItemOf) -> Any:
        """The level as it was chosen, from 1; 0 for anything else."""
        code = self.ns.col(item.column)
        level = self._literal(item.levels + 1) - code if item.reverse else code
        return self.ns.when(code.is_between(1, item.levels)).then(level).otherwise(self._literal(MISSING))


def products(ns: Any, digits: int) -> list[Any]:
    """The product of the two weights of each person of two waves: of their digits, added up by places."""
    before, after = (list(map(ns.col, digits_of(side, digits))) for side in (BEFORE, AFTER))
    at = [[before[i] * after[place - i] for i in range(digits) if 0 <= place - i < digits] for place in range(2 * digits - 1)]
    return [ns.sum_horizontal(*own).alias(name) for own, name in zip(at, masses(digits), strict=True)]


def largest(ns: Any, parts: Sequence[Any]) -> Any:
    """The largest of some cells of each row; Spark has none of a single one."""
    return ns.max_horizontal(*parts) if len(parts) > 1 else parts[0]


def _plain(item: ItemOf) -> bool:
    """Whether the codes are the points."""
    return item.points == tuple(range(1, item.levels + 1))
