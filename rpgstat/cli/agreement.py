"""`rpgstat agreement`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli.command import command
from rpgstat.cli.options import OUTPUT, Level, Output, StudyPath, Waves, option

_FILES = "Coding files with a column `Coder`. Without any, those that the study names under \\[\\[coded]]."
_DISAGREEMENTS = "Add a list of the units on which coders differ, for their own use; it names units."


class _Files:
    exports: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help=_FILES)] = None


@command(_Files, Waves, Level, Output)
def agreement(
    study: StudyPath = None,
    disagreements: Annotated[bool, option("--disagreements", panel=OUTPUT, help=_DISAGREEMENTS)] = False,
) -> None:
    """Tell how far those who coded the same material agree, theme by theme and over all codes.

    Examples:
      rpgstat agreement
      rpgstat agreement --disagreements --result disagreements -f csv
    """
