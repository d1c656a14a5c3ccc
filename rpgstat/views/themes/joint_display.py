"""The figure of `joint`: what people said on the left, what they ticked on the right, how both go together at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import listing, say
from rpgstat.media.pages import Row, split
from rpgstat.media.picture.axis import Axis
from rpgstat.media.picture.colours import AGAINST, EARLIER, LATER
from rpgstat.media.picture.paper import INK, LABEL, QUIET, RULE, SMALL, WIDTH, Canvas, line_height, wrap
from rpgstat.media.picture.sheet import Band, Key, Sheet, legend, mark
from rpgstat.media.picture.sheet import Block as Rows
from rpgstat.media.style import used
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.rows import rows_of, values
from rpgstat.views.themes.joint_said import Place, Told, shared
from rpgstat.views.themes.joint_table import change_of, fit_of, values_of
from rpgstat.views.themes.share_bars import PITCH, name

_NAME, _TICKED, _DOTS, _CHANGE = 0.0, 3.22, 4.47, 5.28
"""Inches from the left: the theme, the statement, its means, its change."""

_SAID = Place(bars=1.66, end=2.34, talks=2.53, right=_TICKED - 0.03)
_FITS = {"differs": AGAINST, "silent": QUIET}


@record
class _Scales:
    """The scales of all statements; `axis` where they are one, `middle` its midpoint."""

    ends: tuple[tuple[float, float, float | None], ...]

    @property
    def one(self) -> bool:
        """Whether one axis stands over all of them."""
        return len(self.ends) == 1

    def axis(self, row: Row) -> Axis:
        """The axis of a statement; beside the ends of its own scale where there are several."""
        inset = 0.0 if self.one else 0.12
        return Axis(row["scale_low"], row["scale_high"], _DOTS + inset, _CHANGE - 0.12 - inset)


def sheet(result: Result) -> Sheet:
    """A block for each theme."""
    rows = rows_of(result)
    found = dict.fromkeys((row["scale_low"], row["scale_high"], row["midpoint"]) for row in rows if _on_scale(row))
    scales = _Scales(tuple(found))
    most = max((row[key] for row in rows for key in ("share_high", "share_reference_high") if row[key] is not None), default=1.0)
    told = Told(min(1.0, (int(most * 10) + 1) / 10), _SAID, shared(rows))
    head = _head(rows, scales, told)
    bands = tuple(_theme(result, list(own), scales, told) for _, own in split(rows, ("theme",)))
    return Sheet(text.one_line(result.title), (), _keys(rows), (Rows(head, bands, head),), tuple(_caption(result, rows)), width=WIDTH)


def _keys(rows: Sequence[Row]) -> tuple[Band, ...]:
    """The waves, each with how many wrote an answer and how many interviews there were."""
    earlier, later = values(rows, "reference"), [wave for wave in values(rows, "wave") if wave not in values(rows, "reference")]
    keys = [Key(_key(str(wave), rows), mark("o", EARLIER, filled=False)) for wave in earlier]
    keys += [Key(_key(str(wave), rows), mark("s", LATER)) for wave in later]
    return (legend(keys, most=3.6),) if keys else ()


def _key(wave: str, rows: Sequence[Row]) -> str:
    told = []
    for kind in ("answers", "interviews", "groups"):
        sources = {row["source"]: n for row in rows if row["kind"] == kind and (n := _units(row, wave))}
        told += [_counted(kind, n) for n in sources.values() if len(sources) == 1]
    return say("caption.joint_key", wave=wave, told=listing(told)) if told else wave


def _units(row: Row, wave: str) -> int | None:
    return row["n"] if row["wave"] == wave else row["n_reference"] if row["reference"] == wave else None


def _counted(kind: str, n: int) -> str:
    if kind == "answers":
        return say("caption.joint_wrote", n=text.count(n))
    return say("caption.joint_interviews", n, n=text.count(n)) if kind == "interviews" else say("caption.joint_groups", n, n=text.count(n))


def _head(rows: Sequence[Row], scales: _Scales, told: Told) -> Band:
    kinds = set(values(rows, "kind"))
    talks = [say("heading.interviews")] if "interviews" in kinds else []
    talks += [say("heading.focus_groups")] if "groups" in kinds else []
    mean = say("heading.mean_on", low=text.short(scales.ends[0][0]), high=text.short(scales.ends[0][1])) if scales.one else say("label.mean")
    columns = [(_NAME, say("heading.people_said")), (_TICKED, say("heading.ticked")), (_DOTS, mean if scales.ends else "")]
    columns += [(_SAID.bars, say("heading.open_answers"))] if "answers" in kinds else []

    def draw(canvas: Canvas, top: float) -> None:
        low = top + 0.09 + (0.14 if len(talks) > 1 else 0.0)
        for x, words in columns:
            canvas.text(x, low, words, SMALL, bold=True)
        for place, words in enumerate(talks):
            canvas.text(_SAID.talks, low - 0.14 * place, words, SMALL, bold=True)
        canvas.text(WIDTH - 0.03, low, say("heading.read_together"), SMALL, bold=True, align="right")
        if "answers" in kinds:
            told.draw_scale(canvas, low + 0.15)
        if scales.one:
            _ends(canvas, low + 0.15, scales)

    return Band(0.34 + (0.14 if len(talks) > 1 else 0.0), draw)


def _ends(canvas: Canvas, y: float, scales: _Scales) -> None:
    low, high, middle = scales.ends[0]
    axis = scales.axis({"scale_low": low, "scale_high": high})
    for value in (low, middle, high):
        if value is not None:
            canvas.text(axis.at(value), y, text.short(value), SMALL, align="center", colour=QUIET)


def _theme(result: Result, own: Sequence[Row], scales: _Scales, told: Told) -> Band:
    lines = wrap(name(own[0]), LABEL, _SAID.bars - 0.32, most=5)
    stated = [next(iter(found)) for (row,), found in split(own, ("row",)) if row is not None]
    texts = [wrap(str(row["statement"]), SMALL, _DOTS - _TICKED - 0.1, most=4) for row in stated]
    heights = [max(len(words) * line_height(SMALL), PITCH) + 0.08 for words in texts]
    sources = told.sources([next(iter(found)) for _, found in split(own, ("source",))])
    height = max(len(lines) * line_height(LABEL), told.height(sources), sum(heights)) + 0.1

    def draw(canvas: Canvas, top: float) -> None:
        canvas.line([0, WIDTH], [top, top], RULE, 0.6)
        canvas.lines(_NAME, top + 0.05, lines, LABEL)
        told.draw(canvas, sources, top + 0.05)
        canvas.text(WIDTH - 0.03, top + 0.05 + PITCH / 2, fit_of(own[0]), SMALL, bold=True, align="right", colour=_FITS.get(own[0]["fit"], INK))
        y = top + 0.05
        for row, words, tall in zip(stated, texts, heights, strict=True):
            canvas.lines(_TICKED, y, words, SMALL)
            _ticked(canvas, result, row, y + PITCH / 2, scales)
            y += tall
        if not stated:
            canvas.text(_TICKED, top + 0.05 + PITCH / 2, say("joint.no_statement"), SMALL, colour=QUIET)

    return Band(height, draw)


def _on_scale(row: Row) -> bool:
    return row["scale_low"] is not None and row["value"] is not None


def _ticked(canvas: Canvas, result: Result, row: Row, y: float, scales: _Scales) -> None:
    """The means of both waves on the scale, and the change; of what has no scale both figures."""
    canvas.text(_CHANGE + 0.02, y, change_of(result, row, used()), SMALL, colour=INK)
    if not _on_scale(row):
        canvas.text(_DOTS, y, values_of(result, row, used()), SMALL, colour=QUIET)
        return
    axis = scales.axis(row)
    canvas.line([axis.left, axis.right], [y, y], RULE, 0.8)
    if row["midpoint"] is not None:
        canvas.line([axis.at(row["midpoint"])] * 2, [y - 0.08, y + 0.08], INK, 0.8, dashes=(2.0, 1.5))
    if not scales.one:
        canvas.text(axis.left - 0.03, y, text.short(axis.low), SMALL, align="right", colour=QUIET)
        canvas.text(axis.right + 0.03, y, text.short(axis.high), SMALL, colour=QUIET)
    if row["value_reference"] is not None:
        canvas.line([axis.at(row["value_reference"]), axis.at(row["value"])], [y, y], QUIET, 1.6)
        canvas.mark(axis.at(row["value_reference"]), y, "o", EARLIER, filled=False)
    canvas.mark(axis.at(row["value"]), y, "s", LATER, filled=row["conclusion"] in ("higher", "lower") or row["value_reference"] is None)


def _caption(result: Result, rows: Sequence[Row]) -> Iterator[str]:
    level = used().prose(text.confidence(result.options.get("alpha", 0.05)))
    if any(row["share"] is not None or row["share_reference"] is not None for row in rows):
        yield say("caption.joint_bars", level=level)
    if any(row["kind"] != "answers" for row in rows):
        yield say("caption.joint_talks")
    if any(map(_on_scale, rows)):
        yield say("caption.joint_means")
    yield from map(used().prose, result.notes[:1])
