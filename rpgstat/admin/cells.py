"""Cells of an administrative table: numbers in one way of writing to a column, percent signs, and the symbols that stand for no number."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from rpgstat import text
from rpgstat.errors import UserError
from rpgstat.record import record

Mark = Literal[".", ","]

SYMBOLS = {
    "c": "confidential",
    "z": "not applicable",
    "x": "not available",
    "u": "of low reliability, not shown",
    "low": "rounds to 0, but is not 0",
    "k": "rounds to 0, but is not 0",
    ":": "not available",
    "~": "rounds to 0 or withheld",
    "*": "withheld",
    "s": "withheld",
    "w": "none recorded",
    "..": "not available",
    ".": "not applicable",
    "-": "not given",
}
"""What stands in place of a number in official statistics, bare or in square brackets; `:` and `~` are no longer in use.
After the Department for Education's guidance on symbols and the Government Analysis Function's on shorthand."""

_BLANK = frozenset({"", "na", "n/a", "nan", "#n/a", "<na>", "null", "none"})
_MONEY = re.compile(r"^([+-]?)\s*[£€$]\s*(?=[\d.,])|(?<=\d)\s*[£€]$")
_BRACKETED = re.compile(r"\(\s*([£€$]?\s*(?:\d[\d.,\s]*|[.,]\d+)\s*%?)\s*\)")  # accounts write -3 as (3)
_MARKERS = re.compile(r"(?:\s*\[[^\[\]]{1,12}\])+$")  # "15.2 [r]", "3 [e][p]": revised, estimated, provisional; the number stands
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?:\D|$))")
_DASHES = str.maketrans("−–—‑", "----")
_NUMBER = re.compile(r"[+-]?(?:\d[\d.,]*|[.,]\d+)(?:[eE][+-]?\d{1,3})?")
_THOUSANDS = {".": re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+"), ",": re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+")}
_OTHER: dict[Mark, Mark] = {".": ",", ",": "."}


@record
class Cell:
    """The text of a cell and where it stands, as a message names it: "rates.csv: row 3, column `2016`"."""

    text: str
    place: str


@record
class Figure:
    """A cell's number, or None and the reason; `percent` when it came with a percent sign (the value is as written: 15 for "15 %"), `money` with £, € or $."""

    value: float | None
    reason: str = ""
    percent: bool = False
    money: bool = False


def numbers(cells: Sequence[Cell], *, decimal: Mark | None = None) -> list[Figure]:
    """The cells of one column as figures, in their order.

    Thousands may be parted by commas, full stops, spaces or apostrophes, decimals by a full stop or a comma: which, the column's own cells
    must show; where they leave it open ("1,234"), `decimal` decides. A currency sign stands for itself, and £1,234 is above a thousand, as
    no sum has three decimals; brackets stand for a minus (see `told`). A symbol or a blank is no number, and its reason says which.
    Raises UserError that names the cell: for text, for two ways of writing in one column, and for a number that can be read in two ways.

    >>> [figure.value for figure in numbers([Cell("1.234,5", "A2"), Cell("1.234", "A3"), Cell("12 %", "A4")])]
    [1234.5, 1234.0, 12.0]
    >>> numbers([Cell("[c]", "A2")])
    [Figure(value=None, reason='[c] confidential', percent=False, money=False)]
    """
    written = [_written(cell) for cell in cells]
    own = _shown([(cell, number) for cell, number in zip(cells, written, strict=True) if number is not None])
    mark = own or decimal
    return [_figure(cell, number, mark) for cell, number in zip(cells, written, strict=True)]


def told(columns: Iterable[Sequence[Cell]], *, decimal: Mark | None = None) -> list[str]:
    """What `numbers` took cells for where another reading was possible, once of each kind: "1,234" that only the file as a whole decides, "(3)" for -3.

    >>> told([[Cell("1,234", "A2"), Cell("(3)", "A3")], [Cell("2,345", "B2")]], decimal=".")
    ['A2: `1,234` is read as 1234: commas part thousands in this file', 'A3: `(3)` is read as -3, as accounts write it']
    """
    found: dict[str, str] = {}
    for cells in columns:
        written = [(cell, number) for cell in cells if (number := _number(cell.text)) is not None]
        if decimal is not None and all(_shows(cell.text, number) is None for cell, number in written):
            for cell, number in [pair for pair in written if not {",", "."}.isdisjoint(pair[1])][:1]:
                found.setdefault("mark", f"{cell.place}: `{cell.text}` is read as {_decided(number, decimal)}")
        for cell, number in [pair for pair in written if _BRACKETED.fullmatch(_clean(pair[0].text))][:1]:
            found.setdefault("minus", f"{cell.place}: `{cell.text}` is read as {number}, as accounts write it")
    return list(found.values())


def _decided(number: str, decimal: Mark) -> str:
    """A number whose mark the file as a whole decides, and what the mark does in it."""
    mark = "," if "," in number else "."
    name = {",": "commas", ".": "full stops"}[mark]
    return f"{number.replace(mark, '.' if mark == decimal else '')}: {name} part {'decimals' if mark == decimal else 'thousands'} in this file"


def readable(texts: Iterable[str], decimal: Mark | None) -> list[float | None]:
    """The numbers of cells one by one, None for what is none or is open to two readings: to look at a table, never to work out its figures.

    >>> readable(["12,5", "c", "about 3"], ",")
    [12.5, None, None]
    """
    return [_value(number, _shows(words, number) or decimal) if (number := _number(words)) is not None else None for words in texts]


def _value(number: str, mark: Mark | None) -> float | None:
    mark = mark or "."
    try:
        return float(number.replace(_OTHER[mark], "").replace(mark, "."))
    except ValueError:
        return None


def is_number(words: str) -> bool:
    """Whether a text is a number as administrative tables write them, or what stands for one: a symbol or a blank.

    >>> [is_number(words) for words in ("£1,234", "12,5 %", "(3)", "[c]", "", "Total")]
    [True, True, True, True, True, False]
    """
    return _number(words) is not None or _reason(words) is not None


def decimal_mark(texts: Iterable[str]) -> Mark | None:
    """What parts decimals throughout a table, as far as its cells show; None where they do not, or where they disagree.

    >>> decimal_mark(["turnover", "14,7", "1.234,5"]), decimal_mark(["1,234"]), decimal_mark(["1,5", "1.5"])
    (',', None, None)
    """
    found = {mark for words in set(texts) if (number := _number(words)) is not None and (mark := _shows(words, number)) is not None}
    return found.pop() if len(found) == 1 else None


def _clean(words: str) -> str:
    return " ".join(words.replace("\ufeff", "").translate(_DASHES).split())  # not NFKC, which makes 121 of "12" with a footnote 1


def _number(words: str) -> str | None:
    """The part of a cell that is a number as written, without its percent sign, its markers and spaces between thousands."""
    clean = _MARKERS.sub("", _clean(words))
    if negative := _BRACKETED.fullmatch(clean):
        clean = f"-{negative[1]}"
    bare = _SPACES.sub("", _MONEY.sub(r"\1", clean.removesuffix("%").rstrip()))
    return bare if _NUMBER.fullmatch(bare) else None


def _written(cell: Cell) -> str | None:
    """The number in a cell as written; None for a blank or a symbol. Raises UserError for anything else."""
    number = _number(cell.text)
    if number is None and _reason(cell.text) is None:
        shown = text.shortened(cell.text, 40)
        hint = f"write a number, leave it blank, or use a symbol: {', '.join(f'[{symbol}] {SYMBOLS[symbol]}' for symbol in ('c', 'x', 'z'))}"
        raise UserError(f"{cell.place}: `{shown}` is not a number", hint)
    return number


def _reason(words: str) -> str | None:
    plain = _clean(words).casefold()
    if plain in _BLANK:
        return f"blank in the file{f' ({text.one_line(words)})' if plain else ''}"
    symbols = [symbol.strip() for symbol in (plain[1:-1].split("][") if plain.startswith("[") and plain.endswith("]") else [plain])]
    known = next((symbol for symbol in symbols if symbol in SYMBOLS), None)
    return None if known is None else f"[{known}] {SYMBOLS[known]}"


def _evidence(number: str) -> Mark | None:
    """What a number as written shows to part decimals: by having both marks, one mark twice, or a mark without three digits behind it.

    >>> [_evidence(number) for number in ("1,234.5", "14,7", "1,234,567", "0.125", "1,234", "1234")]
    ['.', ',', '.', '.', None, None]
    """
    bare = number.lower().partition("e")[0]
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        return "." if bare.rfind(".") > bare.rfind(",") else ","
    if points > 1 or commas > 1:
        return "," if points else "."
    mark: Mark | None = "." if points else "," if commas else None
    return None if mark is None or ("e" not in number.lower() and _THOUSANDS[mark].fullmatch(bare)) else mark


def _shows(words: str, number: str) -> Mark | None:
    """What a cell shows to part decimals: its number by itself, or its currency sign, as no sum of money has three decimals.

    >>> [_shows(f"£{number}", number) for number in ("1,234", "1.234", "12,5", "12")], _shows("1,234", "1,234")
    (['.', ',', ',', None], None)
    """
    shown = _evidence(number)
    mark: Mark | None = "," if "," in number else "." if "." in number else None
    return _OTHER[mark] if shown is None and mark and _is_money(words) else shown


def _is_money(words: str) -> bool:
    return any(sign in words for sign in "£€$")


def _shown(column: Sequence[tuple[Cell, str]]) -> Mark | None:
    """What parts decimals in a column. Raises UserError when two of its cells disagree."""
    first: dict[Mark, Cell] = {}
    for cell, number in column:
        if (mark := _shows(cell.text, number)) is not None:
            first.setdefault(mark, cell)
    if len(first) == 2:
        one, other = first.values()
        problem = f"{other.place}: `{other.text}` is written with another decimal mark than `{one.text}` ({one.place.rpartition(': ')[2]})"
        raise UserError(problem, "write all numbers of the column in one way")
    return next(iter(first), None)


def _figure(cell: Cell, number: str | None, mark: Mark | None) -> Figure:
    if number is None:
        return Figure(None, _reason(cell.text) or "")
    if mark is None and ("," in number or "." in number):
        separator = "," if "," in number else "."
        parts = number.split(separator)
        problem = f"{cell.place}: `{cell.text}` can be read as {''.join(parts)} and as {'.'.join(parts)}"
        raise UserError(problem, "write thousands without a separator; nothing else in the file shows which is meant")
    grouped = _OTHER[mark] if mark else ","
    whole, _, decimals = number.partition(mark or ".")
    if grouped in decimals or (grouped in whole and not _THOUSANDS[grouped].fullmatch(whole)):
        raise UserError(f"{cell.place}: `{cell.text}` is not a number: its separators do not part thousands", "write thousands without a separator")
    value = float(number.replace(grouped, "").replace(mark or ".", "."))
    if not math.isfinite(value):
        raise UserError(f"{cell.place}: `{cell.text}` is too large a number", "correct it in the file")
    return Figure(value, percent="%" in cell.text, money=_is_money(cell.text))
