"""The commands that begin: a study of one's own, and one to try things on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from rpgstat.cli.command import command
from rpgstat.cli.options import NEEDED, OUTPUT, argument, option
from rpgstat.process import messages


def _init(given: dict[str, Any]) -> None:
    from rpgstat import workflow
    from rpgstat.output.study import check_study, write_study

    exports, out, keep = given["exports"], given["out"], {"force": given["force"], "keep": given["exports"]}
    if out is not None:
        check_study(out, **keep)
    content, assumptions = workflow.init(exports, beside=out.parent if out else None, scale=given["scale"] or [], platform=given["platform"])
    if out is not None:  # on standard output they stand at the top of the file
        messages.warnings(assumptions)
    messages.written(lambda: write_study(content, out, **keep))


@command(("scale", "platform", "force", "debug"), run=_init)
class Init:
    """Write a study file inferred from exports, to be checked and edited.

    With -o, the JSON Schema by which editors complete and check it goes beside it, as study.schema.json.

    rpgstat init wave-1.csv wave-3.xlsx -o study.toml
    """

    exports = argument(list[Path], "EXPORT", "Survey exports, one per wave in order.", NEEDED)
    out = option(Path, OUTPUT, "FILE", "Where to write it; standard output if not given.", names="--output,-o")


def _demo(given: dict[str, Any]) -> None:
    from rpgstat.output.demo import demo as write

    written = write(given["folder"])
    messages.warnings(f"wrote {path}" for path in written)
    study = str(given["folder"] / "study.toml")
    typer.echo("Now try:\n  rpgstat compare --study " + (f'"{study}"' if " " in study else study))


@command("debug", run=_demo)
class Demo:
    """Write an example study to try things on.

    rpgstat demo example
    """

    folder = argument(Path, "DIR", "Where to write the study.", Path("rpgstat-demo"))
