"""How a figure is written where its column alone does not say: of a share, of a number for each worker, or in the unit of a series."""

from __future__ import annotations

from rpgstat.glossary.columns import COLUMNS
from rpgstat.glossary.entries import Kind

_LEVELS = frozenset("rate conf_low conf_high mean first_value last_value value centre lower upper lower_two_sigma upper_two_sigma target".split())
_CHANGES = frozenset("change change_low change_high level_change level_low level_high".split())
_SLOPES = frozenset("slope slope_low slope_high slope_change theil_sen".split())

_OF_SHARES: tuple[Kind, Kind, Kind] = ("rate", "share_change", "share_slope")
_OF_OTHERS: dict[str, tuple[Kind, Kind, Kind]] = {
    **dict.fromkeys(("workforce", "rates_trend"), ("each", "each", "mean")),
    **dict.fromkeys(("trend", "chart", "events"), ("number", "number_change", "number_change")),
}


OF_UNITS: dict[str, Kind] = {"points": "points", "rate": "rate", "share": "share_change", "number": "number_change"}
"""What a finding's figure is in, and how it is written."""

LEFT_OUT = {
    "personal": "personal",
    "text": "free text",
    "tick": "of tick-boxes",
    "multiple": "of several answers each",
    "ranking": "of rankings",
    "answer": "of single questions",
    "meta": "of dates and other particulars",
}
"""The kinds of column that may be left out of every result, and what messages call them."""


def cell_kind(result: str, column: str, *, share: bool) -> Kind:
    """The kind of a cell of `result`: that of its column, but in results of rates and series that of what the row measures, a `share` or not.

    >>> cell_kind("chart", "value", share=True), cell_kind("trend", "slope", share=True), cell_kind("chart", "value", share=False)
    ('rate', 'share_slope', 'number')
    >>> cell_kind("workforce", "rate", share=False), cell_kind("score", "mean", share=False)
    ('each', 'mean')
    """
    if result == "trend_waves" and column in _SLOPES:
        return "points"
    if result == "plan" and column == "change":
        return "points"
    if result in _OF_OTHERS:
        kinds = _OF_SHARES if share else _OF_OTHERS[result]
        for columns, kind in zip((_LEVELS, _CHANGES, _SLOPES), kinds, strict=True):
            if column in columns:
                return kind
    return COLUMNS[column].kind
