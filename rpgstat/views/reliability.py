"""`scales` and `items`: how well the statements of a battery go together."""

from __future__ import annotations

from collections.abc import Iterator

from rpgstat import text
from rpgstat.result import Result
from rpgstat.views import intervals, tables
from rpgstat.views.base import Beside, View
from rpgstat.views.rows import rows_of


def _scales(result: Result, _: Beside) -> Iterator[str]:
    rows = rows_of(result)
    held = sorted((row for row in rows if row["alpha"] is not None), key=lambda row: row["alpha"])
    told = [f"{text.fixed(row['alpha'])} ({row['battery']}, {row['wave']})" for row in held]
    if len(told) > 1:
        yield f"Alpha from {told[0]} to {told[-1]}."
    else:
        yield from (f"Alpha {only}." for only in told)


_ALPHA = intervals.Plan(("wave",), lambda row: str(row["battery"]), "alpha", ("alpha_low", "alpha_high"), "omega")

VIEWS = {
    "scales": View(
        "Reliability of the batteries",
        tables.plain("battery wave n items alpha alpha_low..alpha_high omega mean_r"),
        legend=tables.legend,
        figure=intervals.figure("Dot plot of reliability", _ALPHA, _scales),
    ),
    "items": View(
        "Statements against the rest of their battery",
        tables.plain("text item_rest alpha_if_dropped n missing floor ceiling", "wave", "battery"),
        legend=tables.legend,
    ),
}
