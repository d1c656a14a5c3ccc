"""From columns and counted answers of one or more waves to a study, and the sentences that say what was assumed."""

import time
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rpgstat.errors import UserError
from rpgstat.infer.inference import infer
from rpgstat.infer.readings import Declared
from rpgstat.study import Column, Survey

FOUR = "Strongly disagree|Disagree|Agree|Strongly agree"
FIVE = "Strongly disagree|Disagree|Neutral|Agree|Strongly agree"
WORDS = ["Strongly disagree", "Disagree", "Agree", "Strongly agree", "Neutral", "1", "2", "3", "Never", "Often", "N/A", "x"]
OFTEN = "Never|Rarely|Sometimes|Often|Always"


def question(text: str, answers: str, **more):
    """A single question and the answers that people gave, separated by bars."""
    return Column("", text, **more), Counter(answer for answer in answers.split("|") if answer)


def matrix(stem: str, rows: dict[str, str]):
    return [question(text, answers, stem=stem, block=hash(stem)) for text, answers in rows.items()]


def inferred(*waves, names=None, **options):
    surveys, answers = [], []
    for number, parts in enumerate(waves, 1):
        columns = [Column(f"c{i}", c.text, c.kind, c.stem, c.block, c.options) for i, (c, _) in enumerate(parts)]
        answers.append({f"c{i}": counts for i, (_, counts) in enumerate(parts)})
        surveys.append(Survey(f"wave-{number}.csv", Path(f"wave-{number}.csv"), pl.LazyFrame(), tuple(columns), "flat"))
    return infer(surveys, answers, names or [f"wave {i + 1}" for i in range(len(waves))], **options), surveys


def study_of(*waves, names=None, **options):
    inference, surveys = inferred(*waves, names=names, **options)
    drafted = [item for battery in inference.drafts for item in battery.items]
    for item in [*(item for _, item in inference.study.items), *drafted]:  # whatever was inferred can be found again, one column a wave at most
        columns = [{column.name for text in item.lookups if (column := survey.find(text))} for survey in surveys]
        assert sorted(map(len, columns))[-1] == 1
    return inference


def batteries(inference) -> dict[str, list[str]]:
    return {battery.name: [item.text for item in battery.items] for battery in inference.study.batteries}


def test_a_matrix_on_a_known_scale_becomes_a_battery():
    found = study_of(matrix("How do you feel?", {"Calm": FOUR, "Heard": "Agree|Agree"}))
    assert batteries(found) == {"How do you feel?": ["Calm", "Heard"]}
    scale = found.study.batteries[0].scale
    assert (scale.name, scale.family, scale.levels) == ("agreement", "agreement", tuple(FOUR.split("|")))
    assert found.assumptions[0] == "battery `How do you feel?`: 2 items on Strongly disagree < Disagree < Agree < Strongly agree (scored 1 to 4)"


def test_waves_carry_the_names_given_and_the_files_they_stand_in():
    found = study_of(matrix("S", {"a": FOUR}), matrix("S", {"a": FOUR}), names=["+1 year", "+3 years"])
    assert [(wave.name, wave.file) for wave in found.study.waves] == [("+1 year", "wave-1.csv"), ("+3 years", "wave-2.csv")]


def test_questions_that_share_a_heading_are_one_battery():
    found = study_of([question("How often do you: rest", OFTEN), question("How often do you: talk", "Never|Often")])
    assert batteries(found) == {"How often do you": ["rest", "talk"]}
    assert found.study.batteries[0].items[0].columns == ("How often do you: rest",)


def test_adjacent_questions_on_one_scale_are_one_battery_and_another_scale_starts_the_next():
    found = study_of(
        [question("I cope", FOUR), question("I learn", "Agree|Strongly agree"), question("I meet my manager", OFTEN), question("Colour", "Red|Blue")]
    )
    assert batteries(found) == {"Agreement": ["I cope", "I learn"], "I meet my manager": ["I meet my manager"]}
    assert found.assumptions[-1] == "left out 1 column that shares no known scale: `Colour`"


def test_a_consent_question_and_a_yes_no_question_are_no_items():
    found = study_of([question("I consent", "Agree|Agree"), question("Do you drive?", "Yes|No"), question("I cope", FOUR)])
    assert batteries(found) == {"I cope": ["I cope"]}


def test_consent_beside_a_battery_does_not_join_it():
    found = study_of([question("I consent", "Agree"), question("I cope", FOUR), question("I learn", FOUR)])
    assert batteries(found) == {"Agreement": ["I cope", "I learn"]}


def test_the_scale_is_the_union_over_items_and_waves():
    found = study_of(matrix("S", {"a": "Agree|Disagree", "b": "Strongly agree"}), matrix("S", {"a": "Strongly disagree", "b": "Agree"}))
    assert found.study.batteries[0].scale.levels == tuple(FOUR.split("|"))


def test_a_scale_seen_whole_where_a_longer_one_fits_is_marked_and_both_are_offered():
    found = study_of(matrix("S", {"a": FOUR}), matrix("S", {"a": FOUR}))
    doubt = (
        "scale not certain: nobody chose `Neither agree nor disagree`, which "
        "Strongly disagree < Disagree < Neither agree nor disagree < Agree < Strongly agree has too"
    )
    assert found.study.batteries[0].doubt == doubt
    assert found.assumptions[1] == (
        f'`S`, {doubt}; to settle it write --scale "Strongly disagree < Disagree < Agree < Strongly agree" or '
        '--scale "Strongly disagree < Disagree < Neither agree nor disagree < Agree < Strongly agree", or declare the scale in a study file'
    )


def test_a_scale_seen_in_part_stops_and_offers_those_that_fit():
    with pytest.raises(UserError) as caught:
        study_of(matrix("S", {"a": "Agree|Disagree", "b": "Strongly agree"}))
    lines = [line.strip() for line in caught.value.problem.splitlines()]
    assert lines[0] == "`S`: not certain which scale this is; its answers, `Disagree`, `Agree` and `Strongly agree`, fit"
    assert lines[1:3] == [
        '--scale "Strongly disagree < Disagree < Agree < Strongly agree"',
        'levels = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]',
    ]
    assert '--scale "Disagree < Agree < Strongly agree"' in lines


def test_a_scale_seen_in_part_is_taken_from_a_battery_that_shows_it_whole_and_marked():
    found = study_of([*matrix("S", {"a": "Agree|Disagree", "b": "Strongly agree"}), *matrix("T", {"c": FIVE, "d": FIVE})])
    assert [battery.scale.levels for battery in found.study.batteries] == [tuple(FIVE.split("|"))] * 2
    assert found.study.batteries[0].doubt == "scale not certain: nobody chose `Strongly disagree` and `Neutral`"


def test_a_question_that_names_its_levels_is_certain():
    found = study_of(matrix("How often (never, rarely, sometimes, often, always)?", {"a": "Never|Sometimes", "b": "Often"}))
    battery = found.study.batteries[0]
    assert (battery.scale.levels, battery.doubt) == (("Never", "Rarely", "Sometimes", "Often", "Always"), "")


def test_a_question_that_names_the_ends_of_its_numbers_settles_the_code_beyond():
    found = study_of(matrix("From 1 (not at all) to 5 (very)", {"a": "1|2|3|3|4|6", "b": "2|3|4|6"}))
    battery = found.study.batteries[0]
    assert (battery.scale.levels, battery.scale.not_applicable) == (("1", "2", "3", "4", "5"), ("6",))
    assert battery.doubt == "scale not certain: 6, given 2 times, is read as not applicable"


def test_a_scale_given_for_the_run_is_certain_and_one_that_nobody_is_on_is_an_error():
    given = Declared(tuple(FIVE.split("|")))
    found = study_of(matrix("S", {"a": "Agree|Disagree", "b": "Strongly agree"}), declared=[given])
    assert (found.study.batteries[0].scale.levels, found.study.batteries[0].doubt) == (given.levels, "")
    with pytest.raises(UserError, match="no block of questions has all its answers on Low < High"):
        study_of(matrix("S", {"a": FOUR, "b": FOUR}), declared=[Declared(("Low", "High"))])


def test_adjacent_columns_of_numbers_on_one_range_are_a_battery_and_ages_and_counts_are_not():
    asked = [question("Age", "3|4|5"), question("I cope", "1|2|3|4|5"), question("I rest", "2|3.0|5|N/A"), question("How many visits?", "1|2|3|4|5")]
    found = study_of([*asked, question("How likely are you to recommend us?", "0|1|2|3|7|8|9|10")])
    assert batteries(found) == {"Numbers": ["I cope", "I rest"]}
    scale = found.study.batteries[0].scale
    assert (scale.levels, scale.labelled, scale.not_applicable) == (("1", "2", "3", "4", "5"), False, ("N/A",))


def test_two_scales_that_neighbours_show_whole_are_not_made_one_longer_scale():
    found = study_of([question("I cope", FIVE), question("I rest", "Strongly disagree|Tend to disagree|Neutral|Tend to agree|Strongly agree")])
    assert [len(battery.scale.levels) for battery in found.study.batteries] == [5, 5]


def test_known_options_make_a_part_certain():
    options = tuple(reversed(FIVE.split("|")))
    found = study_of([question("I cope", "Agree|Disagree", options=options)])
    assert found.study.batteries[0].scale.levels == tuple(FIVE.split("|"))
    assert len(found.assumptions) == 1


def test_spellings_of_one_label_are_one_level_in_the_commonest_wording():
    found = study_of(matrix("S", {"a": "Strongly Agree|Strongly Agree|Agree|Agree strongly", "b": "Strongly agree|disagree|Strongly disagree"}))
    scale = found.study.batteries[0].scale
    assert scale.levels == ("Strongly disagree", "disagree", "Agree", "Strongly Agree")
    assert scale.aliases == {"Agree strongly": "Strongly Agree"}
    assert "read `Agree strongly` as `Strongly Agree`" in found.assumptions


def test_off_scale_answers_are_declared_and_counted():
    found = study_of(matrix("S", {"a": FOUR + "|Neutral|N/A|N/A", "b": FOUR + "|Don't know"}))
    assert found.study.batteries[0].scale.not_applicable == ("N/A", "Don't know")
    assert found.assumptions[2:] == ("read `N/A` as not applicable", "read `Don't know` as not applicable")


def test_a_stem_that_drifts_between_waves_is_one_battery():
    found = study_of(matrix("Rate your skill", {"a": FOUR, "b": FOUR}), matrix("After taking part, rate your skill", {"b": FOUR, "a": FOUR, "c": FOUR}))
    assert batteries(found) == {"Rate your skill": ["a", "b", "c"]}


def test_rows_that_repeat_under_two_stems_are_matched_by_stem():
    before = [*matrix("How confident are you now", {"Plan": FOUR, "Write": FOUR}), *matrix("How useful was it then", {"Plan": FOUR, "Write": FOUR})]
    after = [
        *matrix("After it all: how useful was it then", {"Write": FOUR}),
        *matrix("After it all: how confident are you now", {"Plan": FOUR, "Write": FOUR}),
    ]
    found = study_of(before, after)
    assert batteries(found) == {"How confident are you now": ["Plan", "Write"], "How useful was it then": ["Plan", "Write"]}
    writing = found.study.batteries[1].items[1]
    assert writing.columns == ("How useful was it then > Write", "After it all: how useful was it then > Write")
    assert [item.id for _, item in found.study.items] == ["plan", "write", "plan_2", "write_2"]


def test_the_same_rows_on_another_scale_are_another_battery():
    found = study_of(matrix("Rate these", {"Pay": FOUR, "Hours": FOUR}), matrix("Rate these now", {"Pay": OFTEN, "Hours": OFTEN}))
    assert list(batteries(found)) == ["Rate these", "Rate these now"]


def test_questions_split_by_another_in_one_wave_meet_their_namesakes():
    together = [question(text, FOUR) for text in ("I cope", "I learn", "I rest", "I plan")]
    apart = [*together[:2], question("Colour", "Red|Blue"), *together[2:]]
    for waves in ((together, apart), (apart, together)):
        texts = [item.text for _, item in study_of(*waves).study.items]
        assert texts == ["I cope", "I learn", "I rest", "I plan"]


def test_a_flat_file_and_a_matrix_are_matched_by_their_statements():
    found = study_of([question("I cope", FOUR), question("I learn", FOUR)], matrix("How is work?", {"I learn": FOUR, "I cope": FOUR}))
    assert batteries(found) == {"Agreement": ["I cope", "I learn"]}


def test_a_statement_reworded_between_waves_is_kept_apart_and_said():
    found = study_of(matrix("S", {"I find transport to go outdoors": FOUR, "b": FOUR}), matrix("S", {"I find transport to outdoors": FOUR, "b": FOUR}))
    assert [s for s in found.assumptions if "kept apart" in s] == [
        "`I find transport to go outdoors` and `I find transport to outdoors` stand in different waves and are kept apart; they are 94 % alike: "
        "I find transport to [− go] outdoors; if they are one item, give it both columns in a study file (`rpgstat init` proposes it)"
    ]


def test_a_wave_without_the_middle_is_pointed_out():
    found = study_of(matrix("S", {"a": FOUR, "b": FOUR}), matrix("S", {"a": FIVE, "b": FIVE}), names=["before", "after"])
    assert found.study.batteries[0].doubt.endswith(", and nobody in before chose `Neutral`")


def test_a_strange_answer_leaves_out_its_row_alone():
    rows = {"a": FOUR, "b": FOUR, "c": FOUR}
    strange = {**rows, "b": FOUR + "|Agre"}
    for number, waves in ((2, (matrix("S", rows), matrix("S", strange))), (1, (matrix("S", strange), matrix("S", rows)))):
        found = study_of(*waves)
        assert batteries(found) == {"S": ["a", "c"]}
        assert f"left out `b`: answers in `wave {number}` are not on its scale: `Agre`" in found.assumptions


def test_numbers_in_a_matrix_are_an_unlabelled_scale():
    found = study_of(matrix("S", {"a": "1|2|5", "b": "3|4"}))
    scale = found.study.batteries[0].scale
    assert (scale.name, scale.levels, scale.labelled, scale.family) == ("numbers_1_to_5", ("1", "2", "3", "4", "5"), False, "")
    assert "nobody labelled these numbers" in found.assumptions[1]


def test_numbers_with_labelled_ends_keep_their_labels():
    found = study_of([question("Time spent", "1 (None at all)|3|10 (All my time)")])
    scale = found.study.batteries[0].scale
    assert (scale.levels[0], scale.levels[1], scale.levels[-1]) == ("1 (None at all)", "2", "10 (All my time)")
    assert (scale.labelled, scale.low, scale.high) == (True, 1, 10)


def test_batteries_on_one_scale_share_it_and_scales_are_named_apart():
    parts = [*matrix("S", {"a": FOUR, "b": FOUR}), *matrix("T", {"c": FOUR}), *matrix("U", {"d": FIVE, "e": FIVE})]
    found = study_of(parts)
    scales = [battery.scale for battery in found.study.batteries]
    assert scales[0] is scales[1]
    assert [scale.name for scale in scales] == ["agreement", "agreement", "agreement_2"]


def test_columns_with_one_heading_cannot_be_told_apart():
    found = study_of([question("Same", FOUR), question("Same", FOUR), question("Other", FOUR)])
    assert batteries(found) == {"Other": ["Other"]}
    assert found.assumptions.count("left out `Same`: several columns have this heading") == 2


def test_a_block_that_lost_a_statement_may_be_too_small():
    with pytest.raises(UserError, match="no question is on a known answer scale"):
        study_of([*matrix("S", {"a": "1|2|3", "b": "1|2|3"}), question("S > a", "x"), question("a", "x")])


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "S", "T"]), st.integers(0, 2), st.sets(st.sampled_from(WORDS))), max_size=6),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_the_layout_every_item_finds_one_column_a_wave_at_most_or_the_user_is_told(waves):
    built = [[question(text, "|".join(seen), stem=stem, block=block if stem else i) for i, (text, stem, block, seen) in enumerate(wave)] for wave in waves]
    try:
        found = study_of(*built, drafts_will_do=True)
    except UserError:
        return
    everything = [*found.study.batteries, *found.drafts]
    ids = [item.id for battery in everything for item in battery.items]
    assert len(set(ids)) == len(ids)
    assert len({battery.name for battery in everything}) == len(everything)


@pytest.mark.parametrize("kind", ["tick", "ranking", "id", "meta"])
def test_only_answers_become_items(kind):
    found = study_of([*matrix("S", {"a": FOUR}), question("b", FOUR, kind=kind)])
    assert batteries(found) == {"S": ["a"]}


def test_nothing_to_infer_shows_the_labels_and_asks_for_the_order():
    rude = "Not rude|A bit rude|Most rude"
    with pytest.raises(UserError) as caught:
        study_of(
            [question("Is it rude to recline?", rude), question("Is it rude to talk?", "Not rude|Most rude|A bit rude"), question("Age", "18-29|30-44|45+")]
        )
    assert caught.value.problem == (
        "`wave-1.csv`: no question is on a known answer scale (such as Strongly disagree ... Strongly agree), "
        "and no block of questions is answered in whole numbers from 0 to 10\n"
        "  order unknown: `Is it rude to recline?` and 1 more column hold `A bit rude`, `Most rude`, `Not rude`"
    )
    assert caught.value.hint == "`rpgstat init FILE... -o study.toml` writes these answers down; put them in order there, lowest first, then run again"


RUDE = "Not rude|A bit rude|Most rude"


def test_statements_that_share_answers_in_no_known_order_are_drafted_beside_the_study():
    found = study_of([question("I cope", FOUR), question("Is it rude to recline?", RUDE + "|N/A"), question("Is it rude to talk?", RUDE)])
    assert batteries(found) == {"I cope": ["I cope"]}
    (draft,) = found.drafts
    assert [item.text for item in draft.items] == ["Is it rude to recline?", "Is it rude to talk?"]
    assert (set(draft.scale.levels), draft.scale.not_applicable, draft.scale.family) == (set(RUDE.split("|")), ("N/A",), "")


def test_drafts_alone_will_do_where_the_caller_says_so():
    found = study_of([question("Is it rude to recline?", RUDE), question("Is it rude to talk?", RUDE)], drafts_will_do=True)
    assert (found.study.batteries, len(found.drafts)) == ((), 1)
    assert found.assumptions[-1] == "nothing can be scored until these answers are put in order in the study file, lowest first"


def test_without_a_draft_the_error_does_not_send_anyone_to_init():
    with pytest.raises(UserError) as caught:
        study_of([question("Is it rude to recline?", RUDE), question("Age", "18-29|30-44|45+")])
    assert (
        caught.value.hint
        == 'give their answers, lowest first: --scale "A < B < C"; or write a study file that lists them (`rpgstat demo` writes one to start from); '
        "`rpgstat topline` counts questions of other kinds, such as yes and no"
    )


def test_statements_that_nothing_tells_apart_are_not_drafted_and_init_is_not_promised():
    with pytest.raises(UserError) as caught:
        study_of([question("Same", RUDE), question("Same", RUDE), *matrix("S", {"Other": RUDE}), question("S > Other", RUDE)])
    assert "rpgstat init" not in caught.value.hint


def test_a_drafted_answer_stands_whole():
    long = "x" * 80
    found = study_of([question("a", f"{long}|b|c"), question("d", f"{long}|b|c")], drafts_will_do=True)
    assert long in found.drafts[0].scale.levels


def test_drafted_statements_of_two_questions_are_two_batteries_on_one_scale():
    found = study_of([*matrix("S", {"a": RUDE, "b": RUDE}), *matrix("T", {"a": RUDE})], drafts_will_do=True)
    assert [(battery.name, [item.id for item in battery.items]) for battery in found.drafts] == [("S", ["a", "b"]), ("T", ["a_2"])]
    assert found.drafts[0].scale is found.drafts[1].scale


def test_drafted_names_and_ids_are_free_in_the_study():
    found = study_of([*matrix("Answers", {"Talk": FOUR, "Rest": FOUR}), question("Talk now", RUDE), question("Rest?", RUDE), question("Talk", "x")])
    ids = [item.id for battery in (*found.study.batteries, *found.drafts) for item in battery.items]
    assert ids == ["talk", "rest", "talk_now", "rest_2"]
    assert [battery.name for battery in found.drafts] == ["Answers (2)"]


def test_drafted_numbers_stay_numbers_without_labels_on_a_scale_of_their_own():
    found = study_of([*matrix("S", {"a": "1|2|3", "b": "1|2|3"}), question("c", "30|20.0|10"), question("d", "10|20|30")])
    (draft,) = found.drafts
    assert (draft.scale.levels, draft.scale.scores, draft.scale.labelled) == (("10", "20", "30"), (10, 20, 30), False)
    assert draft.scale.name != found.study.batteries[0].scale.name


def test_a_column_one_answer_off_a_known_scale_is_pointed_out():
    with pytest.raises(UserError) as caught:
        study_of([question("I cope", FOUR + "|Please tick one")])
    assert str(caught.value).endswith("\n  `I cope` is on a known scale but for `Please tick one`: mistyped?")


def test_free_text_is_never_shown():
    secrets = "|".join(f"secret {i}" for i in range(60))
    with pytest.raises(UserError) as caught:
        study_of([question("Comment", secrets), question("More", secrets)])
    assert "secret" not in str(caught.value)


def test_long_answers_are_cut():
    long = "x" * 80
    with pytest.raises(UserError) as caught:
        study_of([question("a", f"{long}|b|c"), question("d", f"{long}|b|c")])
    assert "x" * 59 + "…" in str(caught.value)
    assert "x" * 60 not in str(caught.value)


@pytest.mark.parametrize("later", ["Agree|Agree", ""], ids=["all the same", "blank"])
@pytest.mark.parametrize("stem", ["S", "After it all: S"])
def test_a_matrix_that_one_wave_alone_cannot_tell_is_read_with_the_other_waves(later, stem):
    asked = [*matrix("S", {"a": FOUR, "b": FOUR}), *matrix("T", {"x": OFTEN, "y": OFTEN})]
    unread = [*matrix(stem, {"a": later, "b": later}), *matrix("T", {"x": OFTEN, "y": OFTEN})]
    for waves in ((asked, unread), (unread, asked), (unread, unread, asked)):
        found = study_of(*waves)
        assert [item.text for _, item in found.study.items] == ["a", "b", "x", "y"]
        assert not [sentence for sentence in found.assumptions if "left out" in sentence]


def test_numbers_with_a_gap_in_one_wave_are_read_with_the_other_waves():
    found = study_of(matrix("S", {"a": "1|2|5", "b": "3|4"}), matrix("S", {"a": "1|5", "b": "4|1"}))
    assert batteries(found) == {"S": ["a", "b"]}
    assert found.study.batteries[0].scale.levels == ("1", "2", "3", "4", "5")


def test_a_statement_whose_other_column_is_no_answer_is_left_out_for_that_reason():
    found = study_of(matrix("S", {"a": FOUR, "b": FOUR}), [*matrix("S", {"a": FOUR}), question("b", "2024", kind="meta", stem="S", block=hash("S"))])
    assert "left out `b`: a column of this heading does not go with its scale in every wave" in found.assumptions


def test_a_unanimous_question_between_others_of_one_scale_is_an_item():
    found = study_of([question("I cope", FOUR), question("I rest", "Agree|Agree"), question("I learn", FOUR)])
    assert batteries(found) == {"Agreement": ["I cope", "I rest", "I learn"]}


def test_a_blank_question_between_others_is_no_item():
    found = study_of([question("I cope", FOUR), question("Section", ""), question("I learn", FOUR)])
    assert "Section" not in [item.text for _, item in found.study.items]


def test_a_mistyped_answer_does_not_take_a_question_out_of_its_battery():
    mistyped = question("I rest", FOUR + "|Agree|Agre")
    found = study_of([question("I cope", FOUR), mistyped, question("I learn", FOUR)])
    assert batteries(found) == {"Agreement": ["I cope", "I rest", "I learn"]}
    scale = found.study.batteries[0].scale
    assert "Agre" not in (*scale.levels, *scale.aliases, *scale.not_applicable)
    assert "`I rest`: `Agre` is not on the scale of its battery: correct it in the export, or declare it in the study file" in found.assumptions


@pytest.mark.parametrize("answers", [FOUR + "|Red|Blue", "Agree|Agree|Agree|Agree|Agree|Agre", "Red|Blue"])
def test_a_question_mostly_off_the_scale_is_no_item_of_the_battery_around_it(answers):
    found = study_of([question("I cope", FOUR), question("Other", answers), question("I learn", FOUR)])
    assert "Other" not in [item.text for _, item in found.study.items]


@pytest.mark.parametrize("consent", ["Agree|Disagree|Agree"])
def test_a_question_on_two_levels_beside_a_battery_on_more_does_not_join_it_silently(consent):
    asked = [question("I cope", FOUR), question("I learn", FOUR)]
    for wave in ([question("I consent", consent), *asked], [*asked, question("I consent", consent)]):
        found = study_of(wave)
        assert batteries(found) == {"Agreement": ["I cope", "I learn"]}
        assert found.assumptions[2:] == (
            "left out `I consent`: only two answers, beside a battery on more; "
            "if it belongs there, add it in a study file (`rpgstat init FILE... -o study.toml`)",
        )


def test_a_question_on_two_levels_inside_a_battery_or_with_a_level_of_its_own_joins():
    found = study_of([question("I cope", "Agree|Strongly agree"), question("I rest", "Agree|Disagree"), question("I learn", FOUR)])
    assert batteries(found) == {"Agreement": ["I cope", "I rest", "I learn"]}


def test_a_question_that_one_wave_asks_inside_a_battery_belongs_to_it_in_every_wave():
    first, two, last = question("I cope", FOUR), question("I rest", "Agree|Disagree"), question("I learn", FOUR)
    found = study_of([first, two, last], [two, first, last])
    assert batteries(found) == {"Agreement": ["I cope", "I rest", "I learn"]}


def test_gaps_in_numbered_labels_are_said():
    found = study_of([question("I cope", "1 - Strongly disagree|2 - Disagree|4 - Agree|5 - Strongly agree")])
    assert found.study.batteries[0].scale.scores == (1, 2, 3, 4, 5)
    assert found.study.batteries[0].doubt == "scale not certain: nobody chose `Neither agree nor disagree`"
    assert "`I cope`: scored by the numbers in its labels; nobody chose 3, taken as `Neither agree nor disagree`" in found.assumptions


def test_numbers_that_no_known_scale_has_are_said():
    found = study_of([question("I cope", "1 - Never|2 - Rarely|9 - Always")])
    assert found.study.batteries[0].scale.scores == (1, 2, 9)
    assert "`I cope`: scored by the numbers in its labels, 1, 2, 9; no level is taken between them" in found.assumptions


def test_numbers_in_another_order_than_the_words_are_said_not_to_be_used():
    found = study_of([question("I cope", "1 - Never|3 - Rarely|2 - Sometimes|4 - Often|5 - Always")])
    assert "`I cope`: the numbers in its labels do not follow their words and are not used" in found.assumptions


def test_invisible_characters_are_no_part_of_a_level():
    found = study_of([question("I cope", "\u200bStrongly disagree|Dis\u00adagree|Agree\ufeff|Strongly agree")])
    assert found.study.batteries[0].scale.levels == tuple(FOUR.split("|"))


def test_many_assumptions_are_summed_up():
    apart = [part for i in range(30) for part in (question(f"Q{i}", FOUR if i % 2 else OFTEN + "|N/A"), question(f"Colour {i}", "Red|Blue"))]
    told = study_of(apart).assumptions
    assert len(told) <= 12
    assert [sentence for sentence in told if sentence.startswith("and ")] == ["and 23 more batteries"]


def test_ten_thousand_questions_are_inferred_in_time():
    asked = [question(f"Question {i}", FOUR if i % 5 else "Agree|Disagree|Strongly agree") for i in range(10_000)]
    begun = time.perf_counter()
    found, _ = inferred(asked)
    assert len(found.study.batteries[0].items) == 10_000
    assert time.perf_counter() - begun < 10  # seconds; quadratic work takes minutes
