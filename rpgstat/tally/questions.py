"""Counts of single questions: by option, wave and group, with those who were asked and who answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from rpgstat.errors import UserError
from rpgstat.study import NOT_STATED, Group, Tally, is_blank, normalise
from rpgstat.study.questions import TOP, Asked, Question, Replies
from rpgstat.tally import engine
from rpgstat.tally._answers import FREE_TEXT, recount, told_safely
from rpgstat.tally._assembly import assembled
from rpgstat.tally._counted import count
from rpgstat.tally._files import Files
from rpgstat.tally._groups import Grouping
from rpgstat.tally._places import UNTICKED, Place, places_of
from rpgstat.tally._replies import all_numbers, day, in_order, known, likelihood, month_comes_first, number, parts
from rpgstat.tally._spec import UNKNOWN, AnsweredOf, Conditions, TextsOf, Who
from rpgstat.text import plural, shortened

_MOST_OPTIONS = 100
_YES_NO = (("yes", "no"), ("true", "false"))

Key = tuple[str, tuple[str | None, ...] | None]
"""A wave, and a group of it by its labels, None for one not stated; None for everyone."""

Cell = tuple[str, str]
"""The name of a column, and what stands there."""


@dataclass
class _Heard:
    """What was counted of a question, over all files: cells by wave and group with the option of their column, and who was asked and answered."""

    question: Question
    cells: dict[Key, Counter[Cell]] = field(default_factory=dict)
    asked: Counter[Key] = field(default_factory=Counter)
    answered: Counter[Key] = field(default_factory=Counter)
    separator: str = ""
    own_columns: bool = False


def questions(files: Files, asked: Sequence[Question], by: Sequence[Group] = ()) -> tuple[Tally, tuple[Asked, ...]]:
    """The tally of the files, and each question with its replies in every wave, of everyone and by the combination of groups `by`.

    Raises UserError for a question that no file holds, for answers that its declared options do not know, and for one that looks like free text.
    """
    groupings = [files.grouping(group, recount) for group in by]
    places = [places_of(question, [file.opened.survey for file in files.each]) for question in asked]
    heard = [_Heard(question) for question in asked]
    counted = [count(file, Who(tuple(grouping.numbering(at) for grouping in groupings))) for at, file in enumerate(files.each)]
    for at, one in enumerate(counted):
        here = {question.id: own[at] for question, own in zip(asked, places, strict=True)}
        _hear(files, at, one.who, groupings, heard, here)
    waves = tuple(wave for file in files.each for wave in file.source.waves)
    tally = assembled([one.people for one in counted], groupings, tuple(w for one in counted for w in one.file.warnings))
    return tally, tuple(_replied(one, waves) for one in heard)


def _hear(files: Files, at: int, who: Who, groupings: Sequence[Grouping], heard: Sequence[_Heard], places: Mapping[str, Place | None]) -> None:
    """Adds what one file holds."""
    table = files.each[at].table
    own = [(one, place) for one in heard if (place := places[one.question.id]) is not None]
    if not own:
        return
    asked = {one.question.id: one.question for one in heard}
    conditions = [_conditions(one.question, asked, places, table) for one, _ in own]
    queries: list[TextsOf | AnsweredOf] = []
    for (_, place), condition in zip(own, conditions, strict=True):
        queries += [TextsOf(place.names, condition), AnsweredOf(place.names, UNTICKED if len(place.columns) > 1 else (), condition)]
    found = table.texts(queries, who)
    for i, (one, place) in enumerate(own):
        one.separator, one.own_columns = place.separator, one.own_columns or len(place.columns) > 1
        options = dict(place.columns)
        for key, (column, cell, n) in _keyed(found[2 * i].select(*who.keys, "column", "cell", "n").rows(), files.each[at].source.waves, groupings):
            one.cells.setdefault(key, Counter())[options[column], cell] += n
        for key, (n, told) in _keyed(found[2 * i + 1].select(*who.keys, "n", "answered").rows(), files.each[at].source.waves, groupings):
            one.asked[key] += n
            one.answered[key] += told


def _keyed(rows: Sequence[tuple], waves: Sequence[str], groupings: Sequence[Grouping]) -> Iterator[tuple[Key, tuple]]:  # type: ignore[type-arg]
    """The rows by wave and group; each counts for everyone too."""
    for wave, *rest in rows:
        if wave == UNKNOWN:
            continue
        codes, told = rest[: len(groupings)], tuple(rest[len(groupings) :])
        yield (waves[wave], None), told
        if groupings:
            yield (waves[wave], tuple(grouping.label(code) for grouping, code in zip(groupings, codes, strict=True))), told


def _conditions(question: Question, asked: Mapping[str, Question], places: Mapping[str, Place | None], table: engine.Table) -> Conditions:
    """Which cells of a file say that somebody was asked. A wave that did not ask the other question asked everyone."""
    found = []
    for name, answers in question.asked_if.items():
        other, place = asked[name], places[name]
        if place is None:
            continue
        wanted = {normalise(answer) for answer in answers}
        wanted |= {normalise(word) for word, label in other.aliases.items() if normalise(label) in wanted}
        held = engine.distinct(table.source.survey, list(place.names))
        found.append(tuple((column, tuple(_saying(other, cells, wanted, place, option))) for column, option in place.columns for cells in [held[column]]))
    return tuple(found)


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


def _replied(one: _Heard, waves: Sequence[str]) -> Asked:
    """The question with its options and replies."""
    made = {"nps": _likely, "number": _numbers, "date": _days, "ranking": _ranked}.get(one.question.kind, _chosen)
    question, replies = made(one)
    there = {wave for wave, _ in one.cells}
    order = {wave: place for place, wave in enumerate(waves)}
    keyed = [replace(own, key=labels or ()) for own, (_, labels) in zip(replies, one.cells, strict=True)]
    return Asked(question, tuple(sorted(keyed, key=lambda own: order[own.wave])), tuple(wave for wave in waves if wave not in there))


def _base(one: _Heard, key: Key) -> tuple[str, str | None, int, int]:
    wave, labels = key
    group = None if labels is None else NOT_STATED if None in labels else " × ".join(map(str, labels))
    return wave, group, one.asked[key], one.answered[key]


def _chosen(one: _Heard) -> tuple[Question, list[Replies]]:
    """Of one answer or several: people by option, the exclusive ones last."""
    question = one.question
    said = {key: _said(one, cells) for key, cells in one.cells.items()}
    options, places = _options(one, said)
    counts = {key: Counter[str]() for key in said}
    for key, answers in said.items():
        for answer, n in answers.items():
            counts[key][places[normalise(answer)]] += n
    question = replace(question, options=options, off=question.off or _off(question, options))
    offered = {key: {option for option, _ in cells} for key, cells in one.cells.items()} if one.own_columns else {}
    there = {key: [option for option in options if option in offered.get(key, (option,))] for key in counts}
    return question, [Replies(*_base(one, key), {option: own[option] for option in there[key]}) for key, own in counts.items()]


def _said(one: _Heard, cells: Mapping[Cell, int]) -> Counter[str]:
    """People by answer as written: an option of its own column, or each answer of a cell."""
    found: Counter[str] = Counter()
    options = known(one.question)
    for (option, cell), n in cells.items():
        if is_blank(cell):
            continue
        if option:
            found[option] += n if cell not in UNTICKED else 0
        else:
            for answer in dict.fromkeys(parts(cell, one.separator, options) if one.separator else [cell]):
                found[answer] += n
    return found


def _options(one: _Heard, said: Mapping[Key, Mapping[str, int]]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The options in order, and for each normalised answer its option. Raises UserError for answers that are none of the declared."""
    spelt: dict[str, Counter[str]] = {}
    for (_, group), answers in said.items():
        for answer, n in answers.items() if group is None else ():
            spelt.setdefault(normalise(answer), Counter())[answer] += n
    places = known(one.question)
    if one.question.options:
        strange = {word: n for plain, words in spelt.items() if plain not in places for word, n in words.items()}
        if strange:
            raise _unknown(one.question, strange)
        return one.question.options, places
    if len(spelt) > (FREE_TEXT if not one.own_columns else _MOST_OPTIONS):
        hint = "name a column of a closed question, or list its `options`"
        raise UserError(f"question `{one.question.id}` looks like free text: {len(spelt)} different answers", hint)
    commonest = {plain: word for plain, word in in_order(spelt).items() if plain not in places}
    columns = [option for option in dict.fromkeys(option for cells in one.cells.values() for option, _ in cells) if option]
    met = [*dict.fromkeys(places.values()), *(columns if one.own_columns else commonest.values())]
    options = tuple(dict.fromkeys(_sorted(met, one)))
    return options, {**{normalise(option): option for option in options}, **commonest, **places}


def _sorted(met: Sequence[str], one: _Heard) -> list[str]:
    """Options that nobody ordered: yes before no, numbers by value, those that say none of the others last, else as they are."""
    last = set(map(normalise, one.question.exclusive))
    plain = [normalise(option) for option in met]
    if all_numbers(met):
        return sorted(met, key=lambda option: number(option) or Fraction(0))
    if any(set(pair) <= set(plain) for pair in _YES_NO):
        rank = {word: place for pair in _YES_NO for place, word in enumerate(pair)}
        return sorted(met, key=lambda option: rank.get(normalise(option), 2))
    return sorted(met, key=lambda option: normalise(option) in last)


def _off(question: Question, options: Sequence[str]) -> tuple[str, ...]:
    """Of a question of yes and no, the options that are neither: who does not know is counted, and in no share."""
    plain = {normalise(option): option for option in options}
    pair = next((pair for pair in _YES_NO if set(pair) <= plain.keys()), None)
    return tuple(option for word, option in plain.items() if word not in pair) if pair and question.kind == "single" and len(options) <= 4 else ()


def _unknown(question: Question, strange: Mapping[str, int]) -> UserError:
    told = told_safely(strange, question.options)
    listed = ", ".join(f"`{shortened(option)}`" for option in question.options)
    hint = f"add them to `options` or `aliases` of that question in the study file; the options are {listed}"
    return UserError(f"question `{question.id}` has answers that its options do not know: {told}", hint)


def _likely(one: _Heard) -> tuple[Question, list[Replies]]:
    """How likely one is to recommend. Raises UserError for anything but whole numbers from 0 to 10."""
    found, strange = [], Counter[str]()
    for key, cells in one.cells.items():
        values: Counter[Fraction] = Counter()
        for (_, cell), n in cells.items():
            if is_blank(cell):
                continue
            value = likelihood(cell)
            if value is None:
                strange[cell] += n if key[1] is None else 0
            else:
                values[Fraction(value)] += n
        found.append(Replies(*_base(one, key), values=values))
    if strange:
        problem = f"question `{one.question.id}` of kind nps has answers that are not from 0 to {TOP}: {told_safely(strange)}"
        raise UserError(problem, 'a Net Promoter Score is of 0 to 10 only; say kind = "single" or "number"')
    return one.question, found


def _numbers(one: _Heard) -> tuple[Question, list[Replies]]:
    """People by number; what is none is counted apart."""
    found = []
    for key, cells in one.cells.items():
        values: Counter[Fraction] = Counter()
        unread = 0
        for (_, cell), n in cells.items():
            value = number(cell)
            if value is not None:
                values[value] += n
            elif not is_blank(cell):
                unread += n
        found.append(Replies(*_base(one, key), values=dict(sorted(values.items())), unread=unread))
    if found and not any(own.values for own in found):
        raise UserError(f"question `{one.question.id}` of kind number has no numbers among its answers", 'say kind = "single", or name another column')
    return one.question, found


def _days(one: _Heard) -> tuple[Question, list[Replies]]:
    """People by day."""
    first = month_comes_first(cell for cells in one.cells.values() for _, cell in cells)
    if first is None:
        hint = "export them as year-month-day; nothing among them tells which comes first"
        raise UserError(f"question `{one.question.id}` of kind date: day and month cannot be told apart", hint)
    found = []
    for key, cells in one.cells.items():
        counts: Counter[str] = Counter()
        unread = 0
        for (_, cell), n in cells.items():
            own = day(cell, month_first=first)
            if own is not None:
                counts[own] += n
            elif not is_blank(cell):
                unread += n
        found.append(Replies(*_base(one, key), dict(sorted(counts.items())), unread=unread))
    days = sorted({own for replies in found for own in replies.counts})
    if not days:
        raise UserError(f"question `{one.question.id}` of kind date has no days among its answers", "name another column")
    return replace(one.question, options=tuple(days)), found


def _ranked(one: _Heard) -> tuple[Question, list[Replies]]:
    """People by option and place, of options in columns of their own or in order in one cell."""
    ranks: dict[Key, dict[str, Counter[int]]] = {}
    unread: Counter[Key] = Counter()
    options = known(one.question)
    for key, cells in one.cells.items():
        own = ranks.setdefault(key, {})
        for (option, cell), n in cells.items():
            if is_blank(cell):
                continue
            placed = [(option, number(cell))] if option else [(word, Fraction(at)) for at, word in enumerate(parts(cell, one.separator, options), 1)]
            for word, place in placed:
                if place is None or place.denominator != 1 or place < 1:
                    unread[key] += n
                else:
                    own.setdefault(options.get(normalise(word), word), Counter())[int(place)] += n
    met = list(dict.fromkeys(option for cells in one.cells.values() for option, _ in cells if option)) or [w for own in ranks.values() for w in own]
    named = one.question.options or tuple(dict.fromkeys(met))
    if len(named) > _MOST_OPTIONS:
        raise UserError(f"question `{one.question.id}` looks like free text: {plural(len(named), 'different answer')}", "list its `options`")
    replies = [
        Replies(*_base(one, key), {option: sum(own.get(option, {}).values()) for option in named}, ranks=own, unread=unread[key]) for key, own in ranks.items()
    ]
    return replace(one.question, options=named), replies
