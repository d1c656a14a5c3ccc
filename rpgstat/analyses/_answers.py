"""The answers to one item, or one battery's scores, of some people in one wave: what every row of a result starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from rpgstat.analyses._distribution import Distribution
from rpgstat.record import record
from rpgstat.stats.sample import Sample
from rpgstat.study import Battery, Cell, Item, ItemCell, Mass, MeanOnly, Scale, ScoreCell, Tally


@record
class Answers:
    """The valid answers behind one cell: how many people gave each score, lowest score first.

    `agree` is the share in the upper half of the scale and `net` that minus the share in the lower half (None without answers or on an
    undeclared numeric scale); `effective_n` is the number of people whose share would be as precise as `agree`: None where it is n, for
    answers may be weighted, and the population small. `masses` are what the people at each score weigh, where a column says so;
    `table` has them by cell, where they are raked.
    """

    scale: Scale
    values: tuple[Fraction, ...]
    counts: tuple[int, ...]
    not_applicable: int | None
    missing: int
    sample: Sample
    upper: int
    agree: float | None
    net: float | None
    effective_n: float | None = None
    weighted: bool = False
    finite: bool = False
    masses: tuple[Mass, ...] = ()
    table: Distribution | None = None

    @property
    def plain(self) -> bool:
        """Whether all answers count alike and are a sample from an endless population: what rank and exact tests need."""
        return not self.weighted and not self.finite

    @property
    def mean(self) -> Fraction:
        """The mean of at least one answer, from exact sums where all count alike."""
        if self.weighted:
            return Fraction(self.sample.mean or 0.0)
        return sum((v * c for v, c in zip(self.values, self.counts, strict=True)), Fraction(0)) / self.sample.n

    @property
    def side(self) -> int:
        """Sign of the mean minus the midpoint; 0 without answers."""
        distance = self.mean - self.scale.midpoint if self.sample.n else Fraction(0)
        return (distance > 0) - (distance < 0)

    @property
    def agreeing(self) -> tuple[float, float, float | None]:
        """The share that agrees as kernels take it: count, n and effective n."""
        if self.weighted and self.sample.n:
            return self.agree or 0.0, 1.0, self.effective_n
        return self.upper, self.sample.n, self.effective_n


def answers_to(tally: Tally, battery: Battery, item: Item | None, items: tuple[str, ...], wave: str) -> Answers | None:
    """The answers to an item, or without one the battery scores made of `items`; None when there are none or they are withheld."""
    return battery_answers(tally, battery, items, wave) if item is None else item_answers(tally, battery, item, wave)


def is_withheld(tally: Tally, battery: Battery, item: Item | None, items: tuple[str, ...], wave: str) -> bool:
    """Whether a cell is missing because nobody is to see it."""
    return _cell(battery, item, items, wave) in tally.withheld


def mean_to(tally: Tally, battery: Battery, item: Item | None, items: tuple[str, ...], wave: str) -> MeanOnly | None:
    """Number and mean of the answers of a group, which may be all that is to be seen of them; None where `answers_to` is and no mean may be seen."""
    return tally.means.get(_cell(battery, item, items, wave))


def _cell(battery: Battery, item: Item | None, items: tuple[str, ...], wave: str) -> Cell:
    return ItemCell(item.id, wave) if item else ScoreCell(battery.name, items, wave)


def item_answers(tally: Tally, battery: Battery, item: Item, wave: str) -> Answers | None:
    """The answers to an item; None when the wave's file does not hold it, or only their number may be seen."""
    cell = tally.counts.get((item.id, wave))
    if cell is None or ItemCell(item.id, wave) in tally.number_only:
        return None
    scale = battery.scale_of(item)
    k = len(scale.levels)
    lower, upper = [i < k // 2 for i in range(k)], [i >= (k + 1) // 2 for i in range(k)]
    classes = {name: people.counts[item.id, wave].levels for name, people in tally.classes.items()}
    table = Distribution(tally.design, wave, cell.levels, scale.scores, cell.masses, classes)
    return _answers(scale, table, (cell.not_applicable, cell.missing), lower, upper)


def battery_answers(tally: Tally, battery: Battery, items: tuple[str, ...], wave: str) -> Answers | None:
    """The battery scores made of `items`; None when there are none, or only their number may be seen."""
    key = (battery.name, items, wave)
    cell = tally.scores.get(key)
    if cell is None or ScoreCell(*key) in tally.number_only:
        return None
    middle = battery.scale.midpoint
    own = {name: dict(zip(people.scores[key].values, people.scores[key].counts, strict=True)) for name, people in tally.classes.items()}
    classes = {name: tuple(people.get(value, 0) for value in cell.values) for name, people in own.items()}
    table = Distribution(tally.design, wave, cell.counts, cell.values, cell.masses, classes)
    return _answers(battery.scale, table, (None, cell.missing), [value < middle for value in cell.values], [value > middle for value in cell.values])


def _answers(scale: Scale, table: Distribution, others: tuple[int | None, int], lower: Sequence[bool], upper: Sequence[bool]) -> Answers:
    sample, above, below = table.sample(), table.people(upper), table.people(lower)
    finite, masses, raked = table.population is not None, tuple(table.masses), table if table.classes else None
    scores, counts = tuple(table.scores), tuple(table.counts)
    found = Answers(scale, scores, counts, *others, sample, above, None, None, None, table.weighted, finite, masses, raked)
    if not sample.n or not scale.labelled:
        return found
    agree, effective_n = table.share(upper)
    net = agree - table.share(lower)[0] if table.weighted else (above - below) / sample.n
    return replace(found, agree=agree, net=net, effective_n=effective_n)
