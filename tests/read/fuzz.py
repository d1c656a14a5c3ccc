"""Damages exports of every platform, and the codebooks beside them, and reads each in a process of its own.

`python tests/read/fuzz.py START COUNT` prints a line for each that ended in anything but a survey or an error that a user can mend, then the
totals; `test_fuzz.py` calls it. A number is one export: `python tests/read/fuzz.py SEED 1` repeats it. With RPGSTAT_SAMPLES the exports of a
folder are damaged too.
"""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path
from random import Random

sys.path.append(str(Path(__file__).parents[1] / "cli"))

import test_mutations as tables
import test_platforms as platforms
import test_qualtrics as qualtrics

MOST_SECONDS = 60  # on a machine that others use too
TEXT = frozenset({".csv", ".tsv", ".qsf", ".r", ".sps"})


def bases(folder: Path, *, alone: bool = False) -> list[dict[str, bytes]]:
    """Sound exports, the first file of each with its companions; with `alone` none of real ones."""
    import pandas as pd
    import pyreadstat

    labels = {1: "Strongly agree", 2: "Agree", 3: "Disagree", 4: "Strongly disagree", -9: "Refused"}
    frame = pd.DataFrame({"ResponseId": ["R_1", "R_2", "R_3"], "q1": [1.0, 2, -9], "q2": [4.0, None, 1], "day": pd.to_datetime(["2024-03-01"] * 3)})
    texts = ["Response ID", "How far? - I cope", "How far? - I learn", "Recorded Date"]
    options = {"column_labels": texts, "variable_value_labels": {"q1": labels, "q2": labels}}
    pyreadstat.write_sav(frame, str(folder / "w.sav"), missing_ranges={"q1": [{"lo": -9, "hi": -1}]}, variable_measure={"q1": "ordinal"}, **options)
    pyreadstat.write_sav(frame, str(folder / "w.zsav"), compress=True, **options)
    pyreadstat.write_dta(frame, str(folder / "w.dta"), **options)
    platforms.form(folder / "form.xlsx")
    held = {path.name: path.read_bytes() for path in folder.iterdir()}
    text = {name: getattr(platforms, name).encode() for name in ("FORMS", "GOOGLE", "TYPEFORM", "JISC", "KEY", "REDCAP", "DICTIONARY", "KOBO")}
    lime = platforms.lime([f"{code}. {words}" for code, words in platforms.HEADS.items()], platforms.LIME)
    return [
        {"forms.csv": text["FORMS"]},
        {"google.csv": text["GOOGLE"]},
        {"typeform.csv": text["TYPEFORM"]},
        {"work.csv": text["JISC"], "work-key.csv": text["KEY"]},
        {"data.csv": text["REDCAP"], "dictionary.csv": text["DICTIONARY"]},
        {"kobo.csv": text["KOBO"], "form.xlsx": held["form.xlsx"]},
        {"results-survey123456.csv": lime.encode(), "survey_123456_R_syntax_file.R": b'data[, 5] <- factor(data[, 5], levels=c("Agree"),labels=c("Yes"))\n'},
        {"survey_123456_SPSS_data_file.dat": platforms.DATA.encode(), "survey_123456_SPSS_syntax_file.sps": platforms.SYNTAX.encode()},
        {"qualtrics.csv": qualtrics.table(qualtrics.LABELS).encode()},
        {"qualtrics.tsv": qualtrics.table(qualtrics.CODES, delimiter="\t").encode("utf-16"), "my.qsf": qualtrics.definition().encode()},
        *({name: held[name]} for name in ("w.sav", "w.zsav", "w.dta") for _ in range(2)),
        *([] if alone else real()),
    ]


def real() -> list[dict[str, bytes]]:
    """The exports of a folder of real ones, small ones only."""
    if not (folder := os.environ.get("RPGSTAT_SAMPLES")):
        return []
    paths = sorted(path for path in Path(folder).rglob("*") if path.suffix in (".csv", ".tsv", ".xlsx", ".sav", ".dta") and path.stat().st_size < 300_000)
    return [{path.name: path.read_bytes()} for path in paths]


def spoilt(name: str, data: bytes, random: Random) -> bytes:
    """One to three mishaps."""
    if Path(name).suffix == ".csv" and random.random() < 0.5:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig", "replace"), newline="")))
        return tables.damaged(b"", rows, random)
    for _ in range(random.choice([1, 1, 2, 3])):
        packed = zipfile.is_zipfile(io.BytesIO(data)) and random.random() < 0.8
        data = inside(data, random) if packed else random.choice(tables.BYTES)(data, random)
    return data


def inside(data: bytes, random: Random) -> bytes:
    """One member of an archive damaged, and packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        try:
            parts = {name: archive.read(name) for name in archive.namelist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
            return data
    if not parts:
        return data
    chosen = random.choice(sorted(parts))
    parts[chosen] = random.choice(tables.BYTES)(parts[chosen], random)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def written(random: Random, found: list[dict[str, bytes]], folder: Path) -> Path:
    """One export with its companions, one of them spoilt, in a folder: the export's path."""
    files = dict(random.choice(found))
    target = next(iter(files)) if random.random() < 0.7 else random.choice(sorted(files))
    files[target] = spoilt(target, files[target], random)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder / next(iter(files))


def run(seed: int, found: list[dict[str, bytes]], folder: Path) -> str:
    """How reading ends: `read`, `told`, or what went wrong."""
    from rpgstat import workflow
    from rpgstat.errors import UserError

    first = written(Random(seed), found, folder)
    ended = "read"
    for call in (workflow.init, workflow.response):
        try:
            call(first)
        except UserError as error:
            ended = "told" if error.problem.strip() and error.hint.strip() else f"without words: {error}"
        except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
            return traceback.format_exc(limit=-3).replace("\n", " | ")
    return ended


def apart(seed: int, found: list[dict[str, bytes]]) -> str:
    """As `run`, in a process of its own: a library may end it."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        signal.alarm(MOST_SECONDS)
        with tempfile.TemporaryDirectory() as folder:
            said = run(seed, found, Path(folder))
        os.write(writer, said.encode()[:4000])
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        said = stream.read().decode("utf-8", "replace")
    _, status = os.waitpid(child, 0)
    return said or ("told" if status & 127 == signal.SIGSEGV and told_by_command(seed, found) else f"ended by signal {status & 127}")


def told_by_command(seed: int, found: list[dict[str, bytes]]) -> bool:
    """Whether the command line tells that the library which reads SPSS and Stata fell over: in C, where nothing can be caught."""
    with tempfile.TemporaryDirectory() as folder:
        first = written(Random(seed), found, Path(folder))
        done = subprocess.run([sys.executable, "-m", "rpgstat", "response", str(first)], capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
    return first.suffix in (".sav", ".zsav", ".dta") and done.returncode == 2 and "hint: export it again" in done.stderr


def main(start: int, count: int) -> None:
    """Prints what went wrong, and the totals."""
    with tempfile.TemporaryDirectory() as folder:
        found = bases(Path(folder))
    from rpgstat import workflow  # loaded once, for all forks

    began, totals = time.monotonic(), Counter[str]()
    for seed in range(start, start + count):
        ended = apart(seed, found)
        totals[ended if ended in ("read", "told") else "wrong"] += 1
        if ended not in ("read", "told"):
            print(f"{seed}: {ended}", flush=True)
    assert workflow
    print(f"{count} exports from {start}: {dict(totals)}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
