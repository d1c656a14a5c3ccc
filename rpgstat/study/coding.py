"""Coded material as it was read: units, the codes there are, and which coder applied which to what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import NamedTuple

from rpgstat.record import record

CodePath = tuple[str, ...]
"""A code with those above it, topmost first."""


@record
class Code:
    """A code of the codebook, what it means, and how it is spelt there with those above it."""

    path: CodePath
    text: str = ""
    name: str = ""


@record
class Unit:
    """What was coded as one: an answer, a document, a case. `name` tells it from others and is never shown.

    `cells` are those of the columns that were asked for, `sets` the groups of documents that it belongs to. `written` is None where no text
    stands beside the codes. `named` is False where the file does not say what or who it is.
    """

    name: str
    source: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    sets: tuple[str, ...] = ()
    written: bool | None = None
    named: bool = True


class Applied(NamedTuple):
    """A code applied to a unit (its place among the units), how many times, and by whom where the file says."""

    unit: int
    code: CodePath
    coder: str = ""
    times: int = 1


@record
class Coding:
    """One file of coded material. `judged` are the units that each coder looked at, as far as the file shows; "" is the coder of a file that names none.

    `texts` give the words of a source, for checking quotations, and None where the file has none. `rows` is the number of its rows or documents,
    `unit` the header of the one column that names the units.
    """

    file: str
    path: Path
    layout: str
    units: tuple[Unit, ...]
    codes: tuple[Code, ...]
    applied: tuple[Applied, ...]
    judged: Mapping[str, frozenset[int]]
    rows: int
    texts: Mapping[str, Callable[[], str | None]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    unit: str = ""

    @property
    def codings(self) -> int:
        """How many times codes were applied."""
        return sum(one.times for one in self.applied)
