"""What a caller may give for files and for names: one or many."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rpgstat.read import frames

PathLike = str | Path

Export = Any
"""A file of answers, by its path; a Polars or pandas table of them; or a list of these."""

Names = str | Iterable[str]
"""A name, or several."""


def listed(given: Names | None) -> tuple[str, ...]:
    """The names as a tuple.

    >>> listed("role"), listed(["role", "team"]), listed(None)
    (('role',), ('role', 'team'), ())
    """
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


def files(given: Iterable[Any]) -> tuple[PathLike, ...]:
    """The files in order, those in lists among them; a table stands in a private file, named after its place.

    >>> files(["a.csv", ["b.csv", "c.csv"]])
    ('a.csv', 'b.csv', 'c.csv')
    """
    flat = [one for each in given for one in (each if isinstance(each, list | tuple) else (each,))]
    return tuple(one if isinstance(one, str | Path) else frames.stored(one, place) for place, one in enumerate(flat, start=1))
