"""The line over three waves or more of people whose ids link them, all counting alike or by their weights."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.analyses._answers import Answers
from rpgstat.stats.clustered import clustered_departure, clustered_slope
from rpgstat.stats.wave_trend import Departure, Slope
from rpgstat.study import Courses


def linked_line(found: Sequence[Answers | None], times: Sequence[float], courses: Courses, level: float) -> tuple[Slope, Departure]:
    """The slope and the departure from it, with errors clustered on the person; `found` are the answers of each wave, None where there are none."""
    if not courses.factors:
        timed = courses.timed(times)
        return clustered_slope(courses=timed, level=level), clustered_departure(courses=timed)
    return _weighted(found, times, courses, level)


def _weighted(found: Sequence[Answers | None], times: Sequence[float], courses: Courses, level: float) -> tuple[Slope, Departure]:
    """The same by weights, those of all waves in one unit."""
    from rpgstat.stats.weighted_courses import weighted_departure, weighted_slope
    from rpgstat.stats.weighted_pairs import Weighed

    ordered = sorted((time, place, own) for place, (time, own) in enumerate(zip(times, found, strict=True)) if own is not None and own.sample.n)
    places = {place: at for at, (_, place, _) in enumerate(ordered)}
    waves = [
        Weighed(own.values, [(mass * courses.factors[place], square * courses.factors[place] ** 2) for mass, square in own.masses]) for _, place, own in ordered
    ]
    products = {}
    for (one, other), both in courses.products.items():
        if one in places and other in places:
            products[places[one], places[other]] = both
    own_times = [time for time, _, _ in ordered]
    line = weighted_slope(waves=waves, times=own_times, products=products, people=courses.n, level=level)
    return line, weighted_departure(waves=waves, times=own_times, products=products, people=courses.n)
