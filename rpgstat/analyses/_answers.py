"""The answers to one item, or one battery's scores, of some people in one wave: what every row of a result starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from rpgstat.record import record
from rpgstat.stats.sample import Sample, describe
from rpgstat.study import Battery, Cell, Class, Design, Item, ItemCell, Mass, MeanOnly, Scale, ScoreCell, Tally


@record
class Answers:
    """The valid answers behind one cell: how many people gave each score, lowest score first.

    `agree` is the share in the upper half of the scale and `net` that minus the share in the lower half (None without answers or on an
    undeclared numeric scale); `effective_n` is the number of people whose share would be as precise as `agree`: None where it is n, for
    answers may be weighted, and the population small.
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
    """The answers to an item; None when the wave's file does not hold it."""
    cell = tally.counts.get((item.id, wave))
    if cell is None:
        return None
    scale = battery.scale_of(item)
    k = len(scale.levels)
    lower, upper = [i < k // 2 for i in range(k)], [i >= (k + 1) // 2 for i in range(k)]
    classes = {name: people.counts[item.id, wave].levels for name, people in tally.classes.items()}
    table = _Table(tally.design, wave, cell.levels, scale.scores, cell.masses, classes)
    return _answers(scale, table, (cell.not_applicable, cell.missing), lower, upper)


def battery_answers(tally: Tally, battery: Battery, items: tuple[str, ...], wave: str) -> Answers | None:
    """The battery scores made of `items`; None when there are none."""
    key = (battery.name, items, wave)
    cell = tally.scores.get(key)
    if cell is None:
        return None
    middle = battery.scale.midpoint
    own = {name: dict(zip(people.scores[key].values, people.scores[key].counts, strict=True)) for name, people in tally.classes.items()}
    classes = {name: tuple(people.get(value, 0) for value in cell.values) for name, people in own.items()}
    table = _Table(tally.design, wave, cell.counts, cell.values, cell.masses, classes)
    return _answers(battery.scale, table, (None, cell.missing), [value < middle for value in cell.values], [value > middle for value in cell.values])


def _answers(scale: Scale, table: _Table, others: tuple[int | None, int], lower: Sequence[bool], upper: Sequence[bool]) -> Answers:
    sample, above, below = table.sample(), table.people(upper), table.people(lower)
    found = Answers(scale, tuple(table.scores), tuple(table.counts), *others, sample, above, None, None, None, table.weighted, table.population is not None)
    if not sample.n or not scale.labelled:
        return found
    agree, effective_n = table.share(upper)
    net = agree - table.share(lower)[0] if table.weighted else (above - below) / sample.n
    return replace(found, agree=agree, net=net, effective_n=effective_n)


@record
class _Table:
    """Counts at each score, in all and what they weigh or by raked class, and how they stand for a population."""

    design: Design | None
    wave: str
    counts: Sequence[int]
    scores: Sequence[Fraction]
    masses: Sequence[Mass]
    classes: Mapping[Class, Sequence[int]]

    @property
    def weighted(self) -> bool:
        """Whether people count unequally."""
        return bool(self.masses or self.classes)

    @property
    def population(self) -> int | None:
        """How many people there were to ask in the wave; None without a finite population."""
        return self.design.population.get(self.wave) if self.design else None

    def sample(self) -> Sample:
        """Mean, spread and median with the variance that the design gives the mean."""
        sample = self._sample()
        if self.population is None:
            return sample
        from rpgstat.stats.finite import finite

        return finite(sample=sample, population=self.population)

    def _sample(self) -> Sample:
        if self.classes and self.design:
            from rpgstat.stats.calibrated import describe_raked

            return describe_raked(**self._raked(self.design), scores=[float(score) for score in self.scores])
        if self.masses:
            from rpgstat.stats.weighted import describe_masses

            return describe_masses(counts=self.counts, masses=self.masses, scores=self.scores)
        return describe(counts=self.counts, scores=self.scores)

    def people(self, chosen: Sequence[bool]) -> int:
        """How many people are at the scores chosen."""
        return sum(count for count, mark in zip(self.counts, chosen, strict=True) if mark)

    def share(self, chosen: Sequence[bool]) -> tuple[float, float | None]:
        """The share of people at the scores chosen, and its effective n where that is not n; of at least one person."""
        n = sum(self.counts)
        share, effective_n = self._share(chosen) if self.weighted else (self.people(chosen) / n, None)
        if self.population is None:
            return share, effective_n
        from rpgstat.stats.finite import finite_n

        return share, finite_n(n=n, population=self.population, effective_n=effective_n)

    def _share(self, chosen: Sequence[bool]) -> tuple[float, float | None]:
        if self.classes and self.design:
            from rpgstat.stats.calibrated import share_raked

            found = share_raked(**self._raked(self.design), chosen=chosen)
        else:
            from rpgstat.stats.weighted import share_masses

            found = share_masses(counts=self.counts, masses=self.masses, chosen=chosen)
        return found.share or 0.0, found.effective_n

    def _raked(self, design: Design) -> dict[str, Any]:
        """The raked cells with their people and weights, and the counts of each at the scores."""
        from rpgstat.stats.raking import Raked

        cells, counts = design.cells[self.wave], dict[Class, list[int]]()
        for name, own in self.classes.items():
            before = counts.setdefault(cells[name], [0] * len(own))
            counts[cells[name]] = [a + b for a, b in zip(before, own, strict=True)]
        everyone = design.raked[self.wave]
        raked = Raked({cell: weight for cell, (_, weight) in everyone.items()}, {cell: n for cell, (n, _) in everyone.items()}, 0)
        return {"raked": raked, "counts": {cell: own for cell, own in counts.items() if cell in everyone}}
