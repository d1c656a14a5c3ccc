"""How a set of answers is read as a scale, or refused."""

import pytest

from rpgstat.infer.readings import read_answers


def read(*answers: str, numbers: bool = False, **options):
    return read_answers(frozenset(answers), numbers=numbers, **options)


def test_a_scale_seen_whole_is_certain():
    reading = read("Agree", "Strongly disagree", "Disagree", "Strongly agree")
    assert reading.levels == ("Strongly disagree", "Disagree", "Agree", "Strongly agree")
    assert reading.others == ()


def test_a_middle_makes_it_the_longer_scale():
    assert len(read("Agree", "Neither agree or disagree", "Strongly agree").levels) == 5


def test_a_scale_seen_in_part_is_uncertain_and_names_what_else_it_could_be():
    reading = read("Strongly agree", "Agree", "Disagree")
    assert len(reading.levels) == 4
    assert ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree") in [other.levels for other in reading.others]


def test_two_levels_seen_whole_are_still_uncertain():
    reading = read("Agree", "Disagree")
    assert reading.levels == ("Disagree", "Agree")
    assert reading.others


def test_a_scale_in_use_elsewhere_settles_a_part():
    five = read("Agree", "Strongly disagree", "Disagree", "Strongly agree", "Neutral")
    assert read("Strongly agree", "Agree", "Disagree", prefer=(five.key,)).levels == five.levels


def test_one_level_is_no_scale():
    assert read("Agree") is None


def test_one_strange_answer_is_refused():
    assert read("Agree", "Disagree", "Strongly agree", "Purple") is None


def test_off_scale_answers_stand_apart():
    reading = read("Often", "Never", "Sometimes", "Always", "Not sure", "N/A")
    assert reading.off == {"not sure", "n/a"}
    assert reading.positions == {"never": 0, "sometimes": 1, "often": 2, "always": 3}


def test_two_answers_are_not_made_one_level_when_a_scale_tells_them_apart():
    reading = read("Not knowledgeable at all", "A little knowledgeable", "Somewhat knowledgeable", "Very knowledgeable", "Extremely knowledgeable")
    assert sorted(reading.positions.values()) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "pair", [("Never", "Seldom", "Sometimes", "Often", "Always"), ("Very unhelpful", "Unhelpful", "Neither helpful nor unhelpful", "Helpful", "Very helpful")]
)
def test_the_order_is_the_catalogues(pair):
    reading = read(*pair)
    assert sorted(reading.positions, key=reading.positions.get) == [label.lower() for label in pair]


def test_too_many_answers_are_free_text():
    assert read(*(str(i) for i in range(60)), numbers=True) is None


def test_numbers_with_labelled_ends():
    reading = read("\ufeff1 (None at all)", "2", "4", "10 (All my time)", "N/A")
    assert reading.levels == ("1 (none at all)", "2", "3", "4", "5", "6", "7", "8", "9", "10 (all my time)")
    assert (reading.scores[0], reading.scores[-1], reading.labelled) == (1, 10, True)
    assert reading.positions["4"] == 3


def test_labelled_ends_that_run_down_are_turned_round():
    reading = read("1 - Strongly agree", "2", "3", "4", "5 - Strongly disagree")
    assert reading.reversed
    assert reading.levels == ("5 - strongly disagree", "4", "3", "2", "1 - strongly agree")
    assert reading.positions["2"] == 3


def test_numbered_labels_are_read_by_their_words():
    reading = read("1 - Strongly agree", "2 - Agree", "3 - Disagree", "4 - Strongly disagree")
    assert reading.family == "agreement"
    assert reading.positions["1 - strongly agree"] == 3
    assert reading.scores == ()


def test_numbers_that_rise_with_the_labels_are_their_scores():
    assert read("0 - Never", "1 - Sometimes", "2 - Often", "3 - Always").scores == (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("answers", "levels", "scores"),
    [
        (("1 - Strongly disagree", "2 - Disagree", "4 - Agree", "5 - Strongly agree"), 5, (1, 2, 3, 4, 5)),
        (("5 - Strongly disagree", "4 - Disagree", "2 - Agree", "1 - Strongly agree"), 5, ()),
        (("4 - Strongly disagree", "3 - Disagree", "1 - Agree", "0 - Strongly agree"), 5, (0, 1, 2, 3, 4)),
        (("3 - Never", "2 - Sometimes", "1 - Often", "0 - Always"), 4, (0, 1, 2, 3)),
        (("1 - Never", "2 - Rarely", "9 - Always"), 3, (1, 2, 9)),
        (("9 - Never", "8 - Rarely", "1 - Always"), 3, (1, 2, 9)),
        (("2 - Disagree", "3 - Neutral", "4 - Agree"), 5, (1, 2, 3, 4, 5)),
        (("0 - Never", "Sometimes", "2 - Often", "3 - Always"), 4, (0, 1, 2, 3)),
        (("5 - Strongly disagree", "2", "3", "4", "1 - Strongly agree"), 5, (1, 2, 3, 4, 5)),
        (("4 - Strongly disagree", "1", "2", "3", "0 - Strongly agree"), 5, (0, 1, 2, 3, 4)),
    ],
)
def test_numbers_in_labels_are_never_rescored(answers, levels, scores):
    reading = read(*answers)
    assert (len(reading.levels), reading.scores) == (levels, scores)


@pytest.mark.parametrize("answers", [("1 - Never", "3 - Rarely", "2 - Always"), ("1 - Never", "2 - Never", "3 - Always")])
def test_numbers_that_do_not_follow_the_words_are_not_used(answers):
    assert (read(*answers).scores, read(*answers).numbers) == ((), "unused")


@pytest.mark.parametrize(
    "answers",
    [
        ("1 (None at all)", "2", "3"),  # the highest may not have been chosen
        ("1. Red", "2. Green", "3. Blue"),  # a numbered list is no scale
        ("1-5 years", "6-10 years", "11-20 years"),
        ("18-29", "30-44", "45-60"),
    ],
)
def test_numbers_that_prove_no_order_are_refused(answers):
    assert read(*answers, numbers=True) is None


def test_a_run_of_bare_numbers_is_unlabelled():
    reading = read("2", "3", "4.0", "5", "Don't know", numbers=True)
    assert (reading.levels, reading.labelled, reading.scores) == (("2", "3", "4", "5"), False, (2, 3, 4, 5))
    assert reading.off == {"don't know"}


@pytest.mark.parametrize("answers", [("0", "1"), ("1", "2", "4"), ("9", "10", "11"), ("-1", "1", "2", "3"), ("1", "2", "3", "other")])
def test_what_is_no_run(answers):
    assert read(*answers, numbers=True) is None


def test_a_run_needs_a_block():
    assert read("1", "2", "3") is None
