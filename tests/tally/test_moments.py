"""Complete cases to sums and products, against numpy on the people who answered everything."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rpgstat.study import Battery, Column, Item, Scale, Source, Study, Survey, Wave
from rpgstat.tally import moments, respondents, tally

AGREEMENT = Scale("agreement", ("No", "Rather no", "Rather yes", "Yes"), aliases={"Yep": "Yes"}, not_applicable=("Don't know",))
SCORES = {"No": 1, "Rather no": 2, "Rather yes": 3, "Yes": 4, "Yep": 4}
ITEMS = (Item("a", "a"), Item("b", "b", reverse=True), Item("c", "c"))
CELLS = st.sampled_from([*SCORES, "Don't know", None, ""])


def survey(columns, frame):
    return Survey("wave.csv", Path("wave.csv"), frame, tuple(Column(f"c{i}", header) for i, header in enumerate(columns)), "flat")


def of_people(people, columns=("a", "b", "c")):
    """A survey of one frame, a row of cells a person."""
    schema = {f"c{i}": pl.String for i in range(len(columns))}
    return survey(columns, pl.LazyFrame(people, schema=schema, orient="row"))


def study(*batteries, waves=("one",)):
    return Study(tuple(map(Wave, waves)), batteries or (Battery("B", AGREEMENT, ITEMS),))


def by_numpy(people):
    """Number, sums and products of the complete cases; the second item is reversed."""
    scores = [[SCORES.get(cell) for cell in row] for row in people]
    complete = np.array([[row[0], 5 - row[1], row[2]] for row in scores if None not in row], dtype=np.int64).reshape(-1, 3)
    return len(complete), complete.sum(axis=0).tolist(), (complete.T @ complete).tolist()


def as_numbers(found):
    return found.n, [int(total) for total in found.sums], [[int(product) for product in row] for row in found.products]


PEOPLE = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=40)


@given(people=PEOPLE, cut=st.integers(0, 40), random=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_moments_are_those_of_numpy_whatever_the_chunks_and_the_order(people, cut, random):
    source = of_people(people)
    counted, found = moments(study(), [Source(source, ("one",))])
    assert counted.counts == tally(study(), [Source(source, ("one",))], [("one",)]).counts
    if len(counted.common(("a", "b", "c"), ("one",))) < 3:
        return  # an item that nobody answered is not asked for
    expected = by_numpy(people)
    assert as_numbers(found["B", "one"]) == expected
    shuffled = random.sample(people, len(people))
    parts = [of_people(part).frame for part in (shuffled[:cut], shuffled[cut:]) if part]
    _, again = moments(study(), [Source(survey("abc", pl.concat(parts, rechunk=False)), ("one",))])
    assert again == found


@given(people=st.lists(st.tuples(CELLS, CELLS, CELLS, st.sampled_from(["one", "two"])), min_size=1, max_size=30))
@settings(max_examples=30, deadline=None)
def test_waves_in_one_file_have_moments_of_their_own(people):
    people = [*people, ("Yes", "Yes", "Yes", "one"), ("No", "Yep", "No", "two")]
    _, found = moments(study(waves=("one", "two")), [Source(of_people(people, ("a", "b", "c", "wave")), ("one", "two"), "wave")])
    assert found.keys() == {("B", "one"), ("B", "two")}
    for wave in ("one", "two"):
        assert as_numbers(found["B", wave]) == by_numpy([row[:3] for row in people if row[3] == wave])


def test_an_answer_that_only_later_rows_hold_counts(monkeypatch):
    monkeypatch.setattr("rpgstat.tally._answers.HEAD_ROWS", 1)
    _, found = moments(study(), [Source(of_people([("No", "No", "No"), ("Yep", "Yes", "Rather yes")]), ("one",))])
    assert as_numbers(found["B", "one"]) == by_numpy([("No", "No", "No"), ("Yep", "Yes", "Rather yes")])


def test_fractional_scores_stay_exact():
    thirds = Scale("thirds", ("Low", "Mid", "High"), scores=(Fraction(1, 3), Fraction(1, 2), Fraction(2)))
    items = (Item("a", "a"), Item("b", "b", reverse=True))
    _, found = moments(study(Battery("B", thirds, items)), [Source(of_people([("Low", "Low"), ("Mid", "High")], ("a", "b")), ("one",))])
    one = found["B", "one"]
    assert one.sums == (Fraction(5, 6), Fraction(7, 3))  # b reversed: 2 and 1/3
    assert one.products == ((Fraction(13, 36), Fraction(5, 6)), (Fraction(5, 6), Fraction(37, 9)))


def test_an_item_that_a_wave_lacks_or_nobody_answered_is_in_no_complete_case():
    sources = [Source(of_people([("Yes", "No", "")], "abc"), ("one",)), Source(of_people([("Yes", "No")], "bc"), ("two",))]
    _, found = moments(study(waves=("one", "two")), sources)
    assert found["B", "one"].items == ("a", "b")
    assert found["B", "two"].items == ("b", "c")
    assert (found["B", "one"].n, found["B", "two"].n) == (1, 1)


def test_an_item_answered_only_off_the_scale_leaves_no_complete_case():
    _, found = moments(study(), [Source(of_people([("Yes", "No", "Don't know"), ("No", "No", None)]), ("one",))])
    assert as_numbers(found["B", "one"]) == (0, [0, 0, 0], [[0] * 3] * 3)


def test_a_battery_that_nobody_answered_has_no_moments():
    other = Battery("Other", AGREEMENT, (Item("d", "d"),))
    _, found = moments(study(Battery("B", AGREEMENT, ITEMS[:1]), other), [Source(of_people([("Yes", ""), ("No", None)], "ad"), ("one",))])
    assert found.keys() == {("B", "one")}
    _, found = moments(study(other), [Source(of_people([("Yes", ""), ("No", None)], "ad"), ("one",))])
    assert found == {}


def test_complete_rows_are_those_people():
    people = [("Yes", "Yes", "No"), ("Yes", None, "No"), ("No", "Don't know", "No"), ("Rather no", "No", "Yep")]
    source = Source(of_people(people), ("one",))
    rows = respondents(study(), [source]).complete(("a", "b", "c"), "one")
    assert rows == [(4.0, 1.0, 1.0), (2.0, 4.0, 4.0)]
    found = moments(study(), [source])[1]["B", "one"]
    assert (found.n, [float(total) for total in found.sums]) == (2, [sum(item) for item in zip(*rows, strict=True)])


@pytest.mark.parametrize("rows", [1, 200_000])
def test_the_result_is_whole_whatever_the_number_of_people(rows):
    _, found = moments(study(), [Source(of_people([("Yes", "No", "Yes")] * rows), ("one",))])
    assert as_numbers(found["B", "one"]) == (rows, [4 * rows] * 3, [[16 * rows] * 3] * 3)
