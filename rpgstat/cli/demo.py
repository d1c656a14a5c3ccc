"""`rpgstat demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli.options import Debug
from rpgstat.process import messages


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write the study.")] = Path("rpgstat-demo"),
    debug: Debug = False,  # noqa: ARG001 # read by main, before anything can fail
) -> None:
    """Write an example study to try things on.

    Examples:
      rpgstat demo example
    """
    from rpgstat.output.demo import demo as write

    written = write(folder)
    messages.warnings(f"wrote {path}" for path in written)
    study = str(folder / "study.toml")
    quoted = f'"{study}"' if " " in study else study
    typer.echo(f"Now try:\n  rpgstat compare --study {quoted}")
