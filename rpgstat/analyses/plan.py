"""`plan`: how many answers the next wave needs, and what a number of answers is able to find."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median, median_low
from typing import Any

from rpgstat import text
from rpgstat.analyses._answers import item_answers
from rpgstat.analyses._linked import both_of
from rpgstat.analyses._rows import joined, titled
from rpgstat.glossary.sentences import say, word
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.stats.power import ITEM_CORRELATION, Waves, detectable_change, needed_n, power_of_many
from rpgstat.study import Battery, Study, Tally

_POINTS = 12
"""Numbers of answers on a curve."""

CORRELATION = 0.5
"""How two answers of one person correlate unless it is said or known: usual of attitudes a year or two apart."""


@record
class PlanOptions:
    """What is asked: a true `change` in points or None, found with chance `power`; and what is given in place of a study's last wave.

    `overlap` people answer in both waves, their answers correlating by `correlation`; None where nobody said how many. `population` is everyone there
    is, `invited` those who will be asked.
    """

    change: float | None = None
    sd: float | None = None
    n_reference: int | None = None
    n: int | None = None
    items: int | None = None
    adjust: str = "holm"
    power: float = 0.80
    alpha: float = 0.05
    overlap: int | None = None
    correlation: float | None = None
    population: int | None = None
    invited: int | None = None


@record
class Known:
    """What is known of a battery before the next wave; `n_reference` None where both waves are to be of one size."""

    battery: str | None
    sd: float | None
    n_reference: int | None
    n: int | None
    items: int
    note: str = ""
    overlap: int = 0
    correlation: float = 0.0


def last_wave(tally: Tally, study: Study, wave: str, options: PlanOptions, before: str | None = None) -> list[Known]:
    """Each battery as the last wave found it, but for what is given: SD of an answer (root mean square over items), median n, items.

    Where ids link people to the wave `before` it, as many will answer both times as did then, their answers correlating as they did: medians over items.
    """
    return [_linked(_known(tally, battery, wave, options), tally, study, battery, (before, wave), options) for battery in study.batteries]


def _linked(known: Known, tally: Tally, study: Study, battery: Battery, pair: tuple[str | None, str], options: PlanOptions) -> Known:
    """With the people in both waves that were asked for, or else that the last two waves had, where there were enough of them to be shown."""
    if options.overlap is not None or options.population or pair[0] is None:
        return replace(known, overlap=options.overlap or 0, correlation=_stated(options))
    both = [found.pairs for item in battery.items if (found := both_of(tally, battery, item, (), (pair[0], pair[1]))) is not None]
    people = median_low([pairs.n for pairs in both]) if both else 0
    least = min(people, known.n or 0, known.n_reference or 0)
    if least < max(2, study.disclosure.hide_below):
        return known
    correlations = [pairs.correlation for pairs in both if pairs.correlation is not None]
    r = options.correlation if options.correlation is not None else median(correlations) if correlations else 0.0
    return replace(known, overlap=least, correlation=r)


def _stated(options: PlanOptions) -> float:
    """How the two answers of one person correlate where people in both waves were asked for."""
    if not options.overlap:
        return 0.0
    return CORRELATION if options.correlation is None else options.correlation


def _known(tally: Tally, battery: Battery, wave: str, options: PlanOptions) -> Known:
    found = [answers.sample for item in battery.items if (answers := item_answers(tally, battery, item, wave)) is not None]
    spreads = [sample.sd for sample in found if sample.sd is not None]
    sd = math.sqrt(math.fsum(own * own for own in spreads) / len(spreads)) if spreads else None
    n = median_low([sample.n for sample in found]) if found else None
    why = "" if sd or options.sd else say("plan.no_spread", wave=wave)
    return Known(battery.name, options.sd or sd or None, options.n_reference or n, options.n or n, options.items or len(found) or len(battery.items), why)


def given(options: PlanOptions) -> list[Known]:
    """One row from the options alone, without a study: waves of one size where nothing is said of the reference wave."""
    return [Known(None, options.sd, options.n_reference, options.n, options.items or 1, "", options.overlap or 0, _stated(options))]


def plan(known: Sequence[Known], study: Study | None, wave: str | None, options: PlanOptions, before: str | None = None) -> list[Result]:
    """Results `plan`, a row a battery, and `curve`, the same for other numbers of answers in the later wave.

    `power` is the chance that one true change of `change` points is found among the battery's statements after adjustment, `detectable` the least change
    found with the chance asked for, `needed_n` the least number of valid answers in the next wave. What cannot be computed is null with a note.
    """
    rows = [_row(own, options) for own in known]
    curves = [point for own, row in zip(known, rows, strict=True) for point in _curve(own, row, options)]
    shared: dict[str, Any] = {"method": _method(known, options), "options": _told(options, wave)}
    title, curve = _titles(study)
    whole = Result(name="plan", title=title, frame=table("plan", rows), notes=tuple(_notes(known, study, wave, options, before)), **shared)
    return [whole, Result(name="curve", title=curve, frame=table("curve", curves), **shared)]


def _titles(study: Study | None) -> tuple[str, str]:
    if study is None:
        return say("title.plan_alone"), say("title.curve_alone")
    return titled(study, say("title.plan")), titled(study, say("title.curve"))


def _told(options: PlanOptions, wave: str | None) -> dict[str, Any]:
    said = {"change": options.change, "adjust": options.adjust, "power": options.power, "alpha": options.alpha, "overlap": options.overlap or 0}
    return said | {"population": options.population, "invited": options.invited, "wave": wave}


def _waves(known: Known, options: PlanOptions, n: int) -> Waves:
    reference = n if known.n_reference is None else known.n_reference
    return Waves(known.sd or 0.0, reference, n, min(known.overlap, n, reference), known.correlation, options.population)


def _asked(known: Known, options: PlanOptions) -> dict[str, Any]:
    return {"items": known.items, "adjust": options.adjust, "alpha": options.alpha}


def _row(known: Known, options: PlanOptions) -> dict[str, Any]:
    overlap = {"overlap": known.overlap, "correlation": known.correlation} if known.overlap else {}
    row: dict[str, Any] = {"battery": known.battery, "change": options.change, "items": known.items, "adjust": options.adjust, "sd": known.sd}
    row |= {"design": "overlap" if known.overlap else "independent", "n": known.n, "population": options.population, **overlap}
    row["n_reference"] = known.n if known.n_reference is None else known.n_reference
    notes = [known.note] if known.note else [] if options.change else [say("plan.no_change")]
    if not known.note:
        row |= _able(known, options)
        notes += _needed(row, known, options)
    return row | {"note": joined(notes)}


def _able(known: Known, options: PlanOptions) -> dict[str, Any]:
    """What the given number of answers finds."""
    if known.n is None:
        return {}
    waves = _waves(known, options, known.n)
    found = {"detectable": detectable_change(waves=waves, power=options.power, **_asked(known, options))}
    return found | ({"power": power_of_many(waves=waves, change=options.change, **_asked(known, options))} if options.change else {})


def _needed(row: dict[str, Any], known: Known, options: PlanOptions) -> list[str]:
    """Fills in how many answers are needed, and says why none are."""
    if not options.change:
        return []
    alike = known.n_reference is None
    waves = _waves(known, options, known.n or max(2, known.overlap))
    row["needed_n"] = needed_n(waves=waves, change=options.change, power=options.power, alike=alike, **_asked(known, options))
    if row["needed_n"] is None:
        return [say("plan.never", n=text.count(known.n_reference or 0))]
    notes = [say("plan.alike")] if alike else []
    if options.invited:
        row["needed_rate"] = row["needed_n"] / options.invited
        notes += [say("plan.too_few_invited")] if row["needed_n"] > options.invited else []
    return notes


def _curve(known: Known, row: dict[str, Any], options: PlanOptions) -> Iterator[dict[str, Any]]:
    """What other numbers of answers in the later wave find: the chance of the change asked for, or without one the least change found."""
    if known.note or not (known.n or row.get("needed_n")):
        return
    for n in _numbers(known, row, options):
        waves = _waves(known, options, n)
        point = {"battery": known.battery, "n_reference": waves.n_reference, "n": n}
        if options.change:
            yield point | {"power": power_of_many(waves=waves, change=options.change, **_asked(known, options))}
        else:
            yield point | {"detectable": detectable_change(waves=waves, power=options.power, **_asked(known, options))}


def _numbers(known: Known, row: dict[str, Any], options: PlanOptions) -> list[int]:
    """Round numbers of answers, from few to half as many again as are needed or expected."""
    most = math.ceil(1.5 * max(known.n or 0, row.get("needed_n") or 0))
    high = min([max(most, 20), *([options.population] if options.population else [])])
    low = max(3, known.overlap, high // _POINTS)
    found = [round(low + i * (high - low) / (_POINTS - 1)) for i in range(_POINTS)]
    return list(dict.fromkeys(min(max(n, low), high) for n in found))


def _method(known: Sequence[Known], options: PlanOptions) -> str:
    one = say("plan.one_test", level=text.percent(options.alpha, 1 if options.alpha * 100 % 1 else 0), power=text.percent(options.power))
    if options.adjust in ("none", "bonferroni") or all(own.items == 1 for own in known):
        adjusted = say("plan.bonferroni") if options.adjust == "bonferroni" else ""
        return f"{one} {adjusted}".strip()
    return f"{one} {say('plan.battery', adjustment=word('adjust', options.adjust), correlation=text.short(ITEM_CORRELATION))}"


def _notes(known: Sequence[Known], study: Study | None, wave: str | None, options: PlanOptions, before: str | None) -> Iterator[str]:
    if wave is not None:
        yield say("plan.from_wave", wave=wave)
        if study and study.weight:
            yield say("plan.unweighted")
    if any(own.items > 1 for own in known) and options.adjust != "none":
        yield say("plan.others")
    if options.overlap:
        yield say("plan.overlap", n=text.count(options.overlap), correlation=text.fixed(_stated(options)))
    elif any(own.overlap for own in known):
        yield say("plan.linked", before=before, wave=wave)
    else:
        yield say("plan.independent")
    if options.population:
        yield say("plan.population", n=text.count(options.population))
    yield say("plan.answers")
