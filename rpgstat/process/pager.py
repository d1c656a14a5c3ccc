"""Long output page by page on a terminal, by the pager that the reader has chosen."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress

from rpgstat.process import guard

_NONE = ("", "cat")
"""Pagers that are none."""

_FLAGS = "FRX"
"""What less is asked for unless LESS says otherwise, as git does: to leave again where all fits, to keep colours, to leave the text on the screen."""


def show(content: bytes) -> bool:
    """Shows a text of more lines than the screen has, and waits until its reader has seen enough; False where no pages are to be turned."""
    chosen = _chosen()
    if not chosen or content.count(b"\n") < shutil.get_terminal_size().lines:
        return False
    import subprocess

    guard.leave_interrupts()
    sys.stdout.flush()
    shell = subprocess.Popen(chosen, shell=True, stdin=subprocess.PIPE, env={"LESS": _FLAGS, **os.environ})
    with suppress(BrokenPipeError):
        shell.communicate(content)
    return shell.wait() not in (126, 127)  # the shell found no such pager, or could not run it


def _chosen() -> str:
    """The line of shell that shows pages: PAGER, or else less or more where they are; empty where there is no terminal to turn pages on."""
    there = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    if not there or os.environ.get("TERM", "") in ("dumb", "unknown"):
        return ""
    own = "" if os.name == "nt" else next((name for name in ("less", "more") if shutil.which(name)), "")
    chosen = os.environ.get("PAGER", own).strip()
    return "" if chosen in _NONE else chosen
