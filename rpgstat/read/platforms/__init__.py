"""The survey platforms whose exports are known: to add one, write its module and list it here with words that its exports have."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

import polars as pl

from rpgstat.errors import UserError, did_you_mean
from rpgstat.read.export import Export
from rpgstat.read.layout import Layout


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


_WORDS: dict[str, tuple[str, ...]] = {
    "surveymonkey": ("",),
    "qualtrics": ("importid", "recordeddate", "recorded date", "responseid", "response id", "responseset", "distributionchannel"),
    "microsoft-forms": ("start", "début", "inicio", "início", "begintijd", "inizio", "rozpocz", "dechrau"),
    "google-forms": (
        "stamp",
        "horodat",
        "marca tempor",
        "tijdst",
        "carimbo",
        "sygnatura",
        "informazioni",
        "aikaleima",
        "raz",
        "značka",
        "bélyeg",
        "damga",
        "]",
    ),
    "jisc": ("urn", "unique response number"),
    "limesurvey": ("submitdate", "lastpage", "startlanguage", "date submitted", "last page", "[", ". ", "._."),
    "redcap": ("redcap_", "___", "_complete", "complete?", "(choice=", "event name", "field name", "field_name", "unique_event_name"),
    "kobo": ("_uuid", "_submission_time", "submissiondate", "instanceid"),
    "typeform": ("(utc)",),
    "spss": (),
    "stata": (),
    "flat": ("",),
}
"""Each platform with words one of which stands in the first rows of its exports, in small letters: the module of one without is not even loaded.

Those without words are known by the kind of file.
"""

NAMES: tuple[str, ...] = tuple(_WORDS)
_AS_TABLES = frozenset({"smartsurvey", "snap", "alchemer"})  # platforms of whose exports no sample was to be had
_FIRST = 3  # rows in which the words are looked for


def detect(export: Export) -> Platform:
    """The platform whose marks the file bears most surely."""
    told = "\n".join(cell for row in export.records[:_FIRST] for cell in (*row, " ")).casefold()
    near = [name for name, words in _WORDS.items() if export.table.kind == name or any(word in told for word in words)]
    return max(map(_module, near), key=lambda module: module.score(export))


def named(name: str) -> Platform:
    """The platform of that name; UserError names the nearest."""
    if name in _AS_TABLES:
        return _module("flat")
    if name not in _WORDS:
        raise UserError(f"no platform `{name}`", did_you_mean(name, _WORDS))
    return _module(name)


def _module(name: str) -> Platform:
    return cast(Platform, import_module(f"{__name__}.{name.replace('-', '_')}"))
