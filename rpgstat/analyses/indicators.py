"""Series in time: their trend, their control chart, and what changed at events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rpgstat import text
from rpgstat.admin.series import Series
from rpgstat.analyses._chart import chart_kind, chart_rows, chart_words, options_for, overrun
from rpgstat.analyses._events import Turn, event_rows, turns
from rpgstat.analyses._trend import course, trend_row
from rpgstat.glossary import TRY
from rpgstat.glossary.sentences import say, word
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.stats.adjust import adjust


@record
class IndicatorOptions:
    """How series are analysed; see `control_chart` for `screen` and `run_length`. `chart` is "auto" or "xmr"; see `adjust` for `adjust`."""

    alpha: float = 0.05
    screen: bool = False
    run_length: int = 7
    chart: str = "auto"
    adjust: str = "none"

    @property
    def adjusts(self) -> bool:
        """Whether p is adjusted at all."""
        return self.adjust != "none"


def indicators(series: Sequence[Series], options: IndicatorOptions, declared: Mapping[str, Any]) -> list[Result]:
    """The results `trend` and `chart`, and `events` where a series has any; `declared` are the options as they stand in JSON.

    The p of all trends are one family of tests, those of all steps and bends another.
    """
    shown = {"alpha": options.alpha, **declared, "adjust": options.adjust, "shares": [one.name for one in series if one.kind == "share"]}
    trend, events = _trend(series, options, shown), _events(series, options, shown)
    moving = {row["series"] for row in trend.rows if row["conclusion"] in ("rose", "fell")} | _turned(events, options.alpha)
    return [trend, _chart(series, options, shown, moving), *events]


def _trend(series: Sequence[Series], options: IndicatorOptions, shown: Mapping[str, Any]) -> Result:
    courses = [course(one, options.alpha) for one in series]
    adjusted = adjust([one.trend.slope.p_value for one in courses], options.adjust)
    rows = [trend_row(one, p, options.alpha, adjusts=options.adjusts) for one, p in zip(courses, adjusted, strict=True)]
    looked = say("note.looked", len(series), n=text.count(len(series)))
    notes = _counted(looked, sum(p is not None for p in adjusted), options)
    return Result("trend", say("title.trend"), table("trend", rows), say("method_of.trend"), notes, shown)


def _counted(looked: str, tests: int, options: IndicatorOptions) -> tuple[str, ...]:
    """How many tests were made, and whether p is adjusted for that."""
    if tests < 2:
        return ()
    if options.adjusts:
        return (say("note.adjusted", looked=looked, tests=tests, method=word("adjusted", options.adjust)),)
    return (say("note.unadjusted", looked=looked, tests=tests, alpha=f"{options.alpha:g}"),)


def _chart(series: Sequence[Series], options: IndicatorOptions, shown: Mapping[str, Any], moving: set[str]) -> Result:
    rows: list[dict[str, Any]] = []
    words: list[str] = []
    warnings: list[str] = []
    for one in series:
        drawn, points = chart_rows(one, options.chart, options.screen, options.run_length)
        rows += points
        words += chart_words(one, drawn, moves=one.name in moving)
        ways = options_for(one) if overrun(one, drawn) else ""
        warnings += [f"{one.name}: most points signal, so the limits mean little{TRY}{ways}"] if ways else []
    return Result("chart", say("title.chart"), table("chart", rows), _chart_method(series, options), tuple(words), shown, warnings=tuple(warnings))


def _chart_method(series: Sequence[Series], options: IndicatorOptions) -> str:
    kinds = dict.fromkeys(chart_kind(one, options.chart) for one in series)
    told = {"charts": "; ".join(word("chart_method", kind) for kind in kinds), "run": options.run_length}
    return say("method_of.chart_screened", **told) if options.screen and "xmr" in kinds else say("method_of.chart", **told)


def _events(series: Sequence[Series], options: IndicatorOptions, shown: Mapping[str, Any]) -> list[Result]:
    found = [turn for one in series for turn in turns(one, options.alpha)]
    if not found:
        return []
    p_values = [part.p_value for turn in found for part in (turn.change.step, turn.change.bend)]
    adjusted = adjust(p_values, options.adjust)
    rows = [
        row
        for turn, p_step, p_bend in zip(found, adjusted[::2], adjusted[1::2], strict=True)
        for row in event_rows(turn, p_step, p_bend, options.alpha, adjusts=options.adjusts)
    ]
    notes = (
        say("note.event_caution"),
        *([say("note.narrow")] if any(p is not None for p in p_values) else []),
        *_counted(_looked(found), sum(p is not None for p in p_values), options),
    )
    return [Result("events", say("title.events"), table("events", rows), say("method_of.events"), notes, shown)]


def _looked(found: Sequence[Turn]) -> str:
    events = {(event.period, event.text) for turn in found for event in turn.events}
    series = {turn.series.name for turn in found}
    return say("note.looked_events", len(events), events=text.count(len(events)), series=text.count(len(series)))


def _turned(events: Sequence[Result], alpha: float) -> set[str]:
    """The series for which a step or a bend is found."""
    rows = [row for result in events for row in result.rows]
    return {row["series"] for row in rows if any(row[key] is not None and row[key] < alpha for key in ("p_level_adjusted", "p_slope_adjusted"))}
