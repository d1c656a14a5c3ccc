"""Checks of how people filled in the questionnaire, and of the groups they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import sqrt

from rpgstat.checks.registry import Finding, check
from rpgstat.glossary.sentences import listing, say
from rpgstat.study import normalise, persons
from rpgstat.study.looked import Looked
from rpgstat.text import count, percent, shortened

_SOME = 0.01
"""Share of the people of a wave from which on it matters how they filled in the questionnaire: of fewer hardly any figure depends."""

_LINES = 0.1
"""Share of those who answered a battery who chose one level throughout; some always do, for they mean it."""

_FEWEST_LINES, _SHORT = 3, 4
"""People who drew a straight line, and statements of a battery, from which on a line says anything."""

_CHANCE = 2.0
"""Standard errors of that number (of a count, its root) that are no reason for a word."""

_NAMED = 8
"""Groups that are named; of more it is told how many."""

_TOGETHER = 0.5
"""How statements of one set usually correlate: each more of them tells about so much less that is new."""

_BEYOND = 1.5
"""Times the lines that people who mean what they say are expected to draw, from which on there are too many."""


def _of_people(code: str, wave: str, n: int, **numbers: int) -> Finding:
    """What is told of n people of a wave, among the other numbers."""
    places = {name: count(number) for name, number in {"n": n, **numbers}.items()}
    return Finding(code, say("where.wave", wave=wave), wave=wave, n=n, places=places)


@check("W203")
def barely_answered(looked: Looked) -> Iterator[Finding]:
    """People who answered fewer than a quarter of the statements."""
    for filled in looked.filled:
        if filled.barely > _SOME * filled.people:
            yield _of_people("W203", filled.wave, filled.barely, asked=filled.asked)


@check("W204")
def identical(looked: Looked) -> Iterator[Finding]:
    """People whose answers are the very ones of somebody else, in a way that hardly happens by accident."""
    for filled in looked.filled:
        if filled.identical:
            yield _of_people("W204", filled.wave, filled.identical)


@check("W205")
def straight_lines(looked: Looked) -> Iterator[Finding]:
    """People who chose one level throughout a battery."""
    sizes = {battery.name: len(battery.items) for battery in looked.study.batteries}
    for filled in looked.filled:
        for battery, (people, lines) in filled.straight.items():
            usual = max(_LINES, _BEYOND * _expected(looked, battery, filled.wave))
            if sizes[battery] >= _SHORT and lines >= _FEWEST_LINES and lines > usual * people + _CHANCE * sqrt(usual * people):
                places = {"n": count(lines), "share": percent(lines / people), "people": count(people)}
                yield Finding("W205", say("where.battery", battery=shortened(battery), wave=filled.wave), wave=filled.wave, n=lines, places=places)


def _expected(looked: Looked, battery: str, wave: str) -> float:
    """The share of straight lines among people who mean what they say: with the shares p of the levels, the sum of p to the power of how many
    statements these are worth, as they go together."""
    chosen: Counter[int] = Counter()
    statements = 0
    for used in looked.used:
        if used.battery is not None and used.battery.name == battery and used.wave == wave:
            statements += 1
            for answer, n in used.answers.items():
                if (place := used.battery.scale.positions.get(normalise(answer))) is not None:
                    chosen[place] += n
    worth = 1 + (statements - 1) * (1 - _TOGETHER)
    return float(sum((n / chosen.total()) ** worth for n in chosen.values()))


@check("W206")
def speeders(looked: Looked) -> Iterator[Finding]:
    """People who took less than a third of the median time."""
    for filled in looked.filled:
        if filled.fast > _SOME * filled.timed:
            yield _of_people("W206", filled.wave, filled.fast, timed=filled.timed)


@check("W217")
def against_the_others(looked: Looked) -> Iterator[Finding]:
    """Statements that run against their battery, of which nobody has said which way they are worded."""
    for battery in looked.study.batteries:
        words = {item.id: item.text for item in battery.items}
        for item in looked.against.get(battery.name, ()):
            yield Finding("W217", f"`{shortened(battery.name)}`", item, places={"text": shortened(words[item], 80), "name": item})


@check("W218")
def withheld(looked: Looked) -> Iterator[Finding]:
    """Groups of which figures will be withheld; of how many people is not told."""
    for (wave, by), groups in looked.withheld.items():
        safe = [f"`{shortened(group)}`" for group in groups if not persons.tells(group)][:_NAMED]
        more = len(groups) - len(safe)
        rest = say("where.unshown", more, n=more) if not safe else say("where.more", more, n=more)
        places = {"groups": listing([*safe, *([rest] if more and not safe else [])]) + (f", {rest}" if more and safe else ""), "by": by}
        yield Finding("W218", say("where.grouping", name=by, wave=wave), wave=wave, number=len(groups), places=places)
