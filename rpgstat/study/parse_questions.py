"""Reads what a study file says of questions outside batteries, and checks that it can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import Any

from rpgstat.errors import did_you_mean
from rpgstat.study.labels import normalise, slug
from rpgstat.study.questions import TOP, Question
from rpgstat.study.toml import Table, once

_ONLY: dict[str, tuple[str, ...]] = {
    "separator": ("multiple", "ranking"),
    "options": ("single", "multiple", "ranking"),
    "aliases": ("single", "multiple", "ranking"),
    "other": ("single", "multiple"),
    "exclusive": ("multiple",),
    "positive": ("single", "multiple"),
}
"""The keys that only some kinds of question have."""


def questions_of(top: Table, items: Sequence[str]) -> tuple[Question, ...]:
    """The questions in order, each with an id that no item has. Raises UserError for two of one id or text, and for what cannot hold together."""
    tables: Sequence[Table] = top["questions"]
    taken = set(map(normalise, items))
    for table in tables:
        if table["id"] and normalise(table["id"]) in taken:
            raise table.fault("id", "an id that no statement has is allowed", "call one of the two otherwise")
    once(top.source, ((table.at("id"), table["id"], table.path) for table in tables if table["id"]))
    taken |= {normalise(table["id"]) for table in tables if table["id"]}
    found = tuple(_question(table, taken) for table in tables)
    once(top.source, ((table.path, one.text, table.path) for table, one in zip(tables, found, strict=True)))
    for table, one in zip(tables, found, strict=True):
        _check_asked(table, one, found)
    return found


def _question(table: Table, taken: set[str]) -> Question:
    columns, kind = table["columns"], table["kind"]
    text = table["text"] or (columns[0] if columns else None)
    if text is None:
        raise table.missing("text", 'give the question as asked: text = "Do you have a mentor?"')
    for key, kinds in _ONLY.items():
        if key in table.values and kind not in kinds:
            raise table.fault(key, f"nothing is allowed here for a question of kind `{kind}`", f"it belongs to {' or '.join(kinds)}")
    base = slug(text)
    fresh = table["id"] or next(word for word in chain([base], (f"{base}_{i}" for i in count(2))) if normalise(word) not in taken)
    taken.add(normalise(fresh))
    options, aliases = table["options"], {word: str(label) for word, label in table["aliases"].all().items()}
    _check_options(table, options)
    if table["other"] and not options:
        raise table.fault("other", "it is allowed only beside `options`", "list under `options` what could be chosen; every other answer then counts as this")
    said: dict[str, Any] = {key: table[key] for key in ("exclusive", "positive")}
    asked = table["asked_if"].all()
    return Question(
        fresh,
        text,
        kind,
        columns,
        table["separator"] or "",
        options,
        aliases,
        asked_if=asked,
        section=table["section"] or "",
        other=table["other"] or "",
        **said,
    )


def _check_options(table: Table, options: Sequence[str]) -> None:
    """Raises UserError for an option or a wording that stands twice, and for one that is named elsewhere and not listed."""
    once(table.source, chain(((table.at("options", i), word, i) for i, word in enumerate(options, 1)), _aliases(table, options)))
    known = {normalise(word) for word in (*options, *([table["other"]] if table["other"] else []))}
    if not options:
        return
    for key in ("exclusive", "positive"):
        for i, word in enumerate(table[key], 1):
            if normalise(word) not in known:
                raise table.fault(key, "an option is allowed", did_you_mean(word, options), i if isinstance(table.values[key], list) else None)
    inner = table["aliases"]
    for word, label in inner.all().items():
        if normalise(str(label)) not in known:
            raise inner.fault(word, "an option is allowed", did_you_mean(str(label), options))


def _aliases(table: Table, options: Sequence[str]) -> Iterator[tuple[str, str, object]]:
    inner = table["aliases"]
    places = {normalise(option): i for i, option in enumerate(options, 1)}
    meant = ((word, normalise(str(label))) for word, label in inner.all().items())
    return ((inner.at(word), word, places.get(label, label)) for word, label in meant)


def _check_asked(table: Table, one: Question, known: Sequence[Question]) -> None:
    """Raises UserError for a condition on a question that is not there, or on itself, and for answers that it has not."""
    ids = {question.id: question for question in known}
    inner = table["asked_if"]
    for name, answers in one.asked_if.items():
        other = ids.get(name)
        if other is None or name == one.id:
            others = [id for id in ids if id != one.id]
            raise inner.fault(name, "the id of another question is allowed", did_you_mean(name, others) if others else "declare that question first")
        if other.kind not in ("single", "multiple", "nps"):
            raise inner.fault(name, "a question of kind single, multiple or nps is allowed", "leave the condition out")
        options = tuple(map(str, range(TOP + 1))) if other.kind == "nps" else (*other.options, *([other.other] if other.other else []))
        for answer in answers:
            if options and normalise(answer) not in map(normalise, (*options, *other.aliases)):
                raise inner.fault(name, f"an option of `{name}` is allowed", did_you_mean(answer, options))
