"""A column of weights: exact sums in the counting pass, and what is no weight."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rpgstat.errors import UserError
from rpgstat.study import Battery, Column, Group, Item, Scale, Source, Study, Survey, Wave
from rpgstat.tally import tally

LEVELS = ("No", "Rather no", "Rather yes", "Yes")
STUDY = Study((Wave("one"),), (Battery("B", Scale("s", LEVELS), (Item("a", "a"), Item("b", "b"))),))
ROLE = Group("role", ("role",))


def source(name: str = "wave.csv", wave: str = "one", **columns: list[str | None]) -> Source:
    frame = pl.LazyFrame({f"c{i}": cells for i, cells in enumerate(columns.values())}, schema={f"c{i}": pl.String for i in range(len(columns))})
    return Source(Survey(name, Path(name), frame, tuple(Column(f"c{i}", header) for i, header in enumerate(columns)), "flat"), (wave,))


def count(weights: list[str | None], **columns: list[str | None]):
    own = {"a": ["Yes"] * len(weights), "b": ["No"] * len(weights), "w": weights} | columns
    return tally(STUDY, [source(**own)], [("one",)], weight="w")


def test_masses_are_the_sums_of_weights_and_their_squares_at_each_level():
    found = count(["1.5", "0.5", "2"], a=["No", "No", "Yes"])
    assert found.counts["a", "one"].levels == (2, 0, 0, 1)
    assert found.counts["a", "one"].masses == ((4, 10), (0, 0), (0, 0), (4, 16))  # in halves
    assert found.design.people == {"one": {Fraction(1, 2): 1, Fraction(3, 2): 1, Fraction(2): 1}}
    assert found.design.told == "the column `w`"


def test_scores_have_masses_too_and_people_below_half_have_none():
    scores = count(["1", "3", "2"], a=["Yes", None, None], b=["Yes", "No", None]).scores["B", ("a", "b"), "one"]
    assert (scores.values, scores.counts, scores.missing) == ((Fraction(1), Fraction(4)), (1, 1), 1)
    assert scores.masses == ((3, 9), (1, 1))


def test_a_comma_is_a_point_and_two_spellings_are_one_weight():
    assert count(["1,5", "1.50", " 1.5 "]).design.people["one"] == {Fraction(3, 2): 3}


def test_groups_share_the_sums_of_everyone():
    found = tally(STUDY, [source(role=["x", "y", "x"], a=["Yes", "Yes", "No"], b=[None] * 3, w=["1", "2", "4"])], [("one",)], [ROLE], weight="w")
    assert {key: part.counts["a", "one"].masses[3] for key, part in found.parts.items()} == {("x",): (1, 1), ("y",): (2, 4)}
    assert found.counts["a", "one"].masses[3] == (3, 5)
    assert found.parts["x",].design is found.design


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        (["1", None, None], "no weight (2 people)"),
        (["1", "-2", "1"], "`-2` (1 person)"),
        (["0", "1", "1"], "`0` (1 person)"),
        (["high", "1", "nan"], "`high` (1 person); `nan` (1 person)"),
        (["inf", "1", "1"], "`inf` (1 person)"),
    ],
)
def test_what_is_no_weight_is_named_with_the_number_of_people(weights, told):
    with pytest.raises(UserError, match="a weight is a number above 0") as caught:
        count(weights)
    assert caught.value.problem == f"wave.csv: the weights have {told}; a weight is a number above 0"
    assert "take the rows of people who are not to count out of the file" in caught.value.hint


def test_of_many_errors_some_are_named():
    with pytest.raises(UserError) as caught:
        count([f"-{i}" for i in range(1, 9)])
    assert "and 3 more" in caught.value.problem


def test_a_column_that_no_file_has_is_named_with_the_nearest():
    with pytest.raises(UserError) as caught:
        tally(STUDY, [source(a=["Yes"], b=["No"], Weight=["1"])], [("one",)], weight="Weigth")
    assert caught.value.problem == "weight: no column `Weigth`"
    assert "`Weight`" in caught.value.hint


def test_a_file_without_the_column_is_named():
    files = [source("1.csv", a=["Yes"], b=["No"], w=["1"]), source("2.csv", "two", a=["Yes"], b=["No"])]
    with pytest.raises(UserError) as caught:
        tally(STUDY, files, [("one",)], weight="w")
    assert caught.value.problem.startswith("2.csv: no column `w`")


def test_too_many_different_weights_are_refused(monkeypatch):
    monkeypatch.setattr("rpgstat.tally._weights.MOST", 2)
    with pytest.raises(UserError, match="more than 2 different weights"):
        count(["1", "2", "3"])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*LEVELS, None]), st.sampled_from([*LEVELS, None]), st.integers(1, 400)), min_size=1, max_size=30))
def test_sums_are_exact(people):
    rows = [*people, (None, "Yes", 100), ("Yes", None, 100)]
    found = count([f"{w / 100:.2f}" for *_, w in rows], a=[a for a, *_ in rows], b=[b for _, b, _ in rows])
    total = sum(w * w for *_, w in rows if _[0] is not None)
    heaviest = [(sum(w for a, _, w in rows if a == level), sum(w * w for a, _, w in rows if a == level)) for level in LEVELS]
    ratio = Fraction(sum(mass for mass, _ in found.counts["a", "one"].masses), sum(mass for mass, _ in heaviest))  # the unit is any common one
    assert [(mass / ratio, square / ratio**2) for mass, square in found.counts["a", "one"].masses] == heaviest
    assert sum(square for _, square in found.counts["a", "one"].masses) == total * ratio**2
