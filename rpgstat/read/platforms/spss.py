"""SPSS files, .sav and .zsav, whichever program wrote them."""

from __future__ import annotations

from rpgstat.read.export import Export
from rpgstat.read.platforms.statistical import header_rows, layout

NAME = "spss"

__all__ = ["NAME", "header_rows", "layout", "score"]


def score(export: Export) -> float:
    """1 for such a file, 0 for any other."""
    return float(export.table.kind == NAME)
