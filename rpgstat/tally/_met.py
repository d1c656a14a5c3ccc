"""What people who stand in two waves answered to questions in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from rpgstat.study import Study, is_blank, normalise
from rpgstat.study.questions import Asked, Both, Question
from rpgstat.tally import engine
from rpgstat.tally._counted import InFile
from rpgstat.tally._links import Place as InWave
from rpgstat.tally._links import places_of, why_nobody
from rpgstat.tally._met_over import with_people_over
from rpgstat.tally._places import Place
from rpgstat.tally._replies import given, known, likelihood, number
from rpgstat.tally._spec import TO, AnyOf, CellsOf, Conditions, TextsOf

_NO_TICK = ("0", "no", "false", "unchecked", "not selected", "not ticked", "off", "n")
Cells = list[tuple[str, str, int, int]]
"""What people answered before and after, how many, and the sum of the products of their two weights: 0 without weights."""


def met(
    study: Study,
    files: Sequence[InFile],
    asked: Sequence[Asked],
    where: Sequence[tuple[Mapping[str, Place | None], Mapping[str, Conditions], tuple[str, ...]]],
    pairs: Sequence[tuple[str, str]],
) -> tuple[Asked, ...]:
    """The questions with those who answered them in both of each of the `pairs` of waves; as they are without declared ids.

    `where` says of each file where its answers are, who was asked, and which cells say nothing.
    """
    if study.id_column is None:
        return tuple(asked)
    at = {id(file): own for file, own in zip(files, where, strict=True)}
    waves, found = places_of(files), {one.question.id: dict[tuple[str, str], Both]() for one in asked}
    for pair in pairs:
        before, after = (waves[wave] for wave in pair)
        own = [one.question for one in asked if one.question.kind not in ("date", "ranking")]
        sides = [at[id(side.counted)] for side in (before, after)]
        told = [(question, option, *parts) for question in own for option, parts in _parts(question, sides)]
        cells = _cells(study, before, after, told) if told else {}
        for one in asked:
            mine = {option: rows for (name, option), rows in cells.items() if name == one.question.id}
            if mine:
                separators = [place.separator for places, *_ in sides if (place := places[one.question.id])]
                found[one.question.id][pair] = _both(one.question, mine, separators)
    several = {wave: (waves[wave], at[id(waves[wave].counted)]) for pair in pairs for wave in pair}
    return with_people_over(study, [replace(one, both=found[one.question.id]) for one in asked], several)


Told = Sequence[tuple[Question, str, CellsOf, CellsOf]]
"""Columns of two waves, with their question and option."""


def _cells(study: Study, before: InWave, after: InWave, told: Told) -> dict[tuple[str, str], Cells]:
    """What people answered in both waves, by question and option; nothing where no id links them."""
    tables = [side.side.table for side in (before, after)]
    if any(table.ids is None for table in tables):
        return {}
    first_of, later_of = TextsOf(tuple(part[2] for part in told)), TextsOf(tuple(part[3] for part in told))
    n, n_after, rows = engine.texts_between((before.weighed, first_of), (after.weighed, later_of))
    if why_nobody(study, [(before, n), (after, n_after)]):
        return {}
    found: dict[tuple[str, str], Cells] = {}
    for part, cell, people, *sums in rows.rows():
        first, _, last = cell.partition(TO)
        question, option, *_ = told[int(part)]
        found.setdefault((question.id, option), []).append((first, last, people, engine.undigited(sums)))
    return found


def _parts(
    question: Question, sides: Sequence[tuple[Mapping[str, Place | None], Mapping[str, Conditions], tuple[str, ...]]]
) -> Iterator[tuple[str, tuple[CellsOf, CellsOf]]]:
    """The columns that both waves have, each with its option; of several of those who answered any."""
    each = []
    for places, conditions, nothing in sides:
        place = places[question.id]
        if place is None:
            return
        several = AnyOf(place.names, nothing) if len(place.columns) > 1 else None
        each.append({normalise(option): (option, CellsOf(column, conditions[question.id], several)) for column, option in place.columns})
    for name in (name for name in each[0] if name in each[1]):
        yield each[0][name][0], (each[0][name][1], each[1][name][1])


def _both(question: Question, cells: Mapping[str, Cells], separators: Sequence[str]) -> Both:
    """The people of a question."""
    if question.kind in ("nps", "number"):
        read = (lambda cell: None if (value := likelihood(cell)) is None else Fraction(value)) if question.kind == "nps" else number
        values = [(a, b, n, mass) for one, other, n, mass in cells[""] if (a := read(one)) is not None and (b := read(other)) is not None]
        return Both(sum(n for *_, n, _ in values), values=tuple((a, b, n) for a, b, n, _ in values), value_masses=tuple(mass for *_, mass in values))
    if "" not in cells:
        names = known(question) | {normalise(option): option for option in question.options}
        of = {names.get(normalise(option), option): [(_ticked(one), _ticked(other), n, mass) for one, other, n, mass in own] for option, own in cells.items()}
        tables = {option: _table((one, other, n) for one, other, n, _ in own) for option, own in of.items()}
        return Both(max((sum(table) for table in tables.values()), default=0), tables, masses=_masses(of))
    said = [(given(question, one, separators[0]), given(question, other, separators[-1]), n, mass) for one, other, n, mass in cells[""]]
    answered = [(one, other, n, mass) for one, other, n, mass in said if one and other]
    options = [option for option in question.options if option not in question.off]
    of = {option: [(option in one, option in other, n, mass) for one, other, n, mass in answered] for option in options}
    tables = {option: _table((one, other, n) for one, other, n, _ in own) for option, own in of.items()}
    return Both(sum(n for *_, n, _ in answered), tables, masses=_masses(of))


def _masses(people: Mapping[str, Sequence[tuple[bool, bool, int, int]]]) -> dict[str, tuple[int, int, int, int]]:
    """The products of weights in the place of people."""
    return {option: _table((one, other, mass) for one, other, _, mass in own) for option, own in people.items()}


def _ticked(cell: str) -> bool:
    return not is_blank(cell) and normalise(cell) not in _NO_TICK


def _table(people: Iterable[tuple[bool, bool, int]]) -> tuple[int, int, int, int]:
    """How many in both, in the first alone, in the second alone, and in neither."""
    found = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
    for one, other, n in people:
        found[one, other] += n
    return tuple(found.values())  # type: ignore[return-value]  # four of them
