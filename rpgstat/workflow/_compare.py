"""`compare`, from exports to results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rpgstat import tally
from rpgstat.analyses.compare import MEAN_METHODS, METHODS, CompareOptions, contrasts
from rpgstat.analyses.compare import compare as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.result import Result
from rpgstat.workflow.case import PathLike, chosen, count, found_study_named, open_case
from rpgstat.workflow.finish import check_alpha, digests, finished


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
    """Compares each item and battery between waves; see `compare` for the numbers.

    `reference` is the wave compared against (default: the first); `waves` restricts to those named besides it;
    `against` is "reference" or "previous"; `margin` is in scale points. `fail_on` ("lower" or "changed") and `verify`
    put what they find into `Result.failures`. Raises UserError for anything the user can mend.
    """
    options = CompareOptions(method, adjust, alpha, margin, against, bayes)
    _check_compare(options, fail_on)
    with found_study_named(study):
        case = open_case(exports, study, platform)
        pairs = contrasts(case.waves, reference, against, chosen(case.waves, waves) if waves else ())
    with digests(case) as running, found_study_named(study):
        case, counted = count(case, pairs)
        result = analyse(counted, case.study, pairs, options)
        if verify:
            from rpgstat.analyses.verify import verify_compare

            rows = tally.respondents(case.study, case.sources)
            result = verify_compare(result, case.study, counted, rows).stamp(result)
        return [finished("compare", _failing(result, fail_on), case, counted, running)]


def _check_compare(options: CompareOptions, fail_on: str | None) -> None:
    check_alpha(options.alpha)
    allowed = {
        "--method": (options.method, METHODS),
        "--adjust": (options.adjust, ("holm", "bh", "bonferroni", "none")),
        "--against": (options.against, ("reference", "previous")),
        "--fail-on": (fail_on, (None, "lower", "changed")),
    }
    for option, (value, known) in allowed.items():
        if value not in known:
            raise UserError(f"{option}: `{value}` is not known", did_you_mean(str(value), [word for word in known if word]))
    if options.margin is not None and not 0 < options.margin < float("inf"):
        raise UserError(f"--margin is {options.margin}", "give the largest change that does not matter, in scale points above 0")
    if options.margin is not None and options.method not in MEAN_METHODS:
        raise UserError(f"--margin is in scale points, and {options.method} does not test means", f"use --method {' or '.join(MEAN_METHODS)}")


def _failing(result: Result, fail_on: str | None) -> Result:
    """The result with one failure for each row whose conclusion the user asked to fail on."""
    bad = {None: set(), "lower": {"lower"}, "changed": {"higher", "lower", "different"}}[fail_on]
    failed = [row for row in result.rows if row["conclusion"] in bad]
    told = tuple(f"--fail-on {fail_on}: `{row['item'] or row['battery']}` is {row['conclusion']} in {row['wave']}" for row in failed)
    return replace(result, failures=(*result.failures, *told))
