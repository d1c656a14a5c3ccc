"""How a set of answers is read as a scale, or refused."""

import pytest

from rpgstat.infer.numbers import batteries, is_counted, read_numbers
from rpgstat.infer.readings import Declared, read_answers, seen_in

FOUR = ("Strongly disagree", "Disagree", "Agree", "Strongly agree")
FIVE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")


def read(*answers: str, numbers: bool = False, **options):
    found = read_answers(seen_in(answers), **options)
    return found or (read_numbers([dict.fromkeys(answers, 1)]) if numbers else None)


def longer(reading) -> list[tuple[str, ...]]:
    return [scale.levels for scale in reading.others]


def test_a_scale_seen_whole_is_taken_and_the_longer_ones_that_fit_are_named():
    reading = read("Agree", "Strongly disagree", "Disagree", "Strongly agree")
    assert (reading.levels, reading.settled, reading.whole) == (FOUR, True, True)
    assert FIVE in longer(reading)


def test_a_scale_that_no_longer_one_has_is_certain():
    assert read("Much worse", "Worse", "Slightly worse", "About the same", "Slightly better", "Better", "Much better").others == ()


def test_a_scale_seen_in_part_is_not_settled_where_several_fit():
    reading = read("Strongly agree", "Agree", "Disagree")
    assert not reading.settled
    assert {FOUR, FIVE} <= {reading.levels, *longer(reading)}


def test_the_only_scale_that_fits_is_taken_with_one_level_unseen_and_not_with_more():
    known = ["Inadequate", "Requires improvement", "Good", "Outstanding"]
    assert (read(*known[:3]).settled, read(*known[:3]).unseen) == (True, ("Outstanding",))
    assert not read(*known[:2]).settled


def test_two_levels_seen_whole_may_be_the_middle_of_a_longer_scale():
    reading = read("Agree", "Disagree")
    assert reading.levels == ("Disagree", "Agree")
    assert FOUR in longer(reading)


def test_a_scale_in_use_elsewhere_settles_a_part():
    five = read("Agree", "Strongly disagree", "Disagree", "Strongly agree", "Neither agree nor disagree")
    part = read("Strongly agree", "Agree", "Disagree", prefer=(five.key,))
    assert (part.levels, part.settled, part.unseen) == (FIVE, True, ("Strongly disagree", "Neither agree nor disagree"))


def test_options_that_the_export_names_are_certain():
    assert read(*FOUR, named=True).certain
    assert not read(*FOUR).certain


@pytest.mark.parametrize(
    "pair", [("Fair", "Average"), ("Sometimes", "Occasionally"), ("Neutral", "Neither agree nor disagree"), ("Slightly agree", "Somewhat agree")]
)
def test_two_answers_of_one_wave_never_share_a_level(pair):
    whole = {
        "Fair": ("Poor", "Good", "Excellent"), "Sometimes": ("Never", "Often", "Always"), "Neutral": ("Disagree", "Agree", "Strongly agree"),
        "Slightly agree": ("Disagree", "Agree", "Strongly agree"),
    }[pair[0]]  # fmt: skip
    reading = read(*whole, *pair)
    assert reading is None or reading.positions[pair[0].lower()] != reading.positions[pair[1].lower()]


def test_another_wording_in_another_wave_is_the_same_level():
    waves = seen_in(FIVE) | seen_in(["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"], wave=1)
    assert read_answers(waves).positions["neutral"] == 2


def test_an_adjective_that_no_list_has_makes_a_scale_by_its_adverbs():
    reading = read("Not at all dreamy", "Slightly dreamy", "Moderately dreamy", "Very dreamy", "Extremely dreamy")
    assert (len(reading.levels), reading.family) == (5, "")
    assert read("Not dreamy", "Dreamy") is None


def test_what_may_be_a_middle_or_off_the_scale_is_not_guessed():
    assert not read("Strongly disagree", "Disagree", "Not sure", "Agree", "Strongly agree").settled


def test_yes_and_no_are_no_scale():
    assert read("Yes", "No") is None
    assert read("Yes, definitely", "Yes, to some extent", "No").whole


def test_a_declared_scale_goes_before_every_known_one():
    given = Declared(("Bad", "Agree", "Strongly agree"), off=("Rubbish",))
    reading = read("Agree", "strongly AGREE", "Rubbish", declared=(given,))
    assert (reading.levels, reading.off, reading.certain) == (given.levels, {"rubbish"}, True)


def test_one_level_is_no_scale():
    assert read("Agree") is None


def test_one_strange_answer_is_refused():
    assert read("Agree", "Disagree", "Strongly agree", "Purple") is None


def test_off_scale_answers_stand_apart():
    reading = read("Often", "Never", "Sometimes", "Always", "Not sure", "N/A")
    assert reading.off == {"not sure", "n/a"}
    assert reading.positions == {"never": 0, "sometimes": 1, "often": 2, "always": 3}


@pytest.mark.parametrize("number", ["{} - {}", "{1} ({0})", "{}. {}", "{1} = {0}", "({}) {}"])
def test_numbers_may_stand_before_or_behind_their_words(number):
    answers = [number.format(at, level) for at, level in enumerate(FIVE, 1)]
    assert (read(*answers).scores, len(read(*answers).levels)) == ((1, 2, 3, 4, 5), 5)


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


@pytest.mark.parametrize("answers", [("0", "1"), ("1", "4", "7"), ("9", "10", "11"), ("-2", "1", "2", "3"), ("1", "2", "3", "other"), ("18", "25", "40", "99")])
def test_what_is_no_run(answers):
    assert read(*answers, numbers=True) is None


def test_a_run_needs_a_block():
    assert read("1", "2", "3") is None


def test_a_number_that_nobody_chose_between_others_is_part_of_the_run():
    assert read("0", "1", "2", "3", "5", "6", "7", "8", "9", "10", numbers=True).levels == tuple(map(str, range(11)))


@pytest.mark.parametrize(
    ("counts", "asked"),
    [
        ({"1": 20, "2": 20, "3": 20, "4": 40, "5": 30, "6": 3}, ("6",)),
        ({"1": 20, "2": 20, "3": 20, "4": 40, "5": 30, "9": 12}, ("9",)),
        ({"1": 20, "2": 20, "3": 20, "4": 40, "5": 30, "8": 2, "9": 2}, ("8", "9")),
        ({"1": 20, "2": 20, "3": 20, "4": 40, "5": 30, "99": 5}, ("99",)),
        ({"1": 20, "2": 20, "3": 20, "4": 40, "5": 30, "-9": 1}, ("-9",)),
        ({"0": 2, "1": 20, "2": 20, "3": 20, "4": 40, "5": 30}, ("0",)),
        ({"1": 20, "2": 20, "3": 20, "4": 40, "5": 30, "6": 25}, ()),
        ({"1": 20, "2": 20, "3": 20, "4": 40, "5": 1}, ()),
        ({"0": 1, "1": 4, "2": 4, "3": 5, "4": 5, "6": 9, "7": 9, "8": 9, "9": 9, "10": 2}, ()),
        ({"1": 9, "2": 9, "3": 9, "4": 9, "5": 9, "6": 9, "7": 1}, ()),
    ],
)
def test_a_code_that_seems_to_mean_no_answer_is_asked_about_and_enters_no_mean(counts, asked):
    reading = read_numbers([counts])
    assert reading.asked == asked
    assert not reading.positions.keys() & set(asked)


def test_a_top_that_only_some_columns_have_is_asked_about():
    columns = [{"1": 5, "2": 5, "3": 5, "4": 5, "5": 5}] * 2 + [{"1": 5, "2": 5, "3": 5, "4": 2, "5": 2, "6": 6}]
    assert read_numbers(columns).asked == ("6",)


def test_numbers_of_one_range_are_one_battery_and_others_stand_apart():
    assert batteries([(1, 5), (1, 4), (2, 5), (0, 10)]) == [range(3)]
    assert batteries([(1, 5), (1, 5), (1, 7), (2, 7)]) == [range(2), range(2, 4)]
    assert batteries([(1, 5)]) == []
    assert batteries([(0, 3), (1, 5), (1, 5)]) == [range(1, 3)]


@pytest.mark.parametrize(
    "heading", ["Age", "age_group", "Years of service", "How many children live with you?", "Number of visits", "Respondent ID", "Region", "NPS"]
)
def test_what_is_counted_or_coded_is_no_item(heading):
    assert is_counted(heading)


@pytest.mark.parametrize("heading", ["I enjoy my job", "My team listens", "q1_3", "Job satisfaction", "There is time to think", "Supervision"])
def test_statements_are_items(heading):
    assert not is_counted(heading)
