"""Series in time: their trend, their control chart, and what changed at events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rpgstat.analyses._chart import chart_kind, chart_rows, chart_words
from rpgstat.analyses._trend import trend_row
from rpgstat.figures.series import Series
from rpgstat.result import Result, table
from rpgstat.stats.regression import Break, segmented

TREND_METHOD = (
    "Slope per year by Theil and Sen; p by Mann and Kendall, corrected for autocorrelation (Hamed and Rao; from 48 months the seasonal test "
    "of Hirsch and Slack) where there are 20 points or more; change per year in per cent by Poisson regression with Newey-West errors."
)
EVENTS_METHOD = (
    "Segmented regression: the step at the event's period and the change of the slope per year from there on, with Newey-West errors, "
    "all events of a series in one model, and a level for each calendar month from 36 months."
)
CAUTION = "A step or a bend at an event does not show that the event caused it: anything else that changed at the time would look the same."
FEW = (
    "With fewer than 48 points these limits are too narrow, and more so where neighbouring periods are alike: "
    "without any event p falls below 0.05 in 10 to 30 of 100 series, not in 5. Take p above 0.01 as open."
)
_FEW = 48
_CHARTS = {
    "xmr": "XmR chart: mean, and limits 2.66 mean moving ranges from it",
    "p": "p chart: overall share, and limits three standard errors from it",
    "u": "u chart: overall rate, and limits three standard errors from it",
}


@dataclass(frozen=True)
class IndicatorOptions:
    """How series are analysed; see `control_chart` for `screen` and `run_length`. `chart` is "auto" or "xmr"."""

    alpha: float = 0.05
    screen: bool = False
    run_length: int = 7
    chart: str = "auto"


def indicators(series: Sequence[Series], options: IndicatorOptions, declared: Mapping[str, Any]) -> list[Result]:
    """The results `trend` and `chart`, and `events` where a series has any; `declared` are the options as they stand in JSON."""
    shown = {"alpha": options.alpha, **declared, "shares": [one.name for one in series if one.kind == "share"]}
    return [_trend(series, options, shown), _chart(series, options, shown), *_events(series, options, shown)]


def _trend(series: Sequence[Series], options: IndicatorOptions, shown: Mapping[str, Any]) -> Result:
    rows = [trend_row(one, options.alpha) for one in series]
    return Result("trend", "Trend of each series", table("trend", rows), TREND_METHOD, options=shown)


def _chart(series: Sequence[Series], options: IndicatorOptions, shown: Mapping[str, Any]) -> Result:
    rows: list[dict[str, Any]] = []
    words: list[str] = []
    for one in series:
        drawn, points = chart_rows(one, options.chart, options.screen, options.run_length)
        rows += points
        words += chart_words(one, drawn)
    return Result("chart", "Control charts", table("chart", rows), _chart_method(series, options), tuple(words), shown)


def _chart_method(series: Sequence[Series], options: IndicatorOptions) -> str:
    kinds = dict.fromkeys(chart_kind(one, options.chart) for one in series)
    return (
        f"{'; '.join(_CHARTS[kind] for kind in kinds)}. Signals (NHS England, Making Data Count): a point outside the limits; "
        f"{options.run_length} points rising or falling; two of three near a limit; {options.run_length} points on one side."
        + (" Moving ranges of 3.267 or more times their mean are screened out once." if options.screen and "xmr" in kinds else "")
    )


def _events(series: Sequence[Series], options: IndicatorOptions, shown: Mapping[str, Any]) -> Iterator[Result]:
    rows = [row for one in series for row in _event_rows(one, options.alpha)]
    if rows:
        few = (FEW,) if any(one.events and len(one.values) < _FEW for one in series) else ()
        yield Result("events", "Events", table("events", rows), EVENTS_METHOD, (CAUTION, *few), shown)


def _event_rows(series: Series, alpha: float) -> Iterator[dict[str, Any]]:
    events = sorted(series.events, key=lambda event: event.time)
    if not events:
        return
    times = [event.time for event in events]
    found = segmented(times=series.times, values=series.values, events=times, per_year=series.per_year, level=1 - alpha)
    for event, change in zip(events, found, strict=True):
        yield {"series": series.name, "event": event.text, "period": event.period, **_figures(change), "note": change.note or None}


def _figures(change: Break) -> dict[str, float | None]:
    return {
        "level_change": change.level,
        "level_low": change.level_low,
        "level_high": change.level_high,
        "slope_change": change.slope,
        "slope_low": change.slope_low,
        "slope_high": change.slope_high,
        "p_level": change.p_level,
        "p_slope": change.p_slope,
    }
