"""`theory` and `timeline`: how the programme is held to work, what bears it out, and when everything was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rpgstat.glossary.sentences import listing, say
from rpgstat.media.pages import Row
from rpgstat.result import Result
from rpgstat.views.base import Beside, Figure, View
from rpgstat.views.theory import timeline, words

if TYPE_CHECKING:
    from rpgstat.media.diagram import Diagram
    from rpgstat.media.picture.sheet import Sheet
    from rpgstat.media.terminal.plotter import Plotter


def _sheet(result: Result, _: Beside) -> Sheet:
    from rpgstat.views.theory import diagram

    return diagram.sheet(result)


def _shapes(result: Result) -> tuple[Diagram, str]:
    from rpgstat.views.theory import diagram

    return diagram.diagram(result), diagram.in_words(result)


def _plot(result: Result, _: Sequence[Row], plotter: Plotter, __: Beside) -> Iterator[Any]:
    return words.plot(result, plotter)


def _unseen(result: Result, _: Beside) -> Iterator[str]:
    yield from words.sentences(result.rows)
    if result.inputs:
        yield say("theory.made_from", files=listing([f"{one.name} ({one.sha256[:16]})" for one in result.inputs]))


VIEWS = {
    "configurations": View(
        "configurations",
        words.configurations,
        headline=words.headline,
        figure=Figure("configurations", _sheet, _plot, unseen=_unseen, shapes=_shapes),
    ),
    "evidence": View("evidence", words.evidence, block="configuration"),
    "timeline": View(
        "timeline",
        timeline.lay_out,
        headline=timeline.headline,
        block="lane",
        figure=Figure(
            "timeline",
            lambda result, _: timeline.sheet(result),
            lambda _, rows, plotter, __: timeline.plot(rows, plotter),
        ),
    ),
}
