"""SPSS and Stata files: labels for codes, what is missing, which way a scale runs."""

import struct

import pandas as pd
import pyreadstat
import pytest

from rpgstat.errors import UserError
from rpgstat.infer.inference import infer
from rpgstat.read import read
from rpgstat.tally import learn_all
from rpgstat.workflow import topline

AGREE = {1: "Strongly agree", 2: "Agree", 3: "Disagree", 4: "Strongly disagree"}


def sav(path, columns, labels=(), values=None, **options):
    pyreadstat.write_sav(pd.DataFrame(columns), str(path), column_labels=list(labels) or None, variable_value_labels=values or {}, **options)
    return path


def cells(survey, text):
    return survey.frame.collect()[survey.require(text).name].to_list()


def batteries(survey):
    answers = [learn_all(survey, [column.name for column in survey.columns if column.kind == "answer"])]
    return infer([survey], answers, ["now"]).study.batteries


def test_codes_are_read_as_their_labels_and_the_words_tell_the_direction(tmp_path):
    path = sav(tmp_path / "w.sav", {"q1": [1.0, 2, 4], "q2": [3.0, None, 1]}, ["I cope", "I learn"], {"q1": AGREE, "q2": AGREE})
    survey = read(path)
    assert (survey.platform, cells(survey, "I cope"), cells(survey, "q2")) == (
        "spss",
        ["Strongly agree", "Agree", "Strongly disagree"],
        ["Disagree", None, "Strongly agree"],
    )
    (battery,) = batteries(survey)
    assert (battery.scale.levels, battery.doubt) == (("Strongly disagree", "Disagree", "Agree", "Strongly agree"), "")


def test_a_level_that_nobody_chose_is_known_from_the_codebook(tmp_path):
    path = sav(tmp_path / "w.sav", {"q1": [1.0, 2, 2], "q2": [2.0, 1, 1]}, ["I cope", "I learn"], {"q1": AGREE, "q2": AGREE})
    (battery,) = batteries(read(path))
    assert (len(battery.scale.levels), battery.doubt) == (4, "")


def test_user_missing_codes_are_no_answer_and_dont_know_stays_off_the_scale(tmp_path):
    labels = {**AGREE, -9: "Not answered", -8: "Don\u2019t know", -1: "Lost at sea"}
    path = sav(
        tmp_path / "w.sav",
        {"q1": [1.0, -9, -8, -1, -7], "q2": [4.0, 3, 2, 1, 2]},
        ["I cope", "I learn"],
        {"q1": labels, "q2": labels},
        missing_ranges={"q1": [{"lo": -9.0, "hi": -1.0}]},
    )
    survey = read(path)
    assert cells(survey, "I cope") == ["Strongly agree", None, "Don\u2019t know", None, None]
    assert survey.require("I cope").off == ("Don\u2019t know",)


def test_dont_know_that_is_not_declared_missing_is_off_the_scale_all_the_same(tmp_path):
    labels = {**AGREE, -8: "Don't know"}
    (battery,) = batteries(read(sav(tmp_path / "w.sav", {"q1": [1.0, -8, 3], "q2": [2.0, 4, -8]}, ["I cope", "I learn"], {"q1": labels, "q2": labels})))
    assert (battery.scale.not_applicable, len(battery.scale.levels)) == (("Don't know",), 4)


def test_words_of_no_known_scale_are_one_where_the_codebook_calls_them_ordinal(tmp_path):
    steps = {1: "Seedling", 2: "Sapling", 3: "Tree"}
    columns = {"q1": [1.0, 2, 3], "q2": [3.0, 3, 1]}
    ordinal = sav(tmp_path / "o.sav", columns, ["I cope", "I learn"], {"q1": steps, "q2": steps}, variable_measure={"q1": "ordinal", "q2": "ordinal"})
    assert batteries(read(ordinal))[0].scale.levels == ("Seedling", "Sapling", "Tree")
    nominal = sav(tmp_path / "n.sav", columns, ["I cope", "I learn"], {"q1": steps, "q2": steps}, variable_measure={"q1": "nominal", "q2": "nominal"})
    with pytest.raises(UserError, match="no question is on a known answer scale"):
        batteries(read(nominal))


def test_numbers_without_labels_that_are_called_nominal_are_on_no_scale(tmp_path):
    columns = {"q1": [1.0, 2, 3, 4, 5], "q2": [2.0, 3, 1, 5, 4]}
    assert batteries(read(sav(tmp_path / "s.sav", columns, ["I cope", "I learn"], variable_measure={"q1": "scale", "q2": "scale"})))
    with pytest.raises(UserError, match="no question is on a known answer scale"):
        batteries(read(sav(tmp_path / "n.sav", columns, ["I cope", "I learn"], variable_measure={"q1": "nominal", "q2": "nominal"})))


def test_numbers_with_labels_at_the_ends_only_keep_their_numbers(tmp_path):
    ends = {0: "Not at all", 10: "Completely"}
    columns = {"q1": [0.0, 4, 10, 7], "q2": [1.0, 0, 5, 10]}
    survey = read(sav(tmp_path / "w.sav", columns, ["How settled are you?", "How safe are you?"], {"q1": ends, "q2": ends}))
    assert cells(survey, "q1") == ["0 (Not at all)", "4", "10 (Completely)", "7"]
    (battery,) = batteries(survey)
    assert (float(battery.scale.low), float(battery.scale.high), len(battery.scale.levels)) == (0, 10, 11)


def test_two_codes_of_one_label_stay_two_answers(tmp_path):
    survey = read(sav(tmp_path / "w.sav", {"q1": [1.0, 2, 3]}, ["Which?"], {"q1": {1: "Other", 2: "Other", 3: "None of these"}}))
    assert cells(survey, "Which?") == ["Other [1]", "Other [2]", "None of these"]


def test_statements_below_one_question_share_it(tmp_path):
    labels = ["How far do you agree? - I cope", "How far do you agree? - I learn"]
    survey = read(sav(tmp_path / "w.sav", {"Q1_1": [1.0, 2], "Q1_2": [2.0, 3]}, labels, {"Q1_1": AGREE, "Q1_2": AGREE}))
    assert [(column.stem, column.text) for column in survey.columns] == [("How far do you agree?", "I cope"), ("How far do you agree?", "I learn")]


def test_a_variable_with_one_value_is_a_tick_box(tmp_path):
    survey = read(
        sav(tmp_path / "w.sav", {"Q1_1": [1.0, None], "Q1_2": [None, 1.0]}, ["Which? - Cake", "Which? - Tea"], {"Q1_1": {1: "Cake"}, "Q1_2": {1: "Tea"}})
    )
    assert [column.kind for column in survey.columns] == ["tick", "tick"]
    assert cells(survey, "Tea") == [None, "Tea"]


def test_names_and_days_are_known_by_the_name_or_the_label(tmp_path):
    columns = {"LastName": ["Okafor", "Jones"], "recordeddate": pd.to_datetime(["2024-03-01 10:00", "2024-03-02 11:00"]), "q1": [1.0, 2]}
    survey = read(sav(tmp_path / "w.sav", columns, ["Your surname", "Recorded Date", "I cope"], {"q1": AGREE}))
    assert [column.kind for column in survey.aside] == ["personal"]
    assert cells(survey, "Recorded Date")[0] == "2024-03-01 10:00:00"
    assert survey.require("Recorded Date").kind == "meta"


def test_previews_of_a_platform_are_known_by_their_labels(tmp_path):
    from rpgstat.study import Source
    from rpgstat.tally import standing

    columns = {"Status": [0.0, 1, 0], "Finished": [1.0, 1, 0], "ResponseId": ["R_1a", "R_2b", "R_3c"], "Q1": [1.0, 2, 3]}
    values = {"Status": {0: "IP Address", 1: "Survey Preview"}, "Finished": {0: "False", 1: "True"}, "Q1": AGREE}
    survey = read(sav(tmp_path / "w.sav", columns, ["Response Type", "Finished", "Response ID", "I cope"], values))
    source, told = standing(Source(survey, ("w",)))
    assert source.survey.frame.collect().height == 2
    assert told == ("w.sav: left out, as no respondents: 1 preview",)


def test_compressed_files_are_read_too(tmp_path):
    plain = sav(tmp_path / "w.sav", {"q1": [1.0, 2]}, ["I cope"], {"q1": AGREE})
    packed = sav(tmp_path / "w.zsav", {"q1": [1.0, 2]}, ["I cope"], {"q1": AGREE}, compress=True)
    assert cells(read(plain), "I cope") == cells(read(packed), "I cope")


def test_stata_labels_and_letters_of_missing_answers(tmp_path):
    path = tmp_path / "w.dta"
    frame = pd.DataFrame({"q1": pd.Series([1, "a", 3, "b"], dtype=object), "q2": [1, 2, 3, 4]})
    values = {"q1": {**AGREE, "a": "Don't know"}, "q2": AGREE}
    pyreadstat.write_dta(frame, str(path), column_labels=["I cope", "I learn"], variable_value_labels=values, missing_user_values={"q1": ["a", "b"]})
    survey = read(path)
    assert (survey.platform, cells(survey, "I cope")) == ("stata", ["Strongly agree", "Don't know", "Disagree", None])
    assert batteries(survey)[0].scale.not_applicable == ("Don't know",)


@pytest.mark.parametrize("cut", [10, 200, 400])
def test_a_damaged_file_is_told_of(tmp_path, cut):
    path = sav(tmp_path / "w.sav", {"q1": [1.0, 2]}, ["I cope"], {"q1": AGREE})
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UserError, match=r"w\.sav: is damaged, or no file that SPSS or Stata would open"):
        read(path)


def test_a_file_without_rows_has_no_answers(tmp_path):
    with pytest.raises(UserError, match="no answers in it"):
        read(sav(tmp_path / "w.sav", {"q1": pd.Series([], dtype=float)}, ["I cope"], {"q1": AGREE}))


@pytest.mark.parametrize("rows_only", [False, True])
def test_a_file_is_not_called_damaged_where_memory_runs_out(tmp_path, monkeypatch, rows_only):
    path = tmp_path / "survey.sav"
    pyreadstat.write_sav(pd.DataFrame({"q1": ["yes"]}), path)
    opened = pyreadstat.read_sav

    def exhausted(*args, metadataonly=False, **options):
        if metadataonly and rows_only:
            return opened(*args, metadataonly=True, **options)
        raise MemoryError

    monkeypatch.setattr(pyreadstat, "read_sav", exhausted)
    with pytest.raises(MemoryError):
        read(path)


def with_set(path, definition: bytes):
    """The file with a multiple-response set, as SPSS writes it: a record of its dictionary, which pyreadstat cannot write."""
    data = path.read_bytes()
    end = data.index(struct.pack("<ii", 999, 0))
    path.write_bytes(data[:end] + struct.pack("<iiii", 7, 7, 1, len(definition)) + definition + data[end:])
    return path


def test_a_multiple_response_set_is_one_question_of_tick_boxes(tmp_path):
    columns = {"eat1": [1.0, 0, 0], "eat2": [0.0, 1, 0], "q1": [1.0, 2, 4]}
    values = {"eat1": {0: "No", 1: "Yes"}, "eat2": {0: "No", 1: "Yes"}, "q1": AGREE}
    path = with_set(sav(tmp_path / "w.sav", columns, ["Cake", "Tea", "I cope"], values), b"$eat=D1 1 17 Which do you eat? eat1 eat2\n")
    survey = read(path)
    assert [(column.kind, column.stem, column.text) for column in survey.columns[:2]] == [
        ("tick", "Which do you eat?", "Cake"),
        ("tick", "Which do you eat?", "Tea"),
    ]
    rows = [row for row in topline([path])[0].rows if row["option"] and row["kind"] == "multiple"]
    assert {row["option"]: (row["count"], row["n"]) for row in rows} == {"Cake": (1, 2), "Tea": (1, 2)}


def test_a_scale_that_a_codebook_states_says_nothing_of_columns_without_labels(tmp_path):
    words = ["Rare", "Normal", "Heavy"]
    columns = {"q1": [1.0, 2, 3] * 4, "q2": [3.0, 2, 1] * 4, "t1": words * 4, "t2": words[::-1] * 4}
    stated = {1: "Rare", 2: "Normal", 3: "Heavy"}
    labels = ["Load - Now", "Load - Then", "Text now", "Text then"]
    survey = read(sav(tmp_path / "w.sav", columns, labels, {"q1": stated, "q2": stated}, variable_measure={"q1": "ordinal", "q2": "ordinal"}))
    assert {battery.scale.levels for battery in batteries(survey)} == {("Rare", "Normal", "Heavy")}


def test_a_scale_that_a_codebook_states_makes_no_other_column_certain(tmp_path):
    four = {1: "Never", 2: "Sometimes", 3: "Often", 4: "Always"}
    cells = list(four.values()) * 3
    columns = {"q1": [1.0, 2, 3, 4] * 3, "q2": [4.0, 3, 2, 1] * 3, "colour": ["Red", "Blue", "Red", "Blue"] * 3, "t1": cells, "t2": cells[::-1]}
    labels = ["I rest", "I plan", "Colour", "They rest", "They plan"]
    survey = read(sav(tmp_path / "w.sav", columns, labels, {"q1": four, "q2": four}, variable_measure={"q1": "ordinal", "q2": "ordinal"}))
    doubts = {item.text: battery.doubt for battery in batteries(survey) for item in battery.items}
    assert doubts["I rest"] == ""
    assert doubts["They rest"].startswith("scale not certain: nobody chose")
