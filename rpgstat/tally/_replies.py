"""What cells as they are written say in answer to a question: options, numbers, days and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

from rpgstat.study import is_blank, normalise
from rpgstat.study.questions import TOP, Question

_NUMBER = re.compile(r"([-+]?)\s*(\d{1,3}(?:[, ]\d{3})+|\d+)?(?:[.,](\d+))?\s*(?:%|per ?cent|percent|years?|yrs?|hours?|days?|stars?|points?)?", re.IGNORECASE)
_STARS = re.compile(r"([★⭐]+)[☆✩]*")
_NPS_ENDS = re.compile(r"(10|[0-9])(?:\.0+)?(?:\s*[-–—:=(,]?\s*[^\W\d].*)?", re.DOTALL)
_LARGEST = 10**12


def number(cell: str) -> Fraction | None:
    """A cell as a number: with a point or a comma, thousands apart, a per cent sign, a unit of time or "stars" behind; of stars how many are filled;
    None for anything else.

    >>> number("1,250"), number("2,5"), number("40 %"), number("about 3")
    (Fraction(1250, 1), Fraction(5, 2), Fraction(40, 1), None)
    >>> number("4 stars"), number("★★★☆☆")
    (Fraction(4, 1), Fraction(3, 1))
    """
    if found := _STARS.fullmatch(cell.strip().replace("\ufe0f", "")):
        return Fraction(len(found[1]))
    found = _NUMBER.fullmatch(" ".join(cell.split()))
    if found is None or (found[2] is None and found[3] is None):
        return None
    whole = re.sub(r"\D", "", found[2] or "0")
    value = Fraction(f"{found[1]}{whole}.{found[3] or 0}")
    return value if abs(value) <= _LARGEST else None


def likelihood(cell: str) -> int | None:
    """A cell as an answer from 0 to 10, with or without words at the ends; None for anything else.

    >>> likelihood("10 - Extremely likely"), likelihood("0"), likelihood("11"), likelihood("7.5")
    (10, 0, None, None)
    """
    found = _NPS_ENDS.fullmatch(" ".join(cell.split()))
    return int(found[1]) if found and int(found[1]) <= TOP else None


def day(cell: str, *, month_first: bool = False) -> str | None:
    """The day of a cell in ISO form, whatever its time; None for anything else."""
    plain = re.split(r"[T ](?=\d{1,2}:)", cell.strip())[0]
    if found := re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", plain):
        year, month, own = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", plain):
        first, second, year = map(int, found.groups())
        month, own = (first, second) if month_first else (second, first)
    else:
        return _in_words(plain)
    try:
        return date(year, month, own).isoformat()
    except ValueError:
        return None


def _in_words(plain: str) -> str | None:
    for form in ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y"):
        try:
            return datetime.strptime(plain, form).date().isoformat()  # a day has no zone
        except ValueError:
            continue
    return None


def month_comes_first(cells: Iterable[str]) -> bool | None:
    """Whether days are written with the month first; None where the cells do not tell.

    >>> month_comes_first(["03/14/2024"]), month_comes_first(["14/03/2024"]), month_comes_first(["03/04/2024"])
    (True, False, None)
    """
    told = {None: 0, True: 0, False: 0}
    slashed = False
    for cell in cells:
        if found := re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}", cell.strip()):
            slashed = True
            first, second = int(found[1]), int(found[2])
            told[False] += first > 12 >= second
            told[True] += second > 12 >= first
    if not slashed or (told[True] and not told[False]):
        return slashed
    return False if told[False] and not told[True] else None


def known(question: Question) -> dict[str, str]:
    """Normalised answer -> the option that it means, of those that are declared."""
    found = {normalise(option): option for option in (*question.options, *([question.other] if question.other else []))}
    return found | {normalise(word): found.get(normalise(label), label) for word, label in question.aliases.items()}


def meant(answer: str, question: Question, options: Mapping[str, str]) -> str:
    """The answer as it is, or the option that those of people's own count as."""
    return answer if not question.other or normalise(answer) in options else question.other


def parts(cell: str, separator: str, options: Mapping[str, str]) -> Iterator[str]:
    """The answers in one cell; an option may hold the separator itself."""
    pieces = [piece.strip() for piece in cell.split(separator)]
    joins = dict.fromkeys((f"{separator.strip()} ", separator))  # an option that holds the separator has a space behind it, as people write
    at = 0
    while at < len(pieces):
        tries = ((end, join.join(pieces[at:end])) for end in range(len(pieces), at + 1, -1) for join in joins)
        at, answer = next(((end, words) for end, words in tries if normalise(words) in options), (at + 1, pieces[at]))
        if answer and not is_blank(answer):
            yield answer


def given(question: Question, cell: str, separator: str) -> set[str]:
    """The options in a cell that are in the base."""
    names = known(question) | {normalise(option): option for option in question.options}
    words = [normalise(meant(word, question, names)) for word in (parts(cell, separator, names) if separator else [cell])]
    return {names[word] for word in words if word in names} - set(question.off) if not is_blank(cell) else set()


def gives(question: Question, cell: str, separator: str) -> bool:
    """Whether a cell is an answer in the base: a number where one is asked for, else one of the options."""
    if question.kind in ("nps", "number"):
        return (likelihood(cell) if question.kind == "nps" else number(cell)) is not None
    return bool(given(question, cell, separator))


def in_order(spelt: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """Normalised answer -> its commonest spelling, the answer that most gave first."""
    ordered = sorted(spelt, key=lambda plain: (-sum(spelt[plain].values()), plain))
    return {plain: min(spelt[plain], key=lambda word: (-spelt[plain][word], word)) for plain in ordered}


def all_numbers(options: Sequence[str]) -> bool:
    """Whether all options are numbers, which then stand in their order."""
    return bool(options) and all(number(option) is not None for option in options)
