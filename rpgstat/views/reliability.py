"""`scales` and `items`: how well the statements of a battery go together."""

from __future__ import annotations

from collections.abc import Iterator

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.result import Result
from rpgstat.views import intervals, tables
from rpgstat.views.base import Beside, View
from rpgstat.views.rows import rows_of


def _scales(result: Result, _: Beside) -> Iterator[str]:
    rows = rows_of(result)
    held = sorted((row for row in rows if row["alpha"] is not None), key=lambda row: row["alpha"])
    told = [say("figure.alpha_of", alpha=text.fixed(row["alpha"]), n=text.count(row["n"]), battery=row["battery"], wave=row["wave"]) for row in held]
    if len(told) > 1:
        yield say("figure.alpha", low=told[0], high=told[-1])
    else:
        yield from (say("figure.alpha_one", only=only) for only in told)


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
