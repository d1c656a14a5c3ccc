"""People who answered in both waves and do not all count alike: the change of weighted answers, with errors clustered on the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Protocol

from rpgstat.analyses._answers import Answers
from rpgstat.analyses._tests import Tested
from rpgstat.record import record
from rpgstat.stats.means import MeanDifference, hedges_g
from rpgstat.stats.sample import Interval, Test
from rpgstat.stats.weighted_pairs import Product, Weighed, weighted_overlap, weighted_share_overlap
from rpgstat.study import Mass

CLUSTERED = "clustered"
"""What the test of weighted answers of linked people is called."""


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


def change_of(before: Wave, after: Wave, pairs: Sequence[Product], n: int, level: float) -> MeanDifference:
    """The change of the weighted mean, where `n` people make the `pairs`; without a test where a wave has one answer."""
    people = sum(before.counts) + sum(after.counts) - n
    if min(sum(before.counts), sum(after.counts)) < 2:
        return MeanDifference(float(_weighed(after).mean - _weighed(before).mean), None, None, None, None, None, None)
    return weighted_overlap(reference=_weighed(before), later=_weighed(after), pairs=pairs, people=people, level=level)


def share_change_of(before: Wave, after: Wave, pairs: Sequence[Product], n: int, level: float) -> tuple[Interval, float | None]:
    """Limits and p of the change of a weighted share; scores are 1 of those who count and 0 of the others."""
    people = sum(before.counts) + sum(after.counts) - n
    limits, change = weighted_share_overlap(reference=_weighed(before), later=_weighed(after), pairs=pairs, people=people, level=level)
    return limits, change.p_value


def tested_weighted(pairs: Sequence[Product], n: int, before: Answers, after: Answers, level: float) -> Tested:
    """The change of all weighted answers, and Hedges g without limits, which rest on people who all count alike."""
    first, last = (_Scored(side.values, side.counts, side.masses) for side in (before, after))
    change = change_of(first, last, pairs, n, level)
    effect = replace(hedges_g(reference=before.sample, later=after.sample, level=None), low=None, high=None)
    return Tested(change, Test(change.statistic, change.df, change.p_value, CLUSTERED, change.note), effect, (change.note,))


def agree_change_weighted(
    pairs: Sequence[Product], n: int, before: Answers, after: Answers, agrees: tuple[Sequence[bool], Sequence[bool]], level: float
) -> tuple[Interval, float | None]:
    """Limits and p of the change of the weighted share that agrees; `agrees` says at which values people do."""
    marks = [dict(zip(side.values, own, strict=True)) for side, own in zip((before, after), agrees, strict=True)]
    waves = [_Scored([Fraction(own[value]) for value in side.values], side.counts, side.masses) for side, own in zip((before, after), marks, strict=True)]
    told = [(Fraction(marks[0][Fraction(one)]), Fraction(marks[1][Fraction(other)]), mass) for one, other, mass in pairs]
    return share_change_of(waves[0], waves[1], told, n, level)
