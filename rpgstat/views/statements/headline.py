"""The headlines of `score` and `compare`: how many statements lie where, or changed how, and the largest change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split, withheld
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.headlines import MOST_NAMED, Counted, Headline, counted, made, number, once, rest, some
from rpgstat.views.rows import quoted, rows_of

_BY_RANKS = frozenset({"mann-whitney", "brunner-munzel", "exact-rank"})


def compare(result: Result, style: Style) -> Headline:
    """How many statements rose and fell, by battery, and the largest change that a test found."""
    rows = [{"group": None, **row} for row in rows_of(result) if row["item"] is not None]
    ranks = result.options.get("method") in _BY_RANKS
    panels = list(split(rows, ("group", "reference", "wave")))
    if "by" in result.options:
        return made([_by_group(str(result.options["by"]), panels, ranks=ranks), _largest(rows, style, panels)], [_short(counted(rows), ranks=ranks, by=True)])
    if len(panels) > 1:
        told = [say("headline.pair", reference=pair[1], wave=pair[2], told=_counts(counted(own), ranks=ranks)) for pair, own in panels[:MOST_NAMED]]
        more = len(panels) - MOST_NAMED
        words = [say("headline.pairs", pairs="; ".join(told)), say("headline.more_pairs", more, n=text.count(more)) if more > 0 else ""]
        return made([*words, _largest(rows, style, panels)], [_short(counted(panels[-1][1]), ranks=ranks, wave=str(panels[-1][0][2]))])
    if not panels:
        return Headline()
    (_, reference, wave), own = panels[0]
    found = counted(own)
    if len(own) == 1:
        return made([_one(own[0], style, ranks=ranks)])
    return made([_waves(found, own, reference, wave, ranks=ranks), _largest(own, style, panels)], [_of_battery(own, ranks=ranks), _short(found, ranks=ranks)])


def _waves(found: Counted, rows: Sequence[Row], reference: str, wave: str, *, ranks: bool) -> str:
    """The sentence on two waves."""
    ends = {"reference": reference, "wave": wave}
    if not found.tested:
        return say("headline.none_tested", rest=_hidden(found), **ends)
    if not found.found:
        return say("headline.none_found", found.shown, n=text.count(found.shown), rest=rest(found), **ends)
    return say("headline.changed", told=_counts(found, ranks=ranks, batteries=_batteries(rows)), **ends)


def _hidden(found: Counted) -> str:
    return say("headline.and_hidden", found.hidden, n=text.count(found.hidden)) if found.hidden else ""


def _counts(found: Counted, *, ranks: bool, batteries: str = "") -> str:
    """How the statements of two waves came out, as a clause."""
    n = text.count(found.shown)
    others = rest(found)
    after = say("headline.and_rest", rest=others) if others else ""
    if not found.tested:
        return say("headline.clause_untested", rest=_hidden(found))
    if found.different:
        return say("headline.clause_spread", found.different, different=number(found.different), n=n, batteries=batteries, rest=after)
    if not found.found:
        return say("headline.clause_none", n=n, rest=after)
    told = {"up": number(found.up), "down": number(found.down), "n": n, "batteries": batteries, "rest": after}
    if ranks:
        return say("headline.clause_ranks", **told)
    if not found.down:
        return say("headline.clause_rose", **told)
    return say("headline.clause_both", **told) if found.up else say("headline.clause_fell", **told)


def _batteries(rows: Sequence[Row]) -> str:
    """In which batteries they are, where there are several: "(Relationships 4 of 4)"."""
    parts = [(str(battery), counted(own)) for (battery,), own in split(rows, ("battery",))]
    told = [_battery(text.shortened(name, 40), own) for name, own in parts if own.found]
    return say("headline.batteries", batteries=some(told)) if len(parts) > 1 else ""


def _battery(name: str, found: Counted) -> str:
    return name if found.shown == 1 else say("headline.battery", battery=name, found=found.found, n=found.shown)


def largest(rows: Sequence[Row]) -> Row | None:
    """The row with the largest change that a test found, measured by its scale; none where no test found one."""
    moved = [row for row in rows if row["conclusion"] in ("higher", "lower") and row["estimate"] and row["scale_low"] is not None]
    moved = [row for row in moved if (row["estimate"] > 0) is (row["conclusion"] == "higher")]
    return max(moved, key=lambda row: abs(row["estimate"]) / ((row["scale_high"] - row["scale_low"]) or 1.0), default=None)


def _largest(rows: Sequence[Row], style: Style, panels: Sequence[Any]) -> str:
    """The largest change that a test found, in a sentence."""
    row = largest(rows)
    if row is None:
        return ""
    where = say("headline.where", where=", ".join(once([row["group"], row["wave"]]))) if len(panels) > 1 else ""
    several = len({(row["scale_low"], row["scale_high"]) for row in rows if row["scale_low"] is not None}) > 1
    told = {"statement": quoted(row), "where": where, "change": _size(row, style), "before": _mean(row, "_reference", style), "after": _mean(row, "", style)}
    return say("headline.largest_for_scale", **told) if several else say("headline.largest", **told)


def _size(row: Row, style: Style) -> str:
    limits = "" if row["conf_low"] is None or row["conf_high"] is None else f" {style.limits('points', row['conf_low'], row['conf_high'])}"
    return f"{style.signed('points', row['estimate'])}{limits}"


def _mean(row: Row, wave: str, style: Style) -> str:
    return say("headline.mean", mean=style.cell("mean", row[f"mean{wave}"]), n=text.count(row[f"n{wave}"]))


def _one(row: Row, style: Style, *, ranks: bool) -> str:
    """The sentence on the only statement."""
    ends = {"statement": quoted(row), "reference": row["reference"], "wave": row["wave"]}
    if withheld(row):
        return say("headline.one_hidden", **ends)
    if row["conclusion"] is None or row["mean"] is None or row["mean_reference"] is None or row["estimate"] is None:
        return say("headline.one_untested", **ends)
    ends |= {"before": _mean(row, "_reference", style), "after": _mean(row, "", style), "change": _size(row, style)}
    match row["conclusion"]:
        case "different":
            return say("headline.one_different", **ends)
        case "equivalent":
            return say("headline.one_equivalent", **ends)
        case "inconclusive":
            return say("headline.one_inconclusive", **ends)
        case code if ranks or (row["estimate"] > 0) is not (code == "higher"):
            return say("headline.one_higher_ranks", **ends) if code == "higher" else say("headline.one_lower_ranks", **ends)
        case code:
            return say("headline.one_rose", **ends) if code == "higher" else say("headline.one_fell", **ends)


def _by_group(by: str, panels: Sequence[tuple[tuple[Any, ...], list[Row]]], *, ranks: bool) -> str:
    """In which groups changes were found, in which none, and of which nothing is shown."""
    waves = {panel[1:] for panel, _ in panels}
    named = [(text.one_line(str(group)) if len(waves) == 1 else f"{group}, {wave}", counted(own)) for (group, _, wave), own in panels]
    told = [say("headline.in_group", group=name, told=_counts(found, ranks=ranks)) for name, found in named if found.found][:MOST_NAMED]
    more = sum(bool(found.found) for _, found in named) - len(told)
    told += [say("headline.more_groups", more, n=text.count(more))] if more > 0 else []
    silent = [found for _, found in named if not found.found]
    none = sum(bool(found.tested) for found in silent)
    untested = sum(not found.tested and found.untested > 0 for found in silent)
    hidden = len(silent) - none - untested
    told += [say("headline.groups_none", none, n=text.count(none))] if none else []
    told += [say("headline.groups_untested", untested, n=text.count(untested))] if untested else []
    told += [say("headline.groups_hidden", hidden, n=text.count(hidden))] if hidden else []
    return say("headline.by", by=by, told="; ".join(told)) if told else ""


def _of_battery(rows: Sequence[Row], *, ranks: bool) -> str:
    """The title of a figure of one battery all of whose statements came out alike."""
    found, names = counted(rows), once(row["battery"] for row in rows)
    if ranks or len(names) > 1 or found.shown != len(rows) or found.up + found.down not in (found.up, found.down) or found.found != len(rows):
        return ""
    n = text.count(len(rows))
    return say("title.all_rose", n=n, battery=names[0]) if found.up else say("title.all_fell", n=n, battery=names[0]) if found.down else ""


def _short(found: Counted, *, ranks: bool, wave: str = "", by: bool = False) -> str:
    if not found.tested:
        return say("title.none_tested")
    told = {"up": number(found.up), "down": number(found.down), "n": text.count(found.shown), "where": say("title.wave", wave=wave) if wave else ""}
    if found.different:
        return say("title.spread", different=number(found.different), n=told["n"], where=told["where"])
    if not found.found:
        return say("title.none_found", n=told["n"], where=told["where"])
    if by:
        return say("title.changes_in_groups", **told)
    if ranks:
        return say("title.ranks", **told)
    if not found.down:
        return say("title.rose", **told)
    return say("title.changes", **told) if found.up else say("title.fell", **told)


def score(result: Result, style: Style) -> Headline:
    """How many statements lie clearly above or below the midpoint in each wave, and which stand highest and lowest in the latest."""
    rows = [row for row in rows_of(result) if row["item"] is not None]
    waves = list(split(rows, ("wave",)))
    if not waves:
        return Headline()
    shown = waves if len(waves) < 3 else [waves[0], waves[-1]]
    told = say("headline.standings", told="; ".join(_standing(str(wave), own) for (wave,), own in shown))
    held = [row for row in waves[-1][1] if row["mean"] is not None]
    return made([told, *_ends(held, style)], [_short_standing(str(waves[-1][0][0]), waves[-1][1])])


def _sides(rows: Sequence[Row]) -> tuple[int, int, int, int]:
    """How many statements lie clearly above the midpoint, clearly below, on neither side, and how many tell no side."""
    told = [row for row in rows if row["conf_low"] is not None and row["midpoint"] is not None and row["verdict"]]
    above, below = sum(row["conf_low"] > row["midpoint"] for row in told), sum(row["conf_high"] < row["midpoint"] for row in told)
    return above, below, len(told) - above - below, len(rows) - len(told)


def _standing(wave: str, rows: Sequence[Row]) -> str:
    above, below, neither, silent = _sides(rows)
    n = len(rows) - silent
    if not n:
        return say("headline.no_sides", len(rows), n=text.count(len(rows)), wave=wave)
    others = say("headline.silent", silent, n=text.count(silent)) if silent else ""
    if n == 1:
        if above:
            return say("headline.standing_above", wave=wave, silent=others)
        return say("headline.standing_below", wave=wave, silent=others) if below else say("headline.standing_neither", wave=wave, silent=others)
    told = {"above": number(above), "below": number(below), "neither": text.count(neither), "n": text.count(n), "wave": wave}
    return say("headline.standing", silent=others, **told)


def _ends(rows: Sequence[Row], style: Style) -> Iterator[str]:
    """The highest and the lowest mean, where all are on one scale."""
    if len(rows) < 2 or len({(row["scale_low"], row["scale_high"]) for row in rows}) > 1:
        return
    low, high = min(rows, key=lambda row: row["mean"]), max(rows, key=lambda row: row["mean"])
    if low["mean"] != high["mean"]:
        yield say("headline.ends", highest=quoted(high), high=_mean(high, "", style), lowest=quoted(low), low=_mean(low, "", style))


def _short_standing(wave: str, rows: Sequence[Row]) -> str:
    above, below, _, silent = _sides(rows)
    n = len(rows) - silent
    return say("title.standing", above=number(above), below=number(below), n=text.count(n), wave=wave) if n else ""
