"""What an evaluator declares of how a programme worked: contexts, mechanisms and outcomes, the paths between them, and when everything was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from rpgstat.record import record

PartKind = Literal["context", "mechanism", "outcome"]


@record
class Evidence:
    """What an evaluator holds up for a part of the theory: a `row` of a result, named as in Word templates, with what it `says`; or a `source` in words."""

    row: str = ""
    says: str = ""
    source: str = ""


@record
class Part:
    """A context, mechanism or outcome: one `text`, or of a mechanism what is offered (`resource`) and how people respond (`reasoning`).

    An outcome may have the `level` at which it shows, and be `unwelcome`. `place` is where the study file declares it.
    """

    id: str
    kind: PartKind
    place: str
    text: str = ""
    resource: str = ""
    reasoning: str = ""
    level: str = ""
    unwelcome: bool = False
    evidence: tuple[Evidence, ...] = ()


@record
class Told:
    """Who tells of a path: a `row` of a result that holds a theme or a quotation, or a `source` in words that nobody checks."""

    row: str = ""
    source: str = ""


@record
class Configuration:
    """How contexts let mechanisms work, and what comes of it. An outcome among the `contexts` is where one path leads to another."""

    name: str
    place: str
    contexts: tuple[str, ...]
    mechanisms: tuple[str, ...]
    outcomes: tuple[str, ...]
    for_whom: str = ""
    blocked_by: tuple[str, ...] = ()
    said: tuple[Told, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of everything that it names, each once."""
        return tuple(dict.fromkeys((*self.contexts, *self.blocked_by, *self.mechanisms, *self.outcomes)))

    def links(self) -> Iterator[tuple[str, str, bool]]:
        """From what to what, and whether the first stands in the way of the second."""
        for mechanism in self.mechanisms:
            yield from ((context, mechanism, False) for context in self.contexts)
            yield from ((context, mechanism, True) for context in self.blocked_by)
            yield from ((mechanism, outcome, False) for outcome in self.outcomes)


@record
class Theory:
    """The theory of a programme: its parts and the configurations in which they work."""

    title: str
    parts: tuple[Part, ...]
    configurations: tuple[Configuration, ...]

    def part(self, name: str) -> Part:
        """The part of that id."""
        return next(part for part in self.parts if part.id == name)


@record
class Moment:
    """Something that happened, from `start` to `end` (years, months or days, the same for one point in time), in a `lane` of the timeline.

    `wave` names the round of the survey that it was, whose people are then counted beside it.
    """

    start: str
    end: str
    lane: str
    what: str
    wave: str = ""
