"""`plan`, from a study's last wave, or from numbers alone, to results."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from rpgstat.analyses.plan import PlanOptions, given, last_wave
from rpgstat.analyses.plan import plan as analyse
from rpgstat.errors import UserError
from rpgstat.result import Result
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.case import STUDY_FILE, Case, found_study_named, open_case
from rpgstat.workflow.counting import count
from rpgstat.workflow.finish import check_adjust, check_alpha, digests, finished
from rpgstat.workflow.in_language import in_language

_MOST = 1_000_000
"""People; more is a slip of the keyboard."""
_MOST_ITEMS = 1000


@in_language
def plan(
    *exports: Export,
    study: PathLike | None = None,
    change: float | None = None,
    sd: float | None = None,
    n_reference: int | None = None,
    n: int | None = None,
    items: int | None = None,
    adjust: str = "holm",
    power: float = 0.80,
    overlap: int | None = None,
    correlation: float | None = None,
    population: int | None = None,
    invited: int | None = None,
    alpha: float = 0.05,
    scale: Names = (),
    platform: str | None = None,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """Says how many answers the next wave needs to find a change, and what a number of answers is able to find.

    `change` is in scale points. The spread `sd` of an answer, the numbers of answers `n_reference` (the wave that is compared against) and `n` (the next
    one), and the number of `items` tested together are those of the study's last wave where they are not given; without a study, `sd` has to be.
    `adjust` is the adjustment, `power` the chance to be reached. `overlap` people answer in both waves, their answers correlating by `correlation` (.5);
    where ids link people in the last two waves, as many as there unless 0 is given. `population`: those who answer are a part of so many people that
    counts. `invited` gives the response rate that is needed (default: as many as in the last wave). `exports`, `study`, `scale` and `platform` as in
    `score`. Raises UserError for anything the user can mend.

    >>> rpgstat.plan(study=example, change=0.4)["plan"].frame.select("items", "n_reference", "needed_n").rows()
    [(10, 73, 156), (7, 70, 163), (4, 69, 111)]
    """
    check_alpha(alpha)
    check_adjust(adjust)
    options = PlanOptions(change, sd, n_reference, n, items, adjust, power, alpha, overlap, correlation, population, invited)
    _check(options)
    if not (exports or study is not None or Path(STUDY_FILE).is_file()):
        return _without_study(options)
    with found_study_named(study):
        return on_case(open_case(files(exports), study, platform, scale=listed(scale)), options)


def on_case(case: Case, options: PlanOptions) -> list[Result]:
    """`plan` after the last wave of a case that is open. Raises UserError as `plan` does."""
    wave, before = case.waves[-1], case.waves[-2] if len(case.waves) > 1 and case.study.id_column is not None else None
    pairs = [(before, wave)] if before is not None else []
    with digests(case) as running:
        case, counted = count(case, [(wave,), *pairs], pairs=pairs)
        invited = next((own.invited for own in case.study.waves if own.name == wave), None)
        options = replace(options, invited=options.invited or invited)
        known = last_wave(counted, case.study, wave, options, before)
        for own in known:
            _check_sizes(options, own.n_reference, own.n)
        return [finished("plan", result, case, counted, running) for result in analyse(known, case.study, wave, options, before)]


def _without_study(options: PlanOptions) -> list[Result]:
    if options.sd is None:
        raise UserError("the spread of an answer is not known: no study, no export and no --sd", "name a study or its last export, or give --sd, such as 0.8")
    if options.change is None and options.n is None:
        raise UserError("nothing is asked: neither --change nor --n", "give --change to learn how many answers it takes, or --n to learn what they find")
    _check_sizes(options, options.n_reference, options.n)
    return [replace(result, command="plan") for result in analyse(given(options), None, None, options)]


def _check(options: PlanOptions) -> None:
    _positive("--change", options.change, "the change to be found, in scale points, such as 0.3")
    _positive("--sd", options.sd, "the standard deviation of an answer, in scale points, such as 0.8")
    for option, value, least in (
        ("--n-reference", options.n_reference, 2),
        ("--n", options.n, 2),
        ("--items", options.items, 1),
        ("--overlap", options.overlap, 0),
        ("--population", options.population, 2),
        ("--invited", options.invited, 1),
    ):
        most = _MOST_ITEMS if option == "--items" else _MOST
        if value is not None and not least <= value <= most:
            raise UserError(f"{option} is {value}", f"give a whole number from {least} to {most:,}")
    if not options.alpha < options.power < 1:
        raise UserError(f"--power is {options.power}", f"give the chance to be reached, above {options.alpha:g} and below 1, such as 0.8")
    if options.correlation is not None and not -1 < options.correlation < 1:
        raise UserError(f"--correlation is {options.correlation}", "give how two answers of one person correlate, above -1 and below 1, such as 0.5")
    if options.correlation is not None and not options.overlap:
        raise UserError("--correlation is of people who answer in both waves, and --overlap says how many", "add --overlap, or leave --correlation out")
    if options.overlap and options.population:
        raise UserError("--overlap and --population do not go together", "leave one of them out: there is no variance for both")


def _positive(option: str, value: float | None, hint: str) -> None:
    if value is not None and not 0 < value < math.inf:
        raise UserError(f"{option} is {value}", f"give {hint}")


def _check_sizes(options: PlanOptions, n_reference: int | None, n: int | None) -> None:
    """Raises UserError where the numbers contradict each other."""
    for name, value in (("the reference wave", n_reference), ("the later wave", n)):
        if value is not None and value < 2:
            raise UserError(f"{name} has {value} valid answers", "give --n-reference and --n, 2 or more")
        if value is not None and options.overlap and options.overlap > value:
            raise UserError(f"--overlap is {options.overlap}, and {name} has {value} answers", "no more people can be in both waves than in one")
        if value is not None and options.population is not None and value > options.population:
            raise UserError(f"--population is {options.population}, and {name} has {value} answers", "give the number of all there are")
