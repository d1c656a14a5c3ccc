"""Measures how work grows: of everything a study can have more of, four times as much against once, in one run; exit 1 where a law bends.

python benchmarks/growth.py [NAME ...]

Time is processor seconds of the whole process, so that other work on the machine counts little; memory its largest. Both are net of the same
command on next to nothing, which is the start of the process. A law holds where four times the work costs at most five times as much.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

RPGSTAT = [str(Path(sys.executable).with_name("rpgstat"))]
LABELS = ("Disagree strongly", "Disagree", "Agree", "Agree strongly")
TIMES, MOST = 4, 5
LEAST_SECONDS, LEAST_MEMORY = 0.25, 40.0
"""What once the work is taken to cost at least: less is the noise of a process, and four times as much of it is no burden."""


class Shape(NamedTuple):
    """A survey: people in all, statements, those in a battery, waves, groups, levels of the scale, distinct weights, and columns that are nothing."""

    rows: int = 400
    items: int = 8
    battery: int = 8
    waves: int = 2
    groups: int = 0
    levels: int = 4
    weights: int = 0


class Law(NamedTuple):
    """Something of which there can be more: the command, and what it is run on at a size of which 1 is the work done once."""

    name: str
    command: Sequence[str]
    make: Callable[[Path, float], None]


class Cost(NamedTuple):
    """What a process took: processor seconds, and MB at its largest."""

    seconds: float
    memory: float


def survey(shape: Callable[[float], Shape]) -> Callable[[Path, float], None]:
    """What makes a survey of the shape that belongs to a size, and its study."""

    def make(folder: Path, size: float) -> None:
        made = shape(size)
        _answers(folder / "answers.csv", made)
        (folder / "study.toml").write_text(_study(made), encoding="utf-8")

    return make


def _answers(path: Path, shape: Shape) -> None:
    import numpy as np
    import polars as pl

    rng, place = np.random.default_rng(20), np.arange(shape.rows)
    columns = {"wave": pl.Series(place * shape.waves // shape.rows).cast(pl.String)}
    if shape.groups:
        columns["team"] = "Team " + pl.Series(place % shape.groups).cast(pl.String)
    if shape.weights:
        columns["weight"] = (pl.Series(rng.integers(0, shape.weights, shape.rows)) + 50_000).cast(pl.Float64) / 100_000
    levels = pl.Series(_levels(shape))
    for i in range(shape.items):
        codes = rng.integers(0, shape.levels, shape.rows)
        columns[f"Statement {i + 1}"] = levels.gather(codes).set(pl.Series(rng.random(shape.rows) < 0.03), None)
    pl.DataFrame(columns).write_csv(path)


def _levels(shape: Shape) -> list[str]:
    return list(LABELS) if shape.levels == len(LABELS) else [f"Point {i + 1}" for i in range(shape.levels)]


def _study(shape: Shape) -> str:
    lines = ['weight = "weight"'] if shape.weights else []
    lines += ["[data]", 'file = "answers.csv"', 'wave = "wave"', "[scales.s]", f"levels = {_list(_levels(shape))}"]
    if shape.groups:
        lines += ["[groups.team]", 'column = "team"', f"levels = {_list([f'Team {i}' for i in range(shape.groups)])}"]
    lines += [f'[[waves]]\nname = "{wave}"' for wave in range(shape.waves)]
    for start in range(0, shape.items, shape.battery):
        texts = [f"Statement {i + 1}" for i in range(start, min(start + shape.battery, shape.items))]
        lines += ["[[batteries]]", f'name = "Battery {start}"', 'scale = "s"', f"items = {_list(texts)}"]
    return "\n".join(lines) + "\n"


def _list(words: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def series(folder: Path, size: float) -> None:
    """Monthly figures of ten years, thirty series at size 1."""
    import random

    rng, names = random.Random(20), [f"Series {i + 1}" for i in range(max(1, round(30 * size)))]
    rows = [f"{2010 + month // 12}-{month % 12 + 1:02d}," + ",".join(f"{rng.gauss(100, 5):.1f}" for _ in names) for month in range(120)]
    (folder / "figures.csv").write_text("\n".join([",".join(["Month", *names]), *rows]) + "\n", encoding="utf-8")


def areas(folder: Path, size: float) -> None:
    """Leavers and people in post of eight years, forty authorities at size 1."""
    import random

    rng, lines = random.Random(20), ["Area,Year,Leavers,In post,Vacancies"]
    for area in range(max(1, round(40 * size))):
        lines += [f"Area {area + 1},{2012 + year},{rng.randrange(20, 50)},{rng.randrange(240, 280)},{rng.randrange(5, 40)}" for year in range(8)]
    (folder / "workforce.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _at_least(size: float, once: float, least: int) -> int:
    return max(least, round(size * once))


LAWS = (
    Law("rows", ["compare"], survey(lambda size: Shape(_at_least(size, 500_000, 400), 20, 10))),
    Law("items", ["compare"], survey(lambda size: Shape(2_000, _at_least(size, 500, 8), _at_least(size, 125, 8)))),
    Law("columns", ["init", "answers.csv", "-o", "made.toml", "--force"], survey(lambda size: Shape(400, _at_least(size, 2_500, 8), 10))),
    Law("batteries", ["compare"], survey(lambda size: Shape(2_000, _at_least(size, 500, 8), 5))),
    Law("batteries of reliability", ["reliability"], survey(lambda size: Shape(20_000, _at_least(size, 250, 8), 5))),
    Law("waves", ["compare"], survey(lambda size: Shape(_at_least(size, 50_000, 400), 20, 10, _at_least(size, 5, 2)))),
    Law("waves of reliability", ["reliability"], survey(lambda size: Shape(_at_least(size, 50_000, 400), 20, 10, _at_least(size, 5, 2)))),
    Law("groups", ["breakdown", "--by", "team"], survey(lambda size: Shape(_at_least(size, 25_000, 400), 20, 10, 1, _at_least(size, 125, 2)))),
    Law("levels", ["score"], survey(lambda size: Shape(40_000, 40, 8, 2, 0, _at_least(size, 2.75, 2)))),
    Law("distinct weights", ["compare"], survey(lambda size: Shape(_at_least(size, 50_000, 400), 20, 10, 2, 0, 4, _at_least(size, 10_000, 4)))),
    Law("series", ["indicators", "figures.csv"], series),
    Law("areas", ["workforce", "workforce.csv", "--area", "all"], areas),
)


def run(command: Sequence[str], folder: Path) -> Cost:
    """Runs a command to its end, its output thrown away; raises when it fails."""
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {(folder / 'said.txt').read_text()[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2))


def measured(law: Law) -> Iterator[Cost]:
    """What the command costs on next to nothing, on the work done once, and on four times as much; the better of two runs each."""
    shown = [] if law.command[0] == "init" else ["-f", "json"]
    for size in (0.0, 1.0, float(TIMES)):
        with tempfile.TemporaryDirectory() as folder:
            # In a process of its own: the peak memory of a child counts that of the parent it was started from.
            subprocess.run([sys.executable, __file__, "--make", folder, "--size", str(size), law.name], check=True)
            runs = [run([*RPGSTAT, *law.command, *shown], Path(folder)) for _ in range(2)]
            yield Cost(*map(min, zip(*runs, strict=True)))


def row(law: Law) -> tuple[str, bool]:
    """A line of the table, and whether the law holds."""
    start, once, more = measured(law)
    net = [max(one - none, least) for one, none, least in zip(once, start, (LEAST_SECONDS, LEAST_MEMORY), strict=True)]
    ratios = [(many - none) / own for many, none, own in zip(more, start, net, strict=True)]
    holds = all(ratio <= MOST for ratio in ratios)
    costs = [f"{cost.seconds:.2f} s, {cost.memory:.0f} MB" for cost in (start, once, more)]
    told = ("holds" if holds else "**bends**", *(f"{ratio:.1f} x" for ratio in ratios))
    return f"| {law.name} (`{' '.join(law.command[:1])}`) | {' | '.join([*costs, told[1], told[2], told[0]])} |", holds


def main() -> None:
    """Prints the table; exit 1 where a law bends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these laws: " + ", ".join(law.name for law in LAWS))
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=float, default=1.0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    wanted = [law for law in LAWS if law.name in options.names or not options.names]
    if len(wanted) < len(options.names):
        parser.error("no such law; there are " + ", ".join(law.name for law in LAWS))
    if options.make:
        wanted[0].make(options.make, options.size)
        return
    print(f"| more | next to nothing | once | {TIMES} x | time | memory | at most {MOST} x |\n|---|---|---|---|---|---|---|", flush=True)
    bent = 0
    for law in wanted:
        line, holds = row(law)
        bent += not holds
        print(line, flush=True)
    print(f"\n{'every law holds' if not bent else f'{bent} of {len(wanted)} laws bend'}")
    sys.exit(1 if bent else 0)


if __name__ == "__main__":
    main()
