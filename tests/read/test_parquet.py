import datetime as dt

import polars as pl
import pytest

from rpgstat.errors import UserError
from rpgstat.read import read


def test_every_type_becomes_the_text_that_a_person_would_type(tmp_path):
    pl.DataFrame(
        {
            "Respondent ID": [1, 2, 3],
            "score": [4.0, 2.5, float("nan")],
            "label": pl.Series(["Agree", "", None], dtype=pl.Categorical),
            "level": pl.Series(["Agree", None, None], dtype=pl.Enum(["Disagree", "Agree"])),
            "new": [True, False, None],
            "day": [dt.date(2024, 6, 1), None, None],
        }
    ).write_parquet(tmp_path / "wave.parquet")
    survey = read(tmp_path / "wave.parquet").asking(["day"])
    assert (survey.platform, [c.kind for c in survey.columns]) == ("flat", ["id", *["answer"] * 4, "personal"])
    assert survey.frame.collect().rows() == [("1", "4", "Agree", "Agree", "true", "2024-06-01"), ("2", "2.5", None, None, "false", None), ("3", *[None] * 5)]


def test_two_header_rows_survive_a_conversion_by_pandas(tmp_path):
    pl.DataFrame({"Respondent ID": [None, "1"], "Groups help me": ["reflect", "Agree"], "Unnamed: 2": ["cope", None]}).write_parquet(tmp_path / "wave.parquet")
    survey = read(tmp_path / "wave.parquet")
    assert [c.label for c in survey.columns] == ["Respondent ID", "Groups help me > reflect", "Groups help me > cope"]
    assert survey.frame.collect().rows() == [("1", "Agree", None)]


def test_a_folder_named_like_a_partition_adds_no_column(tmp_path):
    (tmp_path / "wave=1").mkdir()
    pl.DataFrame({"Q": ["Agree"]}).write_parquet(tmp_path / "wave=1" / "x [1].parquet")
    assert [c.text for c in read(tmp_path / "wave=1" / "x [1].parquet").columns] == ["Q"]


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (pl.DataFrame({"Q": [["a", "b"]]}), "column `Q` holds list values"),
        (pl.DataFrame({"Q": [b"a"]}), "column `Q` holds binary values"),
        (pl.DataFrame({"Q": []}, schema={"Q": pl.String}), "no answers below the header"),
        (pl.DataFrame(), "no columns"),
    ],
)
def test_what_cannot_be_read_as_answers_is_refused(tmp_path, frame, says):
    frame.write_parquet(tmp_path / "wave.parquet")
    with pytest.raises(UserError, match=f"^wave.parquet: {says}$"):
        read(tmp_path / "wave.parquet")


def test_a_cut_off_file_is_refused(tmp_path, export):
    pl.DataFrame({"Q": ["Agree"] * 100}).write_parquet(tmp_path / "whole.parquet")
    with pytest.raises(UserError, match=r"^wave.parquet: cannot be read: it is damaged"):
        read(export((tmp_path / "whole.parquet").read_bytes()[:-20], "wave.parquet"))
