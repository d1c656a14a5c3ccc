"""`rpgstat init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli.command import written
from rpgstat.cli.options import OUTPUT, Debug, Force, Platform, Scales, option
from rpgstat.process import messages

Exports = Annotated[list[Path], typer.Argument(metavar="EXPORT", help="Survey exports, one per wave in order.")]
StudyOut = Annotated[Path | None, option("--output", "-o", panel=OUTPUT, metavar="FILE", help="Where to write it; standard output if not given.")]


def init(
    exports: Exports,
    out: StudyOut = None,
    scale: Scales = None,
    platform: Platform = None,
    force: Force = False,
    debug: Debug = False,  # noqa: ARG001 # read by main, before anything can fail
) -> None:
    """Write a study file inferred from exports, to be checked and edited.

    With -o, the JSON Schema by which editors complete and check it goes beside it, as study.schema.json.

    Examples:
      rpgstat init wave-1.csv wave-3.xlsx -o study.toml
    """
    from rpgstat import workflow
    from rpgstat.output.study import check_study, write_study

    if out is not None:
        check_study(out, force=force, keep=exports)
    content, assumptions = workflow.init(exports, beside=out.parent if out else None, scale=scale or [], platform=platform)
    if out is not None:  # on standard output they stand at the top of the file
        messages.warnings(assumptions)
    written(lambda: write_study(content, out, force=force, keep=exports))
