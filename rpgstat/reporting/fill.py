"""`fill`, from a Word file with placeholders to the same file with results in their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from rpgstat import text
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary import COLUMNS
from rpgstat.media.document import Figure
from rpgstat.media.pages import WITHHELD, hidden
from rpgstat.media.style import STYLES, Style
from rpgstat.media.word.form import Answer, Form, Placeholder
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views import documents
from rpgstat.views.pictures import can_draw
from rpgstat.workflow import _breakdown, _compare, _reliability, _response, _score
from rpgstat.workflow._compare import CompareOptions
from rpgstat.workflow._indicators import indicators
from rpgstat.workflow._workforce import workforce
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.case import Case, found_study_named, open_case
from rpgstat.workflow.weighted import chosen_design

COMMANDS = ("score", "compare", "breakdown", "response", "reliability", "workforce", "indicators")
"""The commands that a placeholder can name."""

_GROUPED = frozenset({"breakdown"})  # commands that need to be told which groups
_OF_STUDY: Mapping[str, Callable[..., list[Result]]] = {"workforce": workforce, "indicators": indicators}
_WORDS = re.compile(r"(table|figure|value)\s*:\s*([^\[\]]+?)\s*((?:\[[^\[\]]*\]\s*)*)")
_QUALIFIER = re.compile(r"\s*(\w+)\s*=\s*(.*?)\s*(?:,(?=\s*\w+\s*=)|$)")
_TOLD = frozenset({"item", "text", "note", "verdict", "conclusion", "sentence", "method"})  # texts that tell of a row and do not name it
_LISTED = 20  # problems shown at a time


@record
class Filled:
    """A filled document and the results that went into it."""

    content: bytes
    results: tuple[Result, ...]

    def __repr__(self) -> str:
        return f"Filled: {len(self.content) / 1000:.0f} kB, of {len(self.results)} results"


@record
class _Wish:
    """What a placeholder asks for: the kind, the command, the rest of the name, and the columns that its rows are held to."""

    kind: str
    command: str
    rest: tuple[str, ...]
    qualifiers: Mapping[str, str]


def fill(
    template: PathLike,
    exports: Export = (),
    *,
    study: PathLike | None = None,
    style: str = "apa",
    scale: Names = (),
    platform: str | None = None,
) -> Filled:
    """Replaces each placeholder of a Word file by a table, a figure or a number; each command that they name runs once.

    `{{ table:compare }}` is a command's first result, `{{ table:breakdown.omnibus }}` another of its results, and
    `{{ value:compare.strain.p_value }}` a column of the row of an item, battery or group. `[wave=+3 years]` behind the name holds it to
    rows of that wave, `[by=role]` to that grouping. Raises UserError, listing every placeholder that cannot be filled.
    `exports` is a survey export or a list of them; without any, those of the study are read.

    >>> rpgstat.fill(example.parent / "report-template.docx", study=example).content[:2]
    b'PK'
    """
    if style not in STYLES:
        raise UserError(f"no style `{style}`", "give apa or gss")
    form = Form(Path(template))
    found, broken = form.placeholders(), form.broken()
    if not found and not broken:
        raise UserError(f"`{template}` has no placeholder", "type one into it, such as {{ table:compare }}")
    given = files((exports,))
    runs = _Runs(study, lambda: open_case(given, study, platform, by=_groups(found), scale=listed(scale), several=True))
    answers: dict[str, Answer] = {}
    problems = [f"`{words}`: half a placeholder, or one where none can be filled" for words in broken]
    for placeholder in found:
        try:
            answers[placeholder.words] = _answer(placeholder, runs, STYLES[style])
        except _UnfilledError as error:
            problems.append(f"`{placeholder.shown}`: {error}")
    if problems:
        _refuse(list(dict.fromkeys(problems)))
    results = runs.results()
    return Filled(form.filled(answers, STYLES[style], results[0].title if results else "", results), results)


_ON_CASE: Mapping[str, Callable[[Case, str], list[Result]]] = {
    "score": lambda case, _: _score.on_case(case, chosen_design(case)),
    "compare": lambda case, _: _compare.on_case(case, CompareOptions(), chosen_design(case)),
    "breakdown": lambda case, by: _breakdown.on_case(case, chosen_design(case), by=[by]),
    "response": lambda case, _: _response.on_case(case),
    "reliability": lambda case, _: _reliability.on_case(case),
}


class _UnfilledError(Exception):
    """Why a placeholder cannot be filled."""


def _refuse(problems: Sequence[str]) -> None:
    more = [f"and {len(problems) - _LISTED} more"] if len(problems) > _LISTED else []
    lines = "\n  ".join([*problems[:_LISTED], *more])
    hint = "correct them in the template: {{ table:compare }}, {{ figure:score }}, {{ value:compare.ITEM.COLUMN }}, with [wave=NAME] where several rows match"
    raise UserError(f"{text.plural(len(problems), 'placeholder')} cannot be filled, so nothing was written:\n  {lines}", hint)


class _Runs:
    """The commands that were run, each once for each grouping, on one case that `opened` opens when it is first asked."""

    def __init__(self, study: PathLike | None, opened: Callable[[], Case]) -> None:
        self._study, self._case = study, cache(opened)
        self._done: dict[tuple[str, str], list[Result] | _UnfilledError] = {}

    def of(self, command: str, by: str) -> list[Result]:
        """The results of a command. Raises _UnfilledError with its error, again for each placeholder that needs it."""
        key = command, by if command in _GROUPED else ""
        if key not in self._done:
            try:
                self._done[key] = self._run(command, by)
            except UserError as error:
                self._done[key] = _UnfilledError(f"{error.problem}; {error.hint}" if error.hint else error.problem)
        done = self._done[key]
        if isinstance(done, _UnfilledError):
            raise done
        return done

    def _run(self, command: str, by: str) -> list[Result]:
        if command in _OF_STUDY:
            return _OF_STUDY[command](study=self._study)
        with found_study_named(self._study):
            return _ON_CASE[command](self._case(), by)

    def results(self) -> tuple[Result, ...]:
        return tuple(result for done in self._done.values() if not isinstance(done, _UnfilledError) for result in done)


def _answer(placeholder: Placeholder, runs: _Runs, style: Style) -> Answer:
    wish = _wish(placeholder.words)
    if wish.kind != "value":
        _check_place(placeholder, wish.kind)
    if wish.command in _GROUPED and "by" not in wish.qualifiers:
        raise _UnfilledError(f"say which groups, as in [by=role]: `{wish.command}` needs to know")
    results = runs.of(wish.command, wish.qualifiers.get("by", ""))
    names = [result.name for result in results]
    named = wish.rest[0] if wish.rest and wish.rest[0] in names else ""
    first = next((result for result in results if can_draw(result.name)), results[0]) if wish.kind == "figure" else results[0]
    result = _held(results[names.index(named)] if named else first, wish.qualifiers)
    rest = wish.rest[1:] if named else wish.rest
    if wish.kind == "value":
        return _value(result, rest, style)
    if rest:
        raise _UnfilledError(f"`{wish.command}` has no result `{'.'.join(rest)}`; {did_you_mean('.'.join(rest), names)}")
    return documents.tables(result, style) if wish.kind == "table" else _figures(result, style, results)


def _wish(words: str) -> _Wish:
    match = _WORDS.fullmatch(words)
    if not match:
        raise _UnfilledError("not understood; it begins with table:, figure: or value:")
    command, *rest = (part.strip() for part in match[2].split("."))
    if command not in COMMANDS:
        raise _UnfilledError(f"no command `{command}`; {did_you_mean(command, COMMANDS)}")
    pairs = [(found[1], found[2]) for inside in re.findall(r"\[([^\[\]]*)\]", match[3]) for found in _QUALIFIER.finditer(inside)]
    if match[3] and not pairs:
        raise _UnfilledError("what stands in brackets is not understood; write [wave=NAME]")
    return _Wish(match[1], command, tuple(rest), dict(pairs))


def _groups(placeholders: Sequence[Placeholder]) -> list[str]:
    """The groups that any of the placeholders asks for."""
    wishes = []
    for placeholder in placeholders:
        with suppress(_UnfilledError):
            wishes.append(_wish(placeholder.words))
    return list(dict.fromkeys(wish.qualifiers["by"] for wish in wishes if wish.command in _GROUPED and "by" in wish.qualifiers))


def _check_place(placeholder: Placeholder, kind: str) -> None:
    if not placeholder.alone:
        raise _UnfilledError(f"a {kind} takes the place of a paragraph: nothing else may stand in it")
    if placeholder.place != "body":
        raise _UnfilledError(f"a {kind} cannot stand in a {placeholder.place}, only a value can")


def _held(result: Result, qualifiers: Mapping[str, str]) -> Result:
    """The result with only the rows that the qualifiers name."""
    frame = result.frame
    for column, wanted in qualifiers.items():
        if column not in frame.columns or COLUMNS[column].kind != "text":
            known = [name for name in frame.columns if COLUMNS[name].kind == "text"]
            raise _UnfilledError(f"`{result.name}` has no column `{column}` to choose rows by; {did_you_mean(column, known)}")
        values = frame[column].to_list()
        kept = [value is not None and _folded(value) == _folded(wanted) for value in values]
        if not any(kept):
            raise _UnfilledError(f"no {column} `{wanted}`; {did_you_mean(wanted, dict.fromkeys(value for value in values if value is not None))}")
        frame = frame.filter(pl.Series(kept))
    return replace(result, frame=frame)


def _folded(words: str) -> str:
    return text.one_line(words).replace("’", "'").casefold()


def _figures(result: Result, style: Style, results: Sequence[Result]) -> Sequence[Figure]:
    beside = [other for other in results if other.name != result.name]
    drawn = documents.picture(result, ".png", style, beside)
    if not drawn:
        raise _UnfilledError(f"`{result.name}` has no figure")
    return drawn


def _value(result: Result, rest: Sequence[str], style: Style) -> str:
    """The one number or text that the rest of the name leads to."""
    if not rest:
        raise _UnfilledError(f"name a row and a column, as in value:{result.name}.ITEM.COLUMN")
    *row, column = rest
    if column not in result.frame.columns:
        raise _UnfilledError(f"`{result.name}` has no column `{column}`; {did_you_mean(column, result.frame.columns)}")
    rows = _named(result, ".".join(row))
    if len(rows) > 1:
        raise _UnfilledError(f"{len(rows)} rows match: {'; '.join(_differences(rows))}")
    value, kind = rows[0][column], result.kind(column, rows[0])
    if value is not None:
        return text.one_line(style.cell(kind, value))
    if hidden(rows[0], column):
        return WITHHELD
    raise _UnfilledError(f"there is no value: {rows[0]['note'] or f'the row has no {COLUMNS[column].label.lower()}'}")


def _named(result: Result, name: str) -> list[dict[str, Any]]:
    """The rows that a name stands for: an item's id, the name of a battery or group, or the words of a statement; all rows without one.

    Of the rows of everyone and of groups, those of everyone are meant unless a group is named.
    """
    rows = result.rows
    if not name:
        return rows
    for names in (_first_names, _other_names):
        found = [row for row in rows if _folded(name) in map(_folded, names(row))]
        if found:
            everyone = [row for row in found if row.get("group") is None]
            return everyone if len(everyone) == 1 else found
    known = dict.fromkeys(words for names in (_first_names, _other_names) for row in rows for words in names(row))
    raise _UnfilledError(f"`{result.name}` has no row `{name}`; {did_you_mean(name, known)}")


def _first_names(row: Mapping[str, Any]) -> Iterator[str]:
    """What a row is called first of all: its item, or what stands for a whole battery."""
    keys = ("item",) if row.get("item") is not None else ("battery", "group", "measure", "series")
    yield from (row[key] for key in keys if row.get(key) is not None)


def _other_names(row: Mapping[str, Any]) -> Iterator[str]:
    yield from (row[key] for key in ("text", "wave", "area", "period", "event", "other") if row.get(key) is not None)


def _differences(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """How the rows differ, as qualifiers that would choose among them."""
    for key in (key for key in rows[0] if COLUMNS[key].kind == "text" and key not in _TOLD):
        values = list(dict.fromkeys(row[key] for row in rows if row[key] is not None))
        if len(values) > 1:
            yield "add " + text.listing([f"[{key}={value}]" for value in values[:5]], "or")
