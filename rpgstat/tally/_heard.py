"""What was heard in answer to a question, over all files, and the replies that its kind makes of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from rpgstat.errors import UserError
from rpgstat.study import is_blank, normalise
from rpgstat.study.questions import TOP, Asked, Question, Replies, What, between, called, residual, yes_and_no
from rpgstat.tally._answers import FREE_TEXT, told_safely
from rpgstat.tally._places import UNTICKED
from rpgstat.tally._replies import all_numbers, day, in_order, known, likelihood, meant, month_comes_first, number, parts
from rpgstat.tally.engine import Heap
from rpgstat.text import plural, shortened

_MOST_OPTIONS = 100
_FEW_BESIDE = 2  # answers beside yes and no
_NOBODY: Heap = (0, 0, 0)

Key = tuple[str, tuple[str | None, ...] | None]
"""A wave, and a group of it by its labels, None for one not stated; None for everyone."""

Cell = tuple[str, str]
"""The option of a column, where it is its own, and what stands there."""


@dataclass
class Heard:
    """What was counted of a question, over all files: people by wave and group and the cells of its columns, and who was asked and answered."""

    question: Question
    cells: dict[Key, dict[Cell, Heap]] = field(default_factory=dict)
    asked: Counter[Key] = field(default_factory=Counter)
    answered: dict[Key, Heap] = field(default_factory=dict)
    separator: str = ""
    own_columns: bool = False

    def add(self, key: Key, cell: Cell, people: Heap) -> None:
        """Adds people with a cell."""
        add(self.cells.setdefault(key, {}), cell, people)

    def ask(self, key: Key, people: Heap, *, answered: bool) -> None:
        """Adds people who were asked."""
        self.asked[key] += people[0]
        add(self.answered, key, people if answered else _NOBODY)


def add(found: dict[Any, Heap], what: Any, people: Heap) -> None:
    """Adds people to those who are there."""
    n, weight, square = found.get(what, _NOBODY)
    found[what] = n + people[0], weight + people[1], square + people[2]


def replied(one: Heard, waves: Sequence[str]) -> Asked:
    """The question with its options and replies. Raises UserError for answers that its kind or its declared options do not know."""
    made = {"nps": _likely, "number": _numbers, "date": _days, "ranking": _ranked}.get(one.question.kind, _chosen)
    question, replies = made(one)
    there = {wave for wave, _ in one.cells}
    order = {wave: place for place, wave in enumerate(waves)}
    return Asked(question, tuple(sorted(replies, key=lambda own: order[own.wave])), tuple(wave for wave in waves if wave not in there))


def _reply(one: Heard, key: Key, people: Mapping[What, Heap], unread: int = 0, **counts: Any) -> Replies:
    """The replies of some people; `people` are those of each option, number or place, of whom `counts` are taken."""
    wave, labels = key
    group = None if labels is None else called(labels)
    answered = one.answered.get(key, _NOBODY)
    masses: dict[What, tuple[int, int]] = {what: heap[1:] for what, heap in {**people, None: answered}.items()} if answered[1] else {}
    return Replies(wave, group, one.asked[key], answered[0], unread=unread, key=labels or (), masses=masses, **counts)


def _chosen(one: Heard) -> tuple[Question, list[Replies]]:
    """Of one answer or several: people by option, the exclusive ones last."""
    question = one.question
    said = {key: _said(one, cells) for key, cells in one.cells.items()}
    options, places = _options(one, said)
    question = _of_yes_and_no(replace(question, options=options))
    replies = []
    for key, answers in said.items():
        offered = {places.get(normalise(option), option) for option, _ in one.cells[key]} if one.own_columns else set(options)
        people: dict[What, Heap] = {option: _NOBODY for option in options if option in offered}
        for answer, heap in answers.items():
            add(people, places[normalise(answer)], heap)
        replies.append(_reply(one, key, people, counts={option: n for option, (n, *_) in people.items()}))
    return question, replies


def _said(one: Heard, cells: Mapping[Cell, Heap]) -> dict[str, Heap]:
    """People by answer as written: an option of its own column, or each answer of a cell."""
    found: dict[str, Heap] = {}
    options = known(one.question)
    for (option, cell), people in cells.items():
        if is_blank(cell):
            continue
        if option:
            add(found, option, people if cell not in UNTICKED else _NOBODY)
        else:
            for answer in dict.fromkeys(meant(answer, one.question, options) for answer in (parts(cell, one.separator, options) if one.separator else [cell])):
                add(found, answer, people)
    return found


def _options(one: Heard, said: Mapping[Key, Mapping[str, Heap]]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The options in order, and for each normalised answer its option. Raises UserError for answers that are none of the declared."""
    spelt: dict[str, Counter[str]] = {}
    for (_, group), answers in said.items():
        for answer, (n, *_) in answers.items() if group is None else ():
            spelt.setdefault(normalise(answer), Counter())[answer] += n
    places = known(one.question)
    if one.question.options:
        strange = {word: n for plain, words in spelt.items() if plain not in places for word, n in words.items()}
        if strange and not one.question.open:
            raise _unknown(one.question, strange)
        met = [word for plain, word in in_order(spelt).items() if plain not in places]
        beside = [one.question.other] if one.question.other and normalise(one.question.other) in spelt else []
        return tuple(dict.fromkeys((*one.question.options, *met, *beside))), {**{normalise(word): word for word in met}, **places}
    if len(spelt) > (FREE_TEXT if not one.own_columns else _MOST_OPTIONS):
        hint = "name a column of a closed question, or list its `options`"
        raise UserError(f"question `{one.question.id}` looks like free text: {len(spelt)} different answers", hint)
    commonest = {plain: word for plain, word in in_order(spelt).items() if plain not in places}
    columns = [option for option in dict.fromkeys(option for cells in one.cells.values() for option, _ in cells) if option]
    met = [*dict.fromkeys(places.values()), *(columns if one.own_columns else commonest.values())]
    options = tuple(dict.fromkeys(_sorted(met, one)))
    return options, {**{normalise(option): option for option in options}, **commonest, **places}


def _sorted(met: Sequence[str], one: Heard) -> list[str]:
    """Options that nobody ordered: yes before no, numbers by value, those that stand for all others or none last, else as they are."""
    last = set(map(normalise, one.question.exclusive))
    if all_numbers(met):
        return sorted(met, key=lambda option: number(option) or Fraction(0))
    if pair := yes_and_no(met):
        return [*pair, *(option for option in met if option not in pair)]
    return sorted(met, key=lambda option: normalise(option) in last or residual(option))


def _of_yes_and_no(question: Question) -> Question:
    """A question of yes and no with what it is about: yes. Who does not know is counted, and in no share; who says sometimes is in both."""
    pair = yes_and_no(question.options)
    if not pair or question.kind != "single" or len(question.options) > _FEW_BESIDE + len(pair):
        return question
    off = question.off or tuple(option for option in question.options if option not in pair and not between(option))
    return replace(question, off=off, positive=question.positive or (pair[:1] if len(off) + len(pair) == len(question.options) else ()))


def _unknown(question: Question, strange: Mapping[str, int]) -> UserError:
    told = told_safely(strange, question.options)
    listed = ", ".join(f"`{shortened(option)}`" for option in question.options)
    hint = f"add them to `options` or `aliases` of that question in the study file; the options are {listed}"
    return UserError(f"question `{question.id}` has answers that its options do not know: {told}", hint)


def _likely(one: Heard) -> tuple[Question, list[Replies]]:
    """How likely one is to recommend. Raises UserError for anything but whole numbers from 0 to 10."""
    found, strange = [], Counter[str]()
    for key, cells in one.cells.items():
        people: dict[What, Heap] = {}
        for (_, cell), heap in cells.items():
            value = None if is_blank(cell) else likelihood(cell)
            if value is not None:
                add(people, Fraction(value), heap)
            elif not is_blank(cell):
                strange[cell] += heap[0] if key[1] is None else 0
        found.append(_reply(one, key, people, values={value: n for value, (n, *_) in people.items()}))
    if strange:
        problem = f"question `{one.question.id}` of kind nps has answers that are not from 0 to {TOP}: {told_safely(strange)}"
        raise UserError(problem, 'a Net Promoter Score is of 0 to 10 only; say kind = "single" or "number"')
    return one.question, found


def _numbers(one: Heard) -> tuple[Question, list[Replies]]:
    """People by number; what is none is counted apart."""
    found = []
    for key, cells in one.cells.items():
        people: dict[What, Heap] = {}
        unread = 0
        for (_, cell), heap in cells.items():
            value = number(cell)
            if value is not None:
                add(people, value, heap)
            elif not is_blank(cell):
                unread += heap[0]
        values = {value: people[value][0] for value in sorted(people)}  # type: ignore[type-var]  # all are numbers
        found.append(_reply(one, key, people, unread, values=values))
    if found and not any(own.values for own in found):
        raise UserError(f"question `{one.question.id}` of kind number has no numbers among its answers", 'say kind = "single", or name another column')
    return one.question, found


def _days(one: Heard) -> tuple[Question, list[Replies]]:
    """People by day."""
    first = month_comes_first(cell for cells in one.cells.values() for _, cell in cells)
    if first is None:
        hint = "export them as year-month-day; nothing among them tells which comes first"
        raise UserError(f"question `{one.question.id}` of kind date: day and month cannot be told apart", hint)
    found = []
    for key, cells in one.cells.items():
        people: dict[What, Heap] = {}
        unread = 0
        for (_, cell), heap in cells.items():
            own = day(cell, month_first=first)
            if own is not None:
                add(people, own, heap)
            elif not is_blank(cell):
                unread += heap[0]
        found.append(_reply(one, key, people, unread, counts={day: n for day, (n, *_) in sorted(people.items())}))
    days = sorted({own for replies in found for own in replies.counts})
    if not days:
        raise UserError(f"question `{one.question.id}` of kind date has no days among its answers", "name another column")
    return replace(one.question, options=tuple(days)), found


def _ranked(one: Heard) -> tuple[Question, list[Replies]]:
    """People by option and place, of options in columns of their own or in order in one cell."""
    placed = {key: _placed(one, cells) for key, cells in one.cells.items()}
    met = list(dict.fromkeys(option for cells in one.cells.values() for option, _ in cells if option)) or [o for own, _ in placed.values() for o, _ in own]
    options = known(one.question)
    named = one.question.options or tuple(dict.fromkeys(options.get(normalise(option), option) for option in met))
    if len(named) > _MOST_OPTIONS:
        raise UserError(f"question `{one.question.id}` looks like free text: {plural(len(named), 'different answer')}", "list its `options`")
    replies = []
    for key, (people, unread) in placed.items():
        ranks: dict[str, dict[int, int]] = {}
        for (option, place), (n, *_) in people.items():
            ranks.setdefault(option, {})[place] = n
        counts = {option: sum(ranks.get(option, {}).values()) for option in named}
        replies.append(_reply(one, key, people, unread, counts=counts, ranks=ranks))
    return replace(one.question, options=named), replies


def _placed(one: Heard, cells: Mapping[Cell, Heap]) -> tuple[dict[Any, Heap], int]:
    """People by option and place, and how many gave an option no place that can be read."""
    options, found, unread = known(one.question), dict[Any, Heap](), 0
    for (option, cell), people in cells.items():
        if is_blank(cell):
            continue
        given = [(option, number(cell))] if option else [(word, Fraction(at)) for at, word in enumerate(parts(cell, one.separator, options), 1)]
        for word, place in given:
            if place is None or place.denominator != 1 or place < 1:
                unread += people[0]
            else:
                add(found, (options.get(normalise(word), word), int(place)), people)
    return found, unread
