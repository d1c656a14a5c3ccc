"""Which columns a study uses in each wave, what people answered there, and what nothing declared knows: for a check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from rpgstat import tally
from rpgstat.infer.catalogue import is_off_scale
from rpgstat.infer.readings import near_miss, runs_down
from rpgstat.read.headers import sort
from rpgstat.read.lists import ended, joined
from rpgstat.record import record
from rpgstat.study import Column, Group, Source, Survey, is_blank, normalise, persons
from rpgstat.study.looked import Absent, Use, Used
from rpgstat.study.questions import Question
from rpgstat.tally.looks import Held
from rpgstat.text.drift import drift
from rpgstat.workflow.looking import Opened

_SEPARATORS = ("; ", ";", ", ", " | ", "|", "\n")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_SHORT_DATE = re.compile(rf"\d{{1,2}}[-/ .]{_MONTH}|{_MONTH}[-/ .]\d{{1,2}}")
_DATED = re.compile(rf"(?:{_SHORT_DATE.pattern}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}|\d{{4}}-\d\d-\d\d)(?:[ t]00:00(?::00)?)?")
_OF_TIME = re.compile(r"date|\bwhen\b|\bmonth\b|birth|timestamp|dtime|\bborn\b")
_RANGE = re.compile(r".*\d.*")
_SLIP = 0.05  # share of the people whose answer may be a slip; what more gave was on offer
_ALONE = 2  # answers of a list that stand alone elsewhere
_CODED = frozenset({"spss", "stata", "jisc", "redcap", "limesurvey", "qualtrics", "kobo"})  # platforms whose answers have codes
_MOST_GROUPS = 15  # different dates from which on a column is one of dates
_KNOWN_GROUPS = frozenset({"item", "question", "group"})


@record
class Place:
    """What the study uses a column of one file for."""

    use: Use
    name: str
    column: Column
    question: Question | None = None
    group: Group | None = None


@record
class Placed:
    """The columns of a file that the study uses, and what it has none for: use, name, and the text that was looked for."""

    places: tuple[Place, ...]
    lacking: tuple[tuple[Use, str, str], ...]

    @property
    def items(self) -> dict[str, Column]:
        """Item id -> its column."""
        return {place.name: place.column for place in self.places if place.use == "item"}

    @property
    def names(self) -> list[str]:
        """The names of the columns whose answers are counted."""
        return [place.column.name for place in self.places if place.use in _KNOWN_GROUPS]


def placed(opened: Opened, source: Source) -> Placed:
    """The columns that the study uses in a file."""
    places: list[Place] = []
    lacking: list[tuple[Use, str, str]] = []
    for use, name, texts, question, group in _wanted(opened):
        found = _column(source.survey, texts, several=question is not None and question.kind in ("multiple", "ranking"))
        if found is None:
            lacking.append((use, name, texts[0]))
        else:
            places.append(Place(use, name, found, question, group))
    return Placed(tuple(places), tuple(lacking))


def _wanted(opened: Opened) -> Iterator[tuple[Use, str, Sequence[str], Question | None, Group | None]]:
    """Everything that the study has a column for."""
    study = opened.study
    for _, item in study.items:
        yield "item", item.id, item.lookups, None, None
    for question in opened.questions:
        yield "question", question.id, question.lookups, question, None
    for group in study.groups:
        yield "group", group.name, group.columns, None, group
    if study.id_column:
        yield "id", "id", (study.id_column,), None, None
    if study.weight and study.weight.column:
        yield "weight", "weight", (study.weight.column,), None, None


def _column(survey: Survey, texts: Iterable[str], *, several: bool) -> Column | None:
    for text in texts:
        found = survey.named(text)
        if several and not found:
            found = [column for column in (*survey.columns, *survey.aside) if column.stem and normalise(column.stem) == normalise(text)]
        if found:
            return found[0]
    return None


def absent(opened: Opened, files: Sequence[Placed]) -> list[Absent]:
    """What some file has no column for. Of what is only inferred, what another file has; a question that only some waves asked is no fault then."""
    found = []
    for source, own in zip(opened.sources, files, strict=True):
        for use, name, text in own.lacking:
            known = any((use, name) == (place.use, place.name) for other in files for place in other.places)
            if use == "item" or not opened.inferred:
                found += [Absent(use, name, wave, source.survey.name, text) for wave in source.waves if known or not opened.inferred]
    return found


def used(opened: Opened, source: Source, own: Placed, seen: Held) -> Iterator[Used]:
    """What the study uses of a file, in every wave of it, and what was answered there."""
    batteries = {item.id: (battery, item) for battery, item in opened.study.items}
    for wave in source.waves:
        people = seen.people.get(wave, 0)
        for place in own.places:
            answers = seen.of(wave, place.column)
            battery, item = batteries[place.name] if place.use == "item" else (None, None)
            stated = {answer: n for answer, n in answers.items() if not is_blank(answer) or (battery and normalise(answer) in battery.scale.positions)}
            several = place.question is not None and place.question.kind in ("multiple", "ranking")
            one = Used(place.use, place.name, wave, source.survey.name, place.column, people, {} if several else stated, battery, item)
            if several:
                continue
            yield _judged(one, place, opened, source.survey.platform)


def _judged(one: Used, place: Place, opened: Opened, platform: str) -> Used:
    off = frozenset(normalise(answer) for answer in one.answers if is_off_scale(answer))
    single = place.question is None or place.question.kind == "single"
    dated = place.use in ("group", "question") and single and is_dated(one.answers, one.column.label)
    asked = place.question is None or not place.question.asked_if
    return replace(
        one,
        unknown=_unknown(one, place, opened),
        off=off,
        listed=single and not _holds(one, None if opened.inferred else place.question) and _is_listed(one.answers),
        dated=dated,
        everyone=asked and not (opened.inferred and place.use == "question"),
        turned=place.use == "item" and platform in _CODED and _is_turned(one.column),
    )


def _unknown(one: Used, place: Place, opened: Opened) -> dict[str, int]:
    """The answers that what is declared does not know."""
    if one.battery is not None:
        known = set(one.battery.scale.positions)
    elif place.group is not None and place.group.levels and not place.group.other and not place.group.bands:
        known = {normalise(word) for word in (*place.group.levels, *place.group.aliases)}
    elif place.question is not None and place.question.options and place.question.kind == "single" and not opened.inferred:
        known = {normalise(word) for word in (*place.question.options, *place.question.aliases, *place.question.off)}
    elif opened.inferred and place.use == "question":
        stray = near_miss(set(one.answers))
        return {answer: n for answer, n in one.answers.items() if answer == stray and n <= _SLIP * one.answered}
    else:
        return {}
    return {answer: n for answer, n in one.answers.items() if normalise(answer) not in known}


def _holds(one: Used, question: Question | None) -> bool:
    """Whether all answers are declared: what looks like a list is then one of them."""
    known = {normalise(word) for word in (*question.options, *question.aliases)} if question else set()
    return (one.battery is not None and not one.unknown) or bool(known and all(normalise(answer) in known for answer in one.answers))


def _is_listed(answers: Mapping[str, int]) -> bool:
    """Whether cells hold several answers, of which some stand alone in other cells: "Yes, very" is one answer where nobody wrote "Yes"."""
    plain = {answer.strip().strip(";").strip() for answer in answers}
    for separator in _SEPARATORS:
        parts = ended(answers) if separator == ";" else ()
        parts = parts if len(parts) > 1 and any(separator in answer.strip()[:-1] for answer in answers) else joined(answers, separator)
        together = [cell for cell in plain if separator in cell]
        if sum(part in plain and any(part in cell and part != cell for cell in together) for part in parts) >= _ALONE:
            return True
    return False


def is_dated(answers: Mapping[str, int], heading: str = "") -> bool:
    """Whether some groups are dates that a spreadsheet made of ranges, as `05-Mar` of 3-5: beside ranges, or days of no year that many people share.

    >>> is_dated({"02-Jan": 9, "05-Mar": 12, "6 to 10": 7}), is_dated({"2024-05-01": 9, "2024-06-01": 8}), is_dated({"02-Jan": 9, "05-Mar": 12}, "When?")
    (True, False, False)
    """
    if _OF_TIME.search(normalise(heading)):
        return False
    dates = [answer for answer in answers if _DATED.fullmatch(normalise(answer))]
    others = [answer for answer in answers if answer not in dates and not is_blank(answer)]
    if not dates or len(dates) > _MOST_GROUPS:
        return False
    beside = [answer for answer in others if _RANGE.fullmatch(answer) and persons.form(answer) != "times"]
    short = all(_SHORT_DATE.fullmatch(normalise(date)) for date in dates)
    return bool(beside) or (short and len(dates) > 1 and sum(answers[date] for date in dates) >= 3 * len(dates))


def _is_turned(column: Column) -> bool:
    """Whether the codes of an export run against its labels."""
    options = [option for option in column.options if option not in column.off]
    return len(options) > 2 and all(runs_down(normalise(one), normalise(other)) for one, other in pairwise(options))


def dated_aside(source: Source) -> Iterator[Used]:
    """Columns that were left out on reading, as they hold dates, and that a spreadsheet has made of groups."""
    survey = source.survey
    for column in survey.aside:
        if column.kind == "personal" and sort(column.text) == "answer":
            answers = tally.learn(survey.asking([column.label]), [column.name])[column.name]
            if is_dated({answer: n for answer, n in answers.items() if not is_blank(answer)}, column.label):
                yield Used("group", column.label, source.waves[0], survey.name, column, dated=True)


def with_drift(found: Sequence[Used]) -> list[Used]:
    """With what changed in a wording since the first wave, word by word."""
    first: dict[tuple[str, str], Used] = {}
    told = []
    for one in found:
        before = first.setdefault((one.use, one.name), one)
        changed = one.use in ("item", "question") and normalise(before.column.text) != normalise(one.column.text)
        told.append(replace(one, drift=drift(before.column.text, one.column.text)) if changed else one)
    return told
