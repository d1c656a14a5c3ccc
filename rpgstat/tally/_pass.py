"""One file on its way to counts: every item and every battery score, in one streaming query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from typing import Any

import polars as pl

from rpgstat.errors import UserError
from rpgstat.study import Column, Counts, ItemSums, Scale, Source, Study, Tally, persons, reading, together
from rpgstat.tally._answers import FREE_TEXT, MISSING, UNKNOWN, codes, learn, recount, refuse_unknown, unknown
from rpgstat.tally._columns import strange_waves, wave_code, without_wave
from rpgstat.tally._once import once
from rpgstat.tally._people import told_unfinished, watch_of
from rpgstat.tally._scores import Heap, points, score_counts, small_points, unit_of
from rpgstat.tally._weights import weights, whole
from rpgstat.text import plural, shortened

Scored = tuple[str, tuple[str, ...]]
"""A battery's name and the items its score is made of."""

Codes = tuple[int, ...]
"""Who: the code of a label in each grouping."""


_NOBODY = "check that the export holds answers, and that the wave column and the wave names of the study are right"


@dataclass
class Pass:
    """One file being counted, and what is known of it so far. `groups` are the codes of each person's groups, `weight` their weight as written.

    `weighted` says by wave how many people have each weight. Once counted, `source` holds each person once, and `repeats` are the rows of
    an id that stands on another row, None where nothing tells who is who.
    """

    study: Study
    source: Source
    columns: Mapping[str, Column]
    groups: Sequence[pl.Expr]
    weight: pl.Expr | None = None
    weighted: dict[str, dict[Fraction | float, int]] = field(default_factory=dict)
    people: dict[Codes, Tally] = field(default_factory=dict)
    item_sums: dict[Scored, ItemSums] = field(default_factory=dict)
    repeats: pl.LazyFrame | None = None
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        survey, wave = self.source.survey, self.source.wave_column
        self.items = {item.id: (battery, item) for battery, item in self.study.items if item.id in self.columns}
        self.names = {item: self.columns[item].name for item in self.items}
        self.wave_name = survey.require(wave).name if wave else None
        names = list(self.names.values()) + ([self.wave_name] if self.wave_name else [])
        self.answers = dict(learn(survey, names))
        self.keys = ("wave", *(f"group {i}" for i in range(len(self.groups))))
        self._apart = self.keys if self.weight is None else (*self.keys, "weight")
        self.watch = watch_of(self.study, self.source, list(self.names.values()))
        self._whole: dict[str, int] = {}
        self._done: set[Scored] = set()
        for item, name in self.names.items():
            if len(unknown(self.scale(item), self.answers[name])) > FREE_TEXT:
                self._refuse(item)

    @property
    def total(self) -> Tally:
        """Everyone in the file."""
        return together(self.people.values())

    def run(self, keys: set[Scored], judged: Set[Scored] = frozenset()) -> None:
        """Counts items and the battery scores `keys` in one pass; once more when it met answers that were not learnt, and when it met
        blank rows or people who stand in the file twice.

        Of the items of `judged` it also takes what tells how they go together.
        """
        cells, scores, watched = self._collect(keys, judged)
        if self._relearn(cells):
            cells, scores, watched = self._collect(keys, judged)
        if self._settle(watched):
            cells, scores, watched = self._collect(keys, judged)
        if self.weight is not None:
            self._weigh(cells)
        self._keep_counts(cells)
        self._keep(keys, judged, scores)
        self.warnings += told_unfinished(self.source, watched[0])

    def _relearn(self, counted: pl.DataFrame) -> bool:
        """Learns the columns that hold something unknown from the whole file; whether there were any."""
        strange = set(counted.filter(pl.col("code") == UNKNOWN)["column"])
        items = [item for item, name in self.names.items() if name in strange]
        lost = self.wave_name if (counted["wave"] == UNKNOWN).any() else None
        names = [self.names[item] for item in items] + ([lost] if lost else [])
        if not names:
            return False
        self.answers.update(recount(self.source.survey, names))
        for item in items:
            self._refuse(item)
        if lost:
            where = f"{self.source.survey.name}: column `{self.source.wave_column}`"
            left_out = strange_waves(self.source, self.answers[lost])
            with reading(self.source.survey.name):
                blank = without_wave(self.source).collect(engine="streaming").item()
            self.warnings += (f"{where}: blank in {plural(blank, 'row')}, left out",) if blank else ()
            safe = persons.shown(left_out, self.source.waves)
            self.warnings += tuple(f"{where}: `{shortened(answer)}` in {plural(n, 'row')} is no wave of the study; left out" for answer, n in safe.items())
            others = [n for answer, n in left_out.items() if answer not in safe]
            self.warnings += (
                (f"{where}: {plural(len(others), 'more answer')} in {plural(sum(others), 'row')} that {'is' if len(others) == 1 else 'are'} no wave; left out",)
                if others
                else ()
            )
        return True

    def _refuse(self, item: str) -> None:
        where = f"{self.source.survey.name}: column `{shortened(self.columns[item].label, 80)}` (item `{item}`)"
        column = self.columns[item]
        refuse_unknown(where, self.items[item][0].scale, self.answers[self.names[item]], (column.text, column.label, column.stem))

    def scale(self, item: str) -> Scale:
        """The scale as the item is scored."""
        battery, declared = self.items[item]
        return battery.scale_of(declared)

    def score(self, keys: set[Scored], judged: Set[Scored]) -> None:
        """Counts what is not counted yet: battery scores among `keys`, and how the items of `judged` go together."""
        missing, unjudged = keys - self._done, judged - set(self.item_sums)
        if missing or unjudged:
            with reading(self.source.survey.name):
                self._keep(missing, unjudged, pl.collect_all(self._scores(self.coded(), missing, unjudged), engine="streaming"))

    def _keep(self, keys: Set[Scored], judged: Set[Scored], frames: Sequence[pl.DataFrame]) -> None:
        found = dict(zip(sorted(keys | judged), frames, strict=True))
        self._keep_scores(sorted(keys), [found[key] for key in sorted(keys)])
        self._keep_sums(judged, found)

    def _settle(self, watched: Sequence[pl.DataFrame]) -> bool:
        """Takes blank rows, and rows of one id beyond the first, out of the source; whether there were any."""
        found = once(self.watch, watched, self.coded, keep=self.study.keep_duplicates)
        again = found.source is not self.source
        self.source, self.repeats = found.source, found.repeats
        self.warnings += found.warnings
        return again

    def coded(self, *extra: pl.Expr, frame: pl.LazyFrame | None = None) -> pl.LazyFrame:
        """A row for each person: the codes of wave and groups, `extra` columns, and the code of each item's answer under its column's name.

        `frame` holds the rows, by default all of the source.
        """
        wave = wave_code(self.source, self.answers.get(self.wave_name or "", ()))
        who = [code.alias(name) for name, code in zip(self._apart, (wave, *self.groups, *([] if self.weight is None else [self.weight])), strict=True)]
        rows = self.source.survey.frame if frame is None else frame
        return rows.select(*who, *extra, *(self._code(item) for item in self.items))

    def _collect(self, keys: Set[Scored], judged: Set[Scored]) -> tuple[pl.DataFrame, list[pl.DataFrame], list[pl.DataFrame]]:
        """The counts of the items, of each of the scores `keys` and `judged`, and what is watched for."""
        coded = self.coded(*self.watch.extra)
        items = coded.unpivot(list(self.names.values()), index=self._apart, variable_name="column", value_name="code")
        cells = items.group_by(*self._apart, "column", "code").len("n")
        scores = self._scores(coded, keys, judged)
        queries = [cells, *scores, *self.watch.queries(coded)]
        with reading(self.source.survey.name):
            first, *others = pl.collect_all(queries, engine="streaming")
        return first, others[: len(scores)], others[len(scores) :]

    def _scores(self, coded: pl.LazyFrame, keys: Set[Scored], judged: Set[Scored]) -> list[pl.LazyFrame]:
        return [self._score(coded, key, judged=key in judged) for key in sorted(keys | judged)]

    def _code(self, item: str) -> pl.Expr:
        column = pl.col(self.names[item])
        code: Any = pl.when(column.is_null()).then(_code(MISSING))  # Polars gives each link of the chain another type
        for answer, value in codes(self.scale(item), self.answers[self.names[item]]).items():
            code = code.when(column == answer).then(_code(value))
        coded: pl.Expr = code.otherwise(_code(UNKNOWN)).alias(self.names[item])  # an item's id may be any word, even `wave`
        return coded

    def _score(self, coded: pl.LazyFrame, key: Scored, *, judged: bool) -> pl.LazyFrame:
        """People by sum and number of items answered; if `judged`, with the sums of each item and of its square among these."""
        battery = next(b for b in self.study.batteries if b.name == key[0])
        levels = len(battery.scale.levels)
        unit = unit_of(battery)
        codes = [pl.col(self.names[id]) for id in key[1]]
        sums = pl.sum_horizontal(points(code, self.scale(id).scores, unit) for code, id in zip(codes, key[1], strict=True))
        answered = pl.sum_horizontal(code.is_between(1, levels).cast(pl.Int32) for code in codes)
        each = [small_points(code, self.scale(id).scores, unit) for code, id in zip(codes, key[1], strict=True)] if judged else []
        squares = [(one * one).sum() for one in each]
        told = [one.alias(name) for one, name in zip([*(one.sum() for one in each), *squares], _names(range(len(each))), strict=True)]
        columns = dict.fromkeys(self.names[id] for id in key[1]) if judged else ()
        people = coded.select(*self._apart, *columns, sums.alias("sum"), answered.alias("answered"))
        return people.group_by(*self._apart, "sum", "answered").agg(pl.len().alias("n"), *told)

    def _keep_sums(self, keys: Set[Scored], frames: Mapping[Scored, pl.DataFrame]) -> None:
        for key in keys:
            own = frames[key].filter((pl.col("wave") != UNKNOWN) & (pl.col("answered") == len(key[1])))
            total = pl.col("sum").cast(pl.Int64)
            places = range(len(key[1]))
            told = [pl.col(name).sum() for name in _names(places)] + [(pl.col(f"item {i}") * total).sum().alias(f"with total {i}") for i in places]
            (n, *sums), k = own.select(pl.col("n").sum(), *told).row(0), len(places)
            self.item_sums[key] = ItemSums(n, tuple(sums[:k]), tuple(sums[k : 2 * k]), tuple(sums[2 * k :]))

    def _weigh(self, counted: pl.DataFrame) -> None:
        """Learns the weights from any item, which everyone has answered or not."""
        first = next(iter(self.names.values()))
        people = counted.filter((pl.col("column") == first) & (pl.col("wave") != UNKNOWN)).group_by("wave", "weight").agg(pl.col("n").sum())
        written: dict[str, int] = {}
        for _, word, n in people.iter_rows():
            written[word] = written.get(word, 0) + n
        known = weights(self.source.survey.name, written)
        self._whole = whole(known)
        for at, wave in enumerate(self.source.waves):
            own: dict[Fraction | float, int] = {}
            for _, word, n in people.filter(pl.col("wave") == at).iter_rows():
                own[known[word]] = own.get(known[word], 0) + n
            self.weighted[wave] = dict(sorted(own.items()))

    def _heaps(self, frame: pl.DataFrame, *what: str) -> dict[tuple[Any, ...], Heap]:
        """The people at each place: wave, groups and `what`."""
        if self.weight is None:
            return {tuple(place): (n, 0, 0) for *place, n in frame.select(*self.keys, *what, "n").iter_rows()}
        found: dict[tuple[Any, ...], Heap] = {}
        for *place, word, n in frame.select(*self.keys, *what, "weight", "n").filter(pl.col("wave") != UNKNOWN).iter_rows():
            weight = self._whole[word]
            before = found.get(tuple(place), (0, 0, 0))
            found[tuple(place)] = before[0] + n, before[1] + n * weight, before[2] + n * weight * weight
        return found

    def _keep_counts(self, counted: pl.DataFrame) -> None:
        table: dict[Codes, dict[tuple[int, str, int], Heap]] = {}
        for (wave, *who, column, code), people in self._heaps(counted, "column", "code").items():
            table.setdefault(tuple(who), {})[wave, column, code] = people
        for key in sorted(table):
            self.people[key] = self._tally(table[key])
        for wave in self.source.waves:
            if sum(part.returned[wave] for part in self.people.values()) == 0:
                raise UserError(f"{self.source.survey.name}: wave `{wave}` has no respondents", _NOBODY)

    def _tally(self, table: Mapping[tuple[int, str, int], Heap]) -> Tally:
        """The item counts of some people; their scores come later."""
        first = next(iter(self.names.values()))
        returned = {wave: sum(n for (w, column, _), (n, *_) in table.items() if w == at and column == first) for at, wave in enumerate(self.source.waves)}
        counts = {}
        for at, wave in enumerate(self.source.waves):
            for id, (battery, _) in self.items.items():
                k = len(battery.scale.levels)
                cells = [table.get((at, self.names[id], code), (0, 0, 0)) for code in range(k + 2)]
                masses = () if self.weight is None else tuple((w, square) for _, w, square in cells[1 : k + 1])
                counts[id, wave] = Counts(tuple(n for n, *_ in cells[1 : k + 1]), cells[k + 1][0], cells[MISSING][0], masses)
        return Tally(self.source.waves, returned, counts, {})

    def _keep_scores(self, keys: list[Scored], frames: list[pl.DataFrame]) -> None:
        self._done |= set(keys)
        for key, frame in zip(keys, frames, strict=True):
            unit = unit_of(next(b for b in self.study.batteries if b.name == key[0]))
            rows: dict[tuple[Codes, int], list[tuple[int, int, Heap]]] = {}
            for (wave, *who, total, answered), people in self._heaps(frame, "sum", "answered").items():
                rows.setdefault((tuple(who), wave), []).append((total, answered, people))
            for whom, part in self.people.items():
                found = {
                    (*key, wave): score_counts(key[1], rows.get((whom, at), ()), unit, weighted=self.weight is not None)
                    for at, wave in enumerate(self.source.waves)
                }
                self.people[whom] = replace(part, scores={**part.scores, **found})


def people_of(study: Study, source: Source, columns: Mapping[str, Column]) -> Source:
    """The source with each person once. One pass."""
    one = Pass(study, source, columns, [])
    one.run(set())
    return one.source


@cache
def _code(value: int) -> pl.Expr:
    return pl.lit(value, pl.UInt8)


def _names(places: Iterable[int]) -> list[str]:
    return [*(f"item {i}" for i in places), *(f"square {i}" for i in places)]
