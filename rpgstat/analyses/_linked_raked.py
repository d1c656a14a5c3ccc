"""People who answered in both of two raked waves: the change of their answers, with errors clustered on the person and the margins known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from rpgstat.analyses._answers import Answers
from rpgstat.analyses._distribution import Distribution
from rpgstat.stats.calibrated_pairs import Influence, Move, influence, raked_covariance, raked_overlap
from rpgstat.stats.means import MeanDifference
from rpgstat.stats.paired_shares import hybrid
from rpgstat.stats.sample import Interval

if TYPE_CHECKING:
    from rpgstat.analyses._linked import Both

Scored = Mapping[Fraction, Fraction]
"""What the values of a wave count as."""


def change_raked(both: Both, before: Answers, after: Answers, level: float) -> MeanDifference:
    """The change of the raked mean of all answers."""
    sides, pairs = _moved(both, before, after, [{value: value for value in side.values} for side in (before, after)])
    return raked_overlap(reference=sides[0], later=sides[1], pairs=pairs, everyone=both.everyone, people=both.people, level=level)


def agree_change_raked(
    both: Both, before: Answers, after: Answers, agrees: tuple[Sequence[bool], Sequence[bool]], level: float
) -> tuple[Interval, float | None]:
    """Limits and p of the change of the raked share that agrees; `agrees` says at which values people do."""
    marks = [dict(zip(side.values, map(Fraction, own), strict=True)) for side, own in zip((before, after), agrees, strict=True)]
    sides, pairs = _moved(both, before, after, marks)
    first, last, common = raked_covariance(reference=sides[0], later=sides[1], pairs=pairs, everyone=both.everyone)
    correlation = common / math.sqrt(first * last) if first > 0 and last > 0 else 0.0
    (share, n, effective), (later, n_later, effective_later) = before.agreeing, after.agreeing
    limits = hybrid(share, n, later, n_later, correlation, level, (effective, effective_later))
    change = raked_overlap(reference=sides[0], later=sides[1], pairs=pairs, everyone=both.everyone, people=both.people, level=level)
    return limits, change.p_value


def _moved(both: Both, before: Answers, after: Answers, scores: Sequence[Scored]) -> tuple[list[Influence], list[Move]]:
    """The influences of both waves, and the people in both, with their values as these count."""
    sides = [_influence(side.table, own) for side, own in zip((before, after), scores, strict=True)]
    first, last = ({None: None, **own} for own in scores)
    return sides, [(cell, first[one], other, last[answer], n) for cell, one, other, answer, n in both.apart]  # type: ignore[misc]  # cells, once raked


def _influence(table: Distribution | None, scores: Scored) -> Influence:
    assert table is not None  # of raked answers there is one
    return influence(**table.raked(), scores=[scores[score] for score in table.scores])
