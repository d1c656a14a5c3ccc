"""Who left what blank in a questionnaire of several batteries: it does not follow from how many answered each statement."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.disclosure.auditor import audit
from tests.disclosure.outputs import gathered
from tests.disclosure.studies import Made, random_study


def learnt(made: Made, folder: Path) -> list[str]:
    asked = [("score", {}), *((command, {"by": [name]}) for name in made.groupings for command in ("response", "breakdown"))]
    return audit(made, gathered(made.write(folder), made, of=lambda _: iter(asked))).told


def test_how_many_left_something_blank_is_asked_beside_how_many_answered_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two batteries, so no short battery is all there is: of a role at least so many and, by how many of everyone and of others did, at most as many."""
    made = random_study(Random(60063))
    made = replace(made, waves=made.waves[:1], weights={}, shares={})
    assert learnt(made, tmp_path / "beside") == []
    monkeypatch.setattr("rpgstat.disclosure._attributes._beside_statements", lambda *_: None)
    told = learnt(made, tmp_path / "alone")
    assert told
    assert all("partial" in one for one in told)
