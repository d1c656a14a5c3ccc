"""The counting pass: every item and every battery score of a file, in one streaming query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from math import lcm
from typing import Any

import polars as pl

from rpgstat.errors import UserError
from rpgstat.study import Battery, Column, Counts, Scale, ScoreCounts, Source, Study, Tally, common, reading
from rpgstat.tally._answers import FREE_TEXT, MISSING, UNKNOWN, codes, learn, recount, refuse_unknown, unknown
from rpgstat.tally._columns import item_columns, strange_waves, wave_code, without_wave
from rpgstat.text import plural, shortened

Key = tuple[str, tuple[str, ...]]
"""A battery's name and the items its score is made of."""


def tally(study: Study, sources: Sequence[Source], combinations: Sequence[tuple[str, ...]]) -> Tally:
    """Counts every item in every wave, and the battery scores on the items that each of `combinations` of waves share.

    One pass over each file; a second one only where the first rows did not show an answer that later rows hold, or
    where nobody answered an item that a file has. Answers match levels by normalised label. Integers throughout, so
    the result does not depend on the order in which rows arrive.

    Raises UserError for an item without a column, an answer that is on no level, and a wave without respondents.
    """
    found = item_columns(study, sources)
    passes = [_Pass(study, source, columns) for source, columns in zip(sources, found, strict=True)]
    present = {wave: set(columns) for source, columns in zip(sources, found, strict=True) for wave in source.waves}
    expected = {combo: [item.id for _, item in study.items if all(item.id in present[wave] for wave in combo)] for combo in combinations}
    for one in passes:
        one.run(_keys(study, expected, one.source.waves))
    counts = {key: value for one in passes for key, value in one.counts.items()}
    shared = {combo: common(counts, tuple(items), combo) for combo, items in expected.items()}
    for one in passes:
        one.score(_keys(study, shared, one.source.waves))
    scores = {key: value for one in passes for key, value in one.scores.items()}
    waves = tuple(wave for source in sources for wave in source.waves)
    returned = {wave: n for one in passes for wave, n in one.returned.items()}
    rows = tuple(sum(one.returned.values()) for one in passes)
    return Tally(waves, returned, counts, scores, rows, tuple(w for one in passes for w in one.warnings))


def _keys(study: Study, combos: Mapping[tuple[str, ...], Iterable[str]], waves: tuple[str, ...]) -> set[Key]:
    """The battery scores that the combinations touching `waves` need."""
    keys = set()
    for combo, items in combos.items():
        if set(combo) & set(waves):
            shared = set(items)
            keys |= {(b.name, tuple(i.id for i in b.items if i.id in shared)) for b in study.batteries}
    return {key for key in keys if key[1]}


@dataclass
class _Pass:
    """One file being counted; what is known so far."""

    study: Study
    source: Source
    columns: Mapping[str, Column]
    counts: dict[tuple[str, str], Counts] = field(default_factory=dict)
    scores: dict[tuple[str, tuple[str, ...], str], ScoreCounts] = field(default_factory=dict)
    returned: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        survey, wave = self.source.survey, self.source.wave_column
        self.items = {item.id: (battery, item) for battery, item in self.study.items if item.id in self.columns}
        self.names = {item: self.columns[item].name for item in self.items}
        self.wave_name = survey.require(wave).name if wave else None
        names = list(self.names.values()) + ([self.wave_name] if self.wave_name else [])
        self.answers = dict(learn(survey, names))
        self._done: set[Key] = set()
        for item, name in self.names.items():
            if len(unknown(self._scale(item), self.answers[name])) > FREE_TEXT:
                self._refuse(item)

    def run(self, keys: set[Key]) -> None:
        """Counts items and the battery scores `keys` in one pass; once more when it met answers that were not learnt."""
        frames = self._collect(keys, with_items=True)
        if self._relearn(frames[0]):
            frames = self._collect(keys, with_items=True)
        self._keep_counts(frames[0])
        self._keep_scores(sorted(keys), frames[1:])

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
            self.warnings += tuple(f"{where}: `{shortened(answer)}` in {plural(n, 'row')} is no wave of the study; left out" for answer, n in left_out.items())
        return True

    def _refuse(self, item: str) -> None:
        where = f"{self.source.survey.name}: column `{shortened(self.columns[item].label, 80)}` (item `{item}`)"
        refuse_unknown(where, self.items[item][0].scale, self.answers[self.names[item]])

    def _scale(self, item: str) -> Scale:
        battery, declared = self.items[item]
        return battery.scale_of(declared)

    def score(self, keys: set[Key]) -> None:
        """Counts those battery scores among `keys` that are not counted yet."""
        missing = keys - self._done
        if missing:
            self._keep_scores(sorted(missing), self._collect(missing, with_items=False))

    def _collect(self, keys: set[Key], *, with_items: bool) -> list[pl.DataFrame]:
        wave = wave_code(self.source, self.answers.get(self.wave_name or "", ())).alias("wave")
        coded = self.source.survey.frame.select(wave, *(self._code(item) for item in self.items))
        queries = [coded.unpivot(index="wave", variable_name="column", value_name="code").group_by("wave", "column", "code").len("n")] if with_items else []
        queries += [self._score(coded, key) for key in sorted(keys)]
        with reading(self.source.survey.name):
            return pl.collect_all(queries, engine="streaming")

    def _code(self, item: str) -> pl.Expr:
        column = pl.col(self.names[item])
        code: Any = pl.when(column.is_null()).then(_code(MISSING))  # Polars gives each link of the chain another type
        for answer, value in codes(self._scale(item), self.answers[self.names[item]]).items():
            code = code.when(column == answer).then(_code(value))
        coded: pl.Expr = code.otherwise(_code(UNKNOWN)).alias(self.names[item])  # an item's id may be any word, even `wave`
        return coded

    def _score(self, coded: pl.LazyFrame, key: Key) -> pl.LazyFrame:
        battery = next(b for b in self.study.batteries if b.name == key[0])
        levels = len(battery.scale.levels)
        unit = _unit(battery)
        sums = pl.sum_horizontal(_points(pl.col(self.names[id]), self._scale(id).scores, unit) for id in key[1])
        answered = pl.sum_horizontal(pl.col(self.names[id]).is_between(1, levels).cast(pl.Int32) for id in key[1])
        return coded.select("wave", sums.alias("sum"), answered.alias("answered")).group_by("wave", "sum", "answered").len("n")

    def _keep_counts(self, counted: pl.DataFrame) -> None:
        table = {(wave, column, code): n for wave, column, code, n in counted.iter_rows()}
        first = next(iter(self.names.values()))
        for at, wave in enumerate(self.source.waves):
            self.returned[wave] = sum(n for (w, column, _), n in table.items() if w == at and column == first)
            if self.returned[wave] == 0:
                raise UserError(f"{self.source.survey.name}: wave `{wave}` has no respondents", "check the wave column and the wave names of the study")
            for id, (battery, _) in self.items.items():
                k = len(battery.scale.levels)
                cells = [table.get((at, self.names[id], code), 0) for code in range(k + 2)]
                self.counts[id, wave] = Counts(tuple(cells[1 : k + 1]), cells[k + 1], cells[MISSING])

    def _keep_scores(self, keys: list[Key], frames: list[pl.DataFrame]) -> None:
        self._done |= set(keys)
        for key, frame in zip(keys, frames, strict=True):
            battery = next(b for b in self.study.batteries if b.name == key[0])
            rows = frame.select("wave", "sum", "answered", "n").rows()
            for at, wave in enumerate(self.source.waves):
                self.scores[(*key, wave)] = _score_counts(key[1], [row[1:] for row in rows if row[0] == at], _unit(battery))


@cache
def _code(value: int) -> pl.Expr:
    return pl.lit(value, pl.UInt8)


def _unit(battery: Battery) -> int:
    """The common denominator that makes every score of the battery an integer."""
    return lcm(*(score.denominator for score in (*battery.scale.scores, battery.scale.low + battery.scale.high)))


def _points(code: pl.Expr, scores: tuple[Fraction, ...], unit: int) -> pl.Expr:
    """The score of a code in whole units, 0 where there is none."""
    whole = [int(score * unit) for score in scores]
    if whole == list(range(1, len(whole) + 1)):
        return pl.when(code <= len(whole)).then(code.cast(pl.Int32)).otherwise(0)
    chain: Any = pl.when(code == 1).then(whole[0])
    for value, score in enumerate(whole[1:], start=2):
        chain = chain.when(code == value).then(score)
    points: pl.Expr = chain.otherwise(0).cast(pl.Int64)
    return points


def _score_counts(items: tuple[str, ...], rows: Iterable[tuple[int, int, int]], unit: int) -> ScoreCounts:
    """Distinct scores from rows of (sum in units, answered, people); people below half of the items are missing."""
    people: dict[Fraction, int] = {}
    missing = 0
    for total, answered, n in rows:
        if 2 * answered < len(items) or answered == 0:
            missing += n
        else:
            value = Fraction(total, answered * unit)
            people[value] = people.get(value, 0) + n
    values = tuple(sorted(people))
    return ScoreCounts(items, values, tuple(people[v] for v in values), missing)
