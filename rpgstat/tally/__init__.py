"""Respondents to counts: the only package that ever sees a person, in one streaming pass over each file."""

from rpgstat.tally._answers import Answers, learn, learn_all
from rpgstat.tally._count import tally
from rpgstat.tally._links import Linked, linked
from rpgstat.tally._moments import moments
from rpgstat.tally._people import id_of
from rpgstat.tally._respondents import Respondents, respondents
from rpgstat.tally._returns import returns
from rpgstat.tally._standing import standing

__all__ = ["Answers", "Linked", "Respondents", "id_of", "learn", "learn_all", "linked", "moments", "respondents", "returns", "standing", "tally"]
