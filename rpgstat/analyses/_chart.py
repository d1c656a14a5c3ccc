"""Rows of `chart`: each period of a series with its lines and signal; and the signals in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rpgstat import text
from rpgstat.admin.series import Event, Series
from rpgstat.analyses._trend import remembers, stocks
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.stats.chart_rules import Signal
from rpgstat.stats.charts import TRIAL, Chart, Kind, control_chart

_MOST = 4  # stretches named in words; the rows hold them all

_KINDS = tuple((rule, high) for rule in ("outside", "trend", "two_of_three", "shift") for high in (True, False))
"""The signals in the order in which they are told, each by its rule and whether it is a high one."""


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
    blank = {time: {"note": _no_value(series, time)} for time in span if time not in points}
    return drawn, [{"series": series.name, "period": series.labels[time], **(points.get(time) or blank[time])} for time in span]


def _no_value(series: Series, time: int) -> str:
    return say("row.no_value_why", why=series.missing[time]) if series.missing.get(time) else say("row.no_value")


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
        "target": series.target,
        "assurance": assurance(series.target, line.lower, line.upper, series.better),
        "note": say("row.no_limits") if line.upper is None else None,
    }


def _variation(signal: Signal, better: str | None) -> str:
    if better is None:
        return "high" if signal.high else "low"
    return "improvement" if signal.high == (better == "higher") else "concern"


def assurance(target: float | None, lower: float | None, upper: float | None, better: str | None) -> str | None:
    """Whether routine variation reaches a target: "passing", "failing" or "hit_and_miss" (Making Data Count), without a direction "above", "below" or "around".

    A target on a limit is as one beyond it, as NHSRplotthedots has it. None without a target or without limits.

    >>> assurance(85, 86, 92, "higher"), assurance(85, 86, 92, "lower"), assurance(85, 80, 92, "higher"), assurance(85, 70, 85, None)
    ('passing', 'failing', 'hit_and_miss', 'below')
    """
    if target is None or lower is None or upper is None:
        return None
    side = "above" if lower >= target else "below" if upper <= target else "around"
    if better is None:
        return side
    return "hit_and_miss" if side == "around" else "passing" if (side == "above") == (better == "higher") or lower == upper == target else "failing"


def chart_words(series: Series, drawn: Chart, *, moves: bool = False) -> Iterator[str]:
    """The signals of a series in one sentence, and what its limits are worth in another; `moves` where a trend or a change at an event is found."""
    told = [_stretch(rule, high, periods, series.better) for (rule, high), periods in _stretches(series, drawn)]
    if told:
        yield say("chart.signals", series=series.name, told="; ".join(told))
    else:
        yield say("chart.none_but", series=series.name) if moves else say("chart.none", series=series.name)
    yield from _assured(series, drawn)
    worth = [*_mostly(series, drawn), *drawn.notes]
    memory = remembers(series)
    if memory is not None:
        worth.append(say("chart.alike", r=text.fixed(memory), stocks=stocks(series)))
    if worth:
        yield say("chart.worth", series=series.name, told="; ".join(worth))


def _assured(series: Series, drawn: Chart) -> Iterator[str]:
    """Where the latest limits lie to the target, and what that says of it."""
    if series.target is None:
        return
    target = text.percent(series.target, 1) if series.kind == "share" else text.number(series.target)
    line = drawn.lines[-1]
    found = assurance(series.target, line.lower, line.upper, series.better)
    if found is None:
        yield say("chart.no_assurance", series=series.name, target=target)
        return
    side = assurance(series.target, line.lower, line.upper, None) or found
    means = word("assured", found) if series.better else say("chart.no_direction")
    means += say("chart.assured_little") if _most_signal(series, drawn) else ""
    yield say("chart.assured", series=series.name, limits=word("side_of_target", side), target=target, means=means)


def overrun(series: Series, drawn: Chart) -> bool:
    """Whether more than half of the points signal and no baseline is chosen: such limits tell nothing apart."""
    return _most_signal(series, drawn) and series.baseline is None


def _most_signal(series: Series, drawn: Chart) -> bool:
    return 2 * sum(signal is not None for signal in drawn.signals) > len(series.times)


def _mostly(series: Series, drawn: Chart) -> Iterator[str]:
    """What to do where the limits tell nothing apart, in words."""
    if not overrun(series, drawn):
        return
    points, found = len(series.times), sum(signal is not None for signal in drawn.signals)
    event = _event(series)
    ways = [say("chart.from_first")] if _baseline(series) else []
    ways += [say("chart.anew", period=series.when(event))] if event is not None else []
    if ways:
        yield say("chart.mostly_ways", n=found, points=points, ways=listing(ways, "or"))
    else:
        yield say("chart.mostly", n=found, points=points)


def options_for(series: Series) -> str:
    """What to type for limits that tell something apart; empty where nothing would."""
    event = _event(series)
    return text.listing([*filter(None, [_baseline(series)]), *([f"--rebase {series.labels[event]}"] if event is not None else [])], "or")


def _baseline(series: Series) -> str:
    """The option that makes the limits from the first points, where there are enough."""
    points = len(series.times)
    if points <= TRIAL or series.rebase:
        return ""
    before = sum(time < min((event.time for event in _events(series)), default=0) for time in series.times)
    last = series.times[min(max(before, TRIAL), 2 * TRIAL, points - 1) - 1]
    return f"--baseline {series.labels[series.times[0]]}..{series.labels[last]}"


def _event(series: Series) -> int | None:
    """When the first event was from which the limits could begin anew."""
    return next((event.time for event in _events(series)), None)


def _events(series: Series) -> list[Event]:
    return [event for event in series.events if series.times[0] < event.time <= series.times[-1] and event.time not in series.rebase]


def _stretch(rule: str, high: bool, periods: str, better: str | None) -> str:
    what = word("stretch", f"{rule}_{'high' if high else 'low'}")
    if better is None:
        return say("chart.stretch", what=what, periods=periods)
    return say("chart.stretch_means", what=what, periods=periods, variation=word("variation", _variation(Signal("", high), better)))


def _stretches(series: Series, drawn: Chart) -> Iterator[tuple[tuple[str, bool], str]]:
    """Each rule and direction that occurs, with the periods in which it does."""
    held = [(time, signal) for time, signal in zip(series.times, drawn.signals, strict=True) if signal]
    for key in _KINDS:
        own = [time for time, signal in held if (signal.rule, signal.high) == key]
        runs = [[time for _, time in run] for _, run in groupby(enumerate(own), lambda pair: pair[1] - pair[0])]
        if runs:
            yield key, listing([*(_run(series, run) for run in runs[:_MOST]), *_more(runs)])


def _run(series: Series, run: Sequence[int]) -> str:
    first, last = series.when(run[0]), series.when(run[-1])
    return first if len(run) == 1 else say("time.span", first=first, last=last)


def _more(runs: Sequence[Sequence[int]]) -> list[str]:
    rest = sum(map(len, runs[_MOST:]))
    return [say("count.other_periods", rest, n=text.count(rest))] if rest else []
