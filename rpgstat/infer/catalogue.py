"""The answer scales in common use: which labels belong together, and in which order."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rpgstat.infer.wordings import core, numbered
from rpgstat.record import record
from rpgstat.study import Study, normalise, persons

NUMBERED = re.compile(r"(\d{1,2})\s*[-–—:.=)(]+\s*(\D.*?)\)?")  # "5 - Strongly agree", "10 (All my time)", on a normalised label
_LONGEST = 4  # words that an adjective of a scale such as "not at all {0} ... extremely {0}" may have
_FEWEST = 3  # answers that have to share an adjective which no set of the catalogue lists


@record
class KnownScale:
    """A usual scale: `levels` lowest first and complete; `positions` maps the core of every wording to its level, from 0."""

    family: str
    levels: tuple[str, ...]
    positions: Mapping[str, int]

    def __hash__(self) -> int:
        return hash((self.family, self.levels))


@record
class _Set:
    """Patterns of one kind: `patterns` of levels, other wordings of these, and the words for their blanks, by family.

    `vocabulary` are the cores of all labels of a set without blanks.
    """

    patterns: tuple[tuple[str, ...], ...]
    aliases: Mapping[str, tuple[str, ...]]
    words: Mapping[tuple[str, ...], str]
    open: bool = False
    vocabulary: frozenset[str] = frozenset()
    made: dict[tuple[str, ...], tuple[KnownScale, ...]] = field(default_factory=dict)

    def scales(self, words: tuple[str, ...], family: str) -> tuple[KnownScale, ...]:
        """The patterns with these words; each is put together once."""
        if words not in self.made:
            self.made[words] = tuple(self._worded(words, family, self.patterns))
        return self.made[words]

    def scales_of(self, levels: int, words: tuple[str, ...], family: str) -> Iterator[KnownScale]:
        """Those of `scales` with so many levels."""
        if words in self.made:
            return (scale for scale in self.made[words] if len(scale.levels) == levels)
        return self._worded(words, family, [pattern for pattern in self.patterns if len(pattern) == levels])

    def _worded(self, words: tuple[str, ...], family: str, patterns: Iterable[tuple[str, ...]]) -> Iterator[KnownScale]:
        for pattern in patterns:
            levels = tuple(_worded(label, words) for label in pattern)
            if all(levels):  # a pattern that leans on its word has no form without one
                yield KnownScale(family, levels, self._positions(pattern, words))

    def _positions(self, pattern: tuple[str, ...], words: tuple[str, ...]) -> dict[str, int]:
        places: dict[str, set[int]] = {}
        for position, label in enumerate(pattern):
            for alias in self.aliases.get(label, ()):
                places.setdefault(core(_worded(alias, words)), set()).add(position)
        # A wording that could stand for two levels of the same scale stands for neither.
        found = {alias: min(at) for alias, at in places.items() if alias and len(at) == 1}
        return found | {core(_worded(label, words)): position for position, label in enumerate(pattern)}


@cache
def catalogue() -> tuple[KnownScale, ...]:
    """Every known scale, with every adjective that the catalogue lists, in the order of `data/scales.toml`.

    >>> sorted({len(scale.levels) for scale in catalogue()})
    [2, 3, 4, 5, 6, 7, 8, 9, 11]
    """
    return tuple(scale for one in _sets() for words, family in one.words.items() for scale in one.scales(words, family))


@lru_cache(maxsize=4096)
def scales_holding(answers: frozenset[str]) -> tuple[KnownScale, ...]:
    """The known scales on which every one of these answers (their cores) has a level, in the order of the catalogue.

    A scale such as "not at all {0} ... extremely {0}" is known for any adjective that all the answers share.

    >>> [scale.levels[-1] for scale in scales_holding(frozenset({"all at blue not", "blue slightly", "blue very", "blue extremely"}))][:1]
    ['Extremely blue']
    """
    if _no_scale(answers):
        return ()
    near = (scale for one in _sets() for words, family in _fitting(one, answers) for scale in one.scales(words, family))
    return tuple(scale for scale in near if all(answer in scale.positions for answer in answers))


def _no_scale(answers: frozenset[str]) -> bool:
    return not answers or answers <= {"yes", "no"}


def _fitting(one: _Set, answers: frozenset[str]) -> Iterable[tuple[tuple[str, ...], str]]:
    """The words, with their family, for the blanks of a set that these answers may have."""
    if () in one.words:
        return one.words.items() if answers <= one.vocabulary else ()
    if one.open:
        return _shared_words(one, answers)
    tokens = frozenset(token for answer in answers for token in answer.split())
    return [(words, family) for words, family in one.words.items() if any(tokens.issuperset(core(word).split()) for word in words)]


def _shared_words(one: _Set, answers: frozenset[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The adjectives that all these answers share, those of answers without any apart."""
    found = [words for answer in answers if (words := _adjectives(answer)) is not None]
    listed = {core(words[0]): (words, family) for words, family in one.words.items()}
    for word in sorted(set(found[0]).intersection(*found[1:])) if found else ():
        if word in listed:
            yield listed[word]
        elif len(found) >= _FEWEST and 0 < len(word.split()) <= _LONGEST:
            yield (word,), ""


@lru_cache(maxsize=65536)
def _adjectives(answer: str) -> frozenset[str] | None:
    """What is left of an answer (its core) when each adverb in turn is taken from it; None for a level without an adjective."""
    adverbs, alone = _adverbs()
    if answer in alone:
        return None
    return frozenset(" ".join(rest) for adverb in adverbs if (rest := _without(answer.split(), adverb)) is not None)


def _without(words: list[str], adverb: Iterable[str]) -> list[str] | None:
    """The words that are left when each of the adverb is taken out once; None where one is not there."""
    for word in adverb:
        if word not in words:
            return None
        words.remove(word)
    return words


@cache
def _adverbs() -> tuple[frozenset[frozenset[str]], frozenset[str]]:
    """The words beside the adjective in all labels of the open sets, and the cores of the labels that have none."""
    sets = [one for one in _sets() if one.open]
    labels = {label for one in sets for pattern in one.patterns for level in pattern for label in (level, *one.aliases.get(level, ()))}
    adverbs = (frozenset(core(_worded(label, ("",))).split()) for label in labels if "{0}" in label)
    return frozenset(adverbs), frozenset(core(label) for label in labels if "{0}" not in label)


@cache
def is_off_scale(label: str) -> bool:
    """Whether an answer places a person nowhere on a scale. A middle such as "Neutral" is a level, not this.

    >>> is_off_scale("Don\u2019t know"), is_off_scale("Not applicable to my work"), is_off_scale("Undecided")
    (True, True, False)
    """
    plain = normalise(label)
    return plain in _off_scale() or (plain.startswith(tuple(_data()["not_applicable_starts"])) and not persons.tells(label))


def with_families(study: Study) -> Study:
    """The study with `family` set on every declared scale whose levels are those of a known one, lowest first.

    Levels declared in exactly the opposite order keep neutral words and add a warning: their high scores mean the opposite.

    >>> from rpgstat.study import Battery, Scale
    >>> scale = Scale("s", ("Disagree strongly", "Disagree", "Agree", "Agree strongly"))
    >>> with_families(Study((), (Battery("B", scale, ()),))).batteries[0].scale.family
    'agreement'
    """
    scales = {battery.scale.name: battery.scale for battery in study.batteries}
    families = {name: scale.family or family_of(scale.levels) for name, scale in scales.items()}
    batteries = tuple(replace(battery, scale=replace(battery.scale, family=families[battery.scale.name])) for battery in study.batteries)
    upside_down = tuple(
        f"scale `{name}`: `{scale.levels[0]}` has the lowest score and `{scale.levels[-1]}` the highest; put the levels lowest first if that is not meant"
        for name, scale in scales.items()
        if not families[name] and family_of(scale.levels[::-1])
    )
    return replace(study, batteries=batteries, warnings=study.warnings + upside_down)


def family_of(levels: tuple[str, ...]) -> str:
    """The family of the known scale that has exactly these levels in this order, numbers in them apart; "" when there is none."""
    plain = [core(found[1]) if (found := numbered(label)) else core(label) for label in map(normalise, levels)]
    in_order = list(range(len(levels)))
    answers = frozenset(plain)
    if _no_scale(answers):
        return ""
    alike = (scale for one in _sets() for words, family in _fitting(one, answers) if family for scale in one.scales_of(len(levels), words, family))
    return next((scale.family for scale in alike if [scale.positions.get(label) for label in plain] == in_order), "")


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files("rpgstat") / "data" / "scales.json").read_text(encoding="utf-8"))
    return found


def compiled() -> dict[str, Any]:
    """What `data/scales.json` has to hold: `data/scales.toml`, with the vocabularies of its sets. Read at every run, it takes a twentieth of the time."""
    data = tomllib.loads((files("rpgstat") / "data" / "scales.toml").read_text(encoding="utf-8"))
    for group in data["sets"]:
        if not group.get("words"):
            one = _set(group)
            labels = {*(level for pattern in one.patterns for level in pattern), *(other for others in one.aliases.values() for other in others)}
            group["vocabulary"] = sorted(map(core, labels))
    return data


@cache
def _off_scale() -> frozenset[str]:
    return frozenset(normalise(label) for label in _data()["not_applicable"])


@cache
def _sets() -> tuple[_Set, ...]:
    return tuple(_set(group) for group in _data()["sets"])


def _set(group: Mapping[str, Any]) -> _Set:
    words = {tuple(choice): family for family, choices in group.get("words", {}).items() for choice in choices}
    aliases = {label: tuple(others) for label, others in group["aliases"].items()}
    if "ladders" in group:
        patterns = tuple(pattern for ladder in group["ladders"] for pattern in _both_sides(ladder, group["middles"]))
        aliases = {side(label): tuple(map(side, others)) for label, others in aliases.items() for side in (_low, _high)}
    else:
        patterns = tuple(map(tuple, group["levels"]))
    return _Set(patterns, aliases, words or {(): group["family"]}, group.get("open", False), frozenset(group.get("vocabulary", ())))


def _both_sides(ladder: list[str], middles: list[str]) -> Iterator[tuple[str, ...]]:
    """The scales that a ladder makes: its rungs on one side, a middle or none, and the rungs on the other."""
    low, high = tuple(map(_low, ladder)), tuple(map(_high, reversed(ladder)))
    yield (*low, *high)
    yield from ((*low, middle, *high) for middle in middles)


def _low(label: str) -> str:
    return label.replace("{}", "{0}")


def _high(label: str) -> str:
    return label.replace("{}", "{1}")


def _worded(pattern: str, words: tuple[str, ...]) -> str:
    text = " ".join(pattern.format(*words).split())
    return text[:1].upper() + text[1:]
