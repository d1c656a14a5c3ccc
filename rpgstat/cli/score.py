"""`rpgstat score`."""

from rpgstat.cli.command import command
from rpgstat.cli.options import Exports, Level, Output, Survey, Verify, Waves, Weights


@command(Exports, Survey, Waves, Level, Weights, Verify, Output)
def score() -> None:
    """Score each item and battery, ranked, against the midpoint.

    Examples:
      rpgstat score wave-1.csv
      rpgstat score --wave "+3 years" -f csv
      rpgstat score -o scores.png -o scores.csv
    """
