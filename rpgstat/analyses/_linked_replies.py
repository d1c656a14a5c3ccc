"""People who answered a question in both waves, as the tests of its changes take them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from rpgstat.analyses._distribution import Distribution
from rpgstat.analyses._standing import Part
from rpgstat.record import record
from rpgstat.stats.means import MeanDifference
from rpgstat.stats.overlap import overlap
from rpgstat.stats.paired_shares import YesNo, newcombe_overlap, share_overlap
from rpgstat.stats.pairs import Pairs, describe_pairs
from rpgstat.stats.sample import Interval
from rpgstat.study.questions import Both

_ANSWERS = ((1, 1), (1, 0), (0, 1), (0, 0))
"""Before and after, as `Both.options` has them."""


@record
class Met:
    """People by what they scored before and after, and the products of their two weights in the place of people; of a share 1 is yes.

    `over` counts those who answered in any of several waves, 0 where two are compared.
    """

    moves: tuple[tuple[Fraction | int, Fraction | int, int], ...]
    products: tuple[tuple[Fraction | int, Fraction | int, int], ...]
    over: int = 0

    @property
    def n(self) -> int:
        """How many they are."""
        return sum(n for *_, n in self.moves)

    def people(self, before: Distribution, after: Distribution) -> int:
        """How many answered in either wave, or in any of several."""
        return self.over or sum(before.counts) + sum(after.counts) - self.n

    @property
    def pairs(self) -> Pairs:
        """As kernels of means take them."""
        return describe_pairs(moves=self.moves)

    @property
    def yes_no(self) -> YesNo:
        """As kernels of shares take them."""
        return YesNo(*(n for *_, n in self.moves))


def met_at(both: Both | None, option: str) -> Met | None:
    """By whether they gave an option; None where nobody is known to have answered twice."""
    if both is None or option not in both.options:
        return None
    people, masses = both.options[option], both.masses.get(option, (0, 0, 0, 0))
    moves, products = (tuple((*cell, own) for cell, own in zip(_ANSWERS, row, strict=True)) for row in (people, masses))
    return Met(moves, products, both.people)


def met_by_number(both: Both | None, score: Callable[[Fraction], Fraction]) -> Met | None:
    """By the score that their numbers make."""
    if both is None or not both.values:
        return None
    moves = tuple((score(one), score(other), n) for one, other, n in both.values)
    return Met(moves, tuple((one, other, mass) for (one, other, _), mass in zip(moves, both.value_masses, strict=False)), both.people)


def share_limits(first: Part, last: Part, met: Met, level: float) -> Interval | None:
    """Newcombe's limits of the change of a share, with what the people in both waves have in common."""
    if first.weighted or met.over:
        return _clustered_share(first, last, met, level)[0]
    return newcombe_overlap(count_reference=first.count, n_reference=first.n, count=last.count, n=last.n, pairs=met.yes_no, level=level)


def share_p(first: Part, last: Part, met: Met, level: float) -> float | None:
    """p of no change of a share: z of overlapping shares; of weighted people, and of several waves, t with errors clustered on the person."""
    if first.weighted or met.over:
        return _clustered_share(first, last, met, level)[1]
    return share_overlap(count_reference=first.count, n_reference=first.n, count=last.count, n=last.n, pairs=met.yes_no).p_value


def mean_change(before: Distribution, own: Distribution, met: Met, level: float) -> MeanDifference:
    """The difference of two means of which some people are in both."""
    if own.weighted or met.over:
        from rpgstat.analyses._linked_clustered import change_of  # which few ask for

        return change_of(_weighed(before), _weighed(own), _products(met, own), met.people(before, own), level)
    return overlap(reference=before.sample(), later=own.sample(), pairs=met.pairs, level=level)


def _clustered_share(first: Part, last: Part, met: Met, level: float) -> tuple[Interval | None, float | None]:
    from rpgstat.analyses._linked_clustered import share_change_of

    return share_change_of(_weighed(first.people), _weighed(last.people), _products(met, last.people), met.people(first.people, last.people), level)


def _weighed(wave: Distribution) -> Distribution:
    """Where all count alike each person weighs 1."""
    return wave if wave.weighted else replace(wave, masses=[(n, n) for n in wave.counts])


def _products(met: Met, wave: Distribution) -> Sequence[tuple[Fraction | int, Fraction | int, int]]:
    return met.products if wave.weighted else met.moves
