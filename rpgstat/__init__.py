"""Statistics for staff surveys and programme evaluation; see `rpgstat --help`.

From Python each command is a function of the same name whose arguments are called as its options: `rpgstat.compare("wave-1.csv", "wave-3.xlsx", by="role")`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rpgstat import workflow
from rpgstat.version import __version__ as __version__

if TYPE_CHECKING:
    from rpgstat.errors import UserError
    from rpgstat.output.demo import demo
    from rpgstat.reporting.fill import fill
    from rpgstat.reporting.report import findings, report
    from rpgstat.result import Result
    from rpgstat.results import Results
    from rpgstat.workflow import *  # noqa: F403 # every analysis, and `init`

_HOME = {
    "Result": "rpgstat.result",
    "Results": "rpgstat.results",
    "UserError": "rpgstat.errors",
    "demo": "rpgstat.output.demo",
    "fill": "rpgstat.reporting.fill",
    "findings": "rpgstat.reporting.report",
    "report": "rpgstat.reporting.report",
}  # everything else is a command, of rpgstat.workflow
__all__ = ["Result", "Results", "UserError", "demo", "fill", "findings", "report"]
__all__ += workflow.__all__


def __getattr__(name: str) -> Any:
    # Imported on first use, so that `rpgstat --help` loads no table library.
    if name not in __all__:
        raise AttributeError(f"module 'rpgstat' has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(_HOME.get(name, "rpgstat.workflow")), name)
    if name not in ("Result", "Results", "UserError"):
        from rpgstat.results import asking, returning

        found = asking(found) if name in ("demo", "fill", "init", "report") else returning(found)
    globals()[name] = found  # one function, however often it is named
    return found


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
