"""Real exports, which are not part of the project: RPGSTAT_SAMPLES names the folder that holds them."""

import os
from collections import Counter
from pathlib import Path

import pytest

from rpgstat.errors import UserError
from rpgstat.read import read

SAMPLES = os.environ.get("RPGSTAT_SAMPLES")
pytestmark = pytest.mark.skipif(not SAMPLES, reason="RPGSTAT_SAMPLES is not set")


@pytest.mark.parametrize(
    ("file", "platform", "rows", "kinds", "dropped"),
    [
        ("surveymonkey/538_flying_etiquette.csv", "flat", 150, {"id": 1, "answer": 26}, 0),
        ("surveymonkey/538_midwest_expanded.csv", "surveymonkey", 200, {"id": 1, "answer": 6, "tick": 20}, 2),
        ("surveymonkey/538_religion_2row.csv", "surveymonkey", 150, {"answer": 47}, 1),
        ("surveymonkey/538_steak_risk.csv", "surveymonkey", 550, {"id": 1, "answer": 14}, 0),
        ("surveymonkey/blackstone_excel_mangled_ids.csv", "surveymonkey", 4, {"meta": 5, "answer": 18}, 4),
        ("surveymonkey/blackstone_post.csv", "surveymonkey", 100, {"id": 1, "meta": 4, "answer": 24}, 9),
        ("surveymonkey/blackstone_pre.csv", "surveymonkey", 100, {"id": 1, "meta": 4, "answer": 24}, 4),
        ("surveymonkey/ohbm_resaved_by_pandas.csv", "surveymonkey", 120, {"tick": 26, "answer": 21}, 0),
        ("derived/surveymonkey_cp1252_crlf.csv", "surveymonkey", 120, {"tick": 26, "answer": 21}, 0),
        ("derived/surveymonkey_trailing_blanks.csv", "surveymonkey", 100, {"id": 1, "meta": 4, "answer": 24}, 9),
    ],
)
def test_a_real_export_is_understood(file, platform, rows, kinds, dropped):
    survey = read(Path(SAMPLES or "") / file)
    assert (survey.platform, survey.frame.collect().height, Counter(c.kind for c in survey.columns), len(survey.aside)) == (platform, rows, kinds, dropped)


def test_both_encodings_of_one_export_agree():
    folder = Path(SAMPLES or "")
    utf8, legacy = read(folder / "surveymonkey/ohbm_resaved_by_pandas.csv"), read(folder / "derived/surveymonkey_cp1252_crlf.csv")
    assert utf8.columns == legacy.columns
    assert utf8.frame.collect().equals(legacy.frame.collect())
    assert (utf8.encoding, legacy.encoding) == ("utf-8", "windows-1252")


def test_every_other_table_is_read_or_refused_with_what_to_do():
    for path in sorted(Path(SAMPLES or "").glob("*/*.[ctx]s*")):
        try:
            assert read(path).frame.collect().height > 0, path
        except UserError as error:
            assert path.name in error.problem, path
            assert error.hint, path
