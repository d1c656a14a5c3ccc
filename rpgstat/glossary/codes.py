"""The codes of what `check` finds, once: what each says, why it matters and how to mend it stands in the sentences and on its page."""

from __future__ import annotations

CODES = (
    *(f"E{number}" for number in range(101, 113)),
    *(f"W{number}" for number in range(201, 220)),
    *(f"I{number}" for number in range(301, 307)),
)
"""Every code, worst first; a code keeps its meaning for ever."""

LEVELS = {"E": "error", "W": "warning", "I": "info"}
"""The first letter of a code, and its level, worst first."""
