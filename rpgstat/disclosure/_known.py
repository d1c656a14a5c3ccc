"""What anybody may know of a table of groups beside the table itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from rpgstat.disclosure._span import Vector
from rpgstat.disclosure._universe import Place
from rpgstat.record import record


@record
class Beside:
    """Who returned the questionnaire, whether or not they are in a table: how many of each part, and the sets of parts of which it is shown."""

    people: tuple[int, ...]
    shown: tuple[tuple[int, ...], ...]

    @property
    def there(self) -> list[int]:
        """The parts that anybody returned it of."""
        return [at for at, n in enumerate(self.people) if n]

    def number(self, members: Iterable[int]) -> int:
        """How many of some parts returned it."""
        return sum(self.people[at] for at in members)


@record
class Known:
    """What anybody may know of a table beside it: `largest` first say in which order places are shown, `most` how many people each can hold at
    most, `ties` what else is known of all of them together: what they weigh, as sums over parts.

    `ordered`: the numbers shown are those in whose order places are shown, and somebody is hidden for being few, which is known.
    `zeros`: a number that is hidden may be none at all. `back`: how many returned the questionnaire in all, of whom `most` are those of each place;
    `beside` are these, where they tell more than `most`."""

    largest: Mapping[Place, int]
    most: Mapping[Place, int] = field(default_factory=dict)
    ties: Sequence[Vector] = ()
    weighed: Sequence[Mapping[int, float]] = ()
    ordered: bool = False
    zeros: bool = False
    back: int | None = None
    beside: Beside | None = None
