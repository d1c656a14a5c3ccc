"""A line on a terminal that says what is being done and for how long, of work that takes more than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from rpgstat.process.terminal import takes_codes

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 1.0
"""Seconds that work may take before anything is said of it."""


class _Line:
    """The line: it begins by itself when the patience is over, and leaves nothing behind."""

    def __init__(self, doing: str) -> None:
        import threading

        self.doing = doing
        self._drawn: Progress | None = None
        self._lock = threading.Lock()
        self._over = False
        self._timer = threading.Timer(_PATIENCE, self._begin)
        self._timer.daemon = True
        self._timer.start()

    def _begin(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._over:
                return
            columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
            self._drawn = Progress(*columns, console=Console(file=sys.stderr), transient=True, redirect_stdout=False, redirect_stderr=False)
            self._drawn.add_task(self.doing, total=None)
            self._drawn.start()

    def tell(self, doing: str) -> None:
        with self._lock:
            self.doing = doing
            if self._drawn:
                self._drawn.update(self._drawn.task_ids[0], description=doing)

    def end(self) -> None:
        self._timer.cancel()
        with self._lock:
            self._over = True
            if self._drawn:
                self._drawn.stop()
            self._drawn = None

    def drop(self) -> None:
        """Leaves the terminal with its cursor, from within a signal handler, which can wait for nobody."""
        if self._drawn:
            with suppress(OSError, ValueError):
                sys.stderr.write("\r\x1b[K\x1b[?25h")
                sys.stderr.flush()


_lines: list[_Line] = []


@contextmanager
def shown(doing: str) -> Iterator[None]:
    """Says `doing` on standard error while the work lasts, once it has lasted a second; only a terminal is told."""
    if _lines or not takes_codes(sys.stderr):
        yield
        return
    _lines.append(_Line(doing))
    try:
        yield
    finally:
        _lines.pop().end()


def told(doing: str) -> bool:
    """Whether a line is there to say what is being done now."""
    for line in _lines:
        line.tell(doing)
    return bool(_lines)


def discard() -> None:
    """Takes the line away when the work is stopped by a signal."""
    for line in _lines:
        line.drop()
