"""TOML as text, and a table of it that reads each key as it is declared, with errors that name the key path, what stands there and what is allowed."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rpgstat.errors import UserError, did_you_mean
from rpgstat.record import record
from rpgstat.study.labels import normalise

if TYPE_CHECKING:
    from rpgstat.study.kinds import Shape

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ONE_CHARACTER = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}


def quoted(text: str) -> str:
    r"""A TOML string on one line; whatever cannot be seen is escaped, so that it can be.

    >>> print(quoted('a "b"\n' + chr(0xa0)))
    "a \"b\"\n\u00A0"
    """
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
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


@record
class Table:
    """One table of a TOML file, the path that leads to it ("" at the top), and the keys that are declared for it.

    `table[key]` is the key's value as its kind reads it, or what stands for it where it is absent. Raises UserError for what is not allowed,
    and where a key that has to be there is missing.
    """

    source: str
    values: Mapping[str, Any]
    shape: Shape
    path: str = ""

    def __getitem__(self, name: str) -> Any:
        key = self.shape[name]
        if name in self.values:
            return key.kind.read(self, name)
        if key.required:
            raise self.missing(name, key.required)
        return key.kind.absent(self, name) if key.default is None else key.default

    def all(self) -> dict[str, Any]:
        """Every key that is there, with its value."""
        return {name: self[name] for name in self.values}

    def look_through(self) -> None:
        """Reads every key that is there or has to be, of the tables in it too."""
        for name in {**self.values, **{key.name: None for key in self.shape.keys.values() if key.required}}:
            value = self[name]
            for inner in value if isinstance(value, list | tuple) else [value]:
                if isinstance(inner, Table):
                    inner.look_through()

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


def load(text: str, source: str) -> dict[str, Any]:
    """What a TOML file says. Raises UserError with line and column where it is not TOML."""
    text = text.removeprefix("\ufeff")
    try:
        return tomllib.loads(text)
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


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."
