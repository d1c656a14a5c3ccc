"""`rpgstat workforce`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli import messages
from rpgstat.cli.options import STUDY, TEST, Alpha, Debug, Force, Format, Out, Plot, ResultName, StudyPath, Style, Template, option
from rpgstat.errors import UserError

_FILE = "A table of rates, or of counts; - is standard input. Without it, the one that the study names under \\[workforce]."
_AREA = "Only this authority, region or country, by name or code; repeatable; all for every one."
_MEASURE = "Only this measure, or the one whose name holds this; repeatable."
_WHERE = 'Only rows whose column has this value: "category=Total"; repeatable.'
_REFERENCE = "What each period is compared with: a period such as 2015, the first, or the previous one."
_HEADCOUNT = "Treat turnover, vacancies and agency staffing without counts as shares of so many people."
_MARGIN = "The largest change that does not matter, in points, for all measures or for one; repeatable."
_STOCK = "What leavers are divided by: staff in post at the end (closing, the default), at the beginning, or the average."

File = Annotated[Path | None, typer.Argument(metavar="FILE", help=_FILE)]
MeasureName = Annotated[list[str] | None, option("--measure", panel=STUDY, metavar="NAME", help=_MEASURE)]
Area = Annotated[list[str] | None, option("--area", panel=STUDY, metavar="NAME", help=_AREA)]
Where = Annotated[list[str] | None, option("--where", panel=STUDY, metavar="COLUMN=VALUE", help=_WHERE)]
UnitName = Annotated[str | None, option("--unit", panel=STUDY, metavar="percent|share", help="Unit of rates without a percent sign; percent by default.")]
Stock = Annotated[str | None, option("--stock", panel=STUDY, metavar="closing|opening|average", help=_STOCK)]
Reference = Annotated[str | None, option("--reference", panel=TEST, metavar="first|previous|PERIOD", help=_REFERENCE)]
Headcount = Annotated[int | None, option("--headcount", panel=TEST, metavar="PEOPLE", help=_HEADCOUNT)]
Margin = Annotated[list[str] | None, option("--margin", panel=TEST, metavar="[NAME=]POINTS", help=_MARGIN)]


def workforce(
    file: File = None,
    study: StudyPath = None,
    measure: MeasureName = None,
    area: Area = None,
    where: Where = None,
    unit: UnitName = None,
    stock: Stock = None,
    reference: Reference = None,
    headcount: Headcount = None,
    margin: Margin = None,
    alpha: Alpha = 0.05,
    out: Out = None,
    format: Format = None,
    plot: Plot = False,
    result: ResultName = None,
    style: Style = None,
    template: Template = None,
    force: Force = False,
    debug: Debug = False,  # noqa: ARG001 # read by main, before anything can fail
) -> None:
    """Turnover, vacancies, agency staffing, sickness and caseload by period.

    Examples:
      rpgstat workforce workforce.csv
      rpgstat workforce workforce.csv --headcount 300 --margin turnover=5
      rpgstat workforce workforce.csv --measure vacancies --reference previous
    """
    from rpgstat import render, workflow
    from rpgstat.workflow.inputs import inputs

    targets = render.targets(
        out or [], format, force=force, result=result, style=style, template=template, plot=plot, keep=inputs([file] if file else [], study)
    )
    results = workflow.workforce(
        file,
        study=study,
        measures=measure or [],
        areas=area or [],
        where=where or [],
        reference=reference,
        headcount=headcount,
        margin=_margins(margin) if margin else None,
        unit=unit,
        stock=stock,
        alpha=alpha,
    )
    messages.finish(results, lambda: render.write(results, targets))


def _margins(given: list[str]) -> dict[str, float]:
    """Points by measure, "" for all, from "0.5" and "turnover=0.5"."""
    found = {}
    for words in given:
        name, _, points = words.rpartition("=")
        try:
            found[name.strip()] = float(points.removesuffix("%"))
        except ValueError:
            raise UserError(f"--margin: `{words}` is not a number of points", "write --margin 1, or --margin turnover=0.5") from None
    return found
