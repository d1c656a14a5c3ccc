"""`rpgstat reliability`."""

from __future__ import annotations

from rpgstat.cli import messages
from rpgstat.cli.options import (
    Alpha,
    Debug,
    Exports,
    Force,
    Format,
    Out,
    Platform,
    Plot,
    ResultName,
    Scales,
    StudyPath,
    Style,
    Template,
    Verbose,
    Verify,
    Waves,
)


def reliability(
    exports: Exports = None,
    study: StudyPath = None,
    wave: Waves = None,
    alpha: Alpha = 0.05,
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
    """Tell how well the items of each battery go together (Cronbach's alpha, omega), and which do not.

    Examples:
      rpgstat reliability
      rpgstat reliability --wave "+3 years" --result items -f csv
      rpgstat reliability -o reliability.docx -o reliability.png
    """
    from rpgstat import render, workflow
    from rpgstat.workflow.inputs import inputs

    targets = render.targets(out or [], format, force=force, result=result, style=style, template=template, plot=plot, keep=inputs(exports or [], study))
    results = workflow.reliability(exports or [], study=study, waves=wave or [], alpha=alpha, verify=verify, scale=scale or [], platform=platform)
    messages.finish(results, lambda: render.write(results, targets), verbose=verbose)
