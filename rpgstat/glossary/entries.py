"""What is known of a result column: its kind and unit, and where its heading and meaning are found."""

from __future__ import annotations

from typing import Literal

from rpgstat.glossary.sentences import word
from rpgstat.record import record

Kind = Literal[
    "text",
    "count",
    "points",
    "mean",
    "share",
    "p",
    "statistic",
    "df",
    "effect",
    "ratio",
    "rank",
    "number",
    "rate",
    "words",
    "counts",
    "means",
    "number_change",
    "each",
    "share_change",
    "share_slope",
]
"""How a column is written: see `text.cell`. `points` are differences in scale points, `words`, `counts` and `means` are lists;
`number` is in the unit of what was counted or measured, `rate` a share that may pass 1, as leavers over a stock can.
Cells of rates and series may have kinds that no column has, see `cell_kind`:
`number_change` is an estimated change of a `number`, `each` is a number for each worker,
`share_change` and `share_slope` are changes of shares in percentage points, the latter per year."""


@record
class Entry:
    """One column: the name in data, its kind and its unit."""

    name: str
    kind: Kind
    unit: str

    @property
    def label(self) -> str:
        """Its heading on pages for people."""
        return word("label", self.name)

    @property
    def meaning(self) -> str:
        """What it holds."""
        return word("meaning", self.name)
