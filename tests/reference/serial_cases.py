"""Series for serial.R, the same bytes on every run: `python serial_cases.py > serial_cases.csv`. A gap is an index left out."""

from __future__ import annotations

import csv
import math
import random
import sys
from collections.abc import Iterator, Sequence

HEADER = ("case", "per_year", "index", "value", "events")


def errors(draw: random.Random, n: int, phi: float, sd: float) -> list[float]:
    """Errors each pulled towards the one before, of one spread throughout."""
    found = [draw.gauss(0, sd)]
    while len(found) < n:
        found.append(phi * found[-1] + draw.gauss(0, sd * math.sqrt(1 - phi**2)))
    return found


def series(draw: random.Random, per_year: int, n: int, phi: float, *, slope: float = -3, sd: float = 4, step: tuple[int, float] = (0, 0)) -> list[float]:
    """Values about a line from 400, with a season where there are months, and a step of a size at a place."""
    season = [6 * math.sin(2 * math.pi * i / 12) if per_year == 12 and n >= 48 else 0.0 for i in range(n)]
    level = [400 + slope * i / per_year + (step[1] if i >= step[0] else 0) + season[i] for i in range(n)]
    return [round(one + error, 3) for one, error in zip(level, errors(draw, n, phi, sd), strict=True)]


def cases() -> Iterator[tuple[str, int, Sequence[int], Sequence[float], Sequence[int]]]:
    """Name, periods in a year, indices, values and events."""
    draw = random.Random(2021)
    for per_year, start in ((12, 24189), (52, 105_000), (4, 8060), (1, 1990)):
        for n in (20, 24, 36, 47, 48, 60):
            for phi in (0.0, 0.6, -0.4):
                values = series(draw, per_year, n, phi)
                times = range(start, start + n)
                event = [start + n // 2] if n >= 24 and phi else []
                yield f"{per_year} a year, {n} points, phi {phi}", per_year, times, values, event
    for per_year, n, lost in ((12, 40, 5), (12, 70, 12), (52, 110, 20), (1, 30, 6), (12, 52, 4)):
        values = series(draw, per_year, n, 0.6, step=(n // 2, -8))
        held = sorted(set(range(n)) - set(draw.sample(range(1, n - 1), lost)))
        yield f"{per_year} a year, {n} periods, {lost} gaps", per_year, [24_000 + i for i in held], [values[i] for i in held], [24_000 + n // 2]
    values = series(draw, 12, 90, 0.5, step=(30, 10))
    yield "two events", 12, range(24_000, 24_090), values, [24_030, 24_060]
    yield "three events by week", 52, range(900, 1060), series(draw, 52, 160, 0.7, step=(60, 10)), [940, 960, 1000]
    values = series(draw, 12, 60, 0.5)
    yield "a gap of two years", 12, [*range(30), *range(54, 84)], values, [60]
    yield "counts with ties", 12, range(48), [round(value / 10) for value in series(draw, 12, 48, 0.3)], [24]
    yield "large numbers", 12, range(24_180, 24_220), [1e6 + 1e3 * value for value in series(draw, 12, 40, 0.6)], [24_200]
    yield "forty years", 12, range(480), series(draw, 12, 480, 0.7), [200, 300]


def main() -> None:
    """Writes the rows."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(HEADER)
    for name, per_year, times, values, events in cases():
        for time, value in zip(times, values, strict=True):
            out.writerow((name, per_year, time, value, " ".join(map(str, events))))


if __name__ == "__main__":
    main()
