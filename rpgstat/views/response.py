"""`response` and `population`: who answered, and how they compare with those asked about."""

from __future__ import annotations

from collections.abc import Iterator

from rpgstat import text
from rpgstat.glossary.sentences import listing, say
from rpgstat.media.pages import Row
from rpgstat.media.style import Style, used
from rpgstat.result import Result
from rpgstat.views import intervals, tables
from rpgstat.views.base import Beside, View
from rpgstat.views.headlines import Headline, made
from rpgstat.views.rows import rows_of


def _population(result: Result, _: Beside) -> Iterator[str]:
    rows = rows_of(result)
    held = [row for row in rows if row["difference"] is not None]
    if held:
        far = max(held, key=lambda row: abs(row["difference"]))
        shares = {"share": used().figure(text.percent(far["share"])), "population": used().figure(text.percent(far["population_share"]))}
        yield say("returned.furthest", group=far["group"], wave=far["wave"], n=text.count(far["n"]), **shares)


def _returned(result: Result, style: Style) -> Headline:
    """How many answered in each wave, and where most did not."""
    rows = [row for row in rows_of(result) if row["group"] is None and row["returned"] is not None]
    told, low = [], []
    for row in rows[-_WAVES:]:
        if row["rate"] is None:
            told.append(say("headline.returned_only", row["returned"], wave=row["wave"], returned=text.count(row["returned"])))
            continue
        shown = {"returned": text.count(row["returned"]), "invited": text.count(row["invited"]), "rate": style.cell("rate", row["rate"])}
        told.append(say("headline.returned_of", wave=row["wave"], **shown))
        low += [str(row["wave"])] if 2 * row["rate"] < 1 else []
    if not rows:
        return Headline()
    caution = say("headline.few_returned", waves=listing(low)) if low else ""
    return made([say("headline.returned", told=listing(told)), caution], [_title(rows[-1], style)])


_WAVES = 3
"""The latest waves, whose returns a headline gives."""


def _title(row: Row, style: Style) -> str:
    if row["rate"] is None:
        return say("title.returned_only", row["returned"], returned=text.count(row["returned"]), wave=row["wave"])
    return say("title.returned", rate=style.cell("rate", row["rate"]), invited=text.count(row["invited"]), wave=row["wave"])


def _make_up(result: Result, _: Style) -> Headline:
    """Where the make-up of those who answered is shown to differ from the population's, and whose share is furthest."""
    rows = rows_of(result)
    tested = [row for row in rows if row["p_value"] is not None]
    sure, open_ = ([_group(row, by=True) for row in tested if (row["p_value"] < _ALPHA) is differs] for differs in (True, False))
    words = [say("headline.make_up_differs", waves=listing(sure)) if sure else "", say("headline.make_up_open", waves=listing(open_)) if open_ else ""]
    held = [row for row in rows if row["difference"] is not None]
    if not held:
        return made([say("headline.make_up_unknown")])
    far = max(held, key=lambda row: abs(row["difference"]))
    return made(words if tested else [say("headline.make_up_untested")], [say("title.make_up", group=far["group"])])


_ALPHA = 0.05
"""The level of the test of make-up, which no option changes."""


def _group(row: Row, *, by: bool = False) -> str:
    return ", ".join(str(row[key]) for key in (("wave", "by") if by else ("wave", "group")) if row[key]) or say("heading.everyone")


_RETURNED = "wave invited returned usable rate change answered partial straight_liners duplicate_ids"


def _of_group(row: Row) -> bool:
    """The row of everyone holds the test, and no share."""
    return row["group"] is not None


_RATES = intervals.Plan(("by",), _group, "rate", None, unit=lambda: say("axis.invited"))
_SHARES = intervals.Plan(("wave", "by"), lambda row: str(row["group"]), "share", None, "population_share", unit=lambda: say("axis.make_up"), keep=_of_group)

VIEWS = {
    "response": View(
        "response",
        tables.plain(_RETURNED, "by", "group"),
        headline=_returned,
        block="group",
        legend=tables.legend,
        figure=intervals.figure("rates", _RATES),
    ),
    "population": View(
        "population",
        tables.plain("group n share population_share difference chi_square df p_value", "wave by"),
        headline=_make_up,
        legend=tables.legend,
        figure=intervals.figure("shares", _SHARES, _population),
    ),
}
