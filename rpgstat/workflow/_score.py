"""`score`, from exports to results."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import tally
from rpgstat.analyses.score import score as analyse
from rpgstat.result import Result
from rpgstat.workflow.case import PathLike, chosen, count, found_study_named, open_case
from rpgstat.workflow.finish import check_alpha, digests, finished


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
    check_alpha(alpha)
    with found_study_named(study):
        case = open_case(exports, study, platform)
        wanted = chosen(case.waves, waves)
    with digests(case) as running, found_study_named(study):
        case, counted = count(case, [(wave,) for wave in wanted])
        result = analyse(counted, case.study, waves=wanted, alpha=alpha)
        if verify:
            from rpgstat.analyses.verify import verify_score

            rows = tally.respondents(case.study, case.sources)
            result = verify_score(result, case.study, counted, rows).stamp(result)
        return [finished("score", result, case, counted, running)]
