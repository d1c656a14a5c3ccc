"""`rpgstat reliability`."""

from rpgstat.cli.command import command
from rpgstat.cli.options import Exports, Level, Output, Survey, Verify, Waves


@command(Exports, Survey, Waves, Level, Verify, Output)
def reliability() -> None:
    """Tell how well the items of each battery go together (Cronbach's alpha, omega), and which do not.

    Examples:
      rpgstat reliability
      rpgstat reliability --wave "+3 years" --result items -f csv
      rpgstat reliability -o reliability.docx -o reliability.png
    """
