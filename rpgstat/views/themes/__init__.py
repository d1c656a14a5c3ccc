"""`themes` and what goes with it: what people said, the code book, themes on the same answers, and how far coders agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rpgstat.media.pages import Row
from rpgstat.result import Result
from rpgstat.views import tables
from rpgstat.views.base import Beside, Figure, View
from rpgstat.views.themes import headline, joint_table, said, shares_table

if TYPE_CHECKING:
    from rpgstat.media.picture.sheet import Sheet
    from rpgstat.media.terminal.plotter import Plotter


def _bars(result: Result, _: Beside) -> Sheet:
    from rpgstat.views.themes import share_bars

    return share_bars.sheet(result, ())


def _plot(result: Result, rows: Sequence[Row], plotter: Plotter, beside: Beside) -> Iterator[Any]:
    from rpgstat.views.themes import plots

    return plots.themes(result, rows, plotter, beside)


def _joint(result: Result, _: Beside) -> Sheet:
    from rpgstat.views.themes import joint_display

    return joint_display.sheet(result)


def _joint_plot(_: Result, rows: Sequence[Row], plotter: Plotter, __: Beside) -> Iterator[Any]:
    from rpgstat.views.themes import plots

    return plots.joint(rows, plotter)


VIEWS = {
    "themes": View(
        "themes",
        shares_table.lay_out,
        headline=headline.themes,
        legend=shares_table.legend,
        sentences=said.changes,
        figure=Figure("themes", _bars, _plot),
        first=True,
        hides=("mentions",),
    ),
    "codebook": View("codebook", tables.plain("code parent valence text sources units codings", "", "theme"), legend=tables.legend),
    "together": View("together", tables.plain("theme other mentions mentions_other both expected jaccard", "source wave"), legend=tables.legend),
    "quotes": View("quotes", tables.plain("quote speaker wave found", "", "theme"), headline=headline.quotes, legend=tables.legend),
    "agreement": View(
        "agreement",
        shares_table.lay_out_agreement,
        headline=headline.agreement,
        legend=tables.legend,
        sentences=said.coders,
    ),
    "joint": View(
        "joint",
        joint_table.lay_out,
        headline=headline.joint,
        block="theme",
        sentences=joint_table.sentences,
        figure=Figure("joint", _joint, _joint_plot),
        hides=("mentions",),
    ),
    "disagreements": View("disagreements", tables.plain("wave unit code applied_by not_by", "source"), legend=tables.legend),
}
