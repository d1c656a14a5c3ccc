"""A declared grouping that cannot be counted is left out of the plan, and every table by group says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import rpgstat
from tests.disclosure.asks import SAMPLE, talking
from tests.disclosure.studies import Made, ties


def with_a_broken_grouping(folder: Path, made: Made | None = None) -> Path:
    """A study that declares a second grouping, of which the export has other levels."""
    study = (made or ties()).write(folder)
    study.write_text(study.read_text("utf-8") + '\n[groups.team]\ncolumn = "I cope"\nlevels = ["East", "West"]\n', encoding="utf-8")
    return study


@pytest.mark.parametrize("command", ["breakdown", "protection", "response"])
def test_a_grouping_that_cannot_be_counted_is_left_out_with_a_warning(command: str, tmp_path: Path) -> None:
    made = {"breakdown": rpgstat.breakdown, "response": rpgstat.response, "protection": rpgstat.workflow.protection}[command]
    told = [one for one in made(study=with_a_broken_grouping(tmp_path), by=["role"])[0].warnings if "left out of the plan of protection" in one]
    assert len(told) == 1
    assert "team" in told[0]


@pytest.mark.parametrize("command", ["topline", "themes"])
def test_so_it_is_of_single_questions_and_of_themes(command: str, tmp_path: Path) -> None:
    made = talking(Random(1), ties(), questions=SAMPLE[:1])
    study = with_a_broken_grouping(tmp_path, made)
    results = {"topline": rpgstat.topline, "themes": rpgstat.themes}[command]
    told = [one for one in results(study=study, by=["role"])[0].warnings if "left out of the plan of protection" in one]
    assert len(told) == 1
    assert "team" in told[0]
    assert not any("left out of the plan" in one for one in results(study=made.write(tmp_path / "whole"), by=["role"])[0].warnings)


def test_themes_of_answers_of_which_a_group_is_not_known_say_so(tmp_path: Path) -> None:
    """The coding file has a column of roles and no ids of the survey, which alone knows teams."""
    rows = [f"x{at},one,{'Aide' if at % 2 else 'Clerk'},x" for at in range(30)]
    (tmp_path / "coded.csv").write_text("\n".join(["Number,Wave,Your role,hope", *rows]), encoding="utf-8")
    wave = ties().waves[0]
    own = tuple(replace(one, key=(*one.key, "East")) for one in wave.people)
    study = replace(ties(), groupings={**ties().groupings, "team": ("East",)}, waves=(replace(wave, people=own),)).write(tmp_path)
    coded = '\n[[themes]]\nname = "hope"\n[[coded]]\nname = "Words"\nfile = "coded.csv"\nunit = "Number"\nwave = { column = "Wave" }\n'
    study.write_text(study.read_text("utf-8") + coded, encoding="utf-8")
    warnings = rpgstat.themes(study=study, by=["role"])[0].warnings
    assert any("[groups] team is left out" in one and "`Words`" in one for one in warnings)


def test_without_one_nothing_is_said(tmp_path: Path) -> None:
    assert not any("left out of the plan" in one for one in rpgstat.breakdown(study=ties().write(tmp_path), by=["role"])[0].warnings)
