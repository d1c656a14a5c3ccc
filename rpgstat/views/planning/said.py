"""What a plan says in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row
from rpgstat.media.style import Style, used, writing
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.headlines import Headline, made
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


def below(rows: Sequence[Row]) -> Iterator[str]:
    """The same below the table, unless the headline has said it."""
    yield from sentences(rows) if len(rows) > 1 else ()


def headline(result: Result, style: Style) -> Headline:
    """From how few to how many answers the change takes, or how large a change the expected numbers find; of one battery all of it."""
    rows = rows_of(result)
    with writing(style):
        return made(sentences(rows) if len(rows) == 1 else _over_all(rows), _titles(rows))


def _titles(rows: Sequence[Row]) -> Iterator[str]:
    """The same in a few words, unless no number of answers is enough somewhere."""
    needed = [row["needed_n"] for row in rows if row["needed_n"] is not None]
    able = [row["detectable"] for row in rows if row["detectable"] is not None]
    if needed and all(row["needed_n"] is not None for row in rows):
        yield say("title.plan_needed", change=text.fixed(rows[0]["change"]), answers=_span(text.count(min(needed)), text.count(max(needed))))
    if able and not needed:
        yield say("title.plan_able", changes=_span(text.fixed(min(able)), text.fixed(max(able))))


def _over_all(rows: Sequence[Row]) -> Iterator[str]:
    needed = [row["needed_n"] for row in rows if row["needed_n"] is not None]
    able = [row["detectable"] for row in rows if row["detectable"] is not None]
    if needed:
        yield say("plan.needed_by", change=text.fixed(rows[0]["change"]), answers=_span(text.count(min(needed)), text.count(max(needed))))
    never = sum(row["needed_n"] is None and row["change"] is not None and row["n"] is not None for row in rows)
    if never:
        yield say("plan.never_by", never, change=text.fixed(rows[0]["change"]), n=text.count(never))
    if able:
        yield say("plan.able_by", changes=_span(text.fixed(min(able)), text.fixed(max(able))))


def _span(low: str, high: str) -> str:
    return low if low == high else say("number.span", low=low, high=high)


def lead(result: Result, _: Beside) -> Iterator[str]:
    """The same above the figure; of many batteries from which to which number."""
    rows = rows_of(result)
    told = list(sentences(rows))
    yield from told if len(told) <= MOST_TOLD else _over_all(rows)
