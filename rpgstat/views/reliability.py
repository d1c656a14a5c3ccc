"""`scales` and `items`: how well the statements of a battery go together."""

from __future__ import annotations

from collections.abc import Iterator

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views import intervals, tables
from rpgstat.views.base import View
from rpgstat.views.headlines import Headline, made, once, some
from rpgstat.views.rows import quoted, rows_of


def _scales(result: Result) -> Iterator[str]:
    rows = rows_of(result)
    held = sorted((row for row in rows if row["alpha"] is not None), key=lambda row: row["alpha"])
    told = [say("figure.alpha_of", alpha=text.fixed(row["alpha"]), n=text.count(row["n"]), battery=row["battery"], wave=row["wave"]) for row in held]
    if len(told) > 1:
        yield say("figure.alpha", low=told[0], high=told[-1])
    else:
        yield from (say("figure.alpha_one", only=only) for only in told)


def _alphas(result: Result, _: Style) -> Headline:
    """Which batteries have statements that contradict one another, and from where to where alpha runs."""
    rows = [row for row in rows_of(result) if row["alpha"] is not None]
    held = sorted(row["alpha"] for row in rows)
    below = once(f"“{row['battery']}”" for row in rows if row["alpha"] < 0)
    words = [*([say("headline.contradict", len(below), batteries=some(below))] if below else []), *_scales(result)]
    if not held:
        return made([say("headline.no_alpha")])
    ends = {"low": text.fixed(held[0]), "high": text.fixed(held[-1])}
    return made(words, [say("title.alpha", n=text.count(len(held)), **ends) if len(held) > 1 else say("title.alpha_one", alpha=ends["low"])])


def _rest(result: Result, _: Style) -> Headline:
    """How many statements run against the rest of their battery."""
    rows = [row for row in rows_of(result) if row["item_rest"] is not None]
    asked = {(row["battery"], row["item"]) for row in rows}
    against = list({(row["battery"], row["item"]): row for row in rows if row["item_rest"] < 0}.values())
    if not rows:
        return made([say("headline.no_rest")])
    if not against:
        return made([say("headline.none_against", n=text.count(len(asked)))])
    which = some(list(dict.fromkeys(map(quoted, against))))
    return made([say("headline.against_rest", len(against), found=text.count(len(against)), n=text.count(len(asked)), which=which)])


_ALPHA = intervals.Plan(("wave",), lambda row: str(row["battery"]), "alpha", ("alpha_low", "alpha_high"), "omega", unit=lambda: say("axis.alpha"))

VIEWS = {
    "scales": View(
        "scales",
        tables.plain("battery wave n items alpha alpha_low..alpha_high omega mean_r"),
        headline=_alphas,
        legend=tables.legend,
        figure=intervals.figure("alphas", _ALPHA),
    ),
    "items": View(
        "items",
        tables.plain("text item_rest alpha_if_dropped n missing floor ceiling", "wave", "battery"),
        headline=_rest,
        legend=tables.legend,
    ),
}
