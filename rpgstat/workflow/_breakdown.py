"""`breakdown`, from exports to results."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import tally
from rpgstat.analyses.breakdown import breakdown as analyse
from rpgstat.errors import UserError
from rpgstat.result import Result
from rpgstat.workflow.by_group import chosen_groups, marked, safe_groups
from rpgstat.workflow.case import PathLike, chosen, found_study_named, open_case
from rpgstat.workflow.finish import check_adjust, check_alpha, digests, finished
from rpgstat.workflow.weighted import chosen_design, count_weighted


def breakdown(
    exports: Sequence[PathLike] = (),
    *,
    by: Sequence[str],
    study: PathLike | None = None,
    waves: Sequence[str] = (),
    post_hoc: bool = False,
    adjust: str = "holm",
    alpha: float = 0.05,
    suppression: bool = True,
    weight: str | None = None,
    rake: Sequence[str] = (),
    trim: float | None = None,
    unweighted: bool = False,
    fpc: bool = False,
    verify: bool = False,
    scale: Sequence[str] = (),
    platform: str | None = None,
) -> list[Result]:
    """Scores each group in each wave against everyone else; see `analyses.breakdown` for the numbers.

    `by` are one or two groups of the study, crossed; `waves` restricts to those named; `post_hoc` adds the pairs of groups;
    without `suppression` small groups are shown; `weight`, `rake`, `trim`, `unweighted` and `fpc` as in `score`.
    Raises UserError for anything the user can mend.
    """
    check_alpha(alpha)
    check_adjust(adjust)
    if not by:
        raise UserError("--by is missing: which groups?", "name a group of the study: rpgstat breakdown --by role")
    with found_study_named(study):
        case = open_case(exports, study, platform, by=by, weight=weight, scale=scale)
        groups = chosen_groups(case, by)
        wanted = chosen(case.waves, waves)
        design = chosen_design(case, weight, rake, trim, unweighted=unweighted, fpc=fpc)
        design.refuse(verify, "--verify", "Pingouin knows neither")
    with digests(case) as running, found_study_named(study):
        case, counted = count_weighted(case, [(wave,) for wave in case.waves], groups, design, suppression=suppression)
        safe = safe_groups(counted, case.study, suppression=suppression)
        results = analyse(safe, case.study, waves=wanted, adjust=adjust, alpha=alpha, post_hoc=post_hoc)
        if verify:
            from rpgstat.analyses.verify import verify_breakdown

            rows = tally.respondents(case.study, case.sources, groups)
            results[0] = verify_breakdown(results[0], case.study, counted, rows).stamp(results[0])
        return [finished("breakdown", result, case, counted, running) for result in marked(results, case.study, safe)]
