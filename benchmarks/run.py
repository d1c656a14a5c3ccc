"""Measures the speed budgets in processor time, each as a ratio of whole processes run in turn, and prints a Markdown table.

python benchmarks/run.py [--rows 2000000] [--runs 5] [--small]
"""

from __future__ import annotations

import argparse
import compileall
import datetime
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
STUDY = HERE.parent / "fixtures" / "rpg"
RPGSTAT = [str(Path(sys.executable).with_name("rpgstat"))]
IMPORTS = [sys.executable, "-c", "import typer, rich.table, polars"]
BY_HAND = [sys.executable, str(HERE / "by_hand.py"), str(STUDY)]
SCAN = "import sys, polars as pl; pl.scan_csv(sys.argv[1], infer_schema=False).select(pl.all().null_count()).collect(engine='streaming')"
BLOCK = 2_000_000  # rows that are made at once
LABELS = ["Disagree strongly", "Disagree", "Agree", "Agree strongly", "Not applicable", None]
SMALL = (
    (["--version"], 0.45),
    (["--help"], 0.8),
    (["compare"], 2),
    (["compare", "-f", "json"], 1.8),
    (["breakdown", "--by", "role"], 3.5),
    (["breakdown", "--by", "role", "--post-hoc"], 6),
    (["reliability"], 3.5),
    (["compare", "-o", "change.docx"], 2.4),
    (["compare", "-o", "change.png"], 5),
    (["report", "-o", "report.docx"], 9),
)
"""Commands on the example study, each with the most of bare imports that it may take."""

LARGE = ((["compare"], 2.5), (["compare", "--by", "role"], 3.5), (["breakdown", "--by", "role"], 3.5), (["response"], 3.5), (["reliability"], 3.5))
FILES = {"one.csv": "+1 year", "two.csv": "+3 years"}
ROLES = ["Social worker", "Senior social worker", "Lead practitioner", "Team manager", "Senior manager"]


@dataclass(frozen=True)
class Run:
    """One finished process: seconds of processor time, user and system, which a busy machine hardly changes, peak memory in MB, and seconds by the clock."""

    seconds: float
    memory: float
    clock: float = 0.0


def run(command: Sequence[str]) -> Run:
    """Runs a command to its end, its output thrown away; raises when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with exit code {process.returncode}")
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2), time.perf_counter() - start)


def in_turn(ours: Sequence[str], theirs: Sequence[str], runs: int) -> tuple[Run, Run, float]:
    """Median runs of two commands, A B A B ... after one warm-up each, and the median of their ratios pair by pair."""
    run(ours), run(theirs)
    pairs = [(run(ours), run(theirs)) for _ in range(runs)]
    ratio = statistics.median(a.seconds / b.seconds for a, b in pairs)
    return _median([a for a, _ in pairs]), _median([b for _, b in pairs]), ratio


def _median(runs: Sequence[Run]) -> Run:
    return Run(statistics.median(r.seconds for r in runs), max(r.memory for r in runs), statistics.median(r.clock for r in runs))


def make_survey(folder: Path, rows: int, *, ids: bool = True) -> None:
    """A CSV of text answers, 20 items on two waves, and its study file. Seeded; written in blocks, so that any number of rows fits the memory."""
    import numpy as np

    rng = np.random.default_rng(20)
    with (folder / "survey.csv").open("wb") as file:
        for start in range(0, rows, BLOCK):
            frame = _people(rng, start, min(start + BLOCK, rows), rows // 2)
            (frame if ids else frame.drop("Respondent ID")).write_csv(file, include_header=not start)
    (folder / "study.toml").write_text(_study(['role = "role"', "[data]", 'file = "survey.csv"', 'wave = "wave"']), encoding="utf-8")


def _people(rng: Any, start: int, stop: int, later: int) -> Any:
    """The people of a survey from one row to another, those from the row `later` on in the second wave."""
    import numpy as np
    import polars as pl

    n, place = stop - start, np.arange(start, stop)
    columns = {"wave": np.where(place < later, "+1 year", "+3 years"), "role": np.array(ROLES)[rng.integers(0, 5, n)]}
    frame = pl.DataFrame({"Respondent ID": place + 11_000_000_000} | columns)
    for i in range(20):
        codes = pl.Series(f"Statement number {i + 1} of the battery", rng.choice(6, n, p=[0.12, 0.25, 0.35, 0.22, 0.02, 0.04]))
        frame = frame.with_columns(codes.replace_strict(dict(enumerate(LABELS)), return_dtype=pl.String))
    return frame


def make_two(folder: Path, rows: int) -> None:
    """The same with two more groups and a code, in a file for each wave, and study files without and with ids."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(20)
    frame = _people(rng, 0, rows, rows // 2)
    more = {name: pl.Series(np.array([f"{name.title()} {i + 1}" for i in range(k)])[rng.integers(0, k, rows)]) for name, k in (("team", 12), ("area", 4))}
    codes = rng.permutation(rows)[np.where(np.arange(rows) < rows // 2, np.arange(rows), np.arange(rows) - rows * 3 // 10)]  # 60 % answer both times
    more["Code"] = "p" + pl.Series(codes).cast(pl.String)
    for name, wave in FILES.items():
        frame.with_columns(**more).filter(pl.col("wave") == wave).drop("wave").write_csv(folder / name)
    study = _study([f'{name} = "{name}"' for name in ("role", "team", "area")], list(FILES))
    (folder / "study.toml").write_text(study, encoding="utf-8")
    (folder / "linked.toml").write_text(f'id = "Code"\n{study}', encoding="utf-8")


def _study(head: Sequence[str], files: Sequence[str] = ()) -> str:
    levels = ", ".join(f'"{label}"' for label in LABELS[:4])
    lines = ["[groups]", *head]
    lines += ["[scales.agreement]", f"levels = [{levels}]", 'not_applicable = ["Not applicable"]']
    for place, wave in enumerate(FILES.values()):
        lines += ["[[waves]]", f'name = "{wave}"', *([f'file = "{files[place]}"'] if files else [])]
    for name, items in (("First", range(1, 8)), ("Second", range(8, 15)), ("Third", range(15, 21))):
        texts = ", ".join(f'"Statement number {i} of the battery"' for i in items)
        lines += ["[[batteries]]", f'name = "{name}"', 'scale = "agreement"', f"items = [{texts}]"]
    return "\n".join(lines) + "\n"


def small(runs: int) -> Iterator[str]:
    """Commands on the example study against a bare import, and `compare` against the same analysis scripted. Compiled first, as installing does."""
    compileall.compile_dir(HERE.parent / "rpgstat", quiet=2)
    with tempfile.TemporaryDirectory() as folder:
        for command, most in SMALL:
            on = ["--study", str(STUDY / "study.toml")] if command[0][0] != "-" else []
            written = [str(Path(folder) / word) if word.endswith((".docx", ".png")) else word for word in command]
            ours, imports, ratio = in_turn([*RPGSTAT, *written, *on, *(["--force"] if "-o" in command else [])], IMPORTS, runs)
            yield row(" ".join(command), ours, "importing typer, rich.table and polars", imports, ratio, f"at most {most} x", ratio <= most)
    ours, script, ratio = in_turn([*RPGSTAT, "compare", "--study", str(STUDY / "study.toml")], BY_HAND, runs)
    yield row("compare, example study", ours, "the same in pandas and Pingouin", script, ratio, "at most 1/4 x", ratio <= 1 / 4)


def large(rows: int, runs: int) -> list[str]:
    """A large CSV against a bare scan, without groups and by five roles, and the memory at a tenth of the rows and at all of them."""
    lines = []
    for n in (rows // 10, rows):
        folder = Path(tempfile.mkdtemp())
        try:
            # In a process of its own: the peak memory of a child counts that of the parent it was started from.
            subprocess.run([sys.executable, __file__, "--make", str(folder), "--rows", str(n)], check=True)
            for command, most in LARGE:
                named = [*RPGSTAT, *command, "--study", str(folder / "study.toml"), "-f", "json"]
                ours, scan, ratio = in_turn(named, [sys.executable, "-c", SCAN, str(folder / "survey.csv")], runs)
                slow, what = n == rows and ratio > most, f"{' '.join(command)} as JSON, {n:,} x 20 text answers"
                budget = f"at most {most} x, under 1 GB" if n == rows else "under 1 GB"
                lines.append(row(what, ours, "scanning the file with Polars", scan, ratio, budget, not slow and ours.memory < 1000))
        finally:
            shutil.rmtree(folder)
    return lines


def several(rows: int, runs: int) -> list[str]:
    """What asks one case for several analyses, against `compare` on the same: two files of so many people, in three groups."""
    lines = []
    folder = Path(tempfile.mkdtemp())
    try:
        subprocess.run([sys.executable, __file__, "--make-two", str(folder), "--rows", str(2 * rows)], check=True)
        study = ["--study", str(folder / "study.toml")]
        compare = [*RPGSTAT, "compare", *study, "-f", "json"]
        wanted = {"response": (["-f", "json"], 2), "report": (["-o", str(folder / "report.html"), "--force"], 4)}
        for command, (options, most) in wanted.items():
            ours, theirs, ratio = in_turn([*RPGSTAT, command, *study, *options], compare, runs)
            what = f"{command}, 2 files of {rows:,} x 20 text answers in three groups"
            lines.append(row(what, ours, "compare as JSON on the same", theirs, ratio, f"at most {most} x", ratio <= most))
        linked = ["--study", str(folder / "linked.toml")]
        ours, theirs, ratio = in_turn([*RPGSTAT, "compare", *linked, "-f", "json"], compare, runs)
        what = f"compare, 2 files of {rows:,} x 20 text answers, 60 % of the people in both"
        lines.append(row(what, ours, "the same without ids", theirs, ratio, "at most 2 x", ratio <= 2))
    finally:
        shutil.rmtree(folder)
    return lines


def row(what: str, ours: Run, against: str, theirs: Run, ratio: float, budget: str, within: bool) -> str:
    """One line of the table."""
    cells = (what, _shown(ours), against, _shown(theirs), f"{ratio:.2f} x", f"{budget}: {'met' if within else '**missed**'}")
    return f"| {' | '.join(cells)} |"


def _shown(run: Run) -> str:
    return f"{run.seconds:.2f} s, {run.memory:.0f} MB"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--small", action="store_true", help="only the commands on the example study")
    parser.add_argument("--make", type=Path, help="only write the survey, into this folder")
    parser.add_argument("--make-two", type=Path, help="only write the files of two waves, into this folder")
    parser.add_argument("--no-ids", action="store_true", help="write the survey without a column of ids")
    options = parser.parse_args()
    if options.make:
        make_survey(options.make, options.rows, ids=not options.no_ids)
        return
    if options.make_two:
        make_two(options.make_two, options.rows)
        return
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, Polars {version('polars')}"
    print(f"{datetime.date.today()}, {machine}; medians of {options.runs} runs in turn, largest memory.\n")
    print("| what | time, memory | against | time, memory | ratio | budget |\n|---|---|---|---|---|---|")
    for line in small(options.runs):
        print(line)
    for line in [] if options.small else several(options.rows * 3 // 20, options.runs) + large(options.rows, options.runs):
        print(line)


if __name__ == "__main__":
    main()
