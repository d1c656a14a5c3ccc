"""People who answered in both waves and do not all count alike, or in several: the change of their answers, with errors clustered on the person."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from rpgstat.analyses._answers import Answers
from rpgstat.analyses._tests import aligned
from rpgstat.record import record
from rpgstat.stats.means import MeanDifference
from rpgstat.stats.sample import Interval
from rpgstat.stats.weighted_pairs import Product, Weighed, weighted_overlap, weighted_share_overlap
from rpgstat.study import Mass

if TYPE_CHECKING:
    from rpgstat.analyses._linked import Both


class Wave(Protocol):
    """A wave's answers: how many people at each score, and what these weigh."""

    @property
    def scores(self) -> Sequence[Fraction]:
        """The scores."""

    @property
    def counts(self) -> Sequence[int]:
        """People at each."""

    @property
    def masses(self) -> Sequence[Mass]:
        """What they weigh."""


@record
class _Scored:
    """A wave whose answers are scored so."""

    scores: Sequence[Fraction]
    counts: Sequence[int]
    masses: Sequence[Mass]


def _weighed(wave: Wave) -> Weighed:
    return Weighed(wave.scores, wave.masses)


def change_of(before: Wave, after: Wave, pairs: Sequence[Product], people: int, level: float) -> MeanDifference:
    """The change of the mean, where there are so many `people`; without a test where a wave has one answer."""
    if min(sum(before.counts), sum(after.counts)) < 2:
        return MeanDifference(float(_weighed(after).mean - _weighed(before).mean), None, None, None, None, None, None)
    return weighted_overlap(reference=_weighed(before), later=_weighed(after), pairs=pairs, people=people, level=level)


def share_change_of(before: Wave, after: Wave, pairs: Sequence[Product], people: int, level: float) -> tuple[Interval, float | None]:
    """Limits and p of the change of a share; scores are 1 of those who count and 0 of the others."""
    limits, change = weighted_share_overlap(reference=_weighed(before), later=_weighed(after), pairs=pairs, people=people, level=level)
    return limits, change.p_value


def change_clustered(both: Both, before: Answers, after: Answers, level: float) -> MeanDifference:
    """The change of the mean of all answers."""
    reference, later = (_as_scored(side, side.values) for side in (before, after))
    return change_of(reference, later, both.products or both.moves, both.people, level)


def agree_change_clustered(
    both: Both, before: Answers, after: Answers, agrees: tuple[Sequence[bool], Sequence[bool]], level: float
) -> tuple[Interval, float | None]:
    """Limits and p of the change of the share that agrees; `agrees` says at which values people do."""
    marks = [dict(zip(side.values, map(Fraction, own), strict=True)) for side, own in zip((before, after), agrees, strict=True)]
    waves = [_as_scored(side, [own[value] for value in side.values]) for side, own in zip((before, after), marks, strict=True)]
    told = [(marks[0][one], marks[1][other], mass) for one, other, mass in both.products or both.moves]
    return share_change_of(waves[0], waves[1], told, both.people, level)


def rank_p_clustered(both: Both, before: Answers, after: Answers) -> float | None:
    """p of the change of the mid-ranks of the answers of both waves, which rests on order alone (R `survey::svyranktest` of the two waves, but for the
    number of people)."""
    a, b, values = aligned(before, after)
    totals = [one + other for one, other in zip(a, b, strict=True)]
    ranks = {value: Fraction(2 * up_to - n + 1, 2) for value, up_to, n in zip(values, accumulate(totals), totals, strict=True)}
    waves = [_as_scored(side, [ranks[value] for value in side.values]) for side in (before, after)]
    return change_of(waves[0], waves[1], [(ranks[one], ranks[other], n) for one, other, n in both.moves], both.people, 0.95).p_value


def _as_scored(answers: Answers, scores: Sequence[Fraction]) -> _Scored:
    """Answers by other scores; where all count alike each weighs 1."""
    return _Scored(scores, answers.counts, answers.masses or [(n, n) for n in answers.counts])
