"""Sums of unknowns as rows of a sparse matrix, from arrays that are made once however often the sums are asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from rpgstat.record import record


@record
class Arrays:
    """Sums, one after the other: which unknowns each is of, with their factors, of how many, and its bound."""

    places: Any
    factors: Any
    sizes: Any
    bounds: Any


def arrays(sums: Sequence[Mapping[int, float]], bounds: Sequence[float]) -> Arrays:
    """Sums, as the factor of each of their unknowns, with their bounds."""
    import numpy as np

    sizes = np.fromiter(map(len, sums), int, len(sums))
    places = np.fromiter(chain.from_iterable(sums), int, sizes.sum())
    factors = np.fromiter(chain.from_iterable(own.values() for own in sums), float, sizes.sum())
    return Arrays(places, factors, sizes, np.array(bounds, float))


class Rows:
    """The rows of a sparse matrix, block after block, with their bounds."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._blocks: list[tuple[Arrays, int]] = []

    def take(self, sums: Arrays, start: int = 0) -> None:
        """Adds rows, whose unknowns are counted from `start` on."""
        self._blocks.append((sums, start))

    @cached_property
    def bounds(self) -> Any:
        """Of each row, once all are taken."""
        import numpy as np

        return np.concatenate([own.bounds for own, _ in self._blocks])

    @cached_property
    def matrix(self) -> Any:
        """The matrix, once all rows are taken."""
        import numpy as np
        from scipy.sparse import csr_array

        factors = np.concatenate([own.factors for own, _ in self._blocks])
        places = np.concatenate([own.places + start for own, start in self._blocks])
        ends = np.concatenate([[0], *(own.sizes for own, _ in self._blocks)]).cumsum()
        return csr_array((factors, places, ends), shape=(len(self.bounds), self.width), dtype=float)
