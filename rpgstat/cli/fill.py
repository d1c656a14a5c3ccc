"""`rpgstat fill`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from rpgstat.cli.command import command
from rpgstat.cli.options import OUTPUT, STUDY, Survey, option
from rpgstat.process.messages import finish

_EXPORT = "A survey export, one per wave in order; repeatable. Without any, those of the study file."
_STYLE = "How tables and numbers are written: apa (APA 7) or gss (UK government statistics)."


def _write(_: str, given: dict[str, Any]) -> None:
    from rpgstat import output
    from rpgstat.reporting.fill import fill as write
    from rpgstat.workflow.inputs import inputs
    from rpgstat.workflow.left_out import listed

    template, out, exports, force = given["template"], given["out"], given["export"] or [], given["force"]
    output.check_document(out, template, force=force, keep=inputs(exports, given["study"]))
    how = {name: given[name] for name in ("study", "style", "platform")}
    filled = write(template, exports, **how, scale=given["scale"] or [])
    left_out = listed(filled.results) if given["verbose"] else ()
    finish(filled.results, lambda: output.write_files([(out, filled.content)], force=force, results=filled.results), left_out=left_out)


@command(Survey, ("force", "verbose", "debug"), run=_write)
def fill(
    template: Annotated[Path, typer.Argument(metavar="TEMPLATE", help="The Word file to fill; it stays as it is.")],
    out: Annotated[Path, option("--output", "-o", panel=OUTPUT, metavar="FILE", help="The Word file to write.")],
    export: Annotated[list[Path] | None, option("--export", panel=STUDY, metavar="FILE", help=_EXPORT)] = None,
    style: Annotated[str, option("--style", panel=OUTPUT, metavar="apa|gss", help=_STYLE)] = "apa",
) -> None:
    """Fill a Word file of your own: {{ table:compare }}, {{ figure:compare }}, {{ value:compare.strain.p_value }}.

    Examples:
      rpgstat fill report-template.docx -o report.docx
    """
