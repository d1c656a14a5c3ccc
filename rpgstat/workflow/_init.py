"""`init`: the study file that exports suggest."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rpgstat import read, tally
from rpgstat.errors import UserError
from rpgstat.result import Input
from rpgstat.study import Source, to_toml
from rpgstat.workflow.case import Case, PathLike, answers_of, wave_names
from rpgstat.workflow.left_out import NAMED, left_out, told
from rpgstat.workflow.suggested import suggestions


def init(exports: Sequence[PathLike], *, beside: PathLike | None = None, platform: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a study file inferred from every row of `exports`, and what was assumed on the way.

    File names in it are relative to the folder `beside` (default: the working directory). Answers in no known order are drafted as comments,
    for the user to order; raises UserError when there is nothing to draft either.
    """
    if not exports:
        raise UserError("no export given", "rpgstat init wave-1.csv wave-2.xlsx -o study.toml")
    if "-" in map(str, exports):
        raise UserError("a study file cannot name standard input", "save the export to a file, and name that")
    for path in exports:
        if read.legible(str(path)) != str(path):
            raise UserError(f"a study file cannot name `{read.legible(str(path))}`: its name is not UTF-8", "rename the file")
    surveys = [read.read(path, platform=platform) for path in exports]
    from rpgstat.infer.inference import infer

    inferred = infer(surveys, answers_of(surveys, tally.learn_all), wave_names(exports), drafts_will_do=True)
    sources = tuple(Source(survey, (wave.name,)) for survey, wave in zip(surveys, inferred.study.waves, strict=True))
    case = Case(replace(inferred.study, batteries=(*inferred.study.batteries, *inferred.drafts)), sources, (), inferred=True)
    unused = [line.removesuffix(NAMED) for line in told(Input(source.survey.name, "", 0, left_out(case, source)) for source in sources)]
    assumptions = (*inferred.assumptions, *unused)
    folder = Path.cwd() if beside is None else Path(beside).absolute()
    files = [os.path.relpath(Path(path).absolute(), folder).replace(os.sep, "/") for path in exports]
    waves = tuple(replace(wave, file=file, platform=platform) for wave, file in zip(inferred.study.waves, files, strict=True))
    suggested = suggestions(surveys, (*inferred.study.batteries, *inferred.drafts))
    content = to_toml(replace(inferred.study, waves=waves), comments=assumptions, drafts=inferred.drafts, suggested=suggested)
    return content, assumptions
