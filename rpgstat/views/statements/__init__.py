"""`score` and `compare`: statements and their batteries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.base import Beside, Figure, View
from rpgstat.views.statements import columns, headline, said, screen

if TYPE_CHECKING:
    from rpgstat.media.picture.sheet import Sheet
    from rpgstat.media.terminal.plotter import Plotter


def _bars(result: Result, _: Beside) -> Sheet:
    from rpgstat.views.statements import bars

    return bars.sheet(result)


def _pairs(result: Result, _: Beside) -> Sheet:
    from rpgstat.views.statements import courses, pairs

    return courses.sheet(result) if courses.fits(result) else pairs.sheet(result)


def _plot(result: Result, rows: Sequence[Row], plotter: Plotter, beside: Beside) -> Iterator[Any]:
    from rpgstat.views.statements import plots

    return (plots.score if result.name == "score" else plots.compare)(result, rows, plotter, beside)


def _signs(_: Result, rows: Sequence[Row], style: Style) -> Iterator[str]:
    yield say("legend.ranked")
    yield from columns.legend(rows, style)


VIEWS = {
    "score": View("score", columns.lay_out, headline=headline.score, figure=Figure("bars", _bars, _plot, said.score), stacks=screen.SCORE),
    "compare": View(
        "compare",
        columns.lay_out,
        headline=headline.compare,
        legend=_signs,
        figure=Figure("means", _pairs, _plot),
        stacks=screen.COMPARE,
        omitted=columns.wholly_withheld,
    ),
}
