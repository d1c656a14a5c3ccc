"""Who is who in a file: which column tells, which of its cells are people, and what is said of rows that are not whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rpgstat.study import Column, Source, Study, is_blank, normalise
from rpgstat.tally.engine import Ids
from rpgstat.text import plural, shortened

RESPONSE_IDS = frozenset({"respondent id", "respondentid", "response id", "responseid", "unique response number"})
"""Headers under which platforms number responses: what repeats under these is a response that stands in the file twice."""

_MOST_REPEATED = 1 / 3
"""The largest share of rows that may repeat the id of another, in a column that only its header makes one of ids: where more do, it
numbers something else, such as schools."""

NOBODY = frozenset({"anonymous", "anon", "none", "n/a", "unknown", "not known", "-", "--", ".", "?", "-1", "-99"})
"""Words that people and programs write for no id."""

DAMAGED = re.compile(r"\d(?:[.,]\d+)?e\+\d+")
"""What a spreadsheet makes of a long number."""


def id_of(study: Study, source: Source) -> Column | None:
    """The column that tells who is who: the declared one, else the platform's own."""
    if study.id_column is not None:
        return source.survey.find(study.id_column)
    return next((column for column in source.survey.columns if column.kind == "id"), None)


def ids_in(study: Study, source: Source) -> Ids | None:
    """The column of ids as it tells rows apart, where there is one."""
    column = id_of(study, source)
    return Ids(column, study.id_column is not None, NOBODY, DAMAGED.pattern) if column else None


def is_person(id: str) -> bool:
    """Whether a cell identifies somebody: not where it is blank, stands for nobody, or was rounded by a spreadsheet.

    >>> [is_person(id) for id in ("k7", "anonymous", "1.14628E+11")]
    [True, False, False]
    """
    plain = normalise(id)
    return not (is_blank(id) or plain in NOBODY or DAMAGED.fullmatch(plain))


def believed(file: str, ids: Ids, found: Sequence[tuple[str, int]], rows: int) -> tuple[list[bool], str]:
    """Which of the ids `found` on several rows are people's, and a sentence where the column is not one of people. `rows` are all in the file."""
    persons = [is_person(id) for id, _ in found]
    times = [n for (_, n), person in zip(found, persons, strict=True) if person]
    extra = sum(times) - len(times)
    own = normalise(ids.column.text) in RESPONSE_IDS
    if not extra or ids.declared or extra <= _MOST_REPEATED * rows or (own and max(times) <= max(rows / 2, 4)):
        return persons, ""
    name = shortened(ids.column.text)
    told = f'`{name}` holds the same value in many rows, so it is not taken for who is who; if it is, declare `id = "{name}"` in a study'
    return [False] * len(persons), f"{file}: {told}"


def told_again(file: str, ids: Ids, rows: int, *, keep: bool) -> str:
    """The sentence on the rows of people who stand in a file more than once."""
    name = shortened(ids.column.text)
    again = f"{file}: {plural(rows, 'row')} {'repeats' if rows == 1 else 'repeat'} a `{name}` that stands on another row"
    if keep:
        return f"{again}; all are counted, as the study says"
    return f'{again}; each person counts once (`duplicates = "keep"` in a study counts every row)'


def told_unfinished(file: str, people: int, unfinished: int) -> tuple[str, ...]:
    """The sentence on people who did not finish, where there are any."""
    verb, mend = "is" if unfinished == 1 else "are", '`unfinished = "drop"` in a study leaves them out'
    return (f"{file}: n = {people}, of whom {unfinished} {verb} unfinished and counted ({mend})",) if unfinished else ()
