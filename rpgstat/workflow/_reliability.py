"""`reliability`, from exports to results."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import tally
from rpgstat.analyses.reliability import reliability as analyse
from rpgstat.result import Result
from rpgstat.workflow.case import PathLike, chosen, count_moments, found_study_named, open_case
from rpgstat.workflow.finish import check_alpha, digests, finished


def reliability(
    exports: Sequence[PathLike] = (),
    *,
    study: PathLike | None = None,
    waves: Sequence[str] = (),
    alpha: float = 0.05,
    verify: bool = False,
    scale: Sequence[str] = (),
    platform: str | None = None,
) -> list[Result]:
    """Reliability of every battery in each wave, and each of its items against the others; see `analyses.reliability` for the numbers.

    `exports` are files, replacing those of the study in order; without a study file (`study`, else ./study.toml) one is inferred.
    `waves` restricts to those named; 1 - `alpha` is the level of the limits. Raises UserError for anything the user can mend.
    """
    check_alpha(alpha)
    with found_study_named(study):
        case = open_case(exports, study, platform, scale=scale)
        wanted = chosen(case.waves, waves)
    with digests(case) as running, found_study_named(study):
        case, counted, moments = count_moments(case, wanted)
        results = analyse(counted, moments, case.study, waves=wanted, alpha=alpha)
        if verify:
            from rpgstat.analyses.verify import verify_reliability

            rows = tally.respondents(case.study, case.sources)
            results[0] = verify_reliability(results[0], results[1], moments, rows).stamp(results[0])
        return [finished("reliability", result, case, counted, running) for result in results]
