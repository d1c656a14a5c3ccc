"""Which answers may name a person, or tell who and where one is, and which may therefore be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise

from rpgstat.study.labels import INVISIBLE, is_blank, normalise
from rpgstat.study.words import COMMON, FIRST_NAMES

SEVERAL = 3
"""People who give the same answer in the same words from which on it is taken for an answer, not for something about one of them."""

SAFE = 5
"""People from which on a spelling is listed in a draft: as many as a group needs to be shown."""

_MOST, _LONGEST = 5, 60  # answers that a message shows, and their length
_REMARKS, _WORDY = 10, 3  # remarks that make a column of them, and their words on average
_MOSTLY = 0.5  # share of a column's different answers that makes it a column of names, times and so on
_MONTHS = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|janv|févr|fév|avr|juin|juil|août|déc|ene|abr|ago|dic|fev|set|out|mei|mrt|maart|"
    r"sty|lut|kwi|maj|cze|lip|sie|wrz|paź|lis|gru|ion|chwe|maw|ebr|meh|gor|aws|hyd|tach|rhag)\w*\.?"
)
_FORMS = {
    "e-mail addresses": r".*\S@\S+\.\w{2,}.*",
    "web addresses": r"(?:https?://|www\.)\S+",  # of a profile, for instance
    "IP addresses": r"(?:.*[^\d.])?(?:\d{1,3}\.){3}\d{1,3}(?:[^\d.].*)?|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}",
    "times": r"(?:\S+[ ,]+)?(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\.?(?:[t ,]+.*)?|\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?: ?[ap]\.?m\.?)?|"
    rf"\d{{1,2}}(?:st|nd|rd|th|\.|er)?[- ](?:de )?{_MONTHS}(?:,?[- ](?:de )?\d{{2,4}}.*)?|{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}}.*)?)",
    "coordinates": r"[-+]?\d{1,3}[.,]\d{4,}°?(?:[,;]? ?[-+]?\d{1,3}[.,]\d{4,}°?)?",
    "telephone numbers": r"(?:.*[^\d.,])?(?:\+\d[\d ()./-]{7,}\d|\(?0\d[\d ()./-]{7,}\d)(?:[^\d].*)?",
    "postcodes": r"(?:.*\W)?[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|\d{4} ?[a-z]{2}|\d{2}-\d{3}|\d{4}-\d{3}",
    "addresses": r"(?:\d+\w?,? (?:\S+ ){0,4}(?:street|st|road|rd|avenue|ave|lane|drive|close|court|crescent|terrace|gardens|grove|place|square|heol)\b.*|"
    r"(?:\d+\w?,? )?(?:rue|avenue|boulevard|calle|avenida|rua|ulica|ul\.) .*\d*|\S+(?:stra(?:ß|ss)e|str\.|weg|platz|straat|laan|plein) \d+.*)",
    "browsers": r"(?:mozilla|opera|applewebkit)/.*",
    "identifiers": r"(?=\S*\d)(?=\S*[a-z])[\w{}-]{8,}|[a-z]{1,3}_\w{6,}|(?=\d*[a-z]+\d)[a-z\d-]{6,}|[\d -]{6,}\d|\d{5,}|[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]",
}
_NUMERAL = re.compile(r"[-+]?\d{1,18}(?:[.,]\d{1,18})?")
_SPAN = re.compile(r"(?!0\d)\d{1,4} ?[-\u2013] ?\d{1,4}")  # ages, years, a month
_FORM = {kind: re.compile(pattern) for kind, pattern in _FORMS.items()}
_SERIAL = frozenset({"identifiers", "postcodes"})  # forms that a code which many share may have too, such as `Grade-10A`
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019.-][^\W\d_]+)*\.?")
_PARTICLES = frozenset("de da do dos di del della der den van von zu la le al el bin bint ibn ben ap ab mac mc o st ter ten y e".split())
_TITLES = frozenset("mr mrs ms miss mx dr prof sir rev herr frau mme mlle sr sra pan pani mevr dhr".split())
_OF_PEOPLE = re.compile(
    r"facilitator|supervisor\b|przełożon|rheolwr llinell|mentor\b|coach\b|line manager|(?:your|named?) (?:\w+ )?manager|buddy|interviewer|assessor|tutor\b"
    r"|\bname\b|\bnames\b|who (?:is|was|are) your|vorgesetzte|responsable direct|leidinggevende\b|superior"
)


@lru_cache(maxsize=4096)
def form(answer: str) -> str:
    """What an answer is by its form: "e-mail addresses", "times" and so on; "" for anything else. A month ("2023-05") is no time of one person.

    >>> form("03/03/2024 10:00"), form("2023-05"), form("j.smith@example.org"), form("Social worker")
    ('times', '', 'e-mail addresses', '')
    """
    plain = normalise(answer)
    if len(plain) > 200 or _SPAN.fullmatch(plain) or not (any(map(str.isdigit, plain)) or any(sign in plain for sign in "@:/.")):
        return ""
    return next((kind for kind, pattern in _FORM.items() if pattern.fullmatch(plain)), "")


@lru_cache(maxsize=4096)
def names(answer: str) -> bool:
    """Whether an answer may be a person's name: two to five words in capitals of which none is common in roles and answers, or a first name.

    >>> [names(text) for text in ("Jane Smith", "Smith, J.", "dr okafor", "Social Worker", "Team Manager", "jane smith", "Strongly agree")]
    [True, True, True, False, False, True, False]
    """
    text = " ".join(answer.translate(INVISIBLE).replace("\u2019", "'").split())
    words = _WORD.findall(text)
    plain = [word.casefold().rstrip(".") for word in words]
    if not 1 <= len(words) <= 12:
        return False
    if plain[0] in _TITLES and len(words) > 1:
        return True
    if plain[0] in FIRST_NAMES and (len(words) == 1 or plain[0] not in COMMON):  # `bob` is also the Welsh word for every
        return len(words) <= 3 or words[1][:1].isupper()
    if any(first in FIRST_NAMES and last not in COMMON for first, last in pairwise(plain)):
        return True
    return 2 <= len(words) <= 5 and COMMON.isdisjoint(set(plain) - _PARTICLES) and _capital(words, plain)


def _capital(words: list[str], plain: list[str]) -> bool:
    """Whether all words but particles begin with a capital, two at least."""
    of_name = [word for word, low in zip(words, plain, strict=True) if low not in _PARTICLES]
    return len(of_name) >= 2 and all(word[:1].isupper() for word in of_name)


def tells(answer: str, people: int = 1) -> bool:
    """Whether an answer that `people` gave may tell who or where one of them is."""
    kind = form(answer)
    return names(answer) or (bool(kind) and not (kind in _SERIAL and people >= SAFE and not answer.strip().isdigit()))


def may_show(answer: str, people: int, known: Iterable[str] = ()) -> bool:
    """Whether a message may show an answer: it tells of nobody, is not long, and several gave it or it looks like an answer or one of `known`.

    >>> may_show("Maybe", 1), may_show("Agre", 1, ["Agree"]), may_show("Okafor", 1), may_show("Jane Smith", 9), may_show("Somtimes", 4)
    (True, True, False, False, True)
    """
    if len(answer) > _LONGEST or tells(answer, people):
        return False
    plain = normalise(answer)
    words = [word.rstrip(".") for word in _WORD.findall(plain)]
    like = bool(get_close_matches(plain, [normalise(word) for word in known], n=1, cutoff=0.75))
    short = plain.lstrip("+-").isdigit() and len(plain) <= 4
    return people >= SEVERAL or like or short or (bool(words) and COMMON.issuperset(words)) or not words


def shown(answers: Mapping[str, int], known: Iterable[str] = ()) -> dict[str, int]:
    """Those of the answers that a message may show, five at most, the first first."""
    found = ((answer, people) for answer, people in answers.items() if may_show(answer, people, known))
    return dict(pair for pair, _ in zip(found, range(_MOST), strict=False))


def repeats(answers: Mapping[str, int], at_least: int = 2) -> float:
    """The share of people whose answer, whatever its case and spaces, at least so many gave; 0 for nobody."""
    total: dict[str, int] = {}
    for answer, people in answers.items():
        total[normalise(answer)] = total.get(normalise(answer), 0) + people
    everyone = sum(total.values())
    return sum(people for people in total.values() if people >= at_least) / everyone if everyone else 0.0


def content(answers: Mapping[str, int], header: str = "") -> str:
    """What the answers of a column tell of people: "names", "times" and so on where half of the different ones do; "" otherwise.

    Names need more than two capitals, which the answers of an unknown scale may have too: a header that asks for a person, first names among
    them, or answers that hardly repeat. Whole numbers tell of people where no two are the same and they are long or many.

    >>> content({"Jane Smith": 2, "Ann Lee": 1, "Bob Jones": 1}), content({"Social Worker": 9, "Team Manager": 3})
    ('names', '')
    >>> content({"Jane": 2, "Wei": 1}, "Facilitator")
    'names'
    """
    stated = {answer: people for answer, people in answers.items() if not is_blank(answer)}
    if not stated:
        return ""
    kinds = [form(answer) for answer in stated]
    for kind in dict.fromkeys(filter(None, kinds)):
        if kinds.count(kind) >= _MOSTLY * len(kinds) and (kind not in _SERIAL or repeats(stated, SAFE) < _MOSTLY):
            return kind
    if _serial_numbers(stated):
        return "identifiers"
    return "names" if _of_names(stated, header) else ""


def is_free(answers: Mapping[str, int]) -> bool:
    """Whether a column holds remarks of people's own: ten or more, of which most were made once, and in several words.

    >>> is_free({f"I have been here for {i} years": 1 for i in range(10)}), is_free({"Agree": 9, "Disagree": 8})
    (True, False)
    """
    stated = {answer: people for answer, people in answers.items() if not is_blank(answer)}
    words = sum(people * len(answer.split()) for answer, people in stated.items())
    everyone = sum(stated.values())
    return everyone >= _REMARKS and words >= _WORDY * everyone and repeats(stated) < _MOSTLY


def _serial_numbers(stated: Mapping[str, int]) -> bool:
    """Whether all are numbers of which no two are the same, more than twenty of them and beyond 100."""
    numbers = [plain.replace(",", ".") for answer in stated if _NUMERAL.fullmatch(plain := normalise(answer))]
    return len(numbers) == len(stated) > 20 and max(stated.values()) == 1 and max(map(float, numbers)) > 100


def _of_names(stated: Mapping[str, int], header: str) -> bool:
    words = {answer: _WORD.findall(normalise(answer)) for answer in stated}
    asked = _OF_PEOPLE.search(normalise(header)) is not None
    named = [answer for answer in stated if names(answer) or (asked and 1 <= len(words[answer]) <= 3 and not COMMON.intersection(words[answer]))]
    first = [answer for answer in named if FIRST_NAMES.intersection(words[answer])]
    sure = asked or 3 * len(first) >= len(named) or repeats(stated) < _MOSTLY
    return bool(named) and len(named) >= _MOSTLY * len(stated) and sure
