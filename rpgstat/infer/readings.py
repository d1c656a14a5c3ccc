"""What the answers of one battery say about its scale: a known scale, numbers with labelled ends, a bare run of numbers, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise

from rpgstat.infer.catalogue import NUMBERED, KnownScale, catalogue, family_of, is_off_scale
from rpgstat.study import normalise

MOST_LABELS = 50  # a column with more distinct answers looks like free text: never a scale, and never shown
_HIGHEST = 10  # numeric scales run within 0 to 10
_FEWEST = 3  # distinct answers that a numeric scale needs, so that 0 and 1 stay a tick-box


@dataclass(frozen=True)
class Reading:
    """A way to read a set of answers: `levels` lowest first, `positions` of the normalised answers seen (from 0), and `off` the scale.

    `others` are known scales of the same family that fit as well but score these answers differently: non-empty means uncertain.
    `numbers` tells what the numbers in its labels were: "" none, "ends" of a row of bare numbers, "scores" of a known scale, "seen" (scores
    with gaps that no known scale fills), or "unused". `reversed` marks those that run against their labels. `ordered` is False where the
    order of the levels means nothing yet.
    """

    levels: tuple[str, ...]
    positions: Mapping[str, int]
    off: frozenset[str]
    family: str = ""
    scores: tuple[Fraction, ...] = ()
    labelled: bool = True
    others: tuple[KnownScale, ...] = ()
    numbers: str = ""
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
    numbered = {label: found[2] for label in labels if (found := NUMBERED.fullmatch(label))}
    plain = {label: label for label in labels}
    known = _best(_fits(plain), plain, prefer) or (_numbered(plain | numbered, prefer) if numbered else None)
    return known or _ends_labelled(labels, numbered) or (_run(labels) if numbers else None)


def near_miss(answers: Iterable[str]) -> str | None:
    """The one answer that keeps the others, at least three, from being a known scale; None when that is not so.

    >>> near_miss(["Agree", "Disagree", "Strongly agree", "Agre"])
    'Agre'
    """
    labels = {normalise(answer): answer for answer in answers if not is_off_scale(answer)}
    if not _FEWEST < len(labels) <= MOST_LABELS or len(labels.keys() - _known_labels()) > 1:
        return None
    strays = (labels.keys() - scale.positions.keys() for scale in catalogue())
    return next((labels[label] for stray in strays if len(stray) == 1 for label in stray), None)


@cache
def _known_labels() -> frozenset[str]:
    return frozenset(label for scale in catalogue() for label in scale.positions)


def _fits(labels: Mapping[str, str]) -> list[Reading]:
    """The known scales that hold every answer and tell the most of them apart. `labels` maps each answer to the words to look up."""
    if any(words not in _known_labels() and not is_off_scale(label) for label, words in labels.items()):
        return []
    fits = [reading for scale in catalogue() if (reading := _against(scale, labels)) and reading.distinct > 1]
    fewest = min(map(_merged, fits), default=0)
    return [reading for reading in fits if _merged(reading) == fewest]


def _best(fits: Sequence[Reading], labels: Mapping[str, str], prefer: Collection[tuple[object, ...]]) -> Reading | None:
    """The shortest of the scales that fit, with the `others` that it leaves possible."""
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
    return replace(best, others=tuple(others.values()))


def _against(scale: KnownScale, labels: Mapping[str, str]) -> Reading | None:
    if not all(words in scale.positions or is_off_scale(label) for label, words in labels.items()):
        return None
    positions = {label: scale.positions[words] for label, words in labels.items() if words in scale.positions}
    return Reading(scale.levels, positions, frozenset(labels.keys() - positions.keys()), scale.family)


def _merged(reading: Reading) -> int:
    """How many answers fall on a level that another wording has: better a longer scale than two answers made one."""
    return len(reading.positions) - reading.distinct


def _numbered(labels: Mapping[str, str], prefer: Collection[tuple[object, ...]]) -> Reading | None:
    """A known scale whose labels carry numbers: these are its scores when they follow the levels ("0 - Never" ... "4 - Always")."""
    fits = _fits(labels)
    by_words = _best(fits, labels, prefer)
    if by_words is None:
        return None
    numbers = {label: int(found[1]) for label in by_words.positions if (found := NUMBERED.fullmatch(label))}
    if not numbers:
        return by_words
    scored = [reading for fit in fits if (reading := _scored(fit, numbers))]
    starting = {start: [reading for reading in scored if min(reading.scores, default=1) == start] for start in (1, 0)}
    usual = starting[1] or starting[0]  # a scale that begins at 0 shows it, and one at 2 or later is rarer than one seen in part
    return _best(usual or scored, labels, prefer) or _seen_only(by_words, numbers)


def _scored(fit: Reading, numbers: Mapping[str, int]) -> Reading | None:
    """The scale with the numbers as scores, in steps of one; those that run down are turned round."""
    rising = {number - fit.positions[label] for label, number in numbers.items()}
    falling = {number + fit.positions[label] - len(fit.levels) + 1 for label, number in numbers.items()}
    start = next((min(starts) for starts in (rising, falling) if len(starts) == 1 and min(starts) >= 0), None)
    if start is None:
        return None
    turned = len(rising) > 1
    scores = tuple(Fraction(start + i) for i in range(len(fit.levels)))
    return replace(fit, scores=() if turned and start == 1 else scores, numbers="scores", reversed=turned)


def _seen_only(by_words: Reading, numbers: Mapping[str, int]) -> Reading:
    """Only the levels seen, under their numbers, when no known scale has levels for the numbers between; by the words if these say otherwise."""
    places = sorted(set(by_words.positions.values()))
    found = [{numbers.get(label, -1) for label, at in by_words.positions.items() if at == place} for place in places]
    scores = [min(values) for values in found]
    turned = scores[0] > scores[-1]
    if max(map(len, found)) > 1 or min(scores) < 0 or any((a >= b) is not turned for a, b in pairwise(scores)):
        return replace(by_words, numbers="unused")
    levels = tuple(by_words.levels[place] for place in places)
    positions = {label: places.index(at) for label, at in by_words.positions.items()}
    ends = scores[0] + scores[-1]
    at_last = tuple(Fraction(ends - score if turned else score) for score in scores)
    return Reading(levels, positions, by_words.off, family_of(levels), at_last, numbers="seen", reversed=turned)


def _exact(reading: Reading, labels: Mapping[str, str]) -> int:
    return len(set(map(normalise, reading.levels)) & set(labels.values()))


def _ends_labelled(labels: Collection[str], numbered: Mapping[str, str]) -> Reading | None:
    """Numbers whose lowest and highest carry words and whose others need none: "1 (None at all)", "2" ... "10 (All my time)"."""
    values = {label: int(NUMBERED.fullmatch(label)[1]) for label in numbered} | integers(labels)  # type: ignore[index]
    off = frozenset(labels) - values.keys()
    if len(set(values.values())) < _FEWEST or max(values.values()) > _HIGHEST or not all(map(is_off_scale, off)):
        return None
    low, high = min(values.values()), max(values.values())
    words = {value: {numbered[label] for label in numbered if values[label] == value} for value in values.values()}
    if any(len(found) > 1 for found in words.values()) or not (words[low] and words[high]) or all(words.values()):
        return None
    levels = tuple(_spelled(value, values, numbered) for value in range(low, high + 1))
    positions = {label: value - low for label, value in values.items()}
    scores = tuple(Fraction(value) for value in range(low, high + 1))
    if not _runs_down(*words[low], *words[high]):
        return Reading(levels, positions, off, scores=scores, numbers="ends")
    return Reading(levels[::-1], {label: high - low - at for label, at in positions.items()}, off, scores=scores, numbers="ends", reversed=True)


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
