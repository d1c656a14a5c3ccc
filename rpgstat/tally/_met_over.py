"""How many people answered a question in any of several waves, by the ids that a study declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rpgstat.study import Study
from rpgstat.study.questions import Asked, Question, base
from rpgstat.tally._links import Place, why_nobody
from rpgstat.tally._places import Place as InFile
from rpgstat.tally._replies import gives
from rpgstat.tally._spec import ANSWERED, AnyOf, CellsOf, Conditions, TextsOf
from rpgstat.tally.engine.over import answered_again, texts_of_linked

Where = tuple[Mapping[str, InFile | None], Mapping[str, Conditions], tuple[str, ...]]
"""Where the answers of a file are, who was asked, and which cells say nothing."""


def with_people_over(study: Study, asked: Sequence[Asked], waves: Mapping[str, tuple[Place, Where]]) -> tuple[Asked, ...]:
    """The questions whose people in two of these `waves` know how many answered in any; as they are for fewer than three waves.

    Who is who as in `met`; who can be linked to nobody is somebody else in each wave.
    """
    questions = [one for one in asked if one.both]
    linked = {wave: own for wave, own in waves.items() if own[0].side.table.ids is not None}
    if len(waves) < 3 or not questions:
        return tuple(asked)
    parts = {wave: [_part(one.question, where) for one in questions] for wave, (_, where) in linked.items()}
    separators = [[place.separator if (place := where[0][one.question.id]) else "" for one in questions] for _, where in linked.values()]
    again = _again(study, questions, [place for place, _ in linked.values()], list(parts.values()), separators)
    people = {one.question.id: sum(base(one.question, own) for own in one.replies if own.group is None and own.wave in waves) for one in questions}
    found = {one.question.id: people[one.question.id] - n for one, n in zip(questions, again, strict=True)} if again is not None else {}
    return tuple(replace(one, both={pair: replace(both, people=found.get(one.question.id, 0)) for pair, both in one.both.items()}) for one in asked)


def _again(
    study: Study, asked: Sequence[Asked], places: Sequence[Place], parts: Sequence[Sequence[CellsOf | AnyOf | None]], separators: Sequence[Sequence[str]]
) -> list[int] | None:
    """By how many the answers to each question exceed the people who gave them; None where ids link nobody."""
    own = [[at for at, part in enumerate(of_wave) if part is not None] for of_wave in parts]
    queries = [TextsOf(tuple(part for part in of_wave if part is not None)) for of_wave in parts]
    waves = [(place.side, query) for place, query in zip(places, queries, strict=True)]
    if not all(query.parts for query in queries):
        return None
    people, cells = texts_of_linked(waves)
    if why_nobody(study, list(zip(places, people, strict=True))):
        return None
    counted = []
    for at, rows in enumerate(cells):
        answers = defaultdict[int, list[str]](list)
        for place, cell in rows:
            of = own[at][int(place)]
            if cell == ANSWERED if isinstance(parts[at][of], AnyOf) else gives(asked[of].question, cell, separators[at][of]):
                answers[int(place)].append(cell)
        counted.append(answers)
    questions = [[of_wave.index(at) if at in of_wave else None for of_wave in own] for at in range(len(asked))]
    return answered_again(waves, counted, questions)


def _part(question: Question, where: Where) -> CellsOf | AnyOf | None:
    """What says of a person of a wave whether the question was answered."""
    places, conditions, nothing = where
    place = places[question.id]
    if place is None:
        return None
    if len(place.columns) > 1:
        return AnyOf(place.names, nothing, conditions[question.id])
    return CellsOf(next(iter(place.columns))[0], conditions[question.id])
