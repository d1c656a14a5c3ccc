"""What to count, said without an engine: how cells become codes, who is told apart, and the queries that engines answer with counts."""

from __future__ import annotations

from collections.abc import Mapping

from rpgstat.record import record

MISSING, UNKNOWN = 0, 255
"""Codes beside 1..k for the levels and k + 1 for an answer off the scale."""


@record
class Numbering:
    """How the cells of a column become whole numbers: `codes` those that are known, `blank` a missing one, `other` all else.

    Without a column every row has the code `blank`. Codes are below 256 unless they are `wide`.
    """

    column: str | None
    codes: Mapping[str, int]
    blank: int
    other: int
    wide: bool = False

    @property
    def spellings(self) -> dict[int, list[str]]:
        """Code -> the cells that have it."""
        found: dict[int, list[str]] = {}
        for cell, code in self.codes.items():
            found.setdefault(code, []).append(cell)
        return found


@record
class Who:
    """What tells people apart beside the wave: the codes of their groups, and the column of their weight as it is written.

    Of people in two waves `both` says that the groups in either tell them apart, those of the later called "group 0 after" and so on.
    """

    groups: tuple[Numbering, ...] = ()
    weight: str | None = None
    both: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns of wave and groups."""
        own = [f"group {i}" for i in range(len(self.groups))]
        return ("wave", *own, *(f"{name} after" for name in own if self.both))

    @property
    def apart(self) -> tuple[str, ...]:
        """These, and that of the weight."""
        return self.keys if self.weight is None else (*self.keys, "weight")

    @property
    def columns(self) -> set[str]:
        """The columns of the file that it is told by."""
        return {numbering.column for numbering in self.groups if numbering.column is not None} | ({self.weight} if self.weight is not None else set())


ELSEWHERE = 65_534
"""The code of the group of somebody who stands in another one in the other wave."""


@record
class ItemOf:
    """An item in a query: its column, how many levels it has, and the points of each level in whole units, lowest code first."""

    column: str
    points: tuple[int, ...]
    reverse: bool = False

    @property
    def levels(self) -> int:
        """The codes 1 to this one are on the scale."""
        return len(self.points)


@record
class Cells:
    """People by column and code: (who apart, column, code, n)."""

    columns: tuple[str, ...]


@record
class ScoreOf:
    """People by the sum of their points and the number of items answered: (who apart, sum, answered, n).

    With `together` also the sum of each item's points, then of each item's squared points; these hold of people who answered all items.
    """

    items: tuple[ItemOf, ...]
    together: bool = False


@record
class MomentsOf:
    """A row for each wave of whose people some answered all items: (wave, n, the sum of each item, the sum of each product of two, row by row)."""

    items: tuple[ItemOf, ...]


@record
class FilledIn:
    """How the questionnaires of a wave were filled in: (wave and groups, returned, usable, answered, partial, straight-liners).

    `items` were asked; a straight line is one level as it was chosen on all items of one of `batteries`.
    """

    wave: int
    items: tuple[ItemOf, ...]
    batteries: tuple[tuple[ItemOf, ...], ...]


@record
class Roll:
    """By wave: (wave, rows, rows without an answer in `columns`, and where anything tells, unfinished ones)."""

    columns: tuple[str, ...]
    unfinished: bool


@record
class Again:
    """One number: how many more rows with an id there are than ids."""


Both = tuple[ItemOf, ItemOf]  # before and after

BEFORE, AFTER = "before ", "after "
"""What the columns of items are called by in queries on two waves, beside their names in each file."""

DIGIT = 16
"""Bits of a digit of a weight: a sum of products of two digits of some millions of people fits into 64 bits."""


def digits_of(side: str, digits: int) -> list[str]:
    """What the columns of the digits of people's weights in a wave are called, the lowest first."""
    return [f"{side}weight {place}" for place in range(digits)]


def masses(digits: int) -> list[str]:
    """What the sums of products of the digits of two weights are called, the lowest place first."""
    return [f"mass {place}" for place in range(max(2 * digits - 1, 0))]


@record
class MovesOf:
    """People of two waves by item and codes: (groups, place of the item, 256 x the code before + the one after, n).

    Where they have weights of so many `digits`, then also the sum of the products of their two weights, by places of digits.
    """

    items: tuple[Both, ...]
    digits: int = 0


@record
class ScoreMovesOf:
    """People of two waves who answered half of the items or more in both: (groups, sum and number answered before, both after, n).

    `digits` as in `MovesOf`; with `everyone` also people who answered fewer.
    """

    items: tuple[Both, ...]
    digits: int = 0
    everyone: bool = False


@record
class CoursesOf:
    """People of several waves by what they answered in each: (place of the item, sum of the codes times a power of `base`, n).

    `waves` are the items in each; a code of nothing on the scale is 0, and the power is the place of the wave.
    """

    waves: tuple[tuple[ItemOf, ...], ...]

    @property
    def base(self) -> int:
        """One more than the largest code."""
        return 1 + max(item.levels for items in self.waves for item in items)


@record
class ScoreCoursesOf:
    """People of several waves by their score in each: (the code of each, n).

    `waves` are the items of the score in each. The code of a score is its sum times one more than there are items, plus the number of items
    answered; 0 where fewer than half are.
    """

    waves: tuple[tuple[ItemOf, ...], ...]


@record
class AgainOf:
    """How many more answers than people there are to each of several things over several waves, a column by the place of each.

    `waves` are, of each wave, the items of each thing: of an item itself, of a score all that it is made of, () where the wave has none. A
    thing is answered where half of its items are.
    """

    waves: tuple[tuple[tuple[ItemOf, ...], ...], ...]


Query = Cells | ScoreOf | MomentsOf | FilledIn | Roll | Again | MovesOf | ScoreMovesOf


def items_in(query: Query) -> set[str]:
    """The columns of items that a query on one file reads; of one on two waves this is not asked."""
    match query:
        case Cells() | Roll():
            return set(query.columns)
        case FilledIn():
            return {item.column for items in (query.items, *query.batteries) for item in items}
        case Again():
            return set()
        case ScoreOf() | MomentsOf():
            return {item.column for item in query.items}
        case _:
            raise ValueError("this query is on two waves")


def in_lots(query: Query, most: int = 500) -> list[Query]:
    """A query as several whose answers together are its own, where it is on so many columns that they would take much memory at once."""
    columns = query.columns if isinstance(query, Cells) else ()
    return [Cells(columns[at : at + most]) for at in range(0, len(columns), most)] if len(columns) > most else [query]


def keys_of(query: Query, who: Who) -> tuple[str, ...]:
    """The columns of an answer that say of whom it is; the others are sums, so that answers on parts of the rows can be added up."""
    match query:
        case Cells():
            return (*who.apart, "column", "code")
        case ScoreOf():
            return (*who.apart, "sum", "answered")
        case FilledIn():
            return who.keys
        case Roll() | MomentsOf():
            return ("wave",)
        case _:
            raise ValueError("answers to this query are not added up")


OverWaves = CoursesOf | ScoreCoursesOf | AgainOf

Conditions = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
"""Whom a question was for: of each part, one of the columns holds one of its cells."""


@record
class AnyOf:
    """Several columns of a question, as one that says whether any of them holds an answer; cells in `nothing` are none."""

    columns: tuple[str, ...]
    nothing: tuple[str, ...] = ()
    asked: Conditions = ()


@record
class CellsOf:
    """A column of a question: who meets the `asked` conditions counts in it, and who answered `among` several."""

    column: str
    asked: Conditions = ()
    among: AnyOf | None = None


@record
class TextsOf:
    """People by place and cell as it is written: (who apart, place, cell, n); a place is where a part stands in `parts`.

    "" is a blank cell, and of several columns one without an answer; theirs is ANSWERED with one. Who was not asked is in no row.
    """

    parts: tuple[CellsOf | AnyOf, ...]

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns of the file that it reads."""
        own = [
            column
            for part in self.parts
            for column in ((part.column, *(part.among.columns if part.among else ())) if isinstance(part, CellsOf) else part.columns)
        ]
        return tuple(dict.fromkeys((*own, *(column for part in self.parts for condition in part.asked for column, _ in condition))))


TO = "\x1f"
"""What stands between the cells of a person before and after."""

ANSWERED = "1"
"""The cell of several columns of which one holds an answer."""

ANYBODY = "anybody"
"""In place of items, where there are none: the column of a code that is MISSING for people who seem to have answered nothing."""
