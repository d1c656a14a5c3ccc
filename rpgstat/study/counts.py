"""The table of counts that every analysis starts from: how many people, per item, wave and level, and per battery score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from rpgstat.study.survey import Survey


@dataclass(frozen=True)
class Source:
    """A survey and the waves its rows belong to: one, or those that the column headed `wave_column` names."""

    survey: Survey
    waves: tuple[str, ...]
    wave_column: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The answers to one item in one wave.

    `levels` counts people at each level, lowest score first (after reversal); `not_applicable` answered off the scale;
    `missing` returned the questionnaire without an answer here.
    """

    levels: tuple[int, ...]
    not_applicable: int
    missing: int

    @property
    def n(self) -> int:
        """Valid answers."""
        return sum(self.levels)

    @property
    def answered(self) -> int:
        """Any answer, on the scale or off it."""
        return self.n + self.not_applicable


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """Battery scores in one wave: distinct `values` ascending, how many people have each, and those `missing`.

    A person's score is the mean of the answered ones among `items`, if at least half of them were answered.
    """

    items: tuple[str, ...]
    values: tuple[Fraction, ...]
    counts: tuple[int, ...]
    missing: int

    @property
    def n(self) -> int:
        """People with a score."""
        return sum(self.counts)


@dataclass(frozen=True)
class Tally:
    """All counts of a study: `counts[item, wave]`, `scores[battery, items, wave]`, and people who returned it, by wave.

    `counts` has no entry for an item that a wave's file does not hold. `rows` are the respondents of each source.
    """

    waves: tuple[str, ...]
    returned: Mapping[str, int]
    counts: Mapping[tuple[str, str], Counts]
    scores: Mapping[tuple[str, tuple[str, ...], str], ScoreCounts]
    rows: tuple[int, ...]
    warnings: tuple[str, ...] = ()

    def answered(self, item: str, wave: str) -> bool:
        """Whether anyone answered `item` in `wave`, on the scale or off it."""
        return _answered(self.counts, item, wave)

    def common(self, items: tuple[str, ...], waves: tuple[str, ...]) -> tuple[str, ...]:
        """Those of `items` that somebody answered in every one of `waves`."""
        return common(self.counts, items, waves)


def common(counts: Mapping[tuple[str, str], Counts], items: tuple[str, ...], waves: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `items` that somebody answered in every one of `waves`."""
    return tuple(item for item in items if all(_answered(counts, item, wave) for wave in waves))


def _answered(counts: Mapping[tuple[str, str], Counts], item: str, wave: str) -> bool:
    found = counts.get((item, wave))
    return found is not None and found.answered > 0
