"""Real coded material, which is not part of the project: RPGSTAT_SAMPLES names the folder that holds it."""

import os
from pathlib import Path

import pytest

from rpgstat.read.coding import read_codebook, read_coding
from rpgstat.study.themes import Coded

SAMPLES = os.environ.get("RPGSTAT_SAMPLES")
pytestmark = pytest.mark.skipif(not SAMPLES, reason="RPGSTAT_SAMPLES is not set")
CODED = Coded("Interviews", "interviews")


def sample(name):
    return Path(SAMPLES or "") / "coded" / name


@pytest.mark.parametrize(
    ("name", "layout", "units", "codes", "codings"),
    [
        ("skyloom_TestProject.qdpx", "refi", 12, 14, 16),
        ("navarral_taguette_tags.csv", "taguette", 17, 22, 1930),
        ("navarral_taguette.sqlite3", "taguette", 17, 22, 1930),
        ("mbojan_maxqda.xls", "rows", 39, 7, 402),
        ("novel_Int01.xlsx", "matrix", 1, 18, 6),
    ],
)
def test_a_real_file_has_its_codings(name, layout, units, codes, codings):
    coding = read_coding(sample(name), CODED)
    assert (coding.layout, len(coding.units), len(coding.codes), coding.codings) == (layout, units, codes, codings)


def test_a_table_and_a_database_of_one_project_are_equal():
    found = [read_coding(sample(name), CODED) for name in ("navarral_taguette_tags.csv", "navarral_taguette.sqlite3")]
    first, second = (sorted((one.units[mark.unit].source, mark.code, mark.times) for mark in one.applied) for one in found)
    assert first == second


def test_codes_that_hold_commas_are_split_by_the_code_book():
    book = read_codebook(sample("icsa_atlas_codebook.csv"), CODED)
    coding = read_coding(sample("icsa_atlas_quotations.csv"), CODED, codebook=book)
    assert len(book) == 465
    assert {code.path for code in coding.codes} == {code.path for code in book}
    assert "1 row of 394" in coding.warnings[-1]
