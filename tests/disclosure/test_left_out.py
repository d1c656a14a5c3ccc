"""A declared grouping that cannot be counted is left out of the plan, and every table by group says so."""

from __future__ import annotations

from pathlib import Path

import pytest

import rpgstat
from tests.disclosure.studies import ties


def with_a_broken_grouping(folder: Path) -> Path:
    """A study that declares a second grouping, of which the export has other levels."""
    study = ties().write(folder)
    study.write_text(study.read_text("utf-8") + '\n[groups.team]\ncolumn = "I cope"\nlevels = ["East", "West"]\n', encoding="utf-8")
    return study


@pytest.mark.parametrize("command", ["breakdown", "protection", "response"])
def test_a_grouping_that_cannot_be_counted_is_left_out_with_a_warning(command: str, tmp_path: Path) -> None:
    made = {"breakdown": rpgstat.breakdown, "response": rpgstat.response, "protection": rpgstat.workflow.protection}[command]
    told = [one for one in made(study=with_a_broken_grouping(tmp_path), by=["role"])[0].warnings if "left out of the plan of protection" in one]
    assert len(told) == 1
    assert "team" in told[0]


def test_without_one_nothing_is_said(tmp_path: Path) -> None:
    assert not any("left out of the plan" in one for one in rpgstat.breakdown(study=ties().write(tmp_path), by=["role"])[0].warnings)
