"""One file on its way to counts: what its columns hold, who counts in it, and its answers as codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import polars as pl

from rpgstat.study import Column, Scale, Source, Study, persons, reading
from rpgstat.tally._answers import FREE_TEXT, MISSING, UNKNOWN, codes, learn, recount, refuse_unknown, unknown
from rpgstat.tally._columns import strange_waves, wave_code, without_wave
from rpgstat.tally._once import once
from rpgstat.tally._people import told_unfinished, watch_of
from rpgstat.text import plural, shortened

MOST_KEPT = 200_000_000
"""Bytes of codes that are kept in memory of a file; of a larger one they are made again from the file whenever they are asked for."""

_TEXT, _WHO = 4, 8  # bytes of a cell of text, which is kept as the number of a category, and of what tells who somebody is

Who = Mapping[str, pl.Expr]
"""What tells people apart beside the wave: the code of each grouping, and the weight as it is written."""


@dataclass
class File:
    """One file, and what is known of it so far.

    Its codes are made once and kept, beside the cells of the columns headed `beside`, of which groups and weights are made: `seen` says
    what these hold. Once settled, `source` holds each person once, and `repeats` are the rows of an id that stands on another row, None
    where nothing tells who is who.
    """

    study: Study
    source: Source
    columns: Mapping[str, Column]
    beside: Sequence[str] = ()
    most: int = MOST_KEPT
    settled: bool = False
    repeats: pl.LazyFrame | None = None
    warnings: tuple[str, ...] = ()
    seen: dict[str, dict[str, int]] = field(default_factory=dict)
    _kept: pl.DataFrame | None = None
    _again: pl.DataFrame | None = None

    def __post_init__(self) -> None:
        survey, wave = self.source.survey, self.source.wave_column
        self.items = {item.id: (battery, item) for battery, item in self.study.items if item.id in self.columns}
        self.names = {item: self.columns[item].name for item in self.items}
        self.wave_name = survey.require(wave).name if wave else None
        self.answers = dict(learn(survey, [*self.names.values(), *([self.wave_name] if self.wave_name else [])]))
        self.watch = watch_of(self.study, self.source, list(self.names.values()))
        for item, name in self.names.items():
            if len(unknown(self.scale(item), self.answers[name])) > FREE_TEXT:
                self._refuse(item)
        self._texts = self._text_columns()
        self._make()

    def scale(self, item: str) -> Scale:
        """The scale as the item is scored."""
        battery, declared = self.items[item]
        return battery.scale_of(declared)

    @property
    def in_memory(self) -> bool:
        """Whether the codes are kept."""
        return self._kept is not None

    def coded(self, *extra: pl.Expr, who: Who | None = None, frame: pl.LazyFrame | None = None) -> pl.LazyFrame:
        """A row for each person: the code of the wave, `who`, `extra` columns, and the code of each item's answer under its column's name.

        `frame` holds the rows, by default all of the source.
        """
        apart = [code.alias(name) for name, code in (who or {}).items()]
        if frame is None and not extra and self._kept is not None and self._holds(apart):
            return self._kept.lazy().select("wave", *apart, *self._marks(), *self.names.values())
        rows = self.source.survey.frame if frame is None else frame
        marks = [] if extra else self.watch.unfinished if self.settled else self.watch.marks(self._wave())
        return rows.select(self._wave().alias("wave"), *apart, *marks, *extra, *(self._code(item) for item in self.items))

    def coded_repeats(self, who: Who) -> pl.LazyFrame:
        """As `coded`, of the rows whose id stands on another one."""
        apart = [code.alias(name) for name, code in who.items()]
        if self._again is not None and self._holds(apart):
            return self._again.lazy().select("wave", *apart, *self.names.values())
        return self.coded(who=who, frame=self.repeats)

    def relearn(self, counted: pl.DataFrame) -> bool:
        """Learns the columns that hold something unknown from the whole file; whether there were any."""
        strange = set(counted.filter(pl.col("code") == UNKNOWN)["column"])
        items = [item for item, name in self.names.items() if name in strange]
        lost = self.wave_name if (counted["wave"] == UNKNOWN).any() else None
        names = [self.names[item] for item in items] + ([lost] if lost else [])
        if self.settled or not names:
            return False
        self.answers.update(recount(self.source.survey, names))
        for item in items:
            self._refuse(item)
        if lost:
            self._tell_waves(lost)
        self._make()
        return True

    def settle(self, watched: Sequence[pl.DataFrame]) -> bool:
        """Takes blank rows, and rows of one id beyond the one that counts, out of the source; whether there were any."""
        found = once(self.watch, watched, self.coded, keep=self.study.keep_duplicates)
        changed = found.source is not self.source
        self.source, self.repeats, self.settled = found.source, found.repeats, True
        self.warnings += found.warnings
        if self._kept is not None:
            rows = self._kept.drop("who", strict=False).with_row_index("row")
            self._again = rows.join(found.again, on="row", how="semi").drop("row")
            self._kept = (rows.join(found.gone, on="row", how="anti") if changed else rows).drop("row")
        return changed

    def tell_unfinished(self, roll: pl.DataFrame) -> None:
        """Adds the sentence on people who did not finish, where there are any."""
        self.warnings += told_unfinished(self.source, roll)

    def _text_columns(self) -> list[str]:
        """The columns that are kept as text: of those that stand twice under one header none is meant."""
        survey, items = self.source.survey, set(self.names.values())
        found = {column.name for header in self.beside if (column := survey.only(header)) is not None}
        return sorted(found - items)

    def _make(self) -> None:
        """Makes the codes that are kept, unless they are too many."""
        width = 2 + len(self.names) + _TEXT * len(self._texts) + _WHO
        marks = self.watch.marks(self._wave())
        texts = [pl.col(name).cast(pl.Categorical) for name in self._texts]
        frame = self.source.survey.frame.select(self._wave().alias("wave"), *texts, *marks, *(self._code(item) for item in self.items))
        with reading(self.source.survey.name):
            made = frame.head(self.most // width + 1).collect(engine="streaming")
        self._kept = made if made.height <= self.most // width else None
        if self._kept is not None:
            self.seen = {name: _all_of(self._kept[name]) for name in self._texts}

    def _marks(self) -> list[str]:
        return [] if self._kept is None else [name for name in self._kept.columns if name in ("who", "unfinished")]

    def _holds(self, apart: Sequence[pl.Expr]) -> bool:
        return {name for code in apart for name in code.meta.root_names()} <= set(self._texts)

    def _wave(self) -> pl.Expr:
        return wave_code(self.source, self.answers.get(self.wave_name or "", ()))

    def _code(self, item: str) -> pl.Expr:
        column = pl.col(self.names[item])
        code: Any = pl.when(column.is_null()).then(_code(MISSING))  # Polars gives each link of the chain another type
        for answer, value in codes(self.scale(item), self.answers[self.names[item]]).items():
            code = code.when(column == answer).then(_code(value))
        coded: pl.Expr = code.otherwise(_code(UNKNOWN)).alias(self.names[item])  # an item's id may be any word, even `wave`
        return coded

    def _refuse(self, item: str) -> None:
        where = f"{self.source.survey.name}: column `{shortened(self.columns[item].label, 80)}` (item `{item}`)"
        column = self.columns[item]
        refuse_unknown(where, self.items[item][0].scale, self.answers[self.names[item]], (column.text, column.label, column.stem))

    def _tell_waves(self, lost: str) -> None:
        """Adds what the wave column holds beside the declared waves."""
        where = f"{self.source.survey.name}: column `{self.source.wave_column}`"
        left_out = strange_waves(self.source, self.answers[lost])
        with reading(self.source.survey.name):
            blank = without_wave(self.source).collect(engine="streaming").item()
        self.warnings += (f"{where}: blank in {plural(blank, 'row')}, left out",) if blank else ()
        safe = persons.shown(left_out, self.source.waves)
        self.warnings += tuple(f"{where}: `{shortened(answer)}` in {plural(n, 'row')} is no wave of the study; left out" for answer, n in safe.items())
        others = [n for answer, n in left_out.items() if answer not in safe]
        if others:
            verb = "is" if len(others) == 1 else "are"
            self.warnings += (f"{where}: {plural(len(others), 'more answer')} in {plural(sum(others), 'row')} that {verb} no wave; left out",)


def _all_of(column: pl.Series) -> dict[str, int]:
    """All that a column holds, with how many people gave each, the commonest first."""
    counted = column.cast(pl.String).drop_nulls().value_counts(name="n") if column.len() else pl.DataFrame({column.name: [], "n": []})
    return dict(sorted(counted.rows(), key=lambda one: (-one[1], one[0])))


@cache
def _code(value: int) -> pl.Expr:
    return pl.lit(value, pl.UInt8)
