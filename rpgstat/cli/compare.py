"""`rpgstat compare`."""

from __future__ import annotations

from typing import Annotated

import typer

from rpgstat.cli import messages
from rpgstat.cli.options import Alpha, Debug, Exports, Force, Format, Out, Platform, ResultName, StudyPath, Verify, Waves

_WAVES, _TEST = "Study and files", "Test"


def compare(
    exports: Exports = None,
    study: StudyPath = None,
    reference: Annotated[str | None, typer.Option("--reference", metavar="NAME", help="The wave to compare against; the first by default.", rich_help_panel=_WAVES, show_default=False)] = None,
    wave: Waves = None,
    against: Annotated[str, typer.Option("--against", metavar="reference|previous", help="With three waves or more: each against the reference, or against the one before.", rich_help_panel=_WAVES)] = "reference",
    method: Annotated[str, typer.Option("--method", metavar="NAME", help="welch, student, mann-whitney, brunner-munzel, chi-square, exact or exact-rank.", rich_help_panel=_TEST)] = "welch",
    adjust: Annotated[str, typer.Option("--adjust", metavar="NAME", help="Adjustment of p over the items of a battery: holm, bh, bonferroni or none.", rich_help_panel=_TEST)] = "holm",
    alpha: Alpha = 0.05,
    margin: Annotated[float | None, typer.Option("--margin", metavar="POINTS", help="The largest change that does not matter, in scale points; tests for equivalence.", rich_help_panel=_TEST, show_default=False)] = None,
    bayes: Annotated[bool, typer.Option("--bayes", help="Add the Bayes factor BF10.", rich_help_panel=_TEST)] = False,
    verify: Verify = False,
    fail_on: Annotated[str | None, typer.Option("--fail-on", metavar="lower|changed", help="Exit 1 when a conclusion is lower, or anything changed.", rich_help_panel=_TEST, show_default=False)] = None,
    platform: Platform = None,
    out: Out = None,
    format: Format = None,
    result: ResultName = None,
    force: Force = False,
    debug: Debug = False,  # noqa: ARG001 # read by main, before anything can fail
) -> None:
    """Compare each item and battery between waves.

    Examples:
      rpgstat compare wave-1.csv wave-3.xlsx
      rpgstat compare --method mann-whitney --adjust bh -o change.csv
      rpgstat compare --margin 0.3 --fail-on lower -f json
    """
    from rpgstat import render, workflow

    targets = render.targets(out or [], format, force=force, result=result)
    results = workflow.compare(
        exports or [],
        study=study,
        reference=reference,
        waves=wave or [],
        against=against,
        method=method,
        adjust=adjust,
        alpha=alpha,
        margin=margin,
        bayes=bayes,
        verify=verify,
        fail_on=fail_on,
        platform=platform,
    )
    messages.finish(results, lambda: render.write(results, targets))
