"""Agreement of coders on units, from counts: Cohen's kappa, Gwet's AC1 and AC2, Krippendorff's alpha, and per cent agreement."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Literal

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.distributions import t_quantile
from rpgstat.stats.sample import Interval
from rpgstat.stats.shares import wilson

Weighting = Literal["nominal", "linear", "quadratic"]
Metric = Literal["nominal", "ordinal", "interval"]
Ratings = Mapping[tuple[int, ...], int]
"""How many coders chose each category, in the categories' order -> the number of units of which that is so; of a theme, (did not apply, applied)."""

_SAMPLES, _SEED = 1_999, 20_170_301  # of the bootstrap: enough for percentiles at 2.5 %, and the same at every run
_ROUNDING = 1e-12  # a variance below this is none


@record
class Coefficient:
    """A coefficient of agreement, 1 at the highest, with limits at the level asked for; None where `note` says why."""

    estimate: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


@record
class Share:
    """A share of judgements that agree, with Wilson's limits."""

    estimate: float
    limits: Interval


def weights(categories: int, weighting: Weighting = "nominal") -> tuple[tuple[float, ...], ...]:
    """How far two categories agree, by their places: 1 for the same, and less the further apart, down to 0, where they are ordered.

    >>> weights(3, "linear")
    ((1.0, 0.5, 0.0), (0.5, 1.0, 0.5), (0.0, 0.5, 1.0))
    """
    power = {"nominal": 0, "linear": 1, "quadratic": 2}[weighting]
    steps = range(categories)
    return tuple(tuple(1.0 if k == m else 1 - (abs(k - m) / (categories - 1)) ** power if power else 0.0 for m in steps) for k in steps)


def percent_agreement(ratings: Ratings, *, level: float = 0.95) -> Share | None:
    """The mean share of pairs of coders who chose the same, over units that two or more judged, 0 to 1; of two coders, the share of units.

    Limits are Wilson's of that share of the units. None without such a unit.

    >>> share = percent_agreement({(0, 2): 8, (1, 1): 2, (2, 0): 20})
    >>> round(share.estimate, 3), round(share.limits.low, 3)
    (0.933, 0.787)
    """
    units = _judged(ratings, 2)
    n = sum(units.values())
    if not n:
        return None
    same = sum(Fraction(number) * sum(r * (r - 1) for r in unit) / (sum(unit) * (sum(unit) - 1)) for unit, number in units.items())
    limits = wilson(count=float(same), n=n, level=level)
    assert limits is not None  # n is not 0
    return Share(float(same / n), limits)


def specific_agreement(ratings: Ratings, category: int) -> float | None:
    """Of the judgements that chose a category, the share that another coder of the unit shares, 0 to 1: of two coders 2a / (2a + b + c).

    Positive agreement is that of having applied a code, negative that of not having done so (Cicchetti & Feinstein 1990, Journal of Clinical
    Epidemiology 43). None where nobody chose it.

    >>> specific_agreement({(0, 2): 8, (1, 1): 2, (2, 0): 20}, 1)
    0.8888888888888888
    """
    units = _judged(ratings, 2)
    chosen = sum(number * unit[category] for unit, number in units.items())
    shared = sum(Fraction(number * unit[category] * (unit[category] - 1), sum(unit) - 1) for unit, number in units.items())
    return float(shared / chosen) if chosen else None


def kappa(table: Sequence[Sequence[int]], *, weighting: Weighting = "nominal", level: float = 0.95) -> Coefficient:
    """Cohen's kappa of two coders, -1 to 1: `table[k][l]` units are in category k by one and in l by the other; weighted where categories are ordered.

    Categories are all that are declared, by position. Limits are t(n - 1) on the large-sample standard error (Fleiss, Cohen & Everitt 1969), cut to -1
    and 1, as R's `irrCAC::kappa2.table`. Swapping the coders leaves it as it is. None where chance alone would make both agree always; no limits
    where the standard error is 0.

    >>> found = kappa([[20, 1], [1, 8]])
    >>> round(found.estimate, 4), round(found.low, 4), found.high
    (0.8413, 0.62, 1.0)
    """
    n, places = sum(map(sum, table)), range(len(table))
    if n < 2:
        return Coefficient(None, note=say("row.few_judged"))
    w, p = weights(len(table), weighting), [[cell / n for cell in row] for row in table]
    rows, columns = [sum(row) for row in p], [sum(row[m] for row in p) for m in places]
    agreed = sum(w[k][m] * p[k][m] for k, m in product(places, places))
    chance = sum(w[k][m] * rows[k] * columns[m] for k, m in product(places, places))
    if 1 - chance < _ROUNDING:
        return Coefficient(None, note=say("row.judged_alike"))
    found = (agreed - chance) / (1 - chance)
    by_row = [sum(w[k][m] * columns[m] for m in places) for k in places]
    by_column = [sum(w[k][m] * rows[k] for k in places) for m in places]
    spread = sum(p[k][m] * (w[k][m] - (1 - found) * (by_row[k] + by_column[m])) ** 2 for k, m in product(places, places))
    variance = (spread - (agreed - 2 * (1 - found) * chance) ** 2) / (n * (1 - chance) ** 2)
    return _limited(found, variance, n, level)


def gwet(ratings: Ratings, *, weighting: Weighting = "nominal", level: float = 0.95) -> Coefficient:
    """Gwet's AC1, with weights AC2, of any number of coders, who need not all have judged every unit; -1 to 1.

    Gwet 2008, British Journal of Mathematical and Statistical Psychology 61: chance agreement comes from the categories' mean shares over all units
    that anybody judged. Limits are t(units - 1) on the linearised standard error, cut to -1 and 1, as R's `irrCAC::gwet.ac1.raw`. None without a
    unit that two judged; no limits where the standard error is 0.

    >>> found = gwet({(0, 2): 8, (1, 1): 2, (2, 0): 20})
    >>> round(found.estimate, 4), round(found.low, 4), found.high
    (0.8851, 0.7164, 1.0)
    """
    units = _judged(ratings, 1)
    n, several = sum(units.values()), sum(_judged(ratings, 2).values())
    if not several or n < 2:
        return Coefficient(None, note=say("row.few_judged"))
    q = len(next(iter(units)))
    w = weights(q, weighting)
    pi = [sum(number * unit[k] / sum(unit) for unit, number in units.items()) / n for k in range(q)]
    scale = sum(map(sum, w)) / (q * (q - 1))
    chance = scale * sum(share * (1 - share) for share in pi)
    agreed = {unit: _agreed(unit, w) for unit in units}
    found = (sum(number * agreed[unit] for unit, number in units.items()) / several - chance) / (1 - chance)
    parts = {}
    for unit in units:
        own = (n / several) * (agreed[unit] - chance) / (1 - chance) if sum(unit) > 1 else 0.0
        by_chance = scale * sum(r * (1 - share) for r, share in zip(unit, pi, strict=True)) / sum(unit)
        parts[unit] = own - 2 * (1 - found) * (by_chance - chance) / (1 - chance)
    return _limited(found, sum(number * (parts[unit] - found) ** 2 for unit, number in units.items()) / (n * (n - 1)), n, level)


def krippendorff(ratings: Ratings, *, metric: Metric = "nominal", level: float = 0.95) -> Coefficient:
    """Krippendorff's alpha of any number of coders over the units that two or more judged, at most 1; below 0 when they agree less than by chance.

    1 - observed / expected disagreement on coincidences (Krippendorff 2011, Computing Krippendorff's alpha-reliability). Differences of categories
    are 0 or 1, by the ranks between them (`ordinal`) or squared distances of their places (`interval`). Nominal limits: Gwet's linearised standard error with
    t(units - 1), cut to -1 and 1, as R's `irrCAC::krippen.alpha.raw` 1.0; they are short near 1. Of the others: percentiles of 1,999
    bootstrap samples of units, from a fixed seed. None where all chose one category.

    >>> found = krippendorff({(0, 2): 8, (1, 1): 2, (2, 0): 20})
    >>> round(found.estimate, 4), round(found.low, 4), found.high
    (0.8439, 0.6188, 1.0)
    """
    units = _judged(ratings, 2)
    n = sum(units.values())
    if not n:
        return Coefficient(None, note=say("row.few_judged"))
    found = _alpha(units, metric)
    if found is None:
        return Coefficient(None, note=say("row.judged_alike"))
    if metric == "nominal":
        return _limited(found, _alpha_variance(units, n), n, level) if n > 1 else Coefficient(found, note=say("row.few_judged"))
    return _resampled(found, units, metric, level)


def without_limits(found: float) -> str:
    """Why a coefficient whose standard error is 0 has no limits.

    >>> without_limits(1.0)
    'perfect agreement, so no limits'
    """
    return say("row.perfect_agreement") if found > 1 - _ROUNDING else say("row.no_standard_error")


def _judged(ratings: Ratings, least: int) -> dict[tuple[int, ...], int]:
    """The units that so many coders judged at the least. Raises ValueError for a count below 0, and for units on different categories."""
    if any(number < 0 or min(unit) < 0 for unit, number in ratings.items()) or len({len(unit) for unit in ratings}) > 1:
        raise ValueError("ratings are numbers of coders by category, the same categories throughout, and numbers of units")
    return {unit: number for unit, number in ratings.items() if number and sum(unit) >= least}


def _agreed(unit: Sequence[int], w: Sequence[Sequence[float]]) -> float:
    """The weighted share of pairs of coders who agree on one unit."""
    r = sum(unit)
    if r < 2:
        return 0.0
    return sum(own * (sum(w[k][m] * other for m, other in enumerate(unit)) - 1) for k, own in enumerate(unit)) / (r * (r - 1))


def _alpha(units: Ratings, metric: Metric) -> float | None:
    totals = [sum(number * unit[k] for unit, number in units.items()) for k in range(len(next(iter(units))))]
    apart = _differences(totals, metric)
    places = list(product(range(len(totals)), repeat=2))
    observed = sum(Fraction(number * sum(unit[k] * unit[m] * apart[k][m] for k, m in places), sum(unit) - 1) for unit, number in units.items())
    expected = sum(totals[k] * totals[m] * apart[k][m] for k, m in places)
    return float(1 - (sum(totals) - 1) * observed / expected) if expected else None


def _differences(totals: Sequence[int], metric: Metric) -> list[list[int]]:
    """How far apart two categories are, given how often each was chosen; those of ranks four times over, so that they are whole."""

    def between(k: int, m: int) -> int:
        if metric == "ordinal":
            return (2 * sum(totals[min(k, m) : max(k, m) + 1]) - totals[k] - totals[m]) ** 2 if k != m else 0
        return int(k != m) if metric == "nominal" else (k - m) ** 2

    return [[between(k, m) for m in range(len(totals))] for k in range(len(totals))]


def _alpha_variance(units: Ratings, n: int) -> float:
    """Gwet's linearised variance of nominal alpha."""
    mean = sum(number * sum(unit) for unit, number in units.items()) / n
    pi = [sum(number * unit[k] for unit, number in units.items()) / (n * mean) for k in range(len(next(iter(units))))]
    chance = sum(share**2 for share in pi)
    agreed = {unit: sum(r * (r - 1) for r in unit) / (mean * (sum(unit) - 1)) for unit in units}
    overall = sum(number * agreed[unit] for unit, number in units.items()) / n
    corrected = overall + (1 - overall) / (n * mean)  # for the finite number of judgements, as irrCAC 1.0 has it here and nowhere else
    found, parts = (overall - chance) / (1 - chance), {}
    for unit in units:
        excess = (sum(unit) - mean) / mean
        by_chance = sum(r * share for r, share in zip(unit, pi, strict=True)) / mean - chance * excess
        parts[unit] = (agreed[unit] - corrected * excess - chance - 2 * (1 - found) * (by_chance - chance)) / (1 - chance)
    return sum(number * (parts[unit] - found) ** 2 for unit, number in units.items()) / (n * (n - 1))


def _limited(found: float, variance: float, n: int, level: float) -> Coefficient:
    if variance < _ROUNDING:
        return Coefficient(found, note=without_limits(found))
    reach = t_quantile((1 + level) / 2, n - 1) * math.sqrt(variance)
    return Coefficient(found, max(-1.0, found - reach), min(1.0, found + reach))


def _resampled(found: float, units: Ratings, metric: Metric, level: float) -> Coefficient:
    draw, kinds = random.Random(_SEED), sorted(units)
    spread = []
    for _ in range(_SAMPLES):
        sample = dict.fromkeys(kinds, 0)
        for unit in draw.choices(kinds, [units[unit] for unit in kinds], k=sum(units.values())):
            sample[unit] += 1
        spread.append(_alpha({unit: number for unit, number in sample.items() if number}, metric))
    known = sorted(value for value in spread if value is not None)
    if found > 1 - _ROUNDING or len(known) < _SAMPLES / 2:
        return Coefficient(found, note=say("row.perfect_agreement") if found > 1 - _ROUNDING else say("row.few_judged"))
    low, high = (known[min(len(known) - 1, int(tail * len(known)))] for tail in ((1 - level) / 2, (1 + level) / 2))
    return Coefficient(found, low, high, say("row.bootstrap_limits", samples=f"{_SAMPLES:,}"))
