"""Counts that stand for a population: which weights the user means, and the counts with these and the number invited as their design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rpgstat.errors import UserError, did_you_mean
from rpgstat.record import record
from rpgstat.study import Group, Tally, Weight
from rpgstat.workflow.case import Case
from rpgstat.workflow.counting import count

if TYPE_CHECKING:
    from rpgstat.disclosure import Plan


@record
class Design:
    """What a command was asked to let its counts stand for: `weight` None without weights, `fpc` whether the population is finite."""

    weight: Weight | None
    fpc: bool

    def refuse(self, wanted: bool, option: str, why: str) -> None:
        """Raises UserError when an option is wanted that has no meaning under weights or in a finite population."""
        if wanted and (self.weight or self.fpc):
            other, mend = ("weights", "add --unweighted") if self.weight else ("--fpc", "leave --fpc out")
            raise UserError(f"{option} and {other} do not go together: {why}", f"leave {option} out, or {mend}")


def chosen_design(
    case: Case, weight: str | None = None, rake: Sequence[str] = (), trim: float | None = None, *, unweighted: bool = False, fpc: bool = False
) -> Design:
    """The weights that --weight or --rake ask for, else those of the study. Raises UserError for what cannot be."""
    if weight is not None and rake:
        raise UserError("--weight takes weights from a column, and --rake makes them", "leave one of them out")
    if unweighted and (weight is not None or rake):
        raise UserError(f"--unweighted and {'--rake' if rake else '--weight'} contradict each other", "leave one of them out")
    for name in rake:
        if name not in case.study.population:
            declare = f"declare it in the study file: [population.{name}] and below it each group with its number of people or share"
            known = tuple(case.study.population)
            raise UserError(f"--rake: there is no [population.{name}]", did_you_mean(name, known) if known else declare)
    declared = None if unweighted else case.study.weight
    chosen = Weight(column=weight) if weight is not None else Weight(rake=tuple(dict.fromkeys(rake))) if rake else declared
    if trim is not None:
        if not trim >= 1:
            raise UserError(f"--trim is {trim:g}", "give the largest weight in units of the mean weight, 1 or more, such as 3")
        if chosen is None or not chosen.rake:
            raise UserError("--trim is the largest weight that raking may give, and nothing is raked", "add --rake GROUP, or leave --trim out")
        chosen = Weight(rake=chosen.rake, trim=trim)
    return Design(chosen, fpc)


@record
class Counted:
    """The counts that a command asked for, by the groups that it named, and the plan of what may be shown of them: None where all is, or no groups are."""

    tally: Tally
    plan: Plan | None = None


def count_weighted(
    case: Case,
    combinations: Sequence[tuple[str, ...]],
    by: Sequence[Group],
    design: Design,
    *,
    suppression: bool = True,
    pairs: Sequence[tuple[str, str]] = (),
    courses: Sequence[tuple[str, ...]] = (),
) -> tuple[Case, Counted]:
    """As `count`, with the design that the command asks for; without `suppression` small categories of raked margins are weighted as any."""
    weight = design.weight
    if design.fpc and len(by) > 1:
        raise UserError("--fpc with two groups crossed: nobody declares how many were invited in each", "break down by one group, or leave --fpc out")
    margins = [group for group in case.study.groups if weight and group.name in weight.rake and group not in by]
    column = weight.column if weight else None
    case, counted, made = _planned(case, combinations, [*by, *margins], column, suppression=suppression, pairs=pairs, courses=courses)
    if weight is not None and column is None:
        counted = _raked(case, counted, weight, [*by, *margins], len(by), made, pairs)
    if design.fpc:
        from rpgstat.weighting import finite

        counted = finite(counted, case.study, {wave for waves in combinations for wave in waves})
    return case, Counted(counted, made)


def _raked(case: Case, counted: Tally, weight: Weight, groups: Sequence[Group], keep: int, made: Plan | None, pairs: Sequence[tuple[str, str]]) -> Tally:
    """The counts, raked; with the people in both of `pairs` of waves by their cells, where ids link some."""
    from rpgstat.weighting import raked, raked_apart

    found = raked(counted, case.study, weight.rake, keep=keep, trim=weight.trim, plan=made)
    if not any(link.both for link in counted.links.values()) or found.design is None:
        return found
    from rpgstat.tally.apart import met_apart  # with ids and raked weights alone

    apart = met_apart(case.files(groups), counted, groups, [pair for pair in pairs if pair in counted.links])
    return replace(found, apart=raked_apart(apart, counted, weight.rake, found.design))


def _planned(
    case: Case,
    combinations: Sequence[tuple[str, ...]],
    groups: Sequence[Group],
    column: str | None,
    *,
    suppression: bool,
    pairs: Sequence[tuple[str, str]],
    courses: Sequence[tuple[str, ...]],
) -> tuple[Case, Tally, Plan | None]:
    """The counts by these groups, and the plan that holds for them, where there are any and small ones are not to be shown.

    Weights that the study does not declare make one of whole waves too: these figures could tell of small groups.
    """
    declared = case.study.weight.column if case.study.weight else None
    foreign = column is not None and column != declared and not case.inferred and bool(case.study.groups)
    if not suppression or not (groups or foreign):
        return *count(case, combinations, groups, column, pairs=pairs, courses=courses), None
    from rpgstat.workflow.planned import plan_beside, refuse_telling_weights

    case, counted, made = plan_beside(case, combinations, groups, column, pairs, courses)
    if foreign and column is not None:
        refuse_telling_weights(case, made, column)
    return case, counted, made
