"""How the people counted stand for a population, in words: what weighting costs, and how much of a finite population answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary.sentences import listing, say
from rpgstat.study import Groups, Tally


def design_notes(tally: Tally, waves: Sequence[str]) -> list[str]:
    """What a reader needs to know of the weights and the finite population behind a result; nothing where there is neither."""
    return [*_weights(tally, waves), *number_only(any(cell.wave in waves for cell in tally.number_only)), *_population(tally, waves)]


def number_only(met: bool) -> list[str]:
    """Why figures of everyone with weights are withheld, where this is met."""
    return [say("design.number_only", note=say("row.everyone_weighted"))] if met else []


def _weights(tally: Tally, waves: Sequence[str]) -> Iterator[str]:
    if tally.design is None or not tally.design.told:
        return
    from rpgstat.stats.weighted import design_effect

    told = []
    for wave in waves:
        people = tally.design.people[wave]
        cost = design_effect(counts=list(people.values()), weights=list(people))
        if cost is not None:
            extremes = {"least": text.fixed(cost.smallest), "most": text.fixed(cost.largest)}
            effective = {"effective": text.fixed(cost.effective_n, 1), "returned": tally.returned[wave]}
            told.append(say("design.cost", wave=wave, cost=text.fixed(cost.design_effect), **effective, **extremes))
    yield say("design.weighted", weights=tally.design.told, costs="; ".join(told))


def _population(tally: Tally, waves: Sequence[str]) -> Iterator[str]:
    if tally.design is not None and tally.design.population:
        shares = listing([say("design.of_invited", returned=tally.returned[wave], invited=tally.design.population[wave], wave=wave) for wave in waves])
        yield say("design.finite", shares=shares)


def unknown_populations(groups: Groups, waves: Sequence[str]) -> list[str]:
    """Which groups are taken as samples from an endless population beside others that are not: nobody said how many were invited."""
    if groups.whole.design is None or not groups.whole.design.population:
        return []
    known = {name: people.design.population if people.design else {} for name, people in groups.parts.items()}
    lacking = [name for name, population in known.items() if not all(wave in population for wave in waves)]
    return [say("design.no_number", groups=listing(lacking))] if lacking else []


def design_options(tally: Tally) -> dict[str, Any]:
    """The design as an option of a result: only where there is one."""
    design = tally.design
    if design is None:
        return {}
    return ({"weights": design.told} if design.told else {}) | ({"fpc": True} if design.population else {})
