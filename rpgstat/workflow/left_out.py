"""The columns of an export that no result uses, so that none is left out without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rpgstat.glossary import LEFT_OUT
from rpgstat.result import Input, LeftOut, Result
from rpgstat.study import Column, Source, normalise
from rpgstat.text import listing, plural
from rpgstat.workflow.case import Case

NAMED = "; --verbose names them"


def left_out(case: Case, source: Source) -> tuple[LeftOut, ...]:
    """Every column of the file that is no item, group, id, weight or wave of the study, in the order of the file; ids are used to count people."""
    survey = source.survey
    used = _used(case, survey.columns)
    found = [column for column in (*survey.columns, *survey.aside) if column.name not in used and column.kind != "id"]
    return tuple(LeftOut(column.kind, column.label) for column in sorted(found, key=lambda column: int(column.name[1:])))


def _used(case: Case, columns: Sequence[Column]) -> set[str]:
    study = case.study
    named = [texts for _, item in study.items for texts in (item.lookups, item.before)] + [group.columns for group in study.groups]
    named += [(text,) for text in (study.id_column, study.wave_column, study.weight.column if study.weight else None, *case.asked) if text]
    known: dict[str, str] = {}
    for column in columns:
        for label in (column.text, column.label):
            known.setdefault(normalise(label), column.name)
    return {next((known[normalise(text)] for text in texts if normalise(text) in known), "") for texts in named}


def told(inputs: Iterable[Input]) -> list[str]:
    """A sentence for each file, or one for several that leave out alike: how many columns of each kind."""
    files: dict[str, list[str]] = {}
    for source in inputs:
        if source.left_out:
            files.setdefault(_counted(source.left_out), []).append(source.name)
    return [f"left out of {listing(names)}: {counted}{NAMED}" for counted, names in files.items()]


def _counted(left: Sequence[LeftOut]) -> str:
    kinds = Counter(one.kind for one in left)
    return f"{plural(len(left), 'column')} ({', '.join(f'{kinds[kind]} {word}' for kind, word in LEFT_OUT.items() if kinds[kind])})"


def listed(results: Iterable[Result]) -> list[str]:
    """A line for each column that is left out of a file."""
    inputs = {source.name: source for result in results for source in result.inputs}.values()
    return [f"left out of {source.name}: {one.text} ({LEFT_OUT[one.kind].removeprefix('of ')})" for source in inputs for one in source.left_out]
