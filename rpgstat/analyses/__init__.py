"""Counts and a study in, results out; one module per command."""

from rpgstat.analyses.compare import MEAN_METHODS, METHODS, CompareOptions, compare, contrasts
from rpgstat.analyses.score import score

__all__ = ["MEAN_METHODS", "METHODS", "CompareOptions", "compare", "contrasts", "score"]
