"""`trend_waves` and `transitions`: how statements go over three waves or more, and how people moved between two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rpgstat.media.pages import Column, Notes, Row, Section
from rpgstat.result import Result
from rpgstat.views import tables
from rpgstat.views.base import Beside, Figure, View
from rpgstat.views.trend import headline, moves_table

if TYPE_CHECKING:
    from rpgstat.media.picture.sheet import Sheet
    from rpgstat.media.terminal.plotter import Plotter


_SLOPES = tables.plain("text wave_means n slope slope_low..slope_high p_value p_adjusted departure_p conclusion", block="battery")
_ORDERED = tables.plain("text wave_means n slope slope_low..slope_high p_value p_adjusted departure_p tau conclusion", block="battery")
_ODDS = tables.plain("text wave_means n slope slope_low..slope_high odds_ratio odds_low..odds_high p_value p_adjusted assumption_p conclusion", block="battery")
_TABLES = {"lbl": _ORDERED, "jonckheere": _ORDERED, "ordinal": _ODDS}
"""Beside the slope what the test asked for adds; statistic and df are in the data formats."""


def _table(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    return _TABLES.get(result.options["method"], _SLOPES)(result, rows, notes)


def _lines(result: Result, _: Beside) -> Sheet:
    from rpgstat.views.trend import lines

    return lines.sheet(result)


def _plot(result: Result, rows: Sequence[Row], plotter: Plotter, _: Beside) -> Iterator[Any]:
    from rpgstat.views.trend import lines

    return lines.plot(result, rows, plotter)


def _grids(result: Result, beside: Beside) -> Sheet:
    from rpgstat.views.trend import moves

    return moves.sheet(result, beside)


def _plot_moves(_: Result, rows: Sequence[Row], plotter: Plotter, __: Beside) -> Iterator[Any]:
    from rpgstat.views.trend import moves

    return moves.plot(rows, plotter)


VIEWS = {
    "trend_waves": View("trend_waves", _table, headline=headline.trend, legend=tables.legend, figure=Figure("lines", _lines, _plot)),
    "transitions": View(
        "transitions",
        moves_table.lay_out,
        headline=headline.moves,
        figure=Figure("moves", _grids, _plot_moves),
        asked=True,
    ),
}
