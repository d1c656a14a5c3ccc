"""How often a trend or an event is found where there is none, and where there is one: `python benchmarks/series_errors.py [RUNS]`.

Monthly series about 100, whose errors have the spread 5 and the correlation phi from one month to the next. Size is the share of runs in which p
falls below 0.05 without any change; power is that for a trend of -4.5 a year (errors of phi 0: -2.5) and, for events, a step of -10 halfway.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from rpgstat.stats.regression import linear_trend, segmented

SIZES = (36, 47, 48, 60)
PHIS = (0.0, 0.6)
SD, STEP = 5.0, -10.0
SLOPES = {0.0: -2.5, 0.6: -4.5}

Series = np.ndarray


def errors(draw: np.random.Generator, n: int, phi: float) -> Series:
    """Errors of one spread, each pulled towards the one before."""
    found = draw.normal(0, SD, n)
    for i in range(1, n):
        found[i] = phi * found[i - 1] + np.sqrt(1 - phi**2) * found[i]
    return found


def trend(values: Series) -> float | None:
    """The p of the trend."""
    return linear_trend(times=range(len(values)), values=values.tolist()).slope.p_value


def step(values: Series) -> float | None:
    """The p of a step halfway."""
    return segmented(times=range(len(values)), values=values.tolist(), events=[len(values) // 2])[0].step.p_value


def found(test: Callable[[Series], float | None], change: Series, phi: float, runs: int, seed: int) -> float:
    """The share of runs in which p falls below 0.05; a run without a p finds nothing."""
    draw = np.random.default_rng(seed)
    p_values = [test(100 + change + errors(draw, len(change), phi)) for _ in range(runs)]
    return sum(p is not None and p < 0.05 for p in p_values) / runs


def main() -> None:
    """A row for each length and phi."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    began = time.perf_counter()
    print(f"{runs} runs each\n   n  phi  trend: size  power   step: size  power")
    for n in SIZES:
        for phi in PHIS:
            months = np.arange(n)
            line, jump = SLOPES[phi] * months / 12, STEP * (months >= n // 2)
            shares = [found(test, change, phi, runs, seed=n) for test, changes in ((trend, (0 * line, line)), (step, (0 * line, jump))) for change in changes]
            print(f"{n:4} {phi:4}  {shares[0]:11.3f} {shares[1]:6.3f} {shares[2]:12.3f} {shares[3]:6.3f}", flush=True)
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
