"""What a plan says in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.rows import MOST_TOLD, rows_of


def sentences(rows: Sequence[Row]) -> Iterator[str]:
    """How many answers the change takes, battery by battery, and how large a change the expected number finds."""
    for row in rows:
        of = say("plan.of", battery=text.shortened(row["battery"])) if row["battery"] else ""
        if row["needed_n"] is not None:
            rate = say("plan.rate", rate=used().figure(text.percent(row["needed_rate"]))) if row["needed_rate"] is not None else ""
            yield say("plan.needed", change=text.fixed(row["change"]), of=of, n=text.count(row["needed_n"]), rate=rate)
        elif row["change"] is not None and row["n"] is not None:
            yield say("plan.not_needed", change=text.fixed(row["change"]), of=of)
        if row["detectable"] is not None:
            yield say("plan.able", n=text.count(row["n"]), before=text.count(row["n_reference"]), of=of, detectable=text.fixed(row["detectable"]))


def lead(result: Result, _: Beside) -> Iterator[str]:
    """The same above the figure, of the first batteries."""
    yield from list(sentences(rows_of(result)))[:MOST_TOLD]
