"""`rpgstat check`."""

from typing import Annotated

from rpgstat.cli import complete
from rpgstat.cli.command import command
from rpgstat.cli.options import OUTPUT, STUDY, Exports, Output, Survey, option

_IGNORE = "Leave out what has this code; repeatable. `ignore` under \\[check] in the study does the same."


@command(Exports, Survey, Output)
def check(
    ignore: Annotated[list[str] | None, option("--ignore", panel=STUDY, metavar="CODE", help=_IGNORE, known=complete.codes)] = None,
    strict: Annotated[bool, option("--strict", panel=OUTPUT, help="Fail where there is a warning too.")] = False,
) -> None:
    """Tell what to know of a study and its exports before any table is trusted, worst first; exit 1 where there is an error.

    Each finding has a code that stays (E error, W warning, I remark), a place, and a mend. -f github writes annotations for GitHub Actions.

    Examples:
      rpgstat check
      rpgstat check wave-1.csv wave-3.xlsx
      rpgstat check --ignore W209 --strict -f github
    """
