"""`rpgstat score`: the installed command on the example study, and what stands in its rows."""

from __future__ import annotations

import io
import json

import polars as pl
import pytest

import rpgstat

PROFESSIONAL, EFFICACY, RELATIONSHIPS = "Professional skills and support", "Self-efficacy", "Relationships"


@pytest.fixture(scope="module")
def scored(run, rpg):
    """The example study scored, as JSON."""
    return run("score", "-f", "json", cwd=rpg)


def means(rows, battery, wave):
    """Item -> mean, by rank."""
    found = [row for row in rows if (row["battery"], row["wave"]) == (battery, wave) and row["item"]]
    return {row["item"]: row["mean"] for row in sorted(found, key=lambda row: row["rank"])}


def test_json_is_what_the_library_returns(scored, rpg, monkeypatch):
    monkeypatch.chdir(rpg)
    (result,) = rpgstat.score()
    assert scored.rows == json.loads(json.dumps(result.rows))
    assert (scored.code, scored.err.splitlines()[0]) == (0, "note: using study.toml in this folder")


def test_the_published_ranking(scored):
    first, third = (list(means(scored.rows, PROFESSIONAL, wave)) for wave in ("+1 year", "+3 years"))
    assert first[:4] == ["reflect", "perspectives", "impact", "identity"]
    assert third[:3] == first[:3]
    assert third[-2:] == first[-2:] == ["interventions", "relationships_skill"]


def test_the_published_sides_of_the_midpoint(scored):
    below = {
        (battery, wave): {item for item, mean in means(scored.rows, battery, wave).items() if mean < 2.5}
        for battery in (PROFESSIONAL, EFFICACY, RELATIONSHIPS)
        for wave in ("+1 year", "+3 years")
    }
    assert below[PROFESSIONAL, "+1 year"] == {"interventions", "relationships_skill"}
    assert below[EFFICACY, "+3 years"] == {"writeup"}
    assert below[RELATIONSHIPS, "+1 year"] == {"manager", "seniors", "system"}
    assert below[RELATIONSHIPS, "+3 years"] == set()


def test_counts_add_up_to_who_returned_it(scored):
    returned = {"+1 year": 47, "+3 years": 75}
    for row in scored.rows:
        others = (row["not_applicable"] or 0) + row["missing"]
        assert row["n"] + others == returned[row["wave"]]
        assert row["distribution"] is None or sum(row["distribution"]) == row["n"]


def test_the_score_of_a_wave_is_the_figure_of_a_comparison(scored, rpg):
    by_wave = {(row["battery"], row["item"], row["wave"]): row for row in scored.rows}
    for row in rpgstat.compare(study=rpg / "study.toml")[0].rows:
        before, after = (by_wave[row["battery"], row["item"], wave] for wave in (row["reference"], row["wave"]))
        assert (row["n_reference"], row["mean_reference"], row["sd_reference"]) == (before["n"], before["mean"], before["sd"])
        assert (row["reference_low"], row["reference_high"]) == (before["conf_low"], before["conf_high"])
        assert (row["n"], row["mean"], row["mean_low"], row["mean_high"], row["agree"]) == tuple(
            after[key] for key in ("n", "mean", "conf_low", "conf_high", "agree")
        )


def test_one_wave_as_csv(run, rpg):
    ran = run("score", "--wave", "+3 years", "-f", "csv", cwd=rpg)
    table = pl.read_csv(io.BytesIO(ran.out))
    assert table["wave"].unique().to_list() == ["+3 years"]
    assert len(table) == 24
    assert [json.loads(cell) if cell else None for cell in table["distribution"]] == [
        row["distribution"] for row in rpgstat.score(study=rpg / "study.toml", wave=["+3 years"])[0].rows
    ]


def test_verify_agrees_and_says_so(command, rpg):
    ran = command("score", "--verify", "-f", "json", cwd=rpg)
    assert ran.code == 0
    assert any("48 tests re-run in Pingouin" in note and "all agree" in note for note in ran.document["results"][0]["notes"])


def test_a_single_export_needs_no_study(command, export):
    path = export("wave.csv", {"I cope": ["Agree", "Disagree", "Agree strongly", ""], "I learn": ["Don't know", "Agree", "Agree", "Disagree strongly"]})
    rows = command("score", path, "-f", "json").rows
    assert [(row["text"], row["n"], row["not_applicable"], row["missing"]) for row in rows[:2]] == [("I cope", 3, 0, 1), ("I learn", 3, 1, 0)]


def test_alpha_widens_the_interval(command, rpg):
    wide, narrow = (command("score", "--alpha", alpha, "-f", "json", cwd=rpg).rows for alpha in ("0.01", "0.1"))
    assert all(w["conf_low"] < n["conf_low"] < n["mean"] < n["conf_high"] < w["conf_high"] for w, n in zip(wide, narrow, strict=True))


@pytest.mark.parametrize(("top", "text", "told"), [(10, "I would recommend us", True), (10, "I am satisfied", False), (5, "I would recommend us", False)])
def test_the_net_of_a_statement_on_recommending_is_said_to_be_no_net_promoter_score(tmp_path, top, text, told):
    (tmp_path / "study.toml").write_text(
        f'[scales.s]\nlevels = {[str(level) for level in range(top + 1)]}\n[[waves]]\nname = "one"\nfile = "one.csv"\n'
        f'[[batteries]]\nname = "B"\nscale = "s"\nitems = ["{text}", "I am heard"]\n'
    )
    rows = "".join(f"{i % (top + 1)},{i * 7 % (top + 1)}\n" for i in range(40))
    (tmp_path / "one.csv").write_text(f"{text},I am heard\n{rows}")
    (result,) = rpgstat.score(study=tmp_path / "study.toml")
    expected = f"Net of “{text}” is the share above the middle less the share below it, and no Net Promoter Score (NPS): `topline` gives that"
    assert any(note.startswith(expected) for note in result.notes) == told
