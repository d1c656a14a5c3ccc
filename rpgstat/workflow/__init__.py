"""One function per command: read, infer if there is no study, tally, analyse. This is the Python API."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rpgstat.workflow._agreement import agreement
    from rpgstat.workflow._breakdown import breakdown
    from rpgstat.workflow._check import check
    from rpgstat.workflow._compare import compare
    from rpgstat.workflow._indicators import indicators
    from rpgstat.workflow._init import init
    from rpgstat.workflow._joint import joint
    from rpgstat.workflow._plan import plan
    from rpgstat.workflow._protection import protection
    from rpgstat.workflow._reliability import reliability
    from rpgstat.workflow._response import response
    from rpgstat.workflow._score import score
    from rpgstat.workflow._themes import themes
    from rpgstat.workflow._theory import theory
    from rpgstat.workflow._timeline import timeline
    from rpgstat.workflow._topline import topline
    from rpgstat.workflow._workforce import workforce

__all__ = [
    "agreement",
    "breakdown",
    "check",
    "compare",
    "indicators",
    "init",
    "joint",
    "plan",
    "protection",
    "reliability",
    "response",
    "score",
    "themes",
    "theory",
    "timeline",
    "topline",
    "workforce",
]


def __getattr__(name: str) -> Any:
    # Imported on first use: a command does not load what only others need.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}._{name}"), name)
