"""`workforce` and `rates_trend`: rates by period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rpgstat.media.pages import Row
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.base import Beside, Figure, View
from rpgstat.views.rates import headline, periods_table, said

if TYPE_CHECKING:
    from rpgstat.media.picture.sheet import Sheet
    from rpgstat.media.terminal.plotter import Plotter


def _multiples(result: Result, _: Beside) -> Sheet:
    from rpgstat.views.rates import small_multiples

    return small_multiples.sheet(result)


def _plot(result: Result, rows: Sequence[Row], plotter: Plotter, beside: Beside) -> Iterator[Any]:
    from rpgstat.views.rates import plots

    return plots.workforce(result, rows, plotter, beside)


def _explained(result: Result, rows: Sequence[Row], style: Style) -> Iterator[str]:
    yield periods_table.explained(result, rows, style)


def _unit(result: Result, rows: Sequence[Row], _: Style) -> Iterator[str]:
    yield periods_table.in_points(result, rows)


VIEWS = {
    "workforce": View(
        "workforce",
        periods_table.lay_out,
        headline=headline.workforce,
        block="measure",
        legend=_explained,
        sentences=periods_table.sentences,
        figure=Figure("multiples", _multiples, _plot, said.workforce),
    ),
    "rates_trend": View("rates_trend", periods_table.lay_out_trend, headline=headline.trend, legend=_unit),
}
