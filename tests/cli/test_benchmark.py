"""`--benchmark`: published results beside those of the latest wave."""

import json

import pytest

from rpgstat.stats.fisher import fisher_mid_p
from rpgstat.stats.shares import newcombe

WITH_N = "Organisation,Q1. I cope better with the emotional strain of the job: % positive,n\nSector,62.5%,1000\n"
BARE = "Organisation,Code,strain,Everything else\nSector,S1,60%,10%\nCounty,C1,55%,[c]\n"


@pytest.fixture
def published(tmp_path):
    def made(words):
        path = tmp_path / "sector.csv"
        path.write_text(words, encoding="utf-8")
        return path

    return made


def rows_of(ran, name="benchmarks"):
    return next(result["rows"] for result in json.loads(ran.out)["results"] if result["name"] == name)


def test_with_the_number_of_people_there_is_a_test_apart_from_the_waves(run, rpg, published):
    ran = run("compare", "-s", rpg / "study.toml", "--benchmark", published(WITH_N), "-f", "json")
    (row,) = rows_of(ran)
    assert (row["question"], row["wave"], row["organisation"], row["n"], row["n_published"], row["likeness"]) == ("strain", "+3 years", "Sector", 74, 1000, 1)
    limits = newcombe(count_reference=625, n_reference=1000, count=57, n=74)
    assert row["difference"] == pytest.approx(57 / 74 - 0.625)
    assert (row["difference_low"], row["difference_high"]) == pytest.approx((limits.low, limits.high))
    assert row["p_value"] == pytest.approx(fisher_mid_p(count_reference=625, n_reference=1000, count=57, n=74))
    assert row["conclusion"] == "higher"
    alone = run("compare", "-s", rpg / "study.toml", "-f", "json")
    assert rows_of(ran, "compare") == rows_of(alone, "compare")


def test_bare_shares_are_described_and_matched_by_id(run, rpg, published):
    ran = run("compare", "-s", rpg / "study.toml", "--benchmark", published(BARE), "-f", "json")
    assert [(row["organisation"], row["p_value"], row["difference_low"], row["conclusion"]) for row in rows_of(ran)] == [
        ("Sector", None, None, "descriptive"),
        ("County", None, None, "descriptive"),
    ]
    chosen = run("compare", "-s", rpg / "study.toml", "--benchmark", published(BARE), "--organisation", "c1", "-f", "json")
    assert [row["organisation"] for row in rows_of(chosen)] == ["County"]


def test_wording_that_differs_is_told_and_columns_without_a_counterpart_are_named(run, rpg, published):
    words = "Organisation,I have somewhere to turn when any case weighs on me %,Pay and benefits %\nSector,40,30\n"
    ran = run("compare", "-s", rpg / "study.toml", "--benchmark", published(words), "--result", "benchmarks")
    assert "worded differently" in ran.text
    assert "“Pay and benefits %”" in " ".join(ran.text.split())


def test_answers_of_questions_stand_beside_published_ones(run, tmp_path, published):
    export = tmp_path / "2024.csv"
    export.write_text("Mentor?,Travel\n" + "Yes,Bus\n" * 30 + "No,Car\n" * 10, encoding="utf-8")
    file = published("Organisation,Mentor? %,n,Travel: Car,n\nSector,50.0%,200,30.0%,\n")
    ran = run("topline", export, "--benchmark", file, "-f", "json")
    mentor, car = sorted(rows_of(ran), key=lambda row: row["text"])
    assert (mentor["option"], mentor["share"], mentor["share_published"]) == ("Yes", 0.75, 0.5)
    assert mentor["p_value"] == pytest.approx(fisher_mid_p(count_reference=100, n_reference=200, count=30, n=40))
    assert (car["option"], car["conclusion"]) == ("Car", "descriptive")


@pytest.mark.parametrize(
    ("words", "options", "problem"),
    [
        ("Organisation,Nothing of ours %\nSector,40\n", [], "none of its columns is a statement or question of this survey"),
        ("Organisation,strain\n" + "".join(f"O{i},{i}%\n" for i in range(1, 8)), [], "has the results of 7 organisations"),
        (BARE, ["--organisation", "Countie"], "--organisation: sector.csv has no `Countie`"),
    ],
)
def test_what_cannot_be_set_beside_is_an_error(run, rpg, published, words, options, problem):
    told, hint = run("compare", "-s", rpg / "study.toml", "--benchmark", published(words), *options).error()
    assert problem in told
    assert hint
