"""Every result column once: its label, kind, unit and meaning; and the columns of each result, in order."""

from rpgstat.glossary.columns import COLUMNS, Entry, Kind
from rpgstat.glossary.kinds import LEFT_OUT, cell_kind
from rpgstat.glossary.results import (
    COMMANDS,
    LABELS,
    NO_COUNTS,
    NO_REST,
    NO_SCORE,
    NONRESPONSE,
    NOT_A_GROUP,
    NOT_AFTER_ADJUSTMENT,
    NOT_INVITED,
    OPTIONAL,
    REFERENCE_PERIOD,
    RESULTS,
    SIGNED,
    STANDARDISED,
    SUPPRESSED,
    UNCERTAIN,
    label,
)
from rpgstat.glossary.verdicts import UNCLEAR, VERDICTS

__all__ = [
    "COLUMNS",
    "COMMANDS",
    "LABELS",
    "LEFT_OUT",
    "NONRESPONSE",
    "NOT_AFTER_ADJUSTMENT",
    "NOT_A_GROUP",
    "NOT_INVITED",
    "NO_COUNTS",
    "NO_REST",
    "NO_SCORE",
    "OPTIONAL",
    "REFERENCE_PERIOD",
    "RESULTS",
    "SIGNED",
    "STANDARDISED",
    "SUPPRESSED",
    "UNCERTAIN",
    "UNCLEAR",
    "VERDICTS",
    "Entry",
    "Kind",
    "cell_kind",
    "label",
]
