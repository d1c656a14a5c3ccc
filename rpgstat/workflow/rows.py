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
from rpgstat.workflow._compare import CompareOptions
from rpgstat.workflow.arguments import PathLike
from rpgstat.workflow.by_group import NothingToShowError
from rpgstat.workflow.case import Case, found_study_named
from rpgstat.workflow.weighted import chosen_design

COMMANDS = (
    "score",
    "compare",
    "breakdown",
    "response",
    "reliability",
    "topline",
    "themes",
    "agreement",
    "joint",
    "theory",
    "timeline",
    "workforce",
    "indicators",
)
"""The commands whose rows have names."""

_PARTS = {"quotes": "themes"}
"""A result that is called by its own name -> the command that makes it."""

GROUPED = frozenset({"breakdown"})
"""Commands that need to be told which groups."""

_OF_STUDY = frozenset({"themes", "agreement", "joint", "theory", "timeline", "topline", "workforce", "indicators"})
"""Commands that open the study themselves."""

_WITHOUT_LEVEL = frozenset({"timeline"})
"""Those of them without intervals."""

_NAME = re.compile(r"\s*([^\[\]]+?)\s*((?:\[[^\[\]]*\]\s*)*)")
_QUALIFIER = re.compile(r"\s*(\w+)\s*=\s*(.*?)\s*(?:,(?=\s*\w+\s*=)|$)")
_TOLD = frozenset({"item", "text", "note", "verdict", "conclusion", "sentence", "method"})  # texts that tell of a row and do not name it


class UnfoundError(Exception):
    """Why a name leads to no row."""


class WithheldError(UnfoundError):
    """That nothing of what a name leads to may be shown."""


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
    if command in _PARTS:
        command, rest = _PARTS[command], [command, *rest]
    if command not in known:
        raise UnfoundError(f"no command `{command}`; {did_you_mean(command, known)}")
    pairs = [(found[1], found[2]) for inside in re.findall(r"\[([^\[\]]*)\]", match[2]) for found in _QUALIFIER.finditer(inside)]
    if match[2] and not pairs:
        raise UnfoundError("what stands in brackets is not understood; write [wave=NAME]")
    return Name(command, tuple(rest), dict(pairs))


class Runs:
    """The commands that were run, each once for each grouping, on one case that `opened` opens when it is first asked; 1 - `alpha` is their level."""

    def __init__(self, study: PathLike | None, opened: Callable[[], Case], alpha: float = 0.05) -> None:
        self._study, self._case, self._alpha = study, cache(opened), alpha
        self._done: dict[tuple[str, str], list[Result] | UnfoundError] = {}

    def named(self, name: Name) -> list[Result]:
        """The results that a name is about: of its command, or of that command asked for what the name is of. Raises as `of` does."""
        if name.command != "compare":
            return self.of(name.command, name.qualifiers.get("by", ""))
        first = name.rest[0] if name.rest else ""
        return self.of(_ASKED.get(first, "compare --paired" if name.qualifiers.get("design") == "paired" else "compare"), "")

    def have(self, command: str, results: Sequence[Result], by: str = "") -> None:
        """Results of a command that were made before."""
        if results:
            self._done[command, by] = list(results)

    def of(self, command: str, by: str) -> list[Result]:
        """The results of a command. Raises UnfoundError with its error, again for each name that needs it."""
        key = command, by if command in GROUPED else ""
        if key not in self._done:
            try:
                self._done[key] = self._run(command, by)
            except UserError as error:
                kind = WithheldError if isinstance(error, NothingToShowError) else UnfoundError
                self._done[key] = kind(f"{error.problem}; {error.hint}" if error.hint else error.problem)
        done = self._done[key]
        if isinstance(done, UnfoundError):
            raise done
        return done

    def _run(self, command: str, by: str) -> list[Result]:
        if command in _OF_STUDY:
            from rpgstat import workflow  # each loads what it needs itself

            level = {} if command in _WITHOUT_LEVEL else {"alpha": self._alpha}
            found: list[Result] = getattr(workflow, command)(study=self._study, **level)
            return found
        with found_study_named(self._study):
            return _ON_CASE[command](self._case(), by, self._alpha)

    def results(self) -> tuple[Result, ...]:
        """All results that were made."""
        return tuple(result for done in self._done.values() if not isinstance(done, UnfoundError) for result in done)


_ASKED = {"trend_waves": "compare --trend", "omnibus": "compare --trend", "transitions": "compare --paired --moves"}
"""Results of `compare` that are there only when they are asked for, and how."""


def _trend(case: Case, alpha: float) -> list[Result]:
    from rpgstat.workflow._trend import Wish, trend_on_case  # which few ask for

    return trend_on_case(case, chosen_design(case), Wish(alpha=alpha))


def _paired(case: Case, alpha: float, *, moves: bool = False) -> list[Result]:
    return _compare.on_case(case, CompareOptions(alpha=alpha, design="paired"), chosen_design(case, unweighted=True), moves=moves)


_ON_CASE: Mapping[str, Callable[[Case, str, float], list[Result]]] = {
    "score": lambda case, _, alpha: _score.on_case(case, chosen_design(case), alpha=alpha),
    "compare": lambda case, _, alpha: _compare.on_case(case, CompareOptions(alpha=alpha), chosen_design(case)),
    "compare --trend": lambda case, _, alpha: _trend(case, alpha),
    "compare --paired": lambda case, _, alpha: _paired(case, alpha),
    "compare --paired --moves": lambda case, _, alpha: _paired(case, alpha, moves=True),
    "breakdown": lambda case, by, alpha: _breakdown.on_case(case, chosen_design(case), by=[by], alpha=alpha),
    "response": lambda case, _, __: _response.on_case(case),
    "reliability": lambda case, _, alpha: _reliability.on_case(case, alpha=alpha),
}


def chosen(name: str, runs: Runs) -> tuple[Result, list[dict[str, Any]]]:
    """The result that a name leads to, and the rows of it that are meant. Raises UnfoundError where it leads to none."""
    wish = parsed(name)
    result, rest = part(runs.named(wish), wish)
    return result, named(result, ".".join(rest))


def value(name: str, runs: Runs) -> str:
    """The number or text that a name with a column leads to, as it stands in a sentence. Raises UnfoundError where it leads to none."""
    wish = parsed(name)
    result, rest = part(runs.named(wish), wish)
    row, column = single(result, rest)
    if row[column] is None:
        raise no_value(row, column)
    return text.one_line(text.cell(result.kind(column, row), row[column]))


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
    key = "quote" if result.name == "quotes" else "theme"
    rows = [row | {"id": ids.get(row[key])} for row in result.rows] if ids and key in result.frame.columns else result.rows
    if not name:
        return rows
    for names in (_first_names, _other_names):
        found = [row for row in rows if _folded(name) in map(_folded, names(row))]
        if found:
            everyone = [row for row in found if row.get("group") is None]
            return _answers(everyone) if len(everyone) == 1 or {"kind", "code"} & rows[0].keys() else found
    known = dict.fromkeys(words for names in (_first_names, _other_names) for row in rows for words in names(row))
    raise UnfoundError(f"`{result.name}` has no row `{name}`; {did_you_mean(name, known)}")


def single(result: Result, rest: Sequence[str]) -> tuple[dict[str, Any], str]:
    """The one row, and the column, that the rest of a name leads to. Raises UnfoundError where that is none or several."""
    if not rest:
        raise UnfoundError(f"name a row and a column, as in value:{result.name}.ITEM.COLUMN")
    *row, column = rest
    if column not in result.frame.columns:
        raise UnfoundError(f"`{result.name}` has no column `{column}`; {did_you_mean(column, result.frame.columns)}")
    rows = named(result, ".".join(row))
    if len(rows) > 1:
        raise UnfoundError(f"{len(rows)} rows match: {'; '.join(differences(rows))}")
    return rows[0], column


def no_value(row: Mapping[str, Any], column: str) -> UnfoundError:
    """Why there is nothing in a column."""
    return UnfoundError(f"there is no value: {row['note'] or f'the row has no {COLUMNS[column].label.lower()}'}")


def part(results: Sequence[Result], wish: Name) -> tuple[Result, tuple[str, ...]]:
    """The result of a command that a name means, the first unless it names another, held to what it says; and the rest of the name."""
    first = next((one for one in results if wish.rest and one.name == wish.rest[0]), None)
    return held(first or results[0], wish.qualifiers), wish.rest[1:] if first else wish.rest


def _answers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of a theme the row of the theme itself, not of a code below it, and of answers before that of interviews; of a question that of all options."""
    whole = [row for row in rows if row.get("code") is None and row.get("option") is None] or rows
    return [row for row in whole if row.get("kind") == "answers"] or whole


def _first_names(row: Mapping[str, Any]) -> Iterator[str]:
    """What a row is called first of all: its item, theme or question, or what stands for a whole battery."""
    if row.get("quote") is not None and row.get("id") is not None:
        yield row["id"]
        return
    if row.get("finding") is not None:
        yield row["finding"]
        return
    if row.get("theme") is not None:
        yield row["theme"]
        yield from _ids(row)
    if row.get("question") is not None:
        yield row["question"]
    keys = ("item",) if row.get("item") is not None else ("battery", "group", "measure", "series", "configuration")
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
