"""Who wrote an answer in both of two waves, by the ids that the study declares, and what these people spoke of in either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from rpgstat.glossary.sentences import say
from rpgstat.study import Study, normalise
from rpgstat.study.themed import Codes, Twice
from rpgstat.tally._material import Together, is_counted
from rpgstat.tally._people import RESPONSE_IDS, is_person
from rpgstat.text import shortened

_GAPS = 2  # times as many people as there are, as of the ids of a survey


def twice(study: Study, bodies: Sequence[Together], reference: str | None, wave: str | None, waves: Sequence[str | None] = ()) -> Twice | None:
    """The people of one source, of which `bodies` are all files, who wrote an answer in both waves, two of the `waves`
    that are compared; None where its units are not people whose ids are declared.

    Ids match as labels do. Those that are blank, stand for nobody or were rounded by a spreadsheet link nobody; nor, unless the study says `linked`, do
    the numbers that a platform gives to responses, and whole numbers that run on from 0 or 1 in both waves.
    """
    own = [body for body in bodies if {reference, wave} & {*body.waves}]
    if study.id_column is None or not own or reference is None or wave is None:
        return None
    if any(body.coded.kind != "answers" or normalise(body.unit) != normalise(study.id_column) for body in own):
        return None
    before, after = _people(own, reference), _people(own, wave)
    why = _why_nobody(study, *([unit.unit.name for body in own for unit in body.units if unit.wave == one and unit.unit.named] for one in (reference, wave)))
    met = Counter((before[person], after[person]) for person in before.keys() & after.keys())
    again = None if why or len(waves) < 3 else _again([set(_people(bodies, name)) for name in waves if name is not None])
    return Twice(own[0].coded.name, reference, wave, {} if why else met, why, again)


def _again(waves: Sequence[set[str]]) -> int:
    """By how many the people of the waves, one by one, exceed those of all together."""
    return sum(map(len, waves)) - len(set().union(*waves))


def _people(bodies: Sequence[Together], wave: str) -> dict[str, Codes]:
    """What each person who wrote an answer in a wave spoke of, by id; who is met in two bodies of it is nobody's double."""
    found: dict[str, Codes] = {}
    times = Counter[str]()
    for body in bodies:
        for own in body.units:
            if own.wave == wave and own.unit.named and is_person(own.unit.name) and is_counted(own, body.count):
                person = normalise(own.unit.name)
                times[person] += 1
                found[person] = own.counted(body.count) or frozenset()
    return {person: codes for person, codes in found.items() if times[person] == 1}


def _why_nobody(study: Study, *waves: Collection[str]) -> str:
    """Why the ids of both waves link nobody; "" where they do."""
    name = study.id_column or ""
    if study.linked:
        return ""
    if normalise(name) in RESPONSE_IDS:
        return say("links.platform", column=shortened(name))
    return say("links.runs_on", column=shortened(name)) if all(map(_runs_on, waves)) else ""


def _runs_on(people: Collection[str]) -> bool:
    """Whether ids, of those who wrote nothing too, are whole numbers that run on from 0 or 1; people left out may leave gaps."""
    numbers = [int(plain) for person in people if (plain := normalise(person)).isdecimal()]
    return 0 < len(numbers) == len(people) and min(numbers) in (0, 1) and max(numbers) <= _GAPS * len(numbers)
