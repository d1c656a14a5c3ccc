"""Which questions `topline` asks of a case: those declared, those that can be drafted, or statements; and what is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rpgstat import tally
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary.sentences import say
from rpgstat.infer.orders import in_known_order, in_some_order
from rpgstat.infer.questions import of_batteries, questions_in
from rpgstat.infer.sentences import TO_ORDER
from rpgstat.study import Column, Study, Survey, Wave, normalise
from rpgstat.study.questions import Asked, Question
from rpgstat.text import plural
from rpgstat.workflow.case import Case, answers_of


def with_questions(case: Case, wanted: Sequence[str], *, batteries: bool, by: Sequence[str] = ()) -> tuple[Case, tuple[Question, ...]]:
    """The case, and the questions that are asked of it: those declared, or those that can be drafted; without any, or for `batteries`, statements.

    Raises UserError where there is nothing to ask, and for one of `wanted` that there is not.
    """
    statements = tuple(of_batteries(case.study.batteries))
    if batteries and not statements:
        raise UserError("--batteries: there are no statements", "leave it out: the questions are shown without it")
    if batteries:
        return case, _only(statements, wanted)
    found, told = _without_groups(case.study.questions or drafted(case), case.study, by if case.inferred else ())
    if not found and not statements:
        names = ", ".join(source.survey.name for source in case.sources)
        raise UserError(f"{names}: no closed question is known", "declare some under [[questions]] of a study file")
    if not found:
        told = (*told, "there is no closed question outside batteries: statements are shown")
    elif not case.inferred and not case.study.questions:
        told = (*told, f"the study declares no [[questions]]: {plural(len(found), 'question')} of the exports are shown as they are")
    if found and statements and case.inferred:
        told = (
            *told,
            f"{plural(len(statements), 'statement')} of {plural(len(case.study.batteries), 'battery', 'batteries')}: --batteries shows their answers",
        )
    own = _about_questions(case) if found else case
    return replace(own, warnings=(*own.warnings, *told)), _only(found or statements, wanted)


def _without_groups(found: tuple[Question, ...], study: Study, headers: Sequence[str]) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """The questions without those that make groups, of the study or by `headers`: how many belong to a small one is withheld everywhere."""
    groups = {normalise(header): header for header in headers} | {normalise(text): group.name for group in study.groups for text in group.columns}
    of_groups = {one.id: name for one in found for text in one.lookups if (name := groups.get(normalise(text)))}
    told = tuple(f"`{id}` is group `{name}`: `rpgstat response --by {name}` shows who answered" for id, name in of_groups.items())
    return tuple(one for one in found if one.id not in of_groups), told


def _only(declared: tuple[Question, ...], wanted: Sequence[str]) -> tuple[Question, ...]:
    """The questions named, and those whose answers decide who was asked them stay findable."""
    known = {normalise(word): one for one in declared for word in (one.text, one.id)}
    for word in wanted:
        if normalise(word) not in known:
            raise UserError(f"--question: no question `{word}`", did_you_mean(word, [one.id for one in declared]))
    if not wanted:
        return declared
    ids = {known[normalise(word)].id for word in wanted}
    deciding = {name for one in declared if one.id in ids for name in one.asked_if}
    return tuple(one for one in declared if one.id in ids | deciding)


def named(asked: tuple[Asked, ...], wanted: Sequence[str]) -> tuple[Asked, ...]:
    """The questions that are shown: those named by id or text, all where none is."""
    words = {normalise(word) for word in wanted}
    return tuple(one for one in asked if not words or words & {normalise(one.question.id), normalise(one.question.text)})


def drafted(case: Case) -> tuple[Question, ...]:
    """The questions that `init` would draft for the exports of a case, from their first rows; answers that only later rows have are met in counting."""
    surveys = [source.survey for source in case.sources]
    others = [text for text in (case.study.wave_column, *(source.wave_column for source in case.sources)) if text]
    found = questions_in(surveys, answers_of(surveys, tally.learn), case.study.batteries, others)
    return tuple(replace(one, open=True) for one in found)


def _about_questions(case: Case) -> Case:
    """The case without what was told of columns that make no battery: they are shown here."""
    beside = ("no known scale", "no question is on a known answer scale", "order unknown: ", "is on a known scale but for", TO_ORDER)
    return replace(case, warnings=tuple(line for line in case.warnings if not (case.inferred and any(words in line for words in beside))))


def waves_apart(case: Case) -> Case:
    """An inferred case of one file whose column seems to tell waves apart, with these as its waves: which rows are which is plain to see."""
    if not case.inferred or len(case.sources) != 1 or case.sources[0].pooled is None:
        return case
    from rpgstat.infer.waves import times_in

    (source,) = case.sources
    answers = answers_of([source.survey], tally.learn_all)[0]
    times = times_in(source.survey, answers)
    if times is None:
        return case
    apart = replace(source, waves=times.waves, wave_column=times.column.label, pooled=None)
    study = replace(case.study, waves=tuple(map(Wave, times.waves)), data_file=source.survey.name, wave_column=times.column.label)
    told = f"{Path(source.survey.name).name}: column `{times.column.text}` tells {len(times.waves)} waves apart: {', '.join(times.waves)}"
    warnings = tuple(line for line in case.warnings if "which are counted together" not in line)
    return replace(case, study=study, sources=(apart,), warnings=(*warnings, told))


def headers(case: Case, asked: Sequence[Question]) -> list[str]:
    """The headers of all columns that the questions use."""
    texts = {normalise(text) for question in asked for text in question.lookups}
    columns = [column for source in case.sources for column in (*source.survey.columns, *source.survey.aside)]
    return [column.label for column in columns if texts & {normalise(column.text), normalise(column.label), normalise(column.stem)}]


def settled(case: Case, declared: Sequence[Question], asked: Sequence[Asked], aside: Iterable[UserError]) -> tuple[Case, tuple[Asked, ...], tuple[str, ...]]:
    """The questions with the options that nobody ordered in the order that their words name, and what is told where they name none.

    The case takes along what is told of drafted questions that cannot be counted. Raises the first fault where none is left.
    """
    faults = list(aside)
    if faults and not asked:
        raise faults[0]
    told = tuple(f"left out: {error.problem}" for error in faults)
    given = {one.id: one for one in declared}
    found = tuple(_in_words(one) if not given[one.question.id].options else one for one in asked)
    unordered = sum(not in_some_order(one.question) and not _told(case, given[one.question.id]) for one in found)
    notes = (say("topline.commonest_first", unordered, n=str(unordered)),) if unordered else ()
    return replace(case, warnings=(*case.warnings, *told)), found, notes


def _in_words(one: Asked) -> Asked:
    """The question with its options in the order that their words name, where they name one."""
    question = one.question
    people = {option: sum(own.counts.get(option, 0) for own in one.replies if own.group is None) for option in question.options}
    options = in_known_order(people) if question.kind == "single" else ()
    return replace(one, question=replace(question, options=options)) if set(options) == set(question.options) else one


def _told(case: Case, question: Question) -> bool:
    """Whether a study or an export tells the order of the options."""
    if any(question.id == one.id and one.options for one in case.study.questions) or question.kind not in ("single", "multiple"):
        return True
    columns = [column for source in case.sources for text in question.lookups for column in _columns(source.survey, text)]
    return len(columns) > len(case.sources) or any(column.options and not column.separator for column in columns)


def _columns(survey: Survey, text: str) -> Iterator[Column]:
    """The columns that a question is found by: its own, or those of its options."""
    return (column for column in survey.columns if normalise(text) in (normalise(column.text), normalise(column.label), normalise(column.stem)))
