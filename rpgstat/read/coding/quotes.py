"""The quotations that an evaluator chose, and the names that must not stand in them."""

from __future__ import annotations

from pathlib import Path

from rpgstat.errors import UserError, did_you_mean
from rpgstat.read import files
from rpgstat.read.coding.tables import Table, wide
from rpgstat.record import record
from rpgstat.study import normalise
from rpgstat.study.themes import Coded

_NEEDED = ("theme", "speaker", "quote")
_MOST_NAMES = 1_000_000
"""Bytes of a list of names; every employee of a large authority has a tenth of it."""


@record
class Quote:
    """One quotation as it was declared, and the row it stands in."""

    id: str
    theme: str
    wave: str
    source: str
    speaker: str
    words: str
    row: int


def read_quotes(path: str | Path) -> tuple[Quote, ...]:
    """The quotations in a table with the columns id, theme, wave, source, speaker and quote. Raises UserError where one that is needed is missing or blank."""
    source = files.fetch(path)
    header, rows = wide(source.name, files.open_table(source).rows())
    table = Table(source.name, source.path, header, rows, Coded("", "answers"))
    places = {key: table.place(key) for key in ("id", "theme", "wave", "source", "speaker", "quote")}
    for key in _NEEDED:
        if places[key] is None:
            raise UserError(f"{source.name}: no column `{key}`", did_you_mean(key, filter(None, header)))
    found: list[Quote] = []
    for number, row in rows:
        cells = {key: row[place].strip() if place is not None else "" for key, place in places.items()}
        for key in _NEEDED:
            if not cells[key]:
                raise UserError(f"{source.name}: row {number} has no {key}", "fill it in, or take the row out")
        found.append(Quote(cells["id"] or f"q{len(found) + 1}", cells["theme"], cells["wave"], cells["source"], cells["speaker"], cells["quote"], number))
    return tuple(found)


def read_names(path: str | Path) -> tuple[str, ...]:
    """The names in a text file, one a line; what follows a # is none. Raises UserError for a file that is none."""
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(_MOST_NAMES + 1)
    except OSError as error:
        raise UserError(f"`{path}`: the list of names cannot be read: {error.strerror}", "check `names` under [quotes]") from error
    if len(data) > _MOST_NAMES:
        raise UserError(f"{Path(path).name}: far too long for a list of names", "check `names` under [quotes]")
    lines = data.decode("utf-8-sig", errors="replace").splitlines()
    return tuple(name for line in lines if normalise(name := line.partition("#")[0].strip()))
