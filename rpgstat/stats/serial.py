"""Least squares for series whose neighbours are alike: first-order autoregressive errors, by restricted maximum likelihood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from rpgstat.glossary.sentences import say
from rpgstat.record import record

if TYPE_CHECKING:
    from numpy.typing import NDArray

BOUND = 1 - 1e-6
"""How near to -1 and 1 phi is sought."""

_AT_BOUND = 1 - 1e-5
_NEAR = 2e-4  # beside 1 - |phi|: of a narrower piece of the deviance rounding hides the bend, of a wider one it is no parabola
_EXACT = 1e-10  # residuals this small, beside the spread of the values, are rounding


@record
class Fit:
    """Coefficients of a design's columns, their standard errors, and `phi`, the correlation of errors one period apart; all None where `note` says why."""

    estimates: tuple[float, ...] | None
    errors: tuple[float, ...] | None
    df: int
    phi: float | None
    note: str = ""


def autoregressive(*, times: Sequence[int], values: Sequence[float], design: Any) -> Fit:
    """Generalised least squares of `values` on the columns of `design`, errors d periods apart correlated phi^d (Cochrane & Orcutt's model, fitted by REML).

    `times` are period indices, rising: a gap is an index left out and keeps its distance. phi maximises the restricted likelihood
    (Patterson & Thompson 1971; Harville 1977) over (-1, 1); the variance is the residual sum of squares over df = n - columns. Equals R's
    `nlme::gls(y ~ x, correlation = corAR1(form = ~index), method = "REML")`; where that likelihood has two peaks, ours is the higher one.
    `design` has full rank and fewer columns than points. phi is None, with a note, at its bound and where the search does not settle:
    then all is None; where every point lies on the line, the estimates stand and the rest is None.

    >>> import numpy as np
    >>> times, values = range(8), [3.1, 2.2, 2.9, 4.2, 5.6, 5.1, 4.3, 6.2]
    >>> fit = autoregressive(times=times, values=values, design=np.column_stack([np.ones(8), times]))
    >>> round(fit.phi, 4), [round(one, 4) for one in fit.estimates]
    (0.2839, [2.5961, 0.4698])
    """
    import numpy as np

    index, x = np.asarray(times), np.asarray(design, dtype=float)
    y = np.asarray(values, dtype=float)
    n, k = x.shape
    slopes = np.linalg.lstsq(x, y, rcond=None)[0]
    rest = y - x @ slopes
    size = float(np.linalg.norm(rest))
    if size <= _EXACT * float(np.linalg.norm(y - y.mean())) or size <= 1e-14 * float(np.linalg.norm(y)):
        return Fit(tuple(slopes.tolist()), None, n - k, None, say("row.perfect"))
    phi = _best(_deviance(np.column_stack([np.linalg.qr(x)[0], rest / size]), np.diff(index)))
    if phi is None:
        return Fit(None, None, n - k, None, say("row.unsettled"))
    if abs(phi) > _AT_BOUND:
        return Fit(None, None, n - k, None, say("row.at_bound") if phi > 0 else say("row.alternating"))
    return _fitted(x, y, np.diff(index), phi)


def _deviance(columns: NDArray[Any], gaps: NDArray[Any]) -> Callable[[Any], Any]:
    """Minus twice the restricted log-likelihood, but for a constant, as a function of an array of phi.

    `columns` are an orthonormal basis of the design and, last, a multiple of the residuals. The inverse of the errors' correlation is that of
    differences between neighbours, so their cross-products, summed once for each length of gap, serve every phi.
    """
    import numpy as np

    before, after = columns[:-1], columns[1:]
    lengths, counts = np.unique(gaps, return_counts=True)
    n, k = len(columns), columns.shape[1] - 1
    own, both, last = [], [], []
    for length in lengths:
        at = gaps == length
        cross = after[at].T @ before[at]
        own.append(after[at].T @ after[at])
        both.append(cross + cross.T)
        last.append(before[at].T @ before[at])
    first = np.outer(columns[0], columns[0])

    def deviance(phi: Any) -> Any:
        power = np.asarray(phi, dtype=float)[..., None] ** lengths
        free = 1 - power**2
        total = first + sum(
            (a - power[..., i, None, None] * b + power[..., i, None, None] ** 2 * c) / free[..., i, None, None]
            for i, (a, b, c) in enumerate(zip(own, both, last, strict=True))
        )
        known = np.linalg.slogdet(total[..., :k, :k])[1]
        residual = np.linalg.slogdet(total)[1] - known  # the logarithm of the residual sum of squares
        return (n - k) * residual + known + np.log(free) @ counts

    return deviance


def _best(deviance: Callable[[Any], Any]) -> float | None:
    """The phi of the least deviance: the best of a grid, then of ever finer ones around it, at last of the parabola there. None where the search fails."""
    import numpy as np

    ends = [0.999, BOUND]
    grid = np.array([-end for end in reversed(ends)] + np.linspace(-0.98, 0.98, 50).tolist() + ends)
    while True:
        found = deviance(grid)
        if not np.isfinite(found).all():
            return None
        best = int(np.argmin(found))
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
        if high - low < _NEAR * (1 - abs(grid[best])):
            return float(grid[best] + _vertex(found[best - 1 : best + 2]) * (high - low) / 2)
        grid = np.linspace(low, high, 41)


def _vertex(values: NDArray[Any]) -> float:
    """Where the parabola through three values at -1, 0 and 1 is lowest; 0 where there are fewer, or none is lowest."""
    if len(values) < 3 or not (bend := values[0] - 2 * values[1] + values[2]) > 0:
        return 0.0
    return float((values[0] - values[2]) / 2 / bend)


def _fitted(x: NDArray[Any], y: NDArray[Any], gaps: NDArray[Any], phi: float) -> Fit:
    """Least squares once each point is freed of what it shares with the one before."""
    import numpy as np

    n, k = x.shape
    power = phi**gaps
    scale = np.sqrt(1 - power**2)
    x, y = (np.concatenate([part[:1], ((part[1:].T - power * part[:-1].T) / scale).T]) for part in (x, y))
    q, r = np.linalg.qr(x)
    slopes = np.linalg.solve(r, q.T @ y)
    rest = y - x @ slopes
    inverse = np.linalg.inv(r)
    errors = np.sqrt((rest @ rest) / (n - k) * (inverse**2).sum(axis=1))
    return Fit(tuple(slopes.tolist()), tuple(errors.tolist()), n - k, phi)
