"""Damages inputs of every kind and runs the command line on each in a process of its own, whose time and memory it measures.

`python tests/cli/mutate.py START COUNT` prints a line for each run that went wrong, then the totals; `tests/cli/test_nightly.py` calls it.
The libraries are loaded once, and each run is a fork: a run costs what its work costs.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import resource
import signal
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

import test_mutations as tables

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "rpg"
MOST_SECONDS = 20
MOST_BYTES = 2_000_000_000
Base = tuple[str, bytes, tuple[list[str], ...]]
"""A file's name, its sound content, and command lines that read it."""

SURVEY = (
    ["score", "{}", "-f", "json"],
    ["compare", "wave-1.csv", "{}", "-f", "json"],
    ["init", "{}"],
    ["reliability", "{}"],
    ["score", "{}", "-o", "x.md"],
    ["check", "{}"],
)
STUDIED = (
    ["compare", "-f", "json"],
    ["breakdown", "--by", "role", "-f", "csv"],
    ["response", "-f", "json"],
    ["score"],
    ["report", "-o", "x.html"],
    ["check", "-f", "json"],
)
WORD = (["fill", "{}", "-o", "x.docx"], ["score", "wave-1.csv", "--template", "{}", "-o", "x.docx"])


def work(folder: Path) -> None:
    """Writes the sound files that only libraries can write."""
    import docx
    import polars as pl

    frame = pl.read_csv(FIXTURES / "wave-1.csv", has_header=False, skip_lines=2, infer_schema=False)
    frame.write_parquet(folder / "base.parquet")
    paper = docx.Document()
    paper.add_heading("Report")
    for words in ("{{ table:score }}", "p = {{ value:score.skills.mean }}", "{{ figure:score }}"):
        paper.add_paragraph(words)
    paper.add_table(2, 2).cell(0, 0).text = "{{ table:score }}"
    paper.save(str(folder / "base.docx"))
    plain = docx.Document()
    plain.add_paragraph("Our house style")
    plain.save(str(folder / "plain.docx"))


def ods() -> bytes:
    """A sheet of OpenDocument."""
    ns = "urn:oasis:names:tc:opendocument:xmlns"
    rows = [["I cope", "I learn"], *(["Agree", "Disagree"], ["Strongly agree", "Agree"], ["Neither agree nor disagree", "Strongly disagree"]) * 4]
    cells = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row)
        + '<table:table-cell table:number-columns-repeated="3"/></table:table-row>'
        for row in rows
    )
    body = f'<table:table table:name="S">{cells}<table:table-row table:number-rows-repeated="100"><table:table-cell/></table:table-row></table:table>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{ns}:office:1.0" xmlns:table="{ns}:table:1.0" xmlns:text="{ns}:text:1.0"><office:body>'
            f"<office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{ns}:manifest:1.0"></manifest:manifest>')
    return packed.getvalue()


def bases(made: Path) -> list[Base]:
    """Every kind of input."""
    survey = [(name, (FIXTURES / name).read_bytes(), SURVEY) for name in ("wave-1.csv", "wave-3.xlsx")]
    figures = [("indicators.csv", "indicators"), ("workforce.csv", "workforce")]
    return [
        *survey * 3,
        ("base.ods", ods(), SURVEY),
        ("base.parquet", (made / "base.parquet").read_bytes(), SURVEY),
        ("study.toml", (FIXTURES / "study.toml").read_bytes(), STUDIED),
        *((name, (FIXTURES / name).read_bytes(), ([command, "{}", "-f", "json"],)) for name, command in figures),
        ("base.docx", (made / "base.docx").read_bytes(), WORD),
        ("plain.docx", (made / "plain.docx").read_bytes(), WORD[1:]),
    ]


# --- damage -----------------------------------------------------------------------------------------------------------


def numbers(data: bytes, random: Random) -> bytes:
    """Some numbers become others, or none."""
    odd = [b"0", b"-1", b"abc", b"", b"99999999999999999999", b"1e999", b"1048576", b"NaN", b"16385", b"4294967296", b"0.5"]
    return re.sub(rb"(?<=[\"'>= ,])\d+(?=[\"'< ,\n])", lambda found: random.choice(odd) if random.random() < 0.05 else found[0], data)


def words(data: bytes, random: Random) -> bytes:
    """Some words of the file's own change places."""
    known = sorted(set(re.findall(rb"[A-Za-z:]{3,20}", data[:20_000])))
    for _ in range(random.choice([1, 3, 10])):
        if len(known) > 1:
            data = data.replace(random.choice(known), random.choice(known), random.choice([1, 1, 1000]))
    return data


TEXT: tuple[Callable[[bytes, Random], bytes], ...] = (*tables.BYTES, numbers, words)


def inside(data: bytes, random: Random) -> bytes:
    """One part of an archive damaged and packed again, so that its checksum is right."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = random.choice(sorted(parts))
    match random.randrange(12):
        case 0:
            del parts[chosen]
        case 1:
            parts[chosen] = parts[random.choice(sorted(parts))]
        case _:
            parts[chosen] = random.choice(TEXT)(parts[chosen], random)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def damaged(name: str, data: bytes, random: Random) -> bytes:
    """One to three mishaps."""
    if name == "wave-1.csv" and random.random() < 0.6:
        import csv

        return tables.damaged(b"", list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))), random)
    for _ in range(random.choice([1, 1, 2, 3])):
        packed = zipfile.is_zipfile(io.BytesIO(data)) and random.random() < 0.8
        with contextlib.suppress(zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError, OSError):
            data = inside(data, random) if packed else random.choice(TEXT)(data, random)
    return data


# --- runs -------------------------------------------------------------------------------------------------------------


def run(line: list[str], folder: Path) -> tuple[int, str, float, int]:
    """How the command line ended, what it said, the seconds it took and the bytes it held at most."""
    begun = time.monotonic()
    child = os.fork()
    if not child:
        _child(line, folder)
    while True:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() - begun > 3 * MOST_SECONDS:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.002)
    said = (folder / "err").read_text(encoding="utf-8", errors="replace")
    return os.waitstatus_to_exitcode(status), said, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def _child(line: list[str], folder: Path) -> None:
    from rpgstat.cli.app import run as run_here
    from rpgstat.process import guard

    code: int | str | None = 99
    try:
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
        os.chdir(folder)
        for number, path in ((0, os.devnull), (1, "out"), (2, "err")):
            opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(opened, number)
        tempfile.tempdir = str(folder)
        sys.argv = ["rpgstat", *line]
        guard.silence_libraries()
        run_here()
    except SystemExit as left:
        code = left.code
    finally:
        os._exit(code if isinstance(code, int) else 98)


def fault(code: int, said: str, seconds: float, held: int) -> str:
    """What is wrong with a run; "" when it gave a result or an error that a user can mend."""
    if code not in (0, 2) and not (code == 1 and "failed: check found" in said):
        return f"exit {code}"
    if code == 2 and not re.search(r"^error: .*^hint: \S", said, re.DOTALL | re.MULTILINE):
        return "no error and hint"
    for sign in ("internal error", "Traceback", "panicked", "a library cannot read", "memory ran out", "could not be loaded"):
        if sign in said:
            return sign
    lines = [line for line in said.split("\n") if not line.startswith(("note: ", "doing: "))]
    if len(lines) > 21:
        return f"{len(lines)} lines of error"
    if seconds > MOST_SECONDS:
        return f"{seconds:.0f} s"
    return f"{held / 1e6:.0f} MB" if held > MOST_BYTES else ""


def main(start: int, count: int) -> None:
    """Prints what went wrong, and the totals."""
    import docx  # noqa: F401 # loaded once, for all runs
    import fastexcel  # noqa: F401
    import scipy.stats  # noqa: F401

    import rpgstat.cli.commands  # noqa: F401
    from rpgstat import workflow

    for command in workflow.__all__:
        getattr(workflow, command)
    totals: Counter[str] = Counter()
    slowest, largest = 0.0, 0
    with tempfile.TemporaryDirectory(prefix="mutations-") as made:
        if not (child := os.fork()):
            work(Path(made))
            os._exit(0)
        os.waitpid(child, 0)
        sound = bases(Path(made))
        for seed in range(start, start + count):
            random = Random(f"run {seed}")
            name, data, lines = random.choice(sound)
            with tempfile.TemporaryDirectory(dir=made) as place:
                folder = Path(place)
                for path in FIXTURES.iterdir():
                    if path.is_file():
                        (folder / path.name).symlink_to(path)
                (folder / name).unlink(missing_ok=True)
                (folder / name).write_bytes(damaged(name, data, random))
                chosen = random.choice(lines)
                if name != "study.toml" and chosen[0] not in ("fill",):
                    (folder / "study.toml").unlink()
                line = [part.replace("{}", name) for part in chosen]
                code, said, seconds, held = run(line, folder)
                wrong = fault(code, said, seconds, held)
                totals[f"{'wrong' if wrong else 'told' if code else 'answered'}"] += 1
                slowest, largest = max(slowest, seconds), max(largest, held)
                if wrong:
                    keep = os.environ.get("RPGSTAT_MUTATION_KEEP")
                    if keep:
                        (Path(keep) / f"{seed}-{name}").write_bytes((folder / name).read_bytes())
                    print(f"seed {seed}: {' '.join(line)}: {wrong}", flush=True)
    print(f"{count} runs from {start}: {dict(sorted(totals.items()))}; slowest {slowest:.1f} s, largest {largest / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
