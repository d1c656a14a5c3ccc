"""Counts that stand for a population: which weights the user means, and the counts with these and the number invited as their design."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.errors import UserError, did_you_mean
from rpgstat.record import record
from rpgstat.study import Group, Tally, Weight
from rpgstat.workflow.case import Case, count


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


def count_weighted(
    case: Case,
    combinations: Sequence[tuple[str, ...]],
    by: Sequence[Group],
    design: Design,
    *,
    suppression: bool = True,
    pairs: Sequence[tuple[str, str]] = (),
    courses: Sequence[tuple[str, ...]] = (),
) -> tuple[Case, Tally]:
    """As `count`, with the design that the command asks for; without `suppression` small categories of raked margins are weighted as any."""
    weight = design.weight
    if design.fpc and len(by) > 1:
        raise UserError("--fpc with two groups crossed: nobody declares how many were invited in each", "break down by one group, or leave --fpc out")
    if weight is None or weight.column is not None:
        case, counted = count(case, combinations, by, weight.column if weight else None, pairs=pairs, courses=courses)
    else:
        from rpgstat.weighting import raked

        margins = [group for group in case.study.groups if group.name in weight.rake and group not in by]
        case, counted = count(case, combinations, [*by, *margins], pairs=pairs, courses=courses)
        rule = case.study.disclosure if suppression else None
        counted = raked(counted, case.study, weight.rake, keep=len(by), trim=weight.trim, rule=rule)
    if design.fpc:
        from rpgstat.weighting import finite

        counted = finite(counted, case.study, {wave for waves in combinations for wave in waves})
    return case, counted
