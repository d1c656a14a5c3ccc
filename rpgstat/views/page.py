"""A result as a page for people: its view has the columns and sections; the title, the method and the remarks stand around them all alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rpgstat.glossary.sentences import listing, say
from rpgstat.media.chosen import chosen
from rpgstat.media.pages import Column, Notes, Page, Row, Section, Show, any_hidden, withheld_means
from rpgstat.media.style import PLAIN, Style
from rpgstat.result import Result, noted_once
from rpgstat.views import tables, view
from rpgstat.views.base import View
from rpgstat.views.rows import shown as shown_rows


def as_read(results: Sequence[Result]) -> list[Result]:
    """The results of a command in the order in which people read them: what answers the question first, then the others."""
    return noted_once(sorted(results, key=lambda result: not view(result.name).first))


def page(result: Result, show: Show = str, style: Style = PLAIN) -> Page:
    """Lay out a result; every string of the page went through `show`, and all text is on one line; numbers are written in `style`."""
    notes, shown = Notes(show, style), view(result.name)
    rows = shown_rows(result)
    columns, sections = _laid(result, rows, notes)
    legend = tuple(notes.clean(style.prose(words)) for words in _legend(shown, result, rows, style))
    sentences = tuple(shown.sentences(rows))
    told = (*sentences, result.method) if shown.first else (result.method, *sentences), result.notes
    before, after = (tuple(notes.clean(style.prose(words)) for words in part if words) for part in told)
    lead = notes.clean(shown.headline(result, style).words)
    headed = tuple(replace(column, header=notes.clean(column.header), over=_clean(column.over, notes)) for column in columns)
    return Page(
        result.name,
        notes.clean(result.title),
        headed,
        sections,
        tuple(notes.numbers),
        (*before, *legend, *after),
        legend,
        None if chosen(result) else shown.stacks,
        lead,
    )


def columns_of(result: Result, style: Style) -> tuple[Column, ...]:
    """The columns of a result's page, before they are made safe to show."""
    return _laid(result, shown_rows(result), Notes(str, style))[0]


def _laid(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    picked = chosen(result)
    return _picked(picked, result, rows, notes) if picked else view(result.name).table(result, rows, notes)


_PARTING = ("source", "reference", "wave", "by", "group", "measure", "area", "series", "question")
"""Columns that part rows into tables where they are not columns themselves."""


def _picked(names: Sequence[str], result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A plain table of the columns that were chosen; those that say what its rows are of part it, unless they are among them."""
    parting = tuple(key for key in _PARTING if key in result.frame.columns and key not in names)
    block = "battery" if "battery" in result.frame.columns and "battery" not in names else None
    return tables.lay_out(tables.Plan(tuple(names), parting, block, whole=True), result, rows, notes)


def _clean(over: str | int, notes: Notes) -> str | int:
    return notes.clean(over) if isinstance(over, str) else over


def _legend(shown: View, result: Result, rows: Sequence[Row], style: Style) -> Iterator[str]:
    """What the signs and cells of the table mean."""
    if rows:
        yield from shown.legend(result, rows, style)
    else:
        yield say("document.nothing")
    if any_hidden(rows, shown.hides):
        groups = shown.omitted(rows)
        yield f"{withheld_means()} {say('sign.altogether', groups=listing(groups))}" if groups else withheld_means()
