"""`trend`, `chart` and `events`: figures month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rpgstat.glossary.sentences import word
from rpgstat.media.pages import Row
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views import tables
from rpgstat.views.base import Beside, Figure, View
from rpgstat.views.series import course, headline, said

if TYPE_CHECKING:
    from rpgstat.media.picture.sheet import Sheet
    from rpgstat.media.terminal.plotter import Plotter


def _control_charts(result: Result, beside: Beside) -> Sheet:
    from rpgstat.media.picture.wanted import wanted
    from rpgstat.views.series import control_chart, lines

    return lines.sheet(result, beside) if wanted().layout == "lines" else control_chart.sheet(result, beside)


def _plot(result: Result, rows: Sequence[Row], plotter: Plotter, beside: Beside) -> Iterator[Any]:
    from rpgstat.views.series import plots

    return plots.chart(result, rows, plotter, beside)


def _in_points(what: str) -> Callable[[Result, Sequence[Row], Style], Iterator[str]]:
    """The notes that no line bears, and the unit of changes where a series is a share."""

    def legend(result: Result, rows: Sequence[Row], style: Style) -> Iterator[str]:
        yield from tables.legend(result, rows, style)
        yield from [word("in_points", what)] if result.options.get("shares") else []

    return legend


def _columns(_: Result, __: Sequence[Row], style: Style) -> Iterator[str]:
    yield course.explained(style)


def _sentences(rows: Sequence[Row]) -> Iterator[str]:
    yield from dict.fromkeys(row["sentence"] for row in rows)


_TREND = "series n first_value last_value slope slope_low..slope_high percent_per_year p_value p_adjusted conclusion"
_EVENTS = "series event period n level_change level_low..level_high p_level p_level_adjusted slope_change slope_low..slope_high p_slope p_slope_adjusted"

VIEWS = {
    "trend": View(
        "trend",
        tables.plain(_TREND),
        headline=headline.trend,
        legend=_in_points("slopes"),
        sentences=_sentences,
    ),
    "chart": View(
        "chart",
        course.lay_out,
        headline=headline.chart,
        legend=_columns,
        figure=Figure("charts", _control_charts, _plot, said.chart, said.events, high=4.6),
    ),
    "events": View(
        "events",
        tables.plain(_EVENTS),
        headline=headline.events,
        legend=_in_points("steps"),
        sentences=_sentences,
        first=True,
    ),
}
