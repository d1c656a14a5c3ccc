"""`fill`, from a Word file with placeholders to the same file with results in their places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from rpgstat import text
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary import SIGNED
from rpgstat.glossary.languages import draft
from rpgstat.media.document import Figure, Table
from rpgstat.media.pages import WITHHELD, hidden
from rpgstat.media.style import STYLES, Style
from rpgstat.media.word.form import Answer, Form, Placeholder, Referring
from rpgstat.record import record
from rpgstat.reporting.first.finding import LEVELS
from rpgstat.result import Result
from rpgstat.views import documents
from rpgstat.views.pictures import can_draw
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.case import open_case
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.rows import COMMANDS, GROUPED, Name, Runs, UnfoundError, held, no_value, parsed, single

_WORDS = re.compile(r"(table|figure|value|ref)\s*:\s*([^\[\]].*)")
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
    """What a placeholder asks for: a table, a figure, a value or a reference to one of the first two, and of what."""

    kind: str
    name: Name

    @property
    def command(self) -> str:
        """The command that it names."""
        return self.name.command

    @property
    def rest(self) -> tuple[str, ...]:
        """The rest of the name."""
        return self.name.rest

    @property
    def qualifiers(self) -> Mapping[str, str]:
        """The columns that its rows are held to."""
        return self.name.qualifiers


@in_language
def fill(
    template: PathLike,
    exports: Export = (),
    *,
    study: PathLike | None = None,
    style: str = "apa",
    scale: Names = (),
    platform: str | None = None,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> Filled:
    """Replaces each placeholder of a Word file by a table, a figure or a number; each command that they name runs once.

    `{{ table:compare }}` is a command's first result, `{{ table:breakdown.omnibus }}` another of its results, and
    `{{ value:compare.strain.p_value }}` a column of the row of an item, battery or group; `{{ ref:compare }}` names the table of
    that placeholder by its number. `[wave=+3 years]` behind the name holds it to
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
    runs = Runs(study, lambda: open_case(given, study, platform, by=_groups(found), scale=listed(scale), several=True))
    answers: dict[str, Answer] = {}
    problems = [f"`{words}`: half a placeholder, or one where none can be filled" for words in broken]
    if any("findings" in placeholder.words for placeholder in found):
        runs.have("findings", _findings(given, study, listed(scale), platform))
    for placeholder in found:
        try:
            answers[placeholder.words] = _answer(placeholder, runs, STYLES[style], found)
        except UnfoundError as error:
            problems.append(f"`{placeholder.shown}`: {error}")
    if problems:
        _refuse(list(dict.fromkeys(problems)))
    results = runs.results()
    return Filled(form.filled(_noted(answers), STYLES[style], results[0].title if results else "", results), results)


def _noted(answers: dict[str, Answer]) -> Mapping[str, Answer]:
    """The answers, of which the first table has it in its note where the wording is a draft."""
    note = draft()
    for words, answer in answers.items() if note else ():
        if not isinstance(answer, str | Referring) and answer and isinstance(answer[0], Table):
            return {**answers, words: [replace(answer[0], general=(*answer[0].general, note)), *answer[1:]]}
    return answers


def _refuse(problems: Sequence[str]) -> None:
    more = [f"and {len(problems) - _LISTED} more"] if len(problems) > _LISTED else []
    lines = "\n  ".join([*problems[:_LISTED], *more])
    hint = "correct them in the template: {{ table:compare }}, {{ figure:score }}, {{ value:compare.ITEM.COLUMN }}, with [wave=NAME] where several rows match"
    raise UserError(f"{text.plural(len(problems), 'placeholder')} cannot be filled, so nothing was written:\n  {lines}", hint)


def _findings(given: Sequence[PathLike], study: PathLike | None, scale: Sequence[str], platform: str | None) -> Sequence[Result]:
    """What the first page of a report says; only a template that asks for it pays for every command."""
    from rpgstat.reporting.report import findings

    return findings(*given, study=study, scale=scale, platform=platform)


def _referred(wish: _Wish, placeholders: Sequence[Placeholder]) -> Referring:
    """The table, or else the figure, that another placeholder puts into the document."""
    for kind in ("table", "figure"):
        for other in placeholders:
            with suppress(UnfoundError):
                if (there := _wish(other.words)).kind == kind and there.name == wish.name:
                    return Referring(other.words)
    raise UnfoundError("no placeholder puts such a table or figure into the document; add {{ table:" + ".".join((wish.command, *wish.rest)) + " }}")


def _answer(placeholder: Placeholder, runs: Runs, style: Style, placeholders: Sequence[Placeholder]) -> Answer:
    wish = _wish(placeholder.words)
    if wish.kind == "ref":
        return _referred(wish, placeholders)
    if wish.kind in ("table", "figure"):
        _check_place(placeholder, wish.kind)
    if wish.command in GROUPED and "by" not in wish.qualifiers:
        raise UnfoundError(f"say which groups, as in [by=role]: `{wish.command}` needs to know")
    results = runs.named(wish.name)
    names = [result.name for result in results]
    named = wish.rest[0] if wish.rest and wish.rest[0] in names else ""
    first = next((result for result in results if can_draw(result.name)), results[0]) if wish.kind == "figure" else results[0]
    result = held(results[names.index(named)] if named else first, wish.qualifiers)
    rest = wish.rest[1:] if named else wish.rest
    if wish.kind == "value":
        return _value(result, rest, style)
    if rest:
        raise UnfoundError(f"`{wish.command}` has no result `{'.'.join(rest)}`; {did_you_mean('.'.join(rest), names)}")
    return documents.tables(result, style) if wish.kind == "table" else _figures(result, style, results)


def _wish(words: str) -> _Wish:
    match = _WORDS.fullmatch(words)
    if not match:
        raise UnfoundError("not understood; it begins with table:, figure:, value: or ref:")
    return _Wish(match[1], parsed(match[2], (*COMMANDS, "findings")))


def _groups(placeholders: Sequence[Placeholder]) -> list[str]:
    """The groups that any of the placeholders asks for."""
    wishes = []
    for placeholder in placeholders:
        with suppress(UnfoundError):
            wishes.append(_wish(placeholder.words))
    return list(dict.fromkeys(wish.qualifiers["by"] for wish in wishes if wish.command in GROUPED and "by" in wish.qualifiers))


def _check_place(placeholder: Placeholder, kind: str) -> None:
    if not placeholder.alone:
        raise UnfoundError(f"a {kind} takes the place of a paragraph: nothing else may stand in it")
    if placeholder.place != "body":
        raise UnfoundError(f"a {kind} cannot stand in a {placeholder.place}, only a value can")


def _figures(result: Result, style: Style, results: Sequence[Result]) -> Sequence[Figure]:
    beside = [other for other in results if other.name != result.name]
    drawn = documents.picture(result, ".png", style, beside)
    if not drawn:
        raise UnfoundError(f"`{result.name}` has no figure")
    return drawn


def _value(result: Result, rest: Sequence[str], style: Style) -> str:
    """The one number or text that the rest of the name leads to."""
    row, column = single(result, rest)
    value, kind = row[column], result.kind(column, row)
    if value is not None:
        change = column in SIGNED and row.get("part") not in LEVELS
        return text.one_line(style.signed(kind, value) if change else style.cell(kind, value))
    if hidden(row, column):
        return WITHHELD
    raise no_value(row, column)
