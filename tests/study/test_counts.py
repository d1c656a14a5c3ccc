"""Counts of people: putting groups together and taking them out again."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from rpgstat.study import Counts, Returned, ScoreCounts, Tally, common, regrouped, together, without

ONE = Counts((1, 2, 3), not_applicable=4, missing=5)
OTHER = Counts((3, 2, 1), not_applicable=1, missing=0)
SCORES = ScoreCounts(("a", "b"), (Fraction(1), Fraction(3, 2)), (2, 1), missing=1)


def tally(*levels: int, missing: int = 0) -> Tally:
    """People who answered one item of a battery of one."""
    people = {Fraction(score): n for score, n in enumerate(levels, start=1) if n}
    scores = ScoreCounts(("a",), tuple(people), tuple(people.values()), missing)
    return Tally(("one",), {"one": sum(levels) + missing}, {("a", "one"): Counts(levels, 0, missing)}, {("B", ("a",), "one"): scores})


tallies = st.builds(lambda levels, missing: tally(*levels, missing=missing), st.lists(st.integers(0, 9), min_size=3, max_size=3), st.integers(0, 5))


def same(one: Tally, other: Tally) -> bool:
    return (one.returned, one.counts, one.scores) == (other.returned, other.counts, other.scores)


def test_n_is_on_the_scale_and_answered_is_any_answer():
    assert (ONE.n, ONE.answered) == (6, 10)


def test_counts_add_and_subtract_level_by_level():
    assert ONE.plus(OTHER) == Counts((4, 4, 4), 5, 5)
    assert ONE.plus(OTHER).plus(OTHER, -1) == ONE


def test_scores_keep_ascending_values_and_drop_those_that_nobody_has():
    more = ScoreCounts(("a", "b"), (Fraction(1, 2), Fraction(3, 2)), (1, 4), missing=2)
    assert SCORES.plus(more) == ScoreCounts(("a", "b"), (Fraction(1, 2), Fraction(1), Fraction(3, 2)), (1, 2, 5), 3)
    assert SCORES.plus(more).plus(more, -1) == SCORES
    assert SCORES.plus(SCORES, -1) == ScoreCounts(("a", "b"), (), (), 0)


def test_questionnaires_add_up_and_without_ids_nothing_repeats():
    one, other = Returned(5, 4, 20, 2, 1, 0), Returned(3, 3, 15, 0, 0, 1)
    assert one.plus(other) == Returned(8, 7, 35, 2, 1, 1)
    assert one.plus(replace(other, repeated=None)).repeated is None


def test_items_in_common_were_answered_in_every_wave():
    counts = {("a", "one"): ONE, ("a", "two"): ONE, ("b", "one"): ONE, ("b", "two"): Counts((0, 0, 0), 0, 9), ("c", "one"): ONE}
    assert common(counts, ("a", "b", "c"), ("one", "two")) == ("a",)
    assert common(counts, ("a", "b", "c"), ("one",)) == ("a", "b", "c")


def test_regrouped_is_over_the_other_grouping():
    parts = {("A", "x"): tally(1, 0, 0), ("A", "y"): tally(0, 2, 0), ("B", "x"): tally(0, 0, 3), (None, "x"): tally(4, 0, 0)}
    whole = replace(together(parts.values()), by=("role", "team"), parts=parts)
    by_role = regrouped(whole, [0])
    assert by_role.by == ("role",)
    assert {key: part.counts["a", "one"].levels for key, part in by_role.parts.items()} == {("A",): (1, 2, 0), ("B",): (0, 0, 3), (None,): (4, 0, 0)}
    assert {key: part.returned["one"] for key, part in regrouped(whole, [1]).parts.items()} == {("x",): 8, ("y",): 2}
    assert {key: part.counts for key, part in regrouped(whole, [1, 0]).parts.items()} == {key[::-1]: part.counts for key, part in parts.items()}
    assert same(by_role, whole)


@given(st.lists(tallies, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_people_together_are_the_same_in_any_order(parts, random):
    whole = together(parts)
    random.shuffle(parts)
    assert same(together(parts), whole)


@given(tallies, tallies)
def test_people_taken_out_leave_the_others(one, other):
    assert same(without(together([one, other]), other), one)
    nobody = without(one, one)
    assert (nobody.returned["one"], nobody.counts["a", "one"].n, nobody.scores["B", ("a",), "one"].n) == (0, 0, 0)
    assert same(together([one, nobody]), one)
