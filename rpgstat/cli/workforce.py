"""`rpgstat workforce`."""

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli.command import command
from rpgstat.cli.options import STUDY, TEST, Level, Output, Part, option

_FILE = "A table of rates, or of counts; - is standard input. Without it, the one that the study names under \\[workforce]."
_STOCK = "What leavers are divided by: staff in post at the end (closing, the default), at the beginning, or the average."
_REFERENCE = "What each period is compared with: a period such as 2015, the first, or the previous one."
_HEADCOUNT = "Treat turnover, vacancies and agency staffing without counts as shares of so many people."
_MARGIN = "The largest change that does not matter, in points, for all measures or for one; repeatable."


@command(Part, Level, Output)
def workforce(
    exports: Annotated[Path | None, typer.Argument(metavar="FILE", help=_FILE)] = None,
    unit: Annotated[str | None, option(panel=STUDY, metavar="percent|share", help="Unit of rates without a percent sign; percent by default.")] = None,
    stock: Annotated[str | None, option(panel=STUDY, metavar="closing|opening|average", help=_STOCK)] = None,
    reference: Annotated[str | None, option(panel=TEST, metavar="first|previous|PERIOD", help=_REFERENCE)] = None,
    headcount: Annotated[int | None, option(panel=TEST, metavar="PEOPLE", help=_HEADCOUNT)] = None,
    margin: Annotated[list[str] | None, option(panel=TEST, metavar="[NAME=]POINTS", help=_MARGIN)] = None,
) -> None:
    """Turnover, vacancies, agency staffing, sickness and caseload by period.

    Examples:
      rpgstat workforce workforce.csv
      rpgstat workforce workforce.csv --headcount 300 --margin turnover=5
      rpgstat workforce workforce.csv --measure vacancies --reference previous
    """
