"""Questions that name the levels of their own scale: "How often ... (never, rarely, sometimes, often, always)?", "from 1 to 5"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from rpgstat.infer.catalogue import KnownScale
from rpgstat.infer.readings import Reading
from rpgstat.infer.wordings import core
from rpgstat.study import normalise

_FROM_TO = re.compile(r"\b(\d{1,2})\s*(?:to|-|\u2013|\u2014|\.\.\.?|\u2026)\s*(\d{1,2})\b")
_MEANS = re.compile(r"\b(\d{1,2})\s*(?:=|:|-|\u2013|\u2014|\(|is|means)\s*[^\W\d]")
_FEWEST = 3  # levels that a question has to name


def named_by(reading: Reading, question: str) -> Reading:
    """The reading that the question decides for among those that hold every answer, then certain; as it is where it names none of them.

    >>> four = KnownScale("", ("Never", "Sometimes", "Often", "Always"), {"never": 0, "often": 2})
    >>> three = Reading(("Never", "Sometimes", "Often"), {"never": 0, "often": 2}, frozenset(), others=(four,), settled=False)
    >>> named_by(three, "How often do you rest (never, sometimes, often, always)?").levels
    ('Never', 'Sometimes', 'Often', 'Always')
    """
    if not question or reading.certain:
        return reading
    if not reading.labelled:
        return _numbers(reading, question)
    if not reading.others:
        return replace(reading, certain=True) if _names(question, reading.levels) else reading
    own = KnownScale(reading.family, reading.levels, {core(label): at for label, at in reading.positions.items()})
    found = [scale for scale in (own, *reading.others) if _names(question, scale.levels)]
    if not found:
        return reading
    best = max(found, key=lambda scale: len(scale.levels))
    if best is own:
        return replace(reading, certain=True, settled=True, others=())
    positions = {label: best.positions[label] for label in reading.positions if label in best.positions}
    return replace(reading, levels=best.levels, family=best.family, positions=positions, scores=(), certain=True, settled=True, others=())


def _names(question: str, levels: Iterable[str]) -> bool:
    """Whether every level stands in the question, each in a place of its own, the longest first."""
    text, levels = normalise(question), tuple(levels)
    for level in sorted(map(normalise, levels), key=len, reverse=True):
        found = re.search(rf"(?<!\w){re.escape(level)}(?!\w)", text)
        if found is None:
            return False
        text = f"{text[: found.start()]}|{text[found.end() :]}"
    return len(levels) >= _FEWEST


def _numbers(reading: Reading, question: str) -> Reading:
    """A run of numbers between the ends that the question names; a number outside is a code."""
    text = normalise(question)
    pair = _FROM_TO.search(text)
    named = sorted({int(number) for number in (pair.groups() if pair else _MEANS.findall(text))})
    if len(named) < 2 or not 1 < named[-1] - named[0] <= 10 or named[-1] > 10:
        return reading
    values = {label: int(label) for label in (*reading.positions, *reading.asked)}
    outside = {label for label, value in values.items() if not named[0] <= value <= named[-1]}
    levels = range(named[0], named[-1] + 1)
    positions = {label: value - levels[0] for label, value in values.items() if label not in outside}
    off = (reading.off | outside) - positions.keys()
    asked = tuple(sorted(outside, key=int))
    return replace(reading, levels=tuple(map(str, levels)), positions=positions, off=off, scores=tuple(map(Fraction, levels)), asked=asked, certain=True)
