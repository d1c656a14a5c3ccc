"""Answers that are bare numbers: the run they make, the codes among them that seem to mean no answer, and which columns are one battery."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from rpgstat.infer.catalogue import is_off_scale
from rpgstat.infer.readings import Reading
from rpgstat.study import normalise

_HIGHEST = 10  # numeric scales run within 0 to 10
_FEWEST = 3  # distinct numbers of a scale, so that 0 and 1 stay a tick-box
_NUMBER = re.compile(r"-?\d{1,3}")
_CODES = frozenset({-1, -7, -8, -9, -66, -77, -88, -97, -98, -99, -999, 66, 77, 88, 97, 98, 99, 777, 888, 997, 998, 999})
"""Numbers that survey programs write for "no answer" or "not applicable"."""
_ODD_ENDS = {6: 5, 8: 7}  # a top that few scales have, and the usual top below it
_FEW = 0.15  # share of the answers that the top of a scale usually exceeds
_SOME = 1 / 3  # share that codes behind a gap may have
_COUNTING = re.compile(r"(?:how (?:many|much|long|old|often)|number of|no\.? of|count of|total number|times)\b")
_FACTS = frozenset(
    """age aged ages year years tenure hours hour day days week weeks months month date time duration id ids number respondent participant case
    record gender sex ethnicity race region area site team department directorate role grade band job post location education qualification income
    salary marital religion disability wave round group household children size height weight code postcode source status nps version score total
    weighting""".split()
)
_BESIDE = frozenset(
    "of in the a at per your own current level service worked completed taken here experience role to with joined started born category total type no".split()
)


def read_numbers(columns: Sequence[Mapping[str, int]]) -> Reading | None:
    """The run of whole numbers from 0 to 10 that the columns of one battery hold, answer -> people each; None where they hold anything else.

    The ends are the lowest and the highest seen; numbers between may be missing. Numbers that seem to be codes for no answer are `asked` about and `off`:
    what programs write for it (99, -9), what few gave behind a gap, and a lonely 6 or 8 above a usual 5 or 7, or 0 below 1 to 5.

    >>> read_numbers([{"1": 9, "2": 9, "5": 9, "9": 1}, {"4": 9, "3": 9}]).asked
    ('9',)
    """
    people = _pooled(columns)
    values = {label: int(label) for label in people if _NUMBER.fullmatch(label)}
    off = people.keys() - values.keys()
    if not all(map(is_off_scale, off)) or any(value not in _CODES for value in values.values() if not 0 <= value <= _HIGHEST):
        return None
    codes = _asked(values, people, columns)
    numbers = sorted({value for value in values.values() if value not in codes})
    if len(numbers) < _FEWEST or _gaps(numbers) > len(numbers) / 2:
        return None
    levels = range(numbers[0], numbers[-1] + 1)
    positions = {label: value - levels[0] for label, value in values.items() if value not in codes}
    asked = tuple(str(code) for code in sorted(codes))
    return Reading(
        tuple(map(str, levels)), positions, frozenset(people.keys() - positions.keys()), scores=tuple(map(Fraction, levels)), labelled=False, asked=asked
    )


def _pooled(columns: Iterable[Mapping[str, int]]) -> Counter[str]:
    people: Counter[str] = Counter()
    for column in columns:
        for answer, n in column.items():
            people[normalise(answer)] += n
    return people


def _gaps(numbers: Sequence[int]) -> int:
    return numbers[-1] - numbers[0] + 1 - len(numbers)


def _asked(values: Mapping[str, int], people: Counter[str], columns: Sequence[Mapping[str, int]]) -> set[int]:
    """The numbers that seem to be codes."""
    counts: Counter[int] = Counter()
    for label, value in values.items():
        counts[value] += people[label]
    found = {value for value in counts if not 0 <= value <= _HIGHEST}
    inside = sorted(counts.keys() - found)
    found |= _behind_gap(inside, counts)
    inside = [value for value in inside if value not in found]
    return found | {value for value in _odd_ends(inside) if _lonely(value, counts, inside, columns)}


def _behind_gap(numbers: Sequence[int], counts: Mapping[int, int]) -> set[int]:
    """What few gave above a gap, where the numbers below are a scale by themselves."""
    for at in range(_FEWEST, len(numbers)):
        above = numbers[at:]
        whole = above[-1] == _HIGHEST and numbers[at - 1] > 5  # 0 to 10 with a number between that nobody chose
        if (
            above[0] - numbers[at - 1] > 1
            and above[0] > 5
            and not whole
            and sum(counts[value] for value in above) <= _SOME * sum(counts[value] for value in numbers)
        ):
            return set(above)
    return set()


def _odd_ends(numbers: Sequence[int]) -> list[int]:
    if len(numbers) <= _FEWEST:
        return []
    top = [numbers[-1]] if _ODD_ENDS.get(numbers[-1]) == numbers[-2] else []
    return top + ([0] if numbers[:2] == [0, 1] and numbers[-1] in _ODD_ENDS.values() else [])


def _lonely(value: int, counts: Mapping[int, int], numbers: Sequence[int], columns: Sequence[Mapping[str, int]]) -> bool:
    """Whether few gave a number, fewer than half as many as its neighbour, or only in some columns."""
    beside = numbers[1] if value == numbers[0] else numbers[-2]
    few = counts[value] <= _FEW * sum(counts[one] for one in numbers) and 2 * counts[value] < counts[beside]
    having = sum(any(normalise(answer) == str(value) and n for answer, n in column.items()) for column in columns)
    return few or (len(columns) > 2 and 2 * having <= len(columns))


def is_counted(heading: str) -> bool:
    """Whether a heading names a fact about a person, such as an age, or a category that a program coded, and no statement.

    >>> is_counted("Age (years)"), is_counted("How many visits did you make?"), is_counted("Years of service")
    (True, True, True)
    >>> is_counted("I have enough hours in the day"), is_counted("Job satisfaction"), is_counted("q7")
    (False, False, False)
    """
    plain = normalise(heading)
    words = re.findall(r"[a-z]+", plain.replace("_", " "))
    return bool(_COUNTING.match(plain)) or (any(word in _FACTS for word in words) and all(word in _FACTS | _BESIDE for word in words))


def batteries(tops: Sequence[tuple[int, int]]) -> list[range]:
    """Which of adjacent columns of numbers, given their lowest and highest, are one battery: those with one range; a column alone is none.

    One column between two of a battery may fall short of its ends; at the edge by one number at most.

    >>> batteries([(1, 5), (1, 4), (2, 5), (0, 10)]), batteries([(1, 5), (1, 5), (1, 7), (2, 7)])
    ([range(0, 3)], [range(0, 2), range(2, 4)])
    """
    parts: list[list[int]] = []
    for at in range(len(tops)):
        if parts and tops[parts[-1][-1]][1] == tops[at][1] and _one_base(tops[parts[-1][-1]], tops[at]):
            parts[-1].append(at)
        else:
            parts.append([at])
    joined: list[list[int]] = []
    for number, part in enumerate(parts):
        if joined and _joins(tops, parts, number, joined[-1]):
            joined[-1] += part
        else:
            joined.append(part)
    return [range(part[0], part[-1] + 1) for part in joined if len(part) > 1]


def _joins(tops: Sequence[tuple[int, int]], parts: Sequence[Sequence[int]], number: int, before: Sequence[int]) -> bool:
    """Whether a part goes on with the battery before it."""
    ends = _ends(tops, before)
    own = _ends(tops, parts[number])
    after = _ends(tops, parts[number + 1]) if number + 1 < len(parts) else None
    if not _one_base(ends, own):
        return False
    if own[1] == ends[1]:
        return True
    inside = after is not None and after[1] == ends[1] and own[1] < ends[1] and ends[1] - own[1] <= _slack(ends[1])
    small = min(len(before), len(parts[number])) == 1
    return inside or (small and abs(ends[1] - own[1]) == 1 and max(ends[1], own[1]) in (4, 5, 7, 10))


def _slack(top: int) -> int:
    return 4 if top > 8 else 2 if top > 5 else 1


def _ends(tops: Sequence[tuple[int, int]], part: Sequence[int]) -> tuple[int, int]:
    return min(tops[at][0] for at in part), max(tops[at][1] for at in part)


def _one_base(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether both may start at the same number: 0 and 1 apart, unless the other simply lacks its lowest."""
    return (one[0] == 0) == (other[0] == 0) or one[1] == other[1]
