"""Respondents to counts: the only package that ever sees a person, each file coded once for any number of analyses."""

from __future__ import annotations

from rpgstat.tally._answers import Answers, learn, learn_all
from rpgstat.tally._count import tally
from rpgstat.tally._files import Files
from rpgstat.tally._moments import moments
from rpgstat.tally._patterns import patterns
from rpgstat.tally._people import id_of
from rpgstat.tally._respondents import Respondents, respondents
from rpgstat.tally._returns import returns, returns_each
from rpgstat.tally._standing import standing, standings

__all__ = [
    "Answers",
    "Files",
    "Respondents",
    "id_of",
    "learn",
    "learn_all",
    "moments",
    "patterns",
    "respondents",
    "returns",
    "returns_each",
    "standing",
    "standings",
    "tally",
]
