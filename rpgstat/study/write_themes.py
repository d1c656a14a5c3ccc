"""Writes what a study file says of coded material as one would by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rpgstat.study.model import Study
from rpgstat.study.themes import Coded, Pairing, Quotes, Theme
from rpgstat.study.toml import key_name, quoted

_THEMES = """\
# Themes, as tables show them: put several codes under one where they are one thing, and say `valence` ("positive", "negative" or "mixed")
# where a theme speaks well or ill of the programme. A theme that was looked for in some waves only has `waves`."""
_CODED = """\
# What was coded: `kind` is "answers" (a row is one person), "interviews" (a document is one person) or "groups" (a document is a focus group)."""


def themes_to_toml(study: Study) -> list[str]:
    """The blocks of the study's themes, coded material, quotations and pairings."""
    return [
        *_headed(_CODED, list(map(_coded, study.coded))),
        *_headed(_THEMES, list(map(theme_lines, study.themes))),
        *([_quotes(study.quotes)] if study.quotes else []),
        *map(_pairing, study.joint),
    ]


def _headed(comment: str, blocks: Sequence[str]) -> Iterator[str]:
    if blocks:
        yield f"{comment}\n{blocks[0]}"
        yield from blocks[1:]


def theme_lines(theme: Theme) -> str:
    """One theme as a study file declares it."""
    codes = () if theme.codes == (theme.name,) else theme.codes
    return block("[[themes]]", name=theme.name, id=theme.id, valence=theme.valence, text=theme.text, codes=codes, waves=theme.waves)


def _coded(one: Coded) -> str:
    found = {"column": one.wave_column, "set": one.wave_sets, "sources": one.wave_sources}
    placed = {key: value for key, value in found.items() if value}
    return block(
        "[[coded]]",
        name=one.name,
        kind=one.kind,
        wave=one.wave or placed,
        file=_alone(one.files),
        coders=one.coders,
        coder=one.coder,
        count=one.count,
        unit=_alone(one.unit),
        asked=one.asked,
        layout=one.layout,
        code=_alone(one.code),
        text=one.text,
        source=one.source,
        separator=one.separator,
        units=one.units,
        codebook=one.codebook,
    )


def _quotes(quotes: Quotes) -> str:
    return block("[quotes]", file=quotes.file, names=quotes.names)


def _pairing(one: Pairing) -> str:
    return block("[[joint]]", theme=one.theme, rows=_alone(one.rows), fit=one.fit, text=one.text)


def _alone(values: Sequence[str]) -> str | Sequence[str]:
    return values[0] if len(values) == 1 else values


def block(head: str, **values: object) -> str:
    """A table of a study file under its head, without the keys that hold nothing."""
    return "\n".join([head, *(f"{key} = {_value(value)}" for key, value in values.items() if value)])


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key_name(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
    return "[" + ", ".join(map(_value, value)) + "]" if isinstance(value, Sequence) else str(value)
