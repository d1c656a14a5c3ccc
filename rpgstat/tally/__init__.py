"""Respondents to counts: the only package that ever sees a person, in one streaming pass over each file."""

from rpgstat.tally._answers import Answers, learn, learn_all
from rpgstat.tally._count import tally
from rpgstat.tally._respondents import Respondents, respondents

__all__ = ["Answers", "Respondents", "learn", "learn_all", "respondents", "tally"]
