"""What a comparison can conclude: each word once, with its sign, its colour on a screen, its verb, and whether a test found something."""

from __future__ import annotations

from rpgstat.glossary.sentences import word
from rpgstat.record import record


@record
class Conclusion:
    """`sign` stands before a figure so that it reads without colour; `verb` says what happened, where `found`."""

    sign: str
    colour: str
    found: bool = False
    verb: str = ""


CONCLUSIONS = {
    "higher": Conclusion("▲", "green", found=True, verb="rose"),
    "lower": Conclusion("▼", "red", found=True, verb="fell"),
    "more": Conclusion("▲", "green", found=True, verb="rose"),
    "fewer": Conclusion("▼", "red", found=True, verb="fell"),
    "different": Conclusion("◆", "magenta", found=True),
    "equivalent": Conclusion("≈", "cyan"),
    "inconclusive": Conclusion("·", "dim"),
}
"""The words of the column `conclusion` where waves or groups are compared."""

SIGNS = {word: conclusion.sign for word, conclusion in CONCLUSIONS.items()}
"""Word -> sign."""

FOUND = tuple(word for word, conclusion in CONCLUSIONS.items() if conclusion.found)
"""The words that say that a test found something."""


def concluded(code: str) -> str:
    """What a conclusion is called on pages: of waves and groups, or of rates and series.

    >>> concluded("inconclusive"), concluded("fairly constant")
    ('inconclusive', 'fairly constant')
    """
    return word("conclusion", code) if code in CONCLUSIONS else word("rate_conclusion", code.replace(" ", "_"))
