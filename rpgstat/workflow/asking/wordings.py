"""Asks of each statement and question that was joined over waves though it is worded differently: is it one?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rpgstat.infer.matching import Match
from rpgstat.study import Battery, Item, normalise
from rpgstat.study.questions import Question
from rpgstat.text.drift import drift
from rpgstat.workflow.asking.prompts import Walk, confirm
from rpgstat.workflow.drafting import Draft


def ask_wordings(draft: Draft) -> Walk[Draft]:
    """The draft in which what is not one statement is two again."""
    for id, match in draft.matches.items():
        how = f"Both exports call it `{match.name}`." if match.by == "name" else f"{min(int(100 * match.likeness), 99)} % of their letters are alike."
        about = f"Earlier: {match.earlier}\nLater:   {match.later}\nChange:  {drift(match.earlier, match.later)}\n{how}"
        if not (yield from confirm("Is this one statement, asked in both waves?", about=about, yes="Yes, compare it", no="No, keep two statements")):
            draft = _parted(draft, id, match)
        else:
            draft = _confirmed(draft, id, match)
    return draft


def _confirmed(draft: Draft, id: str, match: Match) -> Draft:
    told = f"One statement, as you said: {drift(match.earlier, match.later)}"
    remarks = draft.remarks
    items = {**remarks.items, id: told} if id in remarks.items else remarks.items
    questions = {**remarks.questions, id: told} if id in remarks.questions else remarks.questions
    return replace(draft, remarks=replace(remarks, items=items, questions=questions))


def _parted(draft: Draft, id: str, match: Match) -> Draft:
    taken = {item.id for battery in (*draft.study.batteries, *draft.unordered) for item in battery.items} | {one.id for one in draft.study.questions}
    other = next(name for name in (f"{id}_{i}" for i in range(2, 100_000)) if name not in taken)

    def batteries(some: Sequence[Battery]) -> tuple[Battery, ...]:
        return tuple(replace(battery, items=tuple(part for item in battery.items for part in _items(item, id, other, match))) for battery in some)

    questions = tuple(part for question in draft.study.questions for part in _questions(question, id, other, match))
    remarks = replace(
        draft.remarks,
        items={key: words for key, words in draft.remarks.items.items() if key != id},
        questions={key: words for key, words in draft.remarks.questions.items() if key != id},
    )
    study = replace(draft.study, batteries=batteries(draft.study.batteries), questions=questions)
    return replace(draft, study=study, unordered=batteries(draft.unordered), remarks=remarks)


def _of_later(column: str, match: Match) -> bool:
    """Whether a column is that of the later wording, by itself or behind its question."""
    return normalise(column).rpartition(" > ")[2] == normalise(match.later) or normalise(column).endswith(normalise(match.later))


def _items(item: Item, id: str, other: str, match: Match) -> list[Item]:
    if item.id != id:
        return [item]
    later = tuple(column for column in item.lookups if _of_later(column, match))
    earlier = tuple(column for column in item.lookups if column not in later)
    if not (later and earlier):  # both are found by a name that they share
        return [item]
    return [_with(item, earlier), _with(replace(item, id=other, text=match.later), later)]


def _with(item: Item, columns: tuple[str, ...]) -> Item:
    return replace(item, columns=() if columns == (item.text,) else columns)


def _questions(question: Question, id: str, other: str, match: Match) -> list[Question]:
    if question.id != id:
        return [question]
    later = tuple(column for column in question.lookups if normalise(column) == normalise(match.later))
    earlier = tuple(column for column in question.lookups if column not in later)
    return [replace(question, columns=earlier), replace(question, id=other, text=match.later, columns=later)]
