"""`rpgstat topline`."""

from typing import Annotated

from rpgstat.cli.command import command
from rpgstat.cli.options import STUDY, Adjusted, Exports, Groups, Level, Output, Reference, Suppression, Survey, Waves, option

_QUESTION = "Only this question, by its id or text; repeatable."
_BATTERIES = "Show how people answered the statements of batteries instead, option by option."


@command(Exports, Survey, Reference, Waves, Groups, Suppression, Adjusted, Level, Output)
def topline(
    question: Annotated[list[str] | None, option("--question", panel=STUDY, metavar="QUESTION", help=_QUESTION)] = None,
    batteries: Annotated[bool, option("--batteries", panel=STUDY, help=_BATTERIES)] = False,
) -> None:
    """Show what people answered to every question, by wave and group, and what changed.

    Examples:
      rpgstat topline wave-1.csv wave-3.xlsx
      rpgstat topline --batteries --by role --question strain
      rpgstat topline --batteries -o answers.docx
    """
