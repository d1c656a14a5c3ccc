"""The survey platforms whose exports are known: to add one, write its module and list it here."""

from __future__ import annotations

from typing import Protocol

import polars as pl

from rpgstat.errors import UserError, did_you_mean
from rpgstat.read.export import Export
from rpgstat.read.layout import Layout
from rpgstat.read.platforms import flat, google_forms, jisc, kobo, limesurvey, microsoft_forms, qualtrics, redcap, spss, stata, surveymonkey, typeform


class Platform(Protocol):
    """What a platform's module offers."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """What --platform calls it."""

    def score(self, export: Export) -> float:
        """How surely a file is this platform's: 0 (no) to 1."""

    def header_rows(self, export: Export) -> int:
        """How many rows stand above the answers."""

    def layout(self, export: Export, sample: pl.DataFrame) -> Layout:
        """What each column is and what its cells stand for, from the header rows, the first rows of answers, and a codebook where there is one."""


MODULES: tuple[Platform, ...] = (surveymonkey, qualtrics, microsoft_forms, google_forms, jisc, limesurvey, redcap, kobo, typeform, spss, stata, flat)


def detect(export: Export) -> Platform:
    """The platform whose marks the file bears most surely."""
    return max(MODULES, key=lambda module: module.score(export))


def named(name: str) -> Platform:
    """The platform of that name; UserError names the nearest."""
    known = {module.NAME: module for module in MODULES}
    if name not in known:
        raise UserError(f"no platform `{name}`", did_you_mean(name, known))
    return known[name]
