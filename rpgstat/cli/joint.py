"""`rpgstat joint`."""

from __future__ import annotations

from typing import Annotated

from rpgstat.cli.command import command
from rpgstat.cli.options import TEST, Exports, Level, Output, StudyPath, option

_FAIL = "Exit 1 where a declared fit is against the computed direction."


@command(Exports, Level, Output)
def joint(
    study: StudyPath = None,
    fail_on: Annotated[str | None, option("--fail-on", panel=TEST, metavar="contradicted", help=_FAIL)] = None,
) -> None:
    """Set themes beside statements, as the study pairs them, and tell whether both point the same way.

    Examples:
      rpgstat joint
      rpgstat joint -o joint.docx -o joint.png
    """
