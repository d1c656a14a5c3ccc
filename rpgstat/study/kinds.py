"""The kinds of value that a key of a study file may hold: each reads it, says what is allowed, and knows its JSON Schema and its words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from rpgstat.record import record
from rpgstat.study.toml import Table
from rpgstat.study.values import TEXT, Schema, Value, is_text


class Kind(Protocol):
    """What may stand at a key."""

    @property
    def words(self) -> str:
        """What may stand here, as a page of reference says it."""

    @property
    def schema(self) -> Schema:
        """The JSON Schema of what may stand here."""

    def takes(self, value: object) -> bool:
        """Whether `value` is of this kind at first sight, whatever is in it."""

    def read(self, table: Table, key: str) -> Any:
        """What the key holds. Raises UserError where that is not allowed."""

    def absent(self, table: Table, key: str) -> Any:
        """What stands for a key that is not there and has no default."""


@record
class Key:
    """A key of a study file: what may stand there, what it means in one sentence, and an example as TOML.

    `default` holds where it is absent, in the kind's own type; `required` is what to do about a key that has to be there and is not, else "".
    """

    name: str
    kind: Kind
    meaning: str
    example: str
    default: Any = None
    required: str = ""

    @property
    def schema(self) -> Schema:
        """The JSON Schema of its value, with what an editor shows."""
        default = {} if self.default is None else {"default": self.default}
        return {"description": self.meaning, **self.kind.schema, **default, "examples": [tomllib.loads(f"example = {self.example}")["example"]]}


class Shape:
    """The keys of a table, or the kind that stands under `each` name that the user gives."""

    def __init__(self, *keys: Key, each: Kind | None = None) -> None:
        self.keys = {key.name: key for key in keys}
        self.each = each

    def __getitem__(self, name: str) -> Key:
        return self.keys[name] if self.each is None else Key(name, self.each, "", "")

    @property
    def schema(self) -> Schema:
        """The JSON Schema of the table."""
        if self.each is not None:
            return {"type": "object", "additionalProperties": self.each.schema}
        required = [key.name for key in self.keys.values() if key.required]
        properties = {name: key.schema for name, key in self.keys.items()}
        return {"type": "object", "properties": properties, **({"required": required} if required else {}), "additionalProperties": False}

    def table(self, source: str, values: Mapping[str, Any], path: str = "") -> Table:
        """A table of this shape. Raises UserError for a key that is not declared."""
        table = Table(source, values, self, path)
        if self.each is None:
            table.only(*self.keys)
        return table


@record
class Many:
    """A list of values, with `alone` also one without brackets; () where it is absent.

    `hint` is for a value that is none; `counted` says what is wrong with a list of fewer than `least` or more than `most`, and what to do.
    """

    entry: Value
    hint: str
    alone: bool = False
    least: int = 0
    most: int = 0
    counted: tuple[str, str] = ("", "")

    @property
    def words(self) -> str:  # noqa: D102
        listed = f"list of {self.entry.several}"
        if self.most:
            listed = f"list of {self.least} to {self.most} {self.entry.several}"
        return f"{self.entry.words}, or {listed}" if self.alone else listed

    @property
    def schema(self) -> Schema:  # noqa: D102
        limits = {name: limit for name, limit in (("minItems", self.least), ("maxItems", self.most)) if limit}
        listed = {"type": "array", "items": self.entry.schema, **limits}
        return {"anyOf": [self.entry.schema, listed]} if self.alone else listed

    def takes(self, value: object) -> bool:  # noqa: D102
        return isinstance(value, list) or (self.alone and self.entry.takes(value))

    def read(self, table: Table, key: str) -> tuple[Any, ...]:  # noqa: D102
        value = table.values[key]
        if self.alone and not isinstance(value, list):
            return (self.entry.read(table, key),)
        entries = _entries(table, key, self.entry.fits, self.entry.allowed or f"{self.entry.words} is allowed", self.hint)
        if len(entries) < self.least or (self.most and len(entries) > self.most):
            allowed, hint = self.counted
            raise table.fault(key, allowed.format(n=len(entries)), hint)
        return tuple(map(self.entry.turn, entries))

    def absent(self, table: Table, key: str) -> tuple[Any, ...]:  # noqa: ARG002, D102
        return ()


def _entries(table: Table, key: str, fits: Callable[[Any], bool], allowed: str, hint: str) -> list[Any]:
    value = table.values[key]
    if not isinstance(value, list):
        raise table.fault(key, "a list is allowed", hint if "[" in hint else "write it in [square brackets]")
    for i, entry in enumerate(value, 1):
        if not fits(entry):
            raise table.fault(key, allowed, hint, i)
    return value


@record
class Keys:
    """A table, with an empty one where it is absent."""

    shape: Shape
    words: str = "table"

    @property
    def schema(self) -> Schema:  # noqa: D102
        return self.shape.schema

    def takes(self, value: object) -> bool:  # noqa: D102
        return isinstance(value, dict)

    def read(self, table: Table, key: str) -> Table:  # noqa: D102
        value = table.values[key]
        if not isinstance(value, dict):
            raise table.fault(key, "a table is allowed", f"write [{table.at(key)}] above its keys")
        return self.shape.table(table.source, value, table.at(key))

    def absent(self, table: Table, key: str) -> Table:  # noqa: D102
        return Table(table.source, {}, self.shape, table.at(key))


@record
class Rows:
    """A list of tables, empty where it is absent; fewer than `least` are none. With `alone` a bare text stands for a table with that key."""

    shape: Shape
    words: str = "tables"
    alone: str = ""
    least: int = 0

    @property
    def schema(self) -> Schema:  # noqa: D102
        row = {"anyOf": [TEXT.schema, self.shape.schema]} if self.alone else self.shape.schema
        return {"type": "array", "items": row, **({"minItems": self.least} if self.least else {})}

    def takes(self, value: object) -> bool:  # noqa: D102
        return isinstance(value, list)

    def read(self, table: Table, key: str) -> list[Table]:  # noqa: D102
        if self.alone:
            allowed, hint = f"text or {{ {self.alone} = ... }} is allowed", "put the statement in quotes"
        else:
            allowed, hint = "a table is allowed", f"write [[{table.at(key)}]] above the keys of each"
        entries = _entries(table, key, lambda value: isinstance(value, dict) or bool(self.alone and is_text(value)), allowed, hint)
        if len(entries) < self.least:
            raise table.missing(key, table.shape[key].required)
        rows = [entry if isinstance(entry, dict) else {self.alone: entry} for entry in entries]
        return [self.shape.table(table.source, row, table.at(key, i)) for i, row in enumerate(rows, 1)]

    def absent(self, table: Table, key: str) -> list[Table]:  # noqa: ARG002, D102
        return []


class Either:
    """One kind or another, found at first sight; where it is none of them, the last says what is allowed."""

    def __init__(self, *kinds: Kind, words: str = "") -> None:
        self.kinds = kinds
        self.words = words or ", or ".join(kind.words for kind in kinds)

    @property
    def schema(self) -> Schema:  # noqa: D102
        return {"anyOf": [kind.schema for kind in self.kinds]}

    def takes(self, value: object) -> bool:  # noqa: D102
        return any(kind.takes(value) for kind in self.kinds)

    def read(self, table: Table, key: str) -> Any:  # noqa: D102
        value = table.values[key]
        return next((kind for kind in self.kinds if kind.takes(value)), self.kinds[-1]).read(table, key)

    def absent(self, table: Table, key: str) -> Any:  # noqa: D102
        return self.kinds[-1].absent(table, key)


def tables(shape: Shape, path: str = "") -> Iterator[tuple[str, Shape]]:
    """Every table of declared keys in `shape`, itself first, with the path that leads to it; NAME stands for what the user names.

    >>> [path for path, _ in tables(Shape(Key("scales", Keys(Shape(each=Keys(Shape()))), "Scales.", "{}")))]
    ['', 'scales.NAME']
    """
    if shape.each is None:
        yield path, shape
    inner = {f"{path}.{name}".strip("."): key.kind for name, key in shape.keys.items()} if shape.each is None else {f"{path}.NAME": shape.each}
    for place, kind in inner.items():
        for each in kind.kinds if isinstance(kind, Either) else [kind]:
            if isinstance(each, Keys | Rows):
                yield from tables(each.shape, place)
