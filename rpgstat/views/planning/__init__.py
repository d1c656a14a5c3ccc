"""`plan` and `curve`: what the next wave is able to find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rpgstat.media.pages import Row
from rpgstat.result import Result
from rpgstat.views import tables
from rpgstat.views.base import Beside, Figure, View
from rpgstat.views.planning import said, table

if TYPE_CHECKING:
    from rpgstat.media.picture.sheet import Sheet
    from rpgstat.media.terminal.plotter import Plotter


def _curves(result: Result, beside: Beside) -> Sheet:
    from rpgstat.views.planning import curves

    return curves.sheet(result, beside)


def _plot(_: Result, __: Sequence[Row], plotter: Plotter, beside: Beside) -> Iterator[Any]:
    from rpgstat.views.planning import curves

    return curves.plot(plotter, beside)


VIEWS = {
    "plan": View(
        "plan",
        table.plan,
        legend=tables.legend,
        headline=said.headline,
        sentences=said.below,
        figure=Figure("curves", _curves, _plot, said.lead),
    ),
    "curve": View("curve", table.curve),
}
