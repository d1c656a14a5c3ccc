"""`trend_waves`: whether each item and battery rises or falls over three waves or more, and whether on a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rpgstat import text
from rpgstat.analyses._answers import Answers, answers_to, mean_to
from rpgstat.analyses._linked_line import linked_line
from rpgstat.analyses._opposed import direction
from rpgstat.analyses._rows import Row, head, joined, returned_note, rows_of, scale_notes, titled
from rpgstat.analyses._tests import adjust_families
from rpgstat.analyses.compare import BATTERIES
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.stats.wave_trend import OrderTest, departure, jonckheere, kendall, linear_by_linear, slope
from rpgstat.study import Battery, Courses, Item, ItemWaves, MeanOnly, ScoreWaves, Study, Tally

TREND_METHODS = ("slope", "lbl", "jonckheere", "ordinal")
CLUSTERED = "clustered"
"""What a slope of linked people is called in the place of `slope`."""


@record
class TrendOptions:
    """How a trend is tested; `times` stand beside `waves`, in years where `dated`, and are 1, 2, 3 where nothing is `declared`.

    Where ids link fewer than `few` people over the waves they are not used.
    """

    waves: tuple[str, ...]
    times: tuple[float, ...]
    declared: bool
    dated: bool = False
    method: str = "slope"
    adjust: str = "holm"
    alpha: float = 0.05
    few: int = 1


def trend_waves(tally: Tally, study: Study, options: TrendOptions) -> Result:
    """Result `trend_waves`: one row per item that all waves have, and one per battery (item null).

    `slope` is that of the line through the waves' means in points per unit of time, each wave counting alike, with Satterthwaite's df; where ids link
    people over the waves it is that of all answers, by their weights, with errors clustered on the person. `departure_*` test whether the means lie on a line,
    unadjusted. Under `lbl`, `jonckheere` and `ordinal` statistic and p are of that test, and slope and limits stay. The family of p is all items of a
    battery; battery rows are one of their own. Waves without an answer to an item are left out and named.
    """
    rows = [row for battery in study.batteries for row in _battery_rows(tally, battery, options)]
    adjusted = adjust_families([row.columns.get("p_value") for row in rows], [row.family for row in rows], options.adjust)
    for row, p_adjusted in zip(rows, adjusted, strict=True):
        row.columns["p_adjusted"] = p_adjusted
        row.columns["conclusion"] = _conclusion(row, options.alpha)
    named = {
        "method": options.method,
        "adjust": options.adjust,
        "alpha": options.alpha,
        "waves": list(options.waves),
        "times": list(options.times),
        "dated": options.dated,
    }
    return Result(
        name="trend_waves",
        title=titled(study, say("title.trend_waves")),
        frame=table("trend_waves", [row.columns | {"note": joined(row.notes)} for row in rows]),
        method=_method(options, rows),
        notes=tuple(_notes(tally, study, options, rows)),
        options=named,
    )


def _battery_rows(tally: Tally, battery: Battery, options: TrendOptions) -> list[Row]:
    shared = tally.common(tuple(item.id for item in battery.items), options.waves)
    told = direction(tally, battery, shared)
    rows = []
    for item in rows_of(battery):
        row = Row(_head(battery, item), battery.name if item else BATTERIES)
        found = [(wave, time, answers_to(tally, battery, item, shared, wave)) for wave, time in zip(options.waves, options.times, strict=True)]
        few = [mean_to(tally, battery, item, shared, wave) for wave in options.waves]
        if any(own and answers is None for own, (_, _, answers) in zip(few, found, strict=True)):
            _count(row, found, few)
        elif item is not None and not any(answers for _, _, answers in found[1:]) and not found[0][2]:
            row.notes.append(say("row.no_answers_anywhere"))
        elif item is None and not told.conclusion:
            row.notes += told.notes
        else:
            _fill(row, found, linked_courses(tally, battery, item, shared, options), options)
        rows.append(row)
    return rows


def _count(row: Row, found: Sequence[tuple[str, float, Answers | None]], few: Sequence[MeanOnly | None]) -> None:
    """The columns of a row of which no figure with weights may be seen in some wave."""
    numbers = [answers.sample.n if answers else own.n if own else 0 for own, (_, _, answers) in zip(few, found, strict=True)]
    row.columns |= {"waves": sum(n > 0 for n in numbers), "n": sum(numbers), "wave_n": numbers}
    row.columns["wave_means"] = [answers.sample.mean if answers else None for _, _, answers in found]
    row.notes.append(say("row.everyone_weighted"))


def _head(battery: Battery, item: Item | None) -> dict[str, Any]:
    return {key: value for key, value in head(battery, item).items() if key in ("battery", "item", "text")}


def linked_courses(tally: Tally, battery: Battery, item: Item | None, shared: tuple[str, ...], options: TrendOptions) -> Courses | None:
    """What people answered over the waves to an item, or their scores, where ids link enough of them and the slope is asked for."""
    if options.method != "slope":
        return None
    found = tally.courses.get(ItemWaves(item.id, options.waves) if item else ScoreWaves(battery.name, shared, options.waves))
    if found is None or (tally.design is not None and not found.factors):
        return None
    again = sum(n for own, n in found.people if sum(score is not None for score in own) > 1)
    return found if again >= max(2, options.few) else None


def _fill(row: Row, found: Sequence[tuple[str, float, Answers | None]], courses: Courses | None, options: TrendOptions) -> None:
    """The columns of one row, of the waves that have answers."""
    used = [(time, answers) for _, time, answers in found if answers is not None and answers.sample.n]
    without = [wave for wave, _, answers in found if answers is None or not answers.sample.n]
    row.columns |= {"waves": len(used), "n": sum(answers.sample.n for _, answers in used)}
    row.columns["wave_n"] = [answers.sample.n if answers else 0 for _, _, answers in found]
    row.columns["wave_means"] = [answers.sample.mean if answers else None for _, _, answers in found]
    row.notes += [say("row.waves_without", waves=listing(without))] if without else []
    if len(used) < 3:
        row.notes.append(say("row.few_waves"))
        return
    times, samples = [time for time, _ in used], [answers.sample for _, answers in used]
    level = 1 - options.alpha
    if courses:
        line, bent = linked_line([answers for _, _, answers in found], options.times, courses, level)
    else:
        line, bent = slope(samples=samples, times=times, level=level), departure(samples=samples, times=times)
    row.columns |= {"slope": line.estimate, "slope_low": line.conf_low, "slope_high": line.conf_high, "df": line.df}
    row.columns |= {"statistic": line.statistic, "p_value": line.p_value, "method": CLUSTERED if courses else "slope"}
    row.columns |= {"departure_f": bent.f_statistic, "departure_df1": bent.df1, "departure_df2": bent.df2, "departure_p": bent.p_value}
    row.notes += [note for note in dict.fromkeys((line.note, bent.note)) if note]
    if all(answers.plain for _, answers in used):
        counts, scores = _counts([answers for _, answers in used])
        row.columns["tau"] = kendall(counts)
        _by_method(row, counts, scores, times, options)


def _counts(waves: Sequence[Answers]) -> tuple[list[list[int]], list[Any]]:
    """People at each score, a row a wave."""
    scores = sorted({value for answers in waves for value in answers.values})
    own = [dict(zip(answers.values, answers.counts, strict=True)) for answers in waves]
    return [[people.get(score, 0) for score in scores] for people in own], scores


def _by_method(row: Row, counts: list[list[int]], scores: list[Any], times: Sequence[float], options: TrendOptions) -> None:
    """The test asked for in the place of that of the slope."""
    if options.method == "ordinal":
        _ordinal(row, counts, times, options.alpha)
    elif options.method != "slope":
        lbl = options.method == "lbl"
        test: OrderTest = linear_by_linear(counts=counts, scores=scores, times=times) if lbl else jonckheere(counts=counts)
        row.columns |= {"statistic": test.statistic, "df": None, "p_value": test.p_value, "method": test.method}
        row.notes += [test.note] if test.note and test.note not in row.notes else []


def _ordinal(row: Row, counts: list[list[int]], times: Sequence[float], alpha: float) -> None:
    from rpgstat.stats.proportional_odds import proportional_odds  # with NumPy and SciPy

    odds = proportional_odds(counts=counts, times=times, level=1 - alpha)
    row.columns |= {"odds_ratio": odds.odds_ratio, "odds_low": odds.low, "odds_high": odds.high, "assumption_p": odds.assumption_p}
    row.columns |= {"statistic": odds.statistic, "df": None if odds.statistic is None else 1, "p_value": odds.p_value, "method": "ordinal"}
    row.notes += [odds.note] if odds.note else []
    row.notes += [say("row.odds_average")] if odds.assumption_p is not None and odds.assumption_p < alpha else []


def _conclusion(row: Row, alpha: float) -> str | None:
    """Rose or fell where the trend is found; mixed where it is not and the means leave the line; else inconclusive. Null where nothing was tested."""
    p_adjusted, bent = row.columns.get("p_adjusted"), row.columns.get("departure_p")
    off = bent is not None and bent < alpha
    row.notes += [say("row.not_straight")] if off else []
    if p_adjusted is None:
        return None
    if p_adjusted < alpha:
        return "rose" if _upwards(row) else "fell"
    row.notes += [say("row.not_after_adjustment")] if row.columns["p_value"] < alpha else []
    return "mixed" if off else "inconclusive"


def _upwards(row: Row) -> bool:
    """Which way the test points: by the odds ratio, the sign of z, or the slope."""
    odds, method = row.columns.get("odds_ratio"), row.columns["method"]
    return bool(odds > 1 if method == "ordinal" and odds is not None else row.columns["statistic"] > 0)


def _method(options: TrendOptions, rows: Sequence[Row]) -> str:
    used = dict.fromkeys(row.columns.get("method") or options.method for row in rows if row.columns.get("p_value") is not None) or [options.method]
    named = listing([word("trend_test", code) for code in used], "or")
    family = say("family.none") if options.adjust == "none" else say("family.items", method=word("adjust", options.adjust))
    return say("trend_waves.method", test=named, waves=listing(list(options.waves)), family=family, alpha=text.short(options.alpha))


def _notes(tally: Tally, study: Study, options: TrendOptions, rows: Sequence[Row]) -> Iterator[str]:
    times = listing([say("trend_waves.time", wave=wave, time=text.short(time)) for wave, time in zip(options.waves, options.times, strict=True)])
    spaced = say("trend_waves.timed", times=times) if options.declared else say("trend_waves.spaced", times=times)
    methods = {row.columns.get("method") for row in rows}
    yield returned_note(tally, options.waves, say("note.n_answers"))
    yield from scale_notes(study)
    yield say("trend_waves.dated") if options.dated else spaced
    if CLUSTERED in methods:
        yield say("trend_waves.clustered") if tally.design is None else say("trend_waves.clustered_weighted")
    if methods - {CLUSTERED, None}:
        yield say("trend_waves.line")
        yield from [say("trend_waves.linked")] if study.id_column else []
        yield say("note.independent")
    yield say("trend_waves.mixed")
    yield say("note.inconclusive")
