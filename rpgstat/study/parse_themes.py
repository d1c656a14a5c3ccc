"""Reads what a study file says of coded material, and checks that it can hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, count

from rpgstat.errors import UserError, did_you_mean
from rpgstat.study.labels import normalise, slug
from rpgstat.study.themes import Coded, Pairing, Quotes, Theme
from rpgstat.study.toml import Table, once

ANY, ALL = "any", "all"


def themes_of(top: Table, waves: Collection[str]) -> tuple[Theme, ...]:
    """The themes in order, each with an id. Raises UserError for two of one name or code, and for a wave that is none."""
    tables: Sequence[Table] = top["themes"]
    once(top.source, ((table.at("name"), table["name"], table.path) for table in tables))
    once(top.source, ((table.at("id"), table["id"], table.path) for table in tables if table["id"]))
    claimed = ((table.at("codes", i), code, table.path) for table in tables for i, code in enumerate(table["codes"], 1))
    once(top.source, claimed)
    taken = {normalise(table["id"]) for table in tables if table["id"]}
    return tuple(_theme(table, waves, taken) for table in tables)


def _theme(table: Table, waves: Collection[str], taken: set[str]) -> Theme:
    name, own = table["name"], table["waves"]
    for i, wave in enumerate(own, 1):
        if waves and wave not in waves:
            raise table.fault("waves", "a wave of the study is allowed", did_you_mean(wave, waves), i if isinstance(table.values["waves"], list) else None)
    base = slug(name)
    fresh = table["id"] or next(word for word in chain([base], (f"{base}_{i}" for i in count(2))) if word not in taken)
    taken.add(normalise(fresh))
    return Theme(name, fresh, table["codes"] or (name,), table["valence"] or None, table["text"] or "", own)


def material_of(top: Table, waves: Collection[str]) -> tuple[Coded, ...]:
    """The bodies of coded material in order. Raises UserError for two of one name and wave, and for what cannot hold together."""
    tables: Sequence[Table] = top["coded"]
    found = tuple(_coded(table, waves) for table in tables)
    once(top.source, ((table.at("name"), f"{one.name} {one.wave}", table.path) for table, one in zip(tables, found, strict=True)))
    return found


def _coded(table: Table, waves: Collection[str]) -> Coded:
    files, coders, wave = table["file"], table["coders"], table["wave"]
    placed = wave if isinstance(wave, Table) else None
    if coders and len(files) > 1 and len(coders) != len(files):
        raise table.fault("coders", f"one coder for each of the {len(files)} files is allowed, in their order", f"{table.at('file')} has the files")
    if coders and table["coder"]:
        raise table.fault("coder", "nothing is allowed here beside `coders`", "keep `coders` for a file each, `coder` for a column that names them")
    if isinstance(wave, str) and waves and wave not in waves:
        raise table.fault("wave", "a wave of the study is allowed", did_you_mean(wave, waves))
    if placed is not None and len(placed.values) != 1:
        raise UserError(f"{table.source}: {placed.path} says where the wave stands in {len(placed.values)} ways", "keep one of column, set and sources")
    _check_count(table, coders)
    return Coded(
        name=table["name"],
        kind=table["kind"],
        files=files,
        wave=wave if isinstance(wave, str) else "",
        wave_column=(placed["column"] or "") if placed else "",
        wave_sets=bool(placed and placed["set"]),
        wave_sources=placed["sources"].all() if placed else {},
        coders=coders,
        coder=table["coder"] or "",
        count=table["count"] or "",
        unit=table["unit"],
        asked=table["asked"] or "",
        layout=table["layout"] or None,
        code=table["code"],
        text=table["text"] or "",
        source=table["source"] or "",
        separator=table["separator"] or "",
        units=table["units"],
        codebook=table["codebook"] or "",
    )


def _check_count(table: Table, coders: Sequence[str]) -> None:
    counted = table["count"]
    if counted and coders and counted not in (*coders, ANY, ALL):
        raise table.fault("count", "one of `coders`, `any` or `all` is allowed", did_you_mean(counted, (*coders, ANY, ALL)))


def quotes_of(top: Table) -> Quotes | None:
    """The file of quotations; None without one."""
    table: Table = top["quotes"]
    return Quotes(table["file"], table["names"] or "") if "quotes" in top.values else None


def joint_of(top: Table, themes: Sequence[Theme]) -> tuple[Pairing, ...]:
    """The themes beside statements, by their ids. Raises UserError for a theme that is none."""
    known = {normalise(name): theme for theme in themes for name in (theme.name, theme.id)}
    found = []
    for table in top["joint"]:
        theme = known.get(normalise(table["theme"]))
        if theme is None:
            raise table.fault("theme", "a declared theme is allowed", did_you_mean(table["theme"], [theme.id for theme in themes]))
        found.append(Pairing(theme.id, table["rows"], table["fit"], table["text"] or ""))
    return tuple(found)
