"""The figure and the words of `timeline`: a row for each lane, a bar or a point for each moment, along the years."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rpgstat import text
from rpgstat.glossary import label
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, split
from rpgstat.media.picture.colours import EARLIER, LATER
from rpgstat.media.picture.paper import INK, LABEL, QUIET, RULE, SMALL, WIDTH, line_height, measure, wrap
from rpgstat.media.picture.sheet import Band, Sheet, space
from rpgstat.media.picture.sheet import Block as Rows
from rpgstat.media.style import Style
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.headlines import Headline, made
from rpgstat.views.rows import rows_of

_LEFT, _RIGHT = 1.35, WIDTH - 0.1
_BAR, _PITCH, _GAP = 0.11, 0.21, 0.07  # inches: a bar, a row, between the mark and its words


@record
class Span:
    """When something was, in years with fractions; `point` where it is known to the month or day and was at one time."""

    start: float
    end: float
    point: bool


def span(first: str, last: str) -> Span:
    """The time from the beginning of the first period to the end of the last.

    >>> span("2016", "2016"), span("2016-07", "2016-12")
    (Span(start=2016.0, end=2017.0, point=False), Span(start=2016.5, end=2017.0, point=False))
    """
    start, end = _edge(first, 0), _edge(last, 1)
    return Span(start, end, point=first == last and len(first) > 4)


def _edge(date: str, after: int) -> float:
    """The beginning of a period, or its end, in years: months as twelfths, days as parts of their month."""
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    if not month:
        return float(year + after)
    if not day:
        return year + (month - 1 + after) / 12
    return year + (month - 1 + (day - 1 + after) / calendar.monthrange(year, month)[1]) / 12


def when(first: str, last: str) -> str:
    """The time in words.

    >>> when("2016-11", "2017-02"), when("2016", "2016")
    ('Nov 2016 to Feb 2017', '2016')
    """
    return moment(first) if first == last else say("number.span", low=moment(first), high=moment(last))


def moment(date: str) -> str:
    """A year, a month or a day in words."""
    year, *rest = date.split("-")
    if not rest:
        return year
    month = word("month", rest[0])
    return say("timeline.day", day=int(rest[1]), month=month, year=year) if len(rest) > 1 else say("time.month", month=month, year=year)


def told(row: Row) -> str:
    """What it was, and how many answered."""
    what = text.one_line(row["text"])
    if row["returned"] is None:
        return what
    counts = {"what": what, "returned": text.count(row["returned"])}
    return say("timeline.answered", **counts, invited=text.count(row["invited"])) if row["invited"] is not None else say("timeline.returned", **counts)


def lay_out(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A block for each lane, a line for each moment."""
    style = notes.style
    counted = any(row["returned"] is not None for row in rows)
    columns = [Column("first", say("heading.when"), "left", lambda row: when(row["first"], row["last"]))]
    columns.append(Column("text", label(result.name, "text"), "left", lambda row: str(row["text"])))
    if counted:
        for key in ("invited", "returned", "rate"):
            columns.append(Column(key, label(result.name, key), "right", _number(key, style)))

    def line(row: Row) -> Line:
        return Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, notes.marks(row, "text"))

    blocks = tuple(Block(notes.clean(str(lane)), tuple(map(line, own))) for (lane,), own in split(rows, ("lane",)))
    return tuple(columns), (Section((), blocks),) if rows else ()


def _number(key: str, style: Style) -> Any:
    kind = "rate" if key == "rate" else "count"
    return lambda row: "" if row[key] is None else style.cell(kind, row[key])


def headline(result: Result, _: Style) -> Headline:
    """How many moments there are, and over what time."""
    rows = result.rows
    if not rows:
        return Headline()
    first, last = min(row["first"] for row in rows), max(row["last"] for row in rows)
    told = {"n": text.count(len(rows)), "first": moment(first), "last": moment(last)}
    return made([say("timeline.headline", 1 if first == last else 2, **told)], [say("title.timeline_span", 1 if first == last else 2, **told)])


def sheet(result: Result) -> Sheet:
    """A band for each lane, and the years below."""
    rows = rows_of(result)
    spans = [span(row["first"], row["last"]) for row in rows]
    low, high = min(one.start for one in spans), max(one.end for one in spans)
    axis = _Axis(*_widened(low, high))
    bands = tuple(_lane(str(lane), list(own), axis) for lane, own in groupby(rows, key=lambda row: row["lane"]))
    return Sheet(text.one_line(result.title), (), (), (Rows(space(0), (*bands, _years(axis)), space(0)),), (), width=WIDTH)


def _widened(low: float, high: float) -> tuple[float, float]:
    """A little room on both sides, so that no mark stands on the edge."""
    room = max((high - low) * 0.03, 0.04)
    return low - room, high + room


@record
class _Axis:
    low: float
    high: float

    def at(self, time: float) -> float:
        """Inches from the left."""
        return _LEFT + (time - self.low) / (self.high - self.low) * (_RIGHT - _LEFT)

    def marks(self) -> list[tuple[float, str]]:
        """Where lines stand, and what they are called: years, or quarters of a short time, every second or fifth of many."""
        if self.high - self.low < 2:
            quarters = [year + q / 4 for year in range(int(self.low), int(self.high) + 1) for q in range(4)]
            return [(at, say("time.month", month=word("month", f"{int(at % 1 * 12) + 1:02d}"), year=int(at))) for at in quarters if self.low <= at <= self.high]
        years = range(int(self.low) + 1, int(self.high) + 1)
        step = next(step for step in (1, 2, 5, 10, 25, 100) if len(years) / step <= 10)
        return [(float(year), str(year)) for year in years if year % step == 0]


def _lane(name: str, rows: Sequence[Row], axis: _Axis) -> Band:
    heads = wrap(text.one_line(name), LABEL, _LEFT - 0.15, bold=True, most=4)
    set_rows = [(row, *_set(row, axis)) for row in rows]
    heights = [max(_PITCH, len(lines) * line_height(SMALL) + 0.06) for _, lines, _, _ in set_rows]
    height = max(sum(heights), len(heads) * line_height(LABEL)) + 0.14

    def draw(canvas: Any, top: float) -> None:
        for at, _ in axis.marks():
            canvas.line([axis.at(at)] * 2, [top, top + height], RULE, 0.5, above=False)
        canvas.line([0, WIDTH], [top + height] * 2, RULE, 0.6)
        canvas.lines(0.0, top + 0.09, heads, LABEL, bold=True)
        y = top + 0.07
        for (row, lines, x, align), tall in zip(set_rows, heights, strict=True):
            _mark(canvas, span(row["first"], row["last"]), axis, y + tall / 2)
            for i, words in enumerate(lines):
                canvas.text(x, y + tall / 2 + (i - (len(lines) - 1) / 2) * line_height(SMALL), words, SMALL, align=align, colour=INK)
            y += tall

    return Band(height, draw)


def _set(row: Row, axis: _Axis) -> tuple[list[str], float, Any]:
    """The words of a moment in lines, where they stand, and which way: right of its mark where there is room, else left, on lines where neither has enough."""
    one, words = span(row["first"], row["last"]), told(row)
    left, right = (axis.at((one.start + one.end) / 2),) * 2 if one.point else (axis.at(one.start), axis.at(one.end))
    gap = _GAP + 0.05 if one.point else _GAP
    need, after, before = measure(words, SMALL), WIDTH - right - gap - 0.05, left - gap - 0.05 - _LEFT
    if need <= after or after >= before:
        return wrap(words, SMALL, max(after, 0.8)), right + gap, "left"
    return wrap(words, SMALL, before), left - gap, "right"


def _mark(canvas: Any, one: Span, axis: _Axis, y: float) -> None:
    if one.point:
        canvas.mark(axis.at((one.start + one.end) / 2), y, "D", EARLIER, size=5.0)
    else:
        left = axis.at(one.start)
        canvas.box(left, y - _BAR / 2, max(axis.at(one.end) - left, 0.04), _BAR, LATER)


def _years(axis: _Axis) -> Band:
    def draw(canvas: Any, top: float) -> None:
        for at, words in axis.marks():
            canvas.line([axis.at(at)] * 2, [top, top + 0.05], RULE, 0.5)
            canvas.text(axis.at(at), top + 0.13, words, SMALL, align="center", colour=QUIET)

    return Band(0.22, draw)


def plot(rows: Sequence[Row], plotter: Any) -> Iterator[Any]:
    """The same in characters: a row for each moment, its time drawn between the first and the last."""
    from rpgstat.media.terminal.plotter import BLUE, PLOT

    from rich.text import Text  # isort: skip

    spans = [span(row["first"], row["last"]) for row in rows]
    low, high = min(one.start for one in spans), max(one.end for one in spans)
    for lane, own in groupby(zip(rows, spans, strict=True), key=lambda pair: pair[0]["lane"]):
        found = list(own)
        yield plotter.heading(str(lane))
        widest = max(len(when(row["first"], row["last"])) for row, _ in found)
        grid, room = plotter.grid([("", widest, "left"), PLOT], [told(row) for row, _ in found])
        for row, one in found:
            start = min(round((one.start - low) / (high - low) * room), room - 1)
            length = max(round((one.end - one.start) / (high - low) * room), 1)
            drawn = " " * start + ("◆" if one.point else "▇" * length)
            grid.add_row(plotter.text(told(row)), plotter.text(when(row["first"], row["last"])), plotter.cell(Text(drawn, style=BLUE)))
        yield grid
