"""Writes the questions of a study file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from rpgstat.study.questions import Question
from rpgstat.study.toml import key_name, quoted

_QUESTIONS = """\
# Closed questions outside the sets above, which `rpgstat topline` counts. `options` puts the answers in order, `positive = ["Yes"]` says
# of which a change is told, `asked_if = { id = ["Yes"] }` who was asked; questions of one `section` are tested together."""


def questions_to_toml(questions: Sequence[Question], remarks: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """A block for each question, with a line above the first for whoever edits them; `remarks` are comments by the question's id."""
    first, *others = ["\n".join([*([remarks[question.id]] if question.id in remarks else []), "[[questions]]", *_lines(question)]) for question in questions]
    return [f"{_QUESTIONS}\n{first}", *others]


def _lines(question: Question) -> Iterator[str]:
    yield f"id = {quoted(question.id)}"
    yield f"text = {quoted(question.text)}"
    if question.kind != "single":
        yield f"kind = {quoted(question.kind)}"
    if question.columns and question.columns != (question.text,):
        yield f"columns = {_texts(question.columns)}"
    if question.separator:
        yield f"separator = {quoted(question.separator)}"
    for key, words in (("options", question.options), ("exclusive", question.exclusive), ("positive", question.positive)):
        if words:
            yield f"{key} = {_texts(words)}"
    if question.other:
        yield f"other = {quoted(question.other)}"
    for key, table in (("aliases", {word: quoted(label) for word, label in question.aliases.items()}), ("asked_if", _conditions(question))):
        if table:
            yield f"{key} = {{ {', '.join(f'{key_name(name)} = {value}' for name, value in table.items())} }}"
    if question.section:
        yield f"section = {quoted(question.section)}"


def _conditions(question: Question) -> dict[str, str]:
    return {name: _texts(answers) for name, answers in question.asked_if.items()}


def _texts(words: Sequence[str]) -> str:
    return quoted(words[0]) if len(words) == 1 else f"[{', '.join(map(quoted, words))}]"
