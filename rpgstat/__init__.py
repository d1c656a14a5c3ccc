"""Statistics for staff surveys and programme evaluation; see `rpgstat --help`.

From Python each command is a function that returns results, as in `rpgstat.compare(["wave-1.csv", "wave-3.xlsx"])`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rpgstat.errors import UserError
    from rpgstat.result import Result
    from rpgstat.workflow import breakdown, compare, demo, fill, indicators, init, reliability, report, response, score, workforce

__version__ = "0.1.0"
__all__ = ["Result", "UserError", "breakdown", "compare", "demo", "fill", "indicators", "init", "reliability", "report", "response", "score", "workforce"]

_HOME = {"Result": "rpgstat.result", "UserError": "rpgstat.errors"}  # everything else is a command, of rpgstat.workflow


def __getattr__(name: str) -> Any:
    # Imported on first use, so that `rpgstat --help` loads no table library.
    if name not in __all__:
        raise AttributeError(f"module 'rpgstat' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME.get(name, "rpgstat.workflow")), name)
