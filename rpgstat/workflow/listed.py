"""Single questions and themes in the plan of protection: every decision about them, for those who control it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat.analyses.protection import Answers, Protected
from rpgstat.disclosure import Decision, Place, Plan, Reason, Tier, listed_question, listed_themes, shown_questions
from rpgstat.errors import UserError
from rpgstat.glossary.sentences import say, word
from rpgstat.study import NOT_STATED, Cell, Group
from rpgstat.tally.questions import questions as count_questions
from rpgstat.workflow._themes import wrote
from rpgstat.workflow.asked import with_questions
from rpgstat.workflow.case import Case
from rpgstat.workflow.material import Opened


def of_questions(case: Case, made: Plan, groups: Sequence[Group]) -> Iterator[Protected]:
    """The decisions about the questions that the study declares; `groups` are all that the plan is of."""
    if not case.study.questions:
        return
    known, (_, declared) = {question.id for question in case.study.questions}, with_questions(case, (), batteries=False)
    asked = count_questions(case.files(groups), [question for question in declared if question.id in known], groups)[1]
    names = [group.name for group in groups]
    shown = shown_questions(made, names, asked)
    for one in asked:
        for listed in listed_question(made, names, one, shown[one.question.id]):
            about = Answers(listed.wave, one.question.text, one.question.id, listed.option)
            yield protected(about, listed.place, listed.decision)


def of_themes(opened: Opened, made: Plan, groups: Sequence[Group]) -> Iterator[Protected]:
    """The decisions about themes of coded answers, by each grouping of which it is known who is in which group."""
    books = {book.source: book for book in opened.books}
    for group in groups:
        try:
            heard = [one for one in opened.heard([group]) if one.groups]
        except UserError:
            continue  # `themes --by` says what is wrong
        for one in heard:
            book = books[one.source]
            names = {theme.id: theme.name for theme in book.themes}
            for listed in listed_themes(wrote(one, book, made), opened.study.disclosure, group.name):
                theme = names.get(listed.option) if listed.option is not None else None
                yield protected(Answers(listed.wave, one.source, theme=theme), listed.place, listed.decision)


def protected(cell: Cell | Answers, place: Place, decision: Decision) -> Protected:
    """A decision in words."""
    group = NOT_STATED if None in place.key else " × ".join(map(str, place.key))
    return Protected(" × ".join(place.by), group, cell, decision.n, str(decision.tier), _reason(decision))


def _reason(decision: Decision) -> str | None:
    if decision.tier is Tier.NUMBER and decision.reason is Reason.FEW_FOR_DETAIL:
        return say("protection.few_for_answers")
    return word("withheld", decision.reason.name.lower()) if decision.reason else None
