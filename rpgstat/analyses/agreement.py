"""`agreement`: how far coders agree, code by code and over all of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from rpgstat import text
from rpgstat.analyses._rows import joined, titled
from rpgstat.analyses._theme_changes import ids_of
from rpgstat.glossary.sentences import say
from rpgstat.result import Result, table
from rpgstat.stats.agreement import Ratings, gwet, kappa, krippendorff, percent_agreement, specific_agreement, without_limits
from rpgstat.stats.distributions import t_quantile
from rpgstat.study import Study
from rpgstat.study.coding import CodePath
from rpgstat.study.themed import Book, Heard

Key = TypeVar("Key", bound=Hashable)

Judged = dict[tuple[bool | None, ...], int]
"""What each coder said of a unit, None where one did not see it -> the number of units."""


def agreement(study: Study, heard: Sequence[Heard], books: Sequence[Book], alpha: float, waves: Sequence[str] = ()) -> Result:
    """Result `agreement`: a row for each theme of each source and wave that several declared coders judged, one for each code below it, and one for all.

    A unit counts where two coders or more judged it. The row of all codes is over decisions of unit and code.
    """
    rows = []
    for book in books:
        for one in (one for one in heard if one.source == book.source and len(one.coders) > 1 and (not waves or one.wave in waves)):
            rows += list(_rows(one, book, alpha))
    notes = (say("coders.whole"), say("coders.prevalence"), say("coders.no_words"))
    method = say("coders.method", level=text.confidence(alpha))
    return Result(
        "agreement", titled(study, say("title.agreement")), table("agreement", rows), method, notes, {"alpha": alpha, "waves": list(waves)} | ids_of(books)
    )


def _rows(one: Heard, book: Book, alpha: float) -> Iterator[dict[str, Any]]:
    keys = {"source": one.source, "wave": one.wave, "coders": len(one.coders)}
    paths = sorted({code.path for code in book.codes})
    of_codes = _said(one, {path: {path} for path in paths})
    of_themes = _said(one, {theme.id: theme.codes for theme in book.themes})
    for theme in book.themes:
        if theme.sought(one.wave):
            yield keys | {"theme": theme.name, "code": None} | _figures(of_themes[theme.id], alpha)
            if len(theme.codes) > 1:
                for path in sorted(theme.codes):
                    yield keys | {"theme": theme.name, "code": " > ".join(path)} | _figures(of_codes[path], alpha)
    yield keys | {"theme": None, "code": None} | _all_codes(one, of_codes, alpha)


def _said(one: Heard, wanted: Mapping[Key, Iterable[CodePath]]) -> dict[Key, Judged]:
    """What coders said of each theme or code, as far as two saw the unit; in one pass, as units have few of many codes."""
    named: dict[CodePath, list[Key]] = {}
    for key, paths in wanted.items():
        for path in paths:
            named.setdefault(path, []).append(key)
    found: dict[Key, Counter[tuple[bool | None, ...]]] = {key: Counter() for key in wanted}
    none: Counter[tuple[bool | None, ...]] = Counter()
    for codes, number in one.judged.items():
        nothing = tuple(None if own is None else False for own in codes)
        if nothing.count(None) > len(nothing) - 2:
            continue
        none[nothing] += number
        meant = [{key for path in own or () for key in named.get(path, ())} for own in codes]
        for key in frozenset().union(*meant):
            found[key][tuple(None if own is None else key in keys for own, keys in zip(codes, meant, strict=True))] += number
            found[key][nothing] -= number
    return {key: dict(none + own) for key, own in found.items()}


def _figures(said: Judged, alpha: float) -> dict[str, Any]:
    ratings = _ratings(said)
    share = percent_agreement(ratings, level=1 - alpha)
    if share is None:
        return {"units": 0, "note": say("row.one_coder")}
    found: dict[str, Any] = {
        "units": sum(said.values()),
        "applied": sum(number for own, number in said.items() if any(own)),
        "agreement": share.estimate,
        "agreement_low": share.limits.low,
        "agreement_high": share.limits.high,
        "positive": specific_agreement(ratings, 1),
        "negative": specific_agreement(ratings, 0),
    }
    notes = []
    coefficients = {"alpha": krippendorff(ratings, level=1 - alpha), "ac1": gwet(ratings, level=1 - alpha)}
    if all(len(own) == 2 for own in said):
        coefficients["kappa"] = kappa(_table(said), level=1 - alpha)
    else:
        notes.append(say("row.more_coders"))
    for name, one in coefficients.items():
        found |= {name: one.estimate, f"{name}_low": one.low, f"{name}_high": one.high}
        notes.append(one.note)
    return found | {"note": joined(list(dict.fromkeys(notes)))}


def _ratings(said: Judged) -> Ratings:
    found: Counter[tuple[int, ...]] = Counter()
    for own, number in said.items():
        found[own.count(False), own.count(True)] += number
    return found


def _table(said: Judged) -> list[list[int]]:
    return [[sum(number for own, number in said.items() if own == (first, second)) for second in (False, True)] for first in (False, True)]


def _all_codes(one: Heard, codes: Mapping[CodePath, Judged], alpha: float) -> dict[str, Any]:
    """Over decisions of unit and code: alpha with limits by the jackknife of units, and the mean of the codes' alphas beside it."""
    units = _decisions(one, len(codes))
    if not units:
        return {"units": 0, "note": say("row.one_coder")}
    ratings: Counter[tuple[int, ...]] = Counter()
    for unit, number in units.items():
        for said, times in unit:
            ratings[said] += number * times
    share = percent_agreement(ratings, level=1 - alpha)
    assert share is not None  # every unit was judged by two
    low, high, note = _jackknife(units, alpha)
    own = [found for judged in codes.values() if (found := krippendorff(_ratings(judged)).estimate) is not None]
    return {
        "units": sum(units.values()),
        "applied": sum(number for (_, yes), number in ratings.items() if yes),
        "agreement": share.estimate,
        "positive": specific_agreement(ratings, 1),
        "negative": specific_agreement(ratings, 0),
        "alpha": krippendorff(ratings).estimate,
        "alpha_low": low,
        "alpha_high": high,
        "ac1": gwet(ratings).estimate,
        "note": joined([note, say("coders.mean", alpha=text.fixed(sum(own) / len(own))) if own else ""]),
    }


Decisions = tuple[tuple[tuple[int, int], int], ...]
"""Of one unit: how many coders did not apply a code and how many did -> the codes of which that is so."""


def _decisions(one: Heard, codes_there_are: int) -> Counter[Decisions]:
    found: Counter[Decisions] = Counter()
    for codes, number in one.judged.items():
        seen = [own for own in codes if own is not None]
        if len(seen) > 1:
            applied = Counter(path for own in seen for path in own)
            met = Counter((len(seen) - times, times) for times in applied.values())
            if len(applied) < codes_there_are:
                met[len(seen), 0] += codes_there_are - len(applied)
            found[tuple(sorted(met.items()))] += number
    return found


def _jackknife(units: Counter[Decisions], alpha: float) -> tuple[float | None, float | None, str]:
    """t limits of alpha over all decisions, from alpha without each unit in turn."""
    sums = {unit: _sums(unit) for unit in units}
    whole = [sum(number * sums[unit][place] for unit, number in units.items()) for place in range(3)]
    full, n = _alpha(*whole), sum(units.values())
    if full is None:
        return None, None, say("row.judged_alike")
    without = {unit: _alpha(*(total - part for total, part in zip(whole, sums[unit], strict=True))) for unit in units}
    known = {unit: value for unit, value in without.items() if value is not None}
    if len(known) < len(without) or n < 3:
        return None, None, say("row.one_unit_decides")
    mean = sum(units[unit] * value for unit, value in known.items()) / n
    variance = (n - 1) / n * sum(units[unit] * (value - mean) ** 2 for unit, value in known.items())
    if variance < 1e-15:
        return None, None, without_limits(full)
    reach = t_quantile(1 - alpha / 2, n - 1) * math.sqrt(variance)
    return max(-1.0, full - reach), min(1.0, full + reach), ""


def _sums(unit: Decisions) -> tuple[float, int, int]:
    """Disagreement on a unit, and how often codes were applied and not."""
    apart = sum(times * 2 * no * yes / (no + yes - 1) for (no, yes), times in unit)
    return apart, sum(times * yes for (_, yes), times in unit), sum(times * no for (no, _), times in unit)


def _alpha(apart: float, yes: float, no: float) -> float | None:
    return 1 - (yes + no - 1) * apart / (2 * yes * no) if yes and no else None


def disagreements(study: Study, found: Iterable[tuple[str, str | None, str, CodePath, Sequence[str], Sequence[str]]]) -> Result:
    """Result `disagreements`: a row for each unit and code on which coders differ, for their own use."""
    rows = [
        {"source": source, "wave": wave, "unit": unit, "code": " > ".join(code), "applied_by": list(applied), "not_by": list(others)}
        for source, wave, unit, code, applied, others in found
    ]
    return Result("disagreements", titled(study, say("title.disagreements")), table("disagreements", rows), "")
