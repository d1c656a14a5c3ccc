"""The engine of the count: the only place of `tally` that asks anything of rows. Polars today; elsewhere, others beside it.

A `Table` is opened on a source, learns what its columns hold, and answers queries with tables of counts; what is asked and what is made
of the answers is said outside, in whole numbers and words.
"""

from collections.abc import Sequence
from typing import cast

from rpgstat.study import Source
from rpgstat.tally.engine.answers import distinct, every, rows, seen
from rpgstat.tally.engine.between import Met, Side, between, digits, over_waves, texts_between, undigited
from rpgstat.tally.engine.ids import Ids
from rpgstat.tally.engine.standing import Sign, any_of, left, people_of
from rpgstat.tally.engine.table import MOST_KEPT, Counted, Table
from rpgstat.tally.engine.weighed import Heap, summed, weighed


def table(source: Source, ids: Ids | None, beside: Sequence[str], most: int) -> Table:
    """The rows of a source, with the engine that holds them."""
    if source.survey.held is None:
        return Table(source, ids, beside, most)
    from rpgstat.tally.engine.afar import FarTable  # only other engines need it

    return cast(Table, FarTable(source, ids, beside, most))


__all__ = [
    "MOST_KEPT",
    "Counted",
    "Heap",
    "Ids",
    "Met",
    "Side",
    "Sign",
    "Table",
    "any_of",
    "between",
    "digits",
    "distinct",
    "every",
    "left",
    "over_waves",
    "people_of",
    "rows",
    "seen",
    "summed",
    "table",
    "texts_between",
    "undigited",
    "weighed",
]
