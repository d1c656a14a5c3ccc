"""Damaged exports: whatever happens to a file, the outcome is a result whose counts add up or an error that a user can mend."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import fastexcel
import pytest

from rpgstat import render, workflow
from rpgstat.errors import UserError
from rpgstat.result import Result

RPG = Path(__file__).resolve().parents[2] / "fixtures" / "rpg"
STUDY = RPG / "study.toml"
COUNT = int(os.environ.get("RPGSTAT_MUTATIONS", "100"))
"""How many seeds are tried; a failure names its seed, and RPGSTAT_MUTATION_START begins elsewhere."""
START = int(os.environ.get("RPGSTAT_MUTATION_START", "0"))
SAMPLES = Path(os.environ["RPGSTAT_SAMPLES"]) if os.environ.get("RPGSTAT_SAMPLES") else None
"""A folder of further exports to damage; none are shipped."""

Rows = list[list[str]]


# --- what can happen to a table -------------------------------------------------------------------------------------


def drop_columns(rows: Rows, random: Random) -> Rows:
    gone = set(random.sample(range(len(rows[0])), k=random.randint(1, len(rows[0]))))
    return [[cell for i, cell in enumerate(row) if i not in gone] for row in rows]


def duplicate_columns(rows: Rows, random: Random) -> Rows:
    twice = random.randrange(len(rows[0]))
    return [[*row, *row[twice : twice + random.randint(1, 2)]] for row in rows]


def swap_columns(rows: Rows, random: Random) -> Rows:
    one, other = (random.randrange(len(rows[0])) for _ in "ab")
    swapped = [list(row) for row in rows]
    for row in swapped:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]
    return swapped


def drop_rows(rows: Rows, random: Random) -> Rows:
    return rows[: random.randint(0, len(rows))] + rows[len(rows) - random.randint(0, 2) :]


def repeat_header(rows: Rows, random: Random) -> Rows:
    return [*rows[: random.randint(1, 3)], *rows]


def blank_cells(rows: Rows, random: Random) -> Rows:
    return [["" if i < 2 and random.random() < 0.2 else cell for cell in row] for i, row in enumerate(rows)]


def blank_answers(rows: Rows, random: Random) -> Rows:
    first = random.randrange(len(rows[0]))
    return [row if i < 2 else [*row[:first], *[""] * (len(row) - first)] for i, row in enumerate(rows)]


def odd_cells(rows: Rows, random: Random) -> Rows:
    odd = ["x" * 100_000, "=1+1", "\0", "\ufeff", "\u202e", "💥" * 70, "NA", "N/A", "-", "4", "4.0", "1e309", "Agree\nstrongly", '"', "’", " ", "nan", "None"]
    spoilt = [list(row) for row in rows]
    for _ in range(random.choice([1, 1, 3, 200])):
        row = random.choice(spoilt)
        if row:
            row[random.randrange(len(row))] = random.choice(odd)
    return spoilt


def one_answer(rows: Rows, random: Random) -> Rows:
    answer = random.choice(["Agree", "Disagree strongly", "Don't know", "5"])
    return [[answer if i > 1 and j > 10 and cell else cell for j, cell in enumerate(row)] for i, row in enumerate(rows)]


def codes(rows: Rows, random: Random) -> Rows:
    code = {"Disagree strongly": "1", "Disagree": "2", "Agree": random.choice(["3", "3.0"]), "Agree strongly": "4"}
    return [[code.get(cell, cell) for cell in row] for row in rows]


def ragged(rows: Rows, random: Random) -> Rows:
    return [row + [random.choice(["", "more"])] * random.randint(0, 3) if random.random() < 0.1 else row[: random.choice([None, -1, 3])] for row in rows]


def transpose(rows: Rows, random: Random) -> Rows:  # noqa: ARG001
    return [list(column) for column in zip(*rows, strict=False)]


# --- what can happen to a file --------------------------------------------------------------------------------------


def delete_bytes(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + data[at + random.choice([1, 2, 100, 5000]) :]


def flip_bytes(data: bytes, random: Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(random.choice([1, 1, 5, 100])):
        if flipped:
            flipped[random.randrange(len(flipped))] = random.randrange(256)
    return bytes(flipped)


def insert_bytes(data: bytes, random: Random) -> bytes:
    extra = random.choice([b'"', b'""', b"\n", b"\r", b"\r\n", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b",", b";", b"\t", b"\x1a", b"\xe9", b"\xf0\x9f"])
    for _ in range(random.choice([1, 1, 3, 30])):
        at = random.randrange(len(data) + 1)
        data = data[:at] + extra + data[at:]
    return data


def truncate(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def recode(data: bytes, random: Random) -> bytes:
    text = data.decode("utf-8", errors="replace")
    codec = random.choice(["cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac_roman", "utf-8-sig", "utf-32", "cp037"])
    return text.encode(codec, errors="replace")


def line_ends(data: bytes, random: Random) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", random.choice([b"\r", b"\r\n", b"\n\n", b"\r\r\n", b""]))


def repeat(data: bytes, random: Random) -> bytes:
    return data * random.randint(2, 3)


TABLE: tuple[Callable[[Rows, Random], Rows], ...] = (
    drop_columns, duplicate_columns, swap_columns, drop_rows, repeat_header, blank_cells, blank_answers, odd_cells, one_answer, codes, ragged, transpose,
)  # fmt: skip
BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (delete_bytes, flip_bytes, insert_bytes, truncate, recode, line_ends, repeat)


@pytest.fixture(scope="module")
def tables() -> list[Rows]:
    """Both exports of the example study as rows of text."""
    with (RPG / "wave-1.csv").open(encoding="utf-8-sig", newline="") as file:
        first = list(csv.reader(file))
    sheet = fastexcel.read_excel(RPG / "wave-3.xlsx").load_sheet(0, header_row=None, dtypes="string").to_polars()
    return [first, [[cell or "" for cell in row] for row in sheet.rows()]]


def written(rows: Rows, random: Random) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=random.choice(",,,;\t|"), quoting=random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])).writerows(rows)
    return stream.getvalue().encode("utf-8", "replace")


def damaged(data: bytes, rows: Rows | None, random: Random) -> bytes:
    """One to three mishaps, to the table first and then to the file."""
    mishaps = random.sample([*TABLE, *BYTES] if rows else BYTES, k=random.choice([1, 1, 2, 3]))
    if rows:
        for mishap in mishaps:
            if mishap in TABLE and rows and rows[0]:
                rows = mishap(rows, random)  # type: ignore[arg-type, assignment]
        data = written(rows, random)
    for mishap in mishaps:
        if mishap in BYTES:
            data = mishap(data, random)  # type: ignore[arg-type, assignment]
    return data


def check(call: Callable[[], list[Result]], folder: Path) -> None:
    """A result that adds up and can be written, or an error with its mend."""
    try:
        results = call()
    except UserError as error:
        assert error.problem.strip()
        assert error.hint.strip(), f"no hint: {error.problem}"
        assert len(error.problem) + len(error.hint) < 3000, error.problem
        return
    for result in results:
        rows = result.rows
        assert rows
        returned = dict(zip(waves(result), (source.rows for source in result.inputs), strict=True))
        for row in rows:
            adds_up(row, returned)
    files = [folder / f"result.{suffix}" for suffix in ("json", "csv", "md")]
    render.write(results, render.targets(files, None))
    assert json.loads(files[0].read_bytes())["results"][0]["rows"]


def waves(result: Result) -> list[str]:
    return list(dict.fromkeys(row[key] for key in ("reference", "wave") for row in result.rows if key in row))


def adds_up(row: dict[str, Any], returned: dict[str, int]) -> None:
    if "distribution" in row:
        if row["distribution"] is not None:
            assert row["n"] + row["not_applicable"] + row["missing"] == returned[row["wave"]], row
            assert sum(row["distribution"]) == row["n"], row
    else:
        assert (row["n"] or 0) <= returned[row["wave"]], row
        assert (row["n_reference"] or 0) <= returned[row["reference"]], row
        assert row["p_value"] is None or row["p_value"] <= row["p_adjusted"] <= 1, row
    for name in ("mean", "mean_reference"):
        assert row.get(name) is None or row["scale_low"] <= row[name] <= row["scale_high"], row
    assert row["conf_low"] is None or row["conf_low"] <= row.get("estimate", row["mean"]) <= row["conf_high"], row
    assert row["p_value"] is not None or row["note"], row
    assert all(value == value for value in row.values() if isinstance(value, float)), row


@pytest.mark.parametrize("seed", range(START, START + COUNT))
def test_damaged_exports(seed: int, tables: list[Rows], tmp_path: Path) -> None:
    random = Random(seed)
    which = random.randrange(2)
    if random.random() < 0.1:
        name, data = "wave-3.xlsx", damaged((RPG / "wave-3.xlsx").read_bytes(), None, random)
        which = 1
    else:
        name, data = "damaged.csv", damaged(b"", tables[which], random)
    (tmp_path / name).write_bytes(data)
    exports: list[Path] = [RPG / "wave-1.csv", RPG / "wave-3.xlsx"]
    exports[which] = tmp_path / name
    study = random.choice([STUDY, None])
    if study is None and random.random() < 0.5:
        check(lambda: workflow.score([tmp_path / name]), tmp_path)
    else:
        check(lambda: workflow.compare(exports, study=study), tmp_path)


@pytest.mark.skipif(SAMPLES is None, reason="RPGSTAT_SAMPLES is not set")
@pytest.mark.parametrize("seed", range(START, START + COUNT if SAMPLES else START))
def test_damaged_samples(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    files = sorted(path for path in SAMPLES.rglob("*") if path.suffix in (".csv", ".tsv", ".xlsx") and path.stat().st_size < 2_000_000)
    sample = random.choice(files)
    place = tmp_path / sample.name
    place.write_bytes(damaged(sample.read_bytes(), None, random))
    check(lambda: workflow.score([place]), tmp_path)
