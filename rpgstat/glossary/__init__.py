"""Every result column once: its label, kind, unit and meaning; and the columns of each result, in order."""

from rpgstat.glossary.columns import COLUMNS, Entry, Kind
from rpgstat.glossary.kinds import LEFT_OUT, cell_kind
from rpgstat.glossary.results import (
    FEW,
    FEW_REST,
    FEW_WEIGHTED,
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
    SOME_SUPPRESSED,
    STANDARDISED,
    SUPPRESSED,
    label,
)
from rpgstat.glossary.verdicts import UNCLEAR, VERDICTS

__all__ = [
    "COLUMNS",
    "FEW",
    "FEW_REST",
    "FEW_WEIGHTED",
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
    "SOME_SUPPRESSED",
    "STANDARDISED",
    "SUPPRESSED",
    "UNCLEAR",
    "VERDICTS",
    "Entry",
    "Kind",
    "cell_kind",
    "label",
]
