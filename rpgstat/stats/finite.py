"""Samples from a finite population: the larger the part that answered, the less uncertain their mean or share."""

from __future__ import annotations

from dataclasses import replace

from rpgstat.stats.sample import Sample


def finite(*, sample: Sample, population: int) -> Sample:
    """The same sample, with the variance of its mean times 1 - n/N for a population of N = `population` people.

    With n = N the variance is exactly 0, and tests say why they are not given; None stays None. Mean, sd and median describe the people
    who answered and stay; n counts valid answers, not questionnaires returned. Raises ValueError when n > N.

    Cochran 1977, Sampling Techniques, section 2.5; R `svymean` on `svydesign(ids = ~1, fpc = ~N)`.

    >>> from rpgstat.stats.sample import describe
    >>> sample = describe(counts=[1, 0, 2, 1], scores=[1, 2, 3, 4])
    >>> round(sample.mean_variance, 4), round(finite(sample=sample, population=10).mean_variance, 4)
    (0.3958, 0.2375)
    >>> finite(sample=sample, population=4).mean_variance
    0.0
    """
    variance = sample.mean_variance
    return replace(sample, variance=None if variance is None else variance * _unseen(sample.n, population))


def finite_n(*, n: int, population: int, effective_n: float | None = None) -> float:
    """How many people drawn from an endless population would give a share as precise: n / (1 - n/N), for `wilson` and `newcombe`.

    `effective_n` stands in the place of the numerator where answers are weighted. Infinite when n = N, 0 when n = 0.
    Raises ValueError when n > N.

    >>> finite_n(n=60, population=80), finite_n(n=80, population=80)
    (240.0, inf)
    """
    unseen = _unseen(n, population)
    return (n if effective_n is None else effective_n) / unseen if unseen else float("inf")


def _unseen(n: int, population: int) -> float:
    """The share of the population that did not answer."""
    if not 0 <= n <= population:
        raise ValueError(f"n = {n} must be within 0 to the population of {population}")
    return (population - n) / population if population else 1.0
