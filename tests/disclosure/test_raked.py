"""Figures of people who are raked to a known make-up: of whole waves and of groups, beside those without weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import rpgstat
from rpgstat.disclosure import Plan
from rpgstat.errors import UserError
from tests.disclosure.asks import MadeQuestion
from tests.disclosure.outputs import Call, gathered
from tests.disclosure.studies import Made, MadeWave, Person, people, random_study
from tests.disclosure.worked_out import worked_out

ROLES = {"Aide": 10, "Clerk": 30, "Nurse": 20, "Warden": 40}
"""Their make-up in the population."""


def study(sizes: dict[str, int], items: int = 2, seed: int = 3) -> Made:
    """One grouping, weighted to its make-up."""
    names = tuple(f"b{n}" for n in range(items))
    wave = MadeWave("one", names, people({(role,): n for role, n in sizes.items()}, Random(seed), items, 4))
    return Made({"role": tuple(sizes)}, 4, {"B": names}, (wave,), shares={role: ROLES[role] for role in sizes})


def calls(_: Made) -> Iterator[Call]:
    """By role and of everyone, raked and not."""
    yield "response", {"by": ["role"]}
    for way in ({}, {"rake": ["role"]}):
        yield "score", way
        yield "breakdown", {"by": ["role"], **way}


def told(made: Made, folder: Path) -> list[str]:
    return worked_out(made, gathered(made.write(folder), made, of=calls))


def test_groups_seen_by_their_mean_weigh_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else how many of each agree followed from the share that agrees with weights and without."""
    made = study({"Aide": 30, "Clerk": 8, "Nurse": 7})
    assert told(made, tmp_path / "as one") == []
    monkeypatch.setattr(Plan, "weighs_apart", lambda *_: True)
    monkeypatch.setattr(Plan, "short_of", lambda *_: frozenset())
    assert "score rake=['role']: score of everyone in one on b0 tells of Clerk, Nurse" in with_labels_apart(made, tmp_path / "apart", monkeypatch)


def with_labels_apart(made: Made, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is told to an attacker who knows that every role weighs by itself."""
    monkeypatch.setattr("tests.disclosure.raked._apart", lambda *_: list(made.groupings["role"]))
    return told(made, folder)


def one_sided() -> Made:
    """All of a large group agree on the first of three statements, and two small ones are seen by their means."""
    made = study({"Aide": 30, "Clerk": 20, "Nurse": 9, "Warden": 8}, items=3)
    (wave,) = made.waves
    sure = tuple(replace(one, answers=(2 + at % 2, *one.answers[1:])) if one.key == ("Clerk",) else one for at, one in enumerate(wave.people))
    return replace(made, waves=(replace(wave, people=sure),))


def test_of_a_statement_that_a_group_which_weighs_apart_does_not_show_in_full_the_number_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = one_sided().write(tmp_path / "study")
    rows = {row["item"]: row for row in rpgstat.score(study=path, rake="role")[0].rows}
    first = rows["b0"]
    assert (first["n"], first["mean"], first["agree"], first["conf_low"], first["verdict"]) == (67, None, None, None, None)
    assert first["note"] == "withheld in some groups: not weighted"
    assert all(rows[item]["agree"] is not None for item in ("b1", "b2"))
    assert rpgstat.score(study=path)[0].rows[0]["agree"] is not None
    assert told(one_sided(), tmp_path / "number") == []
    monkeypatch.setattr(Plan, "short_of", lambda *_: frozenset())
    assert any("b0 tells of" in one for one in told(one_sided(), tmp_path / "all"))


def test_the_battery_keeps_its_statements_where_one_is_not_shown_with_weights(tmp_path: Path) -> None:
    path = one_sided().write(tmp_path)
    (plain,), (raked,) = ([row for row in rpgstat.score(study=path, **way)[0].rows if row["item"] is None] for way in ({}, {"rake": "role"}))
    assert "scored on" not in (raked["note"] or "")
    assert plain["n"] == raked["n"]


def test_changes_of_such_a_statement_are_not_tested(tmp_path: Path) -> None:
    made = one_sided()
    path = replace(made, waves=(made.waves[0], replace(made.waves[0], name="two"))).write(tmp_path)
    row = rpgstat.compare(study=path, rake="role")[0].rows[0]
    assert (row["n_reference"], row["n"], row["estimate"], row["p_value"], row["agree"]) == (67, 67, None, None, None)
    assert "withheld in some groups: not weighted" in row["note"]


def test_of_such_a_statement_no_trend_is_shown(tmp_path: Path) -> None:
    made = one_sided()
    (wave,) = made.waves
    path = replace(made, waves=(wave, replace(wave, name="two"), replace(wave, name="three"))).write(tmp_path)
    rows = {row["item"]: row for row in rpgstat.compare(study=path, trend=True, rake="role")[0].rows}
    assert (rows["b0"]["n"], list(rows["b0"]["wave_n"]), list(rows["b0"]["wave_means"])) == (201, [67] * 3, [None] * 3)
    assert (rows["b0"]["slope"], rows["b0"]["note"]) == (None, "withheld in some groups: not weighted")
    assert rows["b1"]["slope"] is not None
    free = {row["item"]: row for row in rpgstat.compare(study=path, trend=True, rake="role", suppression=False)[0].rows}
    assert free["b0"]["slope"] is not None


def test_a_score_of_statements_that_the_plan_does_not_know_is_not_weighted(tmp_path: Path) -> None:
    """What three waves have in common is another score than what any two have, and nothing protects it by group."""
    made = study({"Aide": 30, "Clerk": 20, "Nurse": 9, "Warden": 8}, items=4)
    (wave,) = made.waves
    asked = {"one": (0, 1, 2), "two": (0, 1, 3), "three": (0, 2, 3)}
    waves = [
        MadeWave(
            name,
            tuple(f"b{at}" for at in places),
            tuple(replace(one, key=(*one.key, "XY"[n % 2]), answers=tuple(one.answers[at] for at in places)) for n, one in enumerate(wave.people)),
        )
        for name, places in asked.items()
    ]
    made = replace(made, groupings={**made.groupings, "team": ("X", "Y")}, waves=tuple(waves))
    rows = rpgstat.compare(study=made.write(tmp_path), trend=True, rake="role")[0].rows
    assert [(row["slope"], "not weighted" in (row["note"] or "")) for row in rows if row["item"] is None] == [(None, True)]


def crossed() -> Made:
    """Two groupings of large groups, of which one cross is small."""
    sizes = {("Aide", "X"): 30, ("Aide", "Y"): 28, ("Clerk", "X"): 24, ("Clerk", "Y"): 3, ("Nurse", "X"): 26, ("Nurse", "Y"): 31}
    wave = MadeWave("one", ("b0", "b1"), people(sizes, Random(5), 2, 4))
    return Made({"role": tuple(ROLES)[:3], "team": ("X", "Y")}, 4, {"B": ("b0", "b1")}, (wave,))


def with_populations(path: Path, more: str = "") -> Path:
    path.write_text(
        path.read_text(encoding="utf-8") + "\n[population.role]\nAide = 50\nClerk = 30\nNurse = 20\n[population.team]\nX = 60\nY = 40\n" + more,
        encoding="utf-8",
    )
    return path


def test_two_margins_are_not_raked_by_labels_whose_crosses_are_withheld(tmp_path: Path) -> None:
    """How many of each cross there are, and what they answered, would follow from the weights and the weighted figures."""
    path = with_populations(crossed().write(tmp_path))
    alone, both = (rpgstat.score(study=path, rake=rake)[0] for rake in ("role", ["role", "team"]))
    assert "weighted as one" not in " ".join(alone.notes)
    assert (
        "Weighted by raking to the population's role and team (groups of few people, or of whom most figures are withheld, are weighted as one)."
        in " ".join(both.notes)
    )
    means = [[row["mean"] for row in one.rows] for one in (alone, both)]
    assert means[0] == pytest.approx(means[1])  # neither team can be told from the other beside roles


def test_two_margins_are_met_where_all_their_crosses_are_shown(tmp_path: Path) -> None:
    made = crossed()
    enough = [Person(("Clerk", "Y"), (at % 4, (at + 1) % 4)) for at in range(24)]
    path = with_populations(replace(made, waves=(replace(made.waves[0], people=(*made.waves[0].people, *enough)),)).write(tmp_path))
    both = rpgstat.score(study=path, rake=["role", "team"])[0]
    assert "weighted as one" not in " ".join(both.notes)
    assert both.rows[0]["mean"] != pytest.approx(rpgstat.score(study=path, rake="role")[0].rows[0]["mean"])


def test_three_margins_are_refused_where_anything_is_withheld(tmp_path: Path) -> None:
    made = crossed()
    sited = tuple(replace(one, key=(*one.key, "PQ"[at % 2])) for at, one in enumerate(made.waves[0].people))
    path = replace(made, groupings={**made.groupings, "site": ("P", "Q")}, waves=(replace(made.waves[0], people=sited),)).write(tmp_path)
    path = with_populations(path, "[population.site]\nP = 3\nQ = 4\n")
    with pytest.raises(UserError, match="role, team and site would give away small groups") as caught:
        rpgstat.score(study=path, rake=["role", "team", "site"])
    assert caught.value.hint == "rake to two of them"
    raked = {"rake": ["role", "team", "site"]}
    assert rpgstat.breakdown(study=path, by="role", suppression=False, **raked)[0].rows[0]["mean"] is not None


# --- single questions -------------------------------------------------------------------------------------------


DRINKS = MadeQuestion("drinks", "multiple", ("Tea", "Milk", "Water"))
SIZES = {"Aide": 30, "Clerk": 25, "Nurse": 8, "Warden": 7}
TICKED = {
    "Aide": {"Tea": 20, "Milk": 15, "Water": 12},
    "Clerk": {"Tea": 3, "Milk": 13, "Water": 10},
    "Nurse": {"Tea": 6, "Milk": 3, "Water": 5},
    "Warden": {"Tea": 4, "Milk": 5, "Water": 2},
}


def with_drinks() -> Made:
    """A question with several answers, of which three of a large group ticked one; two groups are small."""
    made = study(SIZES)
    (wave,), at = made.waves, dict.fromkeys(ROLES, 0)
    found = []
    for one in wave.people:
        role = str(one.key[0])
        ticks = frozenset(option for option, n in TICKED[role].items() if at[role] < n)
        found.append(replace(one, said=(ticks or frozenset({"Milk"}) if at[role] >= n_of_any(role) else ticks,)))
        at[role] += 1
    return replace(made, waves=(replace(wave, people=tuple(found)),), questions=(DRINKS,))


def n_of_any(role: str) -> int:
    """How many ticked anything."""
    return max(TICKED[role].values())


def drunk(path: Path, **way: object) -> dict[str, dict[str, object]]:
    """The rows of everyone, by option."""
    return {row["option"]: row for row in rpgstat.topline(study=path, question="drinks", **way)[0].rows if row["group"] is None}  # type: ignore[arg-type]


def worked_out_ticks(path: Path) -> float:
    """How many clerks ticked tea, by everyone's figures with weights and without, and those of aides."""
    plain, raked = (drunk(path, **way)["Tea"] for way in ({}, {"rake": "role"}))
    aides = next(row for row in rpgstat.topline(study=path, question="drinks", by="role")[0].rows if (row["group"], row["option"]) == ("Aide", "Tea"))
    aide, clerk, small = (70 * share / 100 / n for share, n in ((10, 30), (30, 25), (60, 15)))
    others = float(str(plain["count"])) - aides["count"]
    weighed = float(str(raked["share"])) * 70 - aide * aides["count"]
    return (weighed - small * others) / (clerk - small)


def test_an_option_that_few_of_a_group_ticked_is_counted_but_not_weighed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_drinks().write(tmp_path)
    by_role = {(row["group"], row["option"]): row for row in rpgstat.topline(study=path, question="drinks", by="role")[0].rows}
    assert by_role["Clerk", "Tea"]["count"] is None
    tea = drunk(path, rake="role")["Tea"]
    assert (tea["n"], tea["count"], tea["share"], tea["note"]) == (70, 33, None, "suppressed: small numbers")
    assert any(row["share"] is not None for row in drunk(path, rake="role").values())
    assert drunk(path, rake="role", suppression=False)["Tea"]["share"] is not None
    monkeypatch.setattr("rpgstat.workflow._topline._seen_of_everyone", lambda *_: (set(), set()))
    assert worked_out_ticks(path) == pytest.approx(3)


def test_a_question_of_which_a_group_that_weighs_apart_shows_the_number_only_is_counted_but_not_weighed(tmp_path: Path) -> None:
    """All of a large group gave one answer."""
    made = study(SIZES)
    (wave,) = made.waves
    said = tuple(replace(one, said=("Yes" if one.key == ("Clerk",) or at % 2 else "No",)) for at, one in enumerate(wave.people))
    path = replace(made, waves=(replace(wave, people=said),), questions=(MadeQuestion("mentor", "single", ("Yes", "No")),)).write(tmp_path)
    rows = rpgstat.topline(study=path, question="mentor", rake="role")[0].rows
    assert [(row["share"], row["note"]) for row in rows] == [(None, "withheld in some groups: not weighted")] * len(rows)
    assert {row["option"]: row["count"] for row in rows if row["option"]}["Yes"] > 25
    assert any(row["share"] is not None for row in rpgstat.topline(study=path, question="mentor", rake="role", suppression=False)[0].rows)


@pytest.mark.parametrize("seed", [80040, 80051, 80086])
def test_random_studies_with_a_known_make_up(tmp_path: Path, seed: int) -> None:
    made = random_study(Random(seed))
    assert made.shares
    outputs = gathered(made.write(tmp_path), made)
    assert any("rake" in output.options and output.rows for output in outputs)
    assert worked_out(made, outputs) == []
