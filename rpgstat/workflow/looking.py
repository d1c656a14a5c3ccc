"""Opens a study and its exports for a check: what would stop any other command is a finding here, as far as a file can be read at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rpgstat import read, tally
from rpgstat.errors import UserError
from rpgstat.infer.catalogue import with_families
from rpgstat.record import record
from rpgstat.study import Source, Study, Survey, normalise
from rpgstat.study.looked import Twice
from rpgstat.study.questions import Question
from rpgstat.workflow import rounds
from rpgstat.workflow.arguments import PathLike
from rpgstat.workflow.case import FOUND, answers_of, declared_sources, refuse_study_as_export, wave_names
from rpgstat.workflow.study_file import declared_study, study_path

if TYPE_CHECKING:
    from rpgstat.infer.waves import Times


@record
class Opened:
    """The study, declared or inferred, the surveys behind its waves, and the headings that nothing tells apart.

    `events` are by file the rounds of which none is chosen. `questions` are those outside batteries. `answers` are, without a study, by file those
    of all columns.
    """

    study: Study
    sources: tuple[Source, ...]
    inferred: bool
    warnings: tuple[str, ...] = ()
    twice: tuple[Twice, ...] = ()
    events: tuple[tuple[str, ...], ...] = ()
    questions: tuple[Question, ...] = ()
    answers: Sequence[tally.Answers] = ()


def open_to_look(exports: Sequence[PathLike], study: PathLike | None, platform: str | None, scale: Sequence[str]) -> Opened:
    """The study and its surveys. Raises UserError for a study or a file that cannot be read."""
    refuse_study_as_export(exports)
    path = study_path(study)
    if path is None:
        if not exports:
            raise UserError("no export given, and no study.toml here", "name your exports: rpgstat check wave-1.csv wave-2.csv; or try rpgstat demo")
        return _bare(exports, platform, scale)
    if scale:
        raise UserError(f"--scale is for exports without a study file, and {path.name} declares the scales", "correct them there, or run from another folder")
    declared = with_families(declared_study(path, whole=True))
    declared, sources = declared_sources(declared, exports, path.parent, platform, choose=_chosen)
    events = tuple(_events(source, declared) for source in sources)
    told = () if study is not None else (FOUND,)
    asked, twice = zip(*(_asking(source.survey, declared.headers) for source in sources), strict=True)
    settled = tuple(_respondents(replace(source, survey=survey), declared) for source, survey in zip(sources, asked, strict=True))
    return Opened(declared, settled, False, told, tuple(one for own in twice for one in own), events, declared.questions)


def _chosen(survey: Survey, event: str | None) -> Survey:
    return survey if event is None else rounds.chosen(survey, event)


def _events(source: Source, study: Study) -> tuple[str, ...]:
    """The rounds of a file of which its wave chooses none."""
    chosen = {wave.name for wave in study.waves if wave.event is not None}
    return () if source.survey.events is None or source.wave_column is not None or chosen & set(source.waves) else source.survey.waves


def _asking(survey: Survey, headers: Sequence[str]) -> tuple[Survey, tuple[Twice, ...]]:
    """The survey with the columns that were left out on reading and are declared, and the headings that several of its columns have."""
    twice = []
    for text in headers:
        try:
            survey = survey.asking([text])
        except UserError:
            twice.append(Twice(survey.name, text, sum(normalise(text) in (normalise(one.text), normalise(one.label)) for one in survey.aside)))
            continue
        found = survey.named(text)
        if len(found) > 1 and not all(column.kind in ("tick", "ranking") for column in found):
            twice.append(Twice(survey.name, text, len(found)))
    return survey, tuple(dict.fromkeys(twice))


def _respondents(source: Source, study: Study | None) -> Source:
    """The source with its respondents only; all its rows where nobody would be left, and what these are."""
    try:
        return tally.standing(source, study)[0]
    except UserError:
        try:
            return replace(source, standings=tally.standings(source, study))
        except UserError:
            return source


def _bare(exports: Sequence[PathLike], platform: str | None, scale: Sequence[str]) -> Opened:
    """The study that exports suggest, with the statements whose scale the answers do not settle and the questions outside batteries."""
    from rpgstat.infer.given import given_scales
    from rpgstat.infer.inference import infer
    from rpgstat.infer.waves import times_in

    surveys = [read.read(path, platform=platform) for path in exports]
    names = wave_names(exports)
    alone = len(surveys) == 1 and surveys[0].events is not None
    sources = [rounds.whole(surveys[0], names[0], alone=True)] if alone else [Source(survey, (name,)) for survey, name in zip(surveys, names, strict=True)]
    sources = [_respondents(source, None) for source in sources]
    surveys = [source.survey for source in sources]
    answers = answers_of(surveys, tally.learn_all)
    inferred = infer(surveys, answers, names, declared=given_scales(tuple(scale)), drafts_will_do=True, join_alike=True)
    study = replace(inferred.study, batteries=(*inferred.study.batteries, *(draft for draft in inferred.drafts if draft.scale.choices)))
    if alone:
        return _made(rounds.apart(study, sources[0]), sources, answers, inferred.assumptions, [None])
    times = [times_in(survey, seen) for survey, seen in zip(surveys, answers, strict=True)]
    return _made(study, sources, answers, inferred.assumptions, times)


def _made(study: Study, sources: Sequence[Source], answers: Sequence[tally.Answers], told: tuple[str, ...], times: Sequence[Times | None]) -> Opened:
    """What exports make, with the column of each that seems to tell `times` apart."""
    from rpgstat.infer.questions import questions_in

    surveys = [source.survey for source in sources]
    apart = tuple(replace(source, pooled=found.column.text if found else None) for source, found in zip(sources, times, strict=True))
    none = sources[0].wave_column is not None
    events = tuple(() if none else survey.waves if survey.events else found.waves if found else () for survey, found in zip(surveys, times, strict=True))
    items = [item for _, item in study.items]
    others = [*(text for item in items for text in item.lookups), *(found.column.label for found in times if found), *_marked(surveys)]
    questions = questions_in(surveys, answers, (), others, (item.id for item in items))
    return Opened(study, apart, True, told, tuple(one for survey in surveys for one in _headings(survey)), events, questions, answers)


def _marked(surveys: Sequence[Survey]) -> list[str]:
    """The columns by which a platform marks rows, such as consent, and its rounds."""
    names = [{mark.name for mark in survey.marks} for survey in surveys]
    own = [column.label for survey, marks in zip(surveys, names, strict=True) for column in survey.columns if column.name in marks]
    return [*own, *(survey.events for survey in surveys if survey.events)]


def _headings(survey: Survey) -> list[Twice]:
    """The headings of closed questions that several columns have and that no short name tells apart."""
    labels = Counter(normalise(column.label) for column in survey.columns if column.kind == "answer")
    first = {normalise(column.label): column for column in reversed(survey.columns) if column.placed or not column.variable}
    return [Twice(survey.name, first[label].label, n) for label, n in labels.items() if n > 1 and label in first]
