"""Coded material, from the files that a study names to counts: what `themes`, `agreement` and `joint` work on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from rpgstat.errors import UserError, did_you_mean
from rpgstat.read import read
from rpgstat.read.coding import read_codebook, read_coding, read_units
from rpgstat.result import Input
from rpgstat.study import NOT_STATED, Group, Study, is_blank, normalise
from rpgstat.study.coding import Code, Coding, Unit
from rpgstat.study.themed import Book, Heard, Patterns, Twice
from rpgstat.study.themes import Coded, Material
from rpgstat.tally._books import books
from rpgstat.tally._labels import natural
from rpgstat.tally._material import Grouped, Together, heard, together
from rpgstat.tally._twice import twice
from rpgstat.text import plural
from rpgstat.workflow.arguments import PathLike
from rpgstat.workflow.case import FOUND, STUDY_FILE, Case, open_declared, wave_names
from rpgstat.workflow.finish import sha256
from rpgstat.workflow.inputs import check_declared
from rpgstat.workflow.study_file import declared_study

_OF_PEOPLE = frozenset({"ticks", "codes"})


@dataclass
class Opened:
    """A study with its coded material, brought together; `files` are those that were read; `surveyed` the case of its surveys, where one is open."""

    study: Study
    folder: Path
    bodies: tuple[Together, ...]
    books: tuple[Book, ...]
    files: tuple[Coding, ...]
    warnings: tuple[str, ...]
    surveyed: Case | None = None

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves that anything was coded of, in the order of the study."""
        met = {wave for body in self.bodies for wave in body.waves if wave}
        declared = [wave.name for wave in self.study.waves]
        return (*(wave for wave in declared if wave in met), *(wave for body in self.bodies for wave in body.waves if wave and wave not in declared))

    @property
    def inputs(self) -> tuple[Input, ...]:
        """The files with their digests, each once."""
        each = {one.path: one for one in self.files}
        return tuple(Input(one.file, sha256(path), one.rows) for path, one in each.items())

    @cached_property
    def case(self) -> Case:
        """The surveys of the study, opened when they are first asked unless they are already."""
        return self.surveyed or replace(open_declared(self.study, self.folder), several=True)

    def heard(self, by: Sequence[Group] = (), returned: Mapping[str, int] | None = None) -> list[Heard]:
        """The counts of each body in each of its waves, with those of the groups `by`, and of these together with all others of the study that are known."""
        found = []
        shown = {group.name for group in by}
        for body in self.bodies:
            groups = self._groupings(body, by) if body.coded.kind == "answers" and by else {}
            order = {wave: place for place, wave in enumerate(self.waves)}
            for wave in sorted(body.waves, key=lambda wave: order.get(wave or "", -1)):
                one = heard(body, wave, groups, shown)
                ordered = {group.name: _in_order(one.groups[group.name], group) for group in by if group.name in one.groups}
                found.append(replace(one, groups=ordered, returned=(returned or {}).get(wave or "")))
        place = {wave: at for at, wave in enumerate(self.waves)}
        first = {name: at for at, name in reversed(list(enumerate(one.source for one in found)))}
        return sorted(found, key=lambda one: (first[one.source], place.get(one.wave or "", -1)))

    def _groupings(self, body: Together, by: Sequence[Group]) -> dict[str, Grouped]:
        """The groups `by`, and others of the study where it is known who is in which: what may be shown of some depends on all."""
        found = {group.name: self._grouped(body.coded, group) for group in by}
        for group in self.study.groups:
            if group.name not in found:
                grouped = self._grouped(body.coded, group)
                try:
                    for own in body.units:
                        grouped(own.wave or "", own.unit)
                except UserError:
                    continue
                found[group.name] = grouped
        return dict(sorted(found.items()))

    def twice(self, reference: str | None = None) -> list[Twice]:
        """The people of each source who wrote an answer in the reference wave, the first of the source unless another is named, and in another."""
        found = []
        for source in dict.fromkeys(body.coded.name for body in self.bodies):
            own = [body for body in self.bodies if body.coded.name == source]
            waves = [wave for wave in self.waves if any(wave in body.waves for body in own)]
            first = reference if reference in waves else next(iter(waves), None)
            found += [met for wave in waves if wave != first and (met := twice(self.study, own, first, wave, waves)) is not None]
        return found

    def _grouped(self, coded: Coded, group: Group) -> Grouped:
        """Which group a unit belongs to: by a column of the coding file, else by its id in the survey of its wave."""
        aliases = {normalise(word): level for word, level in group.aliases.items()}
        people = self._people(coded, group)

        def find(wave: str, unit: Unit) -> str | None:
            cell = next((unit.cells[header] for header in group.columns if header in unit.cells), None)
            if cell is None:
                cell = people(wave).get(normalise(unit.name), "")
            return None if is_blank(cell) else aliases.get(normalise(cell), cell.strip())

        return find

    def _people(self, coded: Coded, group: Group) -> Callable[[str], Mapping[str, str]]:
        """By wave, the group of each id in the survey, read when it is asked for. Raises UserError where units are in no survey."""
        known: dict[str, dict[str, str]] = {}

        def of(wave: str) -> Mapping[str, str]:
            if wave not in known:
                known[wave] = self._survey(wave, group)
                body = [unit for one in self.bodies if one.coded is coded for unit in one.units if (unit.wave or "") == wave]
                strangers = sum(normalise(unit.unit.name) not in known[wave] and (unit.unit.named or not isinstance(coded.units, int)) for unit in body)
                if strangers:
                    ids = self.study.id_column
                    problem = f'`{coded.name}`: {plural(strangers, "unit")} in no survey export of "{wave}" (by {ids})'
                    raise UserError(problem, "check that `unit` names the column with the ids of the survey, or put the group beside the codes")
            return known[wave]

        return of

    def _survey(self, wave: str, group: Group) -> dict[str, str]:
        declared = next((one for one in self.study.waves if one.name == wave), None)
        if declared is None or declared.file is None or self.study.id_column is None:
            hint = "name the survey's `file` and `id`, or put the group into a column beside the codes"
            raise UserError(f"group `{group.name}` of who wrote an answer in {wave or 'the material'} is not known", hint)
        named = (self.study.id_column, *group.columns)
        survey = read(self.folder / declared.file, platform=declared.platform).asking(named)
        who = survey.require(self.study.id_column).name
        column = next((found for header in group.columns if (found := survey.find(header))), None)
        if column is None:
            raise UserError(f"{survey.name}: no column of group `{group.name}`", did_you_mean(group.columns[0], survey.headings))
        return {normalise(key): cell or "" for key, cell in survey.frame.select(who, column.name).collect().rows() if key}


def open_material(exports: Sequence[PathLike], study: PathLike | None, by: Sequence[str] = (), surveyed: Case | None = None) -> Opened:
    """The coded material that the study file names, or that stands in `exports`; `surveyed` is the case of its surveys, where that is open.

    Raises UserError for anything a user can mend.
    """
    path = Path(study) if study is not None else Path(STUDY_FILE)
    there = study is not None or path.is_file()
    if not there and not exports:
        raise UserError("no coding file given, and no study.toml here", "name your coding file: rpgstat themes coded.xlsx; or try rpgstat demo")
    declared = declared_study(path) if there else Study((), ())
    folder = path.parent if there else Path()
    warnings = [FOUND] if there and study is None else []
    if exports:
        declared, told = _given(declared, exports)
        warnings += told
        folder = Path()
    if not declared.coded:
        raise UserError(f"{path.name} names no coded material", 'declare it: [[coded]] and below it name = "What changed?" and file = "coded.xlsx"')
    return replace(_opened(declared, folder, warnings, declared.groups if by else ()), surveyed=surveyed)


def _given(study: Study, exports: Sequence[PathLike]) -> tuple[Study, list[str]]:
    """The study with the files given as its coded material: each a wave of its own, where there are several."""
    if study.coded:
        raise UserError("the study names its coding files, and others are given", "run without files, or from another folder")
    names = wave_names(exports)
    several = len(exports) > 1
    kinds: list[Material] = [_kind(path) for path in exports]
    coded = tuple(
        Coded("Answers" if kind == "answers" else "Interviews", kind, (str(path),), wave=name if several else "")
        for path, name, kind in zip(exports, names, kinds, strict=True)
    )
    told = [
        f"{Path(path).name}: read as {'answers, a row or id being one person' if kind == 'answers' else 'interviews, a document being one person'}"
        for path, kind in zip(exports, kinds, strict=True)
    ]
    return replace(study, coded=coded), told


def _in_order(groups: Mapping[str, Patterns], group: Group) -> dict[str, Patterns]:
    """The groups as they are declared, others by their names, and last those who stated none."""
    order = {normalise(level): place for place, level in enumerate(group.levels)}
    return dict(sorted(groups.items(), key=lambda one: (one[0] == NOT_STATED, order.get(normalise(one[0]), len(order)), natural(one[0]))))


def _kind(path: PathLike) -> Material:
    return "answers" if read_coding(path, Coded("Answers", "answers")).layout in _OF_PEOPLE else "interviews"


def _opened(study: Study, folder: Path, warnings: list[str], by: Sequence[Group]) -> Opened:
    waves = [wave.name for wave in study.waves]
    names = [code for theme in study.themes for code in theme.codes]
    bodies, files, codes = [], [], dict[str, dict[tuple[str, ...], Code]]()
    for coded in study.coded:
        wanted = [*filter(None, [coded.wave_column]), *(header for group in by for header in group.columns)]
        book = read_codebook(_declared(folder, coded.codebook, coded), coded) if coded.codebook else ()
        own = [read_coding(_declared(folder, file, coded), coded, codebook=book, names=names, wanted=wanted, sheet=sheet) for file, sheet in coded.parts]
        listed = read_units(_declared(folder, coded.units, coded), coded, wanted=wanted) if isinstance(coded.units, str) else None
        body = together(coded, own, waves, listed)
        bodies.append(body)
        files += own if listed is None else [*own, listed]
        for code in (code for one in own for code in (*book, *one.codes)):
            met = codes.setdefault(coded.name, {})
            met[code.path] = code if code.text or code.path not in met else met[code.path]
        warnings += body.warnings
    found, told = books(study.themes, {source: tuple(own.values()) for source, own in codes.items()})
    read_warnings = [line for one in files for line in one.warnings]
    return Opened(study, folder, tuple(bodies), found, tuple(files), tuple(dict.fromkeys((*read_warnings, *warnings, *told))))


def _declared(folder: Path, file: str, coded: Coded) -> Path:
    path = folder / file
    check_declared(path, f"`{coded.name}`")
    return path
