"""`rpgstat compare`."""

from __future__ import annotations

from typing import Annotated

from rpgstat.cli import complete
from rpgstat.cli.command import command
from rpgstat.cli.options import STUDY, TEST, Adjusted, Exports, Groups, Level, Output, Reference, Suppression, Survey, Tested, Verify, Waves, Weights, option

_AGAINST = "With three waves or more: each against the reference, or against the one before."
_STANDARDISE = "Add the change with the mix of this group held fixed."
_SHARES = "The mix to hold fixed: reference (that of the reference wave), pooled (both waves) or population (as declared)."
_FAIL_ON = "Exit 1 when a conclusion is lower, or when anything changed."


@command(Exports, Survey, Reference, Waves, Groups, Suppression, Tested, Adjusted, Level, Weights, Verify, Output)
def compare(
    standardise: Annotated[str | None, option("--standardise", panel=STUDY, metavar="GROUP", help=_STANDARDISE, known=complete.groups)] = None,
    shares: Annotated[
        str, option("--shares", panel=STUDY, metavar="MIX", help=_SHARES, known=complete.words("reference", "pooled", "population"))
    ] = "reference",
    against: Annotated[str, option("--against", panel=STUDY, metavar="reference|previous", help=_AGAINST)] = "reference",
    bayes: Annotated[bool, option("--bayes", panel=TEST, help="Add the Bayes factor BF10.")] = False,
    fail_on: Annotated[str | None, option("--fail-on", panel=TEST, metavar="lower|changed", help=_FAIL_ON)] = None,
) -> None:
    """Compare each item and battery between waves.

    Examples:
      rpgstat compare wave-1.csv wave-3.xlsx
      rpgstat compare --method mann-whitney --adjust bh -o change.csv
      rpgstat compare --margin 0.3 --fail-on lower -f json
      rpgstat compare --by role
      rpgstat compare --plot -o change.pdf
      rpgstat compare --standardise role
    """
