"""Quartiles of numbers, from how many people gave each."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import accumulate


def quantile(values: Mapping[Fraction, int], p: Fraction) -> Fraction | None:
    """The value below which the share `p` of the answers lies, between two neighbours in proportion; None without any.

    `values` are people by number. R's default, type 7: position (n - 1) p from 0 (Hyndman & Fan 1996, The American Statistician 50). Exact.
    Raises ValueError when `p` is not within 0 to 1.

    >>> quantile({Fraction(1): 1, Fraction(2): 1, Fraction(4): 1, Fraction(10): 1}, Fraction(1, 4))
    Fraction(7, 4)
    """
    if not 0 <= p <= 1:
        raise ValueError(f"p {p} must be within 0 to 1")
    ordered = sorted((value, n) for value, n in values.items() if n)
    if not ordered:
        return None
    ends = list(accumulate(n for _, n in ordered))
    place = (ends[-1] - 1) * p
    low = place.numerator // place.denominator
    below, above = (next(value for (value, _), end in zip(ordered, ends, strict=True) if end > at) for at in (low, min(low + 1, ends[-1] - 1)))
    return below + (above - below) * (place - low)
