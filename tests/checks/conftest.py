"""Studies to check: two waves in which nothing is wrong, to be spoilt in one place."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

import rpgstat

LEVELS = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
STATEMENTS = ("I feel supported", "My manager listens to me", "I can do my job well", "I have the tools that I need", "I would recommend my team")
STUDY = f"""
id = "Respondent ID"
{{top}}
[groups.role]
column = "Job role"
{{group}}
[scales.agreement]
levels = {LEVELS!r}
{{scale}}
{{waves}}
[[batteries]]
name = "Work"
scale = "agreement"
items = [
{{items}}
]
{{more}}
"""
Columns = dict[str, list[Any]]


def answers(people: int = 60, first: int = 0) -> Columns:
    """A wave in which nothing is wrong: statements that go together, no two people alike, three roles of many people."""
    columns: Columns = {"Respondent ID": [f"person-{first + i}" for i in range(people)]}
    columns["Job role"] = [("Social worker", "Team manager", "Admin")[i % 3] for i in range(people)]
    chance = Random(first)
    standing = [chance.gauss(2, 1) for _ in range(people)]
    for text in STATEMENTS:
        columns[text] = [LEVELS[min(4, max(0, round(own + chance.gauss(0, 1))))] for own in standing]
    return columns


def written(path: Path, columns: Mapping[str, Sequence[Any]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([list(columns), *zip(*columns.values(), strict=True)])
    return path


@pytest.fixture
def bare(tmp_path) -> Callable[..., list[dict[str, Any]]]:
    """What is found in exports without a study, a file for each of the tables."""

    def found(*waves: Mapping[str, Sequence[Any]], encoding: str = "utf-8", **options: Any) -> list[dict[str, Any]]:
        files = [written(tmp_path / f"wave-{at}.csv", columns, encoding) for at, columns in enumerate(waves, 1)]
        return rpgstat.check(*files, **options)[0].rows

    return found


@pytest.fixture
def declared(tmp_path) -> Callable[..., list[dict[str, Any]]]:
    """What is found in a study of these waves; `more` and the others stand in its file, `wave` under each of its waves."""

    def found(*waves: Mapping[str, Sequence[Any]], items: Sequence[str] = (), wave: Sequence[str] = ("", "", ""), **parts: str) -> list[dict[str, Any]]:
        lines = []
        for at, columns in enumerate(waves, 1):
            written(tmp_path / f"{at}.csv", columns)
            lines.append(f'[[waves]]\nname = "wave {at}"\nfile = "{at}.csv"\n{wave[at - 1]}')
        listed = ",\n".join(items or [f'"{text}"' for text in STATEMENTS])
        kept = dict.fromkeys(("top", "group", "scale", "more"), "") | parts
        (tmp_path / "study.toml").write_text(STUDY.format(waves="\n".join(lines), items=listed, **kept), encoding="utf-8")
        return rpgstat.check(study=tmp_path / "study.toml")[0].rows

    return found
