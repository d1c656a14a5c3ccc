"""Rows of `events`: for each event of a series the step and the change of slope, and the sentence that they allow."""

from __future__ import annotations

from typing import Any

from rpgstat.admin.series import Event, Series, in_words
from rpgstat.analyses._trend import p_words, with_limits
from rpgstat.glossary.sentences import listing, say
from rpgstat.record import record
from rpgstat.stats.regression import Break, segmented


@record
class Turn:
    """What changed in a series at a period, and the events of that period: one break, whatever their number."""

    series: Series
    events: tuple[Event, ...]
    change: Break


def turns(series: Series, alpha: float) -> list[Turn]:
    """One for each period that has events, in the order of time."""
    times = sorted({event.time for event in series.events})
    if not times:
        return []
    found = segmented(times=series.times, values=series.values, events=times, per_year=series.per_year, level=1 - alpha)
    return [Turn(series, tuple(event for event in series.events if event.time == time), change) for time, change in zip(times, found, strict=True)]


def event_rows(turn: Turn, p_step: float | None, p_bend: float | None, alpha: float, *, adjusts: bool = False) -> list[dict[str, Any]]:
    """One row an event; `p_step` and `p_bend` are those that the sentence goes by."""
    step, bend = turn.change.step, turn.change.bend
    shared = {
        "n": len(turn.series.values),
        "level_change": step.estimate,
        "level_low": step.low,
        "level_high": step.high,
        "slope_change": bend.estimate,
        "slope_low": bend.low,
        "slope_high": bend.high,
        "p_level": step.p_value,
        "p_slope": bend.p_value,
        "p_level_adjusted": p_step,
        "p_slope_adjusted": p_bend,
        "phi": turn.change.phi,
        "sentence": _sentence(turn, p_step, p_bend, alpha, adjusts),
    }
    return [{"series": turn.series.name, "event": event.text, "period": event.period, **shared, "note": _note(turn, event)} for event in turn.events]


def _note(turn: Turn, event: Event) -> str | None:
    others = [f"“{other.text}”" for other in turn.events if other is not event]
    same = say("row.one_break", others=listing(others)) if others else ""
    return "; ".join(filter(None, (turn.change.note, same))) or None


def _sentence(turn: Turn, p_step: float | None, p_bend: float | None, alpha: float, adjusts: bool) -> str:
    """Step and change of slope with limits; a verb of direction only where the step is found."""
    name, change = turn.series.name, turn.change
    what = listing([event.text for event in turn.events])
    begins = say("event.begins", when=in_words(turn.events[0].period), what=what)
    if change.step.estimate is None or change.bend.estimate is None:
        return say("event.nothing", begins=begins, series=name, why=change.note)
    step = with_limits(turn.series, change.step, alpha)
    bend = with_limits(turn.series, change.bend, alpha, yearly=True)
    if p_step is None or p_bend is None:
        return say("event.described", begins=begins, series=name, step=step, bend=bend, why=change.note)
    step, bend = f"{step}; {p_words(change.step, p_step, adjusts)}", f"{bend}; {p_words(change.bend, p_bend, adjusts)}"
    said = {"begins": begins, "series": name, "step": step, "bend": bend}
    rose = change.step.estimate > 0
    match p_step < alpha, p_bend < alpha:
        case False, False:
            return say("event.neither", **said)
        case False, True:
            return say("event.slope", **said)
        case True, True:
            return say("event.rose_slope", **said) if rose else say("event.fell_slope", **said)
        case _:
            return say("event.rose", **said) if rose else say("event.fell", **said)
