"""The survey platforms whose exports are known: to add one, write its module and list it here."""

from __future__ import annotations

from typing import Protocol

import polars as pl

from rpgstat.errors import UserError, did_you_mean
from rpgstat.read import flat, surveymonkey
from rpgstat.read.layout import Layout

Records = tuple[tuple[str, ...], ...]


class Platform(Protocol):
    """What a platform's module offers."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """What --platform calls it."""

    @property
    def HEADER_ROWS(self) -> int:  # noqa: N802
        """How many rows stand above the answers."""

    def score(self, records: Records) -> float:
        """How surely the first rows of a file are this platform's: 0 (no) to 1."""

    def layout(self, header: Records, sample: pl.DataFrame) -> Layout:
        """What each column is, from the header rows and the first rows of answers."""


MODULES: tuple[Platform, ...] = (surveymonkey, flat)


def detect(records: Records) -> Platform:
    """The platform whose marks the first rows bear most surely."""
    return max(MODULES, key=lambda module: module.score(records))


def named(name: str) -> Platform:
    """The platform of that name; UserError names the nearest."""
    known = {module.NAME: module for module in MODULES}
    if name not in known:
        raise UserError(f"no platform `{name}`", did_you_mean(name, known))
    return known[name]
