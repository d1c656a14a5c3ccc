"""`score`, from exports to results."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import tally
from rpgstat.analyses.score import score as analyse
from rpgstat.result import Result
from rpgstat.workflow.case import PathLike, chosen, found_study_named, open_case
from rpgstat.workflow.finish import check_alpha, digests, finished
from rpgstat.workflow.weighted import chosen_design, count_weighted


def score(
    exports: Sequence[PathLike] = (),
    *,
    study: PathLike | None = None,
    waves: Sequence[str] = (),
    alpha: float = 0.05,
    weight: str | None = None,
    rake: Sequence[str] = (),
    trim: float | None = None,
    unweighted: bool = False,
    fpc: bool = False,
    verify: bool = False,
    scale: Sequence[str] = (),
    platform: str | None = None,
) -> list[Result]:
    """Scores every item and battery in each wave, against the scale's midpoint.

    `exports` are files, replacing those of the study in order; without a study file (`study`, else ./study.toml) one is
    inferred. `waves` restricts to those named. `weight` is a column of weights; `rake` are groups to whose declared population people
    are weighted, with no weight above `trim` times the mean; without any, the study's weights hold, unless `unweighted`. `fpc`: the people invited are the
    whole population. Raises UserError for anything the user can mend.
    """
    check_alpha(alpha)
    with found_study_named(study):
        case = open_case(exports, study, platform, weight=weight, scale=scale)
        wanted = chosen(case.waves, waves)
        design = chosen_design(case, weight, rake, trim, unweighted=unweighted, fpc=fpc)
        design.refuse(verify, "--verify", "Pingouin knows neither")
    with digests(case) as running, found_study_named(study):
        case, counted = count_weighted(case, [(wave,) for wave in wanted], [], design)
        result = analyse(counted, case.study, waves=wanted, alpha=alpha)
        if verify:
            from rpgstat.analyses.verify import verify_score

            rows = tally.respondents(case.study, case.sources)
            result = verify_score(result, case.study, counted, rows).stamp(result)
        return [finished("score", result, case, counted, running)]
