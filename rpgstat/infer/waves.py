"""A column that tells the waves of one file apart, known by its header and by answers that are times: First and Second, Pre and Post, 2022 and 2024."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rpgstat.record import record
from rpgstat.study import Column, Survey, normalise

_MOST = 12  # waves; a column of more different times is one of dates
_FEW_WORDS = 4  # a header of more is a question

_HEADERS = frozenset(
    """timepoint, time point, time, wave, survey wave, round, survey round, survey, year, survey year, year of survey, phase, survey phase, period,
    survey period,
    occasion, measurement, measurement occasion, measurement point, assessment, assessment point, administration, test, pre post, prepost, pre or post,
    before after, before or after, data collection, data collection point, collection point, time of survey, survey date,
    survey month, survey term, date of survey, cycle, redcap event name, event name, visit, sweep, academic year, school year, financial year, fiscal year,
    quarter, survey quarter, survey stage, welle, messzeitpunkt, zeitpunkt, befragung, erhebung, runde, jahr, vague, moment, période, année, momento,
    ola, período, año, ano, onda, ronda, meting, meetmoment, ronde, jaar, fala, pomiar, rok""".replace("\n", " ").split(", ")
)
_HEADERS = frozenset(" ".join(header.split()) for header in _HEADERS)
_SURELY = frozenset(
    "wave survey-wave round survey-round timepoint time-point measurement-occasion measurement-point welle messzeitpunkt vague ola onda".split()
)
"""Headers that can hardly be of anything else, whatever the answers are."""
_STAGES = (
    r"pre|before|baseline|start|entry|intake|initial|beginning",
    r"mid|middle|midpoint|midline|during|interim|halfway",
    r"post|after|endline|end|exit|discharge|final",
    r"follow up|followup|later",
)
_ELSEWHERE = (
    r"vor|vorher|davor|avant|antes|voor|vooraf|przed|cyn",
    r"während|pendant|durante|tijdens|podczas|yn ystod",
    r"nach|nachher|danach|après|apres|después|despues|depois|na|nadien|achteraf|po|ar ôl",
)
_ELSEWHERE_TEST = tuple(re.compile(rf"(?:{words})(?: ?\w+){{0,4}}|(?:{words})(?:test|befragung|meting)") for words in _ELSEWHERE)
_STAGE = re.compile(r"(?:at )?(?:the )?(?:" + "|".join(f"({words})" for words in _STAGES) + ")")
_ASKED = re.compile(r"\b(?:complet|fill|answer|tak)(?:e|ing|ed)? (?:in )?(?:this|the) ?(?:survey|questionnaire|form|in\b|$)")  # when this was filled in
_OF_WHAT = (
    r"(?: ?(?:of|the|this|my|your|test|training|programme|program|course|intervention|survey|assessment|groups?|sessions?|term|line|arm|measure|"
    r"questionnaire|year|months?|weeks?|point|\d+))*"
)
_NUMBERED = re.compile(r"(?:wave|round|time|timepoint|time point|survey|cycle|occasion|measurement|t|w) ?#?(\d{1,2})")
_WORDS = (
    "first 1st erste erster erstes première premier premiere primera primer primero primeira primeiro eerste pierwsza pierwszy",
    "second 2nd zweite zweiter zweites deuxième deuxieme seconde segunda segundo tweede druga drugi",
    "third 3rd dritte dritter drittes troisième troisieme tercera tercer tercero terceira terceiro derde trzecia trzeci",
    "fourth 4th vierte vierter quatrième cuarta cuarto quarta quarto vierde czwarta",
    "fifth 5th fünfte cinquième quinta quinto vijfde piąta",
    "sixth 6th sechste sixième sexta sexto zesde szósta",
)
_ORDINALS = {word: at for at, words in enumerate(_WORDS, 1) for word in words.split()}
_NUMBERS = {word: at for at, words in enumerate(("one i", "two ii", "three iii", "four iv", "five v", "six vi"), 1) for word in words.split()}
_SMALL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.|re|ère|ere|er|e|ème|eme|de|da|a|o|ª|º)?")
_CALLED = re.compile(
    r"(?:(?:wave|round|survey|phase|stage|year|sweep|cycle|term|test|welle|runde|phase|vague|ronda|onda|ola|ronde|meting|jahr|fala) #?)?"
    r"(\w+[.ªº]?)(?: (?:wave|round|survey|phase|test|welle|befragung|erhebung|runde|vague|enquête|ola|encuesta|ronda|onda|meting|ronde))?"
    r"(?:[ :,]*\(?[^()]*(?:19|20)\d\d[^()]*\)?)?"
)
_YEAR = re.compile(r"(?:survey |year )?((?:19|20)\d\d)(?: ?[/-] ?\d\d(?:\d\d)?)?(?: survey| wave| round)?")
_QUARTER = re.compile(r"q([1-4]) ((?:19|20)\d\d)|((?:19|20)\d\d) q([1-4])")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SEASONS = {"winter": 0, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_DATED = re.compile(r"([a-z]{3,9})\.?(?: term| semester)? ((?:19|20)\d\d)|((?:19|20)\d\d)-(\d\d)")
_AFTER = re.compile(r"\+? ?(\d{1,2}) (week|month|year)s?(?: later| follow up| on| after)?")
_WEEKS = {"week": 1, "month": 4.35, "year": 52.2}


@record
class Times:
    """A column of times and its answers as typed, the earliest first."""

    column: Column
    waves: tuple[str, ...]


def times_in(survey: Survey, answers: Mapping[str, Mapping[str, int]]) -> Times | None:
    """The column that seems to tell waves apart; None when there is none.

    Answers that can be nothing else (Pre and Post, Wave 1 and Wave 2) need no header of that kind; First and Second, numbers and years do.
    """
    for certain in (True, False):
        for column in survey.columns:
            if column.kind == "answer" and not column.stem and (waves := _in_order(column.text, answers.get(column.name, {}), certain=certain)):
                return Times(column, waves)
    return None


def unordered(survey: Survey, answers: Mapping[str, Mapping[str, int]]) -> Times | None:
    """A column headed as one of waves whose answers are in no order that is known, as Pilot and Main; None when there is none."""
    for column in survey.columns:
        seen = answers.get(column.name, {})
        if column.kind == "answer" and not column.stem and "-".join(re.findall(r"\w+", normalise(column.text))) in _SURELY and 2 <= len(seen) <= _MOST:
            return Times(column, tuple(sorted(seen)))
    return None


def _in_order(header: str, seen: Iterable[str], *, certain: bool) -> tuple[str, ...]:
    """The answers of a column in the order of time; none where they are no times."""
    typed = {normalise(answer): answer for answer in seen}
    if not 2 <= len(typed) <= _MOST:
        return ()
    plain = " ".join(re.sub(r"[_\-/]+", " ", normalise(header)).rstrip(":").split())
    named = plain in _HEADERS
    asked = _ASKED.search(plain.rstrip("?")) is not None
    if not (named or asked) and (certain or "?" in header or len(plain.split()) > _FEW_WORDS):
        return ()
    for place in (_stage, _numbered, *((_ordinal, _year, _dated, _later, _followed, _stage_elsewhere) if named else ())):
        places = {word: place(" ".join(re.sub(r"[_\-]+", " ", word).split()) if place is not _dated else word) for word in typed}
        if None not in places.values() and len(set(places.values())) == len(places):
            return tuple(typed[word] for word in sorted(places, key=lambda word: places[word] or 0))
    return ()


def _stage(word: str) -> float | None:
    found = re.fullmatch(rf"(?:{_STAGE.pattern}){_OF_WHAT}", word)
    if found is None:
        return None
    number = re.search(r"\d+", word)
    return next(at for at, group in enumerate(found.groups()) if group) * 100 + (int(number[0]) if number else 0)


def _numbered(word: str) -> float | None:
    found = _NUMBERED.fullmatch(word)
    return int(found[1]) if found else None


def _ordinal(word: str) -> float | None:
    """First survey, Two, 3, Wave I, Phase 2, Welle 1, 2. Befragung, Wave 1 (2021)."""
    found = _CALLED.fullmatch(word)
    called = found[1] if found else ""
    small = _SMALL.fullmatch(called)
    number = int(small[1]) if small else _NUMBERS.get(called, _ORDINALS.get(word.split(" ")[0]))
    return number if number is not None and number <= _MOST else None


def _year(word: str) -> float | None:
    found = _YEAR.fullmatch(word) or re.fullmatch(r"((?:19|20)\d\d) \d\d(?:\d\d)?", word)
    return int(found[1]) if found else None


def _followed(word: str) -> float | None:
    """What came before, or after the end of a programme, with times after it: Baseline, 6 months, 12 months."""
    if (later := _later(word)) is not None:
        return 1000 + later
    stage = _stage(word)
    return stage if stage is not None and (stage < 100 or word.startswith("post")) else None


def _stage_elsewhere(word: str) -> float | None:
    return next((at for at, words in enumerate(_ELSEWHERE_TEST) if words.fullmatch(word)), None)


def _dated(word: str) -> float | None:
    if quarter := _QUARTER.fullmatch(word):
        return int(quarter[2] or quarter[3]) * 12 + 3 * (int(quarter[1] or quarter[4]) - 1)
    found = _DATED.fullmatch(word)
    if found is None:
        return None
    if found[3]:
        return int(found[3]) * 12 + int(found[4]) - 1
    month = _MONTHS.index(found[1][:3]) if found[1][:3] in _MONTHS else _SEASONS.get(found[1])
    return None if month is None else int(found[2]) * 12 + month


def _later(word: str) -> float | None:
    found = _AFTER.fullmatch(word)
    return int(found[1]) * _WEEKS[found[2]] if found else None
