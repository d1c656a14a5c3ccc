"""`compare --trend`: the times of the waves, and the trend over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rpgstat.analyses.trend_waves import TREND_METHODS, TrendOptions
from rpgstat.analyses.trend_waves import trend_waves as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.result import Result
from rpgstat.study import Wave
from rpgstat.workflow.arguments import Names, listed
from rpgstat.workflow.case import Case, chosen
from rpgstat.workflow.finish import check_adjust, check_alpha, digests, finished
from rpgstat.workflow.weighted import Design, count_weighted


def trend_on_case(case: Case, design: Design, *, wave: Names, method: str, adjust: str, alpha: float) -> list[Result]:
    """Result `trend_waves` of a case that is open. Raises UserError for fewer than three waves, and for times that do not order them."""
    check_alpha(alpha)
    check_adjust(adjust)
    method = "slope" if method == "welch" else method
    if method not in TREND_METHODS:
        raise UserError(f"--method {method} is no test of a trend", did_you_mean(method, TREND_METHODS))
    design.refuse(method != "slope", f"--method {method}", "only the slope has a variance for it")
    waves = tuple(chosen(case.waves, listed(wave)))
    if len(waves) < 3:
        raise UserError(f"a trend needs three waves, here are {len(waves)}", "give three exports or more, or compare two waves without --trend")
    times, declared, dated = times_of([own for name in waves for own in case.study.waves if own.name == name])
    options = TrendOptions(waves, times or tuple(float(i) for i in range(1, len(waves) + 1)), declared, dated, method, adjust, alpha)
    with digests(case) as running:
        case, counted = count_weighted(case, [waves], [], design)
        return [finished("compare", analyse(counted.tally, case.study, options), case, counted.tally, running)]


def times_of(waves: Sequence[Wave]) -> tuple[tuple[float, ...], bool, bool]:
    """When the waves were, as far as that is declared: numbers, or years where they are dates. Raises UserError where it is for some, or the same.

    >>> times_of([Wave("a", date="2016-01"), Wave("b", date="2017-07")])
    ((2016.0, 2017.5), True, True)
    """
    told = {wave.name: wave.time if wave.time is not None else None if wave.date is None else in_years(wave.date) for wave in waves}
    if all(time is None for time in told.values()):
        return (), False, False
    missing = [name for name, time in told.items() if time is None]
    if missing:
        raise UserError(f"wave `{missing[0]}` has neither a date nor a time, and others have", 'declare date = "2016-11", or time = 3, for all waves')
    kinds = {wave.time is not None for wave in waves}
    if len(kinds) > 1:
        raise UserError("some waves declare a date and others a time", "declare one of them for all waves")
    times = tuple(float(time) for time in told.values() if time is not None)
    if len(set(times)) < len(times):
        raise UserError("two waves have one and the same time", "declare when each of them was")
    return times, True, kinds == {False}


def in_years(told: str) -> float:
    """A year, month or day as a number of years; a month and a year are their first day.

    >>> in_years("2016"), in_years("2016-07"), round(in_years("2016-12-31"), 3)
    (2016.0, 2016.5, 2016.997)
    """
    parts = [int(part) for part in told.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 1
    if len(parts) < 3:
        return year + (month - 1) / 12
    first = date(year, 1, 1)
    return year + (date(*parts) - first).days / (date(year + 1, 1, 1) - first).days
