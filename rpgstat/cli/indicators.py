"""`rpgstat indicators`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli import messages
from rpgstat.cli.options import STUDY, TEST, Alpha, Debug, Force, Format, Out, Plot, ResultName, StudyPath, Style, Template, option

_FILES = "Files of weekly, monthly, quarterly or yearly figures; - is standard input. Without any, those that the study names under \\[\\[indicators]]."
_MEASURE = "Read only this measure of the file, or the one whose name holds this; repeatable."
_AREA = "Read only this authority, region or country, by name or code; repeatable; all for every one."
_WHERE = 'Read only rows whose column has this value: "category=Total"; repeatable.'
_RATIO = 'A series that is part of another, as a share of it: "Re-referrals/Referrals"; repeatable.'
_BETTER = "Which way is better, for all series or for one; repeatable."
_EVENT = 'What happened when: "2017-01: new facilitators"; repeatable.'
_BASELINE = "The periods that limits are made from, such as 2015-10..2016-12."
_ADJUST = "Adjustment of p over all trends asked for, and over all events: holm, bh, bonferroni or none."

Files = Annotated[list[Path] | None, typer.Argument(metavar="FILE", help=_FILES)]
MeasureName = Annotated[list[str] | None, option("--measure", panel=STUDY, metavar="NAME", help=_MEASURE)]
Area = Annotated[list[str] | None, option("--area", panel=STUDY, metavar="NAME", help=_AREA)]
Where = Annotated[list[str] | None, option("--where", panel=STUDY, metavar="COLUMN=VALUE", help=_WHERE)]
SeriesName = Annotated[list[str] | None, option("--series", panel=STUDY, metavar="NAME", help="Only this series; repeatable.")]
Ratio = Annotated[list[str] | None, option("--ratio", panel=STUDY, metavar="PART/WHOLE", help=_RATIO)]
Population = Annotated[str | None, option("--population", panel=STUDY, metavar="NAME", help="The column of people that series become rates by.")]
Per = Annotated[float | None, option("--per", panel=STUDY, metavar="PEOPLE", help="Rates are for each so many people; 10000 by default.")]
Better = Annotated[list[str] | None, option("--better", panel=TEST, metavar="[NAME=]lower|higher", help=_BETTER)]
Events = Annotated[list[str] | None, option("--event", panel=TEST, metavar="PERIOD: TEXT", help=_EVENT)]
Rebase = Annotated[list[str] | None, option("--rebase", panel=TEST, metavar="PERIOD", help="Control limits begin anew here; repeatable.")]
Baseline = Annotated[str | None, option("--baseline", panel=TEST, metavar="FROM..TO", help=_BASELINE)]
Screen = Annotated[bool, option("--screen", panel=TEST, help="Leave outlying moving ranges out of the limits, once.")]
RunLength = Annotated[int, option("--run-length", panel=TEST, metavar="POINTS", help="How many points make a shift or a trend.")]
Adjust = Annotated[str, option("--adjust", panel=TEST, metavar="NAME", help=_ADJUST)]
Chart = Annotated[str, option("--chart", panel=TEST, metavar="auto|xmr", help="xmr: chart shares and rates by their moving ranges too.")]


def indicators(
    files: Files = None,
    study: StudyPath = None,
    measure: MeasureName = None,
    area: Area = None,
    where: Where = None,
    series: SeriesName = None,
    ratio: Ratio = None,
    population: Population = None,
    per: Per = None,
    better: Better = None,
    event: Events = None,
    rebase: Rebase = None,
    baseline: Baseline = None,
    screen: Screen = False,
    run_length: RunLength = 7,
    chart: Chart = "auto",
    adjust: Adjust = "none",
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
    """Trend and control chart of weekly, monthly, quarterly or yearly figures.

    Examples:
      rpgstat indicators indicators.csv --better lower
      rpgstat indicators indicators.csv --ratio "Re-referrals/Referrals" --event "2017-01: new facilitators"
      rpgstat indicators indicators.csv --series Referrals --baseline 2015-12..2016-12 -o chart.csv
    """
    from rpgstat import render, workflow
    from rpgstat.workflow.inputs import inputs

    targets = render.targets(out or [], format, force=force, result=result, style=style, template=template, plot=plot, keep=inputs(files or [], study))
    results = workflow.indicators(
        files or [],
        study=study,
        measures=measure or [],
        areas=area or [],
        where=where or [],
        series=series or [],
        ratios=ratio or [],
        population=population,
        per=per,
        better=better or [],
        events=event or [],
        rebase=rebase or [],
        baseline=baseline,
        screen=screen,
        run_length=run_length,
        chart=chart,
        adjust=adjust,
        alpha=alpha,
    )
    messages.finish(results, lambda: render.write(results, targets))
