"""What the first rows of an export hold, asked as platforms need it to tell a tick-box from a statement or a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from rpgstat.read.headers import clean
from rpgstat.read.layout import answered
from rpgstat.study import normalise


class Answers:
    """The sample with "no answer" null, and a few different answers of every column; one query for all, as there may be thousands."""

    def __init__(self, sample: pl.DataFrame) -> None:
        self.sample = sample.select(answered(pl.all()))
        few = self.sample.select(pl.all().drop_nulls().unique(maintain_order=True).head(4).implode())
        self._few = dict(zip(few.columns, few.row(0), strict=True))

    def ticks(self, parts: Mapping[str, str]) -> bool:
        """Whether every answer is the text of its own column, and there is one."""
        if not any(self._few[name] for name in parts):
            return False
        return all(normalise(clean(cell)) == normalise(text) for name, text in parts.items() for cell in self._few[name])

    def one_each(self, names: Iterable[str]) -> bool:
        """Whether nobody answered in two of these columns."""
        return int(self.sample[list(names)].select(pl.sum_horizontal(pl.all().is_not_null()).max()).item()) <= 1

    def ranks(self, names: list[str]) -> bool:
        """Whether each row that has answers holds every whole number from 1 to how many it has, once."""
        if len(names) < 2 or not all(cell.strip().isdecimal() for name in names for cell in self._few[name]):
            return False
        ranks = self.sample[names].select(row=pl.concat_list(pl.all().cast(pl.Int64, strict=False)).list.drop_nulls()).filter(pl.col("row").list.len() > 0)
        size = pl.col("row").list.len()
        good = (pl.col("row").list.n_unique() == size) & (pl.col("row").list.min() == 1) & (pl.col("row").list.max() == size)
        return bool(ranks.height and ranks.select(good.all()).item())

    def shared(self, name: str, others: Iterable[str]) -> bool:
        """Whether a column has an answer that one of the others has too."""
        mine = set(self.sample[name].drop_nulls())
        return any(not mine.isdisjoint(self.sample[other].drop_nulls()) for other in others if other != name)

    def few(self, name: str) -> list[str]:
        """Up to four different answers of a column."""
        return list(self._few[name])

    def seen(self, name: str, most: int = 60) -> set[str]:
        """Up to `most` different answers of a column."""
        return set(self.sample[name].drop_nulls().unique(maintain_order=True).head(most))

    def counts(self, name: str, most: int = 500) -> dict[str, int]:
        """Up to `most` different answers of a column with how many people gave each, the commonest first."""
        return dict(self.sample[name].drop_nulls().value_counts(sort=True).head(most).rows())

    def ticked(self, parts: Mapping[str, str], codes: Mapping[str, str]) -> bool:
        """Whether each column holds its own text, or 1 or its own code, or nothing, and not everybody answered all: boxes that people ticked."""
        if len(parts) < 2 or not any(self._few[name] for name in parts):
            return False
        for name, text in parts.items():
            own = {normalise(cell) for cell in self._few[name]}
            if len(own) > 1 or not own <= {normalise(text), "1", codes.get(name, "1")}:
                return False
        return any(self.sample[name].null_count() for name in parts)
