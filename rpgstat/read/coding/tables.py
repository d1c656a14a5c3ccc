"""Coded material in tables: which layout a table has, and the units, codes and coders in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from functools import cached_property
from operator import itemgetter
from pathlib import Path

from rpgstat.errors import UserError, did_you_mean
from rpgstat.read import headers
from rpgstat.read.coding.words import Role, applied, is_numbered, role, ticked
from rpgstat.record import record
from rpgstat.study import is_blank, normalise
from rpgstat.study.coding import Unit
from rpgstat.study.themes import Coded
from rpgstat.text import shortened

NO_ANSWER = frozenset(
    {"none", "nothing", "n/a", "na", "nil", "no comment", "no comments", "-", "--", "---", ".", "..", "...", "no answer", "not applicable", "x", "?"}
)
"""What people write who have nothing to say; it is no answer unless somebody coded it."""


@record
class Table:
    """A table as it is read: `rows` are as wide as its header and know their number in the file; what is declared of it is `coded`."""

    name: str
    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    coded: Coded
    wanted: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    _places: dict[str, list[int]] = field(default_factory=dict, repr=False, compare=False)

    def place(self, header: str) -> int | None:
        """Where a column stands, by its header; None without one. Raises UserError where several are headed so."""
        if not self._places:
            for i, own in enumerate(self.header):
                self._places.setdefault(normalise(own), []).append(i)
        found = self._places.get(normalise(header), [])
        if len(found) > 1:
            raise UserError(f"{self.name}: {len(found)} columns are headed `{shortened(header)}`", "rename all but one of them")
        return found[0] if found else None

    def require(self, header: str, key: str) -> int:
        """As `place`, but a column that is not there is a UserError naming the nearest."""
        found = self.place(header)
        if found is None:
            raise UserError(f"{self.name}: no column `{shortened(header)}`, which the study names as `{key}`", did_you_mean(header, filter(None, self.header)))
        return found

    def of(self, wanted: Role) -> list[int]:
        """The columns that hold this by their headers, but for those declared to name the unit: people's own ids may be headed `Code`."""
        units = set(map(normalise, self.coded.unit))
        return [i for i, header in enumerate(self.header) if role(header) == wanted and normalise(header) not in units]

    def one(self, declared: str, key: str, wanted: Role) -> int | None:
        """The column declared at `key`, else the first that holds this by its header; None without any."""
        return self.require(declared, key) if declared else next(iter(self.of(wanted)), None)

    def column(self, place: int) -> Iterator[str]:
        """The cells of a column."""
        return (row[place] for _, row in self.rows)

    def cells(self, place: int) -> frozenset[str]:
        """What stands in a column, each once: of ticks a handful, however many the rows."""
        return frozenset(map(itemgetter(place), self._bare))

    @cached_property
    def _bare(self) -> list[tuple[str, ...]]:
        return [row for _, row in self.rows]

    @property
    def identified(self) -> list[int]:
        """The columns that name the unit: those declared, else one of ids."""
        if self.coded.unit:
            return [self.require(header, "unit") for header in self.coded.unit]
        return [i for i, header in enumerate(self.header) if headers.sort(header) == "id" and normalise(header) != "id"][:1] or self._bare_id()

    def _bare_id(self) -> list[int]:
        return [i for i, header in enumerate(self.header) if normalise(header) == "id" and len({*self.column(i)}) == len(self.rows)][:1]

    @property
    def text(self) -> int | None:
        """The column of the words that were coded; None without one. The question itself may head it."""
        if self.coded.text:
            return self.require(self.coded.text, "text")
        for words in (self.coded.asked, self.coded.name):
            if words and (found := self.place(words)) is not None:
                return found
        comments = self.of("memo") if self.coded.kind == "answers" else []  # of a person it is the answer, of a passage a coder's remark
        return next(iter([*self.of("text"), *comments]), None)

    @property
    def beside(self) -> dict[str, int]:
        """The columns that are asked for besides, such as those of waves and groups, as far as they are there."""
        return {header: place for header in self.wanted if (place := self.place(header)) is not None}


def is_written(cell: str) -> bool:
    """Whether a cell holds an answer in words.

    >>> is_written("Relief"), is_written(" N/A "), is_written("-"), is_written("None.")
    (True, False, False, False)
    """
    return not is_blank(cell) and normalise(cell).rstrip(".!") not in NO_ANSWER and any(map(str.isalnum, cell))


class Units:
    """The units of a table, each met once; `key` names one from a row."""

    def __init__(self, table: Table, places: Sequence[int], source: int | None = None) -> None:
        self.table, self.places, self.source = table, places, source
        self.text, self.beside = table.text, table.beside
        self.wave = table.beside.get(table.coded.wave_column)
        self.found: dict[tuple[str, str], int] = {}
        self.units: list[Unit] = []

    def at(self, number: int, row: Sequence[str]) -> int:
        """The place of the row's unit among the units; a row without a name is a unit of its own."""
        parts = [row[i].strip() for i in self.places]
        named = all(part and not is_blank(part) for part in parts) and bool(parts)
        name = " · ".join(parts) if named else f"row {number} of {self.table.name}"
        written = is_written(row[self.text]) if self.text is not None else None
        wave = normalise(row[self.wave]) if self.wave is not None else ""  # one person may answer in several waves
        place = self.found.setdefault((normalise(name), wave), len(self.units))
        if place == len(self.units):
            source = row[self.source].strip() if self.source is not None else (parts[0] if named else "")
            self.units.append(Unit(name, source, {header: row[i].strip() for header, i in self.beside.items()}, written=written, named=named))
        elif written and not self.units[place].written:
            self.units[place] = replace(self.units[place], written=written)
        return place


def layout_of(table: Table) -> str:
    """The layout that is declared, else the one that the headers and cells show. Raises UserError where none is plain."""
    if table.coded.layout in ("ticks", "codes", "rows", "joined", "matrix"):
        return table.coded.layout
    for layout, holds in _LAYOUTS.items():
        if holds(table):
            return layout
    heads = ", ".join(f"`{shortened(header, 30)}`" for header in list(filter(None, table.header))[:8])
    raise UserError(
        f"{table.name}: how it is coded is not plain from its columns ({heads})",
        'say `layout` in the study file: "ticks", "codes", "rows", "joined" or "matrix"; for "rows" and "joined" name the column with the codes, code = "Code"',
    )


def _is_taguette(table: Table) -> bool:
    return [normalise(header) for header in table.header[:4]] == ["id", "document", "tag", "content"]


def _is_matrix(table: Table) -> bool:
    first, *others = table.header
    if not others or not (normalise(first) == "" or role(first) in ("system", "code", "codes")) or any(map(role, others)):
        return False
    return all(_is_number(cell) for _, row in table.rows for cell in row[1:]) and not all(_is_number(row[0]) for _, row in table.rows)


def _is_number(cell: str) -> bool:
    return is_blank(cell) or cell.strip().replace(".0", "").isdecimal()


def _is_joined(table: Table) -> bool:
    return bool(table.of("codes"))


def _is_rows(table: Table) -> bool:
    return bool(table.coded.code) or bool(table.of("code"))


def _is_codes(table: Table) -> bool:
    """Whether numbered columns hold codes; where all they hold is ticks, `Theme 1` is the name of a code."""
    places = [i for i, header in enumerate(table.header) if is_numbered(header)]
    return any(ticked(cell, table.header[i]) is None for i in places for cell in table.cells(i))


_LAYOUTS: dict[str, Callable[[Table], bool]] = {
    "taguette": _is_taguette,
    "codes": _is_codes,
    "matrix": _is_matrix,
    "joined": _is_joined,
    "rows": _is_rows,
    "ticks": lambda table: bool(tick_columns(table)),
}


def tick_columns(table: Table) -> dict[int, str]:
    """The columns that each hold the ticks of one code, by place, with the code.

    A column named as a code by the study, or most of whose cells are ticks, may hold nothing else: else UserError with the row.
    """
    used = {*table.identified, table.text, table.place(table.coded.coder) if table.coded.coder else None, *table.beside.values()}
    named = {normalise(code) for code in (*table.coded.code, *table.names)}
    found = {}
    for i, header in enumerate(table.header):
        if i in used or not header.strip():
            continue
        declared = normalise(header) in named
        if not declared and (table.coded.code or role(header) is not None or headers.sort(header) != "answer"):
            continue
        strange = {cell for cell in table.cells(i) if ticked(cell, header) is None}
        odd = [number for number, row in table.rows if row[i] in strange] if strange else []
        if odd and (declared or 10 * len(odd) <= len(table.rows)):
            raise UserError(
                f"{table.name}: row {odd[0]} of column `{shortened(header)}` is neither a tick nor blank",
                "mark what applies with 1 or x, and leave the rest blank; if the column holds no code, take it out",
            )
        if not odd:
            found[i] = applied(header)
    return found


def wide(name: str, rows: Iterable[tuple[int, tuple[str, ...]]]) -> tuple[tuple[str, ...], tuple[tuple[int, tuple[str, ...]], ...]]:
    """The header, and the rows below it as wide as that. Raises UserError without any rows, and for a row with more cells."""
    numbered = list(rows)
    if len(numbered) < 2:
        raise UserError(f"{name}: no rows below the header", "export it again with its codes")
    header = tuple(headers.clean(cell) for cell in numbered[0][1])
    while header and not header[-1] and all(not row[len(header) - 1 :] or not any(map(str.strip, row[len(header) - 1 :])) for _, row in numbered):
        header = header[:-1]
    body = []
    for number, row in numbered[1:]:
        if any(cell.strip() for cell in row[len(header) :]):
            raise UserError(f"{name}: row {number} has {len(row)} cells, the header {len(header)}", "quote cells that hold the separator")
        body.append((number, (*row[: len(header)], *[""] * (len(header) - len(row)))))
    return header, tuple(body)
