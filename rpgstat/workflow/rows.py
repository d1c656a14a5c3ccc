"""Rows of results by the names that Word templates and study files call them by: `compare.strain`, `workforce.vacancies [period=2018]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import polars as pl

from rpgstat import text
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary import COLUMNS
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.workflow import _breakdown, _compare, _reliability, _response, _score
from rpgstat.workflow._agreement import agreement
from rpgstat.workflow._compare import CompareOptions
from rpgstat.workflow._indicators import indicators
from rpgstat.workflow._themes import themes
from rpgstat.workflow._workforce import workforce
from rpgstat.workflow.arguments import PathLike
from rpgstat.workflow.case import Case, found_study_named
from rpgstat.workflow.weighted import chosen_design

COMMANDS = ("score", "compare", "breakdown", "response", "reliability", "topline", "themes", "agreement", "joint", "workforce", "indicators")
"""The commands whose rows have names."""

GROUPED = frozenset({"breakdown"})
"""Commands that need to be told which groups."""

_OF_STUDY: Mapping[str, Callable[..., list[Result]]] = {
    "themes": themes,
    "agreement": agreement,
    "joint": lambda study: _joint(study=study),
    "topline": lambda study: _topline(study=study),
    "workforce": workforce,
    "indicators": indicators,
}


def _joint(*, study: PathLike | None) -> list[Result]:
    from rpgstat.workflow._joint import joint  # which looks up rows itself

    return joint(study=study)


def _topline(*, study: PathLike | None) -> list[Result]:
    from rpgstat.workflow._topline import topline  # which few ask for

    return topline(study=study)


_NAME = re.compile(r"\s*([^\[\]]+?)\s*((?:\[[^\[\]]*\]\s*)*)")
_QUALIFIER = re.compile(r"\s*(\w+)\s*=\s*(.*?)\s*(?:,(?=\s*\w+\s*=)|$)")
_TOLD = frozenset({"item", "text", "note", "verdict", "conclusion", "sentence", "method"})  # texts that tell of a row and do not name it


class UnfoundError(Exception):
    """Why a name leads to no row."""


@record
class Name:
    """The command, the rest of the name, and the columns that its rows are held to."""

    command: str
    rest: tuple[str, ...]
    qualifiers: Mapping[str, str]


def parsed(words: str, known: Sequence[str] = COMMANDS) -> Name:
    """A name in its parts. Raises UnfoundError for one that is not understood, or of a command that is not `known`."""
    match = _NAME.fullmatch(words)
    if not match:
        raise UnfoundError("not understood; write a command, a row and what holds it, as in compare.strain [wave=+3 years]")
    command, *rest = (part.strip() for part in match[1].split("."))
    if command not in known:
        raise UnfoundError(f"no command `{command}`; {did_you_mean(command, known)}")
    pairs = [(found[1], found[2]) for inside in re.findall(r"\[([^\[\]]*)\]", match[2]) for found in _QUALIFIER.finditer(inside)]
    if match[2] and not pairs:
        raise UnfoundError("what stands in brackets is not understood; write [wave=NAME]")
    return Name(command, tuple(rest), dict(pairs))


class Runs:
    """The commands that were run, each once for each grouping, on one case that `opened` opens when it is first asked."""

    def __init__(self, study: PathLike | None, opened: Callable[[], Case]) -> None:
        self._study, self._case = study, cache(opened)
        self._done: dict[tuple[str, str], list[Result] | UnfoundError] = {}

    def named(self, name: Name) -> list[Result]:
        """The results that a name is about: of its command, or of that command asked for what the name is of. Raises as `of` does."""
        if name.command != "compare":
            return self.of(name.command, name.qualifiers.get("by", ""))
        first = name.rest[0] if name.rest else ""
        return self.of(_ASKED.get(first, "compare --paired" if name.qualifiers.get("design") == "paired" else "compare"), "")

    def of(self, command: str, by: str) -> list[Result]:
        """The results of a command. Raises UnfoundError with its error, again for each name that needs it."""
        key = command, by if command in GROUPED else ""
        if key not in self._done:
            try:
                self._done[key] = self._run(command, by)
            except UserError as error:
                self._done[key] = UnfoundError(f"{error.problem}; {error.hint}" if error.hint else error.problem)
        done = self._done[key]
        if isinstance(done, UnfoundError):
            raise done
        return done

    def _run(self, command: str, by: str) -> list[Result]:
        if command in _OF_STUDY:
            return _OF_STUDY[command](study=self._study)
        with found_study_named(self._study):
            return _ON_CASE[command](self._case(), by)

    def results(self) -> tuple[Result, ...]:
        """All results that were made."""
        return tuple(result for done in self._done.values() if not isinstance(done, UnfoundError) for result in done)


_ASKED = {"trend_waves": "compare --trend", "omnibus": "compare --trend", "transitions": "compare --paired --moves"}
"""Results of `compare` that are there only when they are asked for, and how."""


def _trend(case: Case, _: str) -> list[Result]:
    from rpgstat.workflow._trend import Wish, trend_on_case  # which few ask for

    return trend_on_case(case, chosen_design(case), Wish())


_PAIRED = CompareOptions(design="paired")

_ON_CASE: Mapping[str, Callable[[Case, str], list[Result]]] = {
    "score": lambda case, _: _score.on_case(case, chosen_design(case)),
    "compare": lambda case, _: _compare.on_case(case, CompareOptions(), chosen_design(case)),
    "compare --trend": _trend,
    "compare --paired": lambda case, _: _compare.on_case(case, _PAIRED, chosen_design(case, unweighted=True)),
    "compare --paired --moves": lambda case, _: _compare.on_case(case, _PAIRED, chosen_design(case, unweighted=True), moves=True),
    "breakdown": lambda case, by: _breakdown.on_case(case, chosen_design(case), by=[by]),
    "response": lambda case, _: _response.on_case(case),
    "reliability": lambda case, _: _reliability.on_case(case),
}


def held(result: Result, qualifiers: Mapping[str, str]) -> Result:
    """The result with only the rows that the qualifiers name."""
    frame = result.frame
    for column, wanted in qualifiers.items():
        if column not in frame.columns or COLUMNS[column].kind != "text":
            known = [name for name in frame.columns if COLUMNS[name].kind == "text"]
            raise UnfoundError(f"`{result.name}` has no column `{column}` to choose rows by; {did_you_mean(column, known)}")
        values = frame[column].to_list()
        kept = [value is not None and _folded(value) == _folded(wanted) for value in values]
        if not any(kept):
            raise UnfoundError(f"no {column} `{wanted}`; {did_you_mean(wanted, dict.fromkeys(value for value in values if value is not None))}")
        frame = frame.filter(pl.Series(kept))
    return replace(result, frame=frame)


def _folded(words: str) -> str:
    return text.one_line(words).replace("’", "'").casefold()


def named(result: Result, name: str) -> list[dict[str, Any]]:
    """The rows that a name stands for: an item's id, the name of a battery or group, or the words of a statement; all rows without one.

    Of the rows of everyone and of groups, those of everyone are meant unless a group is named.
    """
    ids = result.options.get("ids", {})
    rows = [row | {"id": ids.get(row["theme"])} for row in result.rows] if ids and "theme" in result.frame.columns else result.rows
    if not name:
        return rows
    for names in (_first_names, _other_names):
        found = [row for row in rows if _folded(name) in map(_folded, names(row))]
        if found:
            everyone = [row for row in found if row.get("group") is None]
            return _answers(everyone) if len(everyone) == 1 or "kind" in rows[0] else found
    known = dict.fromkeys(words for names in (_first_names, _other_names) for row in rows for words in names(row))
    raise UnfoundError(f"`{result.name}` has no row `{name}`; {did_you_mean(name, known)}")


def _answers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of a theme the row of the theme itself, not of a code below it, and of answers before that of interviews; of a question that of all options."""
    whole = [row for row in rows if row.get("code") is None and row.get("option") is None] or rows
    return [row for row in whole if row.get("kind") == "answers"] or whole


def _first_names(row: Mapping[str, Any]) -> Iterator[str]:
    """What a row is called first of all: its item, theme or question, or what stands for a whole battery."""
    if row.get("theme") is not None:
        yield row["theme"]
        yield from _ids(row)
    if row.get("question") is not None:
        yield row["question"]
    keys = ("item",) if row.get("item") is not None else ("battery", "group", "measure", "series")
    yield from (row[key] for key in keys if row.get(key) is not None)


def _other_names(row: Mapping[str, Any]) -> Iterator[str]:
    yield from (row[key] for key in ("text", "wave", "area", "period", "event", "other") if row.get(key) is not None)


def differences(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """How the rows differ, as qualifiers that would choose among them."""
    for key in (key for key in rows[0] if COLUMNS[key].kind == "text" and key not in _TOLD):
        values = list(dict.fromkeys(row[key] for row in rows if row[key] is not None))
        if len(values) > 1:
            yield "add " + text.listing([f"[{key}={value}]" for value in values[:5]], "or")


def _ids(row: Mapping[str, Any]) -> Iterator[str]:
    """The short name of a theme that the study declares, put beside the row while it is looked for."""
    if row.get("id") is not None:
        yield row["id"]
