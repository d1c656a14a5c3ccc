"""`rpgstat theory`."""

from __future__ import annotations

from typing import Annotated

from rpgstat.cli.command import command
from rpgstat.cli.options import TEST, Exports, Level, Output, StudyPath, option

_FAIL = "Exit 1 where the figures say otherwise than an outcome claims."


@command(Exports, Level, Output)
def theory(
    study: StudyPath = None,
    fail_on: Annotated[str | None, option("--fail-on", panel=TEST, metavar="contradicted", help=_FAIL)] = None,
) -> None:
    """Set out how the programme worked, for whom and under what circumstances, as the study declares it, and what of it the results bear out.

    Examples:
      rpgstat theory
      rpgstat theory -o theory.docx -o theory.png
      rpgstat theory --fail-on contradicted
    """
