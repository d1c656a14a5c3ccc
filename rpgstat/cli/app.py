"""The way in: the one place where an error becomes a message and an exit code. Light, so that an interrupt finds it ready."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from rpgstat.process import guard

if TYPE_CHECKING:
    from rpgstat.errors import UserError

INTERRUPTED = 130
"""The exit code that shells know for Ctrl-C."""
_GARBAGE = 100_000
"""Objects made before Python looks for those that hold each other: its own 700 cost a fifth of the run of a small study, which makes fewer in all."""


def main() -> None:
    """Runs the command line as a process of its own: exit 0 done, 1 a check asked for failed, 2 any error, 128 + n stopped by signal n."""
    gc.set_threshold(_GARBAGE)
    guard.open_streams()
    guard.watch()
    guard.silence_libraries()
    run()


def run() -> None:
    """Runs the command line inside this process; leaves by SystemExit with the same codes."""
    code = _flushed(_outcome())
    guard.flush_messages()
    sys.exit(code)


def _outcome() -> int:
    try:
        from rpgstat.cli.commands import application  # here, where an interrupt or a want of memory while it loads is caught

        return int(application(sys.argv[1:2])(prog_name="rpgstat", standalone_mode=False) or 0)
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
