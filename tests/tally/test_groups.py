"""Which group each person belongs to: labels over all files, and the counts of each group."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpgstat.errors import UserError
from rpgstat.study import Battery, Group, Item, Scale, Study, Wave, together
from rpgstat.tally import tally
from rpgstat.tally._answers import learn
from rpgstat.tally._groups import UNMET, grouping
from rpgstat.tally.engine.expressions import Expressions

SCALE = Scale("s", ("No", "Yes"))
ROLE = Group("role", ("role",))
TEAM = Group("team", ("team",))
STUDY = Study((Wave("one"), Wave("two")), (Battery("B", SCALE, (Item("a", "a"), Item("b", "b"))),))


def labels(group: Group, *sources) -> tuple[str, ...]:
    return grouping(group, sources, learn).labels


def counted(*sources, by: tuple[Group, ...] = (ROLE,), study: Study = STUDY):
    waves = tuple(wave for source in sources for wave in source.waves)
    return tally(replace(study, groups=by), sources, [(wave,) for wave in waves], by)


# --- labels ---------------------------------------------------------------------------------------------------------


def test_labels_of_all_files_stand_in_natural_order(file):
    assert labels(ROLE, file("one", role=["Team 10", "Team 2"]), file("two", role=["team 1", "Team 2", "Admin"])) == ("Admin", "team 1", "Team 2", "Team 10")


def test_declared_levels_keep_their_order(file):
    group = Group("role", ("role",), levels=("Worker", "Manager", "Head"))
    assert labels(group, file("one", role=["Manager", "Worker"])) == ("Worker", "Manager", "Head")


def test_the_commonest_spelling_of_a_label_is_shown(file):
    assert labels(ROLE, file("one", role=["social worker", "Social worker", "Social  worker", "Social worker"])) == ("Social worker",)


def test_an_alias_stands_for_its_label_declared_or_not(file):
    source = file("one", role=["Head of team", "Manager", "Worker"])
    assert labels(Group("role", ("role",), aliases={"head of team": "Manager"}), source) == ("Manager", "Worker")
    declared = Group("role", ("role",), levels=("Worker", "Manager"), aliases={"Head of team": "Manager"})
    assert grouping(declared, [source], learn).answers[0] == {"Head of team": 1, "Manager": 1, "Worker": 0}


@pytest.mark.parametrize("blank", [None, "", " ", "NA", "(not stated)", " (Not  stated)"])
def test_what_says_nothing_is_not_stated(file, blank):
    found = counted(file("one", role=["Worker", "Worker", blank], a=["Yes"] * 3, b=["No"] * 3))
    assert {key: part.returned["one"] for key, part in found.parts.items()} == {("Worker",): 2, (None,): 1}


def test_a_label_declared_is_a_label_even_if_it_reads_like_nothing(file):
    """As with the levels of a scale, what is declared wins."""
    group = Group("role", ("role",), levels=("Worker", "Other"))
    assert labels(group, file("one", role=["Worker", "Other", "NA"])) == ("Worker", "Other")


def test_a_group_whose_column_one_file_lacks(file):
    found = counted(file("one", role=["A", "B"], a=["Yes", "No"], b=["No", "No"]), file("two", a=["Yes"], b=["No"]))
    assert {key: dict(part.returned) for key, part in found.parts.items()} == {
        ("A",): {"one": 1, "two": 0},
        ("B",): {"one": 1, "two": 0},
        (None,): {"one": 0, "two": 1},
    }


def test_columns_that_are_headed_otherwise_in_another_wave(file):
    group = Group("role", ("role", "Job"))
    sources = [file("one", role=["A"], a=["Yes"], b=["No"]), file("two", Job=["a"], a=["Yes"], b=["No"])]
    assert {key: dict(part.returned) for key, part in counted(*sources, by=(group,)).parts.items()} == {("A",): {"one": 1, "two": 1}}


# --- what is refused ------------------------------------------------------------------------------------------------


def test_an_answer_that_the_declared_levels_do_not_know(file):
    group = Group("role", ("role",), levels=("Worker", "Manager"))
    with pytest.raises(UserError) as caught:
        labels(group, file("one", role=["Worker", "Managr", "Managr", "Nurse", "Okonkwo"]))
    shown = "`Managr` (2 people); `Nurse` (1 person); and 1 not shown, as they may tell of a person (1 person)"
    assert caught.value.problem == f"one.csv: column `role` has answers that group `role` does not know: {shown}"
    mend = 'add them to `levels` or `aliases` of [groups.role], or write there other = "Other" for all the rest'
    assert caught.value.hint == f"{mend}; did you mean `Manager`?"


def test_at_most_five_unknown_answers_are_shown(file):
    group = Group("role", ("role",), levels=("Worker", "Manager"))
    with pytest.raises(UserError, match=r"`Team 4` \(3 people\); and 3 more$"):
        labels(group, file("one", role=[f"Team {i}" for i in range(8)] * 3))


@pytest.mark.parametrize("late", [False, True])
def test_free_text_is_refused_and_never_printed(file, late, monkeypatch):
    monkeypatch.setattr("rpgstat.tally._answers.HEAD_ROWS", 20 if late else 20_000)
    remarks = ["Worker"] * 20 + [f"My manager said {i}" for i in range(400)]
    with pytest.raises(UserError, match="looks like free text: more than 50 different answers") as caught:
        counted(file("one", role=remarks, a=["Yes"] * 420, b=["No"] * 420))
    assert "manager" not in caught.value.problem + caught.value.hint


def test_more_than_fifty_groups_are_taken_as_they_are_declared(file):
    authorities = [f"Authority {i}" for i in range(151)]
    found = counted(file("one", role=authorities * 2, a=["Yes"] * 302, b=["No"] * 302), by=(Group("role", ("role",), levels=tuple(authorities)),))
    assert {key: part.returned["one"] for key, part in found.parts.items()} == {(name,): 2 for name in authorities}


def test_a_column_of_ids_is_no_group(file):
    with pytest.raises(UserError, match=r"column `role` of group `role` identifies people"):
        labels(ROLE, file("one", ids="role", role=["1", "2"]))


# --- counts ---------------------------------------------------------------------------------------------------------


def test_each_group_has_counts_of_its_own(file):
    found = counted(file("one", role=["A", "B", "A", None, "B"], a=["Yes", "No", "Yes", "No", None], b=["No", "No", "Yes", "Yes", "Yes"]))
    assert {key: part.counts["a", "one"].levels for key, part in found.parts.items()} == {("A",): (0, 2), ("B",): (1, 0), (None,): (1, 0)}
    assert found.parts[("B",)].counts["a", "one"].missing == 1
    assert found.parts[("A",)].scores["B", ("a", "b"), "one"].values == (Fraction(3, 2), Fraction(2))
    assert (found.by, found.counts["a", "one"].levels) == (("role",), (2, 2))


def test_a_cross_has_a_part_for_each_combination_that_anybody_belongs_to(file):
    source = file("one", role=["A", "A", "B", None], team=["x", "y", "x", "x"], a=["Yes"] * 4, b=["No"] * 4)
    assert list(counted(source, by=(ROLE, TEAM)).parts) == [("A", "x"), ("A", "y"), ("B", "x"), (None, "x")]


def test_waves_in_one_file(file):
    source = file("one", "two", wave="year", year=["one", "two", "two"], role=["A", "A", "B"], a=["Yes"] * 3, b=["No"] * 3)
    assert {key: dict(part.returned) for key, part in counted(source).parts.items()} == {("A",): {"one": 1, "two": 1}, ("B",): {"one": 0, "two": 1}}


def test_groups_that_only_late_rows_hold_are_counted_too(file, monkeypatch):
    monkeypatch.setattr("rpgstat.tally._answers.HEAD_ROWS", 2)
    found = counted(file("one", role=["B", "B", "A", "b", None, "C"], a=["Yes"] * 6, b=["No"] * 6))
    assert {key: part.returned["one"] for key, part in found.parts.items()} == {("A",): 1, ("B",): 3, ("C",): 1, (None,): 1}


people = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", " b", "C", None]),
        st.sampled_from(["x", "y", None]),
        st.sampled_from(["Yes", "No", None]),
        st.sampled_from(["Yes", "No", "?", None]),
    ),
    min_size=1,
    max_size=40,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(people, st.randoms(use_true_random=False))
def test_groups_add_up_to_everyone_and_the_order_of_rows_does_not_matter(file, rows, random):
    study = Study((Wave("one"),), (Battery("B", Scale("s", ("No", "Yes"), not_applicable=("?",)), STUDY.batteries[0].items),))

    def found(rows):
        columns = dict(zip(("role", "team", "a", "b"), map(list, zip(*rows, strict=True)), strict=True))
        return counted(file("one", **columns), by=(ROLE, TEAM), study=study)

    once = found(rows)
    total = together(once.parts.values())
    assert (total.returned, total.counts, total.scores) == (once.returned, once.counts, once.scores)
    random.shuffle(rows)
    again = found(rows)
    assert {key: (dict(part.returned), part.counts, part.scores) for key, part in again.parts.items()} == {
        key: (dict(part.returned), part.counts, part.scores) for key, part in once.parts.items()
    }


def test_an_answer_that_was_not_met_has_a_code_of_its_own(file):
    source = file("one", role=["B", None, "A", "new"])
    known = grouping(ROLE, [file("one", role=["B", "A"])], learn)
    code = Expressions(pl).code(known.numbering(0)).alias("code")
    assert source.survey.frame.select(code).collect()["code"].to_list() == [1, 2, 0, UNMET]


def test_more_labels_than_a_byte_can_count(file):
    group = Group("role", ("role",), levels=tuple(f"Team {i}" for i in range(300)))
    found = counted(file("one", role=["Team 299", "Team 0", None], a=["Yes"] * 3, b=["No"] * 3), by=(group,))
    assert {key: part.returned["one"] for key, part in found.parts.items()} == {("Team 0",): 1, ("Team 299",): 1, (None,): 1}
