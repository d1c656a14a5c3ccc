"""Every result column once: its label, kind, unit and meaning; and the columns of each result, in order."""

from rpgstat.glossary.columns import COLUMNS, Entry, Kind
from rpgstat.glossary.kinds import cell_kind
from rpgstat.glossary.results import (
    LABELS,
    NO_COUNTS,
    NOT_AFTER_ADJUSTMENT,
    OPTIONAL,
    REFERENCE_PERIOD,
    RESULTS,
    STANDARDISED,
    SUPPRESSED,
    label,
)
from rpgstat.glossary.verdicts import VERDICTS

__all__ = [
    "COLUMNS",
    "LABELS",
    "NOT_AFTER_ADJUSTMENT",
    "NO_COUNTS",
    "OPTIONAL",
    "REFERENCE_PERIOD",
    "RESULTS",
    "STANDARDISED",
    "SUPPRESSED",
    "VERDICTS",
    "Entry",
    "Kind",
    "cell_kind",
    "label",
]
