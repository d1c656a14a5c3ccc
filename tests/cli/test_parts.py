"""An export in parts, from the command line and a study file."""

import pytest

from tests.conftest import YEARS

STUDY = """
[data]
file = "{file}"
wave = "year"
"""
ROWS = {"2023": ["No,Rather", "Rather,Yes", "Yes,No"] * 5, "2024": ["Yes,Rather", "Rather,Yes", "Yes,No"] * 5}


@pytest.fixture
def study(tmp_path):
    """A year in each folder of a partition, each in two parts, and the same in one file."""
    for year, rows in ROWS.items():
        for part, own in enumerate((rows[:6], rows[6:])):
            folder = tmp_path / "answers" / f"year={year}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"part-{part}.csv").write_text("\n".join(["Heard,Valued", *own]) + "\n", encoding="utf-8")
    whole = ["year,Heard,Valued", *(f"{year},{row}" for year, rows in ROWS.items() for row in rows)]
    (tmp_path / "whole.csv").write_text("\n".join(whole) + "\n", encoding="utf-8")

    def written(file):
        (tmp_path / "study.toml").write_text(STUDY.format(file=file) + YEARS, encoding="utf-8")
        return tmp_path / "study.toml"

    return written


@pytest.mark.parametrize("file", ["answers", "answers/", "answers/*/*.csv"])
def test_a_partitioned_folder_gives_the_figures_of_one_file(run, study, file):
    one = run("compare", "--study", study("whole.csv"), "-f", "json").document
    parts = run("compare", "--study", study(file), "-f", "json").document
    assert parts["results"] == one["results"]
    given = parts["inputs"][0]
    assert (given["parts"], given["rows"], given["sha256_of"]) == (4, 30, "names and sizes of the parts")
    assert "parts" not in one["inputs"][0]


def test_the_digest_of_parts_is_the_same_wherever_they_lie_and_another_when_one_grows(run, study, tmp_path):
    first = run("score", tmp_path / "answers", "--study", study("whole.csv"), "-f", "json").document["inputs"][0]
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "answers").rename(tmp_path / "elsewhere" / "answers")
    moved = run("score", tmp_path / "elsewhere" / "answers", "--study", study("whole.csv"), "-f", "json").document["inputs"][0]
    assert moved == first
    with (tmp_path / "elsewhere" / "answers" / "year=2024" / "part-1.csv").open("a", encoding="utf-8") as part:
        part.write("No,No\n")
    grown = run("score", tmp_path / "elsewhere" / "answers", "--study", study("whole.csv"), "-f", "json").document["inputs"][0]
    assert (grown["sha256"] == first["sha256"], grown["rows"]) == (False, 31)


def test_no_part_is_overwritten_and_pages_say_what_the_digest_is_of(run, study, tmp_path):
    problem, _ = run("score", "--study", study("answers"), "-o", tmp_path / "answers" / "year=2023" / "part-0.csv", "--force").error()
    assert "is one of the inputs" in problem
    page = tmp_path / "report.html"
    assert run("report", "--study", study("answers"), "-o", page).code == 0
    assert "30 rows in 4 parts, SHA-256 of the names and sizes of the parts" in page.read_text(encoding="utf-8")


def test_exports_in_folders_are_waves_called_by_them(run, tmp_path, study):
    study("whole.csv").unlink()
    waves = tmp_path / "answers" / "year=2023", tmp_path / "answers" / "year=2024" / "*.csv"
    found = run("compare", *waves, "--scale", "No < Rather < Yes", "-f", "json").document
    assert {row["wave"] for row in found["results"][0]["rows"]} == {"year=2024"}
