"""`init`: the study file that exports suggest."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rpgstat import read, tally
from rpgstat.errors import UserError
from rpgstat.study import to_toml
from rpgstat.workflow.case import PathLike, answers_of, wave_names


def init(exports: Sequence[PathLike], *, beside: PathLike | None = None, scale: Sequence[str] = (), platform: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a study file inferred from every row of `exports`, and what was assumed on the way.

    File names in it are relative to the folder `beside` (default: the working directory). Answers in no known order are drafted as comments,
    for the user to order; raises UserError when there is nothing to draft either.
    """
    if not exports:
        raise UserError("no export given", "rpgstat init wave-1.csv wave-2.xlsx -o study.toml")
    if "-" in map(str, exports):
        raise UserError("a study file cannot name standard input", "save the export to a file, and name that")
    surveys = [read.read(path, platform=platform) for path in exports]
    from rpgstat.infer.given import given_scales
    from rpgstat.infer.inference import infer

    inferred = infer(surveys, answers_of(surveys, tally.learn_all), wave_names(exports), declared=given_scales(scale), drafts_will_do=True)
    folder = Path.cwd() if beside is None else Path(beside).absolute()
    files = [os.path.relpath(Path(path).absolute(), folder).replace(os.sep, "/") for path in exports]
    waves = tuple(replace(wave, file=file, platform=platform) for wave, file in zip(inferred.study.waves, files, strict=True))
    content = to_toml(replace(inferred.study, waves=waves), comments=inferred.assumptions, drafts=inferred.drafts)
    return content, inferred.assumptions
