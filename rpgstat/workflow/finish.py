"""What every analysis shares before and after its numbers: a sound level, and the inputs and warnings on its results."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rpgstat.analyses.doubts import with_doubts
from rpgstat.errors import UserError, did_you_mean
from rpgstat.result import Input, Result
from rpgstat.study import Survey, Tally
from rpgstat.workflow.case import Case
from rpgstat.workflow.left_out import left_out, told
from rpgstat.workflow.suspected import suspected

if TYPE_CHECKING:
    from rpgstat.admin import Sheet

ADJUSTMENTS = ("holm", "bh", "bonferroni", "none")
_SMALLEST_ALPHA = 1e-6  # the distributions behind the intervals are not good further out


def check_alpha(alpha: float) -> None:
    """Raises UserError for a level that makes no interval."""
    if not _SMALLEST_ALPHA <= alpha < 0.5:
        raise UserError(f"--alpha is {alpha}", "give a level below 0.5 and not below 0.000001, such as 0.05 for 95 % intervals")


def check_adjust(adjust: str) -> None:
    """Raises UserError for an adjustment that is not known."""
    if adjust not in ADJUSTMENTS:
        raise UserError(f"--adjust: `{adjust}` is not known", did_you_mean(adjust, ADJUSTMENTS))


@contextmanager
def digests(case: Case) -> Iterator[list[Future[str]]]:
    """Digests of the inputs, computed in a thread beside the counting, once for a case."""
    if case.shared.digests is not None:
        yield case.shared.digests
        return
    with ThreadPoolExecutor(max_workers=1) as pool:
        case.shared.digests = [pool.submit(digest, source.survey) for source in case.sources]
        yield case.shared.digests


def digest(survey: Survey) -> str:
    """The digest of an export: of its bytes, or of the names and sizes of its parts, a line each."""
    if survey.held is not None:
        return survey.held.fingerprint
    if survey.parts is None:
        return sha256(survey.source)
    return hashlib.sha256("".join(f"{name}\t{size}\n" for name, size in sorted(survey.parts.items())).encode("utf-8", "backslashreplace")).hexdigest()


def sha256(path: Path) -> str:
    """The digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def finished(command: str, result: Result, case: Case, counted: Tally, running: Sequence[Future[str]]) -> Result:
    """The result with its command, its inputs, what is not certain about its scales, and all warnings."""
    parts = zip(case.sources, running, counted.rows, strict=True)
    every = [
        Input(source.survey.name, made.result(), rows, left_out(case, source), _files(source.survey), _engine(source.survey)) for source, made, rows in parts
    ]
    inputs = tuple(one for source, one in zip(case.sources, every, strict=True) if not source.retrospective)  # of these the file is another wave's
    read_warnings = [warning for source in case.sources for warning in source.survey.warnings]
    warnings = (*read_warnings, *case.warnings, *counted.warnings, *told(inputs), *_twins(inputs), *_suspected(case, counted, every), *result.warnings)
    return replace(with_doubts(result, case.study), command=command, inputs=inputs, warnings=warnings)


def _suspected(case: Case, counted: Tally, inputs: Sequence[Input]) -> list[str]:
    """What `check` would find, which looks at rows: nothing where another engine holds them."""
    return [] if any(source.survey.held for source in case.sources) else suspected(case, counted, inputs)


def _files(survey: Survey) -> int | None:
    """Of how many files an export is made; None for one."""
    return None if survey.parts is None else len(survey.parts)


def _engine(survey: Survey) -> str | None:
    """What holds the rows and counts them, where that is not rpgstat."""
    return None if survey.held is None else survey.held.engine


def stamped(command: str, results: Sequence[Result], sheets: Sequence[Sheet], warnings: Sequence[str] = ()) -> list[Result]:
    """Results made from tables of figures, with their command, their inputs, and what reading said."""
    inputs = tuple(Input(sheet.name, sha256(sheet.path), len(sheet.rows)) for sheet in sheets)
    told = (*(warning for sheet in sheets for warning in sheet.warnings), *warnings, *_twins(inputs))
    return [replace(result, command=command, inputs=inputs, warnings=tuple(dict.fromkeys((*result.warnings, *told)))) for result in results]


def _twins(inputs: Sequence[Input]) -> list[str]:
    """A warning for files that are the same to the byte: a wave compared with itself. Of a table the digest does not say so."""
    first: dict[str, Input] = {}
    return [
        f"`{one.name}` and `{other.name}` are the same file" for one in inputs if one.engine is None and (other := first.setdefault(one.sha256, one)) is not one
    ]
