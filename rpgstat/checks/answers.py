"""Checks of what people answered: off the scale, mixed, missing, constant, or spelt in several ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rpgstat.checks.registry import Finding, check, heading, of_use, shown
from rpgstat.glossary.sentences import say
from rpgstat.study import normalise, persons
from rpgstat.study.looked import Looked, Used
from rpgstat.text import count, percent, shortened

_FREE = 50
"""Different answers from which on a column holds free text: none of them is shown."""

_MISSING = 0.2
"""Share of the people of a wave who did not answer; more than a fifth is said to be much (Dong and Peng 2013, SpringerPlus 2:222, from 10 % on)."""

_EXTREME = 0.15
"""Share of the people at the lowest, or the highest, possible score of a battery from which on it has a floor, or a ceiling (Terwee et al. 2007)."""

_ONE_END = 0.75
"""Share of the people who chose one end of a statement's scale from which on hardly any room is left; most statements have a sixth or a half there."""

_SHORTEST = 3  # statements of a battery that has a score to speak of
_FEWEST = 20
"""People from which on a floor or a ceiling is no accident."""

_SOME = 2
"""People who typed words, or numbers, from which on a column is mixed; one may be a slip."""

_CONSENT = re.compile(r"\bconsent|take part|participate|privacy")
"""Questions to which those who go on all say yes."""

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?\s*%?")


@check("E102")
def off_the_scale(looked: Looked) -> Iterator[Finding]:
    """Answers that a declared scale, the levels of a group or the options of a question do not know."""
    headings = {file.name: file.headings for file in looked.files}
    for used in looked.used:
        if sum(used.unknown.values()) <= headings.get(used.file, 0):  # a header row, of which E101 tells
            continue
        kind = "_stray" if looked.inferred and used.use == "question" else f"_{used.use}"
        free = len(used.unknown) > _FREE
        common = (answer for answer, n in used.answers.items() if n >= persons.SAFE and answer not in used.unknown)
        known = used.battery.scale.levels if used.battery else tuple(common)
        answers = say("finding_part.free", most=_FREE) if free else shown(used.unknown, known)
        n = None if used.use == "group" else sum(used.unknown.values())  # a group may be a small one
        item = used.name if used.use == "item" else None
        scale = used.battery.scale.name if used.battery else used.name
        yield Finding("E102", of_use(used), item, used.wave, n, kind=kind, number=len(used.unknown), places={"answers": answers, "name": scale})


@check("W210")
def numbers_and_words(looked: Looked) -> Iterator[Finding]:
    """Numbers and words in one column, neither of them declared."""
    for used in looked.used:
        if used.use in ("id", "weight") or (used.use == "item" and not used.unknown and used.battery and used.battery.scale.labelled):
            continue
        numbers = {answer: n for answer, n in used.answers.items() if _NUMBER.fullmatch(normalise(answer))}
        words = {answer: n for answer, n in used.answers.items() if normalise(answer) not in used.off and not any(map(str.isdigit, answer))}
        if min(sum(numbers.values()), sum(words.values())) >= _SOME and len(numbers) > 1:
            item = used.name if used.use == "item" else None
            n = min(sum(numbers.values()), sum(words.values())) if used.use != "group" else None
            yield Finding("W210", of_use(used), item, used.wave, n, places={"words": shown(words)})


@check("W211")
def several_in_a_cell(looked: Looked) -> Iterator[Finding]:
    """Cells that hold several answers, in a column that is read as one answer each."""
    for used in looked.used:
        if used.listed:
            yield Finding("W211", of_use(used), used.name if used.use == "item" else None, used.wave, places={"column": heading(used.column)})


@check("W212")
def turned_into_dates(looked: Looked) -> Iterator[Finding]:
    """Groups such as 1-2 and 10-12 that a spreadsheet has turned into dates."""
    for used in looked.used:
        if used.dated:
            yield Finding("W212", of_use(used), wave=used.wave, places={"column": heading(used.column)})


@check("W213")
def missing(looked: Looked) -> Iterator[Finding]:
    """Statements and questions that more than a fifth of those asked did not answer."""
    for used in looked.used:
        if used.use in ("item", "question") and used.everyone and used.answered:
            absent = used.people - used.answered
            if absent > _MISSING * used.people:
                item = used.name if used.use == "item" else None
                yield Finding("W213", of_use(used), item, used.wave, absent, places={"share": percent(absent / used.people), "n": count(absent)})


@check("W215")
def code_for_nothing(looked: Looked) -> Iterator[Finding]:
    """Numbers among those of a scale that may mean not applicable."""
    for battery in looked.study.batteries:
        for code, n in looked.codes.get(battery.name, {}).items():
            yield Finding("W215", f"`{shortened(battery.name)}`", n=n, places={"code": code, "n": count(n)})


@check("W216")
def backwards(looked: Looked) -> Iterator[Finding]:
    """Scales that run against what their labels say."""
    for battery in looked.study.batteries:
        levels = battery.scale.levels
        if battery.scale.name in looked.backwards:
            places = {"name": battery.scale.name, "low": levels[0], "high": levels[-1]}
            yield Finding("W216", f"`{shortened(battery.name)}`", places=places)
    for used in looked.used:
        if used.use == "item" and used.turned:
            options = [option for option in used.column.options if option not in used.column.off]
            places = {"low": options[0], "high": options[-1], "name": used.name}
            yield Finding("W216", of_use(used), used.name, used.wave, kind="_codes", places=places)


@check("I301")
def spellings(looked: Looked) -> Iterator[Finding]:
    """Groups that stand in several spellings."""
    for (file, name), found in looked.spellings.items():
        pairs = [say("finding_part.spelling", short=short, long=long) for short, long in found.items()][:5]
        yield Finding("I301", say("where.group", file=file, name=shortened(name, 80)), number=len(found), places={"pairs": "; ".join(pairs)})


@check("I303")
def constant(looked: Looked) -> Iterator[Finding]:
    """Statements and questions that nobody answered, or everybody alike."""
    answered = {(used.use, used.name) for used in looked.used if used.answers}
    for used in looked.used:
        if used.use not in ("item", "question") or not used.people or (looked.inferred and not used.answers and (used.use, used.name) in answered):
            continue
        item, different = used.name if used.use == "item" else None, {normalise(answer) for answer in used.answers}
        if not different:
            yield Finding("I303", of_use(used), item, used.wave, kind="_empty", places={"wave": used.wave})
        elif (
            len(different) == 1
            and used.answered > _SOME
            and (used.everyone or used.answered == used.people)
            and not _CONSENT.search(used.column.label.casefold())
        ):
            yield Finding("I303", of_use(used), item, used.wave, used.answered, kind="_constant", places={"n": count(used.answered)})


@check("I306")
def floor_or_ceiling(looked: Looked) -> Iterator[Finding]:
    """Batteries, and statements, of which many have the lowest, or the highest, score there is."""
    sizes = {battery.name: len(battery.items) for battery in looked.study.batteries}
    for filled in looked.filled:
        for battery, (low, high) in filled.ends.items():
            people = filled.straight[battery][0] if sizes[battery] >= _SHORTEST else 0
            for n, end in ((low, say("finding_part.floor")), (high, say("finding_part.ceiling"))):
                if people >= _FEWEST and n > _EXTREME * people:
                    yield Finding(
                        "I306",
                        f"`{shortened(battery)}`",
                        wave=filled.wave,
                        n=n,
                        kind="_score",
                        places={"end": end, "share": percent(n / people)},
                    )
    for used in looked.used:
        if used.use == "item" and used.battery and used.battery.scale.labelled:
            yield from _one_end(used)


def _one_end(used: Used) -> Iterator[Finding]:
    at: Counter[int] = Counter()
    positions = used.battery.scale.positions if used.battery else {}
    for answer, n in used.answers.items():
        if (place := positions.get(normalise(answer))) is not None:
            at[place] += n
    people, last = at.total(), len(used.battery.scale.levels) - 1 if used.battery else 0
    for place in (0, last):
        if people >= _FEWEST and at[place] > _ONE_END * people and at[place] < people:
            level = used.battery.scale.levels[place] if used.battery else ""
            yield Finding("I306", of_use(used), used.name, used.wave, at[place], kind="_item", places={"level": level, "share": percent(at[place] / people)})
