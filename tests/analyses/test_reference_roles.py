"""`breakdown`, `compare` by role and at a fixed mix, and `response` on the example study equal R, column by column (tests/reference/rpg_roles.R)."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from rpgstat import disclosure, workflow
from rpgstat.analyses.across_groups import compare_standardised, interactions
from rpgstat.analyses.methods import CompareOptions
from rpgstat.glossary import RESULTS, STANDARDISED
from rpgstat.workflow.by_group import population_shares
from rpgstat.workflow.case import open_case
from rpgstat.workflow.counting import count

HERE = Path(__file__).parents[1]
RPG = HERE.parent / "fixtures" / "rpg"
STUDY = RPG / "study.toml"
R = json.loads((HERE / "reference" / "rpg_roles.json").read_text(encoding="utf-8"))
ROLES = ("Social worker", "Senior social worker", "Lead practitioner", "Team manager", "Senior manager")
SHOWN = (ROLES[0], ROLES[2], ROLES[4])
# effectsize finds the limits of g by a simplex search that stops near 1e-4 of the noncentrality.
LOOSE = {"effect_low": 1e-4, "effect_high": 1e-4}
SCALE = {"scale_low": 1.0, "midpoint": 2.5, "scale_high": 4.0}
WORDS = {"battery", "item", "text", "wave", "reference", "by", "group", "other", "note"}


def by_row(rows, *keys: str) -> dict[tuple, dict]:
    found = {tuple(row[key] or "" for key in keys): row for row in rows}
    assert len(found) == len(rows)
    return found


def check(ours: dict, theirs: dict, *columns: str) -> None:
    """Each column of a row is what R says; null where R has nothing."""
    for column in columns:
        mine, other = ours[column], theirs.get(column)
        if mine is None or other is None:
            assert mine is other, (column, ours, theirs)
        else:
            # effectsize searches the limits of an effect on the probability, to about 1e-6
            assert math.isclose(mine, other, rel_tol=LOOSE.get(column, 1e-9), abs_tol=0), (column, mine, other, ours)


def conclusion(p_adjusted: float | None, estimate: float) -> str | None:
    if p_adjusted is None:
        return None
    return "inconclusive" if p_adjusted >= 0.05 else "higher" if estimate > 0 else "lower"


# --- breakdown ------------------------------------------------------------------------------------------------------

MEANS = ("n", "mean", "n_rest", "mean_rest", "estimate")
"""What is shown of few people."""
GROUP = ("n", "mean", "sd", "conf_low", "conf_high", "agree", "agree_low", "agree_high")
AGAINST = ("n_rest", "mean_rest", "estimate", "std_error", "estimate_low", "estimate_high", "statistic", "df", "p_value", "effect")
OMNIBUS = ("groups", "n", "f_statistic", "df1", "df2", "p_value", "omega_squared", "h_statistic", "h_df", "h_p_value", "epsilon_squared")
PAIR = ("estimate", "conf_low", "conf_high", "p_adjusted")


@pytest.fixture(scope="module")
def withheld():
    return workflow.breakdown(study=STUDY, by=["role"], post_hoc=True)


@pytest.fixture(scope="module")
def complete():
    return workflow.breakdown(study=STUDY, by=["role"], post_hoc=True, suppression=False)


def test_no_column_is_left_unchecked():
    assert {*RESULTS["breakdown"]} - WORDS == {*GROUP, *AGAINST, *SCALE, "rank", "p_adjusted", "conclusion"}
    assert {*RESULTS["omnibus"]} - WORDS == {*OMNIBUS}
    assert {*RESULTS["post_hoc"]} - WORDS == {*PAIR}
    linked = {
        "n_both",
        "correlation",
        "up",
        "down",
        "unchanged",
        "agree_p",
        "design",
        "g_z",
    }  # of people in both waves, whom this study does not have: see pairs.R
    assert {*RESULTS["compare"]} - WORDS - linked == {
        *CHANGE,
        *SCALE,
        *STANDARDISED,
        "p_adjusted",
        "conclusion",
        "effect_name",
        "method",
        "bf10",
    }  # bf10 is Pingouin's
    assert {*RESULTS["interaction"]} - WORDS == {*INTERACTION}
    assert {*RESULTS["response"]} - WORDS == {*RESPONSE}
    assert {*RESULTS["population"]} - WORDS == {*MAKE_UP, *FIT}


def test_every_role_equals_r(complete):
    ours = by_row(complete[0].rows, "battery", "item", "wave", "group")
    theirs = by_row(R["breakdown"], "battery", "item", "wave", "group")
    assert ours.keys() == theirs.keys()
    for key, row in ours.items():
        check(row, {**theirs[key], **SCALE}, *GROUP, *AGAINST, *SCALE)
        check(row, {"rank": theirs[key]["rank_all"], "p_adjusted": theirs[key].get("p_holm")}, "rank", "p_adjusted")
        assert row["conclusion"] == conclusion(theirs[key].get("p_holm"), theirs[key]["estimate"])


def test_what_is_shown_beside_withheld_roles_equals_r(withheld):
    """Of roles of ten people or more all figures, of others the mean and its exact permutation test, of the rest nothing."""
    theirs = by_row(R["breakdown"], "battery", "item", "wave", "group")
    for row in withheld[0].rows:
        found = theirs[row["battery"], row["item"] or "", row["wave"], row["group"]]
        if row["group"] not in SHOWN:
            assert all(row[column] is None for column in (*GROUP, *AGAINST, "rank", "p_adjusted", "conclusion"))
            continue
        if found["few"]:
            found = {name: found.get(name) for name in (*MEANS, "rank_shown")} | {"p_value": found.get("p_exact"), "p_adjusted": found.get("p_holm_few")}
        else:
            found = found | {"p_adjusted": found["p_holm_shown"]}
        check(row, found | {"rank": found["rank_shown"]}, *GROUP, *AGAINST, "rank", "p_adjusted")
        assert ("few answered: mean only" in (row["note"] or "")) == ("sd" not in found)
        assert row["conclusion"] == conclusion(found["p_adjusted"], found["estimate"])


@pytest.mark.parametrize("adjust", ["bh", "bonferroni", "none"])
def test_other_adjustments_equal_r(adjust):
    (found, *_) = workflow.breakdown(study=STUDY, by=["role"], adjust=adjust, suppression=False)
    theirs = by_row(R["breakdown"], "battery", "item", "wave", "group")
    for key, row in by_row(found.rows, "battery", "item", "wave", "group").items():
        check(row, {"p_adjusted": theirs[key].get("p_value" if adjust == "none" else f"p_{adjust}")}, "p_adjusted")


def test_whether_roles_differ_at_all_equals_r(withheld, complete):
    theirs, ours, means = (by_row(rows, "battery", "item", "wave") for rows in (R["omnibus"], complete[1].rows, withheld[1].rows))
    assert ours.keys() == theirs.keys() == means.keys()
    for key, row in ours.items():
        check(row, theirs[key], *OMNIBUS)
        found, other = means[key], theirs[key].get("p_means")
        assert (found["p_value"] is None) == (other is None) == (row["item"] is None)
        assert {found[name] for name in OMNIBUS if name not in ("groups", "n", "p_value")} == {None}
        if other is not None:  # two permutation tests, of 9,999 and 20,000 draws: five standard errors of their difference
            assert (found["groups"], found["n"]) == (len(SHOWN) + 1, row["n"])
            assert abs(found["p_value"] - other) < 5 * math.sqrt(max(other, 1e-4) * (1 - other) * (1 / 9_999 + 1 / 20_000)) + 1e-4


def test_every_pair_of_roles_equals_r(withheld, complete):
    theirs = by_row(R["post_hoc"], "battery", "item", "wave", "group", "other")
    ours = by_row(complete[2].rows, "battery", "item", "wave", "group", "other")
    assert len(theirs) == 5 * 10
    assert withheld[2].rows == []  # one role only is shown in full
    for key, row in theirs.items():
        check(ours[key], row, *PAIR)


# --- compare --------------------------------------------------------------------------------------------------------

CHANGE = tuple(
    "n_reference n mean_reference reference_low reference_high sd_reference mean mean_low mean_high sd estimate std_error conf_low conf_high statistic df "
    "p_value effect effect_low effect_high agree_reference agree agree_change agree_change_low agree_change_high detectable".split()
)
OF_FEW = ("n_reference", "n", "mean_reference", "mean", "estimate")
OF_WAVE = {"+1 year": ("reference_low", "reference_high", "sd_reference", "agree_reference"), "+3 years": ("mean_low", "mean_high", "sd", "agree")}
"""What is shown of a wave of many people beside one of few."""
INTERACTION = ("groups", "f_statistic", "df1", "df2", "p_value")


def test_the_change_inside_each_role_equals_r():
    found, interaction = workflow.compare(study=STUDY, by=["role"])
    theirs, few = by_row(R["compare"], "battery", "item", "group"), by_row(R["breakdown"], "battery", "item", "wave", "group")
    for key, row in by_row(found.rows, "battery", "item", "group").items():
        if row["group"] in SHOWN and theirs[key]["few"]:
            assert "few answered: mean only" in row["note"]
            full = [name for wave, names in OF_WAVE.items() if not few[key[0], key[1], wave, key[2]]["few"] for name in names]
            found = {name: value for name, value in theirs[key].items() if name in (*OF_FEW, *full)}
            check(row, {**found, **SCALE}, *CHANGE, *SCALE, "p_adjusted")
            assert (row["conclusion"], row["method"]) == (None, None)
        elif row["group"] in SHOWN:
            check(row, {**theirs[key], **SCALE}, *CHANGE, *SCALE, "p_adjusted")
            assert row["conclusion"] == conclusion(theirs[key]["p_adjusted"], theirs[key]["estimate"])
            assert (row["effect_name"], row["method"]) == ("g", "welch")
        else:
            assert all(row[column] is None for column in (*CHANGE, "p_adjusted", "conclusion", "effect_name", "method"))
    assert by_row(interaction.rows, "battery", "item").keys() == by_row(R["interaction"], "battery", "item").keys()
    for row in interaction.rows:
        check(row, {"groups": len(SHOWN)}, *INTERACTION)


def test_whether_the_changes_differ_equals_r():
    """Of three roles, all in full."""
    theirs = by_row(R["interaction"], "battery", "item")
    groups, study = three_roles()
    for row in interactions(groups, study, [("+1 year", "+3 years")], {}).rows:
        check(row, {**theirs[row["battery"], row["item"] or ""], "groups": len(SHOWN)}, *INTERACTION)


@pytest.mark.parametrize("shares", ["reference", "pooled", "population"])
def test_the_change_at_a_fixed_mix_equals_r(shares, declared):
    """The change without limits, as of some roles the means only are shown; and with them, of three roles in full and the others as one."""
    (found,) = workflow.compare(study=declared, standardise="role", shares=shares)
    theirs = by_row([row for row in R["standardised"] if row["shares"] == shares], "battery", "item")
    plain = by_row(workflow.compare(study=STUDY)[0].rows, "battery", "item")
    for key, row in by_row(found.rows, "battery", "item").items():
        check(row, {"standardised": theirs[key]["standardised"]}, *STANDARDISED)
        assert {name: row[name] for name in plain[key] if name != "note"} == {name: value for name, value in plain[key].items() if name != "note"}
    groups, study = three_roles(declared)
    merged = groups.others(SHOWN)
    groups = replace(groups, parts={**groups.parts, "the others": merged})
    mix = population_shares(study, disclosure_groups(declared)) if shares == "population" else shares
    if shares == "population":
        mix = {role: share for role, share in mix.items() if role in SHOWN} | {"the others": sum(share for role, share in mix.items() if role not in SHOWN)}
    for row in compare_standardised(groups, study, [("+1 year", "+3 years")], CompareOptions(), mix).rows:
        check(row, theirs[row["battery"], row["item"] or ""], *STANDARDISED)


def disclosure_groups(study: Path = STUDY):
    """All roles of the example study, nothing withheld."""
    case = open_case((), study, None)
    role = [group for group in case.study.groups if group.name == "role"]
    _, counted = count(case, [(wave,) for wave in case.waves] + [tuple(case.waves)], role)
    return disclosure.groups(counted, case.study, None)


def three_roles(path: Path = STUDY):
    """The three roles that are shown, all of them in full, and the study."""
    groups = disclosure_groups(path)
    return replace(groups, parts={role: people for role, people in groups.parts.items() if role in SHOWN}), open_case((), path, None).study


# --- response -------------------------------------------------------------------------------------------------------

RESPONSE = tuple("invited returned usable rate change answered partial straight_liners duplicate_ids".split())
COUNTED = ("usable", "answered", "partial", "straight_liners", "duplicate_ids")
MAKE_UP = ("n", "share", "population_share", "difference")
FIT = ("chi_square", "df", "p_value")


@pytest.fixture(scope="module")
def declared(tmp_path_factory) -> Path:
    """The example study with an invented number invited of each role, and an invented population."""
    with (HERE / "reference" / "rpg_population.csv").open(encoding="utf-8", newline="") as file:
        roles = list(csv.DictReader(file))
    study = STUDY.read_text(encoding="utf-8").replace('file = "wave', f'file = "{RPG.as_posix()}/wave')
    for wave, invited in (("1", "214"), ("3", "234")):
        table = "".join(f'"{role["role"]}" = {role[f"invited_{wave}"]}\n' for role in roles)
        study = study.replace(f"invited = {invited}\n", f"invited = {invited}\n[waves.invited_by.role]\n{table}")
    population = "".join(f'"{role["role"]}" = {role["population"]}\n' for role in roles)
    path = tmp_path_factory.mktemp("declared") / "study.toml"
    path.write_text(f"{study}[population.role]\n{population}", encoding="utf-8")
    return path


def test_rates_and_how_questionnaires_were_filled_in_equal_r(declared):
    theirs = by_row(R["response"], "wave", "group")
    complete, withheld = (workflow.response(study=declared, suppression=suppression)[0].rows for suppression in (False, True))
    assert by_row(complete, "wave", "group").keys() == theirs.keys()
    for row in complete:
        check(row, theirs[row["wave"], row["group"] or ""], *RESPONSE)
        assert row["reference"] == (None if row["wave"] == "+1 year" else "+1 year")
    for row in withheld:
        found = theirs[row["wave"], row["group"] or ""] if row["group"] in (None, *SHOWN) else {"invited": row["invited"]}
        lost = [name for name in COUNTED if row[name] is None] if row["group"] in SHOWN else []
        check(row, {**found, **dict.fromkeys(lost)}, *RESPONSE)
        if row["group"] in SHOWN:
            assert {name for name in COUNTED if found[name] in (1, 2, 3, 4)} <= {*lost}  # and others, that the total would tell them from
            assert (row["note"] == "suppressed: small numbers in some counts") == bool(lost)


def test_the_make_up_and_its_fit_to_the_population_equal_r(declared):
    for suppression, fit in ((False, "all"), (True, "shown")):
        rows = by_row(workflow.response(study=declared, suppression=suppression)[1].rows, "wave", "group")
        for theirs in R["population"]:
            check(rows[theirs["wave"], ""], theirs[fit], "n", *FIT)
            for role in theirs["groups"]:
                row = rows[theirs["wave"], role["group"]]
                check(row, role if not suppression or role["group"] in SHOWN else {"population_share": role["population_share"]}, *MAKE_UP)
