"""`rpgstat response`."""

from typing import Annotated

from rpgstat.cli import complete
from rpgstat.cli.command import command
from rpgstat.cli.options import STUDY, Exports, Output, Reference, Suppression, Survey, Waves, option

_BY = "Only this group of the study; repeatable. All of them by default."


@command(Exports, Survey, Reference, Waves, Suppression, Output)
def response(by: Annotated[list[str] | None, option("--by", panel=STUDY, metavar="GROUP", help=_BY, known=complete.groups)] = None) -> None:
    """Count who answered: invited, returned, usable, and how completely.

    Examples:
      rpgstat response
      rpgstat response --by role -o response.csv
    """
