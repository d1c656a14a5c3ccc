"""Excel: what people read, then a sheet for each result, typed and unrounded, notes and what columns mean; no formula, no link, no merged cell."""

from __future__ import annotations

import io
import json
import math
import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary import COLUMNS, SIGNED, Kind, label
from rpgstat.glossary.languages import draft
from rpgstat.glossary.sentences import say, word
from rpgstat.media import reading_sheet, stamp
from rpgstat.media.chosen import chosen
from rpgstat.media.document import Document
from rpgstat.media.pages import WITHHELD, Row, any_hidden, hidden, withheld_means
from rpgstat.media.paint import Paint, safe
from rpgstat.media.style import Style, number_format
from rpgstat.result import Input, Result

_NO_NAME = re.compile(r"\W")
_WIDEST = 60
_PAPER = 190  # characters that a landscape page still shows legibly
_WORDS = frozenset({"text", "words", "counts", "means"})
_HEADER_ROW = 2


def render(results: Sequence[Result], style: Style, read: Document | None = None, leads: Sequence[str] = ()) -> bytes:
    """The results as a workbook, first as they are `read`, then each with what is found, `leads`, over its table.

    Text from the data is typed as text, so that none of it can run or link.
    """
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    drawn = io.BytesIO()
    with xlsxwriter.Workbook(drawn, options) as book:
        title = next((result.title for result in results), "")
        created = stamp.date().replace(tzinfo=None)
        book.set_properties({"title": safe(title), "author": stamp.PROGRAM, "comments": stamp.comment(results), "created": created})
        book.set_size(2400, 1400)
        paint = Paint(book, style)
        if read is not None:
            reading_sheet.write(paint, read)
            _table_sheet(
                paint, say("sheet.contents"), say("sheet.contents"), (say("sheet.sheet"), say("sheet.holds"), say("sheet.rows")), list(_contents(results))
            )
        for number, result in enumerate(results, start=1):
            _result_sheet(paint, result, number, leads[number - 1] if leads else "")
        notes, columns = say("sheet.notes"), say("sheet.columns")
        _table_sheet(paint, notes, notes, (say("sheet.sheet"), COLUMNS["note"].label), list(_notes(results)))
        heads = (say("sheet.sheet"), say("sheet.column"), say("sheet.name"), say("sheet.unit"), say("sheet.meaning"))
        _table_sheet(paint, columns, say("sheet.what_columns_mean"), heads, list(_columns(results)))
    return drawn.getvalue()


def _result_sheet(paint: Paint, result: Result, number: int, lead: str) -> None:
    rows = result.finite_rows
    names = chosen(result) or [name for name in result.frame.columns if name in ("battery", "text", "note") or any(row[name] is not None for row in rows)]
    sheet = _begin(paint, result.name, say("sheet.title", n=number, title=result.title), " ".join(filter(None, (safe(lead), _legend(paint.style, rows)))))
    headers = [_header(result, name) for name in names]
    _head(paint, sheet, result.name, headers, [COLUMNS[name].kind in _WORDS for name in names], len(rows))
    for place, row in enumerate(rows, start=_HEADER_ROW + 1):
        bold = "item" in row and row["item"] is None
        for column, name in enumerate(names):
            if row[name] is None:
                _put_symbol(paint, sheet, (place, column), _symbol(paint.style, name, row), words=COLUMNS[name].kind in _WORDS, bold=bold)
            else:
                _put(paint, sheet, (place, column), row[name], result.kind(name, row), bold=bold, signed=name in SIGNED)
    widths = [_width(header, [row[name] for row in rows], COLUMNS[name].kind) for header, name in zip(headers, names, strict=True)]
    _set_widths(sheet, headers, widths)
    if "text" in names:
        sheet.repeat_columns(0, names.index("text"))


def _begin(paint: Paint, name: str, title: str, told: str) -> Any:
    sheet = paint.book.add_worksheet(name)
    sheet.write_string(0, 0, safe(title), paint.title)
    sheet.write_string(1, 0, told)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(_HEADER_ROW)
    if paint.style.name != "gss":  # a screen reader may lose the rest of a sheet whose panes are frozen
        sheet.freeze_panes(_HEADER_ROW + 1, 0)
    return sheet


def _set_widths(sheet: Any, headers: Sequence[str], widths: Sequence[float]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    lines = max(len(textwrap.wrap(header, int(width) - 2)) for header, width in zip(headers, widths, strict=True))
    sheet.set_row(_HEADER_ROW, 15 * lines + 4)
    sheet.fit_to_pages(math.ceil(sum(widths) / _PAPER), 0)


def _head(paint: Paint, sheet: Any, name: str, headers: Sequence[str], words: Sequence[bool], rows: int) -> None:
    """The header, marked as that of a table, so that a screen reader can name the column of each cell."""
    if rows:
        columns = [{"header": header} for header in headers]
        options = {"name": f"table_{re.sub(_NO_NAME, '_', name.lower())}", "autofilter": False, "style": None, "columns": columns}
        sheet.add_table(_HEADER_ROW, 0, _HEADER_ROW + rows, len(headers) - 1, options)
    for column, (header, is_words) in enumerate(zip(headers, words, strict=True)):
        sheet.write_string(_HEADER_ROW, column, header, paint.header if is_words else paint.number_header)


def _put_symbol(paint: Paint, sheet: Any, place: tuple[int, int], symbol: str, *, words: bool, bold: bool) -> None:
    if symbol:
        sheet.write_string(*place, symbol, paint.format("" if words else "@", bold=bold))


def _put(paint: Paint, sheet: Any, place: tuple[int, int], value: Any, kind: Kind, *, bold: bool, signed: bool) -> None:
    if kind in _WORDS:
        words = _words(value)
        sheet.write_string(*place, safe(words), paint.format(bold=bold))
    elif math.isfinite(value):
        sheet.write_number(*place, value, paint.format(number_format(paint.style, kind, value, signed=signed), bold=bold))


def _words(value: Any) -> str:
    """A value that is no number as text; of several numbers as many digits as anybody reads."""
    if isinstance(value, str):
        return value
    short = [round(one, 4) if isinstance(one, float) else one for one in value] if isinstance(value, list) else value
    return json.dumps(short, ensure_ascii=False)


def _symbol(style: Style, name: str, row: Row) -> str:
    """What stands for a value that is not there; nothing, where only the style of government statistics wants a sign."""
    words = COLUMNS[name].kind in _WORDS
    if hidden(row, name) and not words:
        return WITHHELD
    if style.name != "gss":
        return ""
    return "[z]" if words else "[x]"


def _legend(style: Style, rows: Sequence[Row]) -> str:
    signs = [withheld_means()] if any_hidden(rows) else []
    empty = say("sheet.empty_gss") if style.name == "gss" else say("sheet.empty")
    return " ".join([say("sheet.one_table"), *signs, empty, say("sheet.see_notes", notes=say("sheet.notes"), columns=say("sheet.columns"))])


def _header(result: Result, name: str) -> str:
    """The label of a column, unique in its sheet as a table's headers have to be."""
    shown = label(result.name, name)
    twins = [other for other in result.frame.columns if label(result.name, other) == shown]
    return shown if twins[0] == name else f"{shown} ({name})"


def _width(header: str, values: Iterable[Any], kind: str) -> float:
    words = max(map(len, header.split()), default=0)
    if kind not in _WORDS:
        return max(words, 9) + 2
    longest = max((len(_words(value)) for value in values if value is not None), default=0)
    return max(min(longest, _WIDEST), words, 9) + 2


def _table_sheet(paint: Paint, name: str, title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet = _begin(paint, name, title, say("sheet.one_table"))
    _head(paint, sheet, name, headers, [True] * len(headers), len(rows))
    for place, row in enumerate(rows, start=_HEADER_ROW + 1):
        for column, words in enumerate(row):
            sheet.write_string(place, column, safe(words), paint.format())
    _set_widths(sheet, headers, [max(min(max((len(row[i]) for row in rows), default=0), 100), len(header)) + 2 for i, header in enumerate(headers)])


def _contents(results: Sequence[Result]) -> Iterable[tuple[str, str, str]]:
    """Every sheet, what it holds, and how many rows of results."""
    yield say("sheet.page"), say("sheet.page_holds"), ""
    yield from ((result.name, result.title, text.count(result.frame.height)) for result in results)
    yield say("sheet.notes"), say("sheet.notes_hold"), ""
    yield say("sheet.columns"), say("sheet.what_columns_mean"), ""


def _notes(results: Sequence[Result]) -> Iterable[tuple[str, str]]:
    for result in results:
        yield from ((result.name, note) for note in (result.method, *result.notes) if note not in ("", draft()))
    for given in stamp.sources(results):
        yield say("sheet.all"), _input(given)
    yield say("sheet.all"), say("sheet.made", program=stamp.PROGRAM)


def _input(given: Input) -> str:
    known = {"name": given.name, "rows": text.count(given.rows), "sha256": given.sha256}
    if given.engine is not None:
        return say("sheet.input_in_table", given.rows, **known, engine=given.engine)
    if given.parts is None:
        return say("sheet.input", given.rows, **known)
    return say("sheet.input_in_parts", given.rows, **known, parts=text.count(given.parts))


def _columns(results: Sequence[Result]) -> Iterable[tuple[str, ...]]:
    for result in results:
        for name in result.frame.columns:
            entry = COLUMNS[name]
            yield result.name, _header(result, name), name, word("unit", entry.unit) if entry.unit else "", entry.meaning
