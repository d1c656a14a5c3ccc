"""The plan of what may be shown of a study's groups: made once for a case, of all groupings that the study declares, and asked by every command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import combinations

from rpgstat import tally
from rpgstat.disclosure import Answered, Plan, Shown, few_ways, plan, questions_told_when_weighted
from rpgstat.errors import UserError
from rpgstat.study import Battery, Group, Key, Returned, Tally
from rpgstat.workflow.case import Case
from rpgstat.workflow.counting import count


def every_combination(case: Case) -> list[tuple[str, ...]]:
    """The waves whose battery scores any command may show: each, and each two on the items that both have."""
    return [*((wave,) for wave in case.waves), *combinations(case.waves, 2)]


def universe(case: Case, by: Sequence[Group]) -> list[Group]:
    """The groupings that a plan is of, those asked for first: all that the study declares; without a study file, those asked for."""
    broken = {} if case.inferred else _broken(case, by)
    return [*by, *(group for group in ([] if case.inferred else case.study.groups) if group not in by and group.name not in broken)]


def _broken(case: Case, by: Sequence[Group]) -> dict[str, str]:
    """The declared groupings that cannot be counted, and why; of these no command shows anything."""
    found = {}
    files = case.files([*by, *case.study.groups])
    for group in case.study.groups:
        try:
            files.grouping(group, tally.learn)
        except UserError as error:
            found[group.name] = error.problem
    return found


def told_broken(case: Case, by: Sequence[Group]) -> Case:
    """The case with a warning for each declared grouping that cannot be counted: once it can be, other figures may be withheld."""
    broken = {} if case.inferred else _broken(case, by)
    told = [left_out(name, why) for name, why in broken.items()]
    return replace(case, warnings=(*case.warnings, *(one for one in told if one not in case.warnings)))


def left_out(name: str, why: str) -> str:
    """The warning that a declared grouping is left out of the plan."""
    return f"[groups] {name} is left out of the plan of protection, and other figures may be withheld once it can be counted: {why}"


def plan_beside(
    case: Case,
    combinations: Sequence[tuple[str, ...]],
    groups: Sequence[Group],
    column: str | None,
    pairs: Sequence[tuple[str, str]] = (),
    courses: Sequence[tuple[str, ...]] = (),
) -> tuple[Case, Tally, Plan]:
    """The counts by the groups that a command asks for, and the plan of the study; counted once where it has no other groups and weights."""
    alone = column == declared_weight(case) and {group.name for group in universe(case, groups)} == {group.name for group in groups}
    case, counted = count(case, combinations, groups, column, pairs=pairs, beside=every_combination(case) if alone else (), courses=courses)
    return told_broken(case, groups), counted, plan_of(case, groups, counted if alone else None)


def plan_of(case: Case, groups: Sequence[Group], counted: Tally | None = None) -> Plan:
    """The plan of a case for these groups and all that the study declares; `counted` is its tally by all of them, where there is one already."""
    every = universe(case, groups)
    key = tuple(sorted(group.name for group in every))
    if key not in case.shared.plans:
        weight = declared_weight(case)
        counts = counted or count(case, [(wave,) for wave in case.waves], every, weight, beside=every_combination(case))[1]
        case.shared.plans[key] = plan(
            counts, case.study, case.study.disclosure, weighted=weight is not None, filled=_filled(case, counts), answered=_answered(case, every)
        )
    return case.shared.plans[key]


def _filled(case: Case, counts: Tally) -> dict[str, Returned]:
    """By wave how everyone filled in the questionnaire, where that may tell of a group: beside a battery so short that its statements are taken together."""
    if not any(_short(battery, counts, wave) for battery in case.study.batteries for wave in counts.waves):
        return {}
    return {wave: reduce(Returned.plus, own.values()) for wave, own in tally.returns(case.study, case.sources, [], files=case.files([]))[1].items()}


def _answered(case: Case, by: Sequence[Group]) -> Answered:
    """How people of these groups answered statements together, counted when it is asked."""

    def answered(items: Sequence[str], wave: str) -> Mapping[Key, Mapping[tuple[int, ...], int]]:
        return tally.patterns(case.files(by), by, items, wave)

    return Answered(tuple(group.name for group in by), answered)


def _short(battery: Battery, counts: Tally, wave: str) -> bool:
    """Whether people can have dealt with a battery in few ways, of which nobody left out what everybody answered."""
    asked = [own for item in battery.items if (own := counts.counts.get((item.id, wave))) is not None]
    parts = sum(part.returned[wave] > 0 for part in counts.parts.values())
    return bool(asked) and few_ways((len(own.levels) + (own.missing + own.not_applicable > 0) for own in asked), parts)


def declared_weight(case: Case) -> str | None:
    """The column of weights that the study declares."""
    return case.study.weight.column if case.study.weight else None


def refuse_telling_weights(case: Case, made: Plan, weight: str, questions: Iterable[Shown] = ()) -> None:
    """Raises UserError for weights that the study does not declare and by which withheld figures could be worked out, of `questions` too."""
    _, counted = count(case, [(wave,) for wave in case.waves], universe(case, ()), weight)
    if made.tells_when_weighted(counted) or questions_told_when_weighted(made, questions, counted):
        problem = f"--weight {weight}: figures of a whole wave with these weights would give away small groups, for the study file does not declare them"
        raise UserError(problem, f'declare weight = "{weight}" in the study file, so that groups are protected beside them, or leave --weight out')
