"""p values adjusted for the number of tests in a family."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def adjust(p_values: Sequence[float | None], method: str) -> list[float | None]:
    """The p values of one family, adjusted, in the order given; None is in no family and stays None.

    `method`: `holm` (Holm 1979), `bonferroni`: chance of any false finding; `bh` (Benjamini and Hochberg 1995): expected share of
    false findings; `none`: as they are. Results keep the order of the raw values, are never below them and at most 1.
    Raises ValueError for another method or a value outside 0 to 1.

    >>> adjust([0.01, None, 0.04, 0.03], "holm")
    [0.03, None, 0.06, 0.06]
    """
    if method not in ("holm", "bh", "bonferroni", "none"):
        raise ValueError(f"adjustment {method!r}; known: holm, bh, bonferroni, none")
    ranked = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    raw = [p for p, _ in ranked]
    if not all(0 <= p <= 1 for p in raw):
        raise ValueError(f"p values {raw} must lie within 0 to 1")
    adjusted: list[float | None] = [None] * len(p_values)
    for (_, place), p in zip(ranked, _ascending(raw, method), strict=True):
        adjusted[place] = p
    return adjusted


def _ascending(raw: list[float], method: str) -> list[float]:
    m = len(raw)
    if method == "holm":
        return list(accumulate((min(1.0, (m - i) * p) for i, p in enumerate(raw)), max))
    if method == "bh":
        # from the largest down: none may exceed its larger neighbour; m / m = 1 leaves the largest as it is
        return list(accumulate((m / i * p for i, p in zip(range(m, 0, -1), reversed(raw), strict=True)), min))[::-1]
    return [min(1.0, m * p) for p in raw] if method == "bonferroni" else raw
