"""The headlines of `breakdown` and the tests beside it: which groups stand out, and whether groups differ at all."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, withheld
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.headlines import Counted, Headline, counted, made, number, once, rest, some
from rpgstat.views.rows import rows_of


def breakdown(result: Result, _: Style) -> Headline:
    """Which groups stand out by their battery scores, and how many by single statements."""
    rows, by = rows_of(result), text.one_line(str(result.options.get("by", "")))
    if not rows:
        return Headline()
    batteries = {row["battery"]: 0 for row in rows}
    for battery in batteries:
        batteries[battery] = len({row["item"] for row in rows if row["battery"] == battery and row["item"] is not None})
    scores = [row for row in rows if row["item"] is None and (row["mean"] is not None or withheld(row))]
    items = [row for row in rows if row["item"] is not None]
    whole = counted(scores)
    words = [_scores(whole, scores, by)] if scores else []
    if not all(n == 1 for n in batteries.values()) or not scores:  # of a battery of one statement the score says the same
        words.append(_statements(counted(items)))
    return made(words, [_short(whole if scores else counted(items), by)])


def _scores(found: Counted, rows: Sequence[Row], by: str) -> str:
    if not found.tested:
        return say("headline.no_score_tested", by=by, rest=rest(found))
    told = {"by": by, "n": text.count(found.tested), "rest": _after(found)}
    if not found.found:
        return say("headline.no_score_apart", found.tested, **told)
    who = some([_who(row) for row in rows if row["conclusion"] in ("higher", "lower")])
    return say("headline.scores_apart", found.tested, up=number(found.up), down=number(found.down), who=who, **told)


def _after(found: Counted) -> str:
    others = rest(found)
    return say("headline.and_rest", rest=others) if others else ""


def _who(row: Row) -> str:
    told = {"group": row["group"], "battery": text.shortened(str(row["battery"]), 40), "wave": row["wave"]}
    return say("headline.group_higher", **told) if row["conclusion"] == "higher" else say("headline.group_lower", **told)


def _statements(found: Counted) -> str:
    if not found.tested:
        return say("headline.no_mean_tested", rest=rest(found))
    told = {"n": text.count(found.tested), "up": number(found.up), "down": number(found.down), "rest": _after(found)}
    return say("headline.means_apart", found.tested, **told)


def _short(found: Counted, by: str) -> str:
    told = {"by": by, "n": text.count(found.tested), "up": number(found.up), "down": number(found.down)}
    if not found.tested:
        return say("title.no_group_tested", by=by)
    return say("title.groups_apart", **told) if found.found else say("title.no_group_apart", **told)


def over_waves(result: Result) -> bool:
    """Whether the tests are over waves, of people who answered in all of them."""
    return "within" in result.options


def differences(result: Result, _: Style) -> Headline:
    """For how many statements the groups, or their changes, are shown to differ; `result` is `omnibus` or `interaction`."""
    return _tested(result, [row["p_value"] for row in rows_of(result) if row["item"] is not None], changes=result.name == "interaction")


def _tested(result: Result, p_values: Sequence[float | None], *, changes: bool) -> Headline:
    alpha, tested = result.options.get("alpha", 0.05), [p for p in p_values if p is not None]
    by = text.one_line(str(result.options.get("by") or ", ".join(once(row["by"] for row in result.rows))))
    if not tested:
        return made([say("headline.no_difference_tested", by=by)] if p_values else [])
    told = {"n": text.count(len(tested)), "found": number(sum(p < alpha for p in tested)), "by": by, "alpha": text.short(alpha)}
    untested = len(p_values) - len(tested)
    others = say("headline.and_untested", untested, n=text.count(untested)) if untested else ""
    if changes:
        return made([say("headline.changes_differ", rest=others, **told)])
    return made([say("headline.waves_differ", rest=others, **told) if over_waves(result) else say("headline.groups_differ", rest=others, **told)])


def pairs(result: Result, _: Style) -> Headline:
    """How many pairs of groups are shown to differ."""
    alpha = result.options.get("alpha", 0.05)
    rows = [row for row in rows_of(result) if row["item"] is not None]
    tested = [row for row in rows if row["p_adjusted"] is not None]
    if not tested:
        return made([say("headline.no_pair_tested")], [say("title.no_pair_tested")]) if rows else Headline()
    told = {"n": text.count(len(tested)), "found": number(sum(row["p_adjusted"] < alpha for row in tested)), "alpha": text.short(alpha)}
    return made([say("headline.pairs_differ", **told)], [say("title.pairs_differ", **told)])
