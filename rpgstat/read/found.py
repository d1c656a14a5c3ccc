"""What a platform's module has found while it goes through the columns of an export."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from rpgstat.read.codebook import Recode
from rpgstat.read.headers import Sort, identifier
from rpgstat.read.layout import Layout
from rpgstat.study import Column

_CODE = r"[+-]?\d{1,6}(?:\.0)?"


@dataclass
class Found:
    """Columns, those left aside, what cells stand for, and what to tell; `unlabelled` are the names of columns that hold codes without labels."""

    columns: list[Column] = field(default_factory=list)
    aside: list[Column] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    recodes: dict[str, Recode] = field(default_factory=dict)
    unlabelled: list[str] = field(default_factory=list)

    def add(self, column: Column, recode: Recode | None = None) -> None:
        """One more column, and what its cells stand for."""
        self.columns.append(column)
        if recode:
            self.recodes[column.name] = recode

    def kept_apart(self, column: Column, kind: Sort, values: pl.Series) -> bool:
        """Whether a column is no question: an id, metadata, a text box or personal data, which is then found."""
        if kind == "id":
            made, damage = identifier(column.name, column.text, column.block, values)
            self.columns.append(replace(made, variable=column.variable))
            self.warnings.extend(damage)
        elif kind == "meta":
            self.columns.append(replace(column, kind="meta"))
        elif kind in ("personal", "free"):
            self.aside.append(replace(column, kind="personal" if kind == "personal" else "text"))
        return kind != "answer"

    def coded(self, column: Column, values: pl.Series) -> None:
        """A question without labels: whole numbers in it are codes of who knows what, and on no scale."""
        stated = values.drop_nulls()
        codes = stated.len() > 0 and bool(stated.str.contains(rf"^\s*{_CODE}\s*$").all())
        if codes:
            self.unlabelled.append(column.variable or column.text)
        self.columns.append(replace(column, measure="nominal") if codes else column)

    def tell_unlabelled(self, mend: str) -> None:
        """Says that there are codes without labels, and what to do about it."""
        if self.unlabelled:
            more = f" and {len(self.unlabelled) - 3} more" if len(self.unlabelled) > 3 else ""
            shown = ", ".join(f"`{name}`" for name in self.unlabelled[:3]) + more
            self.warnings.append(f"{shown}: codes whose labels the export does not tell, so they are on no scale; {mend}")

    def layout(self, **more: Any) -> Layout:
        """The layout of all that was found."""
        bare = set(self.unlabelled)
        columns = (replace(column, unlabelled=True) if (column.variable or column.text) in bare else column for column in self.columns)
        return Layout(tuple(columns), tuple(self.aside), tuple(self.warnings), recodes=self.recodes, **more)


def ticks(text: str, yes: frozenset[str], cells: set[str]) -> Recode:
    """What the cells of a tick-box stand for: its own text where it was ticked, nothing elsewhere; its text among them ticks it where no yes does.

    >>> ticks("N/A", frozenset({"yes"}), {"N/A", "No"}), ticks("N/A", frozenset({"yes"}), {"N/A", "Yes"})["N/A"] is None
    ({'No': None}, True)
    """
    boxed = any(cell.strip().casefold() in yes for cell in cells)
    return {cell: text if cell.strip().casefold() in yes else None for cell in cells if cell != text or boxed}
