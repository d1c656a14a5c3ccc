"""`rpgstat themes`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rpgstat.cli import complete
from rpgstat.cli.command import command
from rpgstat.cli.options import STUDY, TEST, Adjusted, Level, Output, Reference, StudyPath, Suppression, Waves, option

_FILES = "Coding files, one per wave in order: tables, REFI-QDA, Taguette. Without any, those that the study names under \\[\\[coded]]."
_BY = "Show themes by this group of the study too; repeatable."
_CODES = "Give the codes below each theme rows of their own."
_NAMES = "Let quotations pass that hold a name, an address, a number or a date."
_TOGETHER = "Add which themes stand on the same answers."


class _Files:
    exports: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help=_FILES)] = None


@command(_Files, Reference, Waves, Suppression, Adjusted, Level, Output)
def themes(
    study: StudyPath = None,
    by: Annotated[list[str] | None, option("--by", panel=STUDY, metavar="GROUP", help=_BY, known=complete.groups)] = None,
    codes: Annotated[bool, option("--codes", panel=TEST, help=_CODES)] = False,
    together: Annotated[bool, option("--together", panel=TEST, help=_TOGETHER)] = False,
    allow_names: Annotated[bool, option("--allow-names", panel=STUDY, help=_NAMES)] = False,
) -> None:
    """Count how many people spoke of each theme in open answers, interviews and focus groups that were coded, and what changed.

    Examples:
      rpgstat themes
      rpgstat themes --by role -o themes.xlsx
      rpgstat themes --result codebook
    """
