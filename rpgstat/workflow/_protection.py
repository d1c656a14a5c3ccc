"""`protection`, the command `disclosure`: from exports to the plan of what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from rpgstat.analyses.protection import Protected, merges
from rpgstat.analyses.protection import protection as analyse
from rpgstat.disclosure import Plan, Reason
from rpgstat.disclosure import merges as find_merges
from rpgstat.errors import UserError
from rpgstat.glossary.sentences import listing
from rpgstat.result import Result
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.by_group import chosen_groups
from rpgstat.workflow.case import Case, chosen, found_study_named, open_case
from rpgstat.workflow.counting import count
from rpgstat.workflow.finish import digests, finished
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.listed import of_questions, of_themes, protected
from rpgstat.workflow.material import Opened, open_material
from rpgstat.workflow.planned import declared_weight, every_combination, plan_of, told_broken, universe


@in_language
def protection(
    *exports: Export,
    study: PathLike | None = None,
    by: Names = (),
    wave: Names = (),
    scale: Names = (),
    platform: str | None = None,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """The plan of protection: what is shown of each group and each two groupings crossed, and why no more; and which small groups to join.

    It holds the numbers that every other result withholds, for whoever controls what is passed on. The plan is always of all groupings that
    the study declares; `by` restricts the rows to those of some. The command is called `disclosure`. The other arguments are those of `score`.
    Raises UserError for anything the user can mend.

    >>> rpgstat.protection(study=example, wave="+3 years").frame.filter(item="peers").select("group", "n", "shown").rows()[4]
    ('Team manager', 3, 'hidden')
    """
    with found_study_named(study):
        case = open_case(files(exports), study, platform, by=listed(by), scale=listed(scale))
        case, opened = _material(case, study)
        return on_case(case, opened, by=by, wave=wave)


def _material(case: Case, study: PathLike | None) -> tuple[Case, Opened | None]:
    """The coded material of the study, if any; where it cannot be read, the case with a warning that says so."""
    if case.inferred or not case.study.coded:
        return case, None
    try:
        return case, open_material((), study, [group.name for group in case.study.groups])
    except UserError as error:
        return replace(case, warnings=(*case.warnings, f"themes are not listed: {error.problem}")), None


def on_case(case: Case, opened: Opened | None = None, *, by: Names = (), wave: Names = ()) -> list[Result]:
    """`protection` of a case that is open, and of its coded material. Raises UserError as `protection` does."""
    wanted = chosen(case.waves, listed(wave))
    asked = chosen_groups(case, listed(by)) if case.inferred else [group for name in listed(by) for group in chosen_groups(case, [name])]
    groups = universe(case, asked)
    if not groups:
        declare = 'declare groups in the study file: [groups] and below it role = "Job role"'
        raise UserError("there are no groups to protect", declare if not case.inferred else f"name one with --by, or {declare}")
    with digests(case) as running:
        case, counted = count(case, [(one,) for one in case.waves], groups, declared_weight(case), beside=every_combination(case))
        case, made = told_broken(case, groups), plan_of(case, groups, counted)
        names = [group.name for group in asked] or list(counted.by)
        decided = [*_decided(made), *of_questions(case, made, groups), *(of_themes(opened, made, groups) if opened else ())]
        decided = [one for one in decided if set(one.by.split(" × ")) <= set(names)]
        waves = dict.fromkeys([*wanted, *(one.cell.wave for one in decided if not listed(wave))])
        results = [
            analyse(case.study, decided, list(waves), _refused(made, names)),
            merges(case.study, [vars(one) for one in find_merges(counted, case.study, case.study.disclosure) if one.by in names]),
        ]
        return [finished("disclosure", result, case, counted, running) for result in results]


def _decided(made: Plan) -> Iterator[Protected]:
    """The decisions about who returned the questionnaire, statements and scores, in the order of the study."""
    for cell, places in made.cells.items():
        yield from (protected(cell, place, decision) for place, decision in places.items() if decision.n)


def _refused(made: Plan, names: Sequence[str]) -> list[str]:
    """The crosses that are too large to be protected, of which nothing is shown where anything is to be protected."""
    found = {place.by for decided in made.cells.values() for place, decision in decided.items() if decision.reason is Reason.REFUSED}
    return [listing(pair) for pair in combinations(names, 2) if tuple(sorted(pair)) in found]
