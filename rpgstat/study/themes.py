"""What an evaluator declares of coded material: themes, the files that they were coded in, quotations, and what stands beside statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from rpgstat.record import record

Valence = Literal["positive", "negative", "mixed"]
Material = Literal["answers", "interviews", "groups"]
Fit = Literal["confirms", "expands", "differs", "silent"]
Layout = Literal["ticks", "codes", "rows", "joined", "matrix", "refi", "taguette"]


@record
class Theme:
    """A theme as tables show it: `codes` as the coding files spell them, each with all below it; `text` is its definition.

    `waves` are those in which it was looked for, empty for all of them.
    """

    name: str
    id: str
    codes: tuple[str, ...]
    valence: Valence | None = None
    text: str = ""
    waves: tuple[str, ...] = ()


@record
class Coded:
    """One body of coded material.

    `kind` says what its units are: answers of one person each, interviews of one person each, or focus groups. The wave of a unit is `wave`, or stands in
    `wave_column`, or is a set of documents named like it (`wave_sets`), or the one whose pattern in `wave_sources` the name of its source fits.
    `files` are one for each of `coders`, or one workbook with a sheet for each, or parts of one whole; else `coder` is the column that names them. Of
    several coders the one named `count` counts, or "any" or "all" of them. `units` is what was coded where the files leave out units without a code:
    their number, or a file that lists them. The rest names columns and what the layout is where that is not recognised.
    """

    name: str
    kind: Material
    files: tuple[str, ...] = ()
    wave: str = ""
    wave_column: str = ""
    wave_sets: bool = False
    wave_sources: Mapping[str, str] = field(default_factory=dict)
    coders: tuple[str, ...] = ()
    coder: str = ""
    count: str = ""
    unit: tuple[str, ...] = ()
    asked: str = ""
    layout: Layout | None = None
    code: tuple[str, ...] = ()
    text: str = ""
    source: str = ""
    separator: str = ""
    units: int | str | None = None
    codebook: str = ""

    @property
    def parts(self) -> tuple[tuple[str, str | None], ...]:
        """What is read, in the order of the coders where they are named: files, each with its sheet where one workbook has several."""
        if len(self.files) == 1 < len(self.coders):
            return tuple((self.files[0], coder) for coder in self.coders)
        return tuple((file, None) for file in self.files)


@record
class Quotes:
    """The file of quotations that the evaluator chose, and one of names that must not appear in them."""

    file: str
    names: str = ""


@record
class Pairing:
    """A theme beside rows of results, named as in Word templates, how they fit as the evaluator sees it, and why."""

    theme: str
    rows: tuple[str, ...]
    fit: Fit
    text: str = ""
