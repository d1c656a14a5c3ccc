"""What is asked for of a table: areas, measures, and values of its other columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from rpgstat import text
from rpgstat.admin.cells import is_number
from rpgstat.admin.measures import plain
from rpgstat.admin.names import listed, near, offered
from rpgstat.admin.sheet import Sheet
from rpgstat.errors import UserError
from rpgstat.record import record

_MOST_COLUMNS = 6  # in a hint
_TOTALS = frozenset({"total", "all", "totals"})


@record
class Chosen:
    """Areas and measures by name, and conditions written "column=value"; nothing said is everything."""

    areas: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    where: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.areas or self.measures or self.where)


def rows_where(sheet: Sheet, conditions: Sequence[str]) -> tuple[Sheet, frozenset[int]]:
    """The sheet with the rows that hold one of the values asked for in each column named, and these columns; small letters and capitals are alike.

    Raises UserError that lists columns or values for one that is not there, and for conditions that no row meets together.
    """
    wanted: dict[int, set[str]] = {}
    for condition in conditions:
        column, value = _condition(sheet, condition)
        wanted.setdefault(column, set()).add(_folded(value))
    kept = [i for i, row in enumerate(sheet.rows) if all(_folded(row[column]) in values for column, values in wanted.items())]
    if not kept:
        said = text.listing([f'"{words}"' for words in conditions])
        raise UserError(f"{sheet.name}: no row meets {said} together", "leave one of the conditions out to see what the file holds")
    return (sheet.of(kept) if wanted else sheet), frozenset(wanted)


def _condition(sheet: Sheet, condition: str) -> tuple[int, str]:
    """The column and the value of "column=value"; a name may itself hold a sign of equality."""
    pieces = condition.split("=")
    splits = [("=".join(pieces[:i]), "=".join(pieces[i:]).strip()) for i in range(1, len(pieces))]
    if not splits:
        raise UserError(f"--where: `{text.shortened(condition)}` is not COLUMN=VALUE", f'write --where "category=Total"; {_filters_listed(sheet)}')
    known = {plain(header): column for column, header in enumerate(sheet.header)}
    found = next(((known[plain(name)], value) for name, value in splits if plain(name) in known), None)
    if found is None:
        name = splits[0][0].strip()
        close = near(name, [header for header in sheet.header if header])
        meant = f"did you mean {listed(close)}? " if close else ""
        raise UserError(f"--where: the file has no column `{text.shortened(name)}`", meant + _filters_listed(sheet))
    column, value = found
    values = list(dict.fromkeys(row[column] for row in sheet.rows))
    if _folded(value) not in map(_folded, values):
        hint = offered(value, [one for one in values if one])
        raise UserError(f"--where: column `{sheet.header[column]}` has no `{text.shortened(value)}`", hint)
    return column, value


def _folded(value: str) -> str:
    """A value as values are compared: "<1 year" is another than ">1 year", so signs stay."""
    return " ".join(value.split()).casefold()


def _filters_listed(sheet: Sheet) -> str:
    """The columns of words with their values, a few of each."""
    found = [column for column in filters(sheet, range(len(sheet.header))) if not plain(sheet.header[column]).endswith((" code", " name"))]
    return f"columns of words: {'; '.join(_values(sheet, column) for column in found[:_MOST_COLUMNS])}" if found else "no column holds words"


def _values(sheet: Sheet, column: int, most: int = 4) -> str:
    values = list(dict.fromkeys(row[column] for row in sheet.rows))
    more = f" and {len(values) - most:,} more" if len(values) > most else ""
    return f"`{sheet.header[column]}` ({', '.join(text.shortened(value, 40) or 'blank' for value in values[:most])}{more})"


def filters(sheet: Sheet, columns: Iterable[int]) -> list[int]:
    """Of these columns those that hold words, as a category does: most of their cells are no number, or one of them is "Total"."""
    return [column for column in columns if _is_words(sheet, column)]


def _is_words(sheet: Sheet, column: int) -> bool:
    counted = Counter(row[column] for row in sheet.rows)
    held = sum(counted.values()) - counted.get("", 0)
    words = sum(count for value, count in counted.items() if value and not is_number(value))
    return held > 0 and (2 * words > held or any(plain(value) in _TOTALS for value in counted))


def check_decided(sheet: Sheet, keys: Sequence[Hashable], columns: Sequence[int], of: str) -> None:
    """Raises UserError where several rows have one key, `keys` being by row, and the values of `columns` tell them apart; its hint can be used as it is.

    Rows that nothing tells apart are left to the reader of their figures. `of` names what the rows are several of.
    """
    first: dict[Hashable, int] = {}
    apart: dict[int, list[str]] = {}
    for i, key in enumerate(keys):
        other = first.setdefault(key, i)
        for column in columns:
            if sheet.rows[other][column] != sheet.rows[i][column]:
                apart.setdefault(column, [sheet.rows[other][column]])
                if sheet.rows[i][column] not in apart[column]:
                    apart[column].append(sheet.rows[i][column])
    if not apart:
        return
    shown = [f"`{sheet.header[column]}` has {listed(values)}" for column, values in apart.items()]
    offer = " ".join(f'--where "{sheet.header[column]}={_likeliest(values)}"' for column, values in apart.items())
    raise UserError(f"{sheet.name}: several rows for one {of}: {'; '.join(shown[:_MOST_COLUMNS])}", f"say which: {offer}")


def _likeliest(values: Sequence[str]) -> str:
    return next((value for value in values if plain(value) in _TOTALS), values[0])


def unread(sheet: Sheet, columns: Iterable[int]) -> list[str]:
    """What to say of cells of figures that are no number, in a table of which all that was asked for could be read: so many were not asked for."""
    first, found = None, 0
    for column in columns:
        counted = Counter(row[column] for row in sheet.rows)
        odd = {value for value in counted if not is_number(value)}
        found += sum(counted[value] for value in odd)
        if odd and first is None:
            first = sheet.cell(next(i for i, row in enumerate(sheet.rows) if row[column] in odd), column)
    if first is None:
        return []
    where = f"`{text.shortened(first.text, 40)}`, {first.place.rpartition(': ')[2]}"
    if found == 1:
        return [f"{sheet.name}: 1 cell that was not asked for is no number ({where}); nothing was made of it"]
    return [f"{sheet.name}: {found:,} cells that were not asked for are no numbers (the first: {where}); nothing was made of them"]
