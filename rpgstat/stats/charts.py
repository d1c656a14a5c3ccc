"""Control charts: which points of a series lie outside what its own routine variation explains."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeVar

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.chart_rules import Lines, Signal, signals

Kind = Literal["xmr", "p", "u"]
Number = TypeVar("Number", int, float)

XMR_LIMIT = 2.66  # 3 / 1.128, where 1.128 is d2, the mean range of two points of a standard normal (Shewhart 1931; Wheeler 1992)
MEAN_RANGE = 1.128
SCREEN = 3.267  # D4 of two points, the upper limit of a chart of moving ranges
TRIAL = 12
"""Points below which limits are trial limits (NHS England, Making Data Count)."""
_RANGE_VARIANCE = 0.8264  # variance of mean range / 1.128 is about this over the number of points (Hoel 1946)


@record
class Limits:
    """Centre of a segment and how far its limits lie from it at each point; `dropped` moving ranges were screened out."""

    centre: float
    reach: tuple[float | None, ...]
    dropped: int = 0
    dispersion: float | None = None


@record
class Chart:
    """One entry a point: its lines, and its signal or None; `notes` say what the limits are worth."""

    lines: tuple[Lines, ...]
    signals: tuple[Signal | None, ...]
    notes: tuple[str, ...]


def individuals(*, times: Sequence[int], values: Sequence[float], screen: bool = False) -> Limits:
    """Mean of the values, and limits 2.66 mean moving ranges from it: the XmR chart (Wheeler & Chambers 1992).

    `times` are period indices, rising; a moving range joins neighbouring periods only, none reaches across a gap. `screen` leaves out,
    once, ranges of 3.267 or more times their mean. The reach is None where no two points are neighbours.

    >>> limits = individuals(times=range(6), values=[1, 2, 1, 2, 10, 1])
    >>> round(limits.centre, 3), round(limits.reach[0], 3)
    (2.833, 10.64)
    """
    ranges = [abs(values[i + 1] - values[i]) for i, (one, other) in enumerate(pairwise(times)) if other == one + 1]
    kept = [r for r in ranges if not screen or r < SCREEN * _mean(ranges) or r == 0]
    reach = XMR_LIMIT * _mean(kept) if kept else None
    return Limits(_mean(values), (reach,) * len(values), len(ranges) - len(kept))


def attributes(*, times: Sequence[int], counts: Sequence[float], totals: Sequence[float], kind: Kind, per: float = 1) -> Limits:
    """Limits of a share (`kind` "p", binomial) or of a rate ("u", Poisson), three standard errors from the overall one (Montgomery 2013).

    `counts` over `totals` (above 0), times `per`. `dispersion` is the spread from point to point in standard errors (Laney 2002): about
    1 when points vary as chance alone lets them; None where it cannot be told.

    >>> limits = attributes(times=range(3), counts=[10, 12, 8], totals=[100, 110, 90], kind="p")
    >>> limits.centre, [round(reach, 4) for reach in limits.reach]
    (0.1, [0.09, 0.0858, 0.0949])
    """
    centre = per * math.fsum(counts) / math.fsum(totals)
    errors = [_error(centre, total, kind, per) for total in totals]
    z = [(per * count / total - centre) / error if error else 0.0 for count, total, error in zip(counts, totals, errors, strict=True)]
    ranges = [abs(z[i + 1] - z[i]) for i, (one, other) in enumerate(pairwise(times)) if other == one + 1]
    dispersion = _mean(ranges) / MEAN_RANGE if ranges and all(errors) else None
    return Limits(centre, tuple(3 * error for error in errors), dispersion=dispersion)


def _error(centre: float, total: float, kind: Kind, per: float) -> float:
    """Standard error of a share or a rate, times `per`, about its centre."""
    return math.sqrt(max(centre * (per - centre), 0.0) / total) if kind == "p" else math.sqrt(centre * per / total)


def control_chart(
    *,
    times: Sequence[int],
    values: Sequence[float],
    counts: Sequence[float] | None = None,
    totals: Sequence[float] | None = None,
    kind: Kind = "xmr",
    per: float = 1,
    screen: bool = False,
    run_length: int = 7,
    rebase: Sequence[int] = (),
    baseline: tuple[int, int] | None = None,
) -> Chart:
    """The chart of a series, whose limits begin anew at each period index in `rebase` and never by themselves.

    `baseline` (first and last period index) restricts the points that its segment's limits are made from. Runs end at gaps and where
    limits begin anew. `values` are `counts` over `totals` times `per` for kinds "p" and "u", which need both.
    Raises ValueError for a baseline without points or one that a rebase cuts.

    >>> chart = control_chart(times=range(8), values=[5, 6, 5, 6, 5, 6, 5, 11], run_length=7)
    >>> chart.signals[-1]
    Signal(rule='outside', high=True)
    """
    _check_baseline(times, rebase, baseline)
    lines: list[Lines] = []
    found: list[Signal | None] = []
    notes: list[str] = []
    for segment in _segments(times, rebase):
        base = _base(times, segment, baseline)
        if kind == "xmr" or counts is None or totals is None:
            limits = individuals(times=_at(times, base), values=_at(values, base), screen=screen)
            reach = list(limits.reach[:1]) * len(segment)
        else:
            limits = attributes(times=_at(times, base), counts=_at(counts, base), totals=_at(totals, base), kind=kind, per=per)
            reach = [3 * _error(limits.centre, total, kind, per) for total in _at(totals, segment)]
        drawn = [Lines.around(limits.centre, r) for r in reach]
        lines += drawn
        found += signals(times=_at(times, segment), values=_at(values, segment), lines=drawn, run_length=run_length)
        notes += _notes(limits, len(base))
    return Chart(tuple(lines), tuple(found), tuple(dict.fromkeys(notes)))


def _at(series: Sequence[Number], positions: Sequence[int]) -> list[Number]:
    return [series[i] for i in positions]


def _segments(times: Sequence[int], rebase: Sequence[int]) -> list[list[int]]:
    """Positions of the points in each stretch between rebase dates; empty stretches are none."""
    cuts = sorted(set(rebase))
    parts = [[i for i, time in enumerate(times) if sum(time >= cut for cut in cuts) == k] for k in range(len(cuts) + 1)]
    return [part for part in parts if part]


def _check_baseline(times: Sequence[int], rebase: Sequence[int], baseline: tuple[int, int] | None) -> None:
    if baseline is None:
        return
    if not any(baseline[0] <= time <= baseline[1] for time in times):
        raise ValueError(f"no point lies in the baseline {baseline}")
    if any(baseline[0] < cut <= baseline[1] for cut in rebase):
        raise ValueError(f"a rebase cuts the baseline {baseline}")


def _base(times: Sequence[int], segment: Sequence[int], baseline: tuple[int, int] | None) -> Sequence[int]:
    if baseline is None:
        return segment
    inside = [i for i in segment if baseline[0] <= times[i] <= baseline[1]]
    return inside or segment


def _notes(limits: Limits, n: int) -> list[str]:
    notes = []
    if not limits.reach or limits.reach[0] is None:
        notes.append(say("row.no_limits"))
    elif n < TRIAL:
        notes.append(say("chart.trial", n=n, fewest=TRIAL))
    if limits.dropped:
        notes.append(say("chart.screened", n=limits.dropped))
    margin = 2 * math.sqrt(_RANGE_VARIANCE / n)
    if limits.dispersion is not None and abs(limits.dispersion - 1) > margin:
        more = limits.dispersion > 1
        notes.append(say("chart.overdispersed", times=f"{limits.dispersion:.1f}") if more else say("chart.underdispersed", times=f"{limits.dispersion:.1f}"))
    return notes


def _mean(values: Sequence[float]) -> float:
    """The exact mean, so that equal values lie on it and not beside it."""
    return float(sum(map(Fraction, values), Fraction(0)) / len(values)) if values else 0.0
