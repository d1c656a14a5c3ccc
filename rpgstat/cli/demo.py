"""`rpgstat demo`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from rpgstat.cli.command import command
from rpgstat.process import messages


def _write(_: str, given: dict[str, Any]) -> None:
    from rpgstat.output.demo import demo as write

    written = write(given["folder"])
    messages.warnings(f"wrote {path}" for path in written)
    study = str(given["folder"] / "study.toml")
    typer.echo("Now try:\n  rpgstat compare --study " + (f'"{study}"' if " " in study else study))


@command(("debug",), run=_write)
def demo(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write the study.")] = Path("rpgstat-demo")) -> None:
    """Write an example study to try things on.

    Examples:
      rpgstat demo example
    """
