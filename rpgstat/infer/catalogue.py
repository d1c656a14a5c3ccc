"""The answer scales in common use: which labels belong together, and in which order."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rpgstat.study import Study, normalise, persons

NUMBERED = re.compile(r"(\d{1,2})\s*[-–—:.=)(]+\s*(\D.*?)\)?")  # "5 - Strongly agree", "10 (All my time)", on a normalised label


@dataclass(frozen=True)
class KnownScale:
    """A usual scale: `levels` lowest first and complete; `positions` maps every normalised wording to its level, from 0."""

    family: str
    levels: tuple[str, ...]
    positions: Mapping[str, int]

    def __hash__(self) -> int:
        return hash((self.family, self.levels))


@cache
def catalogue() -> tuple[KnownScale, ...]:
    """Every known scale, in the order of `data/scales.toml`.

    >>> sorted({len(scale.levels) for scale in catalogue()})
    [2, 3, 4, 5, 6, 7, 8, 9, 11]
    """
    return tuple(scale for group in _data()["sets"] for scale in _expanded(group))


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
    """The family of the known scale that has exactly these levels in this order, numbers before them apart; "" when there is none."""
    plain = [numbered[2] if (numbered := NUMBERED.fullmatch(label)) else label for label in map(normalise, levels)]
    in_order = list(range(len(levels)))
    found = (scale for scale in _of_length(len(levels)) if [scale.positions.get(label) for label in plain] == in_order)
    return next((scale.family for scale in found), "")


@cache
def _of_length(k: int) -> tuple[KnownScale, ...]:
    """The known scales of k levels only: building all of them takes longer than a small analysis."""
    return tuple(scale for group in _data()["sets"] for scale in _expanded(group, k))


# Thousands of labels are put together from a few words; a cache of its own, as cells of a file may be large.
_plain = lru_cache(maxsize=None)(normalise)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("rpgstat") / "data" / "scales.toml").read_text(encoding="utf-8"))


@cache
def _off_scale() -> frozenset[str]:
    return frozenset(normalise(label) for label in _data()["not_applicable"])


def _expanded(group: Mapping[str, Any], k: int | None = None) -> Iterator[KnownScale]:
    families: Mapping[str, list[list[str]]] = group.get("words") or {group["family"]: [[]]}
    for family, choices in families.items():
        for words in choices:
            for pattern in group["levels"]:
                levels = tuple(_worded(label, words) for label in pattern)
                if (k is None or len(levels) == k) and all(levels):  # a pattern that leans on its word has no form without one
                    yield KnownScale(family, levels, _positions(pattern, group["aliases"], words))


def _positions(pattern: list[str], aliases: Mapping[str, list[str]], words: list[str]) -> dict[str, int]:
    places: dict[str, set[int]] = {}
    for position, label in enumerate(pattern):
        for alias in aliases.get(label, ()):
            places.setdefault(_plain(_worded(alias, words)), set()).add(position)
    # A wording that could stand for two levels of the same scale stands for neither.
    found = {alias: min(at) for alias, at in places.items() if alias and len(at) == 1}
    return found | {_plain(_worded(label, words)): position for position, label in enumerate(pattern)}


def _worded(pattern: str, words: list[str]) -> str:
    text = pattern.format(*words).strip()
    return text[:1].upper() + text[1:]
