"""`compare --trend`: the times of the waves, and the trend over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rpgstat.analyses.over_waves import over_waves
from rpgstat.analyses.trend_waves import TREND_METHODS, TrendOptions
from rpgstat.analyses.trend_waves import trend_waves as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.study import Tally, Wave
from rpgstat.workflow.arguments import Names, listed
from rpgstat.workflow.case import Case, chosen
from rpgstat.workflow.finish import check_adjust, check_alpha, digests, finished
from rpgstat.workflow.weighted import Design, count_weighted


@record
class Wish:
    """What is asked of a trend: over which waves, by which test and adjustment, and whether ids are used and every test is run again."""

    wave: Names = ()
    method: str = "slope"
    adjust: str = "holm"
    alpha: float = 0.05
    linked: bool = True
    verify: bool = False
    suppression: bool = True


def trend_on_case(case: Case, design: Design, wish: Wish) -> list[Result]:
    """Result `trend_waves` of a case that is open, and where ids link people over the waves `omnibus`.

    Raises UserError for fewer than three waves, and for times that do not order them.
    """
    options = _options(case, wish)
    design.refuse(options.method != "slope", f"--method {options.method}", "only the slope has a variance for it")
    design.refuse(wish.verify, "--verify", "Pingouin knows neither")
    raked = design.weight is not None and bool(design.weight.rake)
    linked = wish.linked and case.study.id_column is not None and not (raked or design.fpc)
    with digests(case) as running:
        courses = [options.waves] if linked else ()
        case, weighted = count_weighted(case, [options.waves], [], design, suppression=wish.suppression, courses=courses)
        counted = weighted.tally
        results = [analyse(counted, case.study, options)]
        if beside := over_waves(counted, case.study, options):
            results.append(beside)
        if wish.verify:
            results = list(_verified(results, case, counted, options))
        return [finished("compare", result, case, counted, running) for result in results]


def _options(case: Case, wish: Wish) -> TrendOptions:
    check_alpha(wish.alpha)
    check_adjust(wish.adjust)
    method = "slope" if wish.method == "welch" else wish.method
    if method not in TREND_METHODS:
        raise UserError(f"--method {method} is no test of a trend", did_you_mean(method, TREND_METHODS))
    waves = tuple(chosen(case.waves, listed(wish.wave)))
    if len(waves) < 3:
        raise UserError(f"a trend needs three waves, here are {len(waves)}", "give three exports or more, or compare two waves without --trend")
    times, declared, dated = times_of([own for name in waves for own in case.study.waves if own.name == name])
    few = case.study.disclosure.hide_below if wish.suppression else 1
    return TrendOptions(waves, times or tuple(float(i) for i in range(1, len(waves) + 1)), declared, dated, method, wish.adjust, wish.alpha, few)


def _verified(results: Sequence[Result], case: Case, counted: Tally, options: TrendOptions) -> Iterator[Result]:
    from rpgstat.analyses.verify_waves import verify_over_waves, verify_trend

    for result in results:
        verified = verify_trend(result) if result.name == "trend_waves" else verify_over_waves(result, case.study, counted, options.waves)
        yield verified.stamp(result)


def times_of(waves: Sequence[Wave]) -> tuple[tuple[float, ...], bool, bool]:
    """When the waves were, as far as that is declared: numbers, or years where they are dates, those that lasted by their middle.

    Raises UserError where it is declared for some only, or the same for two.

    >>> times_of([Wave("a", date="2016-01"), Wave("b", date="2017-07")])
    ((2016.0, 2017.5), True, True)
    """
    told = {wave.name: wave.time if wave.time is not None else _middle(wave) for wave in waves}
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


def _middle(wave: Wave) -> float | None:
    """The date of a wave in years, of one that lasted the middle; None where it has none."""
    return None if wave.date is None else (in_years(wave.date) + in_years(wave.until or wave.date)) / 2


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
