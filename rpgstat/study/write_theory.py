"""Writes what a study file says of how the programme worked, and when, as one would by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat.study.model import Study
from rpgstat.study.theory import Configuration, Evidence, Moment, Part, Theory, Told
from rpgstat.study.toml import quoted
from rpgstat.study.write_themes import block


def theory_to_toml(study: Study) -> list[str]:
    """The blocks of the study's theory and timeline."""
    return [*(_theory(study.theory) if study.theory else []), *map(_moment, study.timeline)]


def _theory(theory: Theory) -> Iterator[str]:
    yield block("[theory]", title=theory.title)
    yield from map(_part, theory.parts)
    yield from map(_configuration, theory.configurations)


def _part(part: Part) -> str:
    known = {key: getattr(part, key) for key in ("id", "text", "resource", "reasoning", "level", "unwelcome")}
    return _with_rows(block(f"[[theory.{part.kind}s]]", **known), "evidence", [_evidence(one) for one in part.evidence])


def _evidence(one: Evidence) -> str:
    return _inline(source=one.source) if one.source else _inline(row=one.row, says=one.says)


def _configuration(one: Configuration) -> str:
    lists = {"contexts": list(one.contexts), "mechanisms": list(one.mechanisms), "outcomes": list(one.outcomes)}
    head = block("[[theory.configurations]]", name=one.name, **lists, **{"for": one.for_whom}, blocked_by=list(one.blocked_by))
    return _with_rows(head, "said", [_told(told) for told in one.said])


def _told(told: Told) -> str:
    return _inline(source=told.source) if told.source else quoted(told.row)


def _moment(one: Moment) -> str:
    return block("[[timeline]]", **{"from": one.start}, to=one.end if one.end != one.start else "", lane=one.lane, what=one.what, wave=one.wave)


def _with_rows(head: str, key: str, rows: Sequence[str]) -> str:
    return f"{head}\n{key} = [{', '.join(rows)}]" if rows else head


def _inline(**values: str) -> str:
    return "{ " + ", ".join(f"{key} = {quoted(value)}" for key, value in values.items()) + " }"
