"""Reads what a study file says of how the programme worked, and of when everything was, and checks that it can hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rpgstat.errors import UserError, did_you_mean
from rpgstat.study.labels import normalise
from rpgstat.study.theory import Configuration, Evidence, Moment, Part, PartKind, Theory, Told
from rpgstat.study.toml import Table, once

_KINDS: tuple[PartKind, ...] = ("context", "mechanism", "outcome")
SAYS = ("higher", "lower", "rose", "fell", "more", "fewer", "equivalent")
"""What evidence can be held to say: the conclusions that a row can have, but for those that find nothing."""


def theory_of(top: Table) -> Theory | None:
    """The theory; None without one. Raises UserError for ids that are none, or are no part of any configuration, and for what cannot hold."""
    if "theory" not in top.values:
        return None
    table: Table = top["theory"]
    parts = tuple(_part(row, kind) for kind in _KINDS for row in table[f"{kind}s"])
    once(table.source, ((f"{part.place}.id", part.id, part.place) for part in parts))
    rows: Sequence[Table] = table["configurations"]
    once(table.source, ((row.at("name"), row["name"], row.path) for row in rows))
    if not rows:
        raise UserError(
            f"{table.source}: [theory] has no configuration", "say what goes together: [[theory.configurations]] with contexts, mechanisms, outcomes"
        )
    configurations = tuple(_configuration(row, parts) for row in rows)
    _check_used(table, parts, configurations)
    _check_course(table, configurations)
    return Theory(table["title"] or "", parts, configurations)


def _part(table: Table, kind: PartKind) -> Part:
    text = table["text"] or ""
    resource, reasoning = (table[key] or "" for key in ("resource", "reasoning")) if kind == "mechanism" else ("", "")
    if kind == "mechanism" and bool(text) == bool(resource or reasoning):
        problem = "holds `text` and also what it is made of" if text else "says nothing of what it is"
        raise UserError(f"{table.source}: {table.path} {problem}", "write `text`, or `resource` (what is offered) and `reasoning` (how people respond)")
    level, unwelcome = (table["level"] or "", table["unwelcome"]) if kind == "outcome" else ("", False)
    return Part(table["id"], kind, table.path, text, resource, reasoning, level, unwelcome, tuple(map(_evidence, table["evidence"])))


def _evidence(table: Table) -> Evidence:
    row, says, source = (table[key] or "" for key in ("row", "says", "source"))
    if bool(row) == bool(source):
        raise UserError(
            f"{table.source}: {table.path} needs a row or a source, one of them", 'write row = "compare.strain" and what it says, or a source in words'
        )
    if says and says not in SAYS:
        raise table.fault("says", f"{', '.join(SAYS[:-1])} or {SAYS[-1]} is allowed", did_you_mean(says, SAYS))
    if says and not row:
        raise table.fault("says", "it is allowed only beside `row`", "leave it out: nothing of a source in words is checked")
    return Evidence(row, says, source)


def _configuration(table: Table, parts: Sequence[Part]) -> Configuration:
    return Configuration(
        name=table["name"],
        place=table.path,
        contexts=_ids(table, "contexts", parts, _BEFORE),
        mechanisms=_ids(table, "mechanisms", parts, _KINDS[1:2]),
        outcomes=_ids(table, "outcomes", parts, _KINDS[2:]),
        for_whom=table["for"] or "",
        blocked_by=_ids(table, "blocked_by", parts, _BEFORE),
        said=tuple(map(_told, table["said"])),
    )


def _told(table: Table) -> Told:
    row, source = table["row"] or "", table["source"] or ""
    if bool(row) == bool(source):
        raise UserError(f"{table.source}: {table.path} needs a row or a source, one of them", 'name a row, "themes.support", or write { source = "Minutes" }')
    return Told(row, source)


_BEFORE: tuple[PartKind, ...] = ("context", "outcome")


def _ids(table: Table, key: str, parts: Sequence[Part], kinds: Collection[PartKind]) -> tuple[str, ...]:
    """The ids at a key as their parts spell them. Raises UserError for one that is no part of these kinds, or stands twice."""
    known = {normalise(part.id): part for part in parts}
    allowed = [part.id for part in parts if part.kind in kinds]
    found: list[str] = []
    for i, name in enumerate(table[key], 1):
        part = known.get(normalise(name))
        place = i if isinstance(table.values[key], list) else None
        if part is None or part.kind not in kinds:
            what = f"the id of {'a context or an outcome' if 'context' in kinds else f'one of the {key}'} is allowed"
            hint = did_you_mean(name, allowed) if part is None else f"`{name}` is declared under {part.place}"
            raise table.fault(key, what, hint, place)
        if part.id in found:
            raise table.fault(key, "each id once is allowed", "leave out the second", place)
        found.append(part.id)
    return tuple(found)


def _check_used(table: Table, parts: Sequence[Part], configurations: Sequence[Configuration]) -> None:
    used = {name for one in configurations for name in one.parts}
    for part in parts:
        if part.id not in used:
            problem = f"{table.source}: {part.place} (`{part.id}`) is in no configuration"
            raise UserError(problem, f"name it under the {part.kind}s of a configuration, or leave it out")


def _check_course(table: Table, configurations: Sequence[Configuration]) -> None:
    """Refuses a theory in which something leads back to itself: it could not be drawn from left to right."""
    ways: dict[str, set[str]] = {}
    for one in configurations:
        for start, end, _ in one.links():
            ways.setdefault(start, set()).add(end)
    for start in ways:
        if start in _reached(start, ways):
            hint = "declare what it has become as an outcome of its own"
            raise UserError(f"{table.source}: in [theory] `{start}` leads back to itself", hint)


def _reached(start: str, ways: dict[str, set[str]]) -> set[str]:
    met: set[str] = set()
    waiting = [start]
    while waiting:
        for end in ways.get(waiting.pop(), ()):
            if end not in met:
                met.add(end)
                waiting.append(end)
    return met


def moments_of(top: Table, waves: Collection[str]) -> tuple[Moment, ...]:
    """The moments in the order in which they are declared. Raises UserError for one that ends before it begins, and for a wave that is none."""
    return tuple(_moments(top["timeline"], waves))


def _moments(tables: Sequence[Table], waves: Collection[str]) -> Iterator[Moment]:
    for table in tables:
        start, end, wave = table["from"], table["to"] or table["from"], table["wave"] or ""
        if end < start[: len(end)]:
            raise table.fault("to", f"nothing before {start} is allowed, where it began", "exchange `from` and `to`")
        if wave and waves and wave not in waves:  # without any, exports on the command line name them
            raise table.fault("wave", "a wave of the study is allowed", did_you_mean(wave, waves))
        yield Moment(start, end, table["lane"], table["what"], wave)
