"""The catalogue of known scales: complete, consistent, and the family it gives to a declared scale."""

from itertools import combinations

import pytest

from rpgstat.glossary import FAMILIES
from rpgstat.infer.catalogue import catalogue, is_off_scale, with_families
from rpgstat.infer.wordings import core
from rpgstat.study import Battery, Scale, Study


def test_no_two_scales_put_the_same_two_levels_in_opposite_orders():
    order: dict[tuple[str, str], tuple[str, ...]] = {}
    for scale in catalogue():
        for low, high in combinations(map(core, scale.levels), 2):
            if "neutral" not in (low, high):  # the middle of a scale between two opposites stands below what another has under its own "Neutral"
                assert (high, low) not in order, (scale.levels, order[high, low])
                order[low, high] = scale.levels


def test_every_level_stands_at_its_own_place():
    for scale in catalogue():
        assert [scale.positions[core(level)] for level in scale.levels] == list(range(len(scale.levels)))


def test_case_punctuation_order_of_words_and_gender_do_not_tell_answers_apart():
    for one, other in (("Agree strongly", "STRONGLY  agree."), ("Neither agree nor disagree", "Neither disagree or agree"), ("Satisfait(e)", "satisfait")):
        assert core(one) == core(other)
    assert core("Agree") != core("Disagree")
    assert core("Better than expected") != core("Expected better")


def test_every_family_has_words_for_a_verdict_and_no_word_lacks_a_family():
    assert {scale.family for scale in catalogue()} - {""} == FAMILIES


def test_the_families_that_staff_surveys_use_are_there_in_many_lengths():
    lengths = {(scale.family, len(scale.levels)) for scale in catalogue()}
    assert {("agreement", k) for k in (2, 3, 4, 5, 6, 7)} <= lengths
    for family in ("frequency", "satisfaction", "likelihood", "importance", "quality", "comfort", "favourability", "confidence"):
        assert {(family, 3), (family, 4), (family, 5)} <= lengths


@pytest.mark.parametrize("word", ["Don’t know", "NOT SURE", "N/A", "Prefer not to say", "Not applicable to my role", "I don't know / NA"])
def test_off_scale_words(word):
    assert is_off_scale(word)


@pytest.mark.parametrize("word", ["Neutral", "Undecided", "Neither agree nor disagree", "Never", "Not at all", "None", ""])
def test_words_that_are_answers_on_some_scale(word):
    assert not is_off_scale(word)


def declared(*levels: str) -> Study:
    return Study((), (Battery("B", Scale("s", levels), ()),))


@pytest.mark.parametrize(
    ("levels", "family"),
    [
        (("Disagree strongly", "Disagree", "Agree", "Agree strongly"), "agreement"),
        (("Strongly Disagree", "Disagree", "Neutral", "Agree", "Strongly Agree"), "agreement"),
        (("Never", "Seldom", "Sometimes", "Often", "Always"), "frequency"),
        (("Very unfavorable", "Unfavorable", "Neutral", "Favorable", "Very favorable"), "favourability"),
        (("Red", "Amber", "Green"), ""),
    ],
)
def test_family_of_a_declared_scale(levels, family):
    assert with_families(declared(*levels)).batteries[0].scale.family == family


def test_levels_declared_highest_first_keep_neutral_words_and_warn():
    study = with_families(declared("Strongly agree", "Agree", "Disagree", "Strongly disagree"))
    assert study.batteries[0].scale.family == ""
    assert study.warnings == (
        "scale `s`: `Strongly agree` has the lowest score and `Strongly disagree` the highest; put the levels lowest first if that is not meant",
    )


def test_a_family_that_stands_already_is_kept():
    study = Study((), (Battery("B", Scale("s", ("Disagree", "Agree"), family="truth"), ()),))
    assert with_families(study) == study


def test_numbered_labels_have_the_family_of_their_words():
    scale = Scale("s", ("1 - Strongly disagree", "2 - Disagree", "Neither agree nor disagree", "4 - Agree", "5 - Strongly agree"))
    assert with_families(Study((), (Battery("B", scale, ()),))).batteries[0].scale.family == "agreement"
