"""`rpgstat init`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from rpgstat.cli.command import command
from rpgstat.cli.options import OUTPUT, option
from rpgstat.process import messages


def _write(_: str, given: dict[str, Any]) -> None:
    from rpgstat import workflow
    from rpgstat.output.study import check_study, write_study

    exports, out, keep = given["exports"], given["out"], {"force": given["force"], "keep": given["exports"]}
    if out is not None:
        check_study(out, **keep)
    content, assumptions = workflow.init(exports, beside=out.parent if out else None, scale=given["scale"] or [], platform=given["platform"])
    if out is not None:  # on standard output they stand at the top of the file
        messages.warnings(assumptions)
    messages.written(lambda: write_study(content, out, **keep))


@command(("scale", "platform", "force", "debug"), run=_write)
def init(
    exports: Annotated[list[Path], typer.Argument(metavar="EXPORT", help="Survey exports, one per wave in order.")],
    out: Annotated[Path | None, option("--output", "-o", panel=OUTPUT, metavar="FILE", help="Where to write it; standard output if not given.")] = None,
) -> None:
    """Write a study file inferred from exports, to be checked and edited.

    With -o, the JSON Schema by which editors complete and check it goes beside it, as study.schema.json.

    Examples:
      rpgstat init wave-1.csv wave-3.xlsx -o study.toml
    """
