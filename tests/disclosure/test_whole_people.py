"""Whole people who fit all that is shown: looked for near those who answered, then widely; what they cannot do is withheld."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from pathlib import Path
from random import Random
from typing import Any

import pytest

import rpgstat
from rpgstat.disclosure import _together, _whole_people
from rpgstat.disclosure._jointly import MakingJointly
from rpgstat.disclosure._together import Together
from rpgstat.disclosure._ways import Ways
from rpgstat.disclosure._whole_people import WholePeople, few
from rpgstat.errors import UserError
from tests.disclosure.asks import talking
from tests.disclosure.auditor import told_by
from tests.disclosure.studies import Made, only, random_study

Patch = pytest.MonkeyPatch


def rows(made: Made, folder: Path) -> dict[tuple[str | None, str | None], dict]:
    """Those of each role."""
    return {(row["group"], row["item"]): row for row in rpgstat.breakdown(study=made.write(folder), by=["role"])[0].rows}


def test_one_answer_throughout_is_asked_of_whole_people(tmp_path: Path, monkeypatch: Patch) -> None:
    """Of parts of people any number of a role may have given one, of whole people two or three: a stranger learnt so from the spread of scores."""
    made = only(60503, 0)
    assert rows(made, tmp_path / "whole")["R0", None]["sd"] is None
    monkeypatch.setattr(Together, "_few_whole", lambda *asked, **_: few(asked[-1]))
    assert rows(made, tmp_path / "in parts")["R0", None]["sd"] is not None


@pytest.mark.parametrize(("seed", "at"), [(60503, 0), (60182, 1)])
def test_all_people_that_were_met_fit_all_that_is_shown(seed: int, at: int, tmp_path: Path, monkeypatch: Patch) -> None:
    """It is also asked what would be possible if less were shown: who is found so is no proof of what is."""
    told, met = Together.told, []

    def checked(one: Together) -> list[_together.Told]:
        found = told(one)
        system = one.ways.system(list(one.ways.known()))
        for counts in one.people.met:
            sums = [sum(factor * counts[key] for key, factor in row.items()) for row in system.known]
            assert sums == pytest.approx(system.values, abs=1e-6)
        met.extend(one.people.met)
        return found

    monkeypatch.setattr(Together, "told", checked)
    rpgstat.response(study=only(seed, at).write(tmp_path))
    assert met


@pytest.mark.parametrize(("seed", "at"), [(60503, 0), (62470, 0), (60164, 0)])
def test_whole_people_are_looked_for_near_those_who_answered(seed: int, at: int, tmp_path: Path, monkeypatch: Patch) -> None:
    """As they did, answers off the scale and blanks too, in statements scored in reverse and by two groupings: they fit all that is shown."""
    made, met, afresh = only(seed, at), list[int](), MakingJointly._people

    def counted(making: MakingJointly, ways: Ways) -> WholePeople:
        found = afresh(making, ways)
        found._begin()
        met.extend(round(sum(counts)) for counts in found.met)
        return found

    monkeypatch.setattr(MakingJointly, "_people", counted)
    monkeypatch.setattr(Together, "told", lambda _: [])  # nobody else is looked for
    rpgstat.response(study=made.write(tmp_path), by=["team"])
    assert met
    assert set(met) == {len(made.waves[0].people)}


def test_a_value_between_two_others_is_a_third(tmp_path: Path, monkeypatch: Patch) -> None:
    """None or two of a role gave one answer throughout, as far as was found; so how many did was taken to follow from statements alone."""
    made = random_study(Random(66118))
    find = WholePeople.find

    def not_between(*asked: Any, most: float = inf, **options: Any) -> Any:
        return find(*asked, **options) if most == inf else None

    assert rows(made, tmp_path / "between")["R1", None]["sd"] is None
    monkeypatch.setattr(WholePeople, "find", not_between)
    assert rows(made, tmp_path / "beyond")["R1", None]["sd"] is not None


def test_what_is_not_found_near_is_looked_for_widely_before_it_is_taken_for_public(tmp_path: Path, monkeypatch: Patch) -> None:
    made = only(65067, 0)
    assert rows(made, tmp_path / "widely")["R2", None]["sd"] is None
    monkeypatch.setattr(_whole_people, "_PUBLIC", 0)
    assert rows(made, tmp_path / "near")["R2", None]["sd"] is not None


def test_that_an_answer_cannot_be_another_in_whole_people_is_seen_of_many_unknowns_too(tmp_path: Path, monkeypatch: Patch) -> None:
    """Of nine of a role seen by their mean four gave one answer, beside what eleven of another said, in parts of people more or fewer (640 unknowns)."""
    made = only(63294, 1)
    assert rows(made, tmp_path / "whole")["R4", "b0"]["sd"] is None
    monkeypatch.setattr(WholePeople, "impossible", lambda *_: False)
    assert rows(made, tmp_path / "in parts")["R4", "b0"]["sd"] is not None


def test_where_it_takes_too_long_to_look_for_whole_people_scores_of_groups_are_not_shown(tmp_path: Path, monkeypatch: Patch) -> None:
    made = only(60503, 0)
    monkeypatch.setattr(_whole_people, "WORK", 1)
    assert {row["n"] for (_, item), row in rows(made, tmp_path / "soon").items() if item is None} == {None}


@pytest.fixture
def crossed() -> Made:
    """Three of a role in a team, of whom in parts of people there could be five, in whole people no more than four."""
    made = talking(rng := Random(40283), random_study(rng))
    wave = made.waves[1]
    silent = tuple(replace(one, said=(), themes=None) for one in wave.people)
    return replace(made, batteries={"B": wave.items}, waves=(replace(wave, people=silent),), questions=(), themes=(), shares={})


def test_few_of_a_cross_may_be_many_in_whole_people(crossed: Made, tmp_path: Path, monkeypatch: Patch) -> None:
    assert told_by(crossed, tmp_path / "whole") == []
    monkeypatch.setattr(_together, "of_number", lambda *_: iter(()))
    assert "two: role × team R4 × T0, b0: n is below 5" in told_by(crossed, tmp_path / "in parts")


def test_crosses_beside_which_it_takes_too_long_to_look_for_whole_people_are_not_shown(crossed: Made, tmp_path: Path, monkeypatch: Patch) -> None:
    study = crossed.write(tmp_path)

    def shown(*by: str) -> set[str | None]:
        return {row["item"] for row in rpgstat.breakdown(study=study, by=by)[0].rows if row["n"] is not None}

    assert shown("role", "team") == {"b0", "b1", None}
    monkeypatch.setattr(_whole_people, "WORK", 0)
    with pytest.raises(UserError, match="is withheld"):
        shown("role", "team")
    assert shown("role") == {"b0", "b1"}  # of large crosses, too, it would be known how many have a score
