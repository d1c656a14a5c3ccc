"""`rpgstat workforce`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli.command import command
from rpgstat.cli.options import STUDY, TEST, Level, Output, StudyPath, option

_FILE = "A table of rates, or of counts; - is standard input. Without it, the one that the study names under \\[workforce]."
_UNIT = "Unit of rates without a percent sign; percent by default."
_AREA = "Only this authority, region or country, by name or code; repeatable; all for every one."
_MEASURE = "Only this measure, or the one whose name holds this; repeatable."
_WHERE = 'Only rows whose column has this value: "category=Total"; repeatable.'
_REFERENCE = "What each period is compared with: a period such as 2015, the first, or the previous one."
_HEADCOUNT = "Treat turnover, vacancies and agency staffing without counts as shares of so many people."
_MARGIN = "The largest change that does not matter, in points, for all measures or for one; repeatable."
_STOCK = "What leavers are divided by: staff in post at the end (closing, the default), at the beginning, or the average."


class _File:
    exports: Annotated[Path | None, typer.Argument(metavar="FILE", help=_FILE)] = None


@command(_File, Level, Output)
def workforce(
    study: StudyPath = None,
    measure: Annotated[list[str] | None, option("--measure", panel=STUDY, metavar="NAME", help=_MEASURE)] = None,
    area: Annotated[list[str] | None, option("--area", panel=STUDY, metavar="NAME", help=_AREA)] = None,
    where: Annotated[list[str] | None, option("--where", panel=STUDY, metavar="COLUMN=VALUE", help=_WHERE)] = None,
    unit: Annotated[str | None, option("--unit", panel=STUDY, metavar="percent|share", help=_UNIT)] = None,
    stock: Annotated[str | None, option("--stock", panel=STUDY, metavar="closing|opening|average", help=_STOCK)] = None,
    reference: Annotated[str | None, option("--reference", panel=TEST, metavar="first|previous|PERIOD", help=_REFERENCE)] = None,
    headcount: Annotated[int | None, option("--headcount", panel=TEST, metavar="PEOPLE", help=_HEADCOUNT)] = None,
    margin: Annotated[list[str] | None, option("--margin", panel=TEST, metavar="[NAME=]POINTS", help=_MARGIN)] = None,
) -> None:
    """Turnover, vacancies, agency staffing, sickness and caseload by period.

    Examples:
      rpgstat workforce workforce.csv
      rpgstat workforce workforce.csv --headcount 300 --margin turnover=5
      rpgstat workforce workforce.csv --measure vacancies --reference previous
    """
