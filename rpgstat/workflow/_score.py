"""`score`, from exports to results."""

from __future__ import annotations

from rpgstat import tally
from rpgstat.analyses.score import score as analyse
from rpgstat.result import Result
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.case import Case, chosen, found_study_named, open_case
from rpgstat.workflow.finish import check_alpha, digests, finished
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.weighted import Design, chosen_design, count_weighted


@in_language
def score(
    *exports: Export,
    study: PathLike | None = None,
    wave: Names = (),
    alpha: float = 0.05,
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
    """Scores every item and battery in each wave, against the scale's midpoint.

    `exports` are files, or Polars or pandas tables: one per wave in order, in place of those of the study. Without a study file (`study`, else
    ./study.toml) one is inferred. `wave` restricts to those named; 1 - `alpha` is the level of intervals. `weight` is a column of weights; `rake` are
    groups to whose declared population people are weighted, with no weight above `trim` times the mean; without any, the study's weights hold, unless
    `unweighted`. `fpc`: the people invited are the whole population. `verify` runs every test again in Pingouin; what disagrees stands in
    `Result.failures`. `platform` says where the exports come from. Raises UserError for anything the user can mend.

    >>> rpgstat.score(study=example, wave="+3 years")
    Results: score (24 rows)
    """
    check_alpha(alpha)
    with found_study_named(study):
        case = open_case(files(exports), study, platform, weight=weight, scale=listed(scale), engine=engine)
        design = chosen_design(case, weight, listed(rake), trim, unweighted=unweighted, fpc=fpc)
        return on_case(case, design, wave=wave, alpha=alpha, verify=verify)


def on_case(case: Case, design: Design, *, wave: Names = (), alpha: float = 0.05, verify: bool = False) -> list[Result]:
    """`score` of a case that is open. Raises UserError as `score` does."""
    check_alpha(alpha)
    wanted = chosen(case.waves, listed(wave))
    design.refuse(verify, "--verify", "Pingouin knows neither")
    with digests(case) as running:
        case, counted = count_weighted(case, [(wave,) for wave in wanted], [], design)
        result = analyse(counted.tally, case.study, waves=wanted, alpha=alpha)
        if verify:
            from rpgstat.analyses.verify import verify_score

            rows = tally.respondents(case.study, case.sources)
            result = verify_score(result, case.study, counted.tally, rows).stamp(result)
        return [finished("score", result, case, counted.tally, running)]
