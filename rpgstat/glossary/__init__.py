"""Every result column once: its label, kind, unit and meaning; and the columns of each result, in order."""

from rpgstat.glossary.columns import COLUMNS
from rpgstat.glossary.conclusions import CONCLUSIONS, FOUND, SIGNS
from rpgstat.glossary.entries import Entry, Kind
from rpgstat.glossary.kinds import LEFT_OUT, OF_UNITS, cell_kind
from rpgstat.glossary.results import (
    COMMANDS,
    LINKED,
    OPTIONAL,
    RESULTS,
    SIGNED,
    STANDARDISED,
    TRY,
    label,
)
from rpgstat.glossary.verdicts import FAMILIES, verdict

__all__ = [
    "COLUMNS",
    "COMMANDS",
    "CONCLUSIONS",
    "FAMILIES",
    "FOUND",
    "LEFT_OUT",
    "LINKED",
    "OF_UNITS",
    "OPTIONAL",
    "RESULTS",
    "SIGNED",
    "SIGNS",
    "STANDARDISED",
    "TRY",
    "Entry",
    "Kind",
    "cell_kind",
    "label",
    "verdict",
]
