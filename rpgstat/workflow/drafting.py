"""The study that exports of a survey suggest, with everything that is not certain about it: what `init` writes down, or asks about."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from pathlib import Path

from rpgstat import read, tally
from rpgstat.errors import UserError
from rpgstat.infer.given import given_scales
from rpgstat.infer.inference import Inference, infer
from rpgstat.infer.matching import Match
from rpgstat.infer.questions import questions_in
from rpgstat.infer.short_names import battery_name, names_of_waves
from rpgstat.infer.waves import Times, times_in
from rpgstat.record import record
from rpgstat.result import Input
from rpgstat.study import Battery, Item, Source, Study, Survey, Wave, normalise, persons
from rpgstat.study.questions import Question
from rpgstat.study.remarks import Remarks
from rpgstat.study.write import to_toml
from rpgstat.tally import Answers
from rpgstat.tally._replies import parts
from rpgstat.tally.engine.times import middle
from rpgstat.text import listing
from rpgstat.workflow import rounds
from rpgstat.workflow.arguments import PathLike
from rpgstat.workflow.case import Case, answers_of, wave_names
from rpgstat.workflow.identities import SharedId, no_id, own_id, shared_ids
from rpgstat.workflow.left_out import NAMED, left_out, told
from rpgstat.workflow.suggested import Suggestion, suggestions


@record
class Draft:
    """A study as the exports suggest it.

    `unordered` are batteries whose answers are in no certain order, `suggested` columns that may be groups, `ids` columns that may tell who
    is who, and `matches` by id the statements and questions that were joined though they are worded differently. `beside` stands at the
    top of the file; `assumptions` is all that is told.
    """

    study: Study
    unordered: tuple[Battery, ...] = ()
    suggested: tuple[Suggestion, ...] = ()
    ids: tuple[SharedId, ...] = ()
    matches: dict[str, Match] = field(default_factory=dict)
    remarks: Remarks = Remarks()
    beside: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The study file."""
        return to_toml(self.study, comments=self.beside, drafts=self.unordered, suggested=self.suggested, remarks=self.remarks)


def draft_of(exports: Sequence[PathLike], folder: Path, scale: Sequence[str], platform: str | None) -> Draft:
    """The draft that the exports of a survey suggest; files in it are named from `folder`."""
    surveys = [read.read(path, platform=platform) for path in exports]
    found = [_respondents(Source(survey, (wave,))) for survey, wave in zip(surveys, wave_names(exports), strict=True)]
    sources, nobody = [source for source, _ in found], [told for _, told in found]
    surveys = [source.survey for source in sources]
    dates = [middle(survey) for survey in surveys]
    names = names_of_waves([Path(path).name for path in exports], dates)
    answers = answers_of(surveys, tally.learn_all)
    inferred = infer(surveys, answers, names, declared=given_scales(tuple(scale)), drafts_will_do=True, join_alike=True)
    times = (rounds.times(surveys[0]) or times_in(surveys[0], answers[0])) if len(surveys) == 1 else None
    files = [os.path.relpath(Path(path).absolute(), folder).replace(os.sep, "/") for path in exports]
    apart = None not in dates and len(set(dates)) == len(dates)  # of one month, or of some waves only, they would tell nothing
    waves = tuple(Wave(name, file=file, platform=platform, date=date if apart else None) for name, file, date in zip(names, files, dates, strict=True))
    asked, joined = _questions(surveys, answers, inferred, times)
    draft = Draft(replace(inferred.study, waves=waves, questions=asked), inferred.drafts, remarks=inferred.remarks)
    draft = replace(draft, suggested=suggestions(surveys, (*inferred.study.batteries, *inferred.drafts)), matches=dict(joined))
    draft = _named(_with_ids(draft, surveys), nobody)
    return _told(_in_one_file(draft, times) if times else draft, inferred, sources, surveys, times)


def _respondents(source: Source) -> tuple[Source, str]:
    """The source without what is no respondent; whole where nobody would be left, as in a file of tests only: its questions are real. What is
    then to be told stands beside it."""
    try:
        return tally.standing(source)[0], ""
    except UserError as error:
        mend = error.hint.replace(" under [[waves]] of a study file", " below")
        return source, f"{error.problem}, and so no command has anybody to count. {mend[:1].upper()}{mend[1:]}"


def _questions(
    surveys: Sequence[Survey], answers: Sequence[Answers], inferred: Inference, times: Times | None
) -> tuple[tuple[Question, ...], list[tuple[str, Match]]]:
    """The closed questions outside batteries, those of `unordered` batteries among them, and what was joined; an answer that few gave, or that
    may tell of somebody, is not written down."""
    joined: list[tuple[str, Match]] = [(item.id, match) for item, match in _matched(inferred)]
    items = [item for battery in inferred.study.batteries for item in battery.items]
    others = [*(text for item in items for text in item.lookups), *([times.column.label] if times else [])]
    taken = (item.id for item in (*items, *(item for draft in inferred.drafts for item in draft.items)))
    found = questions_in(surveys, answers, (), others, taken, joined=joined)
    return tuple(_listed(question, surveys, answers) for question in found), joined


def _matched(inferred: Inference) -> Iterable[tuple[Item, Match]]:
    by_text = {normalise(match.earlier): match for match in inferred.matches}
    every = [item for battery in (*inferred.study.batteries, *inferred.drafts) for item in battery.items]
    return [(item, by_text[normalise(item.text)]) for item in every if normalise(item.text) in by_text]


def _listed(question: Question, surveys: Sequence[Survey], answers: Sequence[Answers]) -> Question:
    """The question with the options that may be written down: all or none of one answer; of several those that enough people gave, beside others."""
    if question.kind == "multiple":
        people = _in_lists(question, surveys)
        options = tuple(option for option in question.options if people[normalise(option)] >= persons.SAFE)
        if any(persons.tells(option, people[normalise(option)]) for option in options):
            options = ()  # without the list all are counted as they stand; without one of it, that one as other
        whole = options == question.options and people.keys() <= set(map(normalise, options))
        return replace(question, options=options, other="" if whole or not options else question.other)
    people = Counter[str]()
    for survey, seen in zip(surveys, answers, strict=True):
        for lookup in question.lookups:
            column = survey.only(lookup)
            people.update({normalise(answer): n for answer, n in seen.get(column.name, {}).items()} if column else {})
    may = all(people[normalise(option)] >= persons.SAFE and persons.may_show(option, people[normalise(option)]) for option in question.options)
    return question if may else replace(question, options=(), other="")


def _in_lists(question: Question, surveys: Sequence[Survey]) -> Counter[str]:
    """How many people gave each answer of those that stand in lists, by its normalised form."""
    people = Counter[str]()
    known = {normalise(option): option for option in question.options}
    for survey in surveys:
        for column in (column for lookup in question.lookups if (column := survey.only(lookup)) is not None):
            for cell, n in tally.learn_all(survey, [column.name])[column.name].items():
                people.update(dict.fromkeys((normalise(one) for one in parts(cell, question.separator, known)), n))
    return people


def _with_ids(draft: Draft, surveys: Sequence[Survey]) -> Draft:
    """The draft with the column that surely tells who is who over the waves as its id, or with a comment on which may."""
    found = shared_ids(surveys)
    sure = found[0] if found and found[0].sure else None
    if sure is None:
        return replace(draft, ids=found, remarks=replace(draft.remarks, no_id=no_id(own_id(surveys), found)))
    remark = f"Links people over the waves: {sure.told}. Delete the line if these values are not people's own."
    asked = tuple(question for question in draft.study.questions if question.lookups != (sure.header,))  # it is no question
    return replace(draft, ids=found, study=replace(draft.study, id_column=sure.header, questions=asked), remarks=replace(draft.remarks, id=remark))


def _named(draft: Draft, nobody: Sequence[str]) -> Draft:
    """The draft with short names for its batteries, and remarks on every question that was joined and on waves; `nobody` tells of those without people."""
    taken: set[str] = set()
    names = {battery.name: _free(battery_name(battery.name, battery.scale.family), taken) for battery in (*draft.study.batteries, *draft.unordered)}
    batteries, unordered = (tuple(replace(battery, name=names[battery.name]) for battery in some) for some in (draft.study.batteries, draft.unordered))
    known = {question.id for question in draft.study.questions}
    remarks = replace(
        draft.remarks,
        batteries={names[name]: words for name, words in draft.remarks.batteries.items()},
        questions=_of_own(draft.study.questions) | {id: f"Proposed as one question, {match.said}" for id, match in draft.matches.items() if id in known},
        waves={wave.name: told or _answered(wave) for wave, told in zip(draft.study.waves, nobody, strict=True) if told or wave.date},
    )
    return replace(draft, study=replace(draft.study, batteries=batteries), unordered=unordered, remarks=remarks)


def _of_own(questions: Sequence[Question]) -> dict[str, str]:
    """A remark on each question that takes answers of people's own together."""
    told = f"What people typed, and what fewer than {persons.SAFE} chose, counts as `other`: list under `options` what else could be chosen."
    return {question.id: told for question in questions if question.other}


def _free(name: str, taken: set[str]) -> str:
    found = next(one for one in (name, *(f"{name} ({i})" for i in range(2, 100_000))) if one.casefold() not in taken)
    taken.add(found.casefold())
    return found


def _answered(wave: Wave) -> str:
    return f"Answered about {wave.date}, by the times in the file."


def _in_one_file(draft: Draft, times: Times) -> Draft:
    """The draft with the waves that a column of its one file tells apart, which is then no group."""
    ((file, platform),) = [(wave.file, wave.platform) for wave in draft.study.waves]
    others = tuple((group, remark) for group, remark in draft.suggested if times.column.text not in group.columns)
    waves = tuple(map(Wave, times.waves))
    study = replace(draft.study, waves=waves, data_file=file, data_platform=platform, wave_column=times.column.text)
    return replace(draft, study=study, suggested=others, remarks=replace(draft.remarks, waves={}))


def _told(draft: Draft, inferred: Inference, sources: Sequence[Source], surveys: Sequence[Survey], times: Times | None) -> Draft:
    """The draft with what was assumed, and what of it stands at the top of the file."""
    case = Case(replace(inferred.study, batteries=(*inferred.study.batteries, *inferred.drafts)), tuple(sources), (), inferred=True)
    unused = [line.removesuffix(NAMED) for line in told(Input(source.survey.name, "", 0, left_out(case, source)) for source in sources)]
    reading = [warning for survey in surveys for warning in survey.warnings]
    rest = [*reading, *_order(draft), *unused, *_several(times)]
    return replace(draft, beside=tuple(dict.fromkeys((*inferred.beside, *rest))), assumptions=(*inferred.assumptions, *rest))


def _order(draft: Draft) -> list[str]:
    """What is told where the files' own times say that the waves stand in another order."""
    dates = [wave.date for wave in draft.study.waves if wave.date]
    if len(dates) < 2 or dates == sorted(dates):
        return []
    return [f"the waves stand in the order in which their files were given, but by their times they are of {listing(dates)}: put the earliest first"]


def _several(times: Times | None) -> list[str]:
    """What is assumed where one file seems to hold several waves."""
    if times is None:
        return []
    return [f"column `{times.column.text}` tells {len(times.waves)} waves apart, in this order: {listing([f'`{wave}`' for wave in times.waves])}"]
