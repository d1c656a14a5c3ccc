"""What the answers of one battery say about its scale: a known scale, numbers in labels, a bare run of numbers, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from rpgstat.infer.catalogue import NUMBERED, KnownScale, family_of, is_off_scale, scales_holding
from rpgstat.infer.wordings import core, numbered
from rpgstat.record import record
from rpgstat.study import normalise

MOST_LABELS = 50  # a column with more distinct answers looks like free text: never a scale, and never shown
_MOST_LEVELS = 14  # more different answers than any scale of words has
_HIGHEST = 10  # numeric scales run within 0 to 10
_FEWEST = 3  # distinct answers that a numeric scale needs, so that 0 and 1 stay a tick-box

Seen = frozenset[tuple[int, str]]
"""The answers of a battery as typed, each with the wave that gave it."""


@record
class Reading:
    """A way to read a set of answers: `levels` lowest first, `positions` of the normalised answers seen (from 0), and `off` the scale.

    `others` are the other known scales that hold every answer and score them differently: where the answers show every level of this
    one, the longer ones. `settled` is False where several fit and nothing decides: then no figure may rest on this one.
    `certain` marks what was declared, or named by the export. `numbers` tells what the numbers in its labels were: "" none, "ends" of a
    row of bare numbers, "scores" of a known scale, "seen" (scores with gaps that no known scale fills), or "unused". `reversed` marks
    those that run against their labels. `ordered` is False where the order of the levels means nothing yet.
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
    settled: bool = True
    certain: bool = False
    asked: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """Readings with the same key are one scale."""
        return self.family, self.levels, self.scores, self.labelled, self.ordered

    @property
    def distinct(self) -> int:
        """How many levels were seen."""
        return len(set(self.positions.values()))

    @property
    def whole(self) -> bool:
        """Whether every level was seen."""
        return self.distinct == len(self.levels)

    @property
    def unseen(self) -> tuple[str, ...]:
        """The levels that nobody chose."""
        chosen = set(self.positions.values())
        return tuple(level for at, level in enumerate(self.levels) if at not in chosen)


def seen_in(answers: Iterable[str], wave: int = 0) -> Seen:
    """The answers of one wave."""
    return frozenset((wave, answer) for answer in answers)


@lru_cache(maxsize=4096)
def read_answers(answers: Seen, *, prefer: tuple[tuple[object, ...], ...] = (), declared: tuple[Declared, ...] = (), named: bool = False) -> Reading | None:
    """The scale that all these answers share, or None when no order can be known.

    `answers` are the union over a battery and all waves; two different answers of one wave never share a level. Of the known scales that
    hold every answer one seen whole is taken, or the only one; else one whose key is in `prefer` (in use elsewhere in the questionnaire);
    else the shortest, not `settled`. `declared` scales go before all known ones. `named`: the answers are all that could be chosen.

    >>> read_answers(seen_in({"Agree", "Strongly Agree", "Disagree", "Agree strongly", "Disagree strongly", "N/A"})).levels
    ('Strongly disagree', 'Disagree', 'Agree', 'Strongly agree')
    >>> read_answers(seen_in({"Red", "Green"})) is None
    True
    """
    labels = {normalise(answer) for _, answer in answers}
    if len(labels) > MOST_LABELS:
        return None
    if (given := _declared(declared, labels)) is not None:
        return given
    waves = _by_wave(answers)
    words = {label: found[1] for label in labels if not is_off_scale(label) and (found := numbered(label))}
    plain = {label: label for label in labels}
    known = _best(_fits(plain, waves), prefer, named=named) or (_numbered(plain | words, waves, prefer, named=named) if words else None)
    return known or _ends_labelled(labels)


@record
class Declared:
    """A scale given on the command line: `levels` lowest first, and answers `off` it; or one that a codebook has `stated`, with every level."""

    levels: tuple[str, ...]
    off: tuple[str, ...] = ()
    stated: bool = False

    @property
    def scores(self) -> tuple[Fraction, ...]:
        """The levels themselves where they are numbers that rise, else none: 1 to k."""
        values = [int(level) if level.isdecimal() else None for level in map(normalise, self.levels)]
        numbers = [value for value in values if value is not None]
        return tuple(map(Fraction, numbers)) if len(numbers) == len(values) and all(a < b for a, b in pairwise(numbers)) else ()


@lru_cache(maxsize=4096)
def _cores(levels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(core, levels))


def _declared(declared: Sequence[Declared], labels: Collection[str]) -> Reading | None:
    """The declared scale that has all these answers, one seen whole first. One that a codebook states is that of columns with its very levels."""
    found = []
    for scale in declared:
        if scale.stated and not _cores(scale.levels) <= set(map(core, labels)):
            continue
        places = {core(level): at for at, level in enumerate(scale.levels)}
        off = set(map(core, scale.off))
        positions = {label: places[core(label)] for label in labels if core(label) in places}
        rest = frozenset(labels) - positions.keys()
        if len(set(positions.values())) > 1 and all(core(label) in off or is_off_scale(label) for label in rest):
            found.append(Reading(scale.levels, positions, rest, family_of(scale.levels), scale.scores, certain=True))
    return min(found, key=lambda reading: not reading.whole, default=None)


def near_miss(answers: Iterable[str]) -> str | None:
    """The one answer that keeps the others, at least three, from being a known scale; None when that is not so.

    >>> near_miss(["Agree", "Disagree", "Strongly agree", "Agre"])
    'Agre'
    """
    labels = {answer for answer in answers if not is_off_scale(answer)}
    if not _FEWEST < len(labels) <= _MOST_LEVELS:
        return None
    return next((stray for stray in sorted(labels) if read_answers(seen_in(labels - {stray})) is not None), None)


def _by_wave(answers: Seen) -> list[set[str]]:
    waves: dict[int, set[str]] = {}
    for wave, answer in answers:
        waves.setdefault(wave, set()).add(normalise(answer))
    return list(waves.values())


def _fits(labels: Mapping[str, str], waves: Sequence[Collection[str]]) -> list[Reading]:
    """Every different way in which known scales hold all answers, the shortest first. `labels` maps each answer to the words to look up."""
    if len(labels) > _MOST_LEVELS:
        return []
    needed = frozenset(core(words) for label, words in labels.items() if not is_off_scale(label))
    kept: dict[object, Reading] = {}
    for scale in scales_holding(needed):
        reading = _against(scale, labels)
        if reading.distinct > 1 and all(_told_apart(reading, labels, wave) for wave in waves):
            way = len(reading.levels), *sorted(reading.positions.items())
            kept[way] = max(kept.get(way, reading), reading, key=lambda one: _exact(one, labels))
    return sorted(kept.values(), key=lambda reading: len(reading.levels))


def _against(scale: KnownScale, labels: Mapping[str, str]) -> Reading:
    positions = {label: scale.positions[core(words)] for label, words in labels.items() if core(words) in scale.positions}
    return Reading(scale.levels, positions, frozenset(labels.keys() - positions.keys()), scale.family)


def _told_apart(reading: Reading, labels: Mapping[str, str], wave: Collection[str]) -> bool:
    """Whether no two different answers of one wave fall on one level."""
    levels: dict[int, str] = {}
    return all(levels.setdefault(reading.positions[label], core(labels[label])) == core(labels[label]) for label in wave if label in reading.positions)


def _best(fits: Sequence[Reading], prefer: Collection[tuple[object, ...]], *, named: bool) -> Reading | None:
    """The scale that the answers decide for, with the `others` that they leave possible; the shortest, not settled, where they decide for none."""
    if not fits:
        return None
    whole = [reading for reading in fits if reading.whole]
    in_use = [reading for reading in fits if reading.key in prefer]
    if whole:
        best = whole[0]
        return replace(best, certain=True) if named and len(whole) == 1 else _among(best, fits, settled=len(whole) == 1)
    only = len(fits) == 1 and len(fits[0].unseen) == 1  # with more levels that nobody chose the scale may be a shorter one that no list has
    return _among((in_use or fits)[0], fits, settled=bool(in_use) or only)


def _among(best: Reading, fits: Iterable[Reading], *, settled: bool) -> Reading:
    others = tuple(KnownScale(one.family, one.levels, one.positions) for one in fits if one is not best)
    return replace(best, others=others, settled=settled)


def _numbered(labels: Mapping[str, str], waves: Sequence[Collection[str]], prefer: Collection[tuple[object, ...]], *, named: bool) -> Reading | None:
    """A known scale whose labels carry numbers: these are its scores when they follow the levels ("0 - Never" ... "4 - Always")."""
    fits = _fits(labels, waves)
    if not fits:
        return None
    by_words = min(fits, key=lambda reading: len(reading.levels))
    numbers = {label: found[0] for label in by_words.positions if (found := numbered(label))}
    if not numbers:
        return _best(fits, prefer, named=named)
    scored = [reading for fit in fits if (reading := _scored(fit, numbers))]
    starting = {start: [reading for reading in scored if min(reading.scores, default=1) == start] for start in (1, 0)}
    usual = starting[1] or starting[0] or scored  # a scale that begins at 0 shows it, and one at 2 or later is rarer than one seen in part
    if usual:
        return _best(usual, prefer, named=named)
    seen = _seen_only(by_words, numbers)
    return seen if seen.numbers == "seen" else _unused(_best(fits, prefer, named=named))


def _unused(reading: Reading | None) -> Reading | None:
    return replace(reading, numbers="unused") if reading else None


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
    """How many answers are worded as the catalogue words its levels."""
    return len(set(map(core, reading.levels)) & set(map(core, labels.values())))


def _ends_labelled(labels: Collection[str]) -> Reading | None:
    """Numbers whose lowest and highest carry words and whose others need none: "1 (None at all)", "2" ... "10 (All my time)"."""
    words_of = {label: found[2] for label in labels if (found := NUMBERED.fullmatch(label))}
    values = {label: int(NUMBERED.fullmatch(label)[1]) for label in words_of} | integers(labels)  # type: ignore[index]
    off = frozenset(labels) - values.keys()
    if len(set(values.values())) < _FEWEST or max(values.values()) > _HIGHEST or not all(map(is_off_scale, off)):
        return None
    low, high = min(values.values()), max(values.values())
    words = {value: {words_of[label] for label in words_of if values[label] == value} for value in values.values()}
    if any(len(found) > 1 for found in words.values()) or not (words[low] and words[high]) or all(words.values()):
        return None
    levels = tuple(_spelled(value, values, words_of) for value in range(low, high + 1))
    positions = {label: value - low for label, value in values.items()}
    scores = tuple(Fraction(value) for value in range(low, high + 1))
    if not runs_down(*words[low], *words[high]):
        return Reading(levels, positions, off, scores=scores, numbers="ends")
    return Reading(levels[::-1], {label: high - low - at for label, at in positions.items()}, off, scores=scores, numbers="ends", reversed=True)


def _spelled(value: int, values: Mapping[str, int], words_of: Mapping[str, str]) -> str:
    return next((label for label in words_of if values[label] == value), str(value))


def runs_down(low: str, high: str) -> bool:
    """Whether a known scale ranks the words of the lowest number above those of the highest."""
    ends = core(low), core(high)
    return any(scale.positions[ends[0]] > scale.positions[ends[1]] for scale in scales_holding(frozenset(ends)))


def integers(labels: Iterable[str]) -> dict[str, int]:
    """Those normalised answers that are whole numbers of one or two digits, with their values."""
    return {label: int(label) for label in labels if label.isascii() and label.isdigit() and len(label) < 3}
