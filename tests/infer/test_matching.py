"""Statements that are worded differently in different waves: joined by name, proposed by text, never where the meaning may have turned."""

from __future__ import annotations

import pytest

from rpgstat.infer.inference import infer
from rpgstat.infer.matching import paired
from rpgstat.study import Column, Survey

AGREES = {"Strongly disagree": 3, "Disagree": 5, "Agree": 7, "Strongly agree": 4}
OFTEN = {"Never": 3, "Sometimes": 5, "Always": 7}
STRAIN, STRAIN_2 = "I carry the strain of my work better", "I carry the strain of the work better"


def wave(*statements: tuple[str, str, dict[str, int]]):
    """A survey of one matrix, and what people answered: each statement with its name in the export, "" for none."""
    columns = tuple(Column(f"c{at}", text, stem="How far do you agree?", block=1, variable=name) for at, (text, name, _) in enumerate(statements))
    survey = Survey("wave.csv", None, None, columns, "flat")
    return survey, {f"c{at}": answers for at, (_, _, answers) in enumerate(statements)}


def inferred(*waves, join: bool = False):
    surveys, answers = zip(*waves, strict=True)
    return infer(surveys, answers, [f"Wave {at}" for at in range(1, len(waves) + 1)], drafts_will_do=True, join_alike=join)


def columns(found) -> dict[str, tuple[str, ...]]:
    return {item.text: item.columns for _, item in found.study.items}


def test_one_name_in_both_exports_makes_one_statement_and_is_told():
    found = inferred(wave((STRAIN, "Q3_1", AGREES), ("I learn", "", AGREES)), wave((STRAIN_2, "Q3_1", AGREES), ("I learn", "", AGREES)))
    assert columns(found) == {STRAIN: (STRAIN, STRAIN_2), "I learn": ()}
    (told,) = [line for line in found.assumptions if "Q3_1" in line]
    assert told.endswith("matched by its name in the exports, `Q3_1`: I carry the strain of [my → the] work better")


@pytest.mark.parametrize("later", ["I never carry the strain of my work better", "Quite another thing was asked here"])
def test_one_name_for_another_statement_joins_nothing(later):
    found = inferred(wave((STRAIN, "Q3_1", AGREES), ("I learn", "", AGREES)), wave((later, "Q3_1", AGREES), ("I learn", "", AGREES)))
    assert set(columns(found)) == {STRAIN, later, "I learn"}


def test_what_is_nearly_worded_alike_is_proposed_in_a_draft_and_only_told_elsewhere():
    waves = wave((STRAIN, "", AGREES), ("I learn", "", AGREES)), wave((STRAIN_2, "", AGREES), ("I learn", "", AGREES))
    assert set(columns(inferred(*waves))) == {STRAIN, STRAIN_2, "I learn"}
    draft = inferred(*waves, join=True)
    assert columns(draft)[STRAIN] == (STRAIN, STRAIN_2)
    (item,) = [item for _, item in draft.study.items if item.text == STRAIN]
    assert draft.remarks.items[item.id] == "Proposed as one statement, matched by text, 93 % alike: I carry the strain of [my → the] work better"


@pytest.mark.parametrize(("earlier", "later"), [("I am well supported", "I am not well supported"), ("The session 1 was useful", "The session 2 was useful")])
def test_a_word_that_turns_the_meaning_is_never_proposed(earlier, later):
    found = inferred(wave((earlier, "", AGREES), ("I learn", "", AGREES)), wave((later, "", AGREES), ("I learn", "", AGREES)), join=True)
    assert found.matches == ()


def test_statements_on_different_scales_are_never_proposed():
    found = inferred(wave((STRAIN, "", AGREES), ("I learn", "", AGREES)), wave((STRAIN_2, "", OFTEN), ("I rest", "", OFTEN)), join=True)
    assert found.matches == ()


def test_of_several_the_likeliest_is_taken_and_each_once():
    one = wave(("I cope with the strain of my work", "", AGREES), ("I cope with the strain of my job", "", AGREES))
    two = wave(("I cope with the strain of my works", "", AGREES), ("I learn", "", AGREES))
    assert [(match.earlier, match.later) for match in inferred(one, two, join=True).matches] == [
        ("I cope with the strain of my work", "I cope with the strain of my works")
    ]


def test_a_statement_of_the_first_wave_is_matched_with_one_of_the_third():
    waves = [wave((text, "", AGREES), ("I learn", "", AGREES)) for text in (STRAIN, "Another thing", STRAIN_2)]
    assert columns(inferred(*waves, join=True))[STRAIN] == (STRAIN, STRAIN_2)


def test_texts_of_one_wave_are_no_pair():
    assert paired({0: [STRAIN, STRAIN_2], 1: ["Something else"]}) == []
    assert [pair[:2] for pair in paired({1: [STRAIN], 0: [STRAIN_2]})] == [(STRAIN_2, STRAIN)]
