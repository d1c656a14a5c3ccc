"""`rpgstat disclosure`."""

from __future__ import annotations

from typing import Annotated, Any

from rpgstat.cli import complete
from rpgstat.cli.command import analysis, command
from rpgstat.cli.options import STUDY, Exports, Output, Survey, Waves, option

_BY = "Only this group of the study, and its crosses with others named; repeatable. All of them by default."


def _protection(_: str, given: dict[str, Any]) -> None:
    """The command is called as the room is whose plan it shows; in Python that name is a package's."""
    analysis("protection", given)


@command(Exports, Survey, Waves, Output, run=_protection)
def disclosure(by: Annotated[list[str] | None, option("--by", panel=STUDY, metavar="GROUP", help=_BY, known=complete.groups)] = None) -> None:
    """Show what is withheld and why, for your own eyes: the plan of protection, and which groups to join.

    Examples:
      rpgstat disclosure
      rpgstat disclosure --by role -o protection.xlsx
      rpgstat disclosure --result merges
    """
