"""One function per command: read, infer if there is no study, tally, analyse. This is the Python API."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rpgstat import analyses, read, tally
from rpgstat.errors import UserError, did_you_mean
from rpgstat.result import Input, Result
from rpgstat.study import Tally, to_toml
from rpgstat.workflow.case import Case, PathLike, answers_of, chosen, count, found_study_named, open_case, wave_names

__all__ = ["compare", "demo", "init", "score"]

_SMALLEST_ALPHA = 1e-6  # the distributions behind the intervals are not good further out


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
    with found_study_named(study):
        case = open_case(exports, study, platform)
        wanted = chosen(case.waves, waves)
    with _digests(case) as digests, found_study_named(study):
        case, counted = count(case, [(wave,) for wave in wanted])
        result = analyses.score(counted, case.study, waves=wanted, alpha=alpha)
        if verify:
            from rpgstat.analyses.verify import verify_score

            rows = tally.respondents(case.study, case.sources)
            result = verify_score(result, case.study, counted, rows).stamp(result)
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
    with found_study_named(study):
        case = open_case(exports, study, platform)
        pairs = analyses.contrasts(case.waves, reference, against, chosen(case.waves, waves) if waves else ())
    with _digests(case) as digests, found_study_named(study):
        case, counted = count(case, pairs)
        result = analyses.compare(counted, case.study, pairs, options)
        if verify:
            from rpgstat.analyses.verify import verify_compare

            rows = tally.respondents(case.study, case.sources)
            result = verify_compare(result, case.study, counted, rows).stamp(result)
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
    from rpgstat.infer.inference import infer

    inferred = infer(surveys, answers_of(surveys, tally.learn_all), wave_names(exports), drafts_will_do=True)
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
    return replace(result, command=command, inputs=inputs, warnings=(*read_warnings, *case.warnings, *counted.warnings, *_twins(inputs)))


def _twins(inputs: Sequence[Input]) -> list[str]:
    """A warning for files that are the same to the byte: a wave compared with itself."""
    first: dict[str, Input] = {}
    return [f"`{one.name}` and `{other.name}` are the same file" for one in inputs if (other := first.setdefault(one.sha256, one)) is not one]
