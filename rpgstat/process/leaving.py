"""The one place where an error becomes a message and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from rpgstat.process import guard

if TYPE_CHECKING:
    from rpgstat.errors import UserError

INTERRUPTED = 130
"""The exit code that shells know for Ctrl-C."""


def leave(work: Callable[[], int]) -> None:
    """Does the work and leaves by SystemExit with its code, once standard output has taken everything; tells what went wrong, which is code 2."""
    code = _flushed(_outcome(work))
    guard.flush_messages()
    sys.exit(code)


def _outcome(work: Callable[[], int]) -> int:
    try:
        return work()
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as left:  # Rich and Typer leave with 1 when whoever read their output has seen enough
        return 0 if isinstance(left.__context__, BrokenPipeError) else left.code if isinstance(left.code, int) else 2
    except BaseException as error:  # noqa: BLE001 # the last line of defence: no traceback without --debug, and never exit 1; a panic is no Exception
        return _told(error)


def _told(error: BaseException) -> int:
    from rpgstat.process import messages
    from rpgstat.process.faults import explained

    if "--debug" in sys.argv[1:]:
        messages.trace(error)
    problem: UserError | None = explained(error)
    if problem:
        messages.error(problem)
    return 2


def _flushed(code: int) -> int:
    """The code, once standard output has taken everything; 2 when it has not. A reader that has gone is no error."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        guard.discard_output()
    except OSError as error:
        guard.discard_output()
        return _told(error)
    return code
