"""A result as a page for people: each result has its columns and sections; the title, the method and the remarks stand around them all alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rpgstat import text
from rpgstat.glossary import NO_REST
from rpgstat.render import _chart, _matrix, _rates, _statements, _tables
from rpgstat.render._frame import shown
from rpgstat.render._model import WITHHELD_MEANS, Column, Notes, Page, Row, Section, Show, any_hidden
from rpgstat.render._style import PLAIN, Style
from rpgstat.result import Result

_OWN: dict[str, Callable[[Result, Sequence[Row], Notes], tuple[tuple[Column, ...], tuple[Section, ...]]]] = {
    "score": _statements.lay_out,
    "compare": _statements.lay_out,
    "breakdown": _matrix.lay_out,
    "chart": _chart.lay_out,
    "workforce": _rates.lay_out,
    "rates_trend": _rates.lay_out_trend,
}


def as_read(results: Sequence[Result]) -> list[Result]:
    """The results of a command in the order in which people read them: what changed at events, the question of an evaluation, comes first."""
    return sorted(results, key=lambda result: result.name != "events")


def page(result: Result, show: Show = str, style: Style = PLAIN) -> Page:
    """Lay out a result; every string of the page went through `show`, and all text is on one line; numbers are written in `style`."""
    notes = Notes(show, style)
    rows = shown(result)
    columns, sections = _OWN.get(result.name, _tables.lay_out)(result, rows, notes)
    legend = tuple(notes.clean(style.prose(words)) for words in _legend(result, rows, style))
    before, after = (tuple(notes.clean(style.prose(words)) for words in told if words) for told in (_first(result, rows), result.notes))
    headed = tuple(replace(column, header=notes.clean(column.header), over=_clean(column.over, notes)) for column in columns)
    return Page(result.name, notes.clean(result.title), headed, sections, tuple(notes.numbers), (*before, *legend, *after), legend)


def _clean(over: str | int, notes: Notes) -> str | int:
    return notes.clean(over) if isinstance(over, str) else over


def _first(result: Result, rows: Sequence[Row]) -> tuple[str, ...]:
    """Method and sentences; of events the sentences come first."""
    sentences = tuple(_sentences(result, rows))
    return (*sentences, result.method) if result.name == "events" else (result.method, *sentences)


def _sentences(result: Result, rows: Sequence[Row]) -> Iterator[str]:
    """What the rows say in words."""
    if result.name == "workforce":
        yield from _rates.sentences(rows)
    elif result.name == "trend":
        yield from (row["sentence"] for row in rows)
    elif result.name == "events":
        yield from dict.fromkeys(row["sentence"] for row in rows)


def _legend(result: Result, rows: Sequence[Row], style: Style) -> Iterator[str]:
    """What the signs and cells of the table mean."""
    if not rows:
        yield "There is nothing to show: the result has no rows."
    elif result.name == "compare":
        yield _statements.RANKED
        yield from _statements.legend(rows, style)
    elif result.name == "breakdown":
        yield _matrix.legend(rows, style)
        yield from [text.sentence(NO_REST)] if _matrix.untested(rows) else []
    elif result.name == "chart":
        yield _chart.explained(style)
    elif result.name == "workforce":
        yield _rates.explained(result, rows, style)
    elif result.name == "rates_trend":
        yield _rates.in_points(result, rows)
    elif result.name not in _OWN:
        yield from map(text.sentence, _tables.told_once(rows))
    if result.name in _tables.IN_POINTS and result.options.get("shares"):
        yield _tables.IN_POINTS[result.name]
    if any_hidden(rows, ("mean",) if result.name == "breakdown" else ()):
        groups = _statements.wholly_withheld(rows) if result.name == "compare" else []
        yield f"{WITHHELD_MEANS} Withheld altogether: {text.listing(groups)}." if groups else WITHHELD_MEANS
