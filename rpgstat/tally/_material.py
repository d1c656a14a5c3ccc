"""Coded units to counts: coders and files are brought together, each unit counts once, and nobody is left in what comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from rpgstat.errors import UserError, did_you_mean
from rpgstat.record import record
from rpgstat.study import NOT_STATED, normalise
from rpgstat.study.coding import CodePath, Coding, Unit
from rpgstat.study.parse_themes import ALL, ANY
from rpgstat.study.themed import Codes, Heard
from rpgstat.study.themes import Coded
from rpgstat.text import listing, plural, shortened

_MOST_WAVES = 20  # a column of more is one of words or dates

Grouped = Callable[[str, Unit], str | None]
"""The group of a unit in a wave, None where it states none."""


@dataclass
class _Unit:
    """A unit while it is brought together: what each coder who saw it gave it."""

    unit: Unit
    wave: str | None
    codes: dict[str, set[CodePath]] = field(default_factory=dict)
    times: Counter[tuple[str, CodePath]] = field(default_factory=Counter)

    def counted(self, count: str) -> Codes | None:
        """Its codes as they count; None where it was not judged by whoever counts."""
        if count not in (ANY, ALL):
            return frozenset(self.codes[count]) if count in self.codes else None
        if not self.codes:
            return None
        own = list(self.codes.values())
        return frozenset(set.union(*own) if count == ANY else set.intersection(*own))

    def often(self, code: CodePath, count: str) -> int:
        """How many times a code was applied to it by whoever counts; of several, by the one who did it most."""
        return max(self.times[coder, code] for coder in self.codes if count in (ANY, ALL, coder))


@record
class Together:
    """A body of material with its units, by coders; `coders` are those that the study declares. `warnings` are for the analyst.

    `unit` is the header of the column that names the units in all of its files.
    """

    coded: Coded
    coders: tuple[str, ...]
    count: str
    units: tuple[_Unit, ...]
    warnings: tuple[str, ...] = ()
    unit: str = ""

    @property
    def waves(self) -> tuple[str | None, ...]:
        """The waves of the units, in the order in which they are met."""
        return tuple(dict.fromkeys(unit.wave for unit in self.units))


def together(coded: Coded, codings: Sequence[Coding], waves: Sequence[str], listed: Coding | None = None) -> Together:
    """The units of all files of one body of material, `listed` among them where a file lists all, with their waves.

    Raises UserError where a wave is none of `waves`, where more units are met than the study says there are, and where coders differ and nobody
    has said whose coding counts.
    """
    found: dict[tuple[str | None, str], _Unit] = {}
    warnings: list[str] = []
    for place, coding in enumerate(codings):
        given = coded.coders[place] if coded.coders else None
        _add(found, coded, coding, waves, given, warnings)
    coders = coded.coders or (tuple(sorted({coder for unit in found.values() for coder in unit.codes if coder})) if coded.coder else ())
    if listed is not None:
        _list(found, coded, listed, waves, coders)
    _fill(found, coded, coders)
    count = _whose(coded, coders, list(found.values()))
    undeclared = {coder for unit in found.values() for coder in unit.codes if coder}
    if not coders and len(undeclared) > 1:
        warnings.append(f"`{coded.name}`: coded by {len(undeclared)} people; what any of them applied counts (say `coder` to tell them apart)")
    named = {coding.unit for coding in codings}
    return Together(coded, coders, count, tuple(found.values()), tuple(warnings), named.pop() if len(named) == 1 else "")


def _add(found: dict[tuple[str | None, str], _Unit], coded: Coded, coding: Coding, waves: Sequence[str], given: str | None, warnings: list[str]) -> None:
    """The units of one file, and what was applied to them."""
    places: list[_Unit | None] = []
    nowhere = 0
    for unit in coding.units:
        wave = _wave(coded, coding, unit, waves)
        if wave is None and _is_placed(coded):
            nowhere += 1
            places.append(None)
            continue
        met = found.setdefault((wave, normalise(unit.name)), _Unit(unit, wave))
        if unit.written and not met.unit.written:
            met.unit = unit
        places.append(met)
    if nowhere:
        warnings.append(f"{coding.file}: {plural(nowhere, 'unit')} without a wave; left out")
    for coder, judged in coding.judged.items():
        for place in judged:
            if (own := places[place]) is not None:
                own.codes.setdefault(given or coder, set())
    for place, code, coder, times in coding.applied:
        if (own := places[place]) is not None:
            own.codes.setdefault(given or coder, set()).add(code)
            own.times[given or coder, code] += times


def _is_placed(coded: Coded) -> bool:
    return bool(coded.wave_column or coded.wave_sets or coded.wave_sources)


def _wave(coded: Coded, coding: Coding, unit: Unit, waves: Sequence[str]) -> str | None:
    """The wave of a unit; None where it has none. Raises UserError for one that the study does not know."""
    if not _is_placed(coded):
        return coded.wave or None
    known = {normalise(wave): wave for wave in waves}
    if coded.wave_sources:
        return next((wave for wave, pattern in coded.wave_sources.items() if fnmatchcase(unit.source.casefold(), pattern.casefold())), None)
    if coded.wave_sets:
        return next((known[normalise(name)] for name in unit.sets if normalise(name) in known), None)
    cell = unit.cells.get(coded.wave_column, "")
    if not cell:
        return None
    if not waves:
        return cell
    if normalise(cell) not in known:
        raise _no_wave(coded, coding, cell, waves)
    return known[normalise(cell)]


def _no_wave(coded: Coded, coding: Coding, cell: str, waves: Sequence[str]) -> UserError:
    """The error for a wave that the study does not know; a column of too many different cells is no column of waves, and nothing of it is shown."""
    cells = {normalise(unit.cells.get(coded.wave_column, "")) for unit in coding.units}
    if len(cells) > _MOST_WAVES:
        problem = f"{coding.file}: column `{coded.wave_column}` holds {len(cells)} different cells, and the study has {plural(len(waves), 'wave')}"
        return UserError(problem, "name the column that tells the waves apart")
    return UserError(f"{coding.file}: column `{coded.wave_column}` holds `{shortened(cell, 40)}`, which is no wave of the study", did_you_mean(cell, waves))


def _list(found: dict[tuple[str | None, str], _Unit], coded: Coded, listed: Coding, waves: Sequence[str], coders: Sequence[str]) -> None:
    """Adds the units that a file lists: everybody saw them, whoever gave them no code."""
    placed = {name: key for key in found for name in [key[1]]}
    for unit in listed.units:
        name = normalise(unit.name)
        wave = _wave(coded, listed, unit, waves) if _is_placed(coded) else coded.wave or None
        own = found.setdefault(placed.get(name, (wave, name)), _Unit(unit, wave))
        if unit.written is not None:
            own.unit = replace(own.unit, cells={**own.unit.cells, **unit.cells}, written=unit.written)
    for own in found.values():
        for coder in coders or ("",):
            own.codes.setdefault(coder, set())


def _fill(found: dict[tuple[str | None, str], _Unit], coded: Coded, coders: Sequence[str]) -> None:
    """Adds nameless units up to the number that the study says was coded. Raises UserError where more were met."""
    if not isinstance(coded.units, int):
        return
    if len(found) > coded.units:
        raise UserError(f"`{coded.name}`: {len(found)} units are in its files, but `units` says {coded.units}", "correct `units` in the study file")
    waves = {wave for wave, _ in found} or {coded.wave or None}
    if len(waves) > 1:
        raise UserError(f"`{coded.name}`: `units` is a number, but its files hold {len(waves)} waves", "name a file that lists all units, with their waves")
    for own in found.values():
        for coder in coders or ("",):
            own.codes.setdefault(coder, set())
    (wave,) = waves
    for place in range(coded.units - len(found)):
        found[wave, f"\0{place}"] = _Unit(Unit(f"unit without a code {place + 1}", named=False), wave, {coder: set() for coder in coders or ("",)})


def _whose(coded: Coded, coders: Sequence[str], units: Iterable[_Unit]) -> str:
    """Whose coding counts. Raises UserError where that is not said and coders differ."""
    if coded.count:
        if coded.count not in (*coders, ANY, ALL):
            raise UserError(f"`{coded.name}`: `count` is `{coded.count}`, who coded nothing of it", did_you_mean(coded.count, (*coders, ANY, ALL)))
        return coded.count
    if len(coders) > 1 and any(len({frozenset(codes) for codes in unit.codes.values()}) > 1 for unit in units):
        said = ", ".join([f'"{coder}"' for coder in coders] + ['"any"', '"all"'])
        raise UserError(f"`{coded.name}`: its coders ({listing(list(coders))}) differ", f"say in the study file whose coding counts: count = one of {said}")
    return ANY


def is_counted(own: _Unit, count: str) -> bool:
    """Whether a unit has something written, or a code all the same, and whoever counts has judged it."""
    codes = own.counted(count)
    return codes is not None and (own.unit.written is not False or bool(codes))


def heard(body: Together, wave: str | None, groups: Mapping[str, Grouped] | None = None, shown: Collection[str] | None = None) -> Heard:
    """The counts of one body of material in one wave; `groups` say by grouping which group a unit belongs to, of which those `shown` have counts
    of their own, all where none are named."""
    units = [own for own in body.units if own.wave == wave]
    counted = [own for own in units if is_counted(own, body.count)]
    patterns, codings, documents = Counter[Codes](), Counter[CodePath](), Counter[CodePath]()
    where: dict[CodePath, set[str]] = {}
    for own in counted:
        codes = own.counted(body.count) or frozenset()
        patterns[codes] += 1
        for code in codes:
            codings[code] += own.often(code, body.count)
            where.setdefault(code, set()).add(own.unit.source or own.unit.name)
    documents.update({code: len(found) for code, found in where.items()})
    return Heard(
        source=body.coded.name,
        kind=body.coded.kind,
        wave=wave,
        asked=body.coded.asked or body.coded.name,
        coders=body.coders,
        counted=body.count,
        patterns=patterns,
        codings=codings,
        documents=documents,
        blank=len(units) - len(counted),
        groups={by: _by_group(counted, body.count, group, wave) for by, group in (groups or {}).items() if shown is None or by in shown},
        axes=tuple(groups or ()),
        parts=_by_part(counted, body.count, list(groups.values()), wave) if groups else {},
        judged=Counter(_judged(own, body.coders) for own in units if own.unit.written is not False or any(own.codes.values())) if body.coders else {},
    )


def _by_group(units: Sequence[_Unit], count: str, group: Grouped, wave: str | None) -> dict[str, Counter[Codes]]:
    found: dict[str, Counter[Codes]] = {}
    for own in units:
        label = group(wave or "", own.unit) or NOT_STATED
        found.setdefault(label, Counter())[own.counted(count) or frozenset()] += 1
    return found


def _by_part(units: Sequence[_Unit], count: str, groups: Sequence[Grouped], wave: str | None) -> dict[tuple[str | None, ...], Counter[Codes]]:
    found: dict[tuple[str | None, ...], Counter[Codes]] = {}
    for own in units:
        labels = tuple(group(wave or "", own.unit) or None for group in groups)
        found.setdefault(labels, Counter())[own.counted(count) or frozenset()] += 1
    return found


def _judged(own: _Unit, coders: Sequence[str]) -> tuple[Codes | None, ...]:
    return tuple(frozenset(own.codes[coder]) if coder in own.codes else None for coder in coders)


def disagreements(body: Together) -> Iterator[tuple[str | None, str, CodePath, tuple[str, ...], tuple[str, ...]]]:
    """Wave, unit, code, who applied it and who saw the unit and did not, for the coders' own use."""
    for own in body.units:
        seen = [coder for coder in body.coders if coder in own.codes]
        for code in sorted({code for coder in seen for code in own.codes[coder]}):
            applied = tuple(coder for coder in seen if code in own.codes[coder])
            if len(applied) < len(seen):
                yield own.wave, own.unit.name, code, applied, tuple(coder for coder in seen if coder not in applied)
