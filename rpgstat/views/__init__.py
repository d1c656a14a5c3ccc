"""All that is known of a result to be shown, by families of results; each is found here by its name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from rpgstat.views.base import View

FAMILIES = {
    "statements": ("score", "compare"),
    "groups": ("breakdown", "interaction", "omnibus", "post_hoc"),
    "questions": ("topline", "people", "benchmarks", "benchmark_means"),
    "response": ("response", "population"),
    "reliability": ("scales", "items"),
    "protection": ("protection", "merges"),
    "rates": ("workforce", "rates_trend"),
    "series": ("trend", "chart", "events"),
    "planning": ("plan", "curve"),
    "trend": ("trend_waves", "transitions"),
    "check": ("check",),
    "findings": ("findings",),
    "themes": ("themes", "codebook", "together", "quotes", "agreement", "disagreements", "joint"),
    "theory": ("configurations", "evidence", "timeline"),
}
"""The module of a family, and its results. A family is imported when one of its results is shown."""


def view(name: str) -> View:
    """The view of the result called `name`.

    >>> view("omnibus").title, view("omnibus").figure is None
    ('Tests of all groups', True)
    """
    family = next(family for family, names in FAMILIES.items() if name in names)
    views: Mapping[str, View] = import_module(f"rpgstat.views.{family}").VIEWS
    return views[name]
