"""The checks by their codes: each is a function of what is known of a study, which yields what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from rpgstat.glossary import RESULTS
from rpgstat.glossary.codes import CODES, LEVELS
from rpgstat.glossary.sentences import say, word
from rpgstat.record import record
from rpgstat.study import Column, persons
from rpgstat.study.looked import Looked, Used
from rpgstat.text import shortened

CHEAP = frozenset("E103 E105 E106 E107 E108 E110 E112 W201 W202 W207".split())
"""Codes that need no more than every command has read and counted anyway."""


@record
class Finding:
    """Something that an analyst must know. `where` it is; `item`, `wave` and `n` people, where it is about any.

    Its sentence is called like its code, with `kind` behind it where there are several; `places` are filled in, `number` tells one from several.
    """

    code: str
    where: str
    item: str | None = None
    wave: str | None = None
    n: int | None = None
    kind: str = ""
    number: int | None = None
    places: Mapping[str, object] = field(default_factory=dict)

    @property
    def level(self) -> str:
        """`error`, `warning` or `info`."""
        return LEVELS[self.code[0]]

    @property
    def message(self) -> str:
        """What is found."""
        return word("finding", f"{self.code}{self.kind}", self.number if self.number is not None else self.n, **self.places)

    @property
    def hint(self) -> str:
        """How to mend it."""
        return word("mend", f"{self.code}{self.kind}", **self.places)

    @property
    def row(self) -> dict[str, str | int | None]:
        """It as a row of the result `check`."""
        return {key: getattr(self, key) for key in RESULTS["check"]}


Check = Callable[[Looked], Iterator[Finding]]

CHECKS: dict[str, Check] = {}
"""The function of each code."""


def check(code: str) -> Callable[[Check], Check]:
    """Registers the function of a code. Raises KeyError for a code that is none or that has a function."""
    if code not in CODES or code in CHECKS:
        raise KeyError(code)

    def registered(function: Check) -> Check:
        CHECKS[code] = function
        return function

    return registered


def heading(column: Column) -> str:
    """What a column is headed, unless that may tell of a person, as the first row of a file without headers does: then its place.

    >>> heading(Column("c4", "I cope")), heading(Column("c4", "j.smith@example.org"))
    ('`I cope`', 'column 5')
    """
    if persons.form(column.label) or persons.form(column.text):
        return say("where.place", place=int(column.name[1:]) + 1)
    return f"`{shortened(column.label, 80)}`"


def at_column(file: str, column: Column) -> str:
    """A column of a file."""
    return say("where.column", file=file, column=heading(column))


def of_use(used: Used) -> str:
    """What the study uses a column for, and which column it is."""
    return at_column(used.file, used.column)


def shown(answers: Mapping[str, int], known: tuple[str, ...] = ()) -> str:
    """Answers that may be shown, and how many may not; never with how many people gave one."""
    safe = persons.shown({answer: n for answer, n in answers.items() if not persons.form(answer)}, known)  # however many gave a postcode
    told = [f"`{shortened(answer)}`" for answer in safe]
    more = len(answers) - len(safe)
    return ", ".join([*told, *([say("where.more", more, n=more)] if more and told else [say("where.unshown", more, n=more)] if more else [])])
