"""Which column may tell who is who over the waves: one that holds the same values in several files. No value is ever shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat.record import record
from rpgstat.study import Column, Survey, is_blank, normalise, persons
from rpgstat.study.toml import quoted
from rpgstat.tally._answers import MOST_ANSWERS, every
from rpgstat.tally._people import RESPONSE_IDS
from rpgstat.text import count

_KINDS = frozenset({"id", "meta", "personal", "text"})
_CODES = frozenset(
    """code, your code, personal code, unique code, unique identifier, identifier, matching code, linking code, link id, pin, key, participant code,
    study id, study code, anonymous code, self generated code, self-generated code, employee, staff""".replace("\n", " ").split(", ")
)
_UNIQUE = 0.9  # share of the values that have to differ within a file
_COMMON = 0.2  # share of the smaller file's values that the other has to hold
_MOST_COLUMNS = 20


@record
class SharedId:
    """A column whose values stand in the first file and in a later one: `common` of `of`. `serial` numbers may be of rows, not of people."""

    header: str
    common: int
    of: int
    serial: bool
    sure: bool

    @property
    def told(self) -> str:
        """How many values two files have in common, and what to beware of."""
        beware = "; they are small numbers, which may be those of rows: declare it only if each is one person's own in every wave" if self.serial else ""
        return f"{count(self.common)} of the {count(self.of)} values in the smaller file stand in another too{beware}"


def shared_ids(surveys: Sequence[Survey]) -> tuple[SharedId, ...]:
    """The columns that several files have and that hold the same values there, each value once a file; the likeliest first."""
    if len(surveys) < 2:
        return ()
    found = [one for header in _headers(surveys) if (one := _shared(surveys, header)) is not None]
    return tuple(sorted(found, key=lambda one: (not one.sure, one.serial, normalise(one.header) in RESPONSE_IDS, -one.common)))


def own_id(surveys: Sequence[Survey]) -> str:
    """The header of the platform's own ids, "" where there are none."""
    return next((column.text for survey in surveys for column in survey.columns if column.kind == "id"), "")


def no_id(header: str, found: Sequence[SharedId]) -> str:
    """The comment that stands in a draft without an id: how to declare one, and which column may be it."""
    if found:
        return f"# id = {quoted(found[0].header)}    # remove the first # to link people over the waves: {found[0].told}"
    return f"# id = {quoted(header)}    # tells who is who; declare it when the same people have the same id in every wave" if header else ""


def _headers(surveys: Sequence[Survey]) -> list[str]:
    each = [{normalise(column.text): column for column in _candidates(survey)} for survey in surveys]
    common = [column.text for key, column in each[0].items() if any(key in other for other in each[1:])]
    return common[:_MOST_COLUMNS]


def _candidates(survey: Survey) -> Iterator[Column]:
    times = set(survey.submitted)
    for column in (*survey.columns, *survey.aside):
        if not column.stem and column.name not in times and (column.kind in _KINDS or normalise(column.text) in _CODES):
            yield column


def _shared(surveys: Sequence[Survey], header: str) -> SharedId | None:
    sets = [values for survey in surveys if (values := _values(survey, header))]
    if len(sets) < 2:
        return None
    common = max(len(one & other) for at, one in enumerate(sets) for other in sets[at + 1 :])
    smaller = min(map(len, sets))
    if common < max(persons.SAFE, _COMMON * smaller):
        return None
    serial = all(value.isdecimal() and int(value) <= 2 * max(map(len, sets)) for values in sets for value in values)
    known = normalise(header) in _CODES or any(column.kind in ("id", "meta") for survey in surveys for column in survey.columns if column.text == header)
    return SharedId(header, common, smaller, serial, sure=known and not serial and 2 * common >= smaller)


def _values(survey: Survey, header: str) -> frozenset[str]:
    """The values of a column; none where they repeat, or are too many to be held."""
    asked = survey.asking([header])
    column = asked.only(header)
    if column is None:
        return frozenset()
    people = {value: n for value, n in every(asked, column.name).items() if not is_blank(value)}
    if not people or len(people) > MOST_ANSWERS or len(people) < _UNIQUE * sum(people.values()):
        return frozenset()
    return frozenset(map(normalise, people))
