"""What is left open of hidden groups where there is one grouping: all groups add up to the whole, so no programme is needed to find out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rpgstat.disclosure._kind import Kind, total_of
from rpgstat.disclosure._possible import Levels, moves
from rpgstat.disclosure._table import Open, Table
from rpgstat.disclosure._universe import Place

VALUES = 3
"""How many numbers of people a hidden group may have, at least, as far as anybody can tell."""


def open_places(table: Table) -> Iterator[Open]:
    """The hidden groups of which number or mean is known within too little, and the groups of which less shown would help."""
    hidden = [place for place in table.order if place in table.hidden]
    shown = [place for place in table.order if place not in table.hidden]
    most, came = limits(table, hidden, shown), _who_came(table, hidden, shown)
    means = [table.levels_of(table.universe.members[place]) for place in shown if place in table.few]
    every = [table.levels_of(table.universe.members[place]) for place in shown]
    for at, place in enumerate(hidden):
        if not table.counts(place):
            continue
        if _number_known(table, hidden, most, at, came[at]):
            yield Open(place, shown)
        elif table.people[place] and _mean_known(table, hidden, most, at, came[at], means):
            yield Open(place, shown, blur=table.kind.answers and not _mean_known(table, hidden, most, at, came[at], every))


def limits(table: Table, hidden: Sequence[Place], shown: Sequence[Place]) -> list[int]:
    """The most people that each hidden group can have. Groups are hidden from the smallest on, so where that is so none is larger than one shown."""
    total = table.whole.total()
    most = [min(total, max(table.most[place], table.people[place].total())) for place in hidden]
    if not table.known.ordered:
        return most
    for by in {place.by for place in hidden}:
        own = [at for at, place in enumerate(hidden) if place.by == by]
        least = min((table.people[place].total() for place in shown if place.by == by and table.people[place]), default=total)
        if all(table.people[hidden[at]].total() <= least for at in own):
            for at in own:
                most[at] = min(most[at], least)
    return most


def _number_known(table: Table, hidden: Sequence[Place], most: Sequence[int], at: int, came: int) -> bool:
    """Whether fewer than three numbers are possible, or only small ones, by what all hidden have together; not where all who could have answered did,
    and these are not few: their number is known anyhow.

    Where somebody is known to be hidden for being few, one of them all has few. `came` are the fewest by those who returned the questionnaire.
    """
    if settled(table, hidden[at], most[at]):
        return False
    low, high = _bounds(table, hidden, most, at)
    if table.people[hidden[at]].total() < table.rule.hide_below:
        low = max(low, came)
    few, total = table.rule.hide_below - 1, sum(table.people[place].total() for place in hidden)
    small, large = range(low, min(high, few) + 1), range(max(low, few + 1), high + 1)
    if table.known.ordered:
        others = [limit for place, limit in enumerate(most) if place != at]
        room = sum(others) - min((limit - min(limit, few) for limit in others), default=0)
        large = range(max(large.start, total - room), large.stop)
    return len(small) + len(large) < min(VALUES, values(table, hidden[at])) or (not large and not_few(table, hidden[at]) > few)


def values(table: Table, place: Place) -> int:
    """How many numbers of people a place may have, as anybody knows: of a cross it is shown nowhere how many returned the questionnaire."""
    least = table.fewest[place] if len(place.by) == 1 else table.floor(place)
    return min(table.most[place], table.whole.total()) - least + 1


def not_few(table: Table, place: Place) -> int:
    """The most people that a place can have, as anybody knows, some of which it is to be able to have; 0 where nobody is there: that these may be
    many is not asked."""
    return table.most[place] if table.people[place] else 0


def settled(table: Table, place: Place, most: int) -> bool:
    """Whether the number of a group is the most it can be, as everybody knows who sees how many returned the questionnaire, and not small."""
    n = table.people[place].total()
    return len(place.by) == 1 and table.known.beside is not None and n >= table.rule.hide_below and table.most[place] == n == most


def _bounds(table: Table, hidden: Sequence[Place], most: Sequence[int], at: int) -> tuple[int, int]:
    """The least and the largest number of people that one of the hidden groups can have."""
    numbers = [table.people[place].total() for place in hidden]
    least = [min(number, table.fewest[place]) for number, place in zip(numbers, hidden, strict=True)]
    room = sum(limit for place, limit in enumerate(most) if place != at)
    return max(least[at], sum(numbers) - room), min(most[at], sum(numbers) - sum(least) + least[at])


def _who_came(table: Table, hidden: Sequence[Place], shown: Sequence[Place]) -> list[int]:
    """The fewest people that each hidden group can have by how many of it returned the questionnaire, where that is shown: all but those who did not
    answer and are in none of the groups shown."""
    members, found = table.universe.members, [0 for _ in hidden]
    for own in table.known.beside.each if table.known.beside else []:
        seen = set(own.shown)
        silent = sum(own.people) - table.whole.total() - sum(own.number(members[one]) - table.number(one) for one in shown if members[one] in seen)
        found = [max(least, own.number(members[place]) - silent) if members[place] in seen else least for least, place in zip(found, hidden, strict=True)]
    return found


def _mean_known(table: Table, hidden: Sequence[Place], most: Sequence[int], at: int, came: int, shown: Sequence[Levels]) -> bool:
    """Whether the mean of a hidden group cannot lie half a level higher and lower, nor reach the end of the scale, where those `shown` are so by
    their means."""
    scale = table.kind.scale
    if scale is None or table.rule.hide_below == 1:
        return False
    people = table.people[hidden[at]]
    n, high, low = people.total(), *table.aims(hidden[at])
    least = max(_bounds(table, hidden, most, at)[0], came, 1)
    every = [at for place in hidden for at in table.universe.members[place]]
    if not table.kind.answers:
        together = table.together(every)
        total, number = total_of(together), together.total()
        most_of = min(scale.high * least, total - scale.low * (number - least))
        least_of = max(scale.low * least, total - scale.high * (number - least))
        return most_of < high * least or least_of > low * least
    pool, kind = table.levels_of(every), table.kind
    if len(pool) == 2:
        return min(n, pool[1]) - max(0, n - pool[0]) < VALUES - 1
    return not _reaches(pool, shown, kind, least, high, up=True) or not _reaches(pool, shown, kind, least, low, up=False)


def _reaches(pool: Levels, shown: Sequence[Levels], kind: Kind, n: int, aim: Fraction, *, up: bool) -> bool:
    """Whether n of the people hidden can have that mean: as they answered, or when two of them changed answers with two of whom the mean is shown."""
    if kind.extreme(pool, n, up=up) * (1 if up else -1) >= aim * n * (1 if up else -1):
        return True
    for mine, theirs in moves(kind.steps):
        if all(pool[level] >= mine.count(level) for level in mine) and any(all(own[level] >= theirs.count(level) for level in theirs) for own in shown):
            changed = tuple(count - mine.count(level) + theirs.count(level) for level, count in enumerate(pool))
            if kind.extreme(changed, n, up=up) * (1 if up else -1) >= aim * n * (1 if up else -1):
                return True
    return False
