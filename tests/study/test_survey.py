"""Finding the column that a declared text names."""

from pathlib import Path

import polars as pl
import pytest

from rpgstat.errors import UserError
from rpgstat.study import Column, Survey, reading


def survey(*columns, aside=()):
    frame = pl.LazyFrame({column.name: ["x"] for column in columns})
    return Survey("wave-1.csv", Path("wave-1.csv"), frame, columns, "csv", aside=tuple(Column(f"a{i}", text, "text") for i, text in enumerate(aside)))


ROLE = Column("c1", "Job role", "meta")
REFLECT = Column("c2", "Reflecting comes more easily", stem="How far do you agree?", block=1)
PEERS = Column("c3", "My peers", stem="Who supports you?", block=2)
PEERS_AGAIN = Column("c4", "My peers", stem="Who listens to you?", block=3)


def test_a_column_is_found_by_its_text_however_it_is_typed():
    assert survey(ROLE, REFLECT).find(" job\u00a0ROLE ") is ROLE


def test_a_row_is_found_by_its_text_or_with_its_question():
    one = survey(ROLE, REFLECT)
    assert one.find("Reflecting comes more easily") is REFLECT
    assert one.find("How far do you agree? > Reflecting comes more easily") is REFLECT


def test_nothing_is_found_where_there_is_nothing():
    assert survey(ROLE).find("Team") is None


def test_finding_twice_gives_the_same():
    one = survey(ROLE)
    assert one.find("Job role") is one.find("Job role")


def test_a_text_that_stands_twice_has_to_be_told_apart_by_its_question():
    two = survey(PEERS, PEERS_AGAIN)
    with pytest.raises(UserError) as error:
        two.find("My peers")
    assert error.value.problem == "wave-1.csv: 2 columns are headed `My peers`"
    assert error.value.hint == "tell them apart as `Who listens to you? > My peers` or `Who supports you? > My peers`"
    assert two.find("Who supports you? > My peers") is PEERS


def test_columns_that_nothing_tells_apart_have_to_be_renamed():
    with pytest.raises(UserError) as error:
        survey(Column("c1", "Comment"), Column("c2", "comment")).find("Comment")
    assert error.value.hint == "rename all but one of them in the export"


def test_a_column_left_out_on_reading_is_named_as_such():
    with pytest.raises(UserError) as error:
        survey(ROLE, aside=("Email Address",)).find("email address")
    assert error.value.problem == "wave-1.csv: column `email address` holds personal data or free text and was left out on reading"
    assert error.value.hint == "name another column"


def test_a_required_column_is_the_column_found():
    assert survey(ROLE).require("Job role") is ROLE


def test_a_required_column_that_is_not_there_is_an_error_with_the_nearest():
    with pytest.raises(UserError) as error:
        survey(ROLE, REFLECT).require("Job rolle")
    assert (error.value.problem, error.value.hint) == ("wave-1.csv: no column `Job rolle`", "did you mean `Job role`?")


def test_a_long_text_is_cut_in_errors():
    with pytest.raises(UserError) as error:
        survey(ROLE).require("x" * 500)
    assert error.value.problem == f"wave-1.csv: no column `{'x' * 59}…`"


def test_what_polars_raises_on_reading_names_the_file():
    with pytest.raises(UserError) as error, reading("wave-1.csv"):
        pl.LazyFrame({"a": ["x"]}).select(pl.col("a").cast(pl.Int64)).collect()
    assert error.value.problem.startswith("wave-1.csv: cannot be read: ")
    assert error.value.hint == "open it and save it again as CSV (UTF-8)"
