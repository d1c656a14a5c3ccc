"""Whole sentences with named places: every one that is said of a result comes from one file, so that another language is another file."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Any]:
    """The sentences by name; one with a singular and a plural is a table of both."""
    families = tomllib.loads((files("rpgstat") / "data" / "sentences.toml").read_text(encoding="utf-8"))
    return {f"{family}.{name}": words for family, own in families.items() for name, words in own.items()}


def say(name: str, number: int | None = None, /, **places: object) -> str:
    """The sentence of that name with its places filled; of one that has a plural, the form for `number`.

    Raises KeyError for a name or a place that is not there.

    >>> say("rates.stood", subject="Turnover", rate="15.0 %", when="2015")
    'Turnover stood at 15.0 % in 2015.'
    >>> say("figure.hidden", 1, n=1), say("figure.hidden", 12, n=12)
    ('; 1 cell withheld', '; 12 cells withheld')
    """
    words = catalogue()[name]
    form: str = words["one" if number == 1 else "other"] if isinstance(words, dict) else words
    return form.format(**places)
