"""What stands around the work: open standard streams, quiet libraries, and a second process that has the last word when the first is cut off."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import warnings
from contextlib import suppress
from typing import Any, NoReturn

_STOPPING = ("SIGINT", "SIGTERM", "SIGHUP")
_PATIENCE = 2.0
"""Seconds that the work has to leave after a signal: a query inside Polars hears none until it ends."""

_KEEPERS = ("rpgstat.read.scratch", "rpgstat.output.files", "rpgstat.process.progress")
"""The modules that make what must not stay behind, temporary files and a line on the terminal; each has `discard`."""

_watched: list[int] = []
"""Holds something in a process that another waits for."""

_FAULTS = ("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL")
_CUT_OFF = (
    "error: the work was cut off by the system ({name}), most likely for want of memory\n"
    "hint: give it more memory, close other programs, or leave out columns and rows that the study does not need\n"
)
_FELL = (
    "error: a library fell over ({name}), most likely over a damaged file of SPSS or Stata\n"
    "hint: export it again, or as CSV; of other files, give it more memory or fewer columns\n"
)
"""What is said of a library in C that ended the work itself: no error can be caught there."""


def open_streams() -> None:
    """Gives a closed standard stream the null device, so that no file opened later stands in its place; `sys.stdin` and `sys.stdout` stay None."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number is this one
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8")


def silence_libraries() -> None:
    """Leaves standard error to our own messages: a library that panics writes its own, which may quote answers."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # of libraries, for those who write them
    try:
        sys.stderr = os.fdopen(os.dup(2), "w", 1, sys.stderr.encoding, "backslashreplace")
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 2)
        os.close(null)
    except OSError:  # no descriptor left: messages go where they went
        return


def discard_output(descriptor: int = 1) -> None:
    """Sends what is left of standard output, or of another stream, to the null device, so that nothing fails at exit."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, descriptor)
    os.close(null)


def flush_messages() -> None:
    """Lets a standard error that takes nothing spoil no exit code."""
    try:
        sys.stderr.flush()
    except (OSError, ValueError):
        discard_output(sys.stderr.fileno())


def watch() -> None:
    """Lets a child do the work while this process waits, and leaves with its code; returns in the child.

    An abort inside a library (memory that gave out) can be told by nobody else. Where a process cannot be divided, it returns at once.
    """
    if not hasattr(os, "fork"):
        return
    alive, dying = os.pipe()
    awaited = {signal.Signals[name] for name in _STOPPING if signal.getsignal(signal.Signals[name]) is not signal.SIG_IGN}  # ignored under nohup
    signal.pthread_sigmask(signal.SIG_BLOCK, awaited)  # until both know what to do with one
    try:
        child = os.fork()
    except OSError:  # no process left: without a watch, then
        signal.pthread_sigmask(signal.SIG_UNBLOCK, awaited)
        return
    if child:
        os.close(alive)
        _wait(child, awaited)
    os.close(dying)
    _watched.append(child)
    for number in awaited:
        signal.signal(number, _leave)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, awaited)
    _leave_with_parent(alive)


def leave_interrupts() -> None:
    """Leaves Ctrl-C to another program that has the terminal: the process that waits for this one hears of it, and ends nothing any more."""
    signal.signal(signal.SIGINT, lambda *_: None)  # not ignored, which the other program would inherit
    if _watched:
        os.kill(os.getppid(), signal.SIGUSR1)


def _leave(number: int, frame: Any) -> NoReturn:  # noqa: ARG001 # what a signal handler is given
    """Removes what must not stay behind and leaves at once: an exception could be swallowed by whatever is running."""
    for name in _KEEPERS:
        if name in sys.modules:
            sys.modules[name].discard()
    os._exit(128 + number)


def end(code: int) -> NoReturn:
    """Leaves once all that is to be done at exit is done, without taking apart what the system frees anyway: that took a quarter of a short run."""
    atexit._run_exitfuncs()
    os._exit(code)


def _leave_with_parent(alive: int) -> None:
    """Ends the work when the waiting process is killed: nobody would be left to read it."""
    import threading

    def listen() -> None:
        os.read(alive, 1)
        _leave(signal.SIGKILL, None)

    try:
        threading.Thread(target=listen, daemon=True).start()
    except RuntimeError:  # no room for a thread: the work may still fit
        return


def _wait(child: int, awaited: set[signal.Signals]) -> NoReturn:
    """Waits for the child, hands signals on to it, and leaves as it left."""
    stopped: list[int] = []

    def hand_on(number: int, frame: Any) -> None:  # noqa: ARG001
        if not stopped:
            signal.signal(signal.SIGALRM, lambda *_: _send(child, signal.SIGKILL))
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
            _send(child, number)
        stopped.append(number)

    for number in awaited:
        signal.signal(number, hand_on)
    signal.signal(signal.SIGUSR1, lambda *_: signal.signal(signal.SIGINT, signal.SIG_IGN))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, awaited)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code < 0:
        _sweep(child)
        if not stopped:
            name = signal.Signals(-code).name
            os.write(2, (_FELL if name in _FAULTS else _CUT_OFF).format(name=name).encode())
    os._exit(128 + stopped[0] if stopped else 2 if code < 0 else code)


def _send(child: int, number: int) -> None:
    with suppress(ProcessLookupError):  # it has just left by itself
        os.kill(child, number)


def _sweep(child: int) -> None:
    """Removes the temporary folder of a child that could not."""
    import shutil
    import tempfile
    from pathlib import Path

    for left in Path(tempfile.gettempdir()).glob(f"rpgstat-{child}-*"):
        shutil.rmtree(left, ignore_errors=True)
