"""Reads a study file: everything in it is checked here, so that nothing further on meets a declaration that cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import chain, count, pairwise

from rpgstat.errors import UserError, did_you_mean
from rpgstat.study.bands import band_labels
from rpgstat.study.labels import normalise, slug
from rpgstat.study.model import Battery, Disclosure, Group, Item, Scale, Study, Weight
from rpgstat.study.parse_waves import data_of, waves_of
from rpgstat.study.toml import Table, key_name, load, once

_ELSEWHERE = ("workforce", "indicators")  # tables that the commands of these names read
_MOST_LEVELS = 11  # 0 to 10, the longest rating in common use
_ROUNDED = 0.005  # how far shares that were rounded may be from adding up to 1
_MOST_BANDS = 50  # more groups than anybody would compare
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
    top = load(text, source)
    top.only(
        "title", "id", "linked", "duplicates", "unfinished", "groups", "scales", "data", "waves", "batteries", "disclosure", "population", "weight", *_ELSEWHERE
    )
    groups, scales = _groups(top.table("groups")), _scales(top.table("scales"))
    waves, data = waves_of(top, groups), data_of(top)
    population = _population(top.table("population"), groups)
    return Study(
        waves=waves,
        batteries=_batteries(top, scales),
        title=top.text("title") or "",
        id_column=top.text("id"),
        linked=_linked(top),
        keep_duplicates=_choice(top, "duplicates", "once", "keep"),
        drop_unfinished=_choice(top, "unfinished", "keep", "drop"),
        groups=tuple(groups.values()),
        data_file=data.text("file"),
        data_platform=data.text("platform"),
        wave_column=data.text("wave"),
        disclosure=_disclosure(top.table("disclosure")),
        population=population,
        weight=_weight(top, population),
        warnings=tuple(_surprises(top.table("scales"), scales)),
    )


def _linked(top: Table) -> bool:
    linked = top.boolean("linked")
    if linked and "id" not in top.values:
        raise top.fault("linked", "ids are needed for it", 'name their column: id = "Staff number"')
    return linked


def _choice(top: Table, key: str, default: str, other: str) -> bool:
    """Whether the key says `other`, not the default."""
    said = top.text(key)
    if said not in (None, default, other):
        raise top.fault(key, f'"{default}" (the default) or "{other}" is allowed', did_you_mean(said or "", [default, other]))
    return said == other


def _groups(table: Table) -> dict[str, Group]:
    if "id" in table.values:  # written below [groups] by mistake, it would break results down by person
        raise table.fault("id", "a group of another name is allowed", "put `id` at the top of the file, above the first [table]")
    once(table.source, ((table.at(name), name, name) for name in table.values))
    return {name: _group(table, name) for name in table.values}


def _group(table: Table, name: str) -> Group:
    if not isinstance(table.values[name], dict):
        return Group(name, (table.required(name, ""),))
    group = table.table(name)
    group.only("column", "levels", "aliases", "other", "bands")
    columns, levels = group.texts("column"), group.words("levels")
    if not columns:
        raise group.missing("column", 'name the column: column = "Job role"')
    if "bands" in group.values:
        return _banded(group, Group(name, columns))
    other = group.text("other") or ""
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
    edges = tuple(Fraction(str(edge)) for edge in table.numbers("bands"))
    if not 2 <= len(edges) <= _MOST_BANDS:
        raise table.fault("bands", f"a list of 2 to {_MOST_BANDS} numbers is allowed, the lower edge of each band", "for instance bands = [0, 2, 5, 10]")
    for i, (low, high) in enumerate(pairwise(edges), 2):
        if low >= high:
            raise table.fault("bands", "each edge has to be higher than the one before", "put the lowest first", index=i)
    return replace(group, levels=band_labels(edges), bands=edges)


def _scales(table: Table) -> dict[str, Scale]:
    return {name: _scale(table.table(name), name) for name in table.values}


def _scale(table: Table, name: str) -> Scale:
    table.only("levels", "aliases", "not_applicable", "scores", "codes", "unlabelled")
    levels, codes, off = table.words("levels"), table.words("codes"), table.words("not_applicable")
    if not levels:
        example = 'levels = ["Disagree", "Agree"]'
        raise table.missing("levels", f"list the answers, lowest first: {example}; where they stand as a comment, put them in order and remove the #")
    if not 2 <= len(levels) <= _MOST_LEVELS:
        raise table.fault("levels", f"2 to {_MOST_LEVELS} levels are allowed, here are {len(levels)}", "list every answer of the scale once, lowest first")
    if codes and len(codes) != len(levels):
        raise table.fault(
            "codes", f"one code for each of the {len(levels)} levels is allowed, in their order", f"{table.at('levels')} has the levels; write as many here"
        )
    bare = not any(isinstance(level, str) for level in table.values["levels"])
    unlabelled = table.boolean("unlabelled")
    if unlabelled and not bare:
        raise table.fault("unlabelled", "true is allowed only where `levels` are bare numbers", "leave it out: these levels have labels")
    aliases = _aliases(table, levels)
    nowhere = ((table.at("not_applicable", i), word, None) for i, word in enumerate(off, 1))
    once(table.source, chain(_places(table, "levels", levels), _places(table, "codes", codes), _alias_places(table, levels, aliases), nowhere))
    return Scale(name, levels, _scores(table, len(levels), bare), aliases, off, codes, labelled=not unlabelled)


def _scores(table: Table, levels: int, bare: bool) -> tuple[Fraction, ...]:
    key = "levels" if bare and "scores" not in table.values else "scores"
    written = table.numbers(key)
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
        if "scores" not in table.table(name).values and len(numbers) == len(scale.levels) and list(scale.scores) != numbers:
            yield f"{table.source}: {table.at(name)}.levels are the numbers {numbers[0]} to {numbers[-1]}, scored {scale.low} to {scale.high}; say `scores`"


def _aliases(table: Table, levels: tuple[str, ...]) -> dict[str, str]:
    """Other wordings and the level each stands for, as that is spelt in `levels`."""
    inner, aliases = table.pairs("aliases")
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
    inner = table.table("aliases")
    return ((inner.at(word), word, levels.index(level) + 1 if levels else normalise(level)) for word, level in aliases.items())


def _population(table: Table, groups: Mapping[str, Group]) -> dict[str, dict[str, float]]:
    if not groups and table.values:
        raise table.fault(next(iter(table.values)), "no groups are declared", 'name its column first: [groups] and below it role = "Job role"')
    table.only(*groups)
    return {name: _margin(table.table(name), groups[name]) for name in table.values}


def _margin(table: Table, group: Group) -> dict[str, float]:
    """The shares of a group's labels, from shares or from numbers of people."""
    if group.levels:
        table.only(*group.levels)
    once(table.source, ((table.at(label), label, label) for label in table.values))
    people = {label: table.amount(label) for label in table.values}
    total = sum(people.values())
    if not total:
        raise UserError(f"{table.source}: {table.path} adds up to nobody", "give the number of people in each group, or its share")
    if all(value <= 1 for value in people.values()) and abs(total - 1) > _ROUNDED:
        raise UserError(f"{table.source}: {table.path} holds shares that add up to {total:g}, not to 1", "correct them, or give numbers of people")
    return {label: value / total for label, value in people.items()}


def _weight(top: Table, population: Mapping[str, Mapping[str, float]]) -> Weight | None:
    """`weight = "column"`, or `weight = { rake = ["role"], trim = 3 }`; `rake = true` is all margins that are declared."""
    if "weight" not in top.values:
        return None
    if not isinstance(top.values["weight"], dict):
        return Weight(column=top.required("weight", ""))
    table = top.table("weight")
    table.only("rake", "trim")
    if "rake" not in table.values:
        raise table.missing("rake", 'say to which margins: rake = ["role"], with the shares under [population.role]')
    if not population:
        raise table.fault("rake", "no population is declared", 'declare it: [population.role] and below it "Social worker" = 120')
    groups = tuple(population) if table.values["rake"] is True else table.texts("rake")
    for name in groups:
        if name not in population:
            raise table.fault("rake", f"`{name}` has no [population.{key_name(name)}]", did_you_mean(name, population))
    if not groups:
        raise table.fault("rake", "one group at least is needed", f"name those of {', '.join(population)} that people are weighted to")
    trim = table.amount("trim") if "trim" in table.values else None
    if trim is not None and trim < 1:
        raise table.fault("trim", "1 or more is allowed", "it is the largest weight in units of the mean weight")
    return Weight(rake=tuple(dict.fromkeys(groups)), trim=trim)


def _disclosure(table: Table) -> Disclosure:
    """`threshold` is what `hide_below` was called before; `detail_from` is never below it."""
    table.only("hide_below", "detail_from", "threshold", "secondary")
    if "hide_below" in table.values and "threshold" in table.values:
        raise table.fault("threshold", "`hide_below` says the same", "delete `threshold`, its older name")
    secondary = table.boolean("secondary") if "secondary" in table.values else Disclosure.secondary
    hide_below = table.people("hide_below") or table.people("threshold") or Disclosure.hide_below
    detail_from = table.people("detail_from") or max(Disclosure.detail_from, hide_below)
    if detail_from < hide_below:
        raise table.fault("detail_from", f"{hide_below} or more is allowed", "from so many people on all figures are shown: never fewer than `hide_below`")
    return Disclosure(hide_below, detail_from, secondary)


def _batteries(top: Table, scales: Mapping[str, Scale]) -> tuple[Battery, ...]:
    tables = top.tables("batteries")
    if not tables:
        raise top.missing("batteries", "declare a set of statements under [[batteries]]; `rpgstat init` writes a study file from the exports")
    batteries = [_battery(table, scales) for table in tables]
    once(top.source, ((table.at("name"), battery.name, table.path) for table, battery in zip(tables, batteries, strict=True)))
    declared = [(f"{t.at('items', i)}.id", item.id) for t, b in zip(tables, batteries, strict=True) for i, item in enumerate(b.items, 1) if item.id]
    once(top.source, ((path, name, path) for path, name in declared))
    return _identified(batteries, {normalise(name) for _, name in declared})


def _battery(table: Table, scales: Mapping[str, Scale]) -> Battery:
    table.only("name", "scale", "items")
    name = table.required("name", 'name the set of statements: name = "Professional skills"')
    scale = table.required("scale", 'name a scale declared under [scales.NAME]: scale = "agreement"')
    if scale not in scales:
        declared = ", ".join(scales) or "none"
        raise table.fault("scale", f"a declared scale is allowed ({declared})", did_you_mean(scale, scales) if scales else f"declare it under [scales.{scale}]")
    rows = table.rows("items")
    if not rows:
        raise table.missing("items", 'list the statements: items = ["I reflect on my work", ...]')
    items = tuple(_item(row, scales[scale]) for row in rows)
    once(table.source, ((row.path, label, row.path) for row, item in zip(rows, items, strict=True) for label in item.lookups))
    return Battery(name, scales[scale], items)


def _item(table: Table, scale: Scale) -> Item:
    table.only("id", "text", "column", "reverse")
    columns, reverse = table.texts("column"), table.boolean("reverse") if "reverse" in table.values else None
    text = table.text("text") or (columns[0].rpartition(" > ")[2].strip() or columns[0] if columns else None)
    if text is None:
        raise table.missing("text", 'give the statement as asked: text = "I reflect on my work"')
    if reverse and not scale.labelled:
        raise table.fault(
            "reverse",
            f"nothing says which end of scale `{scale.name}` is agreement",
            f"if a higher number means more, delete `unlabelled` from [scales.{scale.name}]",
        )
    return Item(table.text("id") or "", text, columns, reverse)


def _identified(batteries: Iterable[Battery], taken: set[str]) -> tuple[Battery, ...]:
    """The batteries with an id, made from its text, for each item that has none."""

    def identified(item: Item) -> Item:
        base = slug(item.text)
        fresh = item.id or next(name for name in chain([base], (f"{base}_{i}" for i in count(2))) if name not in taken)
        taken.add(normalise(fresh))
        return replace(item, id=fresh)

    return tuple(replace(battery, items=tuple(map(identified, battery.items))) for battery in batteries)
