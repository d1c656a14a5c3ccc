"""The plan of what may be shown of a study's groups: made once for a case, of all groupings that the study declares, and asked by every command."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from rpgstat import tally
from rpgstat.disclosure import Plan, plan
from rpgstat.errors import UserError
from rpgstat.study import Group, Tally, regrouped
from rpgstat.workflow.case import Case, count

UNDECLARED = "runs by other groups can be combined with this one: declare all groups in one study file, and what is shown is safe in all of them together"


def every_combination(case: Case) -> list[tuple[str, ...]]:
    """The waves whose battery scores any command may show: each, and each two on the items that both have."""
    return [*((wave,) for wave in case.waves), *combinations(case.waves, 2)]


def universe(case: Case, by: Sequence[Group]) -> list[Group]:
    """The groupings that a plan is of, those asked for first: all that the study declares; without a study file, those asked for."""
    return [*by, *(group for group in ([] if case.inferred else _countable(case, by)) if group not in by)]


def _countable(case: Case, by: Sequence[Group]) -> list[Group]:
    """The declared groupings that can be counted; of the others no command shows anything."""
    found = []
    files = case.files([*by, *case.study.groups])
    for group in case.study.groups:
        try:
            files.grouping(group, tally.learn)
        except UserError:
            continue
        found.append(group)
    return found


def plan_of(case: Case, counted: Tally, weight: str | None) -> Plan:
    """The plan of a case; `counted` is its tally by all groupings of the plan, with the weights in the column headed `weight`."""
    key = tuple(sorted(counted.by))
    if key not in case.shared.plans:
        declared = case.study.weight.column if case.study.weight else None
        if declared not in (None, weight):
            groups = [group for group in case.study.groups if group.name in counted.by]
            _, counted = count(case, [(wave,) for wave in case.waves], groups, declared, every_combination(case))
        case.shared.plans[key] = plan(counted, case.study, case.study.disclosure, weighted=declared is not None)
    return case.shared.plans[key]


def refuse_telling_weights(made: Plan, counted: Tally, weight: str) -> None:
    """Raises UserError for weights that the study does not declare and by which withheld figures could be worked out."""
    if made.tells_when_weighted(counted):
        problem = f"--weight {weight}: figures of a whole wave with these weights would give away small groups, for the study file does not declare them"
        raise UserError(problem, f'declare weight = "{weight}" in the study file, so that groups are protected beside them, or leave --weight out')


def by_groups(counted: Tally, names: Sequence[str]) -> Tally:
    """The tally broken down by these of its groupings only."""
    return regrouped(counted, [counted.by.index(name) for name in names]) if tuple(names) != counted.by else counted
