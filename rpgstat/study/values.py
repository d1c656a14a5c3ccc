"""The single values that keys of a study file hold: what fits, what is allowed, and their JSON Schemas."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import field, replace
from datetime import date
from typing import Any

from rpgstat.errors import did_you_mean
from rpgstat.glossary.codes import CODES
from rpgstat.record import record
from rpgstat.study.labels import INVISIBLE, normalise
from rpgstat.study.toml import Table

Schema = dict[str, Any]


@record
class Value:
    """One value; `turn` makes of it what the parser takes, `several` is how more than one are called."""

    words: str
    fits: Callable[[Any], bool]
    schema: Schema
    hint: Callable[[Any], str]
    allowed: str = ""
    several: str = ""
    turn: Callable[[Any], Any] = field(default=lambda value: value)

    def takes(self, value: object) -> bool:  # noqa: D102
        return self.fits(value)

    def read(self, table: Table, key: str) -> Any:  # noqa: D102
        value = table.values[key]
        if not self.fits(value):
            raise table.fault(key, self.allowed or f"{self.words} is allowed", self.hint(value))
        return self.turn(value)

    def absent(self, table: Table, key: str) -> Any:  # noqa: ARG002, D102
        return None


def is_text(value: object) -> bool:
    """Whether a value is text of which something can be seen."""
    return isinstance(value, str) and normalise(value) != ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def choice(*words: str) -> Value:
    """One of some words, the default first."""
    names = [json.dumps(word) for word in words]
    allowed = f"{', '.join([f'{names[0]} (the default)', *names[1:-1]])} or {names[-1]} is allowed"
    said = f"{', '.join(f'`{name}`' for name in names[:-1])} or `{names[-1]}`"
    return Value(said, lambda value: value in words, {"enum": list(words)}, lambda value: did_you_mean(str(value), words), allowed)


def _at_least(least: float, words: str, hint: str, allowed: str = "") -> Value:
    """A number that is not below `least`."""
    return Value(words, lambda value: _is_number(value) and value >= least, {"type": "number", "minimum": least}, lambda _: hint, allowed, turn=float)


_BLANK = r"\s\u001c-\u001f\u0085" + "".join(f"\\u{point:04x}" for point in INVISIBLE)
_SEEN: Schema = {"type": "string", "pattern": f"[^{_BLANK}]"}


def _in_quotes(value: object) -> str:
    return "put it in quotes" if _is_number(value) else "write what it says between quotes"


CODE = Value(
    "code of `check`",
    lambda value: value in CODES,
    {"enum": list(CODES)},
    lambda value: did_you_mean(str(value), CODES),
    'a code such as "W209" is allowed',
    several="codes of `check`",
)
TEXT = Value("text", is_text, _SEEN, _in_quotes, several="texts")
WORD = Value(
    "text or a number",
    lambda value: is_text(value) or _is_number(value),
    {"anyOf": [_SEEN, {"type": "number"}]},
    lambda _: "put words in quotes",
    several="texts or numbers",
    turn=str,
)
PERIOD = Value(
    "text or a year", lambda value: is_text(value) or _is_whole(value), {"anyOf": [_SEEN, {"type": "integer"}]}, _in_quotes, "text is allowed", turn=str
)
_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def _is_date(value: object) -> bool:
    """Whether a value is a year, a month or a day that there is."""
    if not isinstance(value, str) or not re.match(_DATE, value):
        return isinstance(value, date)
    try:
        return value.count("-") < 2 or bool(date.fromisoformat(value))
    except ValueError:
        return False


DATE = Value(
    "a date", _is_date, {"type": "string", "pattern": _DATE}, lambda _: 'write a year, a month or a day: date = "2016-11"', "a date is allowed", turn=str
)
NUMBER = Value("a number", _is_number, {"type": "number"}, lambda _: "write it without quotes", several="numbers")
PER = replace(NUMBER, words="a number of people")
POINTS = Value(
    "a number of points", _is_number, {"type": "number"}, lambda _: "write it without quotes, such as margin = 0.5", several="numbers of points", turn=float
)
TARGET = Value("a number", _is_number, {"type": "number"}, lambda _: "write it without quotes and without %: target = 85", several="numbers", turn=float)
AMOUNT = _at_least(0, "a number of 0 or more", "write it without quotes")
TRIM = _at_least(1, "a number of 1 or more", "it is the largest weight in units of the mean weight; write it without quotes", "1 or more is allowed")
PEOPLE = Value(
    "a whole number of people",
    lambda value: _is_whole(value) and value >= 1,
    {"type": "integer", "minimum": 1},
    lambda _: "write it without quotes or decimals",
    "a whole number of people, 1 or more, is allowed",
)
BOOLEAN = Value("true or false", lambda value: isinstance(value, bool), {"type": "boolean"}, lambda _: "write it in small letters, without quotes")
TRUE = Value("true", lambda value: value is True, {"const": True}, lambda _: "write it in small letters, without quotes")
