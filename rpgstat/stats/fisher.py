"""Fisher's test of two shares with mid-p, from counts."""

from __future__ import annotations

from collections.abc import Iterator

_ALIKE = 1 + 1e-7  # probabilities this close are equal, as in R's fisher.test
_NEGLIGIBLE = 1e-300  # of the most probable table


def fisher_mid_p(*, count_reference: int, n_reference: int, count: int, n: int) -> float | None:
    """The two-sided mid-p of no difference between the shares count / n and count_reference / n_reference of different people, 0 to 1.

    Given the margins, tables are hypergeometric: p is the sum over those no more probable than the one seen, less half of those exactly as
    probable (within a factor 1 + 1e-7, as R's `fisher.test`); Lancaster 1961, Journal of the American Statistical Association 56. Swapping
    the waves, or counting those who did not instead of those who did, leaves it as it is. None when either n is 0, or when all or none of
    both did: there is nothing to tell apart. Below about 1e-300 p is 0. Raises ValueError when a count is not within 0 to its n.

    >>> round(fisher_mid_p(count_reference=2, n_reference=31, count=12, n=48), 4)
    0.0265
    >>> fisher_mid_p(count_reference=0, n_reference=31, count=0, n=48) is None
    True
    """
    if not (0 <= count_reference <= n_reference and 0 <= count <= n):
        raise ValueError(f"counts {count_reference} and {count} must be within 0 to n = {n_reference} and {n}")
    total, both = count_reference + count, n_reference + n
    if not n or not n_reference or total in (0, both):
        return None
    tables = dict(_tables(total, n, both))
    seen = tables.get(count, 0.0)
    as_probable = sum(weight for weight in tables.values() if seen <= weight * _ALIKE and weight <= seen * _ALIKE)
    rarer = sum(weight for weight in tables.values() if weight * _ALIKE < seen)
    return (rarer + as_probable / 2) / sum(tables.values())


def _tables(total: int, n: int, both: int) -> Iterator[tuple[int, float]]:
    """Each count that the margins allow with its probability in units of the largest, outwards from that; those next to nothing are left out."""
    low, high = max(0, total + n - both), min(total, n)
    mode = min(max((total + 1) * (n + 1) // (both + 2), low), high)
    weight = 1.0
    for count in range(mode, high + 1):
        yield count, weight
        weight *= (total - count) * (n - count) / ((count + 1) * (both - total - n + count + 1))
        if weight < _NEGLIGIBLE:
            break
    weight = 1.0
    for count in range(mode, low, -1):
        weight *= count * (both - total - n + count) / ((total - count + 1) * (n - count + 1))
        if weight < _NEGLIGIBLE:
            break
        yield count - 1, weight
