"""`topline`: what people answered to every question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rpgstat.media.pages import Row
from rpgstat.result import Result
from rpgstat.views import tables
from rpgstat.views.base import Beside, Figure, View
from rpgstat.views.questions import people, said, screen, table

if TYPE_CHECKING:
    from rpgstat.media.picture.sheet import Sheet
    from rpgstat.media.terminal.plotter import Plotter


def _bars(result: Result, beside: Beside) -> Sheet:
    from rpgstat.views.questions import bars

    return bars.sheet(result, beside)


def _plot(result: Result, rows: Sequence[Row], plotter: Plotter, beside: Beside) -> Iterator[Any]:
    from rpgstat.views.questions import bars

    return bars.plot(result, rows, plotter, beside)


VIEWS = {
    "topline": View(
        "topline",
        table.lay_out,
        headline=said.headline,
        legend=table.legend,
        sentences=said.changes,
        figure=Figure("answers", _bars, _plot),
        stacks=screen.SCREEN,
        hides=("share", "count"),
    ),
    "people": View("people", people.lay_out, headline=people.headline, hides=("n",)),
    "benchmarks": View(
        "benchmarks",
        tables.plain("option text n share n_published share_published difference difference_low..difference_high p_value conclusion", "wave organisation"),
        headline=said.beside,
        legend=tables.legend,
    ),
    "benchmark_means": View(
        "benchmark_means",
        tables.plain("option text n mean n_published mean_published sd_published estimate conf_low..conf_high p_value conclusion", "wave organisation"),
        headline=said.beside_means,
        legend=tables.legend,
    ),
}
