"""The figure of `topline`: bars, lines, stacks or a curve, as there are waves and answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from rich.console import RenderableType

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.picture.sheet import Sheet
from rpgstat.media.style import used
from rpgstat.media.terminal.plotter import Plotter
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.questions import curves, plots, stacked
from rpgstat.views.questions.said import headline
from rpgstat.views.questions.table import answer
from rpgstat.views.rows import rows_of, values
from rpgstat.views.themes import share_bars


def of_answers(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The answers of everyone that have a share, as bars take them: of a ranking the share that put it first."""
    found, nets = [], dict(_nets(rows))
    for row in rows:
        first = row["kind"] == "ranking"
        share = row["top1"] if first else row["share"]
        if row["group"] is None and row["option"] is not None and share is not None:
            count = round(share * row["n"]) if first else row["count"]
            low, high = (None, None) if first else (row["share_low"], row["share_high"])
            heading = say("topline.put_first", question=row["text"]) if first else nets.get(row["question"], row["text"])
            drawn = {"source": heading, "theme": answer(row), "mentions": count, "share": share, "share_low": low, "share_high": high, "valence": None}
            found.append({**row, **drawn})
    return found


def _nets(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Each question that has a net score, with that of every wave behind its text."""
    held = [row for row in rows if row["group"] is None and row["option"] is None and row["score"] is not None]
    for (question,), own in split(held, ("question",)):
        told = [say("topline.net_of_wave", score=used().signed("share_change", row["score"]), wave=row["wave"]) for row in own]
        yield question, say("topline.net_of_waves", question=text.stopped(str(own[0]["text"])), told=", ".join(told))


_SEVERAL = 3  # waves from which lines show more than bars


def sheet(result: Result, _: Beside) -> Sheet:
    """The questions in their order: paired bars, of three waves and more lines, of a battery's answers stacked bars, of days a curve."""
    rows = of_answers(rows_of(result))
    words = headline(result, used()).words
    dated, others = [row for row in rows if row["kind"] == "date"], [row for row in rows if row["kind"] != "date"]
    waves, names = [str(wave) for wave in values(rows, "wave")], stacked.levels(others)
    level = used().prose(text.confidence(result.options.get("alpha", 0.05)))
    form = form_of(others, names)
    told = {"lines": say("topline.lines"), "stacked": say("topline.stacked"), "bars": say("topline.bars", level=level)}[form]
    left = len(set(values(rows_of(result), "question")) - {row["question"] for row in rows})
    untold = say("topline.not_in_figure", left, n=text.count(left)) if left else ""
    caption = [told if others else "", untold, say("topline.curve") if dated else "", text.one_line(result.method)]
    drawn = share_bars.drawn(
        result.title, (words,) if words else (), others if form == "bars" else [], [line for line in caption if line], say("axis.answered"), in_order=True
    )
    if form == "lines":
        own = tuple(curves.slopes(str(source), found, waves) for (source,), found in split(others, ("source",)))
        drawn = replace(drawn, legend=(), blocks=own)
    elif form == "stacked":
        drawn = replace(drawn, legend=(stacked.key(names),), blocks=(stacked.block(others, names),))
    return replace(drawn, blocks=(*drawn.blocks, *(curves.days(str(source), found) for (source,), found in split(dated, ("source",)))))


def form_of(rows: Sequence[Row], names: Sequence[str]) -> str:
    """Lines of three waves and more, one stacked bar a wave of questions with the same answers, else bars."""
    return "lines" if len(values(rows, "wave")) >= _SEVERAL else "stacked" if names else "bars"


def plot(_: Result, rows: Sequence[Row], plotter: Plotter, __: Beside) -> Iterator[RenderableType]:
    """The same figure in characters; of days a bar each."""
    found = of_answers(rows)
    dated, others = [row for row in found if row["kind"] == "date"], [row for row in found if row["kind"] != "date"]
    names = stacked.levels(others)
    form = form_of(others, names)
    if form == "lines":
        yield from plots.lines(others, plotter)
    elif form == "stacked":
        yield from plots.stacked(others, names, plotter)
    else:
        yield from plots.bars(others, plotter)
    yield from plots.bars(dated, plotter)
