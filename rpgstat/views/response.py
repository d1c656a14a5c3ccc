"""`response` and `population`: who answered, and how they compare with those asked about."""

from __future__ import annotations

from collections.abc import Iterator

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views import intervals, tables
from rpgstat.views.base import Beside, View
from rpgstat.views.rows import MOST_TOLD, rows_of


def _response(result: Result, _: Beside) -> Iterator[str]:
    rows = rows_of(result)
    for row in [row for row in rows if row["group"] is None and row["rate"] is not None][:MOST_TOLD]:
        rate = used().cell("rate", row["rate"])
        yield say("returned.figure", wave=row["wave"], returned=text.count(row["returned"]), invited=text.count(row["invited"]), rate=rate)


def _population(result: Result, _: Beside) -> Iterator[str]:
    rows = rows_of(result)
    held = [row for row in rows if row["difference"] is not None]
    if held:
        far = max(held, key=lambda row: abs(row["difference"]))
        shares = {"share": used().figure(text.percent(far["share"])), "population": used().figure(text.percent(far["population_share"]))}
        yield say("returned.furthest", group=far["group"], wave=far["wave"], n=text.count(far["n"]), **shares)


def _group(row: Row) -> str:
    return ", ".join(str(row[key]) for key in ("wave", "group") if row[key]) or "Everyone"


_RETURNED = "wave invited returned usable rate change answered partial straight_liners duplicate_ids"
_RATES = intervals.Plan(("by",), _group, "rate", None)
_SHARES = intervals.Plan(("wave", "by"), lambda row: str(row["group"]), "share", None, "population_share")

VIEWS = {
    "response": View(
        "Response",
        tables.plain(_RETURNED, "by", "group"),
        legend=tables.legend,
        figure=intervals.figure("Dot plot of response rates", _RATES, _response),
    ),
    "population": View(
        "Make-up of those who answered",
        tables.plain("group n share population_share difference chi_square df p_value", "wave by"),
        legend=tables.legend,
        figure=intervals.figure("Dot plot of shares", _SHARES, _population),
    ),
}
