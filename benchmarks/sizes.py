"""Measures the budgets of size, whole processes on data of its own, and prints a Markdown table; with --many also 20 million people, which takes 6 GB of disk.

python benchmarks/sizes.py [--many] [--runs 3]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from growth import Shape, survey
from run import HERE, RPGSTAT, SCAN, Run, in_turn, run

ROWS = 2_000_000
SCANNED = (
    (["compare"], 2.5),
    (["compare", "--by", "role"], 3.5),
    (["reliability"], 3.5),
    (["response"], 3.5),
)
"""Commands on two million people, each with the most of a bare scan of the CSV that it may take."""
SHAPES = (
    ("`compare`, 2,000 statements in 200 batteries x 5,000 people", ["compare", "-f", "json"], Shape(5_000, 2_000, 10), 10, 1000),
    ("`init`, 10,000 columns x 1,000 people", ["init", "answers.csv", "-o", "made.toml", "--force"], Shape(1_000, 10_000, 10), 5, 700),
    (
        "`breakdown`, 500 declared groups, 20 statements, 200,000 people",
        ["breakdown", "--by", "team", "-f", "json"],
        Shape(200_000, 20, 10, 1, 500),
        10,
        1000,
    ),
)
"""What there is much of, with the seconds by the clock and the MB that it may take."""


def make(folder: Path, *options: str) -> None:
    """A survey, made in a process of its own: the peak memory of a child counts that of the parent it was started from."""
    subprocess.run([sys.executable, str(HERE / "run.py"), "--make", str(folder), *options], check=True)


def two_million(folder: Path, runs: int) -> Iterator[str]:
    """Against a bare scan, as Parquet too, and against R."""
    make(folder, "--rows", str(ROWS))
    scan, study = [sys.executable, "-c", SCAN, str(folder / "survey.csv")], ["--study", str(folder / "study.toml"), "-f", "json"]
    for command, most in SCANNED:
        ours, theirs, ratio = in_turn([*RPGSTAT, *command, *study], scan, runs)
        yield row(f"`{' '.join(command)}`, {ROWS:,} people x 20 text answers in CSV", ours, "scanning the file with Polars", theirs, ratio, most, 600)
    (folder / "parquet").mkdir()
    written = "import sys, polars as pl; pl.scan_csv(sys.argv[1], infer_schema=False).sink_parquet(sys.argv[2])"
    subprocess.run([sys.executable, "-c", written, str(folder / "survey.csv"), str(folder / "parquet" / "survey.parquet")], check=True)
    (folder / "parquet" / "study.toml").write_text((folder / "study.toml").read_text().replace("survey.csv", "survey.parquet"))
    ours, theirs, ratio = in_turn([*RPGSTAT, "compare", "--study", str(folder / "parquet" / "study.toml"), "-f", "json"], scan, runs)
    yield row("`compare`, the same in Parquet", ours, "scanning the CSV with Polars", theirs, ratio, 1.3, 600)
    if shutil.which("Rscript"):
        for how, options in (("`t.test` by formula", []), ("`t.test` of vectors, split once", ["split"])):
            script = ["Rscript", str(HERE / "by_hand.R"), str(folder), *options]
            ours, theirs, _ = in_turn([*RPGSTAT, "compare", *study], script, runs)
            yield against_r(ours, f"the same in R with data.table, {how}", theirs)


def against_r(ours: Run, against: str, theirs: Run) -> str:
    """By the clock, which is what an analyst waits; R uses one processor for most of it."""
    ratio = theirs.clock / ours.clock
    told = f"{ratio:.1f} x as fast by the clock, {theirs.seconds / ours.seconds:.1f} in processor time"
    return f"| `compare`, the same in CSV | {shown(ours)} | {against} | {shown(theirs)} | {told} | 2.5 x by the clock: {verdict(ratio >= 2.5)} |"


def shapes(runs: int) -> Iterator[str]:
    """Many items, columns and groups."""
    for what, command, shape, seconds, memory in SHAPES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            number = [shape is one[2] for one in SHAPES].index(True)
            subprocess.run([sys.executable, __file__, "--make", name, "--shape", str(number)], check=True)
            study = [] if command[0] == "init" else ["--study", str(folder / "study.toml")]
            named = [str(folder / word) if word.endswith((".csv", ".toml")) else word for word in command]
            best = [run([*RPGSTAT, *named, *study]) for _ in range(runs)]
            one = Run(min(r.seconds for r in best), max(r.memory for r in best), min(r.clock for r in best))
            met = f"{seconds} s by the clock: {verdict(one.clock <= seconds)}, {memory} MB: {verdict(one.memory <= memory)}"
            yield f"| {what} | {shown(one)} | | | | {met} |"


def many(folder: Path) -> Iterator[str]:
    """Twenty million people without and with ids, once each: the memory against that of two million."""
    for what, options in (("", ["--no-ids"]), (", each with an id", [])):
        found = {}
        for rows in (ROWS, 10 * ROWS):
            own = folder / f"{rows}{len(options)}"
            own.mkdir()
            make(own, "--rows", str(rows), *options)
            found[rows] = run([*RPGSTAT, "compare", "--study", str(own / "study.toml"), "-f", "json"])
            shutil.rmtree(own)
        small, large = found.values()
        ratio = large.memory / small.memory
        met = f"1.5 x: {verdict(ratio <= 1.5)}, 1 GB: {verdict(large.memory <= 1000)}"
        yield f"| `compare`, {10 * ROWS:,} people{what} | {shown(large)} | {ROWS:,} people | {shown(small)} | memory {ratio:.2f} x | {met} |"


def row(what: str, ours: Run, against: str, theirs: Run, ratio: float, most: float, memory: int) -> str:
    """One line of the table, of a ratio in processor time."""
    met = f"{most} x: {verdict(ratio <= most)}, {memory} MB: {verdict(ours.memory <= memory)}"
    return f"| {what} | {shown(ours)} | {against} | {shown(theirs)} | {ratio:.2f} x | {met} |"


def verdict(within: bool) -> str:
    """Whether a budget was met."""
    return "met" if within else "**missed**"


def shown(one: Run) -> str:
    """What a process took."""
    return f"{one.seconds:.1f} s ({one.clock:.1f} s by the clock), {one.memory:.0f} MB"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--many", action="store_true", help="20 million people, too")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--shape", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.make:
        survey(lambda _: SHAPES[options.shape][2])(options.make, 1.0)
        return
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"{os.cpu_count()} cores, {busy:.0f} processes waiting for them at the start; processor time (and by the clock)\n")
    print("| what | time, memory | against | time, memory | ratio | budget |\n|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        for line in two_million(Path(name), options.runs):
            print(line, flush=True)
    for line in shapes(options.runs):
        print(line, flush=True)
    if options.many:
        with tempfile.TemporaryDirectory() as name:
            for line in many(Path(name)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
