"""How people answered statements together, against a recount row by row."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpgstat.study import Battery, Group, Item, Scale, Study, Wave
from rpgstat.tally import patterns, tally
from rpgstat.tally._files import files_of

SCALE = Scale("s", ("No", "Rather", "Yes"), not_applicable=("?",))
CODES = {"No": 1, "Rather": 2, "Yes": 3, "?": 4, "": 0}
ROLE = Group("role", ("role",))


def study() -> Study:
    return Study((Wave("one"),), (Battery("B", SCALE, (Item("a", "a"), Item("b", "b", reverse=True), Item("c", "c"))),), groups=(ROLE,))


def counted(source, items: tuple[str, ...], by: tuple[Group, ...] = (ROLE,)) -> dict:
    files = files_of(study(), [source], by)
    tally(study(), [source], [("one",)], by, files=files)
    return {key: dict(own) for key, own in patterns(files, by, items, "one").items()}


def test_each_answer_has_its_place_turned_round_where_the_item_is(file):
    rows = [("A", "No", "No", "?"), ("A", "No", "No", "?"), ("A", "Yes", "Yes", ""), ("B", "Rather", "?", "Yes"), ("", "No", "", "")]
    source = file("one", **dict(zip(("role", "a", "b", "c"), map(list, zip(*rows, strict=True)), strict=True)))
    assert counted(source, ("a", "b", "c")) == {("A",): {(1, 3, 4): 2, (3, 1, 0): 1}, ("B",): {(2, 4, 3): 1}, (None,): {(1, 0, 0): 1}}
    assert counted(source, ("c",), ()) == {(): {(4,): 2, (0,): 2, (3,): 1}}


def test_of_too_many_ways_to_answer_for_a_whole_number_nobody_is_counted(file):
    """Five to the power of 27 is less than 2 to the power of 63, and of 28 is more."""
    names = [f"item {at}" for at in range(28)]
    own = Study((Wave("one"),), (Battery("B", SCALE, tuple(Item(name, name) for name in names)),), groups=(ROLE,))
    source = file("one", role=["A", "B"], **{name: ["No", "Yes"] for name in names})
    files = files_of(own, [source], (ROLE,))
    tally(own, [source], [("one",)], (ROLE,), files=files)
    assert patterns(files, (ROLE,), names[1:], "one") == {("A",): {(1,) * 27: 1}, ("B",): {(3,) * 27: 1}}
    assert patterns(files, (ROLE,), names, "one") == {}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from("AB"), *[st.sampled_from(list(CODES))] * 3).filter(lambda row: any(row[1:])), min_size=3, max_size=30))
def test_all_people_are_counted_once(file, rows):
    rows = [*rows, ("A", "No", "No", "No")]  # else an item may have nobody
    source = file("one", **dict(zip(("role", "a", "b", "c"), map(list, zip(*rows, strict=True)), strict=True)))
    turned = {code: 4 - code if 1 <= code <= 3 else code for code in CODES.values()}
    expected = Counter((role, (CODES[a], turned[CODES[b]], CODES[c])) for role, a, b, c in rows)
    assert Counter({(key[0], pattern): n for key, own in counted(source, ("a", "b", "c")).items() for pattern, n in own.items()}) == expected
