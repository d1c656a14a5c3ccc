"""What holds of `topline` for any answers: the order of rows, one file or two, and twice as many people."""

from __future__ import annotations

import random

import pytest

from rpgstat import workflow
from tests.conftest import HEARD, declared_waves

COLUMNS = "Wave,Mentor?,Travel,Email,Post,Likely,Years"
STUDY = f"""
[[questions]]
text = "Mentor?"
[[questions]]
text = "Travel"
{HEARD}[[questions]]
text = "Years"
kind = "number"
"""
APART = declared_waves("one", "two")
TOGETHER = '[data]\nfile = "both.csv"\nwave = "Wave"\n[[waves]]\nname = "one"\n[[waves]]\nname = "two"\n'


def people(seed: int, wave: str, n: int) -> list[str]:
    draw = random.Random(f"{seed} {wave}")
    ways = [("Yes", "No", "Not sure", ""), ("Bus", "Car", "Foot", ""), ("Email", ""), ("Post", ""), tuple(map(str, range(11))), tuple(map(str, range(30)))]
    return [",".join([wave, *map(draw.choice, ways)]) for _ in range(n)]


@pytest.fixture
def answers(tmp_path):
    def made(declared: str, **files: list[str]) -> list[dict]:
        for name, rows in files.items():
            (tmp_path / f"{name}.csv").write_text("\n".join([COLUMNS, *rows]) + "\n", encoding="utf-8")
        (tmp_path / "study.toml").write_text(declared + STUDY, encoding="utf-8")
        return workflow.topline(study=tmp_path / "study.toml")[0].rows

    return made


@pytest.mark.parametrize("seed", range(3))
def test_rows_in_any_order_and_waves_in_one_file_or_two_give_the_same(answers, seed):
    one, two = people(seed, "one", 41), people(seed, "two", 57)
    found = answers(APART, one=one, two=two)
    assert answers(APART, one=one[::-1], two=two[::-1]) == found
    mixed = [*one, *two]
    random.Random(seed).shuffle(mixed)
    assert answers(TOGETHER, both=mixed) == found


@pytest.mark.parametrize("seed", range(3))
def test_twice_the_people_leave_shares_and_changes_and_narrow_limits(answers, seed):
    one, two = people(seed, "one", 41), people(seed, "two", 57)
    once, twice = answers(APART, one=one, two=two), answers(APART, one=one * 2, two=two * 2)
    for single, double in zip(once, twice, strict=True):
        for column in ("share", "score", "mean", "change"):
            assert single[column] == pytest.approx(double[column])
        for column in ("share", "score", "mean", "change"):
            if single[f"{column}_low"] is not None:
                assert double[f"{column}_high"] - double[f"{column}_low"] < single[f"{column}_high"] - single[f"{column}_low"]
