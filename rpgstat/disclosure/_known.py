"""What anybody may know of a table of groups beside the table itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from rpgstat.disclosure._span import Vector
from rpgstat.disclosure._universe import Place, Universe
from rpgstat.record import record
from rpgstat.study import Study, normalise


@record
class Beside:
    """Who returned the questionnaire, whether or not they are in a table: how many of each part, and the sets of parts of which it is shown.

    Or who was asked, `beyond` whom there are those who answered the question that decides it, and then those who returned the questionnaire.
    """

    people: tuple[int, ...]
    shown: tuple[tuple[int, ...], ...]
    beyond: Beside | None = None

    @property
    def each(self) -> list[Beside]:
        """These, and those beyond them, the innermost first."""
        return [self, *(self.beyond.each if self.beyond else [])]

    @property
    def there(self) -> list[int]:
        """The parts that anybody returned it of."""
        return [at for at, n in enumerate(self.each[-1].people) if n]

    def number(self, members: Iterable[int]) -> int:
        """How many of some parts returned it."""
        return sum(self.people[at] for at in members)


@record
class Known:
    """What anybody may know of a table beside it: `largest` first say in which order places are shown, `most` how many people each can hold at
    most, `ties` what else is known of all of them together: what they weigh, as sums over parts.

    `ordered`: the numbers shown are those in whose order places are shown, and somebody is hidden for being few, which is known.
    `zeros`: a number that is hidden may be none at all. `beside` are those who returned the questionnaire, no more of a place than were `invited`."""

    largest: Mapping[Place, int]
    most: Mapping[Place, int] = field(default_factory=dict)
    ties: Sequence[Vector] = ()
    weighed: Sequence[Mapping[int, float]] = ()
    ordered: bool = False
    zeros: bool = False
    beside: Beside | None = None
    invited: Mapping[Place, int] = field(default_factory=dict)


def invited(universe: Universe, wave: str, study: Study) -> dict[Place, int]:
    """How many people of each group were invited, where that is declared."""
    declared = next((own.invited_by for own in study.waves if own.name == wave), {})
    numbers = {(by, normalise(label)): n for by, labels in declared.items() for label, n in labels.items()}
    return {place: n for place in universe.members if len(place.by) == 1 and (n := numbers.get((place.by[0], normalise(place.key[0] or "")))) is not None}
