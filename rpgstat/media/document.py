"""What a document is made of, whatever its format: headings, paragraphs, tables with their notes, and figures."""

from __future__ import annotations

from typing import Literal

from rpgstat.media.diagram import Diagram
from rpgstat.media.style import Style
from rpgstat.record import record
from rpgstat.result import Result


@record
class Heading:
    """A heading of level 1 to 3; level 0 is the title of the document. One that is `listed` is a chapter's, which contents lead to; `fresh` begins a page."""

    words: str
    level: int = 1
    fresh: bool = False
    listed: bool = False


@record
class Paragraph:
    """A paragraph of running text; what it is `about` stands out before it, `keys` call the tables and figures that it rests on."""

    words: str
    about: str = ""
    keys: tuple[str, ...] = ()


@record
class Point:
    """An entry of a list: what it is about, which stands out, what is said of it, and what calls the tables and figures that it rests on."""

    words: str
    about: str = ""
    keys: tuple[str, ...] = ()


@record
class Bullets:
    """A list of points below one another."""

    points: tuple[Point, ...]


@record
class Contents:
    """A list of the chapters, each leading to its own."""

    chapters: tuple[str, ...]


@record
class Captions:
    """A list of all tables, or of all figures, each leading to its own."""

    label: Literal["table", "figure"]


@record
class Logo:
    """A picture above the title, PNG or JPEG, and what it shows."""

    picture: bytes
    alt: str


@record
class Figure:
    """A picture (PNG for Word, SVG for HTML) with its title and what it says to those who cannot see it.

    A word processor draws the `diagram` in its place where there is one, with its legend, `key`, below. Text refers to it as what it is `called`.
    """

    name: str
    title: str
    picture: bytes
    alt: str
    diagram: Diagram | None = None
    key: str = ""
    called: str = ""


@record
class Head:
    """The heading of a column; `over` heads it together with its neighbours of the same `over`."""

    words: str
    align: Literal["left", "right"]
    over: str = ""


@record
class Cell:
    """The words of a cell, and the mark of the note that it has, if any."""

    words: str
    mark: str = ""


@record
class TableRow:
    """A row: of figures; of a battery's name alone, which stands above its statements; or of a battery's score, which sums them up."""

    kind: Literal["line", "battery", "score"]
    cells: tuple[Cell, ...]


@record
class Table:
    """A table ready to be set: `general` sentences stand below it, then the `marked` notes, each with its mark. Text refers to it as what it is `called`."""

    name: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[TableRow, ...]
    general: tuple[str, ...]
    marked: tuple[tuple[str, str], ...]
    alt: str
    called: str = ""


Part = Logo | Heading | Paragraph | Bullets | Contents | Captions | Table | Figure


@record
class Document:
    """A title, the parts in order, and the results that they were made from; who wrote it and when, where that is known."""

    title: str
    parts: tuple[Part, ...]
    results: tuple[Result, ...]
    style: Style
    written: str = ""
