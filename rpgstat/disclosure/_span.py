"""What follows from figures by adding and subtracting: published one by one, as long as none that is to stay hidden follows from them.

Langsrud 2024, Secondary cell suppression by Gaussian elimination, doi 10.1007/978-3-031-69651-0_6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Vector = Mapping[int, int]
"""A figure as a sum over unknowns: the factor of each."""

_PRIME = (1 << 61) - 1
"""Arithmetic is modulo this prime: exact, fast, and wrong only for factors that happen to be its multiples."""


def whole(numerator: int, denominator: int = 1) -> int:
    """A fraction as such a factor."""
    return numerator * pow(denominator, -1, _PRIME) % _PRIME


class Span:
    """All that follows from what is published, and what of `hidden` does not.

    >>> span = Span([{0: 1}])
    >>> span.publish({0: 1, 1: 1, 2: 1}), span.admits({1: 1}), span.admits({2: 1})  # a total, a part, and what would leave the hidden part
    (None, True, False)
    """

    def __init__(self, hidden: Iterable[Vector]) -> None:
        self._rows: dict[int, dict[int, int]] = {}
        self._hidden = [dict(vector) for vector in hidden]
        self._directions: set[frozenset[tuple[int, int]]] | None = None

    def publish(self, vector: Vector) -> None:
        """Takes a figure as known, whatever follows."""
        left = _monic(self._reduced(vector))
        if left:
            self._keep(left)

    def admits(self, vector: Vector) -> bool:
        """Takes a figure as known, unless something hidden would follow; whether it did."""
        left = _monic(self._reduced(vector))
        if not left:
            return True
        if self._directions is None:
            self._directions = {frozenset(own.items()) for own in map(_monic, self._hidden) if own}
        if frozenset(left.items()) in self._directions:
            return False
        self._keep(left)
        return True

    def holds(self, vector: Vector) -> bool:
        """Whether a figure follows from those that are known."""
        return not self._reduced(vector)

    def _keep(self, row: dict[int, int]) -> None:
        pivot = next(iter(row))
        for place, other in self._rows.items():
            if pivot in other:
                self._rows[place] = _less(other, row, other[pivot])
        self._rows[pivot] = row
        touched = False
        for at, own in enumerate(self._hidden):
            if pivot in own:
                self._hidden[at], touched = _less(own, row, own[pivot]), True
        if touched:
            self._directions = None

    def _reduced(self, vector: Vector) -> dict[int, int]:
        left = dict(vector)
        for place, factor in vector.items():
            if place in self._rows:  # rows hold no other's pivot, so one turn is enough
                left = _less(left, self._rows[place], factor)
        return left


def _less(one: Mapping[int, int], other: Mapping[int, int], factor: int) -> dict[int, int]:
    """`one` less `factor` times `other`."""
    left = dict(one)
    for place, value in other.items():
        now = (left.get(place, 0) - factor * value) % _PRIME
        if now:
            left[place] = now
        else:
            left.pop(place, None)
    return left


def _monic(vector: Mapping[int, int]) -> dict[int, int]:
    """The vector with first factor one, its places in order; empty where it is nothing."""
    if not vector:
        return {}
    inverse = pow(vector[min(vector)], -1, _PRIME)
    return {place: vector[place] * inverse % _PRIME for place in sorted(vector)}
