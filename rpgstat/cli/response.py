"""`rpgstat response`."""

from __future__ import annotations

from typing import Annotated

from rpgstat.cli import messages
from rpgstat.cli.options import (
    STUDY,
    Debug,
    Exports,
    Force,
    Format,
    NoSuppression,
    Out,
    Platform,
    Plot,
    Reference,
    ResultName,
    Scales,
    StudyPath,
    Style,
    Template,
    Verbose,
    Waves,
    option,
)

By = Annotated[list[str] | None, option("--by", panel=STUDY, metavar="GROUP", help="Only this group of the study; repeatable. All of them by default.")]


def response(
    exports: Exports = None,
    study: StudyPath = None,
    by: By = None,
    reference: Reference = None,
    wave: Waves = None,
    no_suppression: NoSuppression = False,
    scale: Scales = None,
    platform: Platform = None,
    out: Out = None,
    format: Format = None,
    plot: Plot = False,
    result: ResultName = None,
    style: Style = None,
    template: Template = None,
    force: Force = False,
    verbose: Verbose = False,
    debug: Debug = False,  # noqa: ARG001 # read by main, before anything can fail
) -> None:
    """Count who answered: invited, returned, usable, and how completely.

    Examples:
      rpgstat response
      rpgstat response --by role -o response.csv
    """
    from rpgstat import render, workflow
    from rpgstat.workflow.inputs import inputs

    targets = render.targets(out or [], format, force=force, result=result, style=style, template=template, plot=plot, keep=inputs(exports or [], study))
    results = workflow.response(
        exports or [],
        study=study,
        by=by or [],
        reference=reference,
        waves=wave or [],
        suppression=not no_suppression,
        scale=scale or [],
        platform=platform,
    )
    messages.finish(results, lambda: render.write(results, targets), verbose=verbose)
