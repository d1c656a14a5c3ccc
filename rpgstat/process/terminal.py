"""What stands at the other end of a standard stream."""

from __future__ import annotations

import os
from typing import TextIO


def takes_codes(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal that colours and moves its cursor, and nobody said by NO_COLOR or TERM=dumb that it should not."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM", "").casefold() not in ("dumb", "unknown")
    return wanted and stream is not None and stream.isatty()
