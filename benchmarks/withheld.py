"""Counts the numbers of people that are withheld beside those of few, and the fewest that would have done, by trying all sets, in small made-up studies.

python benchmarks/withheld.py [STUDIES]
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from rpgstat.disclosure import Reason
from rpgstat.disclosure._kind import Kind
from rpgstat.disclosure._known import Known
from rpgstat.disclosure._rounds import _open
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place, universe_of
from rpgstat.study import Disclosure

_SETS = 20_000
"""Studies in which more sets would have to be tried are left out."""


def made_table(rng: random.Random) -> Table:
    """Who returned a questionnaire in a study of two groupings: 15 to 60 people, of groups of unlike sizes."""
    roles, teams = rng.randint(2, 4), rng.randint(2, 3)
    people = Counter(
        (
            f"role {rng.choices(range(roles), [1 / (at + 1) for at in range(roles)])[0]}",
            f"team {rng.choices(range(teams), [1 / (at + 1) for at in range(teams)])[0]}",
        )
        for _ in range(rng.randint(15, 60))
    )
    parts = tuple(sorted(people))
    universe = universe_of(("role", "team"), parts, tables=1)
    largest = {place: sum(people[parts[at]] for at in own) for place, own in universe.members.items()}
    return Table(universe, Kind(), Disclosure(), [Counter({"returned": people[part]}) for part in parts], [True] * len(parts), Known(largest, ordered=True))


def enough(table: Table, more: tuple[Place, ...]) -> bool:
    """Whether it is enough to withhold these beside few people: nothing withheld follows, and each number has the values it should."""
    table.start(dict.fromkeys(more, Reason.NARROW))
    before = set(table.hidden)
    table.keep_company()
    return set(table.hidden) == before and _open([table]) == [None]


def fewest(table: Table, most: int) -> int | None:
    """The fewest numbers that must be withheld beside few people, fewer than `most` or so many; None where there are too many sets to try."""
    table.start({})
    left = [place for place in table.order if place not in table.hidden]
    tried = 0
    for size in range(most):
        for more in combinations(reversed(left), size):
            tried += 1
            if tried > _SETS:
                return None
            if enough(table, more):
                return size
    return most


def counted(studies: int) -> Iterator[tuple[int, int]]:
    """Of each study in which anything is withheld, how many numbers are beside few people, and the fewest."""
    rng = random.Random(3)
    while studies:
        table = made_table(rng)
        table.protect({})
        own = sum(reason is not Reason.FEW for reason in table.hidden.values())
        if table.hidden and (least := fewest(table, own)) is not None:
            studies -= 1
            yield own, least


def main() -> None:
    """Counts, and prints what was found."""
    found = list(counted(int(sys.argv[1]) if len(sys.argv) > 1 else 80))
    own, least = (sum(each) for each in zip(*found, strict=True))
    equal = sum(one == other for one, other in found)
    print(f"{len(found)} studies: {own} numbers withheld beside few people, {least} at the least; as few as can be in {equal}.")


if __name__ == "__main__":
    main()
