"""Columns that may be groups, for `init` to write down as comments: what people answered there, if enough gave the same answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from rpgstat import tally
from rpgstat.infer.orders import in_known_order
from rpgstat.infer.spellings import aliases
from rpgstat.study import Battery, Column, Group, Survey, is_blank, normalise, persons, slug
from rpgstat.study.bands import band

_MOST = 12  # columns that are written down
_LISTED = 30  # different answers of a column that may still be groups
_REPEATED = 0.5  # share of the people who have to have answered what others did
_RATING = frozenset(map(str, range(11)))  # whole numbers that may be a rating, 0 to 10
_BANDS = (Fraction(0), Fraction(2), Fraction(5), Fraction(10))

_QUARTERS = (Fraction(0), Fraction(25), Fraction(50), Fraction(75))
_RANGE = re.compile(r"\d\s*(?:[-\u2013]|to\b)\s*[<>$\u00a3\u20ac]?\d|[<>+]| to ")  # already a band
_MOST_YEARS = 60  # of service
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SHARE = re.compile(r"percent|per cent|%|proportion|share of")

_REMARKS = re.compile(r"\bcomments?\b|anything else|\bsuggestions?\b|\bfeedback\b|in your own words|why\b.*\?$|please (?:explain|describe)")

Suggestion = tuple[Group, str]
"""A group as it may be declared, and what its column holds."""


def suggestions(surveys: Sequence[Survey], batteries: Iterable[Battery]) -> tuple[Suggestion, ...]:
    """The text boxes and single questions that no battery uses and whose answers repeat, in the order of the files.

    No answer is listed that fewer than five people gave or that may tell of one of them; a column of names is not even named.
    """
    used = {normalise(text) for battery in batteries for item in battery.items for text in (*item.lookups, item.text)}
    found: dict[str, tuple[Column, Counter[str]]] = {}
    for survey in surveys:
        asked, columns = _candidates(survey, used)
        for column, answers in zip(columns, tally.learn_all(asked, [c.name for c in columns]).values(), strict=True):
            found.setdefault(normalise(column.label), (column, Counter()))[1].update({a: n for a, n in answers.items() if not is_blank(a)})
    taken: set[str] = set()
    made = (_suggestion(column, answers, taken) for column, answers in found.values())
    return tuple(one for one in made if one is not None)[:_MOST]


def _candidates(survey: Survey, used: set[str]) -> tuple[Survey, list[Column]]:
    """The survey with its text boxes, and those of its columns that may be groups."""
    labels = Counter(normalise(column.label) for column in (*survey.columns, *survey.aside))
    boxes = [column.label for column in survey.aside if column.kind == "text" and labels[normalise(column.label)] == 1]
    asked = survey.asking(boxes)
    wanted = [column for column in asked.columns if column.kind in ("answer", "text") and not {normalise(column.text), normalise(column.label)} & used]
    return asked, [column for column in wanted if not column.stem or column.kind == "text"]


def _suggestion(column: Column, answers: Counter[str], taken: set[str]) -> Suggestion | None:
    if persons.content(answers, column.label) or _REMARKS.search(normalise(column.label)):
        return None
    people: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for answer, n in answers.most_common():
        people[spelt.setdefault(normalise(answer), " ".join(answer.split()))] += n
    listed = {answer: n for answer, n in people.most_common() if n >= persons.SAFE and persons.may_show(answer, n)}
    everyone = sum(people.values())
    if sum(n for answer, n in people.items() if _number(answer)) >= _REPEATED * everyone:
        bands = _bands(column.label, people)
        remark = "Numbers: these bands are only an example. Each begins at its number."
        return (Group(_name(column, taken), (column.label,), bands=bands), remark) if bands else None
    if not 2 <= len(listed) <= _LISTED or sum(listed.values()) < _REPEATED * everyone:
        return None
    joined = aliases(listed)
    told = column.options or in_known_order({answer: n for answer, n in listed.items() if answer not in joined})  # the order of the codebook, or of amounts
    order = {normalise(option): place for place, option in enumerate(told)}
    levels = tuple(sorted((answer for answer in listed if answer not in joined), key=lambda answer: order.get(normalise(answer), len(order))))
    group = Group(_name(column, taken), (column.label,), levels, joined, other="" if len(listed) == len(people) else "Other")
    return group, _told(listed, people)


def _bands(label: str, people: Iterable[str]) -> tuple[Fraction, ...]:
    """Bands for these numbers; none for ratings, for years of the calendar, and for numbers that are no years of service or shares."""
    numbers = [float(found[0]) for answer in people if (found := _FIGURE.search(answer))]
    if all(answer in _RATING for answer in map(normalise, people)) or not numbers:
        return ()
    if _SHARE.search(normalise(label)):
        return _QUARTERS
    return _BANDS if max(numbers) <= _MOST_YEARS else ()


def _number(answer: str) -> bool:
    return band(answer, _BANDS, years=True) is not None and normalise(answer)[:1].isdigit() and not _RANGE.search(answer)


def _told(listed: dict[str, int], people: Counter[str]) -> str:
    answers = "; ".join(f"{answer} ({n})" for answer, n in listed.items())
    others = " Others are not listed, as few gave each or they may tell of a person." if len(listed) < len(people) else ""
    return f"Answers: {answers}.{others} These numbers are for you, not for passing on."


def _name(column: Column, taken: set[str]) -> str:
    base = slug(column.text, words=3)
    name = next(one for one in (base, *(f"{base}_{i}" for i in range(2, 10_000))) if one not in taken and one != "id")
    taken.add(name)
    return name
