"""What the replies to a question stand for: the people at each option, number or place, as weights and a finite population have them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from rpgstat.analyses._distribution import Distribution
from rpgstat.record import record
from rpgstat.stats.sample import Interval, Sample
from rpgstat.stats.shares import newcombe, wilson
from rpgstat.study import Mass
from rpgstat.study.questions import Question, Replies, What, base

PROMOTERS, PASSIVES, DETRACTORS = "promoters", "passives", "detractors"
_LEAST_PROMOTER, _LEAST_PASSIVE = 9, 7
_NOTHING: Mass = (0, 0)


@record
class Part:
    """A share of people: how many, of how many, the share that they are, and of how many its precision is, None where that is `n`."""

    count: int
    n: int
    share: float
    effective_n: float | None
    weighted: bool
    people: Distribution

    @property
    def plain(self) -> bool:
        """Whether Fisher's test holds: all count alike, and there is no end to those whom they are drawn from."""
        return self.people.plain

    @property
    def _told(self) -> tuple[float, float, float | None]:
        return (self.share, 1.0, self.effective_n) if self.weighted else (self.count, self.n, self.effective_n)

    def limits(self, level: float) -> Interval | None:
        """Wilson's limits of the share."""
        count, n, effective_n = self._told
        return wilson(count=count, n=n, effective_n=effective_n, level=level)

    def change(self, before: Part, level: float) -> Interval | None:
        """Newcombe's limits of the change from `before`."""
        (first, n_first, effective_first), (count, n, effective_n) = before._told, self._told
        of = {"effective_n_reference": effective_first, "effective_n": effective_n}
        return newcombe(count_reference=first, n_reference=n_first, count=count, n=n, **of, level=level)


def option_part(question: Question, own: Replies, option: str) -> Part | None:
    """Those who gave an answer, of those in the base; None where nobody is."""

    def counted(replies: Replies) -> tuple[int, int]:
        return base(question, replies), replies.counts.get(option, 0)

    everyone: list[What] = [None] if question.kind == "multiple" else [other for other in own.counts if other not in question.off]
    return _part(own, counted, _mass(own, everyone), _mass(own, [option]))


def kind_part(own: Replies, kind: str) -> Part | None:
    """The promoters, passives or detractors among those who answered; None where nobody did."""

    def counted(replies: Replies) -> tuple[int, int]:
        return sum(replies.values.values()), sum(n for value, n in replies.values.items() if kind_of(value) == kind)

    return _part(own, counted, _mass(own, own.values), _mass(own, (value for value in own.values if kind_of(value) == kind)))


def places_part(own: Replies, option: str, last: int) -> Part | None:
    """Those who put an option among the first `last`, of those who gave it a place; None where nobody did."""

    def counted(replies: Replies) -> tuple[int, int]:
        ranks = replies.ranks.get(option, {})
        return sum(ranks.values()), sum(n for place, n in ranks.items() if place <= last)

    ranks = own.ranks.get(option, {})
    return _part(own, counted, _mass(own, ((option, place) for place in ranks)), _mass(own, ((option, place) for place in ranks if place <= last)))


def _part(own: Replies, counted: Callable[[Replies], tuple[int, int]], everyone: Mass, chosen: Mass) -> Part | None:
    n, count = counted(own)
    if not n:
        return None
    masses = ((everyone[0] - chosen[0], everyone[1] - chosen[1]), chosen) if own.masses else ()
    classes = {name: (there - here, here) for name, (there, here) in ((name, counted(replies)) for name, replies in own.classes.items())}
    people = Distribution(own.design, own.wave, (n - count, count), (Fraction(0), Fraction(1)), masses, classes)
    share, effective_n = people.share([False, True])
    return Part(count, n, share, effective_n, people.weighted, people)


def _mass(own: Replies, at: Iterable[What]) -> Mass:
    """What the people at these weigh."""
    found = [own.masses.get(what, _NOTHING) for what in at]
    return sum(mass for mass, _ in found), sum(square for _, square in found)


def kind_of(value: Fraction) -> str:
    """Whether somebody who answered so, from 0 to 10, is a promoter, passive or detractor."""
    return PROMOTERS if value >= _LEAST_PROMOTER else PASSIVES if value >= _LEAST_PASSIVE else DETRACTORS


def net(own: Replies) -> Distribution:
    """Detractors at -1, passives at 0, promoters at 1."""
    kinds = (DETRACTORS, PASSIVES, PROMOTERS)

    def counted(replies: Replies) -> tuple[int, ...]:
        return tuple(sum(n for value, n in replies.values.items() if kind_of(value) == kind) for kind in kinds)

    masses = [_mass(own, (value for value in own.values if kind_of(value) == kind)) for kind in kinds] if own.masses else []
    return _spread(own, counted, (Fraction(-1), Fraction(0), Fraction(1)), masses)


def numbers(own: Replies) -> Distribution:
    """People by number."""
    values = tuple(sorted(own.values))
    return _spread(own, lambda replies: tuple(replies.values.get(value, 0) for value in values), values, [_mass(own, [value]) for value in values])


def places(own: Replies, option: str) -> Distribution:
    """People by the place that they gave an option."""
    ranks = tuple(sorted(own.ranks.get(option, {})))
    masses = [_mass(own, [(option, place)]) for place in ranks]
    return _spread(own, lambda replies: tuple(replies.ranks.get(option, {}).get(place, 0) for place in ranks), tuple(map(Fraction, ranks)), masses)


def _spread(own: Replies, counted: Callable[[Replies], tuple[int, ...]], scores: Sequence[Fraction], masses: Sequence[Mass]) -> Distribution:
    classes = {name: counted(replies) for name, replies in own.classes.items()}
    return Distribution(own.design, own.wave, counted(own), scores, masses if own.masses else (), classes)


def effective_n(sample: Sample, part: Part | None) -> float | None:
    """Of how many people a mean would be as precise: from its variance, of equal answers what the weights leave; None without any."""
    if sample.sd and sample.variance is not None:
        return sample.sd**2 / sample.variance if sample.variance else float("inf")
    return None if part is None else part.effective_n
