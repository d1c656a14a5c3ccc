"""CSV and TSV: every value comes back, and no text runs as a formula."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from rpgstat.media.data import delimited_text
from rpgstat.result import Result, table


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_comparison_comes_back_with_full_precision(compare: Result, delimiter: str) -> None:
    content, guarded = delimited_text.render(compare, delimiter)
    back = pl.read_csv(content, separator=delimiter, schema=dict(compare.frame.schema))
    assert_frame_equal(back, compare.frame, check_exact=True)
    assert guarded == 0


def test_lists_are_json_text(score: Result) -> None:
    content, _ = delimited_text.render(score)
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert json.loads(rows[0]["levels"]) == ["No", "Rather not", "Rather", "Yes"]
    assert json.loads(rows[0]["distribution"]) == score.rows[0]["distribution"]


def test_missing_and_infinite_numbers_are_empty_and_lines_end_in_a_line_feed(compare: Result) -> None:
    rows = [{"text": "x", "mean": float("nan"), "sd": float("inf"), "n": 3}]
    content, _ = delimited_text.render(replace(compare, frame=table("compare", rows)))
    [row] = csv.DictReader(io.StringIO(content.decode()))
    assert (row["mean"], row["sd"], row["item"], row["n"]) == ("", "", "", "3")
    assert content.count(b"\n") == 2
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "words", ['=cmd|"/c calc"!A1', " =1+1", "\0@SUM(A1)", "+A1", "+1 year(A1)", "-2+3", "－1+1", "＝A1", "＠x", "\tx", "\rx", "\nx", "--5"]
)
def test_text_that_could_run_is_guarded_and_counted(compare: Result, words: str) -> None:
    content, guarded = delimited_text.render(replace(compare, frame=table("compare", [{"text": words, "note": words}])))
    [row] = csv.DictReader(io.StringIO(content.decode(), newline=""))
    assert row["text"] == f"'{words}"
    assert guarded == 2


@pytest.mark.parametrize("words", ["-5", "+1", "-1e-7", "-.5", "-", "+1 year", "+3 years after", "Agree", "a=b", "'quoted'", ""])
def test_numbers_waves_and_ordinary_text_stay_as_they_are(compare: Result, words: str) -> None:
    content, guarded = delimited_text.render(replace(compare, frame=table("compare", [{"wave": words, "n": 1}])))
    [row] = csv.DictReader(io.StringIO(content.decode()))
    assert (row["wave"], guarded) == (words, 0)


def test_negative_numbers_are_never_guarded(compare: Result) -> None:
    content, _ = delimited_text.render(replace(compare, frame=table("compare", [{"estimate": -0.1 - 0.2}])))
    assert b",-0.30000000000000004," in content
