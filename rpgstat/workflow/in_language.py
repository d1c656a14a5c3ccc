"""The language that a command tells its results in: the one asked for, else that of the study, else English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar

from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary.languages import draft, languages, telling
from rpgstat.result import Result

P = ParamSpec("P")
R = TypeVar("R")


def in_language(command: Callable[P, R]) -> Callable[P, R]:
    """The command, which tells its results in the language that its argument `language` names; each says so where nobody has reviewed the wording.

    The call raises UserError for a language that is not there.
    """

    @wraps(command)
    def called(*files: P.args, **options: P.kwargs) -> R:
        with telling(_known(options.get("language"))):
            made = command(*files, **options)
            return [_noted(one) for one in made] if isinstance(made, list) else made  # type: ignore[return-value]

    return called


def _known(code: object) -> str | None:
    if code is None or code in languages():
        return None if code is None else str(code)
    raise UserError(f"--language: `{code}` is not known", did_you_mean(str(code), languages()))


def _noted(result: Result) -> Result:
    """The result with a note that its wording is a draft, where it is."""
    note = draft()
    return replace(result, notes=(*result.notes, note)) if note and note not in result.notes else result
