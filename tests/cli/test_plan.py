"""`rpgstat plan`: from the example study, from numbers alone, and what contradicts itself."""

from __future__ import annotations

import docx
import pytest

import rpgstat
from rpgstat.stats.power import Waves, detectable_change, power_of_one


def one(ran):
    assert ran.code == 0, ran.err
    assert [result["name"] for result in ran.document["results"]] == ["plan", "curve"]
    return ran.rows[0]


@pytest.fixture(scope="module")
def planned(run, rpg):
    """A plan for a change of 0.4 after the example study."""
    return run("plan", "--change", "0.4", "-f", "json", cwd=rpg)


def test_the_last_wave_of_the_study_is_what_the_plan_starts_from(command, rpg, planned):
    row = one(planned)
    score = {r["item"]: r for r in command("score", "--wave", "+3 years", "-f", "json", cwd=rpg).rows if r["battery"] == row["battery"] and r["item"]}
    spread = (sum(r["sd"] ** 2 for r in score.values()) / len(score)) ** 0.5
    assert row["sd"] == pytest.approx(spread, rel=1e-12)
    assert (row["items"], row["n_reference"], row["n"], row["design"], row["adjust"]) == (10, 73, 73, "independent", "holm")
    assert [r["needed_n"] for r in planned.rows] == [156, 163, 111]
    assert row["needed_rate"] == 156 / 234
    assert 0.5 < row["power"] < 0.8 < power_of_one(waves=Waves(row["sd"], 73, 73), change=0.4)


def test_one_test_from_numbers_alone_is_power_t_test(command, tmp_path):
    """R: power.t.test(n = 20, delta = .9, sd = 1, strict = TRUE) has power .7920363; for .8 it takes 21."""
    row = one(command("plan", "--change", "0.9", "--sd", "1", "--n", "20", "-f", "json", cwd=tmp_path))
    assert row["power"] == pytest.approx(0.7920362552634, rel=1e-9)
    assert (row["needed_n"], row["n_reference"], row["battery"]) == (21, 20, None)
    assert row["note"] == "answers needed in either of two waves of the same size"


def test_options_are_taken_in_place_of_the_study(command, rpg):
    given = ["--sd", "0.9", "--n-reference", "30", "--n", "80", "--items", "1", "--power", "0.9", "--alpha", "0.01", "--invited", "400"]
    row = one(command("plan", "--change", "0.5", *given, "-f", "json", cwd=rpg))
    waves = Waves(0.9, 30, 80)
    assert row["power"] == pytest.approx(power_of_one(waves=waves, change=0.5, alpha=0.01), rel=1e-12)
    assert row["detectable"] == pytest.approx(detectable_change(waves=waves, alpha=0.01, power=0.9), rel=1e-9)
    assert row["needed_n"] is None
    assert "the 30 answers before are too few, whatever comes after" in row["note"]


def test_people_in_both_waves_make_it_easier(command, rpg, planned):
    apart = one(planned)
    ran = command("plan", "--change", "0.4", "--overlap", "40", "-f", "json", cwd=rpg)
    both = one(ran)
    assert both["needed_n"] < apart["needed_n"]
    assert (both["design"], both["overlap"], both["correlation"]) == ("overlap", 40, 0.5)
    assert any("40 people, whose two answers correlate 0.50" in note for note in ran.document["results"][0]["notes"])


def test_a_small_organisation(command, tmp_path):
    given = ["--sd", "0.8", "--change", "0.2", "--n-reference", "80"]
    assert one(command("plan", *given, "-f", "json", cwd=tmp_path))["needed_n"] is None
    row = one(command("plan", *given, "--population", "120", "-f", "json", cwd=tmp_path))
    assert 80 < row["needed_n"] <= 120


def test_without_a_change_it_says_what_is_found(command, rpg):
    ran = command("plan", "-f", "json", cwd=rpg)
    row = one(ran)
    assert (row["change"], row["power"], row["needed_n"]) == (None, None, None)
    assert row["note"] == "no change asked for: what a number of answers finds"
    curve = [point for point in ran.document["results"][1]["rows"] if point["battery"] == row["battery"]]
    assert [point["detectable"] for point in curve] == sorted((point["detectable"] for point in curve), reverse=True)
    assert next(point for point in curve if point["n"] == row["n"])["detectable"] == pytest.approx(row["detectable"], rel=1e-9)


def test_the_curve_rises_to_what_is_asked_for(planned):
    points = [point for point in planned.document["results"][1]["rows"] if point["battery"] == "Relationships"]
    chances = [point["power"] for point in points]
    assert chances == sorted(chances)
    assert chances[0] < 0.8 < chances[-1]
    assert all((point["power"] >= 0.8) == (point["n"] >= 111) for point in points)


def test_the_page_says_it_in_words(run, rpg):
    ran = run("plan", "--change", "0.4", cwd=rpg, env={"COLUMNS": "300"})
    words = " ".join(ran.text.split())
    assert "To find a change of 0.40 in one statement of “Relationships” takes 111 answers in the next wave, 47 % of those invited." in words
    assert "69 answers after 69 are enough for a change of 0.44 in one statement of “Relationships”, and not for a smaller one." in words


def test_every_format(command, rpg, tmp_path):
    suffixes = ("csv", "json", "parquet", "md", "html", "tex", "xlsx", "docx", "png", "svg", "pdf")
    ran = command("plan", "--change", "0.4", *(part for suffix in suffixes for part in ("-o", tmp_path / f"p.{suffix}")), cwd=rpg)
    assert ran.code == 0, ran.err
    assert {f"p.{suffix}" for suffix in suffixes} | {"p.curve.csv"} <= {path.name for path in tmp_path.iterdir()}
    assert len(docx.Document(tmp_path / "p.docx").tables[0].rows) == 4
    assert "the chance that a change of 0.40 in one statement is found" in (tmp_path / "p.svg").read_text(encoding="utf-8")


def test_plot(command, rpg, tmp_path):
    for given in (["--change", "0.4"], []):
        ran = command("plan", *given, "--plot", cwd=rpg)
        assert ran.code == 0, ran.err
        assert "Self-efficacy" in ran.text
    assert "Answers in the next wave" in command("plan", "--sd", "1", "--n", "40", "--plot", cwd=tmp_path).text


def test_from_python(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    results = rpgstat.plan(change=0.5, sd=1.0)
    assert results["plan"].frame["needed_n"].to_list() == [64]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ([], "the spread of an answer is not known"),
        (["--sd", "1"], "nothing is asked"),
        (["--sd", "0", "--change", "1"], "--sd is 0"),
        (["--sd", "1", "--change", "-0.3"], "--change is -0.3"),
        (["--sd", "1", "--change", "nan"], "--change is nan"),
        (["--sd", "1", "--n", "1"], "--n is 1"),
        (["--sd", "1", "--change", "1", "--items", "0"], "--items is 0"),
        (["--sd", "1", "--change", "1", "--power", "0.01"], "--power is 0.01"),
        (["--sd", "1", "--change", "1", "--power", "1"], "--power is 1"),
        (["--sd", "1", "--change", "1", "--correlation", "0.5"], "--correlation is of people who answer in both waves"),
        (["--sd", "1", "--n", "30", "--overlap", "20", "--correlation", "1"], "--correlation is 1"),
        (["--sd", "1", "--n", "30", "--overlap", "31"], "--overlap is 31, and the later wave has 30 answers"),
        (["--sd", "1", "--n", "30", "--population", "20"], "--population is 20, and the later wave has 30 answers"),
        (["--sd", "1", "--n", "30", "--overlap", "5", "--population", "90"], "--overlap and --population do not go together"),
        (["--sd", "1", "--n", "30", "--adjust", "tukey"], "--adjust: `tukey` is not known"),
    ],
)
def test_what_cannot_be_planned(command, tmp_path, given, problem):
    assert problem in command("plan", *given, cwd=tmp_path).error()[0]


def test_a_battery_that_the_last_wave_did_not_ask(command, tmp_path, export):
    levels = 'levels = ["Disagree", "Agree"]'
    export("one.csv", {"I cope": ["Agree", "Disagree"] * 9, "I rest": ["Agree", "Disagree"] * 9})
    export("two.csv", {"I cope": ["Agree"] * 12 + ["Disagree"] * 6, "Other": ["x"] * 18})
    waves = "".join(f'[[waves]]\nname = "{name}"\nfile = "{name}.csv"\n' for name in ("one", "two"))
    batteries = "".join(f'[[batteries]]\nname = "{name}"\nscale = "s"\nitems = ["{item}"]\n' for name, item in (("A", "I cope"), ("B", "I rest")))
    (tmp_path / "study.toml").write_text(f"[scales.s]\n{levels}\n{waves}{batteries}", encoding="utf-8")
    rows = command("plan", "--change", "0.45", "-f", "json", cwd=tmp_path).rows
    assert rows[0]["needed_n"] > 18
    assert (rows[1]["needed_n"], rows[1]["note"]) == (None, "no spread of answers in two")


def linked(folder, both=40):
    """A study of two waves of 50 people, so many of whom answer both times and much alike."""
    levels = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
    for wave, first in (("before", 0), ("after", 50 - both)):
        rows = [f"p{i + 100},{levels[(i * 7 // 3 + (wave == 'after' and i % 5 == 0)) % 4]}" for i in range(first, first + 50)]
        (folder / f"{wave}.csv").write_text("\n".join(["Code,I know the rules", *rows]) + "\n", encoding="utf-8")
    waves = "".join(f'[[waves]]\nname = "{wave}"\nfile = "{wave}.csv"\n' for wave in ("before", "after"))
    scale = '[scales.a]\nlevels = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]\n'
    battery = '[[batteries]]\nname = "Rules"\nscale = "a"\nitems = ["I know the rules"]\n'
    (folder / "study.toml").write_text(f'id = "Code"\n{scale}{waves}{battery}', encoding="utf-8")
    return folder


def test_people_in_both_waves_are_taken_from_the_last_two(command, tmp_path):
    folder = linked(tmp_path)
    ran = command("plan", "--change", "0.4", "-f", "json", cwd=folder)
    row, compared = one(ran), command("compare", "-f", "json", cwd=folder).rows[0]
    assert (row["design"], row["overlap"], row["correlation"]) == ("overlap", 40, pytest.approx(compared["correlation"]))
    assert row["power"] == pytest.approx(power_of_one(waves=Waves(row["sd"], 50, 50, 40, compared["correlation"]), change=0.4), rel=1e-12)
    assert any(note.startswith("As many people answer both times as in before and after") for note in ran.document["results"][0]["notes"])
    apart = one(command("plan", "--change", "0.4", "--overlap", "0", "-f", "json", cwd=folder))
    assert (apart["design"], apart["overlap"]) == ("independent", None)
    assert apart["power"] < row["power"]


def test_few_people_in_both_waves_are_not_told(command, tmp_path):
    assert one(command("plan", "--change", "0.4", "-f", "json", cwd=linked(tmp_path, both=4)))["overlap"] is None
