"""What a command works on: the study, declared or inferred, and the export behind each wave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rpgstat import read, tally, text
from rpgstat.errors import UserError, did_you_mean
from rpgstat.infer.catalogue import with_families
from rpgstat.read.files import check_there
from rpgstat.record import record
from rpgstat.study import Group, Source, Study, Survey, Wave, is_blank
from rpgstat.workflow import inputs, rounds
from rpgstat.workflow.arguments import PathLike
from rpgstat.workflow.engines import Engine, check_engine, held, held_sources
from rpgstat.workflow.looking_back import looking_back
from rpgstat.workflow.study_file import declared_study, study_path

if TYPE_CHECKING:
    from concurrent.futures import Future

    from rpgstat.disclosure import Plan
    from rpgstat.infer.waves import Times

STUDY_FILE = inputs.STUDY_FILE
FOUND = f"using {STUDY_FILE} in this folder"


@dataclass
class Shared:
    """What the analyses of one case have from each other: the coded files, the digests of the files, the case inferred from all rows, and by
    the groupings that it holds for the plan of what may be shown."""

    files: tally.Files | None = None
    digests: list[Future[str]] | None = None
    from_all: Case | None = None
    plans: dict[tuple[str, ...], Plan] = field(default_factory=dict)


@record
class Case:
    """Everything read for any number of analyses: the study, its surveys by wave, and what the analyst should know.

    `left_out` are the warnings among them on rows that are no respondents, `asked` the headers of columns that the command itself names,
    beside those of the study; `scales` those given for this run. `several` says that more than one analysis is going to ask it.
    """

    study: Study
    sources: tuple[Source, ...]
    warnings: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    inferred: bool = False
    asked: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    several: bool = False
    shared: Shared = field(default_factory=Shared, repr=False, compare=False)

    def files(self, by: Sequence[Group] = (), weight: str | None = None) -> tally.Files:
        """The coded files, with the columns of these groups and weights; with those of the whole study for groups and for several analyses."""
        found = self.shared.files
        if found is None or found.study is not self.study or found.sources is not self.sources:
            groups, weights = [*by], [weight, *self.asked]
            if self.several or by:  # what may be shown of some groups depends on all
                groups += self.study.groups
                weights += [self.study.weight.column if self.study.weight else None]
            beside = dict.fromkeys([*(header for group in groups for header in group.columns), *(header for header in weights if header)])
            found = self.shared.files = tally.Files(self.study, self.sources, tuple(beside))
        return found

    @property
    def waves(self) -> tuple[str, ...]:
        """Wave names in order: that of the study, where it names them."""
        places = {wave.name: place for place, wave in enumerate(self.study.waves)}
        return tuple(sorted((wave for source in self.sources for wave in source.waves), key=lambda wave: places.get(wave, len(places))))


def open_case(
    exports: Sequence[PathLike],
    study: PathLike | None,
    platform: str | None,
    *,
    by: Sequence[str] = (),
    weight: str | None = None,
    scale: Sequence[str] = (),
    several: bool = False,
    people_will_do: bool = False,
    engine: str | None = None,
) -> Case:
    """The study and its surveys, from a study file where there is one, else inferred from the exports, with the scales given for this run.

    `by`, without a study file, and `weight` are columns that the command names: they are read, whatever they look like. `several` says that
    more than one analysis is going to ask the case; `people_will_do` that it asks who answered, and needs no statements.
    """
    refuse_study_as_export(exports)
    path, elsewhere = study_path(study), check_engine(engine)
    if path is None and elsewhere is not None:
        hint = "no row of the table is looked at, so a study has to say what its columns are; `rpgstat init` drafts one from a few rows in a file"
        raise UserError(f"--engine {elsewhere.name} needs a study file", hint)
    if path is None:
        if not exports:
            raise UserError("no export given, and no study.toml here", "name your exports: rpgstat compare wave-1.csv wave-2.xlsx; or try rpgstat demo")
        asked = (*by, *([weight] if weight else []))
        surveys = [read.read(path, platform=platform).asking(asked) for path in exports]
        settled, told = _respondents([rounds.whole(survey, name, alone=len(surveys) == 1) for survey, name in zip(surveys, wave_names(exports), strict=True)])
        return replace(inferred_case(settled, tally.learn, told, tuple(scale), people_will_do=people_will_do), asked=asked, several=several)
    if scale:
        raise UserError(f"--scale is for exports without a study file, and {path.name} declares the scales", "correct them there, or run from another folder")
    warnings = () if study is not None else (FOUND,)
    declared = with_families(declared_study(path))
    if not declared.batteries and not people_will_do:
        raise UserError(
            f"{path.name} declares no statements",
            "declare them under [[batteries]]; what `rpgstat init` could not put in order stands there as comments, and `rpgstat init --ask` asks for it; "
            "`rpgstat topline` counts questions, `rpgstat response` people, `rpgstat themes` what was coded",
        )
    declared, sources = declared_sources(declared, exports, path.parent, platform, engine=elsewhere)
    asked = (weight,) if weight else ()
    named = (*declared.headers, *asked)
    settled, told = _respondents([replace(source, survey=source.survey.asking(named)) for source in sources], declared)
    declared, settled = looking_back(declared, settled)
    return Case(declared, settled, (*warnings, *declared.warnings, *told), told, asked=asked, several=several)


def open_declared(study: Study, folder: Path) -> Case:
    """The case of a study that has been read, with the exports that it names beside `folder`."""
    declared, sources = declared_sources(with_families(study), (), folder, None)
    settled, told = _respondents([replace(source, survey=source.survey.asking(declared.headers)) for source in sources], declared)
    declared, settled = looking_back(declared, settled)
    return Case(declared, settled, (*declared.warnings, *told), told)


def _respondents(sources: Sequence[Source], study: Study | None = None) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The sources without the rows that are no respondents, and what to tell of them."""
    found = [tally.standing(source, study) for source in sources]
    return tuple(source for source, _ in found), tuple(line for _, told in found for line in told)


@contextmanager
def found_study_named(study: PathLike | None) -> Iterator[None]:
    """Adds to any error that the study was found, not named: it may be another survey's."""
    try:
        yield
    except UserError as error:
        told = f"(the study is {STUDY_FILE} in this folder; for other files, run from another folder)"
        if study is not None or not Path(STUDY_FILE).is_file() or error.problem.startswith(STUDY_FILE) or told in f"{error.problem}{error.hint}":
            raise
        raise type(error)(error.problem, f"{error.hint}\n  {told}") from error


def refuse_study_as_export(exports: Sequence[PathLike]) -> None:
    """Raises UserError for a study file among the exports."""
    for path in exports:
        if Path(path).suffix.casefold() == ".toml":
            raise UserError(f"`{path}` is a study file, not an export", f"give it with --study {path}")


def declared_sources(
    study: Study,
    exports: Sequence[PathLike],
    folder: Path,
    platform: str | None,
    choose: Callable[[Survey, str | None], Survey] = rounds.chosen,
    *,
    engine: Engine | None = None,
) -> tuple[Study, tuple[Source, ...]]:
    """The study with its waves, and the surveys behind them; `choose` takes the rows of the round that a wave names."""
    if study.in_one:
        return study, (_one_file(study, exports, folder, platform, engine),)
    if not study.waves:
        study = replace(study, waves=tuple(Wave(name) for name in wave_names(exports)))
    asked = replace(study, waves=tuple(wave for wave in study.waves if wave.retrospective is None))
    if engine is not None:
        return study, held_sources(engine, asked, exports, folder)
    files = _wave_files(asked, exports, folder)
    surveys = [
        choose(read.read(file, platform=platform or wave.platform, key=folder / wave.key if wave.key else None, sheet=wave.sheet), wave.event)
        for wave, file in files
    ]
    return study, tuple(Source(survey, (wave.name,)) for survey, (wave, _) in zip(surveys, files, strict=True))


def _wave_files(study: Study, exports: Sequence[PathLike], folder: Path) -> list[tuple[Wave, PathLike]]:
    """Each wave with its file. Exports named like declared files stand for those waves; others replace the files in order."""
    if not exports:
        files: list[tuple[Wave, PathLike]] = [(wave, folder / wave.file) for wave in study.waves if wave.file is not None]
        for wave, file in files:
            inputs.check_declared(Path(file), f"wave `{wave.name}`", parts=True)
        if not files:
            raise UserError("no wave of the study has a file", 'name their exports: file = "wave-1.csv"')
        return files
    names = [Path(wave.file).name for wave in study.waves if wave.file is not None]
    declared = {Path(wave.file).name: wave for wave in study.waves if wave.file is not None and names.count(Path(wave.file).name) == 1}
    named = [declared.get(Path(path).name) for path in exports]
    given = {wave.name: path for wave, path in zip(named, exports, strict=True) if wave is not None}
    if len(given) == len(exports):
        return [(wave, given[wave.name]) for wave in study.waves if wave.name in given]
    waves = ", ".join(f"`{wave.name}`" for wave in study.waves)
    if len(exports) != len(study.waves):
        for path in exports:  # a slip in a name is no want of waves
            check_there(path)
        count = f"{text.plural(len(exports), 'export')} for the {text.plural(len(study.waves), 'wave')} of the study ({waves})"
        raise UserError(count, "give one export per wave, in the order of the study; fewer will do when they are named as in the study file")
    for path, own, wave in zip(exports, named, study.waves, strict=True):
        if own not in (None, wave):
            raise UserError(
                f"`{path}` is named like the file of wave `{own.name}` but stands in the place of `{wave.name}`", f"the order of the study is {waves}"
            )
    return list(zip(study.waves, exports, strict=True))


def _one_file(study: Study, exports: Sequence[PathLike], folder: Path, platform: str | None, engine: Engine | None = None) -> Source:
    if len(exports) > 1:
        raise UserError(f"{len(exports)} exports, but the study keeps all waves in one file ([data])", "give one export, or none")
    waves = tuple(wave.name for wave in study.waves if wave.retrospective is None)
    if engine is not None:
        file, own = (exports[0], Path()) if exports else (study.data_file, folder)
        survey = held(engine, file, own, study.data_table)
        return Source(survey, waves, study.wave_column)
    if study.data_table is not None:
        hint = "name one, in a command that takes it: --engine duckdb, or --engine spark"
        raise UserError(f"[data] names the table `{study.data_table}`, which only an engine can read", hint)
    file = exports[0] if exports else folder / str(study.data_file)
    if not exports:
        inputs.check_declared(Path(file), "[data]", parts=True)
    key = folder / study.data_key if study.data_key else None
    survey = read.read(file, platform=platform or study.data_platform, key=key, sheet=study.data_sheet)
    return Source(survey, waves, study.wave_column)


def inferred_case(
    sources: Sequence[Source],
    learn: Callable[[Survey, Sequence[str]], tally.Answers],
    left_out: tuple[str, ...],
    scales: tuple[str, ...] = (),
    *,
    people_will_do: bool = False,
) -> Case:
    """The case that exports without a study make, from what `learn` finds in them. Raises UserError where an order or a scale cannot be known."""
    from rpgstat.infer.given import given_scales
    from rpgstat.infer.inference import infer  # only exports without a study file need it
    from rpgstat.infer.waves import times_in, unordered

    surveys = [source.survey for source in sources]
    answers = answers_of(surveys, learn)
    times = [times_in(source.survey, seen) if source.wave_column is None else None for source, seen in zip(sources, answers, strict=True)]
    names = [source.waves[0] if source.wave_column is None else Path(source.survey.name).stem for source in sources]
    try:
        inferred = infer(surveys, answers, names, declared=given_scales(scales), drafts_will_do=people_will_do)
    except UserError as error:
        apart = [f"{_pooled(survey.name, found)}\n" for survey, found in zip(surveys, times, strict=True) if found]
        raise UserError(error.problem, "".join([*apart, error.hint])) from error
    sources = [replace(source, pooled=found.column.text if found else None) for source, found in zip(sources, times, strict=True)]
    told = [_pooled(survey.name, found) for survey, found in zip(surveys, times, strict=True) if found]
    loose = [unordered(survey, seen) if found is None else None for survey, seen, found in zip(surveys, answers, times, strict=True)]
    told += [_pooled(survey.name, found, ordered=False) for survey, found in zip(surveys, loose, strict=True) if found and not sources[0].wave_column]
    study = rounds.apart(inferred.study, sources[0]) if sources[0].wave_column else inferred.study
    return Case(study, tuple(sources), (*inferred.assumptions, *left_out, *told), left_out, inferred=True, scales=scales)


def _pooled(file: str, times: Times, *, ordered: bool = True) -> str:
    waves = text.listing([f"`{wave}`" for wave in times.waves])
    told = "which are" if ordered else "of which nobody says what came first, so they are"
    where = f"(`rpgstat init {file} -o study.toml` writes it)" if ordered else "in a study file, and [[waves]] in the order of time"
    mend = f'to tell them apart declare [data] wave = "{times.column.text}" {where}'
    return f"{file}: column `{times.column.text}` holds {waves}, {told} counted together; {mend}"


def need_two_waves(case: Case) -> None:
    """Raises UserError for one file that seems to hold several waves nobody declared; does nothing otherwise."""
    if len(case.waves) > 1 or case.sources[0].pooled is None:
        return
    file, column = case.sources[0].survey.name, case.sources[0].pooled
    problem = f"a comparison needs two waves, and {file} is read as one; its column `{column}` seems to tell waves apart"
    raise UserError(problem, f'run `rpgstat init {file} -o study.toml`, which declares [data] wave = "{column}", check it, and compare again')


def answers_of(surveys: Sequence[Survey], learn: Callable[[Survey, Sequence[str]], tally.Answers]) -> list[tally.Answers]:
    """What `learn` finds in each survey, without what means no answer."""
    found = [learn(survey, [column.name for column in survey.columns if column.kind == "answer"]) for survey in surveys]
    return [{name: {a: n for a, n in seen.items() if not is_blank(a)} for name, seen in answers.items()} for answers in found]


def wave_names(exports: Sequence[PathLike]) -> list[str]:
    """Wave names from file names: the stem, with its folder where two stems are the same."""
    paths = [Path("stdin" if str(path) == "-" else read.legible(str(read.above(path)))) for path in exports]
    stems = [path.stem for path in paths]
    names = [path.stem if stems.count(path.stem) == 1 else f"{path.absolute().parent.name}/{path.name}" for path in paths]
    return [name if names.count(name) == 1 else f"{name} ({i})" for i, name in enumerate(names, start=1)]


def chosen(known: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The waves named with --wave, in the order of the study; all of them when none is named."""
    for wave in wanted:
        if wave not in known:
            raise UserError(f"--wave: no wave `{wave}`", did_you_mean(wave, known))
    return [wave for wave in known if wave in wanted or not wanted]
