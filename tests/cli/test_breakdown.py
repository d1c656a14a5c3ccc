"""`rpgstat breakdown` as its users meet it: the table by group, what is withheld and why, and what it refuses."""

from __future__ import annotations

import json
import re

import pytest

import rpgstat
from rpgstat.stats import _pingouin

FOUR = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
SUPPRESSED = "suppressed: small numbers"
PROFESSIONAL, EFFICACY, RELATIONSHIPS = "Professional skills and support", "Self-efficacy", "Relationships"
HIDDEN = {"Senior social worker", "Team manager"}


@pytest.fixture(scope="module")
def by_role(run, rpg):
    """The example study by role, by the installed command, as JSON."""
    return run("breakdown", "--by", "role", "--post-hoc", "-f", "json", cwd=rpg)


@pytest.fixture
def staff(export):
    """Writes an export of people by role: `staff("one.csv", A=9, B=8)`; their answers go round the levels, each role starting one level on."""

    def written(name: str, **sizes: int):
        people = [(role, FOUR[(start + i) % 4], FOUR[(start + 2 * i) % 4]) for start, (role, n) in enumerate(sizes.items()) for i in range(n)]
        roles, first, second = zip(*people, strict=True)
        return export(name, {"Job role": ["" if role == "unknown" else role for role in roles], "I cope": first, "I learn": second})

    return written


def groups(rows, item="cope"):
    return {row["group"]: row for row in rows if row["item"] == item}


# --- the example study ----------------------------------------------------------------------------------------------


def test_senior_managers_and_lead_practitioners_agree_most_in_every_battery_at_both_waves(by_role):
    best = {}
    for row in by_role.rows:
        if row["item"] is None and row["rank"] in (1, 2):
            best.setdefault((row["battery"], row["wave"]), set()).add(row["group"])
    assert best == {
        (battery, wave): {"Senior manager", "Lead practitioner"} for battery in (PROFESSIONAL, EFFICACY, RELATIONSHIPS) for wave in ("+1 year", "+3 years")
    }


def test_team_managers_are_too_few_and_senior_social_workers_are_withheld_with_them(by_role):
    withheld = {row["group"] for row in by_role.rows if row["note"] == SUPPRESSED}
    assert withheld == HIDDEN
    for row in by_role.rows:
        assert (row["group"] in HIDDEN) == all(row[name] is None for name in ("n", "mean", "sd", "agree", "rank", "n_rest", "estimate", "p_value"))


def test_senior_managers_and_lead_practitioners_are_shown_by_mean_and_tested_by_it(by_role):
    rows = [row for row in by_role.rows if row["group"] in ("Senior manager", "Lead practitioner")]
    assert {row["n"] for row in rows} == {7, 8, 9}
    for row in rows:
        assert "few answered: mean only" in row["note"]
        assert None not in (row["mean"], row["rank"], row["n_rest"], row["mean_rest"], row["estimate"])
        hidden = ("sd", "conf_low", "conf_high", "agree", "agree_low", "agree_high", "std_error", "estimate_low", "estimate_high", "statistic", "df", "effect")
        assert {row[name] for name in hidden} == {None}
        assert (row["p_value"] is None) == (row["conclusion"] is None) == (row["item"] is None)  # battery scores are nowhere published whole


def test_where_a_mean_would_leave_too_little_open_the_social_workers_spread_goes_with_it(by_role):
    blurred = [(row["item"], row["wave"]) for row in by_role.rows if row["group"] == "Social worker" and row["sd"] is None]
    assert blurred == [("voice", "+1 year"), *((item, "+3 years") for item in ("perspectives", "impact", "setbacks", "manager"))]


def test_roles_keep_the_order_of_the_study(by_role):
    declared = ["Social worker", "Senior social worker", "Lead practitioner", "Team manager", "Senior manager"]
    assert list(groups(by_role.rows, "peers")) == declared


def test_everyone_else_is_without_the_group(by_role):
    for row in by_role.rows:
        if row["n"] is not None:
            whole = 47 if row["wave"] == "+1 year" else 75
            assert row["n"] + row["n_rest"] <= whole
            assert row["estimate"] == pytest.approx(row["mean"] - row["mean_rest"])


def test_what_is_withheld_is_in_no_other_result(by_role):
    breakdown, omnibus, post_hoc = by_role.document["results"]
    assert {row["groups"] for row in omnibus["rows"]} == {4}  # those withheld are one
    assert {row[name] for row in omnibus["rows"] for name in ("f_statistic", "h_statistic", "omega_squared", "h_p_value")} == {None}
    assert all((row["p_value"] is None) == (row["item"] is None) for row in omnibus["rows"])
    assert all("few answered in some groups" in row["note"] for row in omnibus["rows"])
    assert post_hoc["rows"] == []  # no two groups are shown in full
    for result in (breakdown, omnibus, post_hoc):
        assert any("Figures of 1 to 4 people are withheld" in note for note in result["notes"])


def test_json_is_what_the_library_returns(by_role, rpg, monkeypatch):
    monkeypatch.chdir(rpg)
    results = rpgstat.breakdown(by=["role"], post_hoc=True)
    document = by_role.document
    assert [found["rows"] for found in document["results"]] == [json.loads(json.dumps(result.rows)) for result in results]
    assert [found["name"] for found in document["results"]] == ["breakdown", "omnibus", "post_hoc"]
    assert document["options"]["by"] == "role"


# --- the table ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [80, 100, 200])
def test_every_role_stands_side_by_side(run, rpg, columns):
    shown = run("breakdown", "--by", "role", "--wave", "+3 years", cwd=rpg, env={"COLUMNS": str(columns)}).text
    lines = shown.split("\n")
    assert max(map(len, lines)) <= min(columns, 140)
    (peers,) = [line for line in lines if line.startswith("I get on better with my peers"[:22]) and "3.07" in line]
    assert re.findall(r"[\d.]+ ?[★▲▼†]*|\[c\]", peers.split("with my" if columns == 80 else "peers")[1])[:5] == ["3.07 ", "[c]", "3.44 †", "[c]", "3.75 ★†"]
    assert shown.count("[c] withheld: small numbers.") == 1
    assert "★ is the highest mean of the statement" in " ".join(shown.split())


def test_the_table_without_colours_and_in_ascii(run, rpg):
    plain = run("breakdown", "--by", "role", cwd=rpg, env={"NO_COLOR": "1", "COLUMNS": "100"})
    assert "\x1b" not in plain.text
    bare = run("breakdown", "--by", "role", cwd=rpg, env={"TERM": "dumb", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "COLUMNS": "100"})
    assert bare.out.isascii()
    assert "3.75 *+" in bare.out.decode("ascii")


def test_people_without_a_role_are_a_counted_column_in_no_test(command, staff):
    ran = command("breakdown", staff("one.csv", A=9, B=8, unknown=7), "--by", "Job role", "-f", "json")
    found = groups(ran.rows)
    assert list(found) == ["A", "B", "(not stated)"]
    unknown = found["(not stated)"]
    assert (unknown["n"], unknown["rank"], unknown["n_rest"], unknown["p_value"]) == (7, None, None, None)
    assert unknown["note"].endswith("not tested: not a group")
    assert (found["A"]["n_rest"], found["B"]["n_rest"]) == (8, 9)
    assert any("did not state their Job role have a row of their own" in note for note in ran.document["results"][0]["notes"])


def test_the_column_of_those_without_a_role_bears_no_mark(command, staff):
    shown = command("breakdown", staff("one.csv", A=9, B=8, unknown=7), "--by", "Job role").text
    assert "(not\n" in shown  # `stated)` stands on the line below
    assert "not tested: not a group" not in shown


def test_a_table_in_which_nothing_can_be_tested_says_so_once(command, staff):
    shown = command("breakdown", staff("one.csv", A=9, B=8, C=7, unknown=2), "--by", "Job role").text.split("Do the groups")[0]
    assert shown.count("No test: everyone else would tell how many did not state theirs.") == 1
    assert "[1]" not in shown


def test_undeclared_groups_stand_in_natural_order(command, export):
    teams = [f"Team {n}" for n in (10, 2, 1) for _ in range(8)]
    one = export("one.csv", {"Team": teams, "I cope": FOUR * 6, "I learn": FOUR * 6})
    assert list(groups(command("breakdown", one, "--by", "Team", "-f", "json").rows)) == ["Team 1", "Team 2", "Team 10"]


# --- options --------------------------------------------------------------------------------------------------------


def test_one_wave(command, rpg):
    every, one = (command("breakdown", "--by", "role", *more, "-f", "json", cwd=rpg).document["results"] for more in ((), ("--wave", "+3 years")))
    for all_waves, found in zip(every, one, strict=True):
        assert found["rows"] == [row for row in all_waves["rows"] if row["wave"] == "+3 years"]  # families do not reach over waves


@pytest.mark.parametrize(("adjust", "items", "batteries"), [("bonferroni", 3 * 2, 3), ("none", 1, 1)])
def test_a_family_is_the_items_and_groups_of_a_battery_in_a_wave(command, staff, adjust, items, batteries):
    rows = command("breakdown", staff("one.csv", A=19, B=18, C=17), "--by", "Job role", "--adjust", adjust, "-f", "json").rows
    for row in rows:
        assert row["p_adjusted"] == pytest.approx(min(1, (items if row["item"] else batteries) * row["p_value"]))


def test_two_groups_are_one_test_each(command, staff):
    rows = command("breakdown", staff("one.csv", A=19, B=18), "--by", "Job role", "--adjust", "bonferroni", "-f", "json").rows
    for row in rows:
        assert row["p_adjusted"] == pytest.approx(min(1, (2 if row["item"] else 1) * row["p_value"]))
    a, b = groups(rows).values()
    assert a["estimate"] == pytest.approx(-b["estimate"])
    assert {a["conclusion"], b["conclusion"]} in ({"inconclusive"}, {"higher", "lower"})


def test_alpha_sets_the_intervals_of_every_result(command, staff):
    one = staff("one.csv", A=19, B=18, C=17)
    wide, narrow = (command("breakdown", one, "--by", "Job role", "--alpha", alpha, "--post-hoc", "-f", "json").document["results"] for alpha in (0.01, 0.2))
    for name in (("estimate_low", "estimate_high"), ("conf_low", "conf_high"), ("agree_low", "agree_high")):
        low, high = name
        assert all(a[low] < b[low] and a[high] >= b[high] for a, b in zip(wide[0]["rows"], narrow[0]["rows"], strict=True))
    assert all(a["conf_low"] < b["conf_low"] for a, b in zip(wide[2]["rows"], narrow[2]["rows"], strict=True))


def test_post_hoc_adds_every_pair(command, staff):
    results = command("breakdown", staff("one.csv", A=19, B=18, C=17), "--by", "Job role", "--post-hoc", "-f", "json").document["results"]
    pairs = [(row["group"], row["other"]) for row in results[2]["rows"] if row["item"] == "cope"]
    assert pairs == [("A", "B"), ("A", "C"), ("B", "C")]


def test_a_cross_of_two_groups(command, export):
    people = [(role, site, FOUR[i % 4], FOUR[(i + 1) % 4]) for role in "AB" for site in ("North", "South") for i in range(8)]
    role, site, cope, learn = zip(*people, strict=True)
    one = export("one.csv", {"Role": role, "Site": site, "I cope": cope, "I learn": learn})
    rows = command("breakdown", one, "--by", "Role", "--by", "Site", "-f", "json").rows
    assert {row["by"] for row in rows} == {"Role × Site"}
    assert list(groups(rows)) == ["A × North", "A × South", "B × North", "B × South"]
    assert all(row["n"] == 8 and row["n_rest"] == 24 for row in rows)


def test_without_suppression_small_groups_are_shown_with_a_warning_in_every_result(command, rpg):
    ran = command("breakdown", "--by", "role", "--no-suppression", "-f", "json", cwd=rpg)
    assert min(row["n"] for row in ran.rows) == 2
    assert "do not pass this on" in ran.err
    assert any("suppression is off" in warning for warning in ran.document["warnings"])
    for result in ran.document["results"]:
        assert any(note.startswith("suppression is off: small groups are shown in full") for note in result["notes"])
    assert "[c]" not in command("breakdown", "--by", "role", "--no-suppression", cwd=rpg).text


def test_verify_re_runs_every_test_that_is_shown(command, rpg):
    ran = command("breakdown", "--by", "role", "--verify", "-f", "json", cwd=rpg)
    tests = sum(row["p_value"] is not None for row in ran.rows)
    assert ran.code == 0
    (note,) = [note for note in ran.document["results"][0]["notes"] if note.startswith(f"{tests} tests re-run in Pingouin {_pingouin.version()}")]
    assert note.endswith("all agree.")


def test_verify_fails_when_the_second_opinion_differs(command, rpg, monkeypatch):
    opinion = _pingouin.second_opinion
    monkeypatch.setattr(_pingouin, "second_opinion", lambda **given: opinion(**given | {"later": [*given["later"], 4.0]}))
    ran = command("breakdown", "--by", "role", "--verify", "-f", "json", cwd=rpg)
    assert ran.code == 1
    assert "failed: --verify:" in ran.err


def test_verify_with_a_cross_and_people_who_did_not_say(command, export):
    people = [(role, site, FOUR[(i * i + k) % 4]) for k, role in enumerate(["A", "B", ""]) for site in ("North", "South", "") for i in range(9)]
    role, site, cope = zip(*people, strict=True)
    one = export("one.csv", {"Role": role, "Site": site, "I cope": cope, "I learn": cope})
    ran = command("breakdown", one, "--by", "Role", "--by", "Site", "--verify", "--no-suppression", "-f", "json")
    assert ran.code == 0
    assert any("12 tests re-run" in note and "all agree" in note for note in ran.document["results"][0]["notes"])


# --- what is refused ------------------------------------------------------------------------------------------------


def test_no_group(command, rpg):
    assert command("breakdown", cwd=rpg).error() == ("--by is missing: which groups?", "name a group of the study: rpgstat breakdown --by role")


def test_an_unknown_group_names_the_nearest(command, rpg):
    problem, hint = command("breakdown", "--by", "rolle", cwd=rpg).error()
    assert problem == "--by: no group `rolle`"
    assert "did you mean `role`?" in hint


def test_an_unknown_header_names_the_nearest(command, staff):
    problem, hint = command("breakdown", staff("one.csv", A=9, B=8), "--by", "Job roles").error()
    assert problem == "--by: no column `Job roles`"
    assert "did you mean `Job role`?" in hint


def test_three_groups(command, rpg):
    problem, hint = command("breakdown", "--by", "role", "--by", "team", "--by", "site", cwd=rpg).error()
    assert problem == "--by names 3 groups: `role`, `team` and `site`"
    assert hint.startswith("cross two different groups at most")
    assert command("breakdown", "--by", "role", "--by", "role", cwd=rpg).error()[0] == "--by names 2 groups: `role` and `role`"


def test_free_text_is_no_group_and_none_of_it_is_shown(command, export):
    remarks = [f"My manager said {i}" for i in range(400)]
    one = export("one.csv", {"Remark": remarks, "I cope": FOUR * 100, "I learn": FOUR * 100})
    ran = command("breakdown", one, "--by", "Remark")
    problem, hint = ran.error()
    assert problem == "one.csv: column `Remark` of group `Remark` looks like free text: more than 50 different answers"
    assert "name a column with few answers" in hint
    assert "manager" not in ran.err


def test_an_id_is_no_group(command, rpg, tmp_path):
    study = tmp_path / "study.toml"
    declared = (rpg / "study.toml").read_text(encoding="utf-8")
    study.write_text(
        declared.replace('column = "What is your job role?"', 'column = "Respondent ID"').replace('file = "wave', f'file = "{rpg}/wave'), encoding="utf-8"
    )
    problem, hint = command("breakdown", "--by", "role", "-s", study).error()
    assert problem == "wave-1.csv: column `Respondent ID` of group `role` identifies people"
    assert "such as their role" in hint


def test_one_group_only(command, staff):
    problem, hint = command("breakdown", staff("one.csv", A=9, unknown=9), "--by", "Job role").error()
    assert problem == "group `Job role` has 1 value: `A`"
    assert "nothing to compare" in hint


def test_every_group_withheld(command, staff):
    problem, hint = command("breakdown", staff("one.csv", A=4, B=3), "--by", "Job role").error()
    assert problem == "every group of `Job role` is withheld: each has fewer than 5 people, or could tell about one that has"
    assert hint.startswith('join small groups under `aliases` of [groups."Job role"] in the study file; `rpgstat disclosure --result merges` says which')
    assert command("breakdown", staff("two.csv", A=4, B=3), "--by", "Job role", "--no-suppression").code == 0


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--wave", "+2 years", "no wave `+2 years`"), ("--adjust", "holms", "`holms` is not known"), ("--alpha", 0.7, "--alpha is 0.7")],
)
def test_options_that_cannot_be(command, rpg, option, value, said):
    assert said in command("breakdown", "--by", "role", option, value, cwd=rpg).error()[0]


def test_nothing_is_written_when_a_group_is_refused(command, rpg, tmp_path):
    command("breakdown", "--by", "rolle", "-o", tmp_path / "roles.csv", cwd=rpg).error()
    assert list(tmp_path.iterdir()) == []
