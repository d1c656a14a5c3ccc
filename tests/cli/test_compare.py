"""`rpgstat compare`: the installed command on the example study, and its options on small exports."""

from __future__ import annotations

import json
import shutil

import pytest

import rpgstat
from rpgstat.stats import _pingouin
from rpgstat.stats.sample import Test

FOUR = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
PROFESSIONAL, EFFICACY, RELATIONSHIPS = "Professional skills and support", "Self-efficacy", "Relationships"


def answers(*counts: int) -> list[str]:
    """As many answers of each level, lowest first."""
    return [level for level, n in zip(FOUR, counts, strict=True) for _ in range(n)]


LOW, MIDDLE, HIGH = answers(9, 8, 2, 1), answers(3, 7, 7, 3), answers(1, 2, 8, 9)


@pytest.fixture
def three(export):
    """Three waves of three statements; the first rises and falls again."""
    return [
        export("first.csv", {"I cope": LOW, "I learn": MIDDLE, "I listen": MIDDLE}),
        export("second.csv", {"I cope": HIGH, "I learn": MIDDLE, "I listen": MIDDLE}),
        export("third.csv", {"I cope": LOW, "I learn": HIGH, "I listen": MIDDLE}),
    ]


def items(rows, battery):
    return {row["item"]: row for row in rows if row["battery"] == battery and row["item"]}


# --- the published pattern ------------------------------------------------------------------------------------------


def test_every_mean_rises(shown):
    assert all(row["estimate"] > 0 and row["mean"] > row["mean_reference"] for row in shown.rows)


def test_which_means_lie_above_the_midpoint(shown):
    below = {
        (battery, wave): {item for item, row in items(shown.rows, battery).items() if row[mean] < 2.5}
        for battery in (PROFESSIONAL, EFFICACY, RELATIONSHIPS)
        for wave, mean in ((1, "mean_reference"), (3, "mean"))
    }
    assert below == {
        (PROFESSIONAL, 1): {"interventions", "relationships_skill"},
        (PROFESSIONAL, 3): {"relationships_skill"},
        (EFFICACY, 1): {"writeup"},
        (EFFICACY, 3): {"writeup"},
        (RELATIONSHIPS, 1): {"manager", "seniors", "system"},
        (RELATIONSHIPS, 3): set(),
    }


@pytest.mark.parametrize("mean", ["mean_reference", "mean"])
def test_the_most_and_the_least_agreed_statements(shown, mean):
    found = items(shown.rows, PROFESSIONAL)
    ranked = sorted(found, key=lambda item: found[item][mean], reverse=True)
    assert ranked[:3] == ["reflect", "perspectives", "impact"]
    assert ranked[-2:] == ["interventions", "relationships_skill"]


def test_two_professional_rises_and_all_four_relationships_are_significant(shown):
    significant = {battery: {item for item, row in items(shown.rows, battery).items() if row["p_value"] < 0.05} for battery in (PROFESSIONAL, EFFICACY)}
    assert significant == {PROFESSIONAL: {"complex", "strain"}, EFFICACY: set()}
    assert all(row["p_value"] < 0.05 and row["conclusion"] == "higher" for row in items(shown.rows, RELATIONSHIPS).values())


def test_json_is_what_the_library_returns(shown, rpg, monkeypatch):
    monkeypatch.chdir(rpg)
    (result,) = rpgstat.compare()
    document = shown.document
    (found,) = document["results"]
    assert found["rows"] == json.loads(json.dumps(result.rows))
    assert (found["title"], found["method"], found["notes"]) == (result.title, result.method, list(result.notes))
    assert document["options"] == json.loads(json.dumps(dict(result.options)))
    assert [given["name"] for given in document["inputs"]] == ["wave-1.csv", "wave-3.xlsx"]
    assert [given["rows"] for given in document["inputs"]] == [47, 75]


# --- waves ----------------------------------------------------------------------------------------------------------


def test_each_wave_is_compared_with_the_first_one(command, three):
    rows = command("compare", *three, "-f", "json").rows
    assert list(dict.fromkeys((row["reference"], row["wave"]) for row in rows)) == [("first", "second"), ("first", "third")]


def test_against_previous_compares_neighbours(command, three):
    rows = command("compare", *three, "--against", "previous", "-f", "json").rows
    assert list(dict.fromkeys((row["reference"], row["wave"]) for row in rows)) == [("first", "second"), ("second", "third")]
    (fell,) = [row for row in rows if row["text"] == "I cope" and row["wave"] == "third"]
    assert (fell["conclusion"], fell["estimate"] < 0) == ("lower", True)


def test_all_comparisons_are_one_family(command, three):
    two = command("compare", *three[:2], "-f", "json").rows
    family = [row for row in command("compare", *three, "-f", "json").rows if row["wave"] == "second"]
    assert [row["p_value"] for row in family] == [row["p_value"] for row in two]
    assert family[0]["p_adjusted"] == pytest.approx(6 * family[0]["p_value"])
    assert two[0]["p_adjusted"] == pytest.approx(3 * two[0]["p_value"])


def test_swapping_the_reference_turns_the_signs(command, rpg, shown):
    turned = command("compare", "--reference", "+3 years", "-f", "json", cwd=rpg).rows
    for row, back in zip(shown.rows, turned, strict=True):
        assert (back["reference"], back["wave"]) == ("+3 years", "+1 year")
        assert back["estimate"] == pytest.approx(-row["estimate"])
        assert (back["conf_low"], back["conf_high"]) == pytest.approx((-row["conf_high"], -row["conf_low"]))
        assert (back["p_value"], back["p_adjusted"]) == pytest.approx((row["p_value"], row["p_adjusted"]))


def test_wave_restricts_the_comparison(command, three):
    rows = command("compare", *three, "--wave", "third", "-f", "json").rows
    assert {(row["reference"], row["wave"]) for row in rows} == {("first", "third")}


# --- options --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["welch", "student", "exact", "mann-whitney", "brunner-munzel", "exact-rank", "chi-square"])
def test_every_method_agrees_on_what_rose(command, rpg, method):
    ran = command("compare", "--method", method, "-f", "json", cwd=rpg)
    assert ran.code == 0
    rows = [row for row in ran.rows if row["item"]]
    assert {row["method"] for row in rows} == {method}
    assert {row["item"] for row in rows if row["p_value"] < 0.05} >= {"strain", "manager", "peers", "seniors", "system"}
    assert {row["effect_name"] for row in rows} <= {"g", "delta", "V"}


@pytest.mark.parametrize(("adjust", "factor"), [("holm", 10), ("bonferroni", 10), ("bh", 10), ("none", 1)])
def test_the_smallest_p_of_a_battery_is_adjusted_most(command, rpg, adjust, factor):
    rows = items(command("compare", "--adjust", adjust, "-f", "json", cwd=rpg).rows, PROFESSIONAL)
    assert rows["strain"]["p_adjusted"] == pytest.approx(factor * rows["strain"]["p_value"])
    assert (rows["complex"]["conclusion"] == "higher") == (adjust == "none")


def test_alpha_sets_the_intervals_and_the_conclusions(command, rpg, shown):
    strict = command("compare", "--alpha", "0.001", "-f", "json", cwd=rpg).rows
    for row, wider in zip(shown.rows, strict, strict=True):
        assert wider["conf_low"] < row["conf_low"] < row["conf_high"] < wider["conf_high"]
        assert wider["p_value"] == row["p_value"]
    assert {row["conclusion"] for row in strict if row["item"]} == {"inconclusive"}


def test_a_margin_finds_what_stayed_the_same(command, export):
    many = answers(100, 200, 200, 100)
    before = export("before.csv", {"I cope": many, "I learn": many, "I listen": many})
    after = export("after.csv", {"I cope": many, "I learn": many[::-1], "I listen": answers(0, 100, 200, 300)})
    rows = command("compare", before, after, "--margin", "0.3", "-f", "json").rows
    assert {row["text"]: row["conclusion"] for row in rows if row["item"]} == {"I cope": "equivalent", "I learn": "equivalent", "I listen": "higher"}


def test_fail_on_decides_the_exit_code_and_still_writes(command, rpg, tmp_path):
    assert command("compare", "--fail-on", "lower", "-f", "json", cwd=rpg).code == 0
    changed = command("compare", "--fail-on", "changed", "-o", tmp_path / "a.json", cwd=rpg)
    assert changed.code == 1
    assert "failed: --fail-on changed: `strain` is higher in +3 years" in changed.err
    assert (tmp_path / "a.json").exists()


def test_fail_on_lower_sees_a_fall(run, rpg):
    ran = run("compare", "--reference", "+3 years", "--fail-on", "lower", "-f", "json", cwd=rpg)
    assert ran.code == 1
    failed = [line.split("`")[1] for line in ran.err.splitlines() if line.startswith("failed: ")]
    assert failed == ["strain", "manager", "peers", "seniors", "system", RELATIONSHIPS]
    assert len(ran.rows) == 24


def test_a_p_value_alone_never_changes_the_exit_code(command, rpg):
    assert command("compare", "--adjust", "none", "-f", "json", cwd=rpg).code == 0


@pytest.mark.parametrize("method", ["welch", "mann-whitney", "chi-square"])
def test_verify_agrees_and_says_so(command, rpg, method):
    ran = command("compare", "--method", method, "--verify", "-f", "json", cwd=rpg)
    assert ran.code == 0
    assert any("re-run in Pingouin" in note and "all agree" in note for note in ran.document["results"][0]["notes"])


def test_verify_fails_when_the_second_opinion_differs(command, rpg, monkeypatch):
    monkeypatch.setattr(_pingouin, "second_opinion", lambda **_: Test(statistic=1.0, df=1.0, p_value=0.5, method="pingouin.other"))
    ran = command("compare", "--verify", "-f", "json", cwd=rpg)
    assert ran.code == 1
    assert "failed: --verify: `reflect` in +3 years: p " in ran.err
    assert any("24 disagree" in note for note in ran.document["results"][0]["notes"])


def test_bayes_adds_a_column(command, rpg, shown):
    found = command("compare", "--bayes", "-f", "json", cwd=rpg).rows
    assert "bf10" not in shown.rows[0]
    factors = {item: row["bf10"] for item, row in items(found, PROFESSIONAL).items()}
    assert factors["strain"] > 10
    assert all(factor < 1 for item, factor in factors.items() if item not in ("strain", "complex"))


# --- what the waves hold --------------------------------------------------------------------------------------------


def test_an_item_missing_from_one_wave_has_a_row_that_says_so(command, export):
    before = export("before.csv", {"I cope": LOW, "I learn": MIDDLE, "I listen": MIDDLE})
    after = export("after.csv", {"I cope": HIGH, "I learn": MIDDLE})
    ran = command("compare", before, after, "-f", "json")
    lost = next(row for row in ran.rows if row["text"] == "I listen")
    assert (lost["n_reference"], lost["n"], lost["mean"], lost["p_value"], lost["conclusion"]) == (20, None, None, None, None)
    assert lost["note"].endswith("not asked in after")
    battery = next(row for row in ran.rows if row["item"] is None)
    assert "left out" in battery["note"]
    assert battery["n"] == 20


def test_a_wave_that_shares_no_statement_has_rows_that_say_so(command, export):
    before, after = (export(name, {"I cope": LOW, "I learn": MIDDLE}) for name in ("before.csv", "after.csv"))
    other = export("other.csv", {"I rest": HIGH, "I read": MIDDLE})
    ran = command("compare", before, after, other, "-f", "json")
    assert ran.code == 0
    assert "note: no statement was answered in both `before` and `other`; check that the files are the right ones\n" in ran.err
    rows = [row for row in ran.rows if row["wave"] == "other"]
    assert len(rows) == 6
    assert all(row["note"] and row["p_value"] is None for row in rows)


STUDY = """
[scales.agreement]
levels = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]

{waves}

[[batteries]]
name = "Skills"
scale = "agreement"
items = ["I cope", "I learn"]
"""


def test_one_file_with_a_wave_column_gives_the_figures_of_two(command, export, tmp_path):
    export("before.csv", {"I cope": LOW, "I learn": MIDDLE})
    export("after.csv", {"I cope": HIGH, "I learn": MIDDLE})
    export("all.csv", {"Round": ["after"] * 20 + ["Before "] * 20, "I learn": MIDDLE + MIDDLE, "I cope": HIGH + LOW})
    two, one = tmp_path / "two.toml", tmp_path / "one.toml"
    two.write_text(STUDY.format(waves='[[waves]]\nname = "before"\nfile = "before.csv"\n[[waves]]\nname = "after"\nfile = "after.csv"'))
    one.write_text(STUDY.format(waves='[data]\nfile = "all.csv"\nwave = "Round"\n[[waves]]\nname = "before"\n[[waves]]\nname = "after"'))
    together, apart = (command("compare", "-s", study, "--verify", "-f", "json") for study in (one, two))
    assert together.rows == apart.rows
    assert together.document["results"][0]["notes"] == apart.document["results"][0]["notes"]
    assert [given["rows"] for given in together.document["inputs"]] == [40]


def test_exports_beside_a_study_replace_its_files_in_order(command, rpg, shown, tmp_path):
    later, earlier = tmp_path / "later.xlsx", tmp_path / "earlier.csv"
    shutil.copy(rpg / "wave-3.xlsx", later)
    shutil.copy(rpg / "wave-1.csv", earlier)
    ran = command("compare", "-s", rpg / "study.toml", later, earlier, "-f", "json")
    for row, swapped in zip(shown.rows, ran.rows, strict=True):
        assert (swapped["reference"], swapped["wave"]) == ("+1 year", "+3 years")
        assert (swapped["n_reference"], swapped["n"]) == (row["n"], row["n_reference"])
        assert swapped["estimate"] == pytest.approx(-row["estimate"])


def test_exports_named_as_in_the_study_stand_for_their_own_waves(command, rpg, shown):
    ran = command("compare", "-s", rpg / "study.toml", rpg / "wave-3.xlsx", rpg / "wave-1.csv", "-f", "json")
    assert ran.rows == shown.rows


def test_standard_input_is_an_export(run, rpg, shown):
    content = (rpg / "wave-1.csv").read_bytes()
    ran = run("compare", "-", "wave-3.xlsx", "-s", "study.toml", "-f", "json", cwd=rpg, stdin=content)
    assert ran.rows == shown.rows
    assert [given["name"] for given in ran.document["inputs"]] == ["stdin", "wave-3.xlsx"]
    assert ran.document["inputs"][0]["sha256"] == shown.document["inputs"][0]["sha256"]


# --- by group, and at a fixed mix -----------------------------------------------------------------------------------

SUPPRESSED = "suppressed: small numbers"
HIDDEN = {"Senior social worker", "Team manager"}


@pytest.fixture(scope="module")
def by_role(run, rpg):
    return run("compare", "--by", "role", "-f", "json", cwd=rpg)


def test_the_change_inside_each_role(by_role, shown):
    rows = by_role.rows
    assert list(dict.fromkeys(row["group"] for row in rows)) == ["Social worker", "Senior social worker", "Lead practitioner", "Team manager", "Senior manager"]
    assert {row["by"] for row in rows} == {"role"}
    assert {row["group"] for row in rows if row["note"] == SUPPRESSED} == HIDDEN
    whole = {row["item"]: row for row in shown.rows if row["item"]}
    for row in rows:
        if row["item"] and row["group"] not in HIDDEN:
            assert row["n"] < whole[row["item"]]["n"]
            assert row["estimate"] == pytest.approx(row["mean"] - row["mean_reference"])


def test_a_family_runs_over_all_roles(by_role):
    rows = [row for row in by_role.rows if row["battery"] == RELATIONSHIPS and row["item"] and row["p_value"] is not None]
    assert {row["group"] for row in rows} == {"Social worker"}  # of the others the means only are shown
    assert [row["item"] for row in rows] == ["peers", "seniors", "system"]  # of the fourth the means only, for the sake of those withheld
    smallest = min(rows, key=lambda row: row["p_value"])
    assert smallest["p_adjusted"] == pytest.approx(len(rows) * smallest["p_value"])


def test_whether_the_changes_differ_is_a_second_result(by_role):
    compare, interaction = by_role.document["results"]
    assert (compare["name"], interaction["name"]) == ("compare", "interaction")
    assert {row["groups"] for row in interaction["rows"]} == {3}
    assert {row["note"] for row in interaction["rows"]} == {"without the groups that are withheld; few answered in some groups: not tested"}
    assert {row[name] for row in interaction["rows"] for name in ("f_statistic", "df1", "df2", "p_value")} == {None}
    assert interaction["title"].endswith("do the changes differ by role?")


def test_of_few_people_the_change_of_the_mean_is_shown_untested(by_role):
    few = [row for row in by_role.rows if row["group"] in ("Lead practitioner", "Senior manager")]
    assert few
    for row in few:
        assert "few answered: mean only" in row["note"]
        assert None not in (row["n_reference"], row["n"], row["mean_reference"], row["mean"], row["estimate"])
        hidden = (
            "sd",
            "mean_low",
            "sd_reference",
            "std_error",
            "conf_low",
            "p_value",
            "p_adjusted",
            "effect",
            "agree",
            "agree_change",
            "conclusion",
            "detectable",
        )
        assert {row[name] for name in hidden} == {None}


def test_whether_the_changes_differ_of_groups_in_full(command, staff_waves):
    _, interaction = command("compare", *staff_waves, "--by", "Role", "-f", "json").document["results"]
    assert all(row["p_value"] is not None for row in interaction["rows"] if row["item"])


@pytest.mark.parametrize("columns", [80, 100, 200])
def test_the_table_by_role_names_whom_it_leaves_out(run, rpg, columns):
    shown = run("compare", "--by", "role", cwd=rpg, env={"COLUMNS": str(columns)}).text
    assert max(map(len, shown.split("\n"))) <= min(columns, 140)
    assert "Social worker: +1 year → +3 years" in shown
    assert "Withheld altogether: Senior social worker and Team manager." in " ".join(shown.split())


@pytest.fixture
def staff_waves(export):
    """Two waves of two roles, thirteen people each."""
    answers = [[(role, FOUR[(i + start * (role == "A")) % 4], FOUR[(i + start) % 4]) for role in "AB" for i in range(13)] for start in range(2)]
    return [export(f"{n}.csv", dict(zip(["Role", "I cope", "I learn"], zip(*people, strict=True), strict=True))) for n, people in enumerate(answers)]


def test_a_cross_of_groups_and_verify(command, export):
    waves = []
    for name, start in (("one", 0), ("two", 1)):
        people = [(role, site, FOUR[(i + start * (role == "A")) % 4], FOUR[(i + start) % 4]) for role in "AB" for site in ("N", "S") for i in range(13)]
        waves.append(export(f"{name}.csv", dict(zip(["Role", "Site", "I cope", "I learn"], zip(*people, strict=True), strict=True))))
    ran = command("compare", *waves, "--by", "Role", "--by", "Site", "--verify", "-f", "json")
    assert ran.code == 0
    assert [row["group"] for row in ran.rows if row["item"] == "cope"] == ["A × N", "A × S", "B × N", "B × S"]
    assert any(note.startswith("12 tests re-run in Pingouin") and note.endswith("all agree.") for note in ran.document["results"][0]["notes"])


@pytest.mark.parametrize("method", ["mann-whitney", "exact", "chi-square"])
def test_other_methods_inside_each_role(command, rpg, method):
    rows = command("compare", "--by", "role", "--method", method, "-f", "json", cwd=rpg).rows
    assert {row["method"] for row in rows if row["p_value"] is not None} == {method}
    assert {row["group"] for row in rows if row["note"] == SUPPRESSED} == HIDDEN


def test_the_change_at_a_fixed_mix_stands_beside_the_plain_one(command, rpg, shown):
    ran = command("compare", "--standardise", "role", "-f", "json", cwd=rpg)
    added = ("standardised", "standardised_se", "standardised_low", "standardised_high", "standardised_p")
    few = "standardised: few answered in some groups, so no limits"
    plain = [{name: value for name, value in row.items() if name not in (*added, "note")} for row in ran.rows]
    assert plain == [{name: value for name, value in row.items() if name != "note"} for row in shown.rows]
    assert all(few in row["note"] for row in ran.rows)
    assert all(row["standardised"] is not None and row["standardised_se"] is None for row in ran.rows)  # of some roles the means only are shown
    note = "The change at fixed mix holds the make-up by role at that of the reference wave; people who did not state theirs are not in it."
    assert any(told.startswith(note) and told.endswith("Groups that are withheld count as one.") for told in ran.document["results"][0]["notes"])


def test_other_fixed_mixes(command, rpg, tmp_path):
    study = tmp_path / "study.toml"
    declared = (rpg / "study.toml").read_text(encoding="utf-8").replace('file = "wave', f'file = "{rpg.as_posix()}/wave')
    roles = ("Social worker", "Senior social worker", "Lead practitioner", "Team manager", "Senior manager")
    study.write_text(declared + "[population.role]\n" + "".join(f'"{role}" = 0.2\n' for role in roles), encoding="utf-8")
    found = {
        shares: command("compare", "--standardise", "role", "--shares", shares, "-s", study, "-f", "json").rows[0]["standardised"]
        for shares in ("reference", "pooled", "population")
    }
    assert len(set(found.values())) == 3
    assert command("compare", "--standardise", "role", "--shares", "population", cwd=rpg).error()[0] == "no population is declared for `role`"


def test_without_suppression_roles_are_shown_with_a_warning(command, rpg):
    ran = command("compare", "--by", "role", "--no-suppression", "-f", "json", cwd=rpg)
    assert min(row["n"] for row in ran.rows) == 2
    assert "do not pass this on" in ran.err
    assert all(any(note.startswith("suppression is off") for note in result["notes"]) for result in ran.document["results"])


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--by", "rol"), "--by: no group `rol`"),
        (("--standardise", "rol"), "--standardise: no group `rol`"),
        (("--by", "role", "--standardise", "role"), "--by and --standardise ask for different tables"),
        (("--standardise", "role", "--shares", "later"), "--shares: `later` is not known"),
    ],
)
def test_groups_that_cannot_be(command, rpg, options, problem):
    said, hint = command("compare", *options, cwd=rpg).error()
    assert said == problem
    assert hint


def test_a_mix_without_standardising_is_refused(command, rpg):
    problem, hint = command("compare", "--shares", "pooled", cwd=rpg).error()
    assert problem == "--shares pooled is the mix that --standardise holds fixed, and it is not asked for"
    assert hint == "add --standardise GROUP, or leave --shares out"


def test_one_file_of_two_waves_is_told_even_where_its_scale_is_not_certain(command, tmp_path):
    """Nobody chose the lowest level, so that the scale stops the command first; the wave column is named all the same."""
    answers = ["Disagree", "Somewhat disagree", "Neutral", "Somewhat agree", "Agree", "Strongly agree"]
    rows = [f"{'Before' if i % 2 else 'After'},{answers[i % 6]},{answers[(i + 2) % 6]}" for i in range(40)]
    (tmp_path / "both.csv").write_text("\n".join(["Timepoint,I am heard,I belong", *rows, ""]), encoding="utf-8")
    problem, hint = command("compare", "both.csv", cwd=tmp_path).error()
    assert "not certain which scale" in problem
    assert '[data] wave = "Timepoint"' in hint
