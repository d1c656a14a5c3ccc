"""What is said of who answered, of where the statements stand, and of groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rpgstat import text
from rpgstat.media.document import Point
from rpgstat.media.pages import Row, split
from rpgstat.media.style import Style
from rpgstat.reporting.quoting import capital, limits, no_score, quoted


def returned(rows: Sequence[Row], style: Style) -> Iterator[Point]:
    """How many of those invited returned the questionnaire in each wave; `rows` are those of everyone in `response`."""
    for row in rows:
        if row["rate"] is None:
            words = f"{text.plural(row['returned'], 'person', 'people')} returned the questionnaire."
        else:
            rate = style.cell("rate", row["rate"])
            invited = text.plural(row["invited"], "person", "people")
            words = f"Of {invited} invited, {text.count(row['returned'])} returned the questionnaire, a response rate of {rate}."
        yield Point(words, f"{row['wave']}:")


def rate_changes(rows: Sequence[Row], style: Style) -> Iterator[Point]:
    """By how many points the response rate changed."""
    for row in rows:
        if row["change"] is not None:
            change = style.signed("share_change", row["change"])
            yield Point(f"The response rate differs by {change} percentage points.", f"{row['wave']} against {row['reference']}:")


def filled_in(rows: Sequence[Row]) -> Iterator[Point]:
    """How completely the questionnaires were filled in."""
    for row in rows:
        told = [f"{text.count(row['partial'])} left some items blank"] if row["partial"] is not None else []
        if row["straight_liners"] is not None:
            told.append(f"{text.count(row['straight_liners'])} gave one and the same answer throughout a battery of four or more items")
        if row["duplicate_ids"]:
            told.append(f"{text.plural(row['duplicate_ids'], 'row bears', 'rows bear')} the id of an earlier one")
        if told:
            yield Point(f"Of {text.count(row['returned'])} returned, {text.listing(told)}.", f"{row['wave']}:")


def scale(rows: Sequence[Row]) -> Iterator[str]:
    """What the answers of a battery run from and to; `rows` are those of `score`."""
    row = next((row for row in rows if row["item"] is not None and row["levels"] and not row["text"].endswith("(reversed)")), None)
    if row is None or row["scale_low"] is None:
        return
    ends = [_level(row["levels"][place], row[key]) for place, key in ((0, "scale_low"), (-1, "scale_high"))]
    middle = f"; the midpoint is {text.short(row['midpoint'])}" if row["midpoint"] is not None else ""
    yield f"Answers run from {ends[0]} to {ends[1]}{middle}."


def _level(label: str, score: float) -> str:
    shown = text.short(score)
    return shown if label == shown else f"“{text.shortened(label)}” ({shown})"


def standing(rows: Sequence[Row], style: Style) -> Iterator[Point]:
    """For each wave the battery score, how many statements lie on which side of the midpoint, and which are highest and lowest."""
    for (wave,), own in split(rows, ("wave",)):
        held = [row for row in own if row["item"] is not None and row["mean"] is not None]
        told = [*_score(own, style), *_verdicts(held), *_ends(held, style)]
        yield Point(" ".join(told) or "There are no valid answers.", f"{wave}:")


def _score(rows: Sequence[Row], style: Style) -> Iterator[str]:
    for row in rows:
        if row["item"] is None and row["mean"] is not None:
            yield f"The battery score is {style.cell('mean', row['mean'])}{limits(row, 'conf_low', 'conf_high', 'points', style)} (n = {text.count(row['n'])})."
        elif row["item"] is None and (why := no_score(row)):
            yield why


def _verdicts(rows: Sequence[Row]) -> Iterator[str]:
    """How many statements have which verdict: "8 of 10 statements: more agreed than disagreed. 2 of 10: more disagreed than agreed."."""
    found = sorted(split([row for row in rows if row["verdict"]], ("verdict",)), key=lambda pair: -len(pair[1]))
    whole = text.count(sum(len(own) for _, own in found))
    for place, ((verdict,), own) in enumerate(found):
        yield f"{text.count(len(own))} of {whole}{' statements' if place == 0 else ''}: {verdict}."


def _ends(rows: Sequence[Row], style: Style) -> Iterator[str]:
    if len(rows) > 1:
        low, high = min(rows, key=lambda row: row["mean"]), max(rows, key=lambda row: row["mean"])
        yield f"Highest mean: {_mean(high, style)}, {quoted(high)}. Lowest: {_mean(low, style)}, {quoted(low)}."
    yield from (f"Mean: {_mean(row, style)}, {quoted(row)}." for row in rows if len(rows) == 1)


def _mean(row: Row, style: Style) -> str:
    return f"{style.cell('mean', row['mean'])} (n = {text.count(row['n'])})"


def apart(rows: Sequence[Row], style: Style) -> Iterator[Point]:
    """The groups whose battery score differs from everyone else's, wave by wave; `rows` are those of `breakdown`."""
    for (wave, battery), own in split([row for row in rows if row["item"] is None], ("wave", "battery")):
        for row in own:
            if row["conclusion"] in ("higher", "lower"):
                yield Point(f"{row['group']}: {row['conclusion']} than everyone else{_against(row, style)}.", f"{battery}, {wave}:")
        if why := next(filter(None, map(no_score, own)), ""):
            yield Point(why, f"{battery}, {wave}:")


def none_apart(rows: Sequence[Row]) -> str:
    """That no battery score is apart, and how many of them were not tested."""
    scores = [row for row in rows if row["item"] is None and row["mean"] is not None]
    untested = sum(row["conclusion"] is None for row in scores)
    if untested == len(scores):
        return "No battery score of a group could be tested against that of everyone else."
    words = "No battery score of a group is significantly higher or lower than that of everyone else"
    return f"{words}; {text.count(untested)} of {text.count(len(scores))} that are shown could not be tested." if untested else f"{words}."


def _against(row: Row, style: Style) -> str:
    means = [] if row["mean_rest"] is None else [f"{style.cell('mean', row['mean'])} against {style.cell('mean', row['mean_rest'])}"]
    differs = [] if row["estimate"] is None else [f"a difference of {style.cell('points', row['estimate'])}"]
    words = ", ".join([*means, *differs]) + limits(row, "estimate_low", "estimate_high", "points", style)
    return f", {words}" if words else ""


def tested_groups(rows: Sequence[Row]) -> str:
    """How many single statements came out higher or lower in a group, of all that were tested."""
    items = [row for row in rows if row["item"] is not None]
    tested = sum(row["conclusion"] is not None for row in items)
    if not tested:
        return "No statement could be tested group by group."
    higher, lower = (sum(row["conclusion"] == word for row in items) for word in ("higher", "lower"))
    means = text.plural(tested, "mean of a group on a single statement", "means of a group on a single statement")
    return f"Of {means}, each tested against everyone else, {text.count(higher)} {_be(higher)} higher and {text.count(lower)} lower."


def _be(n: int) -> str:
    return "is" if n == 1 else "are"


_SIGNALS = {
    "outside": "outside the limits",
    "shift": "in a run on one side of the centre",
    "two_of_three": "with two of three points near a limit",
    "trend": "in a run of rises or falls",
}
"""The signals of a control chart as they stand behind "the latest point is"."""


def signals(rows: Sequence[Row], moving: Collection[str] = ()) -> Iterator[Point]:
    """How many points of each series are signals, and what the latest is; `rows` are those of `chart`, `moving` the series in which a change is found."""
    for (series,), own in split([row for row in rows if row["value"] is not None], ("series",)):
        found = sum(row["signal"] is not None for row in own)
        if not found:
            but = "though a trend or a change at an event is found" if series in moving else "chance variation only"
            yield Point(f"No signal in {text.plural(len(own), 'period')}{',' if series in moving else ':'} {but}.", f"{series}:")
            continue
        last = own[-1]
        latest = "is not one" if last["signal"] is None else f"is {_SIGNALS.get(last['signal'], last['signal'])} ({last['variation']})"
        yield Point(f"{capital(text.plural(found, 'signal'))} in {text.plural(len(own), 'period')}; the latest point {latest}.", f"{series}:")
