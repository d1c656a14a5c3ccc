"""`breakdown` and the tests beside it: groups side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Column, Notes, Row, Section
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views import intervals, tables
from rpgstat.views.base import Beside, Figure, View
from rpgstat.views.groups import headline, matrix, said

if TYPE_CHECKING:
    from rpgstat.media.picture.sheet import Sheet
    from rpgstat.media.terminal.plotter import Plotter


def _heat_map(result: Result, _: Beside) -> Sheet:
    from rpgstat.views.groups import heat_map

    return heat_map.sheet(result)


def _plot(result: Result, rows: Sequence[Row], plotter: Plotter, beside: Beside) -> Iterator[Any]:
    from rpgstat.views.groups import plots

    return plots.breakdown(result, rows, plotter, beside)


def _marks(_: Result, rows: Sequence[Row], style: Style) -> Iterator[str]:
    yield matrix.legend(rows, style)
    yield from [text.sentence(say("row.no_rest"))] if matrix.untested(rows) else []


def _omnibus(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    if headline.over_waves(result):
        return tables.plain(_OVER_WAVES, block="battery")(result, rows, notes)
    return tables.plain(_OMNIBUS, "wave by", "battery")(result, rows, notes)


_OMNIBUS = "text groups n f_statistic df1 df2 p_value omega_squared h_statistic h_p_value epsilon_squared"
_OVER_WAVES = "text n f_statistic df1 df2 p_value h_statistic h_p_value"


def _points() -> str:
    return say("axis.difference")


_PAIRS = intervals.Plan(
    ("wave", "battery", "text"), lambda row: f"{row['group']} − {row['other']}", "estimate", ("conf_low", "conf_high"), zero=True, unit=_points
)

VIEWS = {
    "breakdown": View(
        "breakdown",
        matrix.lay_out,
        headline=headline.breakdown,
        legend=_marks,
        hides=("mean",),
        figure=Figure("heat_map", _heat_map, _plot, said.breakdown),
    ),
    "interaction": View(
        "interaction",
        tables.plain("text groups f_statistic df1 df2 p_value", "reference wave by", "battery"),
        headline=headline.differences,
        legend=tables.legend,
    ),
    "omnibus": View("omnibus", _omnibus, headline=headline.differences, legend=tables.legend, on_request=True),
    "post_hoc": View(
        "post_hoc",
        tables.plain("text group other estimate conf_low..conf_high p_adjusted", "wave by", "battery"),
        headline=headline.pairs,
        legend=tables.legend,
        figure=intervals.figure("differences", _PAIRS),
    ),
}
