"""What the answers of one battery say about its scale: a known scale, numbers with labelled ends, a bare run of numbers, or nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from rpgstat.infer.catalogue import KnownScale, catalogue, is_off_scale
from rpgstat.study import normalise

MOST_LABELS = 50  # a column with more distinct answers looks like free text: never a scale, and never shown
_HIGHEST = 10  # numeric scales run within 0 to 10
_FEWEST = 3  # distinct answers that a numeric scale needs, so that 0 and 1 stay a tick-box
_NUMBERED = re.compile(r"(\d{1,2})\s*[-–—:.=)(]+\s*(\D.*?)\)?")  # "5 - Strongly agree", "10 (All my time)", on a normalised label


@dataclass(frozen=True)
class Reading:
    """A way to read a set of answers: `levels` lowest first, `positions` of the normalised answers seen (from 0), and `off` the scale.

    `others` are known scales of the same family that fit as well but score these answers differently: non-empty means uncertain.
    `reversed` marks numbers that run against the direction of their labels. `ordered` is False where the order of the levels means nothing yet.
    """

    levels: tuple[str, ...]
    positions: Mapping[str, int]
    off: frozenset[str]
    family: str = ""
    scores: tuple[Fraction, ...] = ()
    labelled: bool = True
    others: tuple[KnownScale, ...] = ()
    reversed: bool = False
    ordered: bool = True

    @property
    def key(self) -> tuple[object, ...]:
        """Readings with the same key are one scale."""
        return self.family, self.levels, self.scores, self.labelled, self.ordered

    @property
    def distinct(self) -> int:
        """How many levels were seen."""
        return len(set(self.positions.values()))


@lru_cache(maxsize=4096)
def read_answers(answers: frozenset[str], *, numbers: bool, prefer: tuple[tuple[object, ...], ...] = ()) -> Reading | None:
    """The scale that all these answers share, or None when no order can be known.

    `answers` are the union over a battery and all waves; `numbers` allows a bare run of integers. Of known scales that hold every answer
    the one with the fewest levels is taken; unless it is seen whole, one whose key is in `prefer` (in use elsewhere in the questionnaire) goes first.

    >>> read_answers(frozenset({"Agree", "Strongly Agree", "Disagree", "Agree strongly", "N/A"}), numbers=False).levels
    ('Strongly disagree', 'Disagree', 'Agree', 'Strongly agree')
    >>> read_answers(frozenset({"Red", "Green"}), numbers=False) is None
    True
    """
    labels = {normalise(answer) for answer in answers}
    if len(labels) > MOST_LABELS:
        return None
    numbered = {label: found[2] for label in labels if (found := _NUMBERED.fullmatch(label))}
    plain = {label: label for label in labels}
    known = _known(plain, prefer) or (numbered and _numbered(_known(plain | numbered, prefer)))
    return known or _ends_labelled(labels, numbered) or (_run(labels) if numbers else None)


def near_miss(answers: Iterable[str]) -> str | None:
    """The one answer that keeps the others, at least three, from being a known scale; None when that is not so.

    >>> near_miss(["Agree", "Disagree", "Strongly agree", "Agre"])
    'Agre'
    """
    labels = {normalise(answer): answer for answer in answers if not is_off_scale(answer)}
    if not _FEWEST < len(labels) <= MOST_LABELS:
        return None
    strays = (labels.keys() - scale.positions.keys() for scale in catalogue())
    return next((labels[label] for stray in strays if len(stray) == 1 for label in stray), None)


def _known(labels: Mapping[str, str], prefer: Collection[tuple[object, ...]]) -> Reading | None:
    """`labels` maps each answer to the words to look up."""
    fits = [reading for scale in catalogue() if (reading := _against(scale, labels)) and reading.distinct > 1]
    fewest = min(map(_merged, fits), default=0)
    fits = [reading for reading in fits if _merged(reading) == fewest]
    if not fits:
        return None

    def rank(reading: Reading) -> tuple[int, int]:
        return len(reading.levels), -_exact(reading, labels)

    best = min(fits, key=rank)
    if best.distinct == len(best.levels) > 2:  # two levels seen whole may still be the middle of a longer scale
        return best
    best = min((reading for reading in fits if reading.key in prefer), key=rank, default=best)
    others = {
        (len(reading.levels), *sorted(reading.positions.items())): KnownScale(reading.family, reading.levels, {})
        for reading in fits
        if reading.family == best.family and (len(reading.levels), reading.positions) != (len(best.levels), best.positions)
    }
    return Reading(best.levels, best.positions, best.off, best.family, others=tuple(others.values()))


def _against(scale: KnownScale, labels: Mapping[str, str]) -> Reading | None:
    if not all(words in scale.positions or is_off_scale(label) for label, words in labels.items()):
        return None
    positions = {label: scale.positions[words] for label, words in labels.items() if words in scale.positions}
    return Reading(scale.levels, positions, frozenset(labels.keys() - positions.keys()), scale.family)


def _merged(reading: Reading) -> int:
    """How many answers fall on a level that another wording has: better a longer scale than two answers made one."""
    return len(reading.positions) - reading.distinct


def _numbered(reading: Reading | None) -> Reading | None:
    """A known scale whose labels carry numbers: these are its scores when they rise with the levels ("0 - Never" ... "4 - Always")."""
    if reading is None:
        return None
    numbers = {label: int(found[1]) for label in reading.positions if (found := _NUMBERED.fullmatch(label))}
    starts = {numbers.get(label, -1) - position for label, position in reading.positions.items()}
    if len(starts) > 1 or min(starts) < 0:
        return reading
    return replace(reading, scores=tuple(Fraction(min(starts) + i) for i in range(len(reading.levels))))


def _exact(reading: Reading, labels: Mapping[str, str]) -> int:
    return len(set(map(normalise, reading.levels)) & set(labels.values()))


def _ends_labelled(labels: Collection[str], numbered: Mapping[str, str]) -> Reading | None:
    """Numbers whose lowest and highest carry words and whose others need none: "1 (None at all)", "2" ... "10 (All my time)"."""
    values = {label: int(_NUMBERED.fullmatch(label)[1]) for label in numbered} | integers(labels)  # type: ignore[index]
    off = frozenset(labels) - values.keys()
    if len(set(values.values())) < _FEWEST or max(values.values()) > _HIGHEST or not all(map(is_off_scale, off)):
        return None
    low, high = min(values.values()), max(values.values())
    words = {value: {numbered[label] for label in numbered if values[label] == value} for value in values.values()}
    if any(len(found) > 1 for found in words.values()) or not (words[low] and words[high]) or all(words.values()):
        return None
    levels = tuple(_spelled(value, values, numbered) for value in range(low, high + 1))
    positions = {label: value - low for label, value in values.items()}
    if not _runs_down(*words[low], *words[high]):
        return Reading(levels, positions, off, scores=tuple(Fraction(value) for value in range(low, high + 1)))
    return Reading(levels[::-1], {label: high - low - at for label, at in positions.items()}, off, reversed=True)


def _spelled(value: int, values: Mapping[str, int], numbered: Mapping[str, str]) -> str:
    return next((label for label in numbered if values[label] == value), str(value))


def _runs_down(low: str, high: str) -> bool:
    """Whether a known scale ranks the words of the lowest number above those of the highest."""
    ranked = [scale.positions for scale in catalogue() if low in scale.positions and high in scale.positions]
    return any(positions[low] > positions[high] for positions in ranked)


def _run(labels: Collection[str]) -> Reading | None:
    values = integers(labels)
    off = frozenset(labels) - values.keys()
    numbers = sorted(set(values.values()))
    if len(numbers) < _FEWEST or numbers != list(range(numbers[0], numbers[-1] + 1)) or numbers[-1] > _HIGHEST or not all(map(is_off_scale, off)):
        return None
    positions = {label: value - numbers[0] for label, value in values.items()}
    return Reading(tuple(map(str, numbers)), positions, off, scores=tuple(map(Fraction, numbers)), labelled=False)


def integers(labels: Iterable[str]) -> dict[str, int]:
    """Those normalised answers that are whole numbers of one or two digits, with their values."""
    return {label: int(label) for label in labels if label.isascii() and label.isdigit() and len(label) < 3}
