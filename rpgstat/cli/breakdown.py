"""`rpgstat breakdown`."""

from typing import Annotated

from rpgstat.cli.command import command
from rpgstat.cli.options import TEST, Adjusted, Exports, Groups, Level, Output, Suppression, Survey, Verify, Waves, Weights, option


@command(Exports, Groups, Survey, Waves, Suppression, Adjusted, Level, Weights, Verify, Output)
def breakdown(post_hoc: Annotated[bool, option("--post-hoc", panel=TEST, help="Add every pair of groups (Games-Howell).")] = False) -> None:
    """Score each group in each wave, against everyone else; small groups are withheld.

    Examples:
      rpgstat breakdown --by role
      rpgstat breakdown --by role --wave "+3 years" --post-hoc -o roles.csv
      rpgstat breakdown --by role -o roles.svg
    """
