"""How often batteries of unrelated items are found to oppose each other, and how often one statement that really does is found.

    python benchmarks/opposed.py

For batteries of 2 to 10 items on a skewed scale of four points: the share without a conclusion, and in brackets what it would be with the
one-sided limit of alpha. Seeded; takes about a minute.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rpgstat.stats.opposed import opposed
from rpgstat.stats.reliability import feldt

RUNS = 2000
SHARES = [0.1, 0.2, 0.45, 0.25]


def unrelated(rng: np.random.Generator, n: int, k: int) -> NDArray[np.int64]:
    """The answers of `n` people to `k` items that have nothing to do with each other."""
    return rng.choice([1, 2, 3, 4], size=(n, k), p=SHARES)


def one_reversed(rng: np.random.Generator, n: int, k: int) -> NDArray[np.int64]:
    """The same, all items correlating about .4 and the last of them the other way round."""
    latent = rng.normal(size=(n, 1)) * 0.8 + rng.normal(size=(n, k))
    answers = 1 + (latent[:, :, None] > np.quantile(latent, np.cumsum(SHARES)[:-1])).sum(axis=2)
    answers[:, -1] = 5 - answers[:, -1]
    return answers


def found(x: NDArray[np.int64]) -> tuple[bool, bool]:
    """Whether the items oppose each other, and whether they would with the one-sided limit of alpha."""
    total = x.sum(axis=1)
    told = opposed(n=len(x), sums=x.sum(0).tolist(), squares=(x * x).sum(0).tolist(), with_total=(x * total[:, None]).sum(0).tolist())
    lax = told.alpha is not None and feldt(told.alpha, len(x), x.shape[1], 0.90).high < 0
    return told.opposed, told.opposed or lax


def main() -> None:
    """Prints a line for each number of people and of items."""
    rng = np.random.default_rng(1921)
    for n in (20, 40, 100):
        for k in (2, 3, 4, 7, 10):
            chance = np.mean([found(unrelated(rng, n, k)) for _ in range(RUNS)], axis=0)
            power = np.mean([found(one_reversed(rng, n, k))[0] for _ in range(RUNS // 10)])
            print(f"n = {n}, {k} items: unrelated {chance[0]:.1%} ({chance[1]:.1%}); one the other way round {power:.0%}")


if __name__ == "__main__":
    main()
