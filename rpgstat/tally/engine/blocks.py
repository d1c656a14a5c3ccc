"""Queries on rows that are too many to be kept: they are read once, in blocks, and the counts of the blocks are added up."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rpgstat.tally._spec import Again, Query, Who, keys_of
from rpgstat.tally.engine.expressions import Expressions

_BYTES = 6_000_000  # of codes of a block
_FEWEST = 10_000  # rows of a block
_AT_ONCE = 2_000_000  # numbers that are looked at together


def in_blocks(expressions: Expressions, queries: Sequence[Query], coded: pl.LazyFrame, who: Who) -> tuple[list[pl.DataFrame], Numbers]:
    """The counts that answer the queries on coded rows, and the numbers of ids in these. Memory does not grow with the rows, but for 8 bytes of
    each id where it is asked whether any stands on several."""
    rows = max(_FEWEST, _BYTES // max(len(coded.collect_schema()), 1))
    found: list[pl.DataFrame | None] = [None] * len(queries)
    numbers, telling = Numbers(), any(isinstance(query, Again) for query in queries)
    for block in coded.collect_batches(chunk_size=rows, maintain_order=False, engine="streaming"):
        if telling:
            numbers.add(block["who"])
        for place, query in enumerate(queries):
            if not isinstance(query, Again):
                own = expressions.query(query, block.lazy(), who).collect(engine="streaming")
                so_far = found[place]
                found[place] = own if so_far is None else pl.concat([so_far, own]).group_by(keys_of(query, who)).agg(pl.all().sum())
    nobody = coded.clear().lazy()
    counted = [expressions.query(query, nobody, who).collect() if one is None else one for query, one in zip(queries, found, strict=True)]
    again = pl.DataFrame({"again": [numbers.again]})
    return [again if isinstance(query, Again) else one for query, one in zip(queries, counted, strict=True)], numbers


class Numbers:
    """Numbers of ids, null of who names nobody, and which stand on several rows."""

    def __init__(self, blocks: Sequence[pl.Series] = ()) -> None:
        self._blocks = [block.drop_nulls() for block in blocks]
        self._found: pl.Series | None = None
        self._again = 0

    def add(self, numbers: pl.Series) -> None:
        """Adds those of some rows."""
        self._blocks.append(numbers.filter(numbers.is_not_null()))  # a copy, that nothing else of the block is held
        self._found = None

    @property
    def again(self) -> int:
        """How many more rows with a number there are than numbers."""
        self._look()
        return self._again

    @property
    def repeated(self) -> pl.Series:
        """The numbers that stand on several rows, once each."""
        return self._look()

    def _look(self) -> pl.Series:
        """Looks at some of the numbers at a time, from the smallest to the largest: they are spread evenly, and all at once would take twice the room."""
        if self._found is None:
            parts = 1 + sum(map(len, self._blocks)) // _AT_ONCE
            bounds = [part * 2**64 // parts for part in range(parts)]
            several = [self._several(low, high) for low, high in zip(bounds, [*(bound - 1 for bound in bounds[1:]), 2**64 - 1], strict=True)]
            self._again = sum(extra for _, extra in several)
            self._found = pl.concat([pl.Series("number", [], pl.UInt64), *(found for found, _ in several)])
        return self._found

    def _several(self, low: int, high: int) -> tuple[pl.Series, int]:
        """Of the numbers from one to another those on several rows, and on how many more than one."""
        ends = pl.lit(low, pl.UInt64), pl.lit(high, pl.UInt64)
        own = [block.to_frame("number").filter(pl.col("number").is_between(*ends)) for block in self._blocks]
        if not own:
            return pl.Series("number", [], pl.UInt64), 0
        found = pl.concat(own)["number"].sort()
        same = found.filter((found == found.shift(1)).fill_null(value=False))
        return same.unique(), len(same)
