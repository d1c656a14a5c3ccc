"""`rpgstat score`."""

from __future__ import annotations

from rpgstat.cli import messages
from rpgstat.cli.options import (
    Alpha,
    Debug,
    Exports,
    Force,
    Format,
    Fpc,
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
)


def score(
    exports: Exports = None,
    study: StudyPath = None,
    wave: Waves = None,
    alpha: Alpha = 0.05,
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
    """Score each item and battery, ranked, against the midpoint.

    Examples:
      rpgstat score wave-1.csv
      rpgstat score --wave "+3 years" -f csv
      rpgstat score -o scores.png -o scores.csv
    """
    from rpgstat import render, workflow
    from rpgstat.workflow.inputs import inputs

    targets = render.targets(out or [], format, force=force, result=result, style=style, template=template, plot=plot, keep=inputs(exports or [], study))
    results = workflow.score(
        exports or [],
        study=study,
        waves=wave or [],
        alpha=alpha,
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
