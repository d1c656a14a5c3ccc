"""`rpgstat compare`."""

from typing import Annotated

from rpgstat.cli import complete
from rpgstat.cli.command import command
from rpgstat.cli.options import STUDY, TEST, Adjusted, Exports, Groups, Level, Output, Reference, Suppression, Survey, Tested, Verify, Waves, Weights, option

_AGAINST = "With three waves or more: each against the reference, or against the one before."
_SHARES = "The mix to hold fixed: reference (that of the reference wave), pooled (both waves) or population (as declared)."
_DESIGN = "What is made of people whose ids link them: used with all others, or nothing."
_OVERLAP = "Without ids: how many people may have answered both times."
_MIXES = complete.words("reference", "pooled", "population")


@command(Exports, Survey, Reference, Waves, Groups, Suppression, Tested, Adjusted, Level, Weights, Verify, Output)
def compare(
    standardise: Annotated[str | None, option(panel=STUDY, metavar="GROUP", help="Add the change at a fixed mix of this group.", known=complete.groups)] = None,
    shares: Annotated[str, option(panel=STUDY, metavar="MIX", help=_SHARES, known=_MIXES)] = "reference",
    against: Annotated[str, option(panel=STUDY, metavar="reference|previous", help=_AGAINST)] = "reference",
    bayes: Annotated[bool, option("--bayes", panel=TEST, help="Add the Bayes factor BF10.")] = False,
    trend: Annotated[bool, option("--trend", panel=TEST, help="Over three waves or more: does each statement rise or fall, and on a line?")] = False,
    design: Annotated[str, option(panel=TEST, metavar="overlap|independent", help=_DESIGN)] = "overlap",
    paired: Annotated[bool, option("--paired", panel=TEST, help="Compare people in both waves alone, linked by their ids.")] = False,
    moves: Annotated[bool, option("--moves", panel=TEST, help="With --paired: add from which answer to which people moved.")] = False,
    overlap: Annotated[int | None, option(panel=TEST, metavar="N", help=_OVERLAP)] = None,
    correlation: Annotated[float | None, option(panel=TEST, metavar="R", help="How the two answers of one of them correlate; 0.5 unless given.")] = None,
    fail_on: Annotated[str | None, option(panel=TEST, metavar="lower|changed", help="Exit 1 when a conclusion is lower, or when anything changed.")] = None,
) -> None:
    """Compare each item and battery between waves.

    Examples:
      rpgstat compare wave-1.csv wave-3.xlsx
      rpgstat compare --method mann-whitney --adjust bh -o change.csv
      rpgstat compare --margin 0.3 --fail-on lower -f json
      rpgstat compare --by role
      rpgstat compare --plot -o change.pdf
      rpgstat compare --standardise role
      rpgstat compare --paired --method signed-rank
    """
