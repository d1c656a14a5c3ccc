"""What the files of a study hold, for a check of them: answers by wave, and how people filled in the statements. Counts alone leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import log

from rpgstat.record import record
from rpgstat.study import Column, Source, Study, Survey
from rpgstat.study.looked import FilledIn
from rpgstat.tally._answers import FREE_TEXT, codes
from rpgstat.tally._columns import wave_numbering
from rpgstat.tally._people import NOBODY
from rpgstat.tally._spec import MISSING, UNKNOWN, Numbering
from rpgstat.tally.engine import distinct
from rpgstat.tally.engine import looks as engine
from rpgstat.tally.engine.looks import Sheet

_MOST = 2 * FREE_TEXT
_FEWEST = 10  # people of a wave from which on two waves can be told to be the same
_SAME = 0.5  # of the people of a wave, who stand in another with all their answers and one id
_ALL = 0.95  # of them, without ids
_STATEMENTS = 3  # that say who somebody is, together


@record
class Held:
    """What a file holds: by wave how many people, and by wave and column what they answered."""

    people: Mapping[str, int]
    answers: Mapping[tuple[str, str], Mapping[str, int]]

    def of(self, wave: str, column: Column) -> Mapping[str, int]:
        """The answers of a column in a wave."""
        return self.answers.get((wave, column.name), {})


@record
class Times:
    """The columns that say when people began and sent the questionnaire, and how long they took."""

    start: str | None = None
    end: str | None = None
    seconds: str | None = None


def held(source: Source, names: Sequence[str]) -> Held:
    """What these columns hold, in every wave of the file."""
    waves = source.waves
    people, answers = engine.by_wave(source.survey, _wave(source), list(dict.fromkeys(names)), _MOST)
    by_name = {(waves[at], column): found for (at, column), found in answers.items() if at != UNKNOWN}
    return Held({waves[at]: n for at, n in people.items() if at != UNKNOWN}, by_name)


def again(source: Source, id: Column) -> dict[str, tuple[int, int]]:
    """By wave how many rows have an id that stands on another, and how many rows the commonest of these has."""
    return {source.waves[at]: n for at, n in engine.repeated(source.survey, _wave(source), id.name, NOBODY).items() if at != UNKNOWN}


def sheet(study: Study, source: Source, columns: Mapping[str, Column], seen: Held, id: Column | None, times: Times) -> Sheet:
    """The codes of a file's statements, as they were chosen."""
    items = {item.id: (battery, columns[item.id]) for battery, item in study.items if item.id in columns}
    numberings = {}
    for name, (battery, column) in items.items():
        met = dict.fromkeys(answer for wave in source.waves for answer in seen.of(wave, column))
        numberings[name] = Numbering(column.name, codes(battery.scale, met), MISSING, UNKNOWN)
    closed = tuple(column.name for column in source.survey.columns if column.kind not in ("id", "meta"))
    asked = engine.Asked(
        _wave(source),
        numberings,
        {battery.name: tuple(item.id for item in battery.items) for battery in study.batteries},
        {battery.name: len(battery.scale.levels) for battery in study.batteries},
        closed,
        {at: _surprise(seen, wave, [column.name for _, column in items.values()]) for at, wave in enumerate(source.waves)},
        id.name if id else None,
        times.start,
        times.end,
        times.seconds,
    )
    return Sheet(source.survey, asked)


def _surprise(seen: Held, wave: str, items: Sequence[str]) -> float:
    """How unlikely two people are to give the same answer in all columns that are no statements, if these had nothing to do with each other."""
    found = 0.0
    for (own, column), answers in seen.answers.items():
        if own == wave and column not in items:
            people = sum(answers.values())
            found -= log(sum((n / people) ** 2 for n in answers.values()))
    return found


def filled_in(study: Study, source: Source, filled: Sheet) -> Iterator[FilledIn]:
    """How each wave of a file filled in its statements."""
    for at, wave in enumerate(source.waves):
        rows = filled.of(at)
        asked, barely = filled.barely(rows)
        through = {battery.name: filled.throughout(rows, battery.name) for battery in study.batteries}
        straight = {name: (sum(n for n, _ in found.values()), sum(n for level, (n, _) in found.items() if level)) for name, found in through.items() if found}
        top = {battery.name: len(battery.scale.levels) for battery in study.batteries}
        ends = {name: (found.get(1, (0, 0))[0], found.get(top[name], (0, 0))[0]) for name, found in through.items() if found}
        timed, fast = filled.fast(rows)
        yield FilledIn(wave, rows.height, asked, barely, filled.identical(rows), straight, ends, timed, fast, filled.days(rows))


def same(waves: Sequence[tuple[str, Sheet, int]]) -> list[tuple[str, str]]:
    """The pairs of waves of two files whose people and answers are the same, or of half of them where ids tell who is who.

    Each wave comes with the codes of its file and its place in it.
    """
    found = []
    for (one, first, at), (other, second, place) in combinations(waves, 2):
        items = [name for name in first.items if name in second.items]
        left, right = first.of(at), second.of(place)
        if first is second or not items or min(left.height, right.height) < _FEWEST:
            continue
        identified = {"id"} <= set(left.columns) & set(right.columns)
        enough = _SAME if identified else _ALL
        if engine.alike(left, right, items) >= (enough if len(items) >= _STATEMENTS else 1.0):
            found.append((one, other))
    return found


def cells(source: Source, column: Column) -> list[str]:
    """All that a column holds, each once."""
    return distinct(source.survey, [column.name])[column.name]


def ambiguous(source: Source, names: Sequence[str]) -> list[str]:
    """The columns of dates whose days and months cannot be told apart."""
    return engine.ambiguous(source.survey, names)


def invisible(source: Source, names: Sequence[str]) -> dict[str, int]:
    """The columns that hold characters which nobody sees, and in how many cells."""
    return engine.invisible(source.survey, names)


def top_rows(survey: Survey, names: Sequence[str], rows: int) -> list[tuple[str | None, ...]]:
    """The first rows of some columns, also of those that were left out on reading."""
    return engine.top_rows(survey, names, rows)


def rows_of_headings(survey: Survey, columns: Sequence[Column]) -> int:
    """How many rows hold the heading of every column that has one, as where files were put behind one another."""
    return engine.rows_of(survey, {column.name: (column.text, column.label, column.variable) for column in columns if column.kind in ("answer", "id", "meta")})


def _wave(source: Source) -> Numbering:
    column = source.survey.require(source.wave_column).name if source.wave_column else None
    return wave_numbering(source, distinct(source.survey, [column])[column] if column else ())
