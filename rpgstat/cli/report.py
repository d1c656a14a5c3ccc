"""`rpgstat report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from rpgstat.cli import messages
from rpgstat.cli.compare import Margin, Method
from rpgstat.cli.options import (
    OUTPUT,
    Adjust,
    Alpha,
    Debug,
    Exports,
    Force,
    Fpc,
    Platform,
    Rake,
    Reference,
    Scales,
    StudyPath,
    Style,
    Template,
    Trim,
    Unweighted,
    Verbose,
    WeightColumn,
    option,
)

Written = Annotated[list[Path] | None, option("--output", "-o", panel=OUTPUT, metavar="FILE", help="The report to write: .docx or .html; repeatable.")]


def report(
    exports: Exports = None,
    study: StudyPath = None,
    reference: Reference = None,
    method: Method = "welch",
    adjust: Adjust = "holm",
    alpha: Alpha = 0.05,
    margin: Margin = None,
    weight: WeightColumn = None,
    rake: Rake = None,
    trim: Trim = None,
    unweighted: Unweighted = False,
    fpc: Fpc = False,
    scale: Scales = None,
    platform: Platform = None,
    out: Written = None,
    style: Style = None,
    template: Template = None,
    force: Force = False,
    verbose: Verbose = False,
    debug: Debug = False,  # noqa: ARG001 # read by main, before anything can fail
) -> None:
    """Write the whole study into one Word or HTML report, with its findings in plain sentences.

    Examples:
      rpgstat report -o report.docx
      rpgstat report -o survey.docx -o survey.html --style gss
      rpgstat report wave-1.csv wave-3.xlsx -o waves.docx
    """
    from rpgstat import render, workflow
    from rpgstat.workflow.inputs import inputs

    targets = render.report_targets(out or [], force=force, style=style, template=template, keep=inputs(exports or [], study))
    made = workflow.report(
        exports or [],
        formats=targets.formats,
        study=study,
        reference=reference,
        method=method,
        adjust=adjust,
        alpha=alpha,
        margin=margin,
        weight=weight,
        rake=rake or [],
        trim=trim,
        unweighted=unweighted,
        fpc=fpc,
        style=targets.style,
        template=targets.template,
        scale=scale or [],
        platform=platform,
        say=messages.progress,
    )
    places = [(path, made.contents[form]) for path, form in targets.places]
    messages.finish(made.results, lambda: render.write_files(places, force=force, results=made.results), verbose=verbose)
