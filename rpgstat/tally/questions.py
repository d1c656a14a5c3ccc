"""Counts of single questions: by option, wave and group, with those who were asked and who answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rpgstat.errors import UserError
from rpgstat.record import record
from rpgstat.study import Design, Group, Source, Survey, Tally, designed, is_blank, normalise
from rpgstat.study.questions import Asked, Question
from rpgstat.tally import engine
from rpgstat.tally._answers import Answers, learn, recount
from rpgstat.tally._assembly import assembled
from rpgstat.tally._counted import InFile, count
from rpgstat.tally._files import Files
from rpgstat.tally._groups import Grouping
from rpgstat.tally._heard import Heard, Key, replied
from rpgstat.tally._places import UNTICKED, Place, places_of
from rpgstat.tally._replies import known, likelihood, parts
from rpgstat.tally._spec import ANSWERED, UNKNOWN, AnyOf, CellsOf, Conditions, TextsOf, Who
from rpgstat.tally._weights import weight_column
from rpgstat.tally.engine import Heap
from rpgstat.text import shortened

Places = Mapping[str, Place | None]
"""By id where a file holds the answers to a question."""

_NOTHING = frozenset({*UNTICKED, "NA", "na", "N/A", "nan", "NaN", "null", "NULL", "#N/A", "<NA>"})


_FEW = 12
"""Different cells of a column up to which each is counted by itself: more are counted sooner in a table of all cells."""


@record
class _Part:
    """What is counted of a question: a column, of an `option` where it is its own, or several; `tells` whether it tells who was asked and answered."""

    said: Heard
    option: str
    of: CellsOf | AnyOf
    tells: bool


def questions(
    files: Files,
    asked: Sequence[Question],
    by: Sequence[Group] = (),
    weight: str | None = None,
    pairs: Sequence[tuple[str, str]] = (),
    aside: list[UserError] | None = None,
) -> tuple[Tally, tuple[Asked, ...]]:
    """The tally of the files, and each question with its replies in every wave, of everyone and by the combination of groups `by`.

    `weight` is the header of a column of weights: replies then have masses, and the design of the tally says how many people have each weight.
    Of the `pairs` of waves people who answered in both are counted too, where the study declares ids. `aside` takes what is wrong with questions
    that cannot be counted, which are then left out.
    Raises UserError for a question that no file holds, for answers that its declared options do not know, and for one that looks like free text.
    """
    groupings = [files.grouping(group, recount) for group in by]
    weights = None if weight is None else weight_column(weight, files.sources)
    places = [places_of(question, [file.opened.survey for file in files.each]) for question in asked]
    heard = [Heard(question) for question in asked]
    who = [Who(tuple(grouping.numbering(at) for grouping in groupings), weights.name(at) if weights else None) for at in range(len(files.each))]
    counted = [count(file, own) for file, own in zip(files.each, who, strict=True)]
    for at, one in enumerate(counted):
        _hear(one, groupings, heard, {question.id: own[at] for question, own in zip(asked, places, strict=True)})
    waves = tuple(wave for file in files.each for wave in file.source.waves)
    tally = assembled([one.people for one in counted], groupings, tuple(w for one in counted for w in one.file.warnings))
    if weights is not None:
        people = {wave: own for one in counted if one.weighing for wave, own in one.weighing.people.items()}
        tally = designed(tally, Design(f"the column `{shortened(weights.columns[0].label)}`", people))
    found = tuple(_replied(heard, waves, aside))
    if not pairs or files.study.id_column is None:
        return tally, found
    from rpgstat.tally._met import met  # with two waves and ids alone

    where = [_where(one, asked, {question.id: own[at] for question, own in zip(asked, places, strict=True)}) for at, one in enumerate(counted)]
    return tally, met(files.study, counted, found, where, pairs)


def _replied(heard: Sequence[Heard], waves: Sequence[str], aside: list[UserError] | None) -> Iterator[Asked]:
    for one in heard:
        try:
            yield replied(one, waves)
        except UserError as error:
            if aside is None:
                raise
            aside.append(error)


def _where(one: InFile, asked: Sequence[Question], places: Places) -> tuple[Places, dict[str, Conditions], tuple[str, ...]]:
    """Where a file holds the answers, who was asked, and which cells of several columns say nothing."""
    known, source = {question.id: question for question in asked}, one.file.table.source
    several = [name for place in places.values() if place is not None and len(place.columns) > 1 for name in place.names]
    conditions = {question.id: _conditions(question, known, places, source) for question in asked if places[question.id] is not None}
    return places, conditions, tuple(sorted(_NOTHING)) if several else ()


def _hear(one: InFile, groupings: Sequence[Grouping], heard: Sequence[Heard], places: Places) -> None:
    """Adds what one file holds, of all questions in one pass."""
    table, whole = one.file.table, one.weighing.whole if one.weighing else None
    own = [(heard_of, place) for heard_of in heard if (place := places[heard_of.question.id]) is not None]
    if not own:
        return
    asked = {said.question.id: said.question for said in heard}
    several = [name for _, place in own if len(place.columns) > 1 for name in place.names]
    first = learn(_whole(table.source.survey), [name for _, place in own for name in place.names])
    nothing = _nothing({name: first[name] for name in several})
    parts = list(_parts(own, asked, places, table.source, nothing))
    found = table.texts(TextsOf(tuple(part.of for part in parts)), one.who, _known(parts, first))
    among = [str(at) for at, part in enumerate(parts) if not part.tells]  # the columns of several
    met = _nothing({"": dict.fromkeys(found.filter(found["place"].is_in(among))["cell"].unique(), 1)}) if several else nothing
    if set(met) - set(nothing):  # words that the first rows did not show
        parts = list(_parts(own, asked, places, table.source, met))
        found = table.texts(TextsOf(tuple(part.of for part in parts)), one.who, _known(parts, first))
    found = found.sort(*one.who.apart, maintain_order=True)  # groups in their own order, not in that of what people answered
    for wave, *codes, at, cell, n in found.select(*one.who.apart, "place", "cell", "n").rows():
        if wave == UNKNOWN:
            continue
        weight = whole[codes.pop()] if whole is not None else 0
        for key in _keys(one.waves[wave], codes, groupings):
            _add(parts[int(at)], key, cell, (n, n * weight, n * weight * weight))


def _known(parts: Sequence[_Part], first: Answers) -> dict[str, list[str]]:
    """The cells of each part that has few in the first rows, a blank one among them, by its place."""
    cells = [list(first[part.of.column]) if isinstance(part.of, CellsOf) else [ANSWERED] for part in parts]
    return {str(at): ["", *(cell for cell in own if cell)] for at, own in enumerate(cells) if len(own) <= _FEW}


def _nothing(answers: Answers) -> tuple[str, ...]:
    """Which of the cells that columns hold say that an option was not ticked."""
    return tuple(sorted({cell for cells in answers.values() for cell in cells} & _NOTHING))


def _add(part: _Part, key: Key, cell: str, people: Heap) -> None:
    """Adds people with one cell."""
    several = isinstance(part.of, AnyOf)
    if not several:
        part.said.add(key, (part.option, cell), people)
    if part.tells:
        part.said.ask(key, people, answered=cell == ANSWERED if several else not is_blank(cell))


def _parts(own: Sequence[tuple[Heard, Place]], asked: Mapping[str, Question], places: Places, source: Source, nothing: tuple[str, ...]) -> Iterator[_Part]:
    """What is asked of a file: the columns of each question, and where these are several whether any holds an answer."""
    for said, place in own:
        several, condition = len(place.columns) > 1, _conditions(said.question, asked, places, source)
        said.separator, said.own_columns = place.separator, said.own_columns or several
        yield from (_Part(said, option, CellsOf(column, condition), tells=not several) for column, option in place.columns)
        if several:
            options = {normalise(option) for _, option in place.columns}  # an option may be called N/A: who ticked it has answered
            unticked = tuple(cell for cell in nothing if normalise(cell) not in options)
            yield _Part(said, "", AnyOf(place.names, unticked, condition), tells=True)


def _keys(wave: str, codes: Sequence[int], groupings: Sequence[Grouping]) -> Iterable[Key]:
    """Where people count: among everyone, and in their group."""
    yield wave, None
    if groupings:
        yield wave, tuple(grouping.label(code) for grouping, code in zip(groupings, codes, strict=True))


def _conditions(question: Question, asked: Mapping[str, Question], places: Places, source: Source) -> Conditions:
    """Which cells of a file say that somebody was asked. A wave that did not ask the other question asked everyone."""
    found = []
    for name, answers in question.asked_if.items():
        other, place = asked[name], places[name]
        if place is None:
            continue
        wanted = {normalise(answer) for answer in answers}
        wanted |= {normalise(word) for word, label in other.aliases.items() if normalise(label) in wanted}
        held = engine.distinct(_whole(source.survey), list(place.names))
        found.append(tuple((column, tuple(_saying(other, held[column], wanted, place, option))) for column, option in place.columns))
    return tuple(found)


def _whole(survey: Survey) -> Survey:
    """The survey with the columns that were left out on reading too."""
    return survey if survey.whole is None else replace(survey, frame=survey.whole)


def _saying(question: Question, cells: Sequence[str], wanted: set[str], place: Place, option: str) -> Iterator[str]:
    """The cells of a column in which one of the wanted answers stands."""
    if option:
        yield from (cell for cell in cells if cell and cell not in UNTICKED and normalise(option) in wanted)
        return
    options = known(question)
    for cell in cells:
        said = parts(cell, place.separator, options) if place.separator else [cell]
        if cell and any(normalise(one) in wanted or str(likelihood(one) if question.kind == "nps" else "") in wanted for one in said):
            yield cell
