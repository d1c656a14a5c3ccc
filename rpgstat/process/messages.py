"""What goes to standard error: errors with their mend, warnings, and what was written."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from rpgstat.errors import UserError
from rpgstat.process import progress
from rpgstat.process.guard import discard_output
from rpgstat.process.terminal import takes_codes
from rpgstat.text import ascii, shortened

if TYPE_CHECKING:
    from rpgstat.result import Result

_MOST_LINES = 20
_MOST_CHARACTERS = 1500


def error(problem: UserError) -> None:
    """`error:` what is wrong, then `hint:` the mend; together 20 lines at most, so that the first is never scrolled away."""
    hint = _cut(problem.hint, 6)
    _say("error", _cut(problem.problem, _MOST_LINES - hint.count("\n") - 1), typer.colors.RED)
    _say("hint", hint, typer.colors.CYAN)


def _cut(words: str, most: int) -> str:
    lines = words.split("\n")
    if len(lines) > most:
        lines = [*lines[: most - 1], f"  and {len(lines) - most + 1} more lines"]
    room = _MOST_CHARACTERS // len(lines) if len(words) > _MOST_CHARACTERS else _MOST_CHARACTERS
    return "\n".join(shortened(line, room) if len(line) > room else line for line in lines)


def trace(error: BaseException) -> None:
    """Where an error and those that led to it arose, without what they say: it may quote somebody's answers."""
    earlier = error.__cause__ or error.__context__
    if earlier is not None:
        trace(earlier)
        typer.echo("led to:", err=True)
    typer.echo("Traceback (most recent call last):\n" + "".join(traceback.format_tb(error.__traceback__)) + fault(error), err=True)


def fault(error: BaseException) -> str:
    """The kind of an error; what it says only where that is ours or the system's, and so quotes no answers.

    >>> fault(ValueError("invalid literal for int(): 'Jane Smith'"))
    'ValueError'
    """
    said = error.problem if isinstance(error, UserError) else error.strerror if isinstance(error, OSError) else None
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def warnings(lines: Iterable[str]) -> None:
    """One `note:` line each."""
    for line in dict.fromkeys(lines):
        _say("note", line, typer.colors.YELLOW)


def doing(what: str) -> None:
    """What is being done, for those who wait at a terminal: in its line, or in one of its own where it takes no codes."""
    if not progress.told(what) and sys.stderr is not None and sys.stderr.isatty():
        _say("doing", what, typer.colors.GREEN)


def finish(results: Sequence[Result], write: Callable[[], Iterable[str]], *, left_out: Iterable[str] = (), nexts: Iterable[str] = ()) -> None:
    """Commands end like this: warnings, what was left out, the results by `write`, what to try next, and failed checks, which leave with exit code 1."""
    warnings(line for result in results for line in result.warnings)
    warnings(left_out)
    written(write)
    for line in nexts:
        _say("next", line, typer.colors.CYAN)
    failed = [line for result in results for line in result.failures]
    for line in failed:
        _say("failed", line, typer.colors.RED)
    if failed:
        raise typer.Exit(1)


def written(write: Callable[[], Iterable[str]]) -> None:
    """Runs `write` and says what it wrote. A reader of standard output that has seen enough and gone is no error."""
    try:
        warnings(write())
    except BrokenPipeError:
        discard_output()


def _say(word: str, line: str, colour: str) -> None:
    begun = typer.style(f"{word}: ", fg=colour, bold=True) if takes_codes(sys.stderr) else f"{word}: "
    with suppress(OSError):  # a standard error that takes nothing stops no work
        typer.echo(begun, nl=False, err=True)
        typer.echo(_printable(line), err=True)


def _printable(line: str) -> str:
    # Control characters of a file must not act on the terminal; an encoding that lacks a symbol must not stop a message.
    shown = "".join(c if c.isprintable() or c == "\n" else " " for c in line)
    encoding = sys.stderr.encoding or "utf-8"
    try:
        shown.encode(encoding)
    except UnicodeEncodeError:
        return ascii(shown).encode(encoding, "replace").decode(encoding)
    return shown
