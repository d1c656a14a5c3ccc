"""Reads what a study file says of its waves: names, files, who was invited, and who counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rpgstat.errors import did_you_mean
from rpgstat.study.model import Group, Wave
from rpgstat.study.toml import Table, once


def data_of(top: Table) -> dict[str, Any]:
    """What stands under [data], as a study calls it; nothing without it. Raises UserError where it or its waves cannot hold."""
    if "data" not in top.values:
        return {}
    data, waves = top["data"], len(top["waves"])
    file, platform, wave = data["file"], data["platform"], data["wave"]
    if file is None and data["table"] is None:
        raise data.missing("file", 'name the export that holds all waves: file = "responses.csv"')
    if not waves:
        raise top.missing("waves", "name them in order, earliest first, each under its own [[waves]]")
    if waves > 1 and wave is None:
        raise data.missing("wave", f'say which column tells the {waves} waves apart: wave = "wave"')
    own = {f"data_{key}": data[key] for key in ("key", "sheet", "table")}
    return {"data_file": file, "data_platform": platform, **own, "wave_column": wave}


def waves_of(top: Table, groups: Mapping[str, Group]) -> tuple[Wave, ...]:
    """The waves in order. Raises UserError for a key that cannot hold."""
    tables = top["waves"]
    waves = tuple(_wave(table, groups, in_data="data" in top.values, elsewhere=not top.values.keys().isdisjoint(("coded", "timeline"))) for table in tables)
    once(top.source, ((table.at("name"), wave.name, table.path) for table, wave in zip(tables, waves, strict=True)))
    for table, wave in zip(tables, waves, strict=True):
        _looks_back(table, wave, waves)
    return waves


def _looks_back(table: Table, wave: Wave, waves: Sequence[Wave]) -> None:
    """Raises UserError where a wave that is retrospective names none that has a questionnaire, or has one of its own."""
    if wave.retrospective is None:
        return
    for key in ("file", "platform", "sheet", "key", "event", "keep", "invited", "invited_by"):
        if key in table.values:
            raise table.fault(key, f"nothing is allowed here, for its people are those of `{wave.retrospective}`", f"remove this `{key}`, or `retrospective`")
    others = [other.name for other in waves if other.retrospective is None]
    if wave.retrospective not in others:
        raise table.fault("retrospective", "the name of another wave is allowed", did_you_mean(wave.retrospective, others))


def _wave(table: Table, groups: Mapping[str, Group], *, in_data: bool, elsewhere: bool) -> Wave:
    """One wave; `elsewhere` means that coded material or the timeline may be all that names it, and it has no file."""
    name, file = table["name"], table["file"]
    for key in ("file", "platform", "sheet", "key", "event") if in_data else ():
        if key in table.values:
            raise table.fault(key, "nothing is allowed here, for [data] names the one file", f"remove this `{key}`, or remove [data]")
    if file is None and not in_data and not elsewhere and table["retrospective"] is None:
        raise table.missing("file", 'name the export: file = "wave-1.csv"')
    date, until, time = _when(table)
    return Wave(
        name,
        file,
        platform=table["platform"],
        invited=table["invited"],
        invited_by=_invited_by(table["invited_by"], groups),
        keep=table["keep"].all(),
        key=table["key"],
        event=table["event"],
        date=date,
        time=time,
        retrospective=table["retrospective"],
        sheet=table["sheet"],
        until=until,
    )


def _when(table: Table) -> tuple[str | None, str | None, float | None]:
    """The date of a wave, the end of it where it lasted, or its time: one way of saying it will do."""
    told = [key for key in ("date", "from", "time") if table[key] is not None]
    if len(told) > 1:
        raise table.fault(told[1], f"`{told[0]}` says already when it was", "keep one of them")
    start, end = table["from"], table["to"]
    if end is not None and start is None:
        raise table.missing("from", f'say when it began: from = "{end}"')
    if start is not None and end is None:
        raise table.missing("to", f'say when it ended: to = "{start}", or declare it as one date: date = "{start}"')
    if end is not None and end < start[: len(end)]:
        raise table.fault("to", f"nothing before {start} is allowed, where it began", "exchange `from` and `to`")
    return table["date"] or start, end, table["time"]


def _invited_by(table: Table, groups: Mapping[str, Group]) -> dict[str, dict[str, int]]:
    if not groups and table.values:
        raise table.fault(next(iter(table.values)), "no groups are declared", 'name its column first: [groups] and below it role = "Job role"')
    table.only(*groups)
    return {name: _invited(inner, groups[name]) for name, inner in table.all().items()}


def _invited(table: Table, group: Group) -> dict[str, int]:
    if group.levels:
        table.only(*group.levels)
    once(table.source, ((table.at(level), level, level) for level in table.values))
    return table.all()
