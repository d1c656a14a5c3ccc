"""`rpgstat fill`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli import messages
from rpgstat.cli.options import OUTPUT, STUDY, Debug, Force, Platform, Scales, StudyPath, Verbose, option

_STYLE = "How tables and numbers are written: apa (APA 7) or gss (UK government statistics)."
_TEMPLATE = "The Word file to fill; it stays as it is."
_EXPORT = "A survey export, one per wave in order; repeatable. Without any, those of the study file."

Template = Annotated[Path, typer.Argument(metavar="TEMPLATE", help=_TEMPLATE)]
Filled = Annotated[Path, option("--output", "-o", panel=OUTPUT, metavar="FILE", help="The Word file to write.")]
Export = Annotated[list[Path] | None, option("--export", panel=STUDY, metavar="FILE", help=_EXPORT)]
Style = Annotated[str, option("--style", panel=OUTPUT, metavar="apa|gss", help=_STYLE)]


def fill(
    template: Template,
    out: Filled,
    study: StudyPath = None,
    export: Export = None,
    scale: Scales = None,
    platform: Platform = None,
    style: Style = "apa",
    force: Force = False,
    verbose: Verbose = False,
    debug: Debug = False,  # noqa: ARG001 # read by main, before anything can fail
) -> None:
    """Fill a Word file of your own: {{ table:compare }}, {{ figure:compare }}, {{ value:compare.strain.p_value }}.

    Examples:
      rpgstat fill report-template.docx -o report.docx
    """
    from rpgstat import render, workflow
    from rpgstat.workflow.inputs import inputs

    render.check_document(out, template, force=force, keep=inputs(export or [], study))
    filled = workflow.fill(template, export or [], study=study, style=style, scale=scale or [], platform=platform)
    messages.finish(filled.results, lambda: render.write_files([(out, filled.content)], force=force, results=filled.results), verbose=verbose)
