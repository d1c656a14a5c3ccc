"""Rows of `events`: for each event of a series the step and the change of slope, and the sentence that they allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rpgstat import text
from rpgstat.analyses._trend import p_words, with_limits
from rpgstat.figures.series import Event, Series, in_words
from rpgstat.stats.regression import Break, segmented


@dataclass(frozen=True)
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
    same = f"one break together with {text.listing(others)}, of the same period" if others else ""
    return "; ".join(filter(None, (turn.change.note, same))) or None


def _sentence(turn: Turn, p_step: float | None, p_bend: float | None, alpha: float, adjusts: bool) -> str:
    """Step and change of slope with limits; a verb of direction only where the step is found."""
    name, change = turn.series.name, turn.change
    what = text.listing([event.text for event in turn.events])
    begins = f"At {in_words(turn.events[0].period)} ({what})"
    if change.step.estimate is None or change.bend.estimate is None:
        return f"{begins} nothing can be said of {name}: {change.note}."
    step = with_limits(turn.series, change.step, alpha)
    bend = with_limits(turn.series, change.bend, alpha, " a year")
    if p_step is None or p_bend is None:
        return f"{begins} the level of {name} changed by {step} and its slope by {bend}; {change.note}."
    step, bend = f"{step}; {p_words(change.step, p_step, adjusts)}", f"{bend}; {p_words(change.bend, p_bend, adjusts)}"
    found_step, found_bend = p_step < alpha, p_bend < alpha
    if not found_step and not found_bend:
        return f"{begins} these data do not show whether the level of {name} changed ({step}), nor whether its slope did ({bend})."
    moved = f"the level of {name} {'rose' if change.step.estimate > 0 else 'fell'} ({step})"
    unknown = "these data do not show whether"
    level = moved if found_step else f"{unknown} the level of {name} changed ({step})"
    slope = f"its slope changed ({bend})" if found_bend else f"{unknown} its slope changed ({bend})"
    return f"{begins} {level}, {'and' if found_step == found_bend else 'but'} {slope}."
