"""Which columns tables are wanted with, in which order; known to whatever writes one meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from rpgstat.errors import UserError, did_you_mean
from rpgstat.result import Picked, Result

_CHOSEN: ContextVar[tuple[str, ...]] = ContextVar("columns", default=())


@contextmanager
def choosing(columns: Sequence[str], results: Sequence[Result]) -> Iterator[None]:
    """Tables have the `columns` that their result has, in this order, meanwhile; all of them without any.

    Raises UserError for a column that none of the results has.
    """
    known = list(dict.fromkeys(name for result in results for name in result.frame.columns))
    unknown = next((name for name in columns if name not in known), None)
    if unknown is not None:
        raise UserError(f"--columns: no column `{unknown}`", did_you_mean(unknown, known))
    token = _CHOSEN.set(tuple(columns))
    try:
        yield
    finally:
        _CHOSEN.reset(token)


def chosen(result: Result) -> list[str]:
    """The columns of a result that were chosen; none where all stand as they do."""
    return [name for name in _CHOSEN.get() if name in result.frame.columns]


def picked(result: Result) -> Result:
    """The result with the columns that were chosen alone, for data."""
    names = chosen(result)
    if not names:
        return result
    kept = {name: getattr(result, name) for name in ("name", "title", "method", "notes", "options", "inputs", "warnings", "command", "failures")}
    return Picked(frame=result.frame.select(names), **kept)


def names(given: Sequence[str]) -> tuple[str, ...]:
    """The columns that an option names, apart by commas or each with the option again.

    >>> names(["text, n", "mean"])
    ('text', 'n', 'mean')
    """
    return tuple(dict.fromkeys(name.strip() for words in given for name in words.split(",") if name.strip()))
