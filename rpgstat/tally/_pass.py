"""One analysis of one file: every item and every battery score it needs, in one streaming query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import polars as pl

from rpgstat.errors import UserError
from rpgstat.study import Column, Counts, ItemSums, Source, Study, Tally, reading, together
from rpgstat.tally._answers import MISSING, UNKNOWN
from rpgstat.tally._file import File
from rpgstat.tally._scores import Heap, points, score_counts, small_points, unit_of
from rpgstat.tally._weights import weights, whole

Scored = tuple[str, tuple[str, ...]]
"""A battery's name and the items its score is made of."""

Codes = tuple[int, ...]
"""Who: the code of a label in each grouping."""


_NOBODY = "check that the export holds answers, and that the wave column and the wave names of the study are right"


@dataclass
class Pass:
    """What one analysis counts in a file. `groups` are the codes of each person's groups, `weight` their weight as written.

    `weighted` says by wave how many people have each weight.
    """

    file: File
    groups: Sequence[pl.Expr] = ()
    weight: pl.Expr | None = None
    weighted: dict[str, dict[Fraction | float, int]] = field(default_factory=dict)
    people: dict[Codes, Tally] = field(default_factory=dict)
    item_sums: dict[Scored, ItemSums] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.items, self.names, self.scale = self.file.items, self.file.names, self.file.scale
        self.study = self.file.study
        self.keys = ("wave", *(f"group {i}" for i in range(len(self.groups))))
        self._apart = self.keys if self.weight is None else (*self.keys, "weight")
        self._whole: dict[str, int] = {}
        self._done: set[Scored] = set()

    @property
    def source(self) -> Source:
        """The file's source: once counted, with each person once."""
        return self.file.source

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
        if self.file.relearn(cells):
            cells, scores, watched = self._collect(keys, judged)
        if watched:
            if self.file.settle(watched):
                cells, scores, watched = self._collect(keys, judged, again=True)
            self.file.tell_unfinished(watched[0])
        if self.weight is not None:
            self._weigh(cells)
        self._keep_counts(cells)
        self._keep(keys, judged, scores)

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

    def coded(self) -> pl.LazyFrame:
        """A row for each person: the codes of wave and groups, the weight, and the code of each item's answer under its column's name."""
        return self.file.coded(who=self._who)

    def coded_repeats(self) -> pl.LazyFrame | None:
        """As `coded`, of the rows whose id stands on another one; None where nothing tells who is who."""
        return None if self.file.repeats is None else self.file.coded_repeats(self._who)

    @property
    def _who(self) -> dict[str, pl.Expr]:
        return dict(zip(self._apart[1:], [*self.groups, *([] if self.weight is None else [self.weight])], strict=True))

    def _collect(self, keys: Set[Scored], judged: Set[Scored], *, again: bool = False) -> tuple[pl.DataFrame, list[pl.DataFrame], list[pl.DataFrame]]:
        """The counts of the items, of each of the scores `keys` and `judged`, and what is watched for until the file is settled."""
        coded = self.coded()
        items = coded.unpivot(list(self.names.values()), index=self._apart, variable_name="column", value_name="code")
        cells = items.group_by(*self._apart, "column", "code").len("n")
        scores = self._scores(coded, keys, judged)
        watched = [self.file.watch.roll(coded)] if again else [] if self.file.settled else self.file.watch.queries(coded)
        with reading(self.source.survey.name):
            first, *others = pl.collect_all([cells, *scores, *watched], engine="streaming")
        return first, others[: len(scores)], others[len(scores) :]

    def _scores(self, coded: pl.LazyFrame, keys: Set[Scored], judged: Set[Scored]) -> list[pl.LazyFrame]:
        return [self._score(coded, key, judged=key in judged) for key in sorted(keys | judged)]

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
    one = Pass(File(study, source, columns))
    one.run(set())
    return one.source


def _names(places: Iterable[int]) -> list[str]:
    return [*(f"item {i}" for i in places), *(f"square {i}" for i in places)]
