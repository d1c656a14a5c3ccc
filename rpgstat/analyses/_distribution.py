"""How many people are at each score, and what they stand for: weighted, raked, or a part of a finite population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from rpgstat.record import record
from rpgstat.stats.sample import Sample, describe
from rpgstat.study import Class, Design, Mass


@record
class Distribution:
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

    @property
    def plain(self) -> bool:
        """Whether all people count alike and are a sample from an endless population: what rank and exact tests need."""
        return not self.weighted and self.population is None

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

            return describe_raked(**self.raked(), scores=[float(score) for score in self.scores])
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

            found = share_raked(**self.raked(), chosen=chosen)
        else:
            from rpgstat.stats.weighted import share_masses

            found = share_masses(counts=self.counts, masses=self.masses, chosen=chosen)
        return found.share or 0.0, found.effective_n

    def raked(self) -> dict[str, Any]:
        """The raked cells with their people and weights, and the counts of each at the scores: of people who are raked."""
        from rpgstat.stats.raking import Raked

        design = self.design or Design()

        cells, counts = design.cells[self.wave], dict[Class, list[int]]()
        for name, own in self.classes.items():
            before = counts.setdefault(cells[name], [0] * len(own))
            counts[cells[name]] = [a + b for a, b in zip(before, own, strict=True)]
        everyone = design.raked[self.wave]
        raked = Raked({cell: weight for cell, (_, weight) in everyone.items()}, {cell: n for cell, (n, _) in everyone.items()}, 0)
        return {"raked": raked, "counts": {cell: own for cell, own in counts.items() if cell in everyone}}

    @property
    def weights(self) -> list[Fraction]:
        """What the people at each score weigh; their number where all count alike."""
        if self.classes and self.design:
            raked, cells = self.design.raked[self.wave], self.design.cells[self.wave]
            weight = {name: Fraction(raked[cells[name]][1]) if cells[name] in raked else Fraction(0) for name in self.classes}
            return [sum((weight[name] * own[at] for name, own in self.classes.items()), Fraction(0)) for at in range(len(self.counts))]
        return [Fraction(mass) for mass, _ in self.masses] if self.masses else [Fraction(n) for n in self.counts]
