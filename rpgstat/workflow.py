"""One function per command: read, infer if there is no study, tally, analyse. This is the Python API."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rpgstat import analyses, infer, read, tally, text
from rpgstat.errors import UserError, did_you_mean
from rpgstat.result import Input, Result
from rpgstat.study import Source, Study, Survey, Tally, Wave, from_toml, is_blank, to_toml

STUDY_FILE = "study.toml"
_SMALLEST_ALPHA = 1e-6  # the distributions behind the intervals are not good further out
PathLike = str | Path


@dataclass(frozen=True)
class Case:
    """Everything read for one command: the study, its surveys by wave, and what the analyst should know."""

    study: Study
    sources: tuple[Source, ...]
    warnings: tuple[str, ...]
    inferred: bool = False

    @property
    def waves(self) -> tuple[str, ...]:
        """Wave names in order."""
        return tuple(wave for source in self.sources for wave in source.waves)


def score(
    exports: Sequence[PathLike] = (),
    *,
    study: PathLike | None = None,
    waves: Sequence[str] = (),
    alpha: float = 0.05,
    verify: bool = False,
    platform: str | None = None,
) -> list[Result]:
    """Scores every item and battery in each wave, against the scale's midpoint.

    `exports` are files, replacing those of the study in order; without a study file (`study`, else ./study.toml) one is
    inferred. `waves` restricts to those named. Raises UserError for anything the user can mend.
    """
    _check_alpha(alpha)
    case = _open(exports, study, platform)
    chosen = _chosen(case.waves, waves)
    with _digests(case) as digests:
        case, counted = _counted(case, [(wave,) for wave in chosen])
        result = analyses.score(counted, case.study, waves=chosen, alpha=alpha)
        if verify:
            rows = tally.respondents(case.study, case.sources)
            result = analyses.verify_score(result, case.study, counted, rows).stamp(result)
        return [_finished("score", result, case, counted, digests)]


def compare(
    exports: Sequence[PathLike] = (),
    *,
    study: PathLike | None = None,
    reference: str | None = None,
    waves: Sequence[str] = (),
    against: str = "reference",
    method: str = "welch",
    adjust: str = "holm",
    alpha: float = 0.05,
    margin: float | None = None,
    bayes: bool = False,
    verify: bool = False,
    fail_on: str | None = None,
    platform: str | None = None,
) -> list[Result]:
    """Compares each item and battery between waves; see `analyses.compare` for the numbers.

    `reference` is the wave compared against (default: the first); `waves` restricts to those named besides it;
    `against` is "reference" or "previous"; `margin` is in scale points. `fail_on` ("lower" or "changed") and `verify`
    put what they find into `Result.failures`. Raises UserError for anything the user can mend.
    """
    options = analyses.CompareOptions(method, adjust, alpha, margin, against, bayes)
    _check_compare(options, fail_on)
    case = _open(exports, study, platform)
    pairs = analyses.contrasts(_compared(case.waves, reference, waves), reference, against)
    with _digests(case) as digests:
        case, counted = _counted(case, pairs)
        result = analyses.compare(counted, case.study, pairs, options)
        if verify:
            rows = tally.respondents(case.study, case.sources)
            result = analyses.verify_compare(result, case.study, counted, rows).stamp(result)
        return [_finished("compare", _failing(result, fail_on), case, counted, digests)]


def init(exports: Sequence[PathLike], *, beside: PathLike | None = None, platform: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a study file inferred from every row of `exports`, and what was assumed on the way.

    File names in it are relative to the folder `beside` (default: the working directory). Answers in no known order are drafted as comments,
    for the user to order; raises UserError when there is nothing to draft either.
    """
    if not exports:
        raise UserError("no export given", "rpgstat init wave-1.csv wave-2.xlsx -o study.toml")
    if "-" in map(str, exports):
        raise UserError("a study file cannot name standard input", "save the export to a file, and name that")
    surveys = [read.read(path, platform=platform) for path in exports]
    inferred = infer.infer(surveys, _answers(surveys, tally.learn_all), _names(exports), drafts_will_do=True)
    folder = Path.cwd() if beside is None else Path(beside).absolute()
    files = [os.path.relpath(Path(path).absolute(), folder).replace(os.sep, "/") for path in exports]
    waves = tuple(replace(wave, file=file, platform=platform) for wave, file in zip(inferred.study.waves, files, strict=True))
    content = to_toml(replace(inferred.study, waves=waves), comments=inferred.assumptions, drafts=inferred.drafts)
    return content, inferred.assumptions


def demo(folder: PathLike) -> tuple[Path, ...]:
    """Writes the example study into `folder` and returns its files; refuses to overwrite any of them."""
    from importlib.resources import files

    target = Path(folder)
    if target.is_file():
        raise UserError(f"`{target}` is a file", "name a folder: rpgstat demo example")
    contents = {part.name: part.read_bytes() for part in sorted((files("rpgstat") / "data" / "demo").iterdir(), key=lambda p: p.name)}
    taken = [name for name in contents if (target / name).exists()]
    if taken:
        raise UserError(f"{target} already holds {', '.join(taken)}", "name another folder: rpgstat demo another-folder")
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (target / name).write_bytes(content)
    except OSError as error:
        raise UserError(f"cannot write into {target}: {error.strerror}", "name a folder that you may write to") from error
    return tuple(target / name for name in contents)


def _open(exports: Sequence[PathLike], study: PathLike | None, platform: str | None) -> Case:
    """The study and its surveys, from a study file where there is one, else inferred from the exports."""
    path = Path(study) if study is not None else Path(STUDY_FILE)
    if study is None and not path.is_file():
        if not exports:
            raise UserError("no export given, and no study.toml here", "name your exports: rpgstat compare wave-1.csv wave-2.xlsx; or try rpgstat demo")
        return _inferred_case([read.read(path, platform=platform) for path in exports], _names(exports), tally.learn)
    warnings = () if study is not None else (f"using {STUDY_FILE} in this folder",)
    declared = infer.with_families(from_toml(_text(path), source=path.name))
    declared, sources = _declared_sources(declared, exports, path.parent, platform)
    return Case(declared, sources, (*warnings, *declared.warnings))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError(f"{path}: the study file cannot be read: {error.strerror}", "check the path given with --study") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: the study file is not UTF-8 text", "save it as UTF-8") from error


def _declared_sources(study: Study, exports: Sequence[PathLike], folder: Path, platform: str | None) -> tuple[Study, tuple[Source, ...]]:
    if study.data_file is not None:
        return study, (_one_file(study, exports, folder, platform),)
    if not study.waves:
        study = replace(study, waves=tuple(Wave(name) for name in _names(exports)))
    files = _wave_files(study, exports, folder)
    surveys = [read.read(file, platform=platform or wave.platform) for wave, file in files]
    return study, tuple(Source(survey, (wave.name,)) for survey, (wave, _) in zip(surveys, files, strict=True))


def _wave_files(study: Study, exports: Sequence[PathLike], folder: Path) -> list[tuple[Wave, PathLike]]:
    """Each wave with its file. Exports named like declared files stand for those waves; others replace the files in order."""
    if not exports:
        files: list[tuple[Wave, PathLike]] = [(wave, folder / wave.file) for wave in study.waves if wave.file is not None]
        for wave, file in files:
            _check_declared(file, f"wave `{wave.name}`", exports)
        return files
    names = [Path(wave.file).name for wave in study.waves if wave.file is not None]
    declared = {Path(wave.file).name: wave for wave in study.waves if wave.file is not None and names.count(Path(wave.file).name) == 1}
    named = [declared.get(Path(path).name) for path in exports]
    given = {wave.name: path for wave, path in zip(named, exports, strict=True) if wave is not None}
    if len(given) == len(exports):
        return [(wave, given[wave.name]) for wave in study.waves if wave.name in given]
    waves = ", ".join(f"`{wave.name}`" for wave in study.waves)
    if len(exports) != len(study.waves):
        count = f"{text.plural(len(exports), 'export')} for the {text.plural(len(study.waves), 'wave')} of the study ({waves})"
        raise UserError(count, "give one export per wave, in the order of the study; fewer will do when they are named as in the study file")
    for path, own, wave in zip(exports, named, study.waves, strict=True):
        if own not in (None, wave):
            raise UserError(
                f"`{path}` is named like the file of wave `{own.name}` but stands in the place of `{wave.name}`", f"the order of the study is {waves}"
            )
    return list(zip(study.waves, exports, strict=True))


def _one_file(study: Study, exports: Sequence[PathLike], folder: Path, platform: str | None) -> Source:
    if len(exports) > 1:
        raise UserError(f"{len(exports)} exports, but the study keeps all waves in one file ([data])", "give one export, or none")
    file = exports[0] if exports else folder / str(study.data_file)
    _check_declared(file, "[data]", exports)
    survey = read.read(file, platform=platform or study.data_platform)
    return Source(survey, tuple(wave.name for wave in study.waves), study.wave_column)


def _check_declared(file: PathLike, where: str, exports: Sequence[PathLike]) -> None:
    if not exports and not Path(file).exists():
        hint = "file names in a study file are relative to its folder: correct `file` there, or name the exports after the command"
        raise UserError(f"no file `{file}`, which the study names for {where}", hint)


def _inferred_case(surveys: Sequence[Survey], names: Sequence[str], learn: Callable[[Survey, Sequence[str]], tally.Answers]) -> Case:
    inferred = infer.infer(surveys, _answers(surveys, learn), names)
    sources = tuple(Source(survey, (name,)) for survey, name in zip(surveys, names, strict=True))
    return Case(inferred.study, sources, inferred.assumptions, inferred=True)


def _answers(surveys: Sequence[Survey], learn: Callable[[Survey, Sequence[str]], tally.Answers]) -> list[tally.Answers]:
    """What `learn` finds in each survey, without what means no answer."""
    found = [learn(survey, [column.name for column in survey.columns if column.kind == "answer"]) for survey in surveys]
    return [{name: {a: n for a, n in seen.items() if not is_blank(a)} for name, seen in answers.items()} for answers in found]


def _counted(case: Case, combinations: Sequence[tuple[str, ...]]) -> tuple[Case, Tally]:
    """The counts. A study inferred from the first rows may not hold in later ones: it is then inferred from all of them."""
    try:
        counted = tally.tally(case.study, case.sources, combinations)
    except UserError:
        if not case.inferred:
            raise
        case = _inferred_case([source.survey for source in case.sources], case.waves, tally.learn_all)
        counted = tally.tally(case.study, case.sources, combinations)
    return replace(case, warnings=(*case.warnings, *_unanswered(counted, case.study, combinations))), counted


def _unanswered(counted: Tally, study: Study, combinations: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """A warning for each wave or pair of waves about which nothing can be said."""
    items = tuple(item.id for _, item in study.items)
    for waves in combinations:
        if not counted.common(items, waves):
            both = "both " if len(waves) > 1 else ""
            yield f"no statement was answered in {both}{text.listing([f'`{wave}`' for wave in waves])}; check that the files are the right ones"


def _names(exports: Sequence[PathLike]) -> list[str]:
    """Wave names from file names: the stem, with its folder where two stems are the same."""
    paths = [Path("stdin" if str(path) == "-" else path) for path in exports]
    stems = [path.stem for path in paths]
    names = [path.stem if stems.count(path.stem) == 1 else f"{path.absolute().parent.name}/{path.name}" for path in paths]
    return [name if names.count(name) == 1 else f"{name} ({i})" for i, name in enumerate(names, start=1)]


def _chosen(known: Sequence[str], wanted: Sequence[str]) -> list[str]:
    for wave in wanted:
        if wave not in known:
            raise UserError(f"--wave: no wave `{wave}`", did_you_mean(wave, known))
    return [wave for wave in known if wave in wanted or not wanted]


def _compared(known: Sequence[str], reference: str | None, wanted: Sequence[str]) -> list[str]:
    """The waves of a comparison: those wanted, with the reference (the first wave by default) among them."""
    chosen = _chosen(known, wanted)
    first = reference if reference is not None else (known[0] if known else None)
    compared = [wave for wave in known if wave in chosen or (wanted and wave == first)]
    if wanted and len(compared) == 1 < len(known):
        raise UserError(f"--wave: `{compared[0]}` is the wave compared against, and no other is left", "name another --wave, or another --reference")
    return compared


def _check_alpha(alpha: float) -> None:
    if not _SMALLEST_ALPHA <= alpha < 0.5:
        raise UserError(f"--alpha is {alpha}", "give a level below 0.5 and not below 0.000001, such as 0.05 for 95 % intervals")


def _check_compare(options: analyses.CompareOptions, fail_on: str | None) -> None:
    _check_alpha(options.alpha)
    allowed = {
        "--method": (options.method, analyses.METHODS),
        "--adjust": (options.adjust, ("holm", "bh", "bonferroni", "none")),
        "--against": (options.against, ("reference", "previous")),
        "--fail-on": (fail_on, (None, "lower", "changed")),
    }
    for option, (value, known) in allowed.items():
        if value not in known:
            raise UserError(f"{option}: `{value}` is not known", did_you_mean(str(value), [word for word in known if word]))
    if options.margin is not None and not 0 < options.margin < float("inf"):
        raise UserError(f"--margin is {options.margin}", "give the largest change that does not matter, in scale points above 0")
    if options.margin is not None and options.method not in analyses.MEAN_METHODS:
        raise UserError(f"--margin is in scale points, and {options.method} does not test means", f"use --method {' or '.join(analyses.MEAN_METHODS)}")


def _failing(result: Result, fail_on: str | None) -> Result:
    """The result with one failure for each row whose conclusion the user asked to fail on."""
    bad = {None: set(), "lower": {"lower"}, "changed": {"higher", "lower", "different"}}[fail_on]
    failed = [row for row in result.rows if row["conclusion"] in bad]
    told = tuple(f"--fail-on {fail_on}: `{row['item'] or row['battery']}` is {row['conclusion']} in {row['wave']}" for row in failed)
    return replace(result, failures=(*result.failures, *told))


@contextmanager
def _digests(case: Case) -> Iterator[list[Future[str]]]:
    """Digests of the inputs, computed in a thread beside the counting."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield [pool.submit(_sha256, source.survey.source) for source in case.sources]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _finished(command: str, result: Result, case: Case, counted: Tally, digests: Sequence[Future[str]]) -> Result:
    inputs = tuple(Input(source.survey.name, digest.result(), rows) for source, digest, rows in zip(case.sources, digests, counted.rows, strict=True))
    read_warnings = [warning for source in case.sources for warning in source.survey.warnings]
    return replace(result, command=command, inputs=inputs, warnings=(*read_warnings, *case.warnings, *counted.warnings))
