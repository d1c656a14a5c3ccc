"""Whether an item rises or falls over three or more ordered waves: the slope of the means, their departure from a line, and two tests of order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.distributions import normal_cdf
from rpgstat.stats.groups import f_tail
from rpgstat.stats.sample import Estimate, Sample, critical_t, two_sided_t


@record
class Slope(Estimate):
    """Points of the scale per unit of time, with its t interval and two-sided test; positive is upwards."""


@record
class Departure:
    """The F test that the means of the waves lie on a line."""

    f_statistic: float | None
    df1: int | None
    df2: float | None
    p_value: float | None
    note: str = ""


@record
class OrderTest:
    """A test of order, z above 0 upwards, its two-sided p, and Kendall's tau-b of answer and wave, -1 to 1."""

    statistic: float | None
    p_value: float | None
    tau: float | None
    method: str
    note: str = ""


def slope(*, samples: Sequence[Sample], times: Sequence[float], level: float = 0.95) -> Slope:
    """The slope of the line through the waves' means, each wave counting alike however many answered; variances may differ.

    `times` stand beside `samples`, in any unit and spacing, at least two of them different. The variance is the sum of c^2 s^2 / n over waves, c the
    contrast of the times; df is Satterthwaite's. With two waves it is Welch's change over the time between them. Without two answers in every
    wave, or with no variance anywhere, the estimate stays (None where a mean is missing), the rest is None and `note` says why.

    Maxwell, Delaney & Kelley 2018, Designing Experiments and Analyzing Data, chapter 6; df: Satterthwaite 1946.

    >>> waves = [Sample(47, 2.54, 0.86, 3.0), Sample(60, 2.80, 0.80, 3.0), Sample(75, 3.04, 0.78, 3.0)]
    >>> found = slope(samples=waves, times=[2013, 2014, 2016])
    >>> round(found.estimate, 3), round(found.df, 1), round(found.p_value, 4)
    (0.16, 111.8, 0.0014)
    """
    if any(sample.mean is None for sample in samples):
        return Slope(None, None, None, None, None, None, None, say("row.few_in_a_wave"))
    contrast = _contrast(times)
    estimate = math.fsum(c * float(sample.mean or 0.0) for c, sample in zip(contrast, samples, strict=True))
    if any(sample.mean_variance is None for sample in samples):
        return Slope(estimate, None, None, None, None, None, None, say("row.few_in_a_wave"))
    parts = [(c * c * float(sample.mean_variance or 0.0), sample.n - 1) for c, sample in zip(contrast, samples, strict=True)]
    variance = math.fsum(part for part, _ in parts)
    if variance == 0:
        return Slope(estimate, None, None, None, None, None, None, say("row.equal_in_waves"))
    df, std_error = 1 / math.fsum((part / variance) ** 2 / df for part, df in parts), math.sqrt(variance)
    reach, statistic = critical_t(df=df, level=level) * std_error, estimate / std_error
    return Slope(estimate, std_error, df, estimate - reach, estimate + reach, statistic, two_sided_t(statistic=statistic, df=df))


def departure(*, samples: Sequence[Sample], times: Sequence[float]) -> Departure:
    """Whether the waves' means lie on a line over time: Johansen's Welch-James F of the contrasts orthogonal to a level and a slope.

    df1 is the number of waves less 2. It is the weighted sum of squares about the weighted line, each wave weighing by the variance of its mean. All
    None, with a note, where a wave has no variance or there are fewer than three waves.

    Johansen 1980, Biometrika 67; Lix & Keselman 1995, Psychological Bulletin 117, equations 2 to 6.

    >>> waves = [Sample(47, 2.54, 0.86, 3.0), Sample(60, 3.10, 0.80, 3.0), Sample(75, 2.74, 0.78, 3.0)]
    >>> test = departure(samples=waves, times=[1, 2, 3])
    >>> round(test.f_statistic, 3), test.df1, round(test.df2, 1), round(test.p_value, 4)
    (12.725, 1, 119.2, 0.0005)
    """
    df1 = len(samples) - 2
    if df1 < 1:
        return Departure(None, None, None, None, say("row.few_waves"))
    if any(not sample.mean_variance for sample in samples):
        return Departure(
            None, None, None, None, say("row.few_in_a_wave") if any(sample.mean_variance is None for sample in samples) else say("row.equal_in_a_wave")
        )
    least = min(float(sample.mean_variance or 0.0) for sample in samples)
    weights = [least / float(sample.mean_variance or 0.0) for sample in samples]
    means = [float(sample.mean or 0.0) for sample in samples]
    squares, free = _about_the_line(weights, times, means)
    doubt = math.fsum(own * own / (sample.n - 1) for own, sample in zip(free, samples, strict=True))
    f_statistic = squares / least / (df1 + 2 * doubt - 6 * doubt / (df1 + 2))
    df2 = df1 * (df1 + 2) / (3 * doubt)
    return Departure(f_statistic, df1, df2, f_tail(f_statistic, df1, df2))


def _contrast(times: Sequence[float]) -> list[float]:
    """How much each wave's mean counts in the slope."""
    exact = [Fraction(time) for time in times]
    centre = sum(exact, Fraction(0)) / len(exact)
    spread = sum((time - centre) ** 2 for time in exact)
    return [float((time - centre) / spread) for time in exact]


def _about_the_line(weights: Sequence[float], times: Sequence[float], means: Sequence[float]) -> tuple[float, list[float]]:
    """The weighted sum of squares about the weighted line, and how free each mean is to leave it: 1 less its leverage."""
    whole = math.fsum(weights)
    centre = math.fsum(w * t for w, t in zip(weights, times, strict=True)) / whole
    mean = math.fsum(w * m for w, m in zip(weights, means, strict=True)) / whole
    spread = math.fsum(w * (t - centre) ** 2 for w, t in zip(weights, times, strict=True))
    rise = math.fsum(w * (t - centre) * (m - mean) for w, t, m in zip(weights, times, means, strict=True)) / spread
    squares = math.fsum(w * (m - mean - rise * (t - centre)) ** 2 for w, t, m in zip(weights, times, means, strict=True))
    return squares, [1 - w * (1 / whole + (t - centre) ** 2 / spread) for w, t in zip(weights, times, strict=True)]


def linear_by_linear(*, counts: Sequence[Sequence[int]], scores: Sequence[Fraction | int | float], times: Sequence[float]) -> OrderTest:
    """The linear-by-linear test of score and time: z = sqrt(n - 1) times their correlation over all answers, against the normal.

    `counts` holds one row a wave, people at each of the `scores`; `times` stand beside the rows. All None, with a note, for fewer than three answers,
    and where all answers are equal or all in one wave.

    Mantel 1963, Journal of the American Statistical Association 58; R `coin::independence_test(score ~ t)`.

    >>> test = linear_by_linear(counts=[[4, 5, 3], [2, 6, 5], [1, 5, 9]], scores=[1, 2, 3], times=[1, 2, 3])
    >>> round(test.statistic, 4), round(test.p_value, 4), round(test.tau, 4)
    (2.1473, 0.0318, 0.3077)
    """
    n = sum(map(sum, counts))
    cells = [(Fraction(time), Fraction(score), int(people)) for time, row in zip(times, counts, strict=True) for score, people in zip(scores, row, strict=True)]
    covariance, spread, other = (_centred(cells, n, one, two) for one, two in ((0, 1), (0, 0), (1, 1)))
    if n < 3 or not spread or not other:
        return OrderTest(None, None, None, "lbl", _untested(n))
    ordered = [[int(people) for _, people in sorted(zip(scores, row, strict=True))] for _, row in sorted(zip(times, counts, strict=True))]
    z = math.sqrt(n - 1) * float(covariance) / math.sqrt(spread * other)
    return OrderTest(z, 2 * normal_cdf(-abs(z)), kendall(ordered), "lbl")


def _centred(cells: Sequence[tuple[Fraction, Fraction, int]], n: int, one: int, two: int) -> Fraction:
    """n times the sum of cross-products about the means of two of (time, score)."""

    def total(*columns: int) -> Fraction:
        return Fraction(sum(math.prod((cell[column] for column in columns), start=cell[2]) for cell in cells))

    return n * total(one, two) - total(one) * total(two)


def jonckheere(*, counts: Sequence[Sequence[int]]) -> OrderTest:
    """The Jonckheere-Terpstra test that answers rise or fall over the order of the waves, corrected for ties, no continuity correction.

    `counts` holds one row a wave in order, people at each level, lowest first. z is (J - E J) / SD; J counts the pairs in which the later answer is
    higher, ties half. p is that of R `cor.test(wave, score, method = "kendall", exact = FALSE)`. Not R `clinfun::jonckheere.test`, whose variance
    ignores ties. All None, with a note, for fewer than three answers, and where all answers are equal or all in one wave.

    Jonckheere 1954, Biometrika 41; variance with ties: Hollander & Wolfe 1999, Nonparametric Statistical Methods, section 6.2.

    >>> test = jonckheere(counts=[[4, 5, 3], [2, 6, 5], [1, 5, 9]])
    >>> round(test.statistic, 4), round(test.p_value, 4), round(test.tau, 4)
    (2.1399, 0.0324, 0.3077)
    """
    waves = [sum(row) for row in counts]
    levels = [sum(column) for column in zip(*counts, strict=True)]
    n = sum(waves)
    if n < 3 or max(waves) == n or max(levels) == n:
        return OrderTest(None, None, None, "jonckheere", _untested(n))
    z = _agreement(counts) / 2 / math.sqrt(_tied_variance(n, waves, levels))
    return OrderTest(z, 2 * normal_cdf(-abs(z)), kendall(counts), "jonckheere")


def kendall(counts: Sequence[Sequence[int]]) -> float | None:
    """Kendall's tau-b of wave and answer, -1 to 1; None where all answers are equal, or all in one wave.

    >>> round(kendall([[4, 5, 3], [2, 6, 5], [1, 5, 9]]), 4)
    0.3077
    """
    waves, levels = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
    pairs = [(sum(sizes) ** 2 - sum(size * size for size in sizes)) // 2 for sizes in (waves, levels)]
    return _agreement(counts) / math.sqrt(pairs[0] * pairs[1]) if pairs[0] and pairs[1] else None


def _agreement(counts: Sequence[Sequence[int]]) -> int:
    """Pairs of answers of different waves in which the later is higher, less those in which it is lower."""
    found, earlier = 0, [0] * len(counts[0]) if counts else []
    for row in counts:
        below = [0, *accumulate(earlier)]
        found += sum(int(people) * (below[i] - (below[-1] - below[i + 1])) for i, people in enumerate(row))
        earlier = [a + int(b) for a, b in zip(earlier, row, strict=True)]
    return found


def _tied_variance(n: int, waves: Sequence[int], levels: Sequence[int]) -> float:
    """The variance of J given the sizes of waves and of ties, in whole numbers until the end."""

    def total(sizes: Sequence[int], power: int) -> int:
        terms = {2: lambda s: s * (s - 1), 3: lambda s: s * (s - 1) * (s - 2), 5: lambda s: s * (s - 1) * (2 * s + 5)}
        return sum(terms[power](int(size)) for size in sizes)

    first = Fraction(n * (n - 1) * (2 * n + 5) - total(waves, 5) - total(levels, 5), 72)
    second = Fraction(total(waves, 3) * total(levels, 3), 36 * n * (n - 1) * (n - 2))
    third = Fraction(total(waves, 2) * total(levels, 2), 8 * n * (n - 1))
    return float(first + second + third)


def _untested(n: int) -> str:
    return say("row.few_in_all") if n < 3 else say("row.all_equal")
