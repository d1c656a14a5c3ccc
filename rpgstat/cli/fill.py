"""`rpgstat fill`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli.command import finish
from rpgstat.cli.options import OUTPUT, STUDY, Debug, Force, Platform, Scales, StudyPath, Verbose, option

_STYLE = "How tables and numbers are written: apa (APA 7) or gss (UK government statistics)."
_EXPORT = "A survey export, one per wave in order; repeatable. Without any, those of the study file."


def fill(
    template: Annotated[Path, typer.Argument(metavar="TEMPLATE", help="The Word file to fill; it stays as it is.")],
    out: Annotated[Path, option("--output", "-o", panel=OUTPUT, metavar="FILE", help="The Word file to write.")],
    study: StudyPath = None,
    export: Annotated[list[Path] | None, option("--export", panel=STUDY, metavar="FILE", help=_EXPORT)] = None,
    scale: Scales = None,
    platform: Platform = None,
    style: Annotated[str, option("--style", panel=OUTPUT, metavar="apa|gss", help=_STYLE)] = "apa",
    force: Force = False,
    verbose: Verbose = False,
    debug: Debug = False,  # noqa: ARG001 # read by main, before anything can fail
) -> None:
    """Fill a Word file of your own: {{ table:compare }}, {{ figure:compare }}, {{ value:compare.strain.p_value }}.

    Examples:
      rpgstat fill report-template.docx -o report.docx
    """
    from rpgstat import output
    from rpgstat.reporting.fill import fill as write
    from rpgstat.workflow.inputs import inputs

    output.check_document(out, template, force=force, keep=inputs(export or [], study))
    filled = write(template, export or [], study=study, style=style, scale=scale or [], platform=platform)
    finish(filled.results, lambda: output.write_files([(out, filled.content)], force=force, results=filled.results), verbose=verbose)
