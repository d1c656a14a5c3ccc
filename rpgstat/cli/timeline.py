"""`rpgstat timeline`."""

from __future__ import annotations

from rpgstat.cli.command import command
from rpgstat.cli.options import Exports, Output, StudyPath


@command(Exports, Output)
def timeline(study: StudyPath = None) -> None:
    """Show when everything was, as the study declares it, and how many answered in each round of the survey.

    Examples:
      rpgstat timeline
      rpgstat timeline -o timeline.docx -o timeline.png
    """
