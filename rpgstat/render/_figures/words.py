"""What a figure shows in words, made from its numbers: the line under its title, and its alternative text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from rpgstat import text
from rpgstat.render._figures.rows import rows_of
from rpgstat.render._frame import doubts
from rpgstat.render._model import Row, split, withheld
from rpgstat.result import Result

_MOST_EVENTS = 3
"""Events of a series whose sentences stand by its chart; the table holds them all."""

_QUOTED = 60
"""Characters of a statement in a sentence."""


def lead(result: Result, beside: Sequence[Result] = ()) -> tuple[str, ...]:
    """What is found, in lines to stand under the title, and which scales are not certain; `beside` as for `draw`."""
    return (*_found(result, beside), *map(text.one_line, doubts(result)))


def _found(result: Result, beside: Sequence[Result]) -> tuple[str, ...]:
    if result.name == "chart":
        return tuple(_chart(result, trends(beside)))
    if result.name == "workforce":
        return tuple(_workforce(result))
    return tuple(_LEADS[result.name](rows_of(result))) if result.name in _LEADS else ()


def alt_text(result: Result, beside: Sequence[Result] = ()) -> str:
    """The figure in a few sentences, for those who do not see it; `beside` as for `draw`.

    `score` says how far agreement ranges, `compare` how many changes are significant and which is largest, and so on.
    """
    rows = rows_of(result)
    title = text.one_line(result.title)
    kind = _KINDS.get(result.name, "Figure")
    events = [f"{row['event']}, {row['period']}" for other in beside if other.name == "events" and result.name == "chart" for row in rows_of(other)]
    told = [f"Events: {'; '.join(dict.fromkeys(events))}."] if events else []
    return " ".join((f"{kind}: {title}." if title != kind else f"{kind}.", *lead(result, beside), *_size(rows), *told))


def trends(beside: Sequence[Result]) -> dict[str, str]:
    """What the results `events` and `trend`, where they are among those of the command, say of each series: its events first."""
    told: dict[str, list[str]] = {}
    for name, most in (("events", _MOST_EVENTS), ("trend", 1)):
        for (series,), own in split([row for other in beside if other.name == name for row in rows_of(other) if row["sentence"]], ("series",)):
            told.setdefault(series, []).extend(list(dict.fromkeys(row["sentence"] for row in own))[:most])
    return {series: " ".join(sentences) for series, sentences in told.items()}


_KINDS = {
    "score": "Diverging stacked bars",
    "compare": "Dot plot of means with intervals",
    "breakdown": "Heat map of means",
    "workforce": "Small multiples of rates",
    "chart": "Control charts",
    "response": "Dot plot of response rates",
    "population": "Dot plot of shares",
    "scales": "Dot plot of reliability",
    "post_hoc": "Dot plot of differences with intervals",
}


def _size(rows: Sequence[Row]) -> Iterator[str]:
    items = {(row["battery"], row["item"]) for row in rows if row.get("item") is not None}
    if items:
        batteries = {battery for battery, _ in items}
        yield f"{text.plural(len(items), 'statement')} in {text.plural(len(batteries), 'battery', 'batteries')}."


def _quoted(row: Row) -> str:
    return f"“{text.shortened(row['text'] or text.NONE, _QUOTED)}”"


def _score(rows: Sequence[Row]) -> Iterator[str]:
    found = [row for row in rows if row["item"] is not None]
    waves = list(split(found, ("wave",)))
    for (wave,), own in waves if len(waves) < 3 else (waves[0], waves[-1]):
        sizes = sorted({row["n"] for row in own if row["n"]})
        n = f" (n = {text.count(sizes[0])}{f' to {text.count(sizes[-1])}' if len(sizes) > 1 else ''})" if sizes else ""
        held = [row for row in own if row["agree"] is not None]
        if held:
            low, high = min(held, key=lambda row: row["agree"]), max(held, key=lambda row: row["agree"])
            what = "agreement" if any("agreed" in (row["verdict"] or "") for row in held) else "the share in the upper half of the scale"
            yield f"{wave}{n}: {what} ranges from {text.percent(low['agree'])} ({_quoted(low)}) to {text.percent(high['agree'])} ({_quoted(high)})."
        else:
            yield f"{wave}{n}."


def _compare(rows: Sequence[Row]) -> Iterator[str]:
    panels = list(split([{"group": None, **row} for row in rows if row["item"] is not None], ("group", "reference", "wave")))
    hidden = [str(group) for (group, _, _), own in panels if group is not None and all(map(withheld, own))]
    for (group, reference, wave), own in panels:
        if group not in hidden:
            yield f"{f'{group}, ' if group else ''}{reference} to {wave}: {_concluded(own)}."
    if hidden:
        yield f"{text.listing(list(dict.fromkeys(hidden)))}: withheld."
    moved = [row for row in rows if row["item"] is not None and row["conclusion"] in ("higher", "lower") and row["estimate"] is not None]
    if moved:
        largest = max(moved, key=lambda row: abs(row["estimate"]))
        who = f"{largest['group']}, " if largest.get("group") else ""
        which = f"{who}{largest['wave']}, " if len(panels) > 1 else ""
        yield f"Largest change: {which}{_change(largest)}."


def _concluded(rows: Sequence[Row]) -> str:
    kinds = {word: sum(row["conclusion"] == word for row in rows) for word in ("higher", "lower", "different", "equivalent", "inconclusive")}
    tested = sum(kinds.values())
    if not tested:
        return "nothing could be tested"
    return f"of {text.plural(tested, 'statement')} tested, {text.listing([f'{count} {word}' for word, count in kinds.items() if count])}"


def _change(row: Row) -> str:
    limits = "" if row["conf_low"] is None else f" {text.interval(row['conf_low'], row['conf_high'])}"
    return f"{_quoted(row)}, from {text.fixed(row['mean_reference'])} to {text.fixed(row['mean'])}, {text.signed(row['estimate'])}{limits}"


def _breakdown(rows: Sequence[Row]) -> Iterator[str]:
    cells = [row for row in rows if row["item"] is not None]
    held = [row for row in cells if row["mean"] is not None]
    if held:
        low, high = min(held, key=lambda row: row["mean"]), max(held, key=lambda row: row["mean"])
        yield (
            f"Means range from {text.fixed(low['mean'])} ({low['group']}, {low['wave']}: {_quoted(low)}) "
            f"to {text.fixed(high['mean'])} ({high['group']}, {high['wave']}: {_quoted(high)})."
        )
    higher, lower = (sum(row["conclusion"] == word for row in cells) for word in ("higher", "lower"))
    tested = sum(row["conclusion"] is not None for row in cells)
    hidden = sum(map(withheld, cells))
    told = f"; {text.plural(hidden, 'cell')} withheld" if hidden else ""
    yield f"Of {text.plural(tested, 'group mean')} tested against everyone else, {higher} higher and {lower} lower{told}."


def _workforce(result: Result) -> Iterator[str]:
    for (measure, area), own in list(split(rows_of(result), ("measure", "area")))[:_MOST]:
        held = [row for row in own if row["rate"] is not None]
        what = f"{measure}, {area}" if area else measure
        ends = [f"{text.cell(result.kind('rate', row), row['rate'])} in {row['period']}" for row in held]
        if len(held) > 1:
            concluded = held[-1]["conclusion"]
            word = f" ({concluded})" if concluded not in (None, "descriptive") else ""
            yield f"{what}: {ends[0]}, {ends[-1]}{word}."
        elif held:
            yield f"{what}: {ends[0]}."


def _chart(result: Result, told: Mapping[str, str]) -> Iterator[str]:
    for (series,), own in list(split(rows_of(result), ("series",)))[:_MOST]:
        yield of_series(result, own, trend) if (trend := told.get(series)) else f"{series}: {of_series(result, own)}"


def of_series(result: Result, rows: Sequence[Row], trend: str | None = None) -> str:
    """The course of one series of a control chart, and its signals; `trend` is a sentence that says the former better."""
    held = [row for row in rows if row["value"] is not None]
    if not held:
        return "no values."
    signals = sum(row["signal"] is not None for row in held)
    told = text.plural(signals, "signal") if signals else "no signal"
    if trend:
        return f"{trend} {told[0].upper()}{told[1:]} in {text.plural(len(held), 'period')}."
    kind = result.kind("value", held[0])
    low, high = (text.cell(kind, bound(row["value"] for row in held)) for bound in (min, max))
    ends = f"{text.cell(kind, held[0]['value'])} in {held[0]['period']}, {text.cell(kind, held[-1]['value'])} in {held[-1]['period']}"
    return f"{ends}; between {low} and {high} over {text.plural(len(held), 'period')}; {told}."


def _response(rows: Sequence[Row]) -> Iterator[str]:
    for row in [row for row in rows if row["group"] is None and row["rate"] is not None][:_MOST]:
        yield f"{row['wave']}: {text.count(row['returned'])} of {text.count(row['invited'])} returned, {text.cell('rate', row['rate'])}."


def _population(rows: Sequence[Row]) -> Iterator[str]:
    held = [row for row in rows if row["difference"] is not None]
    if held:
        far = max(held, key=lambda row: abs(row["difference"]))
        yield (
            f"Furthest from the population: {far['group']}, {far['wave']}, {text.percent(far['share'])} of those who answered, "
            f"{text.percent(far['population_share'])} of the population."
        )


def _scales(rows: Sequence[Row]) -> Iterator[str]:
    held = sorted((row for row in rows if row["alpha"] is not None), key=lambda row: row["alpha"])
    told = [f"{text.fixed(row['alpha'])} ({row['battery']}, {row['wave']})" for row in held]
    if len(told) > 1:
        yield f"Alpha from {told[0]} to {told[-1]}."
    else:
        yield from (f"Alpha {only}." for only in told)


_MOST = 6
"""Measures, series or waves told one by one."""

_LEADS: dict[str, Callable[[Sequence[Row]], Iterator[str]]] = {
    "score": _score,
    "compare": _compare,
    "breakdown": _breakdown,
    "response": _response,
    "population": _population,
    "scales": _scales,
}
