"""A TOML table read key by key, with errors that name the key path, what stands there and what is allowed."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rpgstat.errors import UserError, did_you_mean
from rpgstat.study.labels import normalise

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ONE_CHARACTER = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}


def quoted(text: str) -> str:
    r"""A TOML string on one line; whatever cannot be seen is escaped, so that it can be.

    >>> print(quoted('a "b"\n' + chr(0xa0)))
    "a \"b\"\n\u00A0"
    """
    return '"' + "".join(_ONE_CHARACTER.get(c) or (c if c.isprintable() else _escape(ord(c))) for c in text) + '"'


def _escape(point: int) -> str:
    return f"\\u{point:04X}" if point < 0x10000 else f"\\U{point:08X}"


def key_name(key: str) -> str:
    """A TOML key, in quotes where it needs them.

    >>> key_name("role"), key_name("Job role")
    ('role', '"Job role"')
    """
    return key if _BARE.fullmatch(key) else quoted(key)


def once(source: str, claims: Iterable[tuple[str, str, object]]) -> None:
    """Raises UserError when two labels are the same and yet mean different things; `claims` are (path, label, meaning)."""
    seen: dict[str, tuple[str, object]] = {}
    for path, label, meaning in claims:
        first, stands_for = seen.setdefault(normalise(label), (path, meaning))
        if stands_for != meaning:
            problem = f"{source}: {path} and {first} are the same, {_shown(label)}"
            raise UserError(problem, "tell them apart by more than case, spaces and quotes, or remove one")


@dataclass(frozen=True)
class Table:
    """One table of a TOML file and the path that leads to it ("" at the top). Every reader raises UserError for what it cannot take."""

    source: str
    values: Mapping[str, Any]
    path: str = ""

    def at(self, key: str, index: int | None = None) -> str:
        """The path of a key, or of an entry in its list counted from 1."""
        path = f"{self.path}.{key_name(key)}" if self.path else key_name(key)
        return path if index is None else f"{path}[{index}]"

    def only(self, *keys: str) -> None:
        """Refuses keys other than these."""
        for key in self.values:
            if key not in keys:
                problem = f"{self.source}: {self.at(key)} is {_shown(self.values[key])}, but there is no such key; allowed: {', '.join(keys)}"
                raise UserError(problem, self._belongs(key, keys))

    def _belongs(self, key: str, keys: Iterable[str]) -> str:
        if self.path and key in ("title", "id"):
            return f"put `{key}` at the top of the file, above the first [table]"
        return did_you_mean(key, keys)

    def fault(self, key: str, allowed: str, hint: str, index: int | None = None) -> UserError:
        """The error for a key, or for one entry of its list, that holds something which is not allowed."""
        value = self.values[key] if index is None else self.values[key][index - 1]
        return UserError(f"{self.source}: {self.at(key, index)} is {_shown(value)}; {allowed}", hint)

    def missing(self, key: str, hint: str) -> UserError:
        """The error for a key that has to be there."""
        return UserError(f"{self.source}: {self.at(key)} is missing", hint)

    def text(self, key: str) -> str | None:
        """Text that is not blank, or None when the key is absent."""
        value = self.values.get(key)
        if value is not None and not _is_text(value):
            raise self.fault(key, "text is allowed", "put it in quotes" if _is_number(value) else "write what it says between quotes")
        return value

    def required(self, key: str, hint: str) -> str:
        """As `text`, but the key has to be there."""
        value = self.text(key)
        if value is None:
            raise self.missing(key, hint)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of them; () when the key is absent."""
        if key in self.values and not isinstance(self.values[key], list):
            return (self.required(key, "write what it says between quotes"),)
        return tuple(self._entries(key, _is_text, "text is allowed", "put each in quotes, and leave blank ones out"))

    def words(self, key: str) -> tuple[str, ...]:
        """A list of answers; numbers become text, as in a file of answers."""
        return tuple(map(str, self._entries(key, _is_word, "text or a number is allowed", "put words in quotes, and leave blank ones out")))

    def numbers(self, key: str) -> list[int | float]:
        """A list of numbers."""
        return self._entries(key, _is_number, "a number is allowed", "write numbers in [square brackets], without quotes")

    def amount(self, key: str) -> float:
        """A number of 0 or more; the key has to be there."""
        value = self.values[key]
        if not _is_number(value) or value < 0:
            raise self.fault(key, "a number of 0 or more is allowed", "write it without quotes")
        return float(value)

    def people(self, key: str) -> int | None:
        """A number of people, 1 or more, or None when the key is absent."""
        value = self.values.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            raise self.fault(key, "a whole number of people, 1 or more, is allowed", "write it without quotes or decimals")
        return value

    def boolean(self, key: str) -> bool:
        """True or false; false when the key is absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, "true or false is allowed", "write it in small letters, without quotes")
        return value

    def pairs(self, key: str) -> tuple[Table, dict[str, str]]:
        """A table of one answer for another, and where it stands."""
        table = self.table(key)
        for word, level in table.values.items():
            if not _is_word(level):
                raise table.fault(word, "text or a number is allowed", "put words in quotes")
        return table, {word: str(level) for word, level in table.values.items()}

    def table(self, key: str) -> Table:
        """A table; an empty one when the key is absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.fault(key, "a table is allowed", f"write [{self.at(key)}] above its keys")
        return Table(self.source, value, self.at(key))

    def tables(self, key: str) -> list[Table]:
        """A list of tables; an empty one when the key is absent."""
        entries = self._entries(key, lambda value: isinstance(value, dict), "a table is allowed", f"write [[{self.at(key)}]] above the keys of each")
        return [Table(self.source, value, self.at(key, i)) for i, value in enumerate(entries, 1)]

    def rows(self, key: str) -> list[Table]:
        """As `tables`, but a bare text stands for a table with that `text`."""
        entries = self._entries(
            key, lambda value: isinstance(value, dict) or _is_text(value), "text or { text = ... } is allowed", "put the statement in quotes"
        )
        return [Table(self.source, value if isinstance(value, dict) else {"text": value}, self.at(key, i)) for i, value in enumerate(entries, 1)]

    def _entries(self, key: str, fits: Callable[[Any], bool], allowed: str, hint: str) -> list[Any]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.fault(key, "a list is allowed", hint if "[" in hint else "write it in [square brackets]")
        for i, entry in enumerate(value, 1):
            if not fits(entry):
                raise self.fault(key, allowed, hint, i)
        return value


def load(text: str, source: str) -> Table:
    """The whole file as a table. Raises UserError with line and column where it is not TOML."""
    text = text.removeprefix("\ufeff")
    try:
        return Table(source, tomllib.loads(text))
    except (ValueError, RecursionError) as error:  # tomllib lets Python's own limits on digits and nesting through
        problem, _, place = str(error).removesuffix(")").partition(" (at ")
        line = re.search(r"line (\d+)", place)
        raise UserError(f"{source}: {place or 'not TOML'}: {problem}", _mend(text.split("\n")[int(line[1]) - 1] if line else "", problem)) from error


def _mend(line: str, problem: str) -> str:
    """What most often ails a line like this one."""
    if re.search("[\u2018\u2019\u201c\u201d]", line):
        return 'use straight quotes: "..."'
    if "overwrite" in problem:
        return "the same name stands twice; keep one of them"
    if "\\" in line:
        return "write paths with / and a backslash in text as \\\\"
    if line.rstrip().endswith("{"):
        return "write everything between { and } on one line"
    return "check quotes, brackets and commas there and on the line before"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and normalise(value) != ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf


def _is_word(value: object) -> bool:
    return _is_text(value) or _is_number(value)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."
