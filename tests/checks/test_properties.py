"""What holds of every check, whatever is in the files: the order of rows means nothing, and nobody's words are told."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rpgstat
from rpgstat.checks import CHEAP, findings
from rpgstat.checks.registry import CHECKS
from rpgstat.glossary.codes import CODES
from rpgstat.study import Study
from rpgstat.study.looked import Looked
from tests.checks.conftest import LEVELS, STATEMENTS, answers, written

PAGE = (Path(__file__).parents[2] / "docs" / "check.md").read_text(encoding="utf-8")
PRIVATE = st.sampled_from(["Jane Smith", "jo.bloggs@example.org", "0113 496 0000", "Mr Okafor told me to leave", "12 High Street", "LS1 4AP"])


def rows(*waves):
    """What is found in tables as bare exports."""
    with TemporaryDirectory() as folder:
        return rpgstat.check(*(written(Path(folder) / f"{at}.csv", columns) for at, columns in enumerate(waves)))[0].rows


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_order_of_rows_means_nothing(order, spoil):
    columns, chance = answers(), Random(spoil)
    for text in chance.sample(STATEMENTS, 2):
        for i in chance.sample(range(60), 15):
            columns[text][i] = chance.choice(["", "Agree", "Agre", "99"])
    places = Random(order).sample(range(60), 60)
    assert rows(columns) == rows({text: [cells[i] for i in places] for text, cells in columns.items()})


@settings(max_examples=8, deadline=None)
@given(st.lists(PRIVATE, min_size=1, max_size=3), st.sampled_from(["Job role", *STATEMENTS]), st.integers(1, 4))
def test_nobody_is_named(private, column, times):
    columns = answers()
    for at, words in enumerate(private):
        for i in range(times):
            columns[column][3 * at + 20 * i % 60] = words
    told = str(rows(columns))
    assert not any(words in told for words in private)


@settings(max_examples=8, deadline=None)
@given(st.integers(5, 40), st.integers(0, 1_000))
def test_honest_answers_raise_no_error(people, seed):
    codes = {row["code"] for row in rows(answers(people, seed))}
    assert not {code for code in codes if code.startswith("E")}
    assert not {"W204", "W205", "W217"} & codes


def test_every_code_has_a_check_a_paragraph_and_words():
    assert findings(Looked(Study((), ()), False, ())) == []
    assert tuple(sorted(CHECKS, key=CODES.index)) == CODES
    assert set(CODES) > CHEAP
    assert re.findall(r"^### (\w\d+)$", PAGE, re.MULTILINE) == list(CODES)
    paragraphs = re.split(r"^### \w\d+$", PAGE, flags=re.MULTILINE)[1:]
    assert all(paragraph.strip().startswith("**") and len(paragraph.split()) > 25 for paragraph in paragraphs)


@pytest.mark.parametrize("people", [0, 1, 2])
def test_hardly_any_rows_are_no_reason_to_fail(people):
    columns = {text: cells[:people] for text, cells in answers().items()}
    if people:
        assert {row["level"] for row in rows(columns)} <= {"warning", "info"}
    else:
        with pytest.raises(rpgstat.UserError):
            rows(columns)


def test_tables_in_memory_are_checked_too():
    found = rpgstat.check(pl.DataFrame(answers()), scale=" < ".join(LEVELS))
    assert found.frame.height == 0
    assert found.frame.columns == ["code", "level", "where", "item", "wave", "n", "message", "hint"]
