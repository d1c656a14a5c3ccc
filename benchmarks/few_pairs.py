"""How often the number of people of a group who answered twice, and the correlation of their answers, give an answer of few of them away.

    python benchmarks/few_pairs.py

Groups of twelve in either of two waves, all answers of each wave shown, and some in both. Given how many these are and their correlation, all tables
of their moves are enumerated that agree with both and with the answers shown; the share of groups where the same one to four people stand in one cell
of every table, and where that cell is one of people who moved. Seeded; takes about a minute.
"""

from __future__ import annotations

import random
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

LEVELS, GROUP, RUNS, FEW = 4, 12, 300, 5
SHARES = [1, 2, 4, 3]
BEFORE, AFTER = np.repeat(np.arange(LEVELS), LEVELS), np.tile(np.arange(LEVELS), LEVELS)


def tables(people: int) -> NDArray[np.int64]:
    """All ways in which so many people may have moved between the levels."""
    cells = np.array(list(combinations_with_replacement(range(LEVELS**2), people)))
    found = np.zeros((len(cells), LEVELS**2), dtype=np.int64)
    for place in range(people):
        np.add.at(found, (np.arange(len(cells)), cells[:, place]), 1)
    return found


def correlation(moves: NDArray[np.int64]) -> NDArray[np.float64]:
    """Of the two answers, 0 where either has no variance; to nine places, as it follows from a standard error."""
    n, x, y = moves.sum(1), moves @ BEFORE, moves @ AFTER
    spread = (n * (moves @ BEFORE**2) - x**2) * (n * (moves @ AFTER**2) - y**2)
    return np.round(np.where(spread > 0, (n * (moves @ (BEFORE * AFTER)) - x * y) / np.sqrt(np.maximum(spread, 1)), 0.0), 9)


def drawn(rng: random.Random, people: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The moves of those in both waves, half of whom stay, and all answers of either wave."""
    before = rng.choices(range(LEVELS), SHARES, k=people)
    after = [own if rng.random() < 0.5 else rng.choices(range(LEVELS), SHARES)[0] for own in before]
    moves = np.bincount([LEVELS * a + b for a, b in zip(before, after, strict=True)], minlength=LEVELS**2)
    waves = [np.bincount([*own, *rng.choices(range(LEVELS), SHARES, k=GROUP - people)], minlength=LEVELS) for own in (before, after)]
    return moves, waves[0], waves[1]


def main() -> None:
    """Prints a line for each number of people in both waves."""
    rng = random.Random(1)
    for people in range(5, 8):
        every = tables(people)
        alike, square = correlation(every), every.reshape(-1, LEVELS, LEVELS)
        told = moved = 0
        for _ in range(RUNS):
            moves, first, last = drawn(rng, people)
            agree = (alike == correlation(moves[None])[0]) & (square.sum(2) <= first).all(1) & (square.sum(1) <= last).all(1)
            sure = (every[agree] == moves).all(0) & (moves >= 1) & (moves < FEW)
            told, moved = told + bool(sure.any()), moved + bool((sure & (BEFORE != AFTER)).any())
        print(f"{people} in both: an answer of few is told in {told / RUNS:.0%} of groups, how few moved in {moved / RUNS:.0%}")


if __name__ == "__main__":
    main()
