"""`--benchmark`: published results beside those of the latest wave."""

import json
import statistics

import pytest
from scipy.stats import t, ttest_ind, ttest_ind_from_stats

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
        ("Organisation,Nothing of ours %\nSector,40\n", [], "none of its figures is of a statement or question of this survey"),
        ("Organisation,strain\n" + "".join(f"O{i},{i}%\n" for i in range(1, 8)), [], "has the results of 7 organisations"),
        (BARE, ["--organisation", "Countie"], "--organisation: sector.csv has no `Countie`"),
    ],
)
def test_what_cannot_be_set_beside_is_an_error(run, rpg, published, words, options, problem):
    told, hint = run("compare", "-s", rpg / "study.toml", "--benchmark", published(words), *options).error()
    assert problem in told
    assert hint


STRAIN = "I cope better with the emotional strain of the job"
WHOLE = [("Disagree strongly", 20), ("Disagree", 40), ("Agree", 100), ("Agree strongly", 40)]


def welch(own, mean, sd, n):
    return ttest_ind_from_stats(own["mean"], own["sd"], own["n"], mean, sd, n, equal_var=False)


def test_a_published_mean_with_its_spread_is_compared_by_welch(run, rpg, published):
    path = published(f"Organisation,{STRAIN}: mean score,SD,n\nSector,2.8,0.9,400\n")
    ran = run("compare", "-s", rpg / "study.toml", "--benchmark", path, "-f", "json")
    (row,) = rows_of(ran, "benchmark_means")
    assert (row["question"], row["n"], row["n_published"], row["mean_published"]) == ("strain", 74, 400, 2.8)
    expected = welch(row, 2.8, 0.9, 400)
    assert (row["statistic"], row["p_value"]) == pytest.approx((expected.statistic, expected.pvalue))
    half = t.ppf(0.975, row["df"]) * (row["estimate"] / expected.statistic)
    assert (row["conf_low"], row["conf_high"]) == pytest.approx((row["estimate"] - half, row["estimate"] + half))
    assert row["conclusion"] == "higher"
    assert not [result for result in json.loads(ran.out)["results"] if result["name"] == "benchmarks"]


@pytest.mark.parametrize(
    "words",
    [
        "Question,Answer,Count\n" + "".join(f"{STRAIN},{answer},{n}\n" for answer, n in WHOLE),
        "Organisation,Question,Answer,%,n\n" + "".join(f"sector,{STRAIN},{answer},{n / 2:.1f}%,200\n" for answer, n in WHOLE),
        f",{STRAIN},,,,\nOrganisation,{','.join(answer for answer, _ in WHOLE)},n\nsector,{','.join(f'{n / 2:.1f}%' for _, n in WHOLE)},200\n",
    ],
)
def test_all_published_answers_make_the_mean_and_the_share_that_agrees(run, rpg, published, words):
    ran = run("compare", "-s", rpg / "study.toml", "--benchmark", published(words), "-f", "json")
    (mean,), (share,) = rows_of(ran, "benchmark_means"), rows_of(ran)
    answers = [score for score, (_, n) in enumerate(WHOLE, start=1) for _ in range(n)]
    assert (mean["mean_published"], mean["sd_published"], mean["n_published"]) == pytest.approx((statistics.mean(answers), statistics.stdev(answers), 200))
    assert mean["p_value"] == pytest.approx(welch(mean, statistics.mean(answers), statistics.stdev(answers), 200).pvalue)
    assert (share["share_published"], share["n_published"]) == pytest.approx((0.7, 200))
    assert share["p_value"] == pytest.approx(fisher_mid_p(count_reference=140, n_reference=200, count=57, n=74))
    assert (mean["organisation"], mean["note"], share["note"]) == ("sector", None, None)


def test_of_some_answers_no_mean_is_made_and_one_beyond_the_scale_is_not_compared(run, rpg, published):
    some = "Question,Answer,%\n" + "".join(f"{STRAIN},{answer},{n / 2}%\n" for answer, n in WHOLE[1:])
    assert "none of its figures" in run("compare", "-s", rpg / "study.toml", "--benchmark", published(some)).error()[0]
    (row,) = rows_of(run("compare", "-s", rpg / "study.toml", "--benchmark", published("Question,Mean\nstrain,6.3\n"), "-f", "json"), "benchmark_means")
    assert (row["estimate"], row["note"]) == (None, "the published mean lies outside our scale of 1 to 4: not compared")
    (row,) = rows_of(run("compare", "-s", rpg / "study.toml", "--benchmark", published("Question,Mean,n\nstrain,2.5,90\n"), "-f", "json"), "benchmark_means")
    assert (row["estimate"], row["p_value"], row["conclusion"]) == (pytest.approx(row["mean"] - 2.5), None, "descriptive")


def test_numbers_and_net_scores_stand_beside_published_ones(run, tmp_path, published):
    export = tmp_path / "2024.csv"
    likely = ["10"] * 20 + ["8"] * 12 + ["3"] * 8
    hours = [str(20 + at % 17) for at in range(40)]
    export.write_text("Would you recommend us?,Hours a week\n" + "".join(f"{a},{b}\n" for a, b in zip(likely, hours, strict=True)), encoding="utf-8")
    words = (
        "Question,Answer,Count,Mean,SD,n\nHours a week,,,30.5,4,100\n"
        "Would you recommend us?,Promoters,30,,,\nWould you recommend us?,Passives,40,,,\nWould you recommend us?,Detractors,30,,,\n"
    )
    rows = {row["question"]: row for row in rows_of(run("topline", export, "--benchmark", published(words), "-f", "json"), "benchmark_means")}
    numbers = [float(hour) for hour in hours]
    assert rows["hours_week"]["sd"] == pytest.approx(statistics.stdev(numbers))
    assert rows["hours_week"]["p_value"] == pytest.approx(welch(rows["hours_week"], 30.5, 4, 100).pvalue)
    net, theirs = ([1.0] * 20 + [0.0] * 12 + [-1.0] * 8), ([1.0] * 30 + [0.0] * 40 + [-1.0] * 30)
    (score,) = (row for name, row in rows.items() if name != "hours_week")
    assert (score["mean"], score["mean_published"]) == pytest.approx((0.3, 0.0))
    assert score["p_value"] == pytest.approx(ttest_ind(net, theirs, equal_var=False).pvalue)
    bare = rows_of(run("topline", export, "--benchmark", published("Organisation,Would you recommend us? NPS\nSector,-12\n"), "-f", "json"), "benchmark_means")
    assert [(row["mean_published"], row["conclusion"]) for row in bare] == [(-0.12, "descriptive")]
