"""How far the items of a battery measure one thing: Cronbach's alpha, omega total, and each item against the rest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.distributions import f_quantile
from rpgstat.stats.sample import Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Whole = int | Fraction
"""A sum of scores, exact."""

SETTLED = 1e-13
"""Largest change of a loading, on their scale of -1 to 1, at which the search ends."""
SINGULAR = 1e-10
"""Smallest eigenvalue of correlations, which have a mean eigenvalue of 1, that is not 0 to rounding."""
FLAT = 1e-8
"""Smallest to largest curvature at the best loadings: below this other loadings fit as well."""


@record
class Cronbach:
    """Alpha with its limits, and the mean correlation between items; `constant` are the positions of items without variance."""

    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    mean_r: float | None
    note: str = ""
    constant: tuple[int, ...] = ()


@record
class Omega:
    """Omega total of one factor, and the loading of each item on it, the factor being turned so that they sum to 0 or more."""

    omega: float | None
    loadings: tuple[float, ...] = ()
    note: str = ""


@record
class ItemRest:
    """One item's correlation with the sum of the others, -1 to 1, and the alpha of the others."""

    item_rest: float | None
    alpha_if_dropped: float | None
    note: str = ""


def cronbach(*, n: int, sums: Sequence[Whole], products: Sequence[Sequence[Whole]], level: float = 0.95) -> Cronbach:
    """Raw (covariance) alpha with Feldt's limits, from the people who answered every item.

    `n` is their number, `sums` each item's sum of scores, `products` the items' sums of cross-products: item by item, exact, after reversal.
    Alpha is at most 1 and may be negative, where items run against each other; it stays so. Limits are exact for parallel normal
    items; None at an alpha of 1, where they would have no width. `mean_r` is the mean of the correlations between items. An item to which
    all gave one answer counts in alpha and leaves no `mean_r`; `constant` holds the positions of such. All None, with a note, for fewer than
    two items, n < 2, and when the sum of the items has no variance. Raises ValueError where the shapes do not fit.

    Cronbach 1951, Psychometrika 16; limits: Feldt 1965, Psychometrika 30 (R `psych::alpha.ci`, except that R's `qf` takes more than
    400,000 df for infinitely many, and is then off by up to 1e-4).

    >>> alpha = cronbach(n=40, sums=[120, 112, 131], products=[[400, 360, 405], [360, 360, 385], [405, 385, 470]])
    >>> round(alpha.alpha, 3), round(alpha.alpha_low, 3), round(alpha.alpha_high, 3), round(alpha.mean_r, 3)
    (0.69, 0.476, 0.825, 0.424)
    """
    spread = _covariances(n, sums, products)
    constant = tuple(i for i, row in enumerate(spread) if n > 1 and row[i] == 0)
    alpha, problem = _alpha(spread, n)
    if alpha is None:
        return Cronbach(None, None, None, None, problem, constant)
    limits = feldt(float(alpha), n, len(spread), level) if alpha < 1 else None
    low, high = (limits.low, limits.high) if limits else (None, None)
    notes = [] if limits else [say("row.alpha_one")]
    if constant:
        notes.append(say("row.constant_item_alpha"))
    return Cronbach(float(alpha), low, high, None if constant else _mean_r(spread), "; ".join(notes), constant)


def omega_total(*, n: int, sums: Sequence[Whole], products: Sequence[Sequence[Whole]]) -> Omega:
    """Omega total of one common factor: 1 - sum of the uniquenesses / sum of the correlations between the items.

    Input as in `cronbach`. The loadings are those that leave the least sum of squared correlations unexplained (minres), on Pearson
    correlations; a uniqueness is 1 - loading^2. Items that load negatively are not turned round: reverse them where their wording is
    reversed. None, with a note, for fewer than three items, n < 2, an item to which all gave one answer, a Heywood case (a loading of 1 or
    more), singular correlations, and correlations that do not determine the loadings.

    McDonald 1999, Test Theory; minres: Harman & Jones 1966, Psychometrika 31, and Harman & Fukuda 1966 (R `psych::omega(nfactors = 1)`).

    >>> omega = omega_total(n=40, sums=[120, 112, 131], products=[[400, 360, 405], [360, 360, 385], [405, 385, 470]])
    >>> round(omega.omega, 3), [round(loading, 2) for loading in omega.loadings]
    (0.712, [0.63, 0.89, 0.47])
    """
    import numpy as np

    spread = _covariances(n, sums, products)
    if len(spread) < 3:
        return Omega(None, note=say("row.few_items"))
    if n < 2:
        return Omega(None, note=say("row.n_no_variance", n=n))
    if any(row[i] == 0 for i, row in enumerate(spread)):
        return Omega(None, note=say("row.constant_item"))
    correlations = np.array([[_correlation(own, spread[i][i], spread[j][j]) for j, own in enumerate(row)] for i, row in enumerate(spread)])
    if np.linalg.eigvalsh(correlations)[0] < SINGULAR:
        return Omega(None, note=say("row.singular"))
    loadings = _minres(correlations)
    if loadings is None:
        return Omega(None, note=say("row.no_factor"))
    if np.abs(loadings).max() >= 1 - FLAT:
        return Omega(None, note=say("row.heywood"))
    omega = 1 - float((1 - loadings**2).sum() / correlations.sum())
    return Omega(omega, tuple(float(loading) for loading in loadings * (1 if loadings.sum() >= 0 else -1)))


def item_rest(*, n: int, sums: Sequence[Whole], products: Sequence[Sequence[Whole]]) -> list[ItemRest]:
    """Each item's correlation with the sum of the others (R `psych::alpha`: r.drop), and alpha without it, in the order given.

    Input as in `cronbach`. The correlation is None, with a note, where the item or the sum of the others has no variance, or n < 2;
    `alpha_if_dropped` with fewer than two items left (then without a note) or no variance in their sum.

    >>> [round(item.item_rest, 3) for item in item_rest(n=40, sums=[120, 112], products=[[400, 360], [360, 360]])]
    [0.557, 0.557]
    """
    spread = _covariances(n, sums, products)
    return [_against_rest(spread, i, n) for i in range(len(spread))]


def _covariances(n: int, sums: Sequence[Whole], products: Sequence[Sequence[Whole]]) -> list[list[Whole]]:
    """Covariances times n (n - 1), exact; every figure here is a ratio of them."""
    if len(products) != len(sums) or any(len(row) != len(sums) for row in products):
        raise ValueError(f"{len(sums)} sums need as many rows and columns of products")
    return [[n * product - a * b for product, b in zip(row, sums, strict=True)] for row, a in zip(products, sums, strict=True)]


def _alpha(spread: Sequence[Sequence[Whole]], n: int) -> tuple[Fraction | None, str]:
    """Alpha, or why there is none."""
    k, total = len(spread), sum(sum(row) for row in spread)
    if k < 2:
        return None, say("row.one_item_alpha")
    if n < 2:
        return None, say("row.n_no_variance", n=n)
    if total == 0:
        return None, say("row.constant_sum")
    return Fraction(k, k - 1) * (1 - Fraction(sum(row[i] for i, row in enumerate(spread))) / total), ""


def feldt(alpha: float, n: int, items: int, level: float) -> Interval:
    """Limits of alpha: (1 - true alpha) / (1 - alpha) is distributed as F with n - 1 and (n - 1)(items - 1) df.

    Both limits are taken from the lower tail of their own F, whose digits are not lost near 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"confidence level {level} is not between 0 and 1")
    df, others, tail = n - 1, (n - 1) * (items - 1), (1 - level) / 2
    low_f, high_f = f_quantile(tail, df, others), 1 / f_quantile(tail, others, df)
    return Interval(1 - (1 - alpha) * high_f, 1 - (1 - alpha) * low_f)


def _correlation(covariance: Whole, variance: Whole, other: Whole) -> float:
    return max(-1.0, min(float(covariance / math.sqrt(variance * other)), 1.0))


def _mean_r(spread: Sequence[Sequence[Whole]]) -> float:
    k = len(spread)
    pairs = [_correlation(spread[i][j], spread[i][i], spread[j][j]) for i in range(k) for j in range(i)]
    return math.fsum(pairs) / len(pairs)


def _against_rest(spread: Sequence[Sequence[Whole]], item: int, n: int) -> ItemRest:
    others = [[own for j, own in enumerate(row) if j != item] for i, row in enumerate(spread) if i != item]
    rest, together = sum(sum(row) for row in others), sum(spread[item]) - spread[item][item]
    alpha, problem = _alpha(others, n) if len(others) > 1 else (None, "")
    dropped = None if alpha is None else float(alpha)
    if n < 2:
        return ItemRest(None, dropped, say("row.n_no_variance", n=n))
    if not others:
        return ItemRest(None, None, say("row.no_other_item"))
    if spread[item][item] == 0:
        return ItemRest(None, dropped, say("row.constant_item"))
    if rest == 0:
        return ItemRest(None, dropped, say("row.constant_rest"))
    return ItemRest(_correlation(together, spread[item][item], rest), dropped, problem)


def _minres(correlations: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """The loadings of one factor with the least sum of squared residuals off the diagonal; None where they are not determined.

    One loading at a time has a closed form, kept within -1 and 1; from the first principal component this comes close (Harman & Fukuda),
    and Newton's method ends it.
    """
    import numpy as np

    off = correlations - np.diag(np.diag(correlations))
    values, vectors = np.linalg.eigh(correlations)
    loadings = vectors[:, -1] * math.sqrt(values[-1])
    for _ in range(1000):
        before = loadings.copy()
        for i in range(loadings.size):
            others = loadings @ loadings - loadings[i] ** 2
            if others < FLAT:
                return None
            loadings[i] = min(max(off[i] @ loadings / others, -1.0), 1.0)
        if np.abs(loadings - before).max() < 1e-7:
            break
    return loadings if np.abs(loadings).max() == 1 else _newton(off, loadings)


def _newton(off: NDArray[np.float64], loadings: NDArray[np.float64]) -> NDArray[np.float64] | None:
    import numpy as np

    for _ in range(50):
        squares = loadings**2
        curvature = 2 * np.outer(loadings, loadings) - off
        np.fill_diagonal(curvature, squares.sum() - squares)
        eigenvalues = np.linalg.eigvalsh(curvature)
        if eigenvalues[0] < FLAT * eigenvalues[-1]:
            return None
        step = np.linalg.solve(curvature, loadings * (squares.sum() - squares) - off @ loadings)
        loadings = loadings - step
        if np.abs(step).max() < SETTLED:
            return loadings
    return None
