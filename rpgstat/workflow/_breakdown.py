"""`breakdown`, from exports to results."""

from __future__ import annotations

from rpgstat import tally
from rpgstat.analyses.breakdown import breakdown as analyse
from rpgstat.errors import UserError
from rpgstat.result import Result
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.by_group import chosen_groups, marked, safe_groups
from rpgstat.workflow.case import Case, chosen, found_study_named, open_case
from rpgstat.workflow.finish import check_adjust, check_alpha, digests, finished
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.weighted import Design, chosen_design, count_weighted


@in_language
def breakdown(
    *exports: Export,
    by: Names = (),
    study: PathLike | None = None,
    wave: Names = (),
    post_hoc: bool = False,
    adjust: str = "holm",
    alpha: float = 0.05,
    suppression: bool = True,
    weight: str | None = None,
    rake: Names = (),
    trim: float | None = None,
    unweighted: bool = False,
    fpc: bool = False,
    verify: bool = False,
    scale: Names = (),
    platform: str | None = None,
    engine: str | None = None,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """Scores each group in each wave against everyone else.

    `by` are one or two groups of the study, crossed; `wave` restricts to those named; `post_hoc` adds the pairs of groups; without `suppression` small
    groups are shown. The other arguments are those of `score` and `compare`. Raises UserError for anything the user can mend, and where nothing of the
    groups can be shown.

    >>> rpgstat.breakdown(study=example, by="role")["omnibus"].frame.columns[:5]
    ['battery', 'item', 'text', 'wave', 'by']
    """
    check_alpha(alpha)
    check_adjust(adjust)
    if not listed(by):
        raise UserError("--by is missing: which groups?", "name a group of the study: rpgstat breakdown --by role")
    with found_study_named(study):
        case = open_case(files(exports), study, platform, by=listed(by), weight=weight, scale=listed(scale), engine=engine)
        design = chosen_design(case, weight, listed(rake), trim, unweighted=unweighted, fpc=fpc)
        return on_case(case, design, by=by, wave=wave, post_hoc=post_hoc, adjust=adjust, alpha=alpha, suppression=suppression, verify=verify)


def on_case(
    case: Case,
    design: Design,
    *,
    by: Names,
    wave: Names = (),
    post_hoc: bool = False,
    adjust: str = "holm",
    alpha: float = 0.05,
    suppression: bool = True,
    verify: bool = False,
) -> list[Result]:
    """`breakdown` of a case that is open. Raises UserError as `breakdown` does."""
    groups = chosen_groups(case, listed(by))
    wanted = chosen(case.waves, listed(wave))
    design.refuse(verify, "--verify", "Pingouin knows neither")
    with digests(case) as running:
        case, counted = count_weighted(case, [(wave,) for wave in case.waves], groups, design, suppression=suppression)
        safe = safe_groups(counted, case.study)
        results = analyse(safe, case.study, waves=wanted, adjust=adjust, alpha=alpha, post_hoc=post_hoc)
        if verify:
            from rpgstat.analyses.verify import verify_breakdown

            rows = tally.respondents(case.study, case.sources, groups)
            results[0] = verify_breakdown(results[0], case.study, counted.tally, rows).stamp(results[0])
        return [finished("breakdown", result, case, counted.tally, running) for result in marked(results, case.study, safe)]
