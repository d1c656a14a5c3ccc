"""What to try after a command, told where it is asked for: options to add to it, and commands to run."""

from __future__ import annotations

from collections.abc import Iterator

_WORD = ("-o {name}.docx", "the table in Word; a name that ends in .xlsx, .html or .csv gives others")
_PICTURE = ("-o {name}.png", "the figure; --plot shows it here")

NEXT: dict[str, tuple[tuple[str, str], ...]] = {
    "compare": (("--by GROUP", "the change inside each group of the study"), ("--margin 0.3", "which statements stayed much the same"), _WORD, _PICTURE),
    "score": (("--wave NAME", "one wave alone"), _WORD, _PICTURE, ("rpgstat compare", "what changed between waves")),
    "breakdown": (("--post-hoc", "every pair of groups"), ("--result omnibus", "the tests of all groups alone"), _WORD, _PICTURE),
    "topline": (("--by GROUP", "the answers of each group"), ("--batteries", "the statements, answer by answer"), _WORD, _PICTURE),
    "response": (("-o {name}.docx", "the table in Word"), ("rpgstat check", "what to know of the answers before tables are trusted")),
    "reliability": (("-o {name}.docx", "the table in Word"), ("rpgstat score", "the statements and batteries themselves")),
    "themes": (("--codes", "the codes below each theme"), _WORD, _PICTURE, ("rpgstat agreement", "how far the coders agree")),
    "agreement": (("--disagreements", "the units on which coders differ"), ("-o {name}.docx", "the table in Word")),
    "joint": (_WORD, _PICTURE, ("rpgstat theory", "how the programme worked")),
    "theory": (_WORD, _PICTURE, ("rpgstat report -o report.docx", "everything in one document")),
    "findings": (("-o {name}.docx", "the table in Word"), ("rpgstat report -o report.docx", "everything in one document")),
    "timeline": (_WORD, _PICTURE, ("rpgstat report -o report.docx", "everything in one document")),
    "indicators": (("--event PERIOD:TEXT", "the level and the slope before and after"), _WORD, _PICTURE),
    "workforce": (("--reference previous", "each period against the one before"), _WORD, _PICTURE),
    "plan": (("--overlap 60", "so many people who answer both times"), _PICTURE),
    "disclosure": (("--result merges", "which groups to join"), ("-o {name}.xlsx", "for whoever checks what is passed on")),
    "check": (("--ignore CODE", "leave out what you have looked at"), ("rpgstat compare", "what changed between waves")),
    "report": (("rpgstat fill template.docx -o report.docx", "the same results in a Word file of your own"),),
    "fill": (("rpgstat report -o report.docx", "everything in one document"),),
}
"""For each command: what is added to it, or run in its place, and what that gives."""


def of(command: str) -> Iterator[str]:
    """A line for each."""
    for what, gives in NEXT.get(command, ()):
        added = what if what.startswith("rpgstat ") else f"rpgstat {command} {what.format(name=command)}"
        yield f"{added}  {gives}"
