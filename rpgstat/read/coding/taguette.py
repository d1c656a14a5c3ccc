"""Projects of Taguette: its SQLite file, opened so that nothing in it runs and nothing is written."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from rpgstat.errors import UserError
from rpgstat.read.coding.paths import paths
from rpgstat.read.coding.refi import MOST_TEXT
from rpgstat.read.files import Source
from rpgstat.study.coding import Applied, Code, Coding, Unit
from rpgstat.study.themes import Coded

if TYPE_CHECKING:
    import sqlite3

_TABLES = {"documents", "tags", "highlights", "highlight_tags"}
_LONGEST = 30.0  # seconds; 10,000 highlights take a tenth of one
_TAG = re.compile(r"<[^>]+>")
_HIGHLIGHTS = """select d.name, d.id, h.id, h.start_offset, h.end_offset, t.path from highlights h join documents d on d.id = h.document_id
    left join highlight_tags ht on ht.highlight_id = h.id left join tags t on t.id = ht.tag_id order by d.id, h.start_offset, h.id, t.path"""


def read_database(source: Source, coded: Coded) -> Coding:
    """The coded material of a Taguette project. Raises UserError for a database that is damaged, of something else, or of several projects."""
    with _opened(source) as database:
        projects = database.execute("select count(distinct project_id) from documents").fetchone()[0]
        if projects > 1:
            raise UserError(f"{source.name}: holds {projects} projects", "export the one that you mean: in Taguette, Project info > Export project")
        documents = [(int(key), str(name)) for key, name in database.execute("select id, name from documents order by id")]
        tags = [(str(path), str(text or "")) for path, text in database.execute("select path, description from tags order by id")]
        rows = database.execute(_HIGHLIGHTS).fetchall()
        sizes = dict(database.execute("select id, length(cast(contents as blob)) from documents").fetchall())
    places = {key: i for i, (key, _) in enumerate(documents)}
    times: dict[tuple[int, str], int] = {}
    for _, document, highlight, start, end, tag in rows:
        _check_place(source.name, highlight, start, end, sizes[document] or 0)
        if tag:
            times[places[document], str(tag)] = times.get((places[document], str(tag)), 0) + 1
    split = paths([path for path, _ in tags], coded.separator)
    return Coding(
        file=source.name,
        path=source.path,
        layout="taguette",
        units=tuple(Unit(f"{name} ({key})", name) for key, name in documents),
        codes=tuple(Code(split[path], text.strip(), path) for path, text in tags),
        applied=tuple(Applied(unit, split[tag], "", n) for (unit, tag), n in times.items()),
        judged={"": frozenset(range(len(documents)))},
        rows=len(documents),
        texts={name: partial(_words, source, key) for key, name in documents},
    )


def _check_place(name: str, highlight: object, start: object, end: object, size: int) -> None:
    """Raises UserError for a place that no document of so many bytes, its marks of format counted in, can have: places are in bytes of its text."""
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= size):
        raise UserError(f"{name}: highlight {highlight} has no sound place (from {start} to {end})", "the project is damaged: export it again from Taguette")


def _words(source: Source, document: int) -> str | None:
    with _opened(source) as database:
        row = database.execute("select contents from documents where id = ? and length(contents) <= ?", (document, MOST_TEXT)).fetchone()
    return html.unescape(_TAG.sub(" ", str(row[0]))) if row and row[0] else None


@contextmanager
def _opened(source: Source) -> Iterator[sqlite3.Connection]:
    """The database, read only and without the right to run anything for longer than it takes. Raises UserError for one that is damaged or of something else."""
    import sqlite3

    damaged = UserError(f"{source.name}: the database is damaged", "export the project again from Taguette")
    until = time.monotonic() + _LONGEST
    try:
        with closing(sqlite3.connect(f"{source.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            database.execute("pragma trusted_schema = off")
            database.execute("pragma cell_size_check = on")
            database.set_progress_handler(lambda: time.monotonic() > until, 100_000)
            tables = {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
            if not tables >= _TABLES:
                what = "a QualCoder project" if {"code_text", "code_name"} <= tables else "an SQLite database, but no project of Taguette"
                raise UserError(f"{source.name}: is {what}", "export the codings as REFI-QDA (.qdpx) or as a table")
            yield database
    except (sqlite3.Error, UnicodeDecodeError, OverflowError, TypeError, ValueError, KeyError) as error:
        raise damaged from error
