"""`rpgstat reliability`: the example study, its options, its formats, and unusual exports."""

from __future__ import annotations

import json

import docx
import fastexcel
import pytest

import rpgstat
from rpgstat.stats import _pingouin
from rpgstat.stats.reliability import Cronbach

FOUR = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
COPE = [0, 1, 2, 3, 3, 1, 0, 2, 3, 1]
LEARN = [1, 1, 2, 3, 2, 0, 0, 2, 3, 2]
LISTEN = [0, 2, 2, 3, 3, 1, 1, 1, 2, 1]


def words(levels):
    return ["" if level is None else FOUR[level] for level in levels]


@pytest.fixture
def statements(export):
    """Writes an export of some statements: `statements("one.csv", cope=[0, 1, ...])`, None where there is no answer."""
    return lambda name, **levels: export(name, {f"I {verb}": words(own) for verb, own in levels.items()})


@pytest.fixture
def study(tmp_path):
    def declared(*items, waves=("one.csv",)):
        listed = ", ".join(f'{{id = "{id}", text = "I {id}"{more}}}' for id, more in items)
        files = "".join(f'[[waves]]\nname = "{file.removesuffix(".csv")}"\nfile = "{file}"\n' for file in waves)
        path = tmp_path / "study.toml"
        path.write_text(
            f'[scales.agreement]\nlevels = {FOUR}\n{files}[[batteries]]\nname = "Skills"\nscale = "agreement"\nitems = [{listed}]\n', encoding="utf-8"
        )
        return path

    return declared


def results(ran):
    assert ran.code == 0, ran.err
    return [result["rows"] for result in ran.document["results"]]


def test_both_results_of_the_example_study(command, rpg):
    ran = command("reliability", "-f", "json", cwd=rpg)
    scales, items = results(ran)
    assert ran.document["command"] == "reliability"
    assert [result["name"] for result in ran.document["results"]] == ["scales", "items"]
    assert [(row["battery"], row["wave"], row["n"], row["items"]) for row in scales] == [
        ("Professional skills and support", "+1 year", 34, 10),
        ("Professional skills and support", "+3 years", 57, 10),
        ("Self-efficacy", "+1 year", 36, 7),
        ("Self-efficacy", "+3 years", 61, 7),
        ("Relationships", "+1 year", 39, 4),
        ("Relationships", "+3 years", 63, 4),
    ]
    assert len(items) == 42
    assert all(0 < row["item_rest"] < 1 for row in items)


def test_json_is_what_the_library_returns(command, rpg, monkeypatch):
    document = command("reliability", "-f", "json", cwd=rpg).document
    monkeypatch.chdir(rpg)
    for found, result in zip(document["results"], rpgstat.reliability(), strict=True):
        assert found["rows"] == json.loads(json.dumps(result.rows))
        assert (found["title"], found["method"], found["notes"]) == (result.title, result.method, list(result.notes))
    assert [given["rows"] for given in document["inputs"]] == [47, 75]


def test_wave_and_alpha(command, rpg):
    narrow, wide = (results(command("reliability", "--wave", "+3 years", "--alpha", alpha, "-f", "json", cwd=rpg)) for alpha in ("0.2", "0.01"))
    assert {row["wave"] for rows in narrow for row in rows} == {"+3 years"}
    assert all(a["alpha_low"] > b["alpha_low"] and a["alpha"] == b["alpha"] for a, b in zip(narrow[0], wide[0], strict=True))


def test_an_unknown_wave(command, rpg):
    problem, hint = command("reliability", "--wave", "+2 years", cwd=rpg).error()
    assert problem == "--wave: no wave `+2 years`"
    assert "+3 years" in hint


def test_result_chooses_the_items(command, rpg):
    ran = command("reliability", "--result", "items", "-f", "csv", cwd=rpg)
    assert ran.text.splitlines()[0] == "battery,item,text,wave,n,item_rest,alpha_if_dropped,missing,floor,ceiling,note"
    assert len(ran.text.splitlines()) == 43


@pytest.mark.parametrize("width", ["80", "200"])
def test_the_table_keeps_to_the_terminal(run, rpg, width):
    ran = run("reliability", cwd=rpg, env={"COLUMNS": width})
    lines = ran.text.splitlines()
    assert max(map(len, lines)) <= int(width)
    assert any("Relationships" in line and "+3 years" in line and "0.81" in line for line in lines)
    assert "\x1b" not in ran.text


def test_every_format_holds_both_tables(command, rpg, tmp_path):
    suffixes = ("csv", "tsv", "json", "ndjson", "parquet", "md", "html", "tex", "xlsx", "docx", "png", "svg", "pdf")
    command("reliability", *(part for suffix in suffixes for part in ("-o", tmp_path / f"r.{suffix}")), cwd=rpg)
    assert {f"r.{suffix}" for suffix in suffixes} | {"r.items.csv", "r.items.tsv"} <= {path.name for path in tmp_path.iterdir()}
    assert len(docx.Document(tmp_path / "r.docx").tables[0].rows) == 7
    assert {"scales", "items"} <= set(fastexcel.read_excel(tmp_path / "r.xlsx").sheet_names)
    assert "Alpha ranges from 0.81 (n = 63, Relationships, +3 years) to 0.93" in (tmp_path / "r.svg").read_text(encoding="utf-8")


def test_the_figure_of_one_battery_tells_its_alpha(command, statements, tmp_path):
    ran = command("reliability", statements("one.csv", cope=COPE, learn=LEARN), "-o", tmp_path / "one.svg")
    assert ran.code == 0, ran.err
    assert "Alpha is 0.90 (n = 10, Agreement (scale not certain), one)." in (tmp_path / "one.svg").read_text(encoding="utf-8")


def test_plot_shows_the_alphas(command, rpg):
    ran = command("reliability", "--plot", cwd=rpg)
    assert ran.code == 0
    assert "Self-efficacy" in ran.text


def test_verify_agrees_and_says_so(command, rpg):
    ran = command("reliability", "--verify", "-f", "json", cwd=rpg)
    assert ran.code == 0
    assert ran.document["results"][0]["notes"][-1] == f"102 figures re-run in Pingouin {_pingouin.version()}: all agree."


def test_verify_fails_when_the_second_opinion_differs(command, rpg, monkeypatch):
    monkeypatch.setattr(_pingouin, "cronbach_alpha", lambda **_: Cronbach(0.5, 0.1, 0.9, None))
    ran = command("reliability", "--verify", "-f", "json", cwd=rpg)
    assert ran.code == 1
    assert "failed: --verify: alpha of `Relationships` in +1 year is 0.82" in ran.err
    assert "failed: --verify: lower limit of alpha of `Relationships` in +1 year is " in ran.err
    assert "failed: --verify: alpha without the item, of `peers` in +1 year is " in ran.err
    assert "item-rest r" not in ran.err


def test_verify_of_nothing_says_so(command, statements, study):
    statements("one.csv", cope=[2] * 5, learn=[2] * 5)
    ran = command("reliability", "-s", study(("cope", ""), ("learn", "")), "--verify", "-f", "json")
    assert ran.code == 0
    assert ran.document["results"][0]["notes"][-1].startswith("There was no figure to re-run in Pingouin")


def test_verify_of_items_that_cancel_out_and_of_few_people(command, statements):
    ran = command("reliability", statements("one.csv", cope=[0, 1, 3], learn=[3, 2, 0], listen=[0, 1, 1]), "--verify", "-f", "json")
    assert ran.code == 0, ran.err
    ran = command("reliability", statements("two.csv", cope=[0, 1], learn=[3, 2], listen=[0, 2]), "--verify", "-f", "json")
    assert ran.code == 0, ran.err


def test_a_reversed_item_of_the_study_counts_reversed(command, statements, study):
    statements("one.csv", cope=COPE, learn=LEARN, listen=[3 - level for level in LISTEN])
    path = study(("cope", ""), ("learn", ""), ("listen", ", reverse = true"))
    turned = results(command("reliability", "-s", path, "--verify", "-f", "json"))
    straight = results(command("reliability", statements("two.csv", cope=COPE, learn=LEARN, listen=LISTEN), "-f", "json"))
    for column in ("n", "alpha", "alpha_low", "alpha_high", "omega", "mean_r"):
        assert turned[0][0][column] == straight[0][0][column]
    for column in ("n", "item_rest", "alpha_if_dropped", "missing", "floor", "ceiling"):
        assert [row[column] for row in turned[1]] == [row[column] for row in straight[1]]
    assert turned[1][2]["text"] == "I listen (reversed)"


def test_an_unreversed_item_is_suggested_for_reversal(command, statements):
    ran = command("reliability", statements("one.csv", cope=COPE, learn=LEARN, listen=[3 - level for level in LISTEN]))
    assert "negative item-rest r of “" in " ".join(ran.text.split())
    assert "declare `reverse = true`" in " ".join(ran.text.split())
    assert "(reversed)" not in ran.text


def test_weights_of_the_study_are_told_not_to_be_used(command, export, study):
    export("one.csv", {"I cope": words(COPE), "I learn": words(LEARN), "w": ["1", "2"] * 5})
    path = study(("cope", ""), ("learn", ""))
    plain = command("reliability", "-s", path, "-f", "json")
    path.write_text('weight = "w"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    weighted = command("reliability", "-s", path, "-f", "json")
    assert results(weighted) == results(plain)
    for before, after in zip(plain.document["results"], weighted.document["results"], strict=True):
        assert after["notes"] == [*before["notes"], "The weights of the study are not used here: everyone counts once."]


def test_three_waves_one_of_which_lacks_an_item(command, statements):
    files = [
        statements("a.csv", cope=COPE, learn=LEARN, listen=LISTEN),
        statements("b.csv", cope=COPE, learn=LEARN),
        statements("c.csv", cope=LEARN, learn=COPE, listen=LISTEN),
    ]
    scales, items = results(command("reliability", *files, "--verify", "-f", "json"))
    assert [(row["wave"], row["items"]) for row in scales] == [("a", 3), ("b", 2), ("c", 3)]
    assert scales[1]["note"].split("; ", 1)[1].startswith("made of 2 of 3 items, those answered in b")
    assert [row["note"].partition("; ")[2] for row in items if row["item"] == "listen"] == ["", "not asked in b", ""]


@pytest.mark.parametrize(
    ("levels", "note"),
    [
        ({"cope": COPE}, "alpha needs two items; no omega: fewer than three items"),
        ({"cope": [2] * 4, "learn": [2] * 4}, "all gave one answer to `cope` and `learn`; the sum of the items has no variance"),
        ({"cope": [2, None, 1], "learn": [None, 2, None]}, "nobody answered every item"),
        ({"cope": [2, None, 1], "learn": [1, 2, None]}, "one person answered every item: no variance"),
    ],
)
def test_what_cannot_be_computed_is_null_with_its_reason(command, statements, study, levels, note):
    statements("one.csv", **levels)
    ran = command("reliability", "-s", study(*((id, "") for id in levels)), "--verify", "-f", "json")
    scales, items = results(ran)
    assert (scales[0]["alpha"], scales[0]["note"]) == (None, note)
    assert all(row["item_rest"] is None and row["note"] for row in items)


def test_an_export_without_statements(command, export):
    problem, _ = command("reliability", export("names.csv", {"Town": ["York", "Leeds"], "Age": ["31", "44"]})).error()
    assert "no question is on a known answer scale" in problem


def test_a_study_inferred_from_the_first_rows_is_inferred_again_from_all(command, export, monkeypatch):
    monkeypatch.setattr("rpgstat.tally._answers.HEAD_ROWS", 4)
    cells = ["Sometimes", "Often", "Never", "Sometimes", "Always", "Rarely", "Often"]
    ran = command("reliability", export("one.csv", {"I cope": cells, "I learn": cells[::-1]}), "-f", "json")
    assert results(ran)[0][0]["n"] == 7
