"""`rpgstat plan`."""

from __future__ import annotations

from typing import Annotated

from rpgstat.cli.command import command
from rpgstat.cli.options import STUDY, TEST, Adjusted, Exports, Level, Output, Survey, option

_CHANGE = "The change to be found, in scale points."
_SD = "Spread of an answer, in scale points; that of the last wave unless given."
_REFERENCE = "Answers in the wave to compare against; those of the last wave unless given."
_N = "Answers expected in the next wave; as many as in the last unless given."
_ITEMS = "How many statements are tested together; those of each battery unless given."
_OVERLAP = "How many people answer in both waves."
_CORRELATION = "How two answers of one of them correlate; 0.5 unless given."
_POPULATION = "How many people there are in all, where those who answer are a large part of them."
_INVITED = "How many will be invited; as many as in the last wave unless given."


@command(Exports, Survey, Adjusted, Level, Output)
def plan(
    change: Annotated[float | None, option("--change", panel=TEST, metavar="POINTS", help=_CHANGE)] = None,
    sd: Annotated[float | None, option("--sd", panel=STUDY, metavar="POINTS", help=_SD)] = None,
    n_reference: Annotated[int | None, option("--n-reference", panel=STUDY, metavar="N", help=_REFERENCE)] = None,
    n: Annotated[int | None, option("--n", panel=STUDY, metavar="N", help=_N)] = None,
    items: Annotated[int | None, option("--items", panel=STUDY, metavar="N", help=_ITEMS)] = None,
    power: Annotated[float, option("--power", panel=TEST, metavar="CHANCE", help="The chance of finding the change that is to be reached.")] = 0.80,
    overlap: Annotated[int | None, option("--overlap", panel=STUDY, metavar="N", help=_OVERLAP)] = None,
    correlation: Annotated[float | None, option("--correlation", panel=STUDY, metavar="R", help=_CORRELATION)] = None,
    population: Annotated[int | None, option("--population", panel=STUDY, metavar="N", help=_POPULATION)] = None,
    invited: Annotated[int | None, option("--invited", panel=STUDY, metavar="N", help=_INVITED)] = None,
) -> None:
    """Plan the next wave: how many answers it takes to find a change, and what a number of answers is able to find.

    Examples:
      rpgstat plan --change 0.3
      rpgstat plan --change 0.3 --n 150 --overlap 60 --correlation 0.6
      rpgstat plan --change 0.3 --sd 0.8 --items 10 -o plan.png
      rpgstat plan wave-3.xlsx --power 0.9 -f csv
    """
