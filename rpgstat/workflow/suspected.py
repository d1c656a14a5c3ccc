"""The one line by which a command says that `check` has found something, where what the command has read and counted anyway is enough to tell."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rpgstat.result import Input
from rpgstat.study import Tally
from rpgstat.workflow.case import Case

if TYPE_CHECKING:
    from rpgstat.study.looked import Looked


def suspected(case: Case, counted: Tally, inputs: Sequence[Input]) -> list[str]:
    """The line, where there is an error or a warning from W201 to W207; the checks are loaded where something speaks for one only."""
    if not any(_signs(case, counted, inputs)):
        return []
    from rpgstat.analyses.check import counted as in_words
    from rpgstat.checks import cheap_findings
    from rpgstat.glossary.languages import in_english
    from rpgstat.glossary.sentences import say

    levels = [found.level for found in cheap_findings(_looked(case, counted, inputs), case.study.ignore)]
    files = [shlex.quote(source.survey.name) for source in case.sources] if case.inferred else []
    with in_english():
        return [say("check.first", told=in_words(levels), command=" ".join(["rpgstat check", *files]))] if levels else []


def _signs(case: Case, counted: Tally, inputs: Sequence[Input]) -> Iterator[bool]:
    """Whether anything speaks for a finding."""
    yield len({one.sha256 for one in inputs}) < len(inputs)
    for source in case.sources:
        yield bool(source.standings) or source.pooled is not None or any(column.damaged for column in source.survey.columns)
    for battery in case.study.batteries:
        yield bool(battery.doubt or battery.scale.choices) or (case.inferred and not battery.scale.labelled)
    for wave in case.study.waves:
        yield wave.invited is not None and counted.returned.get(wave.name, 0) > wave.invited
    files = case.shared.files
    if files is not None:
        yield any(file.again for file in files.each) or any(len(columns) < len(case.study.items) for columns in files.columns)


def _looked(case: Case, counted: Tally, inputs: Sequence[Input]) -> Looked:
    """What is known without looking."""
    from rpgstat.study.looked import Absent, File, Looked

    coded = case.shared.files.each if case.shared.files is not None else []
    again = [{file.source.waves[0]: file.again} if file.again else {} for file in coded] or [{} for _ in case.sources]
    files, absent = [], []
    for source, given, repeated in zip(case.sources, inputs, again, strict=True):
        columns = source.survey.columns
        ids = next((column for column in columns if column.kind == "id"), None) or columns[0]
        damaged = tuple(column for column in columns if column.damaged)
        files.append(File(source, given.sha256, again=repeated, ids=ids, damaged=damaged, events=(source.pooled,) if source.pooled else ()))
    for source, own in zip(case.sources, case.shared.files.columns if case.shared.files is not None else [], strict=False):
        asked = [item for _, item in case.study.items if item.before or not source.retrospective]  # of others nobody said how it was
        lacking = [item for item in asked if item.id not in own]
        absent += [Absent("item", item.id, wave, source.survey.name, item.text) for item in lacking for wave in source.waves]
    return Looked(case.study, case.inferred, tuple(files), absent=tuple(absent), returned=counted.returned)
