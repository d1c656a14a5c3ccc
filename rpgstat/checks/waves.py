"""Checks of one wave beside another: scales, levels that only one has, wordings, and when they were."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from rpgstat.checks.registry import Finding, at_column, check, heading, of_use
from rpgstat.glossary.sentences import listing, say
from rpgstat.study import Battery, normalise
from rpgstat.study.looked import FilledIn, Looked, Used
from rpgstat.text import count, shortened

_WORD = re.compile(r"[\w'%]+")

_LIKELY, _SURE = 3.0, 12.0
"""Answers that a level would be expected to have in a wave in which nobody chose it, by its share in the others: from the first on that is worth
a word (e to the -3 is 5 %), from the second on it was hardly offered, though answers of one person go together."""

_STRAY = 0.05
"""Share of the people of a wave who answered on days outside it, from which on the days are worth a word; a few always are late."""


@check("E109")
def other_scale(looked: Looked) -> Iterator[Finding]:
    """A scale that differs between waves: other levels in the codebook, numbers beside words, or levels that one wave did not have."""
    for battery in looked.study.batteries:
        own = [used for used in looked.used if used.use == "item" and used.battery is battery]
        found = _codebooks(own) or next(_numbers_beside_words(own), None)
        if found is not None:
            yield found
            continue
        for wave, levels, _ in _unused(battery, own, _SURE):
            if levels:
                places = {"wave": wave, "levels": listing([f"`{level}`" for level in levels])}
                yield Finding("E109", _place(battery, wave), wave=wave, number=len(levels), kind="_levels", places=places)
    yield from _numbers_beside_words([used for used in looked.used if used.use == "question"])


@check("W209")
def unused_level(looked: Looked) -> Iterator[Finding]:
    """Levels that nobody chose in one wave, though enough did in another."""
    for battery in looked.study.batteries:
        own = [used for used in looked.used if used.use == "item" and used.battery is battery]
        if _codebooks(own) or any(_numbers_beside_words(own)):
            continue
        sure = {wave for wave, _, _ in _unused(battery, own, _SURE)}
        for wave, levels, expected in _unused(battery, own, _LIKELY):
            if wave not in sure:
                places = {"wave": wave, "levels": listing([f"`{level}`" for level in levels]), "expected": count(round(expected))}
                yield Finding("W209", _place(battery, wave), wave=wave, number=len(levels), places=places)


def _place(battery: Battery, wave: str) -> str:
    return say("where.battery", battery=shortened(battery.name), wave=wave)


def _codebooks(own: list[Used]) -> Finding | None:
    """The first statement whose codebooks list other answers in different waves."""
    first: dict[str, Used] = {}
    for used in own:
        levels = [normalise(option) for option in used.column.options if option not in used.column.off]
        before = first.setdefault(used.name, used) if levels else used
        others = [normalise(option) for option in before.column.options if option not in before.column.off]
        if levels and levels != others:
            places = {"wave": used.wave, "other": before.wave, "levels": count(len(levels)), "others": count(len(others))}
            return Finding("E109", of_use(used), used.name, used.wave, kind="_codebook", places=places)
    return None


def _numbers_beside_words(own: list[Used]) -> Iterator[Finding]:
    """What is answered in numbers in one wave and in words in another; of a statement one of which is unknown to its scale."""
    kinds: dict[str, dict[bool, Used]] = {}
    for used in own:
        stated = [answer for answer in used.answers if normalise(answer) not in used.off]
        numbers = sum(normalise(answer).isdecimal() for answer in stated)
        if stated and numbers in (0, len(stated)):
            kinds.setdefault(used.name, {}).setdefault(numbers > 0, used)
    for name, both in kinds.items():
        if len(both) == 2 and (both[True].use == "question" or any(used.unknown for used in both.values())):
            places = {"numbers": both[True].wave, "words": both[False].wave}
            item = name if both[True].use == "item" else None
            yield Finding("E109", of_use(both[True]), item, both[True].wave, kind="_numbers", places=places)


def _unused(battery: Battery, own: list[Used], least: float) -> Iterator[tuple[str, list[str], float]]:
    """The waves in which levels are unused by all statements that others use, with these and how many answers would be expected."""
    at = _chosen(battery, own)
    for wave, chosen in at.items():
        others = sum((found for other, found in at.items() if other != wave), Counter())
        if not others.total() or not chosen.total():
            continue
        expected = {place: chosen.total() * n / others.total() for place, n in others.items() if not chosen[place]}
        levels = [place for place in sorted(expected) if expected[place] >= least]
        if levels:
            yield wave, [battery.scale.levels[place] for place in levels], max(expected[place] for place in levels)


def _chosen(battery: Battery, own: list[Used]) -> dict[str, Counter[int]]:
    """By wave how often each level was chosen, on the statements that all waves have."""
    waves = dict.fromkeys(used.wave for used in own)
    answered: dict[str, set[str]] = {}
    for used in own:
        if used.answers:
            answered.setdefault(used.name, set()).add(used.wave)
    found: dict[str, Counter[int]] = {wave: Counter() for wave in waves}
    for used in own:
        if len(answered.get(used.name, ())) == len(waves):
            for answer, n in used.answers.items():
                if (place := battery.scale.positions.get(normalise(answer))) is not None:
                    found[used.wave][place] += n
    return found


@check("W208")
def wording(looked: Looked) -> Iterator[Finding]:
    """Statements that are worded differently in different waves."""
    first: dict[tuple[str, str], Used] = {}
    for used in looked.used:
        if used.use not in ("item", "question"):
            continue
        before = first.setdefault((used.use, used.name), used)
        both = [_WORD.findall(normalise(text)) for text in (before.column.text, used.column.text)]
        if min(map(len, both)) > 1 and both[0] != both[1]:  # one word is a name, and no wording
            places = {"wave": used.wave, "other": before.wave, "drift": shortened(used.drift or used.column.text, 200)}
            yield Finding("W208", of_use(used), used.name if used.use == "item" else None, used.wave, places=places)


@check("W214")
def dates(looked: Looked) -> Iterator[Finding]:
    """Days of submission outside the wave that they stand in, waves that are not in the order of time, and days that may be months."""
    for file in looked.files:
        for column in file.dates:
            yield Finding("W214", at_column(file.name, column), kind="_ambiguous", places={"column": heading(column)})
    declared = {wave.name: (wave.date, wave.until or wave.date) for wave in looked.study.waves if wave.date}
    for filled in looked.filled:
        first, last = declared.get(filled.wave) or ((filled.wave, filled.wave) if _is_time(filled.wave) else ("", ""))
        span = first if first == last else say("where.from_to", first=first, last=last)
        out = sum(n for day, n in filled.days.items() if span and not (first <= day[: len(first)] and day[: len(last)] <= last))
        if out > _STRAY * sum(filled.days.values()):
            places = {"n": count(out), "span": span, "wave": filled.wave, "first": min(filled.days), "last": max(filled.days)}
            yield Finding("W214", say("where.wave", wave=filled.wave), wave=filled.wave, n=out, kind="_outside", places=places)
    for earlier, later in pairwise(one for one in looked.filled if one.days):
        if _middle(later) < _middle(earlier):
            places = {"wave": later.wave, "other": earlier.wave}
            yield Finding("W214", say("where.wave", wave=later.wave), wave=later.wave, kind="_order", places=places)


def _is_time(name: str) -> bool:
    """Whether a wave is called by a year, a month or a day."""
    parts = name.strip().split("-")
    return all(part.isdecimal() for part in parts) and [len(part) for part in parts] in ([4], [4, 2], [4, 2, 2]) and 1990 <= int(parts[0]) <= 2100


def _middle(filled: FilledIn) -> date:
    """The day by which half of the people had answered."""
    passed, half = 0, sum(filled.days.values()) / 2
    for day, n in sorted(filled.days.items()):
        passed += n
        if passed >= half:
            return date.fromisoformat(day)
    raise ValueError(filled)
