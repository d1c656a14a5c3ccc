"""Reads a study file: everything in it is checked here, so that nothing further on meets a declaration that cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import chain, count, pairwise

from rpgstat.errors import UserError, did_you_mean
from rpgstat.study.bands import band_labels
from rpgstat.study.keys import STUDY
from rpgstat.study.labels import normalise, slug
from rpgstat.study.model import Battery, Disclosure, Group, Item, Scale, Study, Weight
from rpgstat.study.parse_waves import data_of, waves_of
from rpgstat.study.toml import Table, key_name, load, once

_ROUNDED = 0.005  # how far shares that were rounded may be from adding up to 1
_LARGEST, _DECIMALS = 10**6, 6  # scores are summed as exact integers, which must not overflow


def from_toml(text: str, *, source: str = "study.toml") -> Study:
    """The study that a study file declares; `source` is the file's name in errors, and paths stay as written.

    A battery or an item without an `id` gets one from its text. Levels that are bare numbers score what they say.
    A study without waves is allowed: they are then named by the files given beside it. What may be meant otherwise becomes a warning.
    Raises UserError naming line and column of a syntax error, else the key path, what stands there and what is allowed.

    >>> study = from_toml('''
    ... [scales.agreement]
    ... levels = ["Disagree", "Agree"]
    ... [[batteries]]
    ... name = "Skills"
    ... scale = "agreement"
    ... items = ["I reflect on my work"]
    ... ''')
    >>> study.batteries[0].items[0].id
    'reflect_work'
    """
    top = opened(text, source)
    groups, scales = _groups(top["groups"]), _scales(top["scales"])
    waves, data = waves_of(top, groups), data_of(top)
    population = _population(top["population"], groups)
    study = Study(
        waves=waves,
        batteries=_batteries(top, scales),
        title=top["title"] or "",
        id_column=top["id"],
        linked=_linked(top),
        keep_duplicates=top["duplicates"] == "keep",
        drop_unfinished=top["unfinished"] == "drop",
        groups=tuple(groups.values()),
        **data,
        disclosure=_disclosure(top["disclosure"]),
        ignore=top["check"]["ignore"],
        language=top["language"],
        population=population,
        weight=_weight(top, population),
        warnings=tuple(_surprises(top["scales"], scales)),
    )
    if "questions" in top.values:
        from rpgstat.study.parse_questions import questions_of  # only a study that has some needs it

        study = replace(study, questions=questions_of(top, [item.id for _, item in study.items]))
    if {"themes", "coded", "quotes", "joint"} & top.values.keys():
        study = _with_themes(study, top)
    return _with_theory(study, top) if {"theory", "timeline"} & top.values.keys() else study


def _with_themes(study: Study, top: Table) -> Study:
    """The study with what it says of coded material."""
    from rpgstat.study.parse_themes import joint_of, material_of, quotes_of, themes_of  # only a study that has some needs it

    waves = [wave.name for wave in study.waves]
    themes = themes_of(top, waves)
    return replace(study, themes=themes, coded=material_of(top, waves), quotes=quotes_of(top), joint=joint_of(top, themes))


def _with_theory(study: Study, top: Table) -> Study:
    """The study with what it says of how the programme worked, and when."""
    from rpgstat.study.parse_theory import moments_of, theory_of  # only a study that has some needs it

    return replace(study, theory=theory_of(top), timeline=moments_of(top, [wave.name for wave in study.waves]))


def opened(text: str, source: str) -> Table:
    """The study file as a table whose keys are read as they are declared. Raises UserError where it is not TOML, or has a key of no such name."""
    return STUDY.table(source, load(text, source))


def _linked(top: Table) -> bool:
    if top["linked"] and "id" not in top.values:
        raise top.fault("linked", "ids are needed for it", 'name their column: id = "Staff number"')
    return bool(top["linked"])


def _groups(table: Table) -> dict[str, Group]:
    if "id" in table.values:  # written below [groups] by mistake, it would break results down by person
        raise table.fault("id", "a group of another name is allowed", "put `id` at the top of the file, above the first [table]")
    once(table.source, ((table.at(name), name, name) for name in table.values))
    return {name: _group(table, name) for name in table.values}


def _group(table: Table, name: str) -> Group:
    group = table[name]
    if not isinstance(group, Table):
        return Group(name, (group,))
    columns, levels, other = group["column"], group["levels"], group["other"] or ""
    if "bands" in group.values:
        return _banded(group, Group(name, columns))
    if other and not levels:
        raise group.fault("other", "it is allowed only beside `levels`", "list the groups under `levels`; every other answer then belongs to this one")
    levels = (*levels, other) if other and normalise(other) not in map(normalise, levels) else levels
    aliases = _aliases(group, levels)
    once(table.source, chain(_places(group, "levels", levels), _alias_places(group, levels, aliases)))
    return Group(name, columns, levels, aliases, other)


def _banded(table: Table, group: Group) -> Group:
    """Groups of a number, from the lower edges of the bands."""
    for key in ("levels", "aliases", "other"):
        if key in table.values:
            raise table.fault(key, "nothing is allowed here beside `bands`", "keep `bands` for a column of numbers, `levels` and `aliases` for one of words")
    edges = tuple(Fraction(str(edge)) for edge in table["bands"])
    for i, (low, high) in enumerate(pairwise(edges), 2):
        if low >= high:
            raise table.fault("bands", "each edge has to be higher than the one before", "put the lowest first", index=i)
    return replace(group, levels=band_labels(edges), bands=edges)


def _scales(table: Table) -> dict[str, Scale]:
    return {name: _scale(scale, name) for name, scale in table.all().items()}


def _scale(table: Table, name: str) -> Scale:
    levels, codes, off, unlabelled = table["levels"], table["codes"], table["not_applicable"], table["unlabelled"]
    if codes and len(codes) != len(levels):
        raise table.fault(
            "codes", f"one code for each of the {len(levels)} levels is allowed, in their order", f"{table.at('levels')} has the levels; write as many here"
        )
    bare = not any(isinstance(level, str) for level in table.values["levels"])
    if unlabelled and not bare:
        raise table.fault("unlabelled", "true is allowed only where `levels` are bare numbers", "leave it out: these levels have labels")
    aliases = _aliases(table, levels)
    nowhere = ((table.at("not_applicable", i), word, None) for i, word in enumerate(off, 1))
    once(table.source, chain(_places(table, "levels", levels), _places(table, "codes", codes), _alias_places(table, levels, aliases), nowhere))
    return Scale(name, levels, _scores(table, len(levels), bare), aliases, off, codes, labelled=not unlabelled)


def _scores(table: Table, levels: int, bare: bool) -> tuple[Fraction, ...]:
    key = "levels" if bare and "scores" not in table.values else "scores"
    written = table.values["levels"] if key == "levels" else table["scores"]
    for i, number in enumerate(written, 1):
        if not abs(number) <= _LARGEST or round(Fraction(str(number)), _DECIMALS) != Fraction(str(number)):
            raise table.fault(key, f"a number up to a million, with at most {_DECIMALS} decimals, is allowed", "write it in full, without quotes", index=i)
    scores = tuple(Fraction(str(number)) for number in written)  # through text: 0.1 is a tenth, not the float beside it
    if key in table.values and len(scores) != levels:
        raise table.fault(
            key, f"one score for each of the {levels} levels is allowed, in their order", f"{table.at('levels')} has the levels; write as many here"
        )
    if any(low >= high for low, high in pairwise(scores)):
        raise table.fault(key, "each number has to be higher than the one before", f"put the lowest level first, in {table.at('levels')} too")
    return scores


def _surprises(table: Table, scales: Mapping[str, Scale]) -> Iterator[str]:
    """A warning for each scale whose labels are numbers that differ from their scores, such as "0" to "10" scored 1 to 11."""
    for name, scale in scales.items():
        numbers = [int(level) for level in map(normalise, scale.levels) if level.isdecimal()]
        if "scores" not in table[name].values and len(numbers) == len(scale.levels) and list(scale.scores) != numbers:
            yield f"{table.source}: {table.at(name)}.levels are the numbers {numbers[0]} to {numbers[-1]}, scored {scale.low} to {scale.high}; say `scores`"


def _aliases(table: Table, levels: tuple[str, ...]) -> dict[str, str]:
    """Other wordings and the level each stands for, as that is spelt in `levels`."""
    inner: Table = table["aliases"]
    aliases: dict[str, str] = inner.all()
    spelt = {normalise(level): level for level in levels}
    for word, level in aliases.items():
        if levels and normalise(level) not in spelt:
            raise inner.fault(word, f"one of {table.at('levels')} is allowed", did_you_mean(level, levels))
        if not normalise(word):
            raise inner.fault(word, "the answer before the = is blank", "write the answer as it stands in the export, in quotes")
    return {word: spelt.get(normalise(level), level) for word, level in aliases.items()}


def _places(table: Table, key: str, words: tuple[str, ...]) -> Iterator[tuple[str, str, object]]:
    """Each answer with its place on the scale."""
    return ((table.at(key, i), word, i) for i, word in enumerate(words, 1))


def _alias_places(table: Table, levels: tuple[str, ...], aliases: Mapping[str, str]) -> Iterator[tuple[str, str, object]]:
    inner = table["aliases"]
    return ((inner.at(word), word, levels.index(level) + 1 if levels else normalise(level)) for word, level in aliases.items())


def _population(table: Table, groups: Mapping[str, Group]) -> dict[str, dict[str, float]]:
    if not groups and table.values:
        raise table.fault(next(iter(table.values)), "no groups are declared", 'name its column first: [groups] and below it role = "Job role"')
    table.only(*groups)
    return {name: _margin(margin, groups[name]) for name, margin in table.all().items()}


def _margin(table: Table, group: Group) -> dict[str, float]:
    """The shares of a group's labels, from shares or from numbers of people."""
    if group.levels:
        table.only(*group.levels)
    once(table.source, ((table.at(label), label, label) for label in table.values))
    people: dict[str, float] = table.all()
    total = sum(people.values())
    if not total:
        raise UserError(f"{table.source}: {table.path} adds up to nobody", "give the number of people in each group, or its share")
    if all(value <= 1 for value in people.values()) and abs(total - 1) > _ROUNDED:
        raise UserError(f"{table.source}: {table.path} holds shares that add up to {total:g}, not to 1", "correct them, or give numbers of people")
    return {label: value / total for label, value in people.items()}


def _weight(top: Table, population: Mapping[str, Mapping[str, float]]) -> Weight | None:
    """`weight = "column"`, or `weight = { rake = ["role"], trim = 3 }`; `rake = true` is all margins that are declared."""
    table = top["weight"]
    if not isinstance(table, Table):
        return None if table is None else Weight(column=table)
    rake, trim = table["rake"], table["trim"]
    if not population:
        raise table.fault("rake", "no population is declared", 'declare it: [population.role] and below it "Social worker" = 120')
    groups = tuple(population) if rake is True else rake
    for name in groups:
        if name not in population:
            raise table.fault("rake", f"`{name}` has no [population.{key_name(name)}]", did_you_mean(name, population))
    return Weight(rake=tuple(dict.fromkeys(groups)), trim=trim)


def _disclosure(table: Table) -> Disclosure:
    """`threshold` is what `hide_below` was called before; `detail_from` is never below it."""
    if "hide_below" in table.values and "threshold" in table.values:
        raise table.fault("threshold", "`hide_below` says the same", "delete `threshold`, its older name")
    hide_below = table["threshold"] or table["hide_below"]
    detail_from = table["detail_from"] if "detail_from" in table.values else max(table["detail_from"], hide_below)
    if detail_from < hide_below:
        raise table.fault("detail_from", f"{hide_below} or more is allowed", "from so many people on all figures are shown: never fewer than `hide_below`")
    return Disclosure(hide_below, detail_from, table["secondary"], table["themes"])


def _batteries(top: Table, scales: Mapping[str, Scale]) -> tuple[Battery, ...]:
    tables = top["batteries"]
    if not tables and (top.values.keys() & {"coded", "questions", "theory", "timeline"} or top["waves"]):  # there is something else to ask for
        return ()
    if not tables:
        raise top.missing("batteries", "declare a set of statements under [[batteries]]; `rpgstat init` writes a study file from the exports")
    batteries = [_battery(table, scales) for table in tables]
    once(top.source, ((table.at("name"), battery.name, table.path) for table, battery in zip(tables, batteries, strict=True)))
    declared = [(f"{t.at('items', i)}.id", item.id) for t, b in zip(tables, batteries, strict=True) for i, item in enumerate(b.items, 1) if item.id]
    once(top.source, ((path, name, path) for path, name in declared))
    return _identified(batteries, {normalise(name) for _, name in declared})


def _battery(table: Table, scales: Mapping[str, Scale]) -> Battery:
    name, scale, rows = table["name"], table["scale"], table["items"]
    if scale not in scales:
        declared = ", ".join(scales) or "none"
        raise table.fault("scale", f"a declared scale is allowed ({declared})", did_you_mean(scale, scales) if scales else f"declare it under [scales.{scale}]")
    items = tuple(_item(row, scales[scale]) for row in rows)
    once(table.source, ((row.path, label, row.path) for row, item in zip(rows, items, strict=True) for label in (*item.lookups, *item.before)))
    return Battery(name, scales[scale], items)


def _item(table: Table, scale: Scale) -> Item:
    columns, reverse = table["column"], table["reverse"]
    text = table["text"] or (columns[0].rpartition(" > ")[2].strip() or columns[0] if columns else None)
    if text is None:
        raise table.missing("text", 'give the statement as asked: text = "I reflect on my work"')
    if reverse and not scale.labelled:
        raise table.fault(
            "reverse",
            f"nothing says which end of scale `{scale.name}` is agreement",
            f"if a higher number means more, delete `unlabelled` from [scales.{scale.name}]",
        )
    if same := [column for column in table["before"] if normalise(column) in map(normalise, columns or (text,))]:
        raise table.fault("before", f"another column than `{same[0]}`, which says how it is now, is allowed", "name the one in which people look back")
    return Item(table["id"] or "", text, columns, reverse, table["before"])


def _identified(batteries: Iterable[Battery], taken: set[str]) -> tuple[Battery, ...]:
    """The batteries with an id, made from its text, for each item that has none."""

    def identified(item: Item) -> Item:
        base = slug(item.text)
        fresh = item.id or next(name for name in chain([base], (f"{base}_{i}" for i in count(2))) if name not in taken)
        taken.add(normalise(fresh))
        return replace(item, id=fresh)

    return tuple(replace(battery, items=tuple(map(identified, battery.items))) for battery in batteries)
