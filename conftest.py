"""What every test and every example in a docstring can name."""

from __future__ import annotations

from pathlib import Path

import pytest

import rpgstat


@pytest.fixture(autouse=True)
def _example_study(doctest_namespace):
    """`rpgstat` is the package and `example` the study file of the example study, as `rpgstat demo` writes it."""
    doctest_namespace["rpgstat"] = rpgstat
    doctest_namespace["example"] = Path(__file__).parent / "fixtures" / "rpg" / "study.toml"
