"""`reliability`, from exports to results."""

from __future__ import annotations

from rpgstat import tally
from rpgstat.analyses.reliability import reliability as analyse
from rpgstat.result import Result
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.case import Case, chosen, found_study_named, open_case
from rpgstat.workflow.counting import count_moments
from rpgstat.workflow.finish import check_alpha, digests, finished
from rpgstat.workflow.in_language import in_language


@in_language
def reliability(
    *exports: Export,
    study: PathLike | None = None,
    wave: Names = (),
    alpha: float = 0.05,
    verify: bool = False,
    scale: Names = (),
    platform: str | None = None,
    engine: str | None = None,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """Reliability of every battery in each wave, and each of its items against the others.

    The arguments are those of `score`. Raises UserError for anything the user can mend.

    >>> rpgstat.reliability(study=example)["scales"].frame.select("battery", "items").unique(maintain_order=True).rows()
    [('Professional skills and support', 10), ('Self-efficacy', 7), ('Relationships', 4)]
    """
    check_alpha(alpha)
    with found_study_named(study):
        case = open_case(files(exports), study, platform, scale=listed(scale), engine=engine)
        return on_case(case, wave=wave, alpha=alpha, verify=verify)


def on_case(case: Case, *, wave: Names = (), alpha: float = 0.05, verify: bool = False) -> list[Result]:
    """`reliability` of a case that is open. Raises UserError as `reliability` does."""
    check_alpha(alpha)
    wanted = chosen(case.waves, listed(wave))
    with digests(case) as running:
        case, counted, moments = count_moments(case, wanted)
        results = analyse(counted, moments, case.study, waves=wanted, alpha=alpha)
        if verify:
            from rpgstat.analyses.verify import verify_reliability

            rows = tally.respondents(case.study, case.sources)
            results[0] = verify_reliability(results[0], results[1], moments, rows).stamp(results[0])
        return [finished("reliability", result, case, counted, running) for result in results]
