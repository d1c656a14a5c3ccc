"""What the first page says of the survey: its headline, who answered, what changed, and what these answers do not settle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rpgstat import text
from rpgstat.glossary.sentences import listing, opening, say
from rpgstat.media.pages import Row, split
from rpgstat.media.style import Style
from rpgstat.reporting import over_waves, survey
from rpgstat.reporting.changes import Said
from rpgstat.reporting.findings import Findings, named
from rpgstat.reporting.first.finding import Finding, key, of_row
from rpgstat.reporting.quoting import limits, quoted
from rpgstat.result import Result
from rpgstat.views import view
from rpgstat.views.rows import rows_of
from rpgstat.views.statements.headline import largest

_ONE_BY_ONE, _NAMED = 3, 3
"""Scores and statements that are told one by one, and batteries that one sentence names."""

_SLOPE = ("slope", "slope_low", "slope_high")


def headline(found: Findings, style: Style) -> Iterator[Finding]:
    """What the survey found, or else the other figures: the first thing to be read."""
    asked = (
        named(found.trend, "trend_waves"),
        named(found.compare, "compare"),
        named(found.score, "score"),
        named(found.topline, "topline"),
        named(found.themes, "themes"),
        named(found.workforce, "workforce"),
        named(found.indicators, "trend"),
    )
    first = next(filter(None, asked), None)
    if first is not None and (words := view(first.name).headline(first, style)).words:
        yield Finding("headline", text.one_line(words.words), result=first.name, first=text.one_line(words.first))


def answered(found: Findings, style: Style) -> Iterator[Finding]:
    """How many of those invited answered."""
    result = named(found.response, "response")
    if result is None or not (words := text.one_line(view("response").headline(result, style).words)):
        return
    everyone = [row for row in rows_of(result) if row["group"] is None]
    yield Finding("answered", words, result="response", estimate=everyone[-1]["rate"], unit="rate", keys=(key("response"),))


def changed(found: Findings, style: Style) -> Iterator[Finding]:
    """The scores that moved, then the statements that did outside of them, then the groups that stand apart."""
    if trend := named(found.trend, "trend_waves"):
        yield from _trends(trend, style)
    elif compare := named(found.compare, "compare"):
        yield from _changes(compare, style)
    for by, results in found.breakdown.items():
        if result := None if isinstance(results, str) else named(results, "breakdown"):
            yield from _group(result, by, style)
    result = named(found.topline, "topline")
    if result is not None and result.frame["p_adjusted"].count():
        yield Finding("changed", text.one_line(view("topline").headline(result, style).words), say("chapter.questions"), "topline", keys=(key("topline"),))


def _group(result: Result, by: str, style: Style) -> Iterator[Finding]:
    """The battery score of a group that lies furthest from everyone else's, in the latest wave in which one does, and how many others do."""
    scores = [row for row in rows_of(result) if row["item"] is None and row["conclusion"] in ("higher", "lower")]
    if not scores:
        return
    row = _by_size([one for one in scores if one["wave"] == scores[-1]["wave"]])[0]
    words = say("first.group", battery=text.shortened(str(row["battery"]), 60), wave=row["wave"], words=next(iter(survey.apart([row], style))).words)
    more = f" {say('first.groups_apart', len(scores) - 1, n=text.count(len(scores) - 1))}" if len(scores) > 1 else ""
    limits = row["estimate"], row["estimate_low"], row["estimate_high"]
    yield Finding("changed", words + more, say("first.for_whom"), "breakdown", "", *limits, "points", keys=(key("breakdown", by),))


def _changes(result: Result, style: Style) -> Iterator[Finding]:
    """Of two waves; the largest change of a statement stands in the headline."""
    rows, said = rows_of(result), Said(style, result.options.get("margin"))
    told = largest([row for row in rows if row["item"] is not None])
    several = len(list(split(rows, ("reference", "wave")))) > 1
    moved = [row for row in rows if row["conclusion"] in ("higher", "lower", "different") and row is not told]
    scores = [row for row in moved if row["item"] is None and not _alone(row, rows)]
    whole = [(row["battery"], row["reference"], row["wave"]) for row in scores]
    items = [row for row in moved if row["item"] is not None and (row["battery"], row["reference"], row["wave"]) not in whole]
    for row in [*_by_size(scores), *_by_size(items)][:_ONE_BY_ONE]:
        where = f"{say('report.against', wave=row['wave'], reference=row['reference'])}: " if several else ""
        made = of_row("changed", said.change(row, say("change.score") if row["item"] is None else quoted(row)), "compare", row)
        yield replace(made, sentence=where + made.sentence + _against(row))


def _trends(result: Result, style: Style) -> Iterator[Finding]:
    """Of three waves or more."""
    rows, trend = rows_of(result), over_waves.trend_of(result, style)
    moved = [row for row in rows if row["conclusion"] in over_waves.MOVED]
    scores = [row for row in moved if row["item"] is None and not _alone(row, rows)]
    items = [row for row in moved if row["item"] is not None and row["battery"] not in {score["battery"] for score in scores}]
    for row in [*_by_size(scores, "slope"), *_by_size(items, "slope")][:_ONE_BY_ONE]:
        made = of_row("changed", trend.one(row, say("change.score") if row["item"] is None else quoted(row)), "trend_waves", row, _SLOPE)
        yield replace(made, sentence=made.sentence + _against(row))


def _by_size(rows: Sequence[Row], name: str = "estimate") -> list[Row]:
    """The largest first, but last those of batteries whose statements do not all run one way."""
    return sorted(rows, key=lambda row: (runs_against(row), -abs(row[name] or 0.0)))


def runs_against(row: Row) -> bool:
    """Whether it is the score of a battery some of whose statements run against the others."""
    return row["item"] is None and any(begun in (row["note"] or "") for begun in (opening("row.check_direction"), opening("row.check_direction_alpha")))


def _against(row: Row) -> str:
    return f" {say('first.against')}" if runs_against(row) else ""


def _alone(row: Row, rows: Sequence[Row]) -> bool:
    """Whether a score is of one statement, which says the same."""
    return len({other["item"] for other in rows if other["battery"] == row["battery"] and other["item"] is not None}) == 1


def stands(found: Findings, style: Style) -> Iterator[Finding]:
    """Of one wave, where each battery stands."""
    result = named(found.score, "score")
    if result is None or found.compare or found.trend:
        return
    scores = [row for row in rows_of(result) if row["item"] is None and row["mean"] is not None]
    for row in sorted(scores, key=runs_against)[: _ONE_BY_ONE + 2]:
        shown = limits(row, "conf_low", "conf_high", "points", style)
        words = say("standing.score", mean=style.cell("mean", row["mean"]), limits=shown, n=text.count(row["n"]))
        yield of_row("stands", words + _against(row), "score", row, ("mean", "conf_low", "conf_high"))


def unsettled(found: Findings, style: Style) -> Iterator[Finding]:
    """The scores of which these answers do not tell whether they changed, and the statements that chance alone may have singled out."""
    trend = named(found.trend, "trend_waves")
    result, figures = (trend, _SLOPE) if trend else (named(found.compare, "compare"), ("estimate", "conf_low", "conf_high"))
    if result is None:
        return
    rows = rows_of(result)
    unsure = [row for row in rows if row["conclusion"] == "inconclusive" and (row["item"] is None) is not _alone(row, rows)]
    scores = [row for row in unsure if row[figures[1]] is not None]
    if scores := sorted(scores, key=runs_against):
        keys = tuple(dict.fromkeys(key(result.name, str(row["battery"])) for row in scores[:_NAMED]))
        yield Finding("open", say("first.open", those=_those(scores, figures, style)), result=result.name, keys=keys)
    near = [row for row in rows if row["item"] is not None and say("row.not_after_adjustment") in (row["note"] or "")]
    if near:
        yield Finding("open", say("first.near", len(near), n=text.count(len(near)), which=quoted(near[0])), result=result.name)


def _those(rows: Sequence[Row], figures: tuple[str, str, str], style: Style) -> str:
    several = len({(row["reference"], row["wave"]) for row in rows if "reference" in row}) > 1
    told = []
    for row in rows[:_NAMED]:
        where = f", {row['wave']}" if several else ""
        size = style.signed("points", row[figures[0]]) + limits(row, figures[1], figures[2], "points", style)
        told.append(say("first.score", battery=text.shortened(str(row["battery"]), 60) + where, change=size))
    more = len(rows) - _NAMED
    return listing([*told, *([say("headline.more", n=text.count(more))] if more > 0 else [])])


def uncertain(found: Findings) -> bool:
    """Whether the scale of a battery is not certain."""
    return any(opening("row.uncertain") in note for result in (*found.score, *found.compare) for note in result.notes)
