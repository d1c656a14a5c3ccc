"""The way in. Light, so that an interrupt finds it ready."""

from __future__ import annotations

import gc
import os
import sys

from rpgstat.process import guard
from rpgstat.process.leaving import leave

_GARBAGE = 300_000
"""Objects made before Python looks for those that hold each other: its own 700 cost a fifth of the run of a small study, which makes fewer in all."""


def main() -> None:
    """Runs the command line as a process of its own: exit 0 done, 1 a check asked for failed, 2 any error, 128 + n stopped by signal n."""
    gc.set_threshold(_GARBAGE)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # our matrices are small: to start its threads took longer than to import NumPy
    guard.open_streams()
    guard.watch()
    guard.silence_libraries()
    try:
        run()
    except SystemExit as left:
        guard.end(int(left.code or 0))  # `leave` gives a number


def run() -> None:
    """Runs the command line inside this process; leaves by SystemExit with the same codes."""
    leave(_command)


def _command() -> int:
    from rpgstat.cli.commands import application  # here, where an interrupt or a want of memory while it loads is caught

    if os.environ.get("NO_COLOR"):
        _without_codes(sys.argv[1:])
    return int(application(sys.argv[1:2])(prog_name="rpgstat", standalone_mode=False) or 0)


def _without_codes(asked: list[str]) -> None:
    """Leaves the bold words of a help page plain, where one is asked for."""
    if not asked or not {"--help", "-h"}.isdisjoint(asked):
        from typer import rich_utils

        rich_utils.COLOR_SYSTEM = None
