"""`rpgstat indicators`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli import complete
from rpgstat.cli.command import command
from rpgstat.cli.options import STUDY, TEST, Level, Output, StudyPath, option

_FILES = "Files of weekly, monthly, quarterly or yearly figures; - is standard input. Without any, those that the study names under \\[\\[indicators]]."
_MEASURE = "Read only this measure of the file, or the one whose name holds this; repeatable."
_AREA = "Read only this authority, region or country, by name or code; repeatable; all for every one."
_WHERE = 'Read only rows whose column has this value: "category=Total"; repeatable.'
_RATIO = 'A series that is part of another, as a share of it: "Re-referrals/Referrals"; repeatable.'
_BETTER = "Which way is better, for all series or for one; repeatable."
_EVENT = 'What happened when: "2017-01: new facilitators"; repeatable.'
_BASELINE = "The periods that limits are made from, such as 2015-10..2016-12."
_ADJUST = "Adjustment of p over all trends asked for, and over all events: holm, bh, bonferroni or none."


class _Files:
    exports: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help=_FILES)] = None


@command(_Files, Level, Output)
def indicators(
    study: StudyPath = None,
    measure: Annotated[list[str] | None, option("--measure", panel=STUDY, metavar="NAME", help=_MEASURE)] = None,
    area: Annotated[list[str] | None, option("--area", panel=STUDY, metavar="NAME", help=_AREA)] = None,
    where: Annotated[list[str] | None, option("--where", panel=STUDY, metavar="COLUMN=VALUE", help=_WHERE)] = None,
    series: Annotated[list[str] | None, option("--series", panel=STUDY, metavar="NAME", help="Only this series; repeatable.")] = None,
    ratio: Annotated[list[str] | None, option("--ratio", panel=STUDY, metavar="PART/WHOLE", help=_RATIO)] = None,
    population: Annotated[str | None, option("--population", panel=STUDY, metavar="NAME", help="The column of people that series become rates by.")] = None,
    per: Annotated[float | None, option("--per", panel=STUDY, metavar="PEOPLE", help="Rates are for each so many people; 10000 by default.")] = None,
    better: Annotated[list[str] | None, option("--better", panel=TEST, metavar="[NAME=]lower|higher", help=_BETTER)] = None,
    event: Annotated[list[str] | None, option("--event", panel=TEST, metavar="PERIOD: TEXT", help=_EVENT)] = None,
    rebase: Annotated[list[str] | None, option("--rebase", panel=TEST, metavar="PERIOD", help="Control limits begin anew here; repeatable.")] = None,
    baseline: Annotated[str | None, option("--baseline", panel=TEST, metavar="FROM..TO", help=_BASELINE)] = None,
    screen: Annotated[bool, option("--screen", panel=TEST, help="Leave outlying moving ranges out of the limits, once.")] = False,
    run_length: Annotated[int, option("--run-length", panel=TEST, metavar="POINTS", help="How many points make a shift or a trend.")] = 7,
    chart: Annotated[str, option("--chart", panel=TEST, metavar="auto|xmr", help="xmr: chart shares and rates by their moving ranges too.")] = "auto",
    adjust: Annotated[str, option("--adjust", panel=TEST, metavar="NAME", help=_ADJUST, known=complete.ADJUSTMENTS)] = "none",
) -> None:
    """Trend and control chart of weekly, monthly, quarterly or yearly figures.

    Examples:
      rpgstat indicators indicators.csv --better lower
      rpgstat indicators indicators.csv --ratio "Re-referrals/Referrals" --event "2017-01: new facilitators"
      rpgstat indicators indicators.csv --series Referrals --baseline 2015-12..2016-12 -o chart.csv
    """
