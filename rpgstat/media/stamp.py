"""What a document says of its own making: the program, the inputs, and a date that is the same each time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime

from rpgstat.errors import UserError
from rpgstat.glossary.sentences import say
from rpgstat.result import Input, Result
from rpgstat.version import PROGRAM as PROGRAM


def date() -> datetime:
    """When a document was made, as its properties say: SOURCE_DATE_EPOCH, else the first day that a zip archive can name.

    The same results give the same bytes; a clock would not. Raises UserError for a SOURCE_DATE_EPOCH that is no time.
    """
    return told_date() or datetime(1980, 1, 1, tzinfo=UTC)


def told_date() -> datetime | None:
    """The date that SOURCE_DATE_EPOCH gives, for pictures, which have none without it. Raises UserError as `date`."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), tz=UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UserError(f"SOURCE_DATE_EPOCH is `{epoch}`", "give whole seconds since 1970, or unset it") from error


def sources(results: Sequence[Result]) -> tuple[Input, ...]:
    """The files that went into any of the results, each once."""
    return tuple(dict.fromkeys(given for result in results for given in result.inputs))


def comment(results: Sequence[Result]) -> str:
    """The program and its inputs in one line, for the properties of a document."""
    inputs = "; ".join(f"{given.name}, {_digest(given)} {given.sha256[:16]}" for given in sources(results))
    return say("document.made_from", program=PROGRAM, inputs=inputs) if inputs else say("document.made", program=PROGRAM)


def _digest(given: Input) -> str:
    if given.engine is not None:
        return "sha256 of name, columns and number of rows"
    return "sha256" if given.parts is None else "sha256 of names and sizes"
