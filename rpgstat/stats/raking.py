"""Raking: weights for the cells of the crossed margins, so that each margin has the shares of the population."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from rpgstat.record import record
from rpgstat.stats.weighted import DesignEffect, design_effect

Cell = tuple[int, ...]

# Relative miss at which a margin is met: some thousands of roundings.
MET = 1e-12
# Sweeps over all margins. Each leaves the squared correlation of the margins of the miss before it, so 1,000 do up to .98.
MAX_SWEEPS = 1000
# Products that have left this range are on their way to infinity or 0, because the margins contradict each other.
BEYOND = 1e100
# How far the shares of a margin may be from a sum of 1, by rounding; they are divided by their sum.
SUM_OF_SHARES = 1e-9


class RakingError(ValueError):
    """Margins that cannot be met, and where: `margin` and `category` count from 0; `category` is None where the whole margin is at fault.

    `reason`: `sum`, its shares do not sum to 1; `empty`, a share of the population but no respondent; `zero`, respondents but a share
    of 0; `trim`, too few respondents for their share with no weight above the bound; `diverged`, the margins contradict each other
    in these cells, here most of all.
    """

    def __init__(self, reason: Literal["sum", "empty", "zero", "trim", "diverged"], margin: int, category: int | None, message: str) -> None:
        super().__init__(message)
        self.reason, self.margin, self.category = reason, margin, category


@record
class Raked:
    """The weight and the number of people of each cell that has any; the mean weight of a person is 1."""

    weights: dict[Cell, float]
    counts: dict[Cell, int]
    sweeps: int

    @property
    def effect(self) -> DesignEffect | None:
        """Design effect, effective n and extremes of the weights; None never arises from `rake`."""
        return design_effect(counts=list(self.counts.values()), weights=list(self.weights.values()))


@record
class _Category:
    """One category of one margin: the cells in it and the number of people it is to stand for."""

    margin: int
    place: int
    cells: list[Cell]
    goal: float


def rake(*, counts: Mapping[Cell, int], margins: Sequence[Sequence[float]], trim: float | None = None) -> Raked:
    """Weights that are the same within a cell and give every margin the shares in `margins`, changed as little as that allows.

    `counts[i, j...]` people are in category i of the first margin, j of the second...; `margins[m][i]` is the population's share of
    category i. A weight is a product of one factor for each margin; a sweep meets the margins in turn, until all are met within 1e-12.
    With `trim` no weight exceeds `trim` times the mean: weight = min(trim, product), of all weights within that bound the closest to
    equal in Kullback-Leibler distance. Margins that are met already give weights of 1.
    Raises RakingError where margins cannot be met; ValueError for cells that do not fit the margins, a negative count or share, nobody
    at all, or a `trim` below 1.

    Deming & Stephan 1940, Annals of Mathematical Statistics 11; bounded: Deville, Särndal & Sautory 1993, Journal of the American
    Statistical Association 88. R survey's `rake`, and `calibrate(calfun = "raking", bounds = c(0, trim))`.

    >>> raked = rake(counts={(0, 0): 30, (0, 1): 20, (1, 0): 10, (1, 1): 40}, margins=[[0.6, 0.4], [0.5, 0.5]])
    >>> {cell: round(weight, 3) for cell, weight in raked.weights.items()}
    {(0, 0): 1.333, (0, 1): 1.0, (1, 0): 1.0, (1, 1): 0.75}
    """
    _check(counts, margins, trim)
    people = {cell: int(count) for cell, count in sorted(counts.items()) if count}
    cap = math.inf if trim is None else float(trim)
    categories = _categories(people, margins, cap)
    products = dict.fromkeys(people, 1.0)
    for sweep in range(1, MAX_SWEEPS + 1):
        for category in categories:
            factor = _factor(category, products, people, cap)
            products |= {cell: products[cell] * factor for cell in category.cells}
        weights = {cell: min(cap, product) for cell, product in products.items()}
        misses = [abs(math.fsum(people[cell] * weights[cell] for cell in category.cells) / category.goal - 1) for category in categories]
        if max(misses) <= MET:
            return Raked(weights, people, sweep)
        if not all(1 / BEYOND < product < BEYOND for product in products.values()):
            break
    worst = categories[misses.index(max(misses))]
    raise RakingError("diverged", worst.margin, worst.place, f"not met after {sweep} sweeps: still off by {max(misses):.2g} of its share")


def _check(counts: Mapping[Cell, int], margins: Sequence[Sequence[float]], trim: float | None) -> None:
    sizes = [len(shares) for shares in margins]
    for cell, count in counts.items():
        if len(cell) != len(sizes) or any(not 0 <= place < size for place, size in zip(cell, sizes, strict=True)) or count < 0:
            raise ValueError(f"{count} people in cell {cell} of margins with {sizes} categories")
    if not any(counts.values()) or not margins:
        raise ValueError("nobody to weight, or no margin to weight to")
    if trim is not None and not trim >= 1:
        raise ValueError(f"trim {trim} is below the mean weight, 1")
    for m, shares in enumerate(margins):
        if not all(share >= 0 for share in shares):
            raise ValueError(f"shares {list(shares)} must be 0 or more")
        if not abs(math.fsum(shares) - 1) <= SUM_OF_SHARES:
            raise RakingError("sum", m, None, f"shares sum to {math.fsum(shares):.10g}, not to 1")


def _categories(people: Mapping[Cell, int], margins: Sequence[Sequence[float]], cap: float) -> list[_Category]:
    """The categories that somebody is in; an error where people and shares cannot be brought together."""
    n, found = sum(people.values()), []
    for m, shares in enumerate(margins):
        for place, share in enumerate(shares):
            cells = [cell for cell in people if cell[m] == place]
            present, goal = sum(people[cell] for cell in cells), n * share / math.fsum(shares)
            if goal and not present:
                raise RakingError("empty", m, place, f"{share:.4g} of the population, but no respondent")
            if present and not goal:
                raise RakingError("zero", m, place, f"{present} respondents, but a population share of 0")
            if goal > cap * present * (1 + MET):
                raise RakingError("trim", m, place, f"{present} respondents need a mean weight of {goal / present:.4g}, above the bound of {cap:.4g}")
            if present:
                found.append(_Category(m, place, cells, goal))
    return found


def _factor(category: _Category, products: Mapping[Cell, float], people: Mapping[Cell, int], cap: float) -> float:
    """What the products of a category are multiplied by, so that its weights, the products cut at `cap`, sum to its goal."""
    free, left = category.cells, category.goal
    while True:
        factor = left / math.fsum(people[cell] * products[cell] for cell in free)
        cut = [cell for cell in free if factor * products[cell] > cap]
        if not cut or len(cut) == len(free):  # all are cut where the goal takes every weight to the bound
            return factor
        free = [cell for cell in free if factor * products[cell] <= cap]
        left -= cap * sum(people[cell] for cell in cut)
