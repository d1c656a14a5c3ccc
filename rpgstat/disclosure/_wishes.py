"""What has to be possible, beside all that is shown, for a hidden place to be open: each as a sum of its people by answer that some counts bring about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rpgstat.disclosure._single import VALUES, not_few, settled
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.record import record


@record
class Wish:
    """The factors of the people of each answer (of a battery score: of people, and of the sum of scores), and what their sum should be at least.

    `numbers`: all that counts is how many people there are, whatever they answered."""

    factors: tuple[float, ...]
    least: float
    numbers: bool = False


def wishes(table: Table, place: Place, most: int) -> list[Wish]:
    """What is enough for a place to be open, though not all of it is needed; `most` is how many people it can have."""
    return [*of_number_unless_settled(table, place, most), *of_answers(table, place)]


def of_number_unless_settled(table: Table, place: Place, most: int) -> list[Wish]:
    """What is enough for its number to be open, if that is no matter of who returned the questionnaire."""
    return [] if settled(table, place, most) else list(of_number(table, place))


def of_number(table: Table, place: Place) -> Iterator[Wish]:
    """One more, and enough not to be few; and one fewer, or where there can be no fewer two more."""
    n, enough = table.people[place].total(), table.rule.hide_below
    one = (1.0,) * len(steps_of(table)) or (1.0, 0.0)[: width_of(table)]
    yield Wish(one, max(n + 1, enough if not_few(table, place) >= enough else 0), numbers=True)
    yield replace(_other(one, n, table.floor(place)), numbers=True)


def of_answers(table: Table, place: Place) -> Iterator[Wish]:
    """A mean half a level higher and lower, or at the ends; of two answers, one more and one fewer of the second."""
    steps = steps_of(table)
    if not table.people[place]:
        return
    if len(steps) == 2:
        second = table.levels_of(table.universe.members[place])[1]
        yield Wish((0.0, 1.0), second + 1)
        yield _other((0.0, 1.0), second, 0)
    elif width_of(table) > 1:
        high, low = map(float, table.aims(place))
        yield Wish(tuple(score - high for score in steps) or (-high, 1.0), 0.0)
        yield Wish(tuple(low - score for score in steps) or (low, -1.0), 0.0)


def _other(factors: tuple[float, ...], value: int, least: int) -> Wish:
    """A number that is smaller than it is, or by two larger where it cannot be smaller: with one that is larger by one, the third value."""
    return Wish(tuple(-factor for factor in factors), 1 - value) if value > least else Wish(factors, value + VALUES - 1)


def steps_of(table: Table) -> Sequence[float]:
    """The scores of the answers that are told apart; none where there are people only, or scores with many values."""
    answers = table.kind.answers and table.rule.hide_below > 1
    return tuple(map(float, table.kind.scale.scores)) if answers and table.kind.scale else ()


def width_of(table: Table) -> int:
    """Unknowns of a part: its people; or these by answer; or, of scores with many values, people and their sum."""
    if table.kind.scale is None or table.rule.hide_below == 1:
        return 1
    return len(steps_of(table)) or 2
