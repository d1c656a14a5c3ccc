"""Rows of `chart`: each period of a series with its lines and signal; and the signals in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rpgstat import text
from rpgstat.analyses._trend import remembers
from rpgstat.figures.series import Series
from rpgstat.stats.chart_rules import Signal
from rpgstat.stats.charts import TRIAL, Chart, Kind, control_chart

NO_VALUE = "no value"
_MOST = 4  # stretches named in words; the rows hold them all

_WORDS = {
    ("outside", True): "above the upper limit",
    ("outside", False): "below the lower limit",
    ("trend", True): "rising steadily",
    ("trend", False): "falling steadily",
    ("two_of_three", True): "two of three near the upper limit",
    ("two_of_three", False): "two of three near the lower limit",
    ("shift", True): "a run above the centre",
    ("shift", False): "a run below the centre",
}


def chart_kind(series: Series, wanted: str) -> Kind:
    """The chart of a series: p for shares and u for rates, unless `wanted` is "xmr"."""
    if series.counts is None or wanted == "xmr":
        return "xmr"
    return "p" if series.kind == "share" else "u"


def chart_rows(series: Series, wanted: str, screen: bool, run_length: int) -> tuple[Chart, list[dict[str, Any]]]:
    """The chart, and one row for each period from the first to the last, gaps among them."""
    drawn = control_chart(
        times=series.times,
        values=series.values,
        counts=series.counts,
        totals=series.totals,
        kind=chart_kind(series, wanted),
        per=series.per,
        screen=screen,
        run_length=run_length,
        rebase=series.rebase,
        baseline=series.baseline,
    )
    points = {time: _point(series, drawn, i) for i, time in enumerate(series.times)}
    span = range(series.times[0], series.times[-1] + 1)
    blank = {time: {"note": f"{NO_VALUE}: {series.missing[time]}" if series.missing.get(time) else NO_VALUE} for time in span if time not in points}
    return drawn, [{"series": series.name, "period": series.labels[time], **(points.get(time) or blank[time])} for time in span]


def _point(series: Series, drawn: Chart, i: int) -> dict[str, Any]:
    line, signal = drawn.lines[i], drawn.signals[i]
    return {
        "value": series.values[i],
        "centre": line.centre,
        "lower": line.lower,
        "upper": line.upper,
        "lower_two_sigma": line.lower_two_sigma,
        "upper_two_sigma": line.upper_two_sigma,
        "signal": signal.rule if signal else None,
        "variation": _variation(signal, series.better) if signal else None,
        "note": "no two neighbouring points: no limits" if line.upper is None else None,
    }


def _variation(signal: Signal, better: str | None) -> str:
    if better is None:
        return "high" if signal.high else "low"
    return "improvement" if signal.high == (better == "higher") else "concern"


def chart_words(series: Series, drawn: Chart, *, moves: bool = False) -> Iterator[str]:
    """The signals of a series in one sentence, and what its limits are worth in another; `moves` where a trend or a change at an event is found."""
    told = [f"{_WORDS[key]}, {stretches}{_meaning(key[1], series.better)}" for key, stretches in _stretches(series, drawn)]
    none = "no signal, though a trend or a change at an event is found" if moves else "no signal, common-cause variation only"
    yield f"{series.name}: {'; '.join(told) or none}."
    worth = [*_mostly(series, drawn), *drawn.notes]
    memory = remembers(series)
    if memory is not None:
        worth.append(f"neighbouring periods are alike (autocorrelation {text.fixed(memory)}), as month-end stocks are, so signals come too readily")
    if worth:
        yield f"{series.name}: {'; '.join(worth)}."


def _mostly(series: Series, drawn: Chart) -> Iterator[str]:
    """What to do where more than half of the points signal, and no baseline is chosen: such limits tell nothing apart."""
    points, found = len(series.times), sum(signal is not None for signal in drawn.signals)
    if 2 * found <= points or series.baseline is not None:
        return
    ways = []
    events = [event for event in series.events if series.times[0] < event.time <= series.times[-1] and event.time not in series.rebase]
    if points > TRIAL and not series.rebase:
        before = sum(time < min((event.time for event in events), default=0) for time in series.times)
        last = series.times[min(max(before, TRIAL), 2 * TRIAL, points - 1) - 1]
        ways.append(f"make them from its first 12 to 24 points (--baseline {series.labels[series.times[0]]}..{series.labels[last]})")
    if events:
        ways.append(f"begin them anew where the process is known to have changed (--rebase {events[0].period})")
    yield f"{found} of {points} points signal, so limits made from all of them mean little{': ' if ways else ''}{' or '.join(ways)}"


def _meaning(high: bool, better: str | None) -> str:
    return f" ({_variation(Signal('', high), better)})" if better else ""


def _stretches(series: Series, drawn: Chart) -> Iterator[tuple[tuple[str, bool], str]]:
    """Each rule and direction that occurs, with the periods in which it does."""
    held = [(time, signal) for time, signal in zip(series.times, drawn.signals, strict=True) if signal]
    for key in _WORDS:
        own = [time for time, signal in held if (signal.rule, signal.high) == key]
        runs = [[time for _, time in run] for _, run in groupby(enumerate(own), lambda pair: pair[1] - pair[0])]
        if runs:
            yield key, text.listing([*(_run(series, run) for run in runs[:_MOST]), *_more(runs)])


def _run(series: Series, run: Sequence[int]) -> str:
    first, last = series.when(run[0]), series.when(run[-1])
    return first if len(run) == 1 else f"{first} to {last}"


def _more(runs: Sequence[Sequence[int]]) -> list[str]:
    rest = sum(map(len, runs[_MOST:]))
    return [text.plural(rest, "other period")] if rest else []
