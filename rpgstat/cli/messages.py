"""What goes to standard error: errors with their mend, warnings, and what was written."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from rpgstat.errors import UserError
from rpgstat.text import ascii

if TYPE_CHECKING:
    from rpgstat.result import Result


def error(problem: UserError) -> None:
    """`error:` what is wrong, then `hint:` the mend."""
    _say("error", problem.problem, typer.colors.RED)
    if problem.hint:
        _say("hint", problem.hint, typer.colors.CYAN)


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


def progress(doing: str) -> None:
    """One line on what is being done, for those who wait."""
    _say("doing", doing, typer.colors.GREEN)


def finish(results: Sequence[Result], write: Callable[[], Iterable[str]], *, verbose: bool = False) -> None:
    """Warnings, and where `verbose` every column left out; then the results by `write`, then failed checks: every command ends like this."""
    warnings(line for result in results for line in result.warnings)
    warnings(_left_out(results) if verbose else ())
    written(write)
    failures(results)


def _left_out(results: Sequence[Result]) -> list[str]:
    from rpgstat.workflow.left_out import listed

    return listed({source.name: source for result in results for source in result.inputs}.values())


def written(write: Callable[[], Iterable[str]]) -> None:
    """Runs `write` and says what it wrote. A reader of standard output that has seen enough and gone is no error."""
    try:
        warnings(write())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that nothing is left to flush at exit


def failures(results: Sequence[Result]) -> None:
    """Prints every failed check and leaves with exit code 1; does nothing when all passed."""
    failed = [line for result in results for line in result.failures]
    for line in failed:
        _say("failed", line, typer.colors.RED)
    if failed:
        raise typer.Exit(1)


def _say(word: str, line: str, colour: str) -> None:
    # Control characters of a file must not act on the terminal; an encoding that lacks a symbol must not stop a message.
    shown = "".join(c if c.isprintable() or c == "\n" else " " for c in line)
    encoding = sys.stderr.encoding or "utf-8"
    try:
        shown.encode(encoding)
    except UnicodeEncodeError:
        shown = ascii(shown).encode(encoding, "replace").decode(encoding)
    fg = None if os.environ.get("NO_COLOR") else colour
    typer.secho(f"{word}: ", fg=fg, bold=True, nl=False, err=True)
    typer.echo(shown, err=True)
