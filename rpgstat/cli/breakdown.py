"""`rpgstat breakdown`."""

from __future__ import annotations

from typing import Annotated

from rpgstat.cli import messages
from rpgstat.cli.options import (
    TEST,
    Adjust,
    Alpha,
    By,
    Debug,
    Exports,
    Force,
    Format,
    Fpc,
    NoSuppression,
    Out,
    Platform,
    Plot,
    Rake,
    ResultName,
    Scales,
    StudyPath,
    Style,
    Template,
    Trim,
    Unweighted,
    Verbose,
    Verify,
    Waves,
    WeightColumn,
    option,
)

PostHoc = Annotated[bool, option("--post-hoc", panel=TEST, help="Add every pair of groups (Games-Howell).")]


def breakdown(
    exports: Exports = None,
    by: By = None,
    study: StudyPath = None,
    wave: Waves = None,
    post_hoc: PostHoc = False,
    adjust: Adjust = "holm",
    alpha: Alpha = 0.05,
    no_suppression: NoSuppression = False,
    weight: WeightColumn = None,
    rake: Rake = None,
    trim: Trim = None,
    unweighted: Unweighted = False,
    fpc: Fpc = False,
    verify: Verify = False,
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
    """Score each group in each wave, against everyone else; small groups are withheld.

    Examples:
      rpgstat breakdown --by role
      rpgstat breakdown --by role --wave "+3 years" --post-hoc -o roles.csv
      rpgstat breakdown --by role -o roles.svg
    """
    from rpgstat import render, workflow
    from rpgstat.workflow.inputs import inputs

    targets = render.targets(out or [], format, force=force, result=result, style=style, template=template, plot=plot, keep=inputs(exports or [], study))
    results = workflow.breakdown(
        exports or [],
        by=by or [],
        study=study,
        waves=wave or [],
        post_hoc=post_hoc,
        adjust=adjust,
        alpha=alpha,
        suppression=not no_suppression,
        weight=weight,
        rake=rake or [],
        trim=trim,
        unweighted=unweighted,
        fpc=fpc,
        verify=verify,
        scale=scale or [],
        platform=platform,
    )
    messages.finish(results, lambda: render.write(results, targets), verbose=verbose)
