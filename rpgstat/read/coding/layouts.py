"""The layouts of tables of coded material: each finds the units in a table, and what was applied to them by whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from rpgstat.errors import UserError
from rpgstat.read.coding.paths import Splitter, check_splits, paths, spelt
from rpgstat.read.coding.tables import Table, Units, tick_columns
from rpgstat.read.coding.words import is_numbered, ticked
from rpgstat.study import is_blank, normalise
from rpgstat.study.coding import Applied, Code, Coding, Unit
from rpgstat.text import count, plural

_LONGEST = 250  # characters of a code with those above it; programs allow names of 200 at the most
_LETTERED = re.compile(r"[A-Z]{1,3} : ")  # of NVivo's matrices: columns
_NUMBERED = re.compile(r"\d+ : ")  # and rows


@dataclass
class Found:
    """What is met in a table: codes as they are spelt there with how often each was applied, by unit and coder."""

    units: Units
    names: dict[str, str] = field(default_factory=dict)
    times: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    judged: dict[str, set[int]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def name(self, code: str) -> str:
        """The spelling of a code that was met first. Raises UserError for words too long to be a code: they may be what somebody wrote."""
        if len(code) > _LONGEST:
            problem = f"{self.units.table.name}: a column that is read for codes holds one of {len(code)} characters, which is no code"
            raise UserError(problem, 'name the columns with the codes in the study file: code = "Code"')
        return self.names.setdefault(spelt(code), code.strip())

    def add(self, unit: int, code: str, coder: str, times: int = 1) -> None:
        """A code applied."""
        self.times[unit, self.name(code), coder] += times

    def see(self, unit: int, coder: str) -> None:
        """A unit looked at."""
        self.judged.setdefault(coder, set()).add(unit)


def coding_of(table: Table, layout: str, codebook: Sequence[Code]) -> Coding:
    """The coded material in a table of that layout; `codebook` are the codes that are known besides. Raises UserError for what cannot be read."""
    known = [code.name or " > ".join(code.path) for code in codebook]
    found = _READERS[layout](table, known)
    split = paths([*known, *found.names.values()], table.coded.separator)
    told = {code.path: code for code in codebook}
    own = {split[name]: Code(split[name]) for name in found.names.values()}
    return Coding(
        file=table.name,
        path=table.path,
        layout=layout,
        units=tuple(found.units.units),
        codes=tuple((own | told).values()),
        applied=tuple(Applied(unit, split[name], coder, times) for (unit, name, coder), times in found.times.items()),
        judged={coder: frozenset(units) for coder, units in found.judged.items()},
        rows=len(table.rows),
        texts=_texts(table, found.units) if layout != "matrix" else {},
        warnings=(*table.warnings, *(f"{table.name}: {line}" for line in found.warnings)),
        unit=table.header[found.units.places[0]] if len(found.units.places) == 1 else "",
    )


def _texts(table: Table, units: Units) -> dict[str, Callable[[], str | None]]:
    """The words in the rows of each source, or of each unit that names no source; nothing where no column holds words."""
    text = units.text
    if text is None:
        return {}
    places: dict[str, list[int]] = {}
    for place, (number, row) in enumerate(table.rows):
        unit = units.units[units.at(number, row)]
        places.setdefault(unit.source or unit.name, []).append(place)
    return {source: partial(_joined_words, table, text, own) for source, own in places.items()}


def _joined_words(table: Table, text: int, places: Sequence[int]) -> str:
    return "\n".join(table.rows[place][1][text] for place in places)


def _coders(table: Table) -> Callable[[Sequence[str]], str]:
    place = table.one(table.coded.coder, "coder", "coder") if not table.coded.coders else None
    return (lambda row: row[place].strip()) if place is not None else lambda _: ""


def _ticks(table: Table, _: Sequence[str]) -> Found:
    source = table.one(table.coded.source, "source", "source") if table.coded.kind != "answers" else None
    named = table.identified or ([source] if source is not None else [])
    found, by = Found(Units(table, named, source)), _coders(table)
    columns = tick_columns(table)
    if not columns:
        raise UserError(f"{table.name}: no column holds ticks of a code", "mark what applies with 1 or x under the name of the code")
    for header in columns.values():
        found.name(header)
    yes = {place: {cell for cell in table.cells(place) if ticked(cell, table.header[place])} for place in columns}
    for number, row in table.rows:
        unit, coder = found.units.at(number, row), by(row)
        found.see(unit, coder)
        for place, header in columns.items():
            if row[place] in yes[place]:
                found.add(unit, header, coder)
    return found


def _codes(table: Table, _: Sequence[str]) -> Found:
    found, by = Found(Units(table, table.identified)), _coders(table)
    places = [table.require(code, "code") for code in table.coded.code] or [i for i, header in enumerate(table.header) if is_numbered(header)]
    for number, row in table.rows:
        unit, coder = found.units.at(number, row), by(row)
        found.see(unit, coder)
        for place in places:
            if not is_blank(row[place]):
                found.add(unit, row[place], coder)
    return found


def _of_rows(table: Table, split: Callable[[str], list[str]], places: Sequence[int]) -> Found:
    source = table.one(table.coded.source, "source", "source")
    named = table.identified if table.coded.unit or source is None else [source]
    if not named:
        raise UserError(f"{table.name}: no column says what was coded", 'name it in the study file: unit = "Document"')
    found, by = Found(Units(table, named, source)), _coders(table)
    for number, row in table.rows:
        unit, coder = found.units.at(number, row), by(row)
        found.see(unit, coder)
        for place in places:
            for code in split(row[place]):
                found.add(unit, code, coder)
    return found


def _rows(table: Table, _: Sequence[str]) -> Found:
    places = [table.require(code, "code") for code in table.coded.code] or table.of("code")[:1]
    if not places:
        raise UserError(f"{table.name}: no column holds the code", 'name it in the study file: code = "Code"')
    return _of_rows(table, lambda cell: [] if is_blank(cell) else [cell], places)


def _joined(table: Table, codebook: Sequence[str]) -> Found:
    places = [table.require(code, "code") for code in table.coded.code] or table.of("codes")[:1] or table.of("code")[:1]
    if not places:
        raise UserError(f"{table.name}: no column holds the codes", 'name it in the study file: code = "Codes"')
    cells = [cell for place in places for cell in table.column(place)]
    known = [*codebook, *table.names]
    check_splits(table.name, table.header[places[0]], known)
    splitter, strange = Splitter(known, cells), Counter[str]()

    def split(cell: str) -> list[str]:
        codes, others = splitter.split(cell)
        strange.update(others)
        return codes

    found = _of_rows(table, split, places)
    found.warnings += _unsplit(table, splitter, places[0], strange)
    return found


def _unsplit(table: Table, splitter: Splitter, place: int, strange: Counter[str]) -> Iterator[str]:
    """What of the cells is no code, and where the file itself says that a cell has another number of codes. Raises UserError where many do."""
    if sum(strange.values()) > len(table.rows) / 2:
        problem = f"{table.name}: {plural(sum(strange.values()), 'piece')} in `{table.header[place]}` that no code of the codebook is spelt like"
        raise UserError(problem, 'name the codebook of this project: codebook = "codebook.csv"')
    if strange:
        yield f"{plural(sum(strange.values()), 'piece')} in `{table.header[place]}` that no code of the codebook is spelt like; not counted"
    stated = next(iter(table.of("number")), None)
    if stated is None:
        return
    wrong = [number for number, row in table.rows if row[stated].strip().isdecimal() and len(splitter.split(row[place])[0]) != int(row[stated])]
    if wrong and not splitter.names:
        problem = f"{table.name}: {plural(len(wrong), 'row')} of `{table.header[place]}` split at commas have another number of codes than the file states"
        raise UserError(problem, 'name the codebook, by which codes are told apart: codebook = "codebook.csv"')
    if wrong:
        yield f"{plural(len(wrong), 'row')} of {count(len(table.rows))} (the first is row {wrong[0]}) have another number of codes than the file states"


def _matrix(table: Table, _: Sequence[str]) -> Found:
    """Codes down, sources across, as NVivo and MAXQDA write it; cells are numbers of codings."""
    found, sources = Found(Units(table, ())), {}
    for place, header in enumerate(table.header[1:], start=1):
        name = _LETTERED.sub("", header, count=1) if _LETTERED.match(header) else header
        if name and normalise(name) not in ("total", "sum", "summe"):
            sources[place] = len(found.units.units)
            found.units.units.append(Unit(name, name))
            found.see(sources[place], "")
    for number, row in table.rows:
        code = _NUMBERED.sub("", row[0], count=1).strip()
        if not code or normalise(code) in ("total", "sum", "summe"):
            continue
        found.name(code)
        for place, unit in sources.items():
            if times := _times(table, number, row[place]):
                found.add(unit, code, "", times)
    found.warnings.append('read as a matrix with codes down and sources across; if it is the other way round, say layout = "ticks"')
    return found


def _times(table: Table, number: int, cell: str) -> int:
    plain = cell.strip().removesuffix(".0")
    if is_blank(cell):
        return 0
    if plain.isdecimal():
        return int(plain)
    if (tick := ticked(cell)) is not None:
        return int(tick)
    raise UserError(f"{table.name}: row {number} holds a cell that is no number of codings", "export the matrix with the number of coding references")


def _taguette(table: Table, _: Sequence[str]) -> Found:
    return _of_rows(table, lambda cell: [] if is_blank(cell) else [cell], [2])


_READERS: dict[str, Callable[[Table, Sequence[str]], Found]] = {
    "ticks": _ticks,
    "codes": _codes,
    "rows": _rows,
    "joined": _joined,
    "matrix": _matrix,
    "taguette": _taguette,
}
