"""Reads what a study file says of its waves: names, files, who was invited, and who counts."""

from __future__ import annotations

from collections.abc import Mapping

from rpgstat.study.model import Group, Wave
from rpgstat.study.toml import Table, once


def data_of(top: Table) -> Table:
    """The table [data]. Raises UserError where it or its waves cannot hold."""
    data = top.table("data")
    data.only("file", "wave", "platform")
    if "data" not in top.values:
        return data
    data.required("file", 'name the export that holds all waves: file = "responses.csv"')
    waves = len(top.tables("waves"))
    if not waves:
        raise top.missing("waves", "name them in order, earliest first, each under its own [[waves]]")
    if waves > 1 and data.text("wave") is None:
        raise data.missing("wave", f'say which column tells the {waves} waves apart: wave = "wave"')
    return data


def waves_of(top: Table, groups: Mapping[str, Group]) -> tuple[Wave, ...]:
    """The waves in order. Raises UserError for a key that cannot hold."""
    tables = top.tables("waves")
    waves = tuple(_wave(table, groups, in_data="data" in top.values) for table in tables)
    once(top.source, ((table.at("name"), wave.name, table.path) for table, wave in zip(tables, waves, strict=True)))
    return waves


def _wave(table: Table, groups: Mapping[str, Group], *, in_data: bool) -> Wave:
    table.only("name", "file", "platform", "invited", "invited_by", "keep")
    name = table.required("name", 'name the wave: name = "+1 year"')
    for key in ("file", "platform") if in_data else ():
        if key in table.values:
            raise table.fault(key, "nothing is allowed here, for [data] names the one file", f"remove this `{key}`, or remove [data]")
    file = None if in_data else table.required("file", 'name the export: file = "wave-1.csv"')
    invited_by = _invited_by(table.table("invited_by"), groups)
    return Wave(name, file, table.text("platform"), table.people("invited"), invited_by, _keep(table.table("keep")))


def _keep(table: Table) -> dict[str, tuple[str, ...]]:
    """The answers, by column, of the people who count."""
    found = {column: table.words(column) for column in table.values}
    for column, answers in found.items():
        if not answers:
            raise table.fault(column, "one answer at least is needed", "list those of the people who count, or leave the column out")
    return found


def _invited_by(table: Table, groups: Mapping[str, Group]) -> dict[str, dict[str, int]]:
    if not groups and table.values:
        raise table.fault(next(iter(table.values)), "no groups are declared", 'name its column first: [groups] and below it role = "Job role"')
    table.only(*groups)
    return {name: _invited(table.table(name), groups[name]) for name in table.values}


def _invited(table: Table, group: Group) -> dict[str, int]:
    if group.levels:
        table.only(*group.levels)
    once(table.source, ((table.at(level), level, level) for level in table.values))
    return {level: people for level in table.values if (people := table.people(level))}
