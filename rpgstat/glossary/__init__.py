"""Every result column once: its label, kind, unit and meaning; and the columns of each result, in order."""

from rpgstat.glossary.columns import COLUMNS, Entry, Kind
from rpgstat.glossary.results import LABELS, OPTIONAL, RESULTS, SUPPRESSED, label
from rpgstat.glossary.verdicts import VERDICTS

__all__ = ["COLUMNS", "LABELS", "OPTIONAL", "RESULTS", "SUPPRESSED", "VERDICTS", "Entry", "Kind", "label"]
