"""`init`: the study file that exports suggest."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rpgstat import read, tally
from rpgstat.errors import UserError
from rpgstat.read.coding import surely_coded
from rpgstat.result import Input
from rpgstat.study import Source, Study, Survey, Wave, normalise, persons
from rpgstat.study.questions import Question
from rpgstat.study.write import to_toml
from rpgstat.tally import Answers
from rpgstat.text import listing
from rpgstat.workflow import rounds
from rpgstat.workflow.arguments import Names, PathLike, listed
from rpgstat.workflow.case import Case, answers_of, wave_names
from rpgstat.workflow.left_out import NAMED, left_out, told
from rpgstat.workflow.suggested import Suggestion, suggestions

if TYPE_CHECKING:
    from rpgstat.infer.inference import Inference
    from rpgstat.infer.waves import Times


def init(
    exports: PathLike | Sequence[PathLike], *, beside: PathLike | None = None, scale: Names = (), platform: str | None = None
) -> tuple[str, tuple[str, ...]]:
    """The text of a study file inferred from every row of `exports`, and what was assumed on the way.

    File names in it are relative to the folder `beside` (default: the working directory). Answers in no known order are drafted as comments,
    for the user to order. Files of coded material are drafted as such. Raises UserError when there is nothing to draft either.

    >>> content, assumed = rpgstat.init([example.parent / "wave-1.csv", example.parent / "wave-3.xlsx"], beside=example.parent)
    >>> 'file = "wave-1.csv"' in content, len(assumed) > 3
    (True, True)
    """
    exports = [exports] if isinstance(exports, str | Path) else list(exports)
    _check_files(exports)
    folder = Path.cwd() if beside is None else Path(beside).absolute()
    if all(surely_coded(path) for path in exports):
        from rpgstat.workflow.coded_draft import coded_draft  # only coding files need it

        return coded_draft(exports, folder)
    return _of_survey(exports, folder, listed(scale), platform)


def _of_survey(exports: Sequence[PathLike], folder: Path, scale: Sequence[str], platform: str | None) -> tuple[str, tuple[str, ...]]:
    """What the exports of a survey suggest."""
    surveys = [read.read(path, platform=platform) for path in exports]
    from rpgstat.infer.given import given_scales
    from rpgstat.infer.inference import infer
    from rpgstat.infer.waves import times_in

    sources = [_respondents(Source(survey, (wave,))) for survey, wave in zip(surveys, wave_names(exports), strict=True)]
    surveys = [source.survey for source in sources]
    answers = answers_of(surveys, tally.learn_all)
    inferred = infer(surveys, answers, wave_names(exports), declared=given_scales(tuple(scale)), drafts_will_do=True)
    times = (rounds.times(surveys[0]) or times_in(surveys[0], answers[0])) if len(surveys) == 1 else None
    case = Case(replace(inferred.study, batteries=(*inferred.study.batteries, *inferred.drafts)), tuple(sources), (), inferred=True)
    unused = [line.removesuffix(NAMED) for line in told(Input(source.survey.name, "", 0, left_out(case, source)) for source in sources)]
    told_on_reading = [warning for survey in surveys for warning in survey.warnings]
    assumptions = (*inferred.assumptions, *told_on_reading, *unused, *_several(times))
    files = [os.path.relpath(Path(path).absolute(), folder).replace(os.sep, "/") for path in exports]
    waves = tuple(replace(wave, file=file, platform=platform) for wave, file in zip(inferred.study.waves, files, strict=True))
    suggested = suggestions(surveys, (*inferred.study.batteries, *inferred.drafts))
    study = replace(inferred.study, waves=waves, questions=_questions(surveys, answers, inferred, times))
    if times:
        study, suggested = _in_one_file(study, times, suggested)
    content = to_toml(study, comments=assumptions, drafts=inferred.drafts, suggested=suggested)
    return content, assumptions


def _questions(surveys: Sequence[Survey], answers: Sequence[Answers], inferred: Inference, times: Times | None) -> tuple[Question, ...]:
    """The closed questions outside batteries; an answer that few gave, or that may tell of somebody, is not written down."""
    from rpgstat.infer.questions import questions_in

    batteries = inferred.study.batteries or inferred.drafts  # beside batteries drafts are comments, and their statements questions of their own
    items = [item for battery in batteries for item in battery.items]
    others = [*(text for item in items for text in item.lookups), *([times.column.label] if times else [])]
    found = questions_in(surveys, answers, (), others, (item.id for item in (*items, *(i for draft in inferred.drafts for i in draft.items))))
    return tuple(question if _may_list(question, surveys, answers) else replace(question, options=()) for question in found)


def _may_list(question: Question, surveys: Sequence[Survey], answers: Sequence[Answers]) -> bool:
    people: Counter[str] = Counter()
    for survey, seen in zip(surveys, answers, strict=True):
        column = survey.only(question.lookups[0])
        people.update({normalise(answer): n for answer, n in seen.get(column.name, {}).items()} if column else {})
    return all(people[normalise(option)] >= persons.SAFE and persons.may_show(option, people[normalise(option)]) for option in question.options)


def _respondents(source: Source) -> Source:
    """The source without what is no respondent; whole where nobody would be left, as in a file of tests only: its questions are real."""
    try:
        return tally.standing(source)[0]
    except UserError:
        return source


def _check_files(exports: Sequence[Any]) -> None:
    """Raises UserError for what a study file cannot name."""
    if not exports:
        raise UserError("no export given", "rpgstat init wave-1.csv wave-2.xlsx -o study.toml")
    for path in exports:
        if not isinstance(path, str | Path):
            raise UserError("a study file cannot name a table in memory", "save it to a file, and name that")
        if str(path) == "-":
            raise UserError("a study file cannot name standard input", "save the export to a file, and name that")
        if read.legible(str(path)) != str(path):
            raise UserError(f"a study file cannot name `{read.legible(str(path))}`: its name is not UTF-8", "rename the file")


def _in_one_file(study: Study, times: Times, suggested: Sequence[Suggestion]) -> tuple[Study, tuple[Suggestion, ...]]:
    """The study with the waves that a column of its one file tells apart, which is then no group."""
    ((file, platform),) = [(wave.file, wave.platform) for wave in study.waves]
    others = tuple((group, remark) for group, remark in suggested if times.column.text not in group.columns)
    waves = tuple(map(Wave, times.waves))
    return replace(study, waves=waves, data_file=file, data_platform=platform, wave_column=times.column.text), others


def _several(times: Times | None) -> list[str]:
    """What is assumed where one file seems to hold several waves."""
    if times is None:
        return []
    return [f"column `{times.column.text}` tells {len(times.waves)} waves apart, in this order: {listing([f'`{wave}`' for wave in times.waves])}"]
