"""`rpgstat indicators`."""

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli import complete
from rpgstat.cli.command import command
from rpgstat.cli.options import STUDY, TEST, Level, Output, Part, option

_FILES = "Files of weekly, monthly, quarterly or yearly figures; - is standard input. Without any, those that the study names under \\[\\[indicators]]."
_RATIO = 'A series that is part of another, as a share of it: "Re-referrals/Referrals"; repeatable.'
_ADJUST = "Adjustment of p over all trends asked for, and over all events: holm, bh, bonferroni or none."


@command(Part, Level, Output)
def indicators(
    exports: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help=_FILES)] = None,
    series: Annotated[list[str] | None, option(panel=STUDY, metavar="NAME", help="Only this series; repeatable.")] = None,
    ratio: Annotated[list[str] | None, option(panel=STUDY, metavar="PART/WHOLE", help=_RATIO)] = None,
    population: Annotated[str | None, option(panel=STUDY, metavar="NAME", help="The column of people that series become rates by.")] = None,
    per: Annotated[float | None, option(panel=STUDY, metavar="PEOPLE", help="Rates are for each so many people; 10000 by default.")] = None,
    better: Annotated[
        list[str] | None, option(panel=TEST, metavar="[NAME=]lower|higher", help="Which way is better, for all series or for one; repeatable.")
    ] = None,
    event: Annotated[list[str] | None, option(panel=TEST, metavar="PERIOD: TEXT", help='What happened when: "2017-01: new facilitators"; repeatable.')] = None,
    rebase: Annotated[list[str] | None, option(panel=TEST, metavar="PERIOD", help="Control limits begin anew here; repeatable.")] = None,
    baseline: Annotated[str | None, option(panel=TEST, metavar="FROM..TO", help="The periods that limits are made from, such as 2015-10..2016-12.")] = None,
    screen: Annotated[bool, option("--screen", panel=TEST, help="Leave outlying moving ranges out of the limits, once.")] = False,
    run_length: Annotated[int, option(panel=TEST, metavar="POINTS", help="How many points make a shift or a trend.")] = 7,
    chart: Annotated[str, option(panel=TEST, metavar="auto|xmr", help="xmr: chart shares and rates by their moving ranges too.")] = "auto",
    adjust: Annotated[str, option(panel=TEST, metavar="NAME", help=_ADJUST, known=complete.ADJUSTMENTS)] = "none",
) -> None:
    """Trend and control chart of weekly, monthly, quarterly or yearly figures.

    Examples:
      rpgstat indicators indicators.csv --better lower
      rpgstat indicators indicators.csv --ratio "Re-referrals/Referrals" --event "2017-01: new facilitators"
      rpgstat indicators indicators.csv --series Referrals --baseline 2015-12..2016-12 -o chart.csv
    """
