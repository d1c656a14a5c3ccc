"""How people filled in their questionnaires, against a recount row by row."""

from __future__ import annotations

from collections import Counter
from functools import reduce

import hypothesis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpgstat.study import Battery, Column, Group, Item, Returned, Scale, Study, Wave
from rpgstat.tally import Files, id_of, returns

SCALE = Scale("s", ("No", "Rather", "Yes"), not_applicable=("?",))
ITEMS = ("a", "b", "c", "d")
ROLE = Group("role", ("role",))


def study(*reversed_items: str, id_column: str | None = "id", waves: tuple[str, ...] = ("one",), items: tuple[str, ...] = ITEMS) -> Study:
    battery = Battery("B", SCALE, tuple(Item(name, name, reverse=name in reversed_items) for name in items))
    return Study(tuple(Wave(wave) for wave in waves), (battery,), id_column=id_column, groups=(ROLE,))


def table(*people: tuple[str | None, ...]) -> dict[str, list[str | None]]:
    """Columns from rows of id, role and an answer to each item."""
    return dict(zip(("id", "role", *ITEMS), map(list, zip(*people, strict=True)), strict=True))


def filled(source, declared: Study | None = None, by: tuple[Group, ...] = ()) -> dict:
    return returns(declared or study(), [source], by)[1]


def test_each_kind_of_questionnaire(file):
    people = table(
        ("1", "A", "Yes", "No", "Yes", "No"),  # complete
        ("2", "A", "Yes", "Yes", "Yes", "Yes"),  # complete, one answer throughout
        ("3", "A", "No", None, None, "Yes"),  # partial
        ("3", "B", "No", None, None, None),  # the same person again, with fewer answers
        ("6", "B", None, None, None, None),  # a role and nothing else
        ("7", None, None, " ", "NA", None),  # blank: no respondent
        ("4", "B", "?", "?", "?", "?"),  # complete, off the scale
        ("5", "B", "?", None, None, None),  # partial, and not usable
    )
    assert filled(file("one", **people)) == {"one": {(): Returned(returned=6, usable=3, answered=15, partial=2, straight_liners=1, repeated=1)}}


def test_groups_by_themselves(file):
    people = table(("1", "A", *["Yes"] * 4), ("2", "B", *["No"] * 4), ("1", None, *["Yes", "No"] * 2), ("2", "b", "Yes", None, None, None))
    assert filled(file("one", **people), by=(ROLE,))["one"] == {
        ("A",): Returned(1, 1, 4, 0, 1, 0),
        ("B",): Returned(1, 1, 4, 0, 1, 1),  # the row with fewer answers is no other person
        (None,): Returned(0, 0, 0, 0, 0, 1),  # as many answers, but no role
    }


def test_an_item_that_nobody_of_the_wave_answered_was_not_asked(file):
    people = table(("1", "A", "Yes", "Yes", "No", None), ("2", "A", "No", "No", "Yes", None))
    assert filled(file("one", **people))["one"][()].partial == 0


def test_a_battery_of_three_makes_no_straight_liner(file):
    people = table(("1", "A", "Yes", "Yes", "Yes", "No"))
    assert filled(file("one", **people), study(items=("a", "b", "c")))["one"][()].straight_liners == 0


def test_a_straight_line_is_one_level_before_reversal(file):
    people = table(("1", "A", *["Yes"] * 4), ("2", "A", "Yes", "Yes", "Yes", "No"))
    assert filled(file("one", **people), study("d"))["one"][()].straight_liners == 1


def test_an_id_may_be_the_same_in_another_wave(file):
    people = {**table(("1", "A", *["Yes"] * 4), ("1", "A", *["No"] * 4), ("1", "A", *["No"] * 4)), "year": ["one", "two", "two"]}
    found = filled(file("one", "two", wave="year", **people), study(waves=("one", "two")))
    assert {wave: own[()].repeated for wave, own in found.items()} == {"one": 0, "two": 1}


def test_blank_ids_repeat_nothing(file):
    assert filled(file("one", **table((None, "A", *["Yes"] * 4), (None, "A", *["No"] * 4))))["one"][()].repeated == 0


@pytest.mark.parametrize("most", [200_000_000, 0], ids=["from memory", "from the file"])
def test_the_rows_of_one_id_are_counted_where_the_file_is_one_wave(file, most):
    own = file("one", **table(*[("1", "A", *["Yes"] * 4)] * 3, ("2", "A", *["No"] * 4), ("2", "B", *["No"] * 4)))
    for groups, repeated in (((), {(): 3}), ((ROLE,), {("A",): 3, ("B",): 0})):
        found = returns(study(), [own], groups, files=Files(study(), [own], ("role",), most))[1]["one"]
        assert {who: told.repeated for who, told in found.items()} == repeated


def test_without_an_id_repeated_is_none(file):
    people = table(("1", "A", *["Yes"] * 4))
    assert filled(file("one", **people), study(id_column=None))["one"][()].repeated is None


def test_the_id_is_the_declared_column_else_the_platforms_own(file):
    source = file("one", ids="Respondent ID", number=["7"], **{"Respondent ID": ["1"]})
    assert id_of(study(id_column="number"), source) == Column("c0", "number", kind="answer")
    assert id_of(study(id_column=None), source).text == "Respondent ID"


NOBODY = Returned(repeated=0)


def counted_once(people):
    """Of each id the row with most answers, of equals the last in the order of all cells; everyone without an id."""
    best = {}
    for row in people:
        rank = (sum(cell is not None for cell in row[2:]), tuple(cell or "" for cell in row))
        best[row[0] or object()] = max(best.get(row[0], (rank, row)), (rank, row), key=lambda one: one[0])
    return [row for _, row in best.values()]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(["1", "2", "3", None]), st.sampled_from(["A", "B", None]), *[st.sampled_from(["No", "Rather", "Yes", "Yes", "?", None])] * 4),
        min_size=1,
        max_size=25,
    )
)
def test_any_people_as_counted_one_by_one(file, people):
    answering = [row for row in people if any(row[1:])]
    hypothesis.assume(answering)
    once = counted_once(answering)
    asked = [place for place in range(4) if any(row[2 + place] for row in once)]
    expected: dict[tuple[str | None], Returned] = {}
    for _, role, *_ in (Counter(answering) - Counter(once)).elements():
        expected[role,] = expected.get((role,), NOBODY).plus(Returned(repeated=1))
    for _, role, *own in once:
        answers = [own[place] for place in asked]
        told = sum(answer is not None for answer in answers)
        one = Returned(
            returned=1,
            usable=int(any(answer in SCALE.levels for answer in answers)),
            answered=told,
            partial=int(0 < told < len(asked)),
            straight_liners=int(len(asked) == 4 and set(answers) in ({"No"}, {"Rather"}, {"Yes"})),
            repeated=0,
        )
        expected[role,] = expected.get((role,), NOBODY).plus(one)
    assert filled(file("one", **table(*people)), by=(ROLE,))["one"] == expected
    (everyone,) = filled(file("one", **table(*people)))["one"].values()
    assert everyone == reduce(Returned.plus, expected.values())
