"""The counts of each group, with nothing in them that nobody is to see: what every breakdown is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

from rpgstat.record import record
from rpgstat.study.cells import Cell, ItemCell, PeopleCell, ScoreCell
from rpgstat.study.counts import Tally
from rpgstat.study.joining import without

NOT_STATED = "(not stated)"
"""The group of people who did not state theirs."""


@record
class Groups:
    """The people of a study by group. A cell that is withheld is absent, and listed in `withheld` of the tally that lacks it; one that is
    seen by its mean only stands in `means` alone.

    `parts` are the stated groups in order; `not_stated` the people who stated none, None when there are none. `stated` are all who
    stated one, without the cells, or seen by the mean in those, from which one of `not_stated` could be worked out.
    """

    by: str
    whole: Tally
    parts: Mapping[str, Tally]
    stated: Tally
    not_stated: Tally | None = None
    suppressed: bool = True

    @property
    def rows(self) -> dict[str, Tally]:
        """Every group that has a row of its own, those who stated none last."""
        return {**self.parts, **({NOT_STATED: self.not_stated} if self.not_stated else {})}

    def others(self, groups: Sequence[str]) -> Tally:
        """The people with a stated group who are in none of `groups`; lacks what is withheld of any of those, and has the mean only of what is seen so."""
        left = reduce(_without, (self.parts[group] for group in groups), self.stated)
        if left.design is None:
            return left
        others = [people.design.population if people.design else {} for name, people in self.parts.items() if name not in groups]
        known = [wave for wave in left.waves if others and all(wave in population for population in others)]
        return replace(left, design=replace(left.design, population={wave: sum(population[wave] for population in others) for wave in known}))


def _without(stated: Tally, part: Tally) -> Tally:
    return Tally(
        stated.waves,
        {wave: n - part.returned[wave] for wave, n in stated.returned.items() if wave in part.returned},
        {key: cell.plus(part.counts[key], -1) for key, cell in stated.counts.items() if key in part.counts},
        {key: cell.plus(part.scores[key], -1) for key, cell in stated.scores.items() if key in part.scores},
        withheld=stated.withheld | part.withheld,
        means={cell: own.minus(part.means[cell]) for cell, own in stated.means.items() if cell in part.means},
        classes={key: _without(people, part.classes.get(key, without(people, people))) for key, people in stated.classes.items()},
        design=stated.design,
    )


def visible(tally: Tally, hidden: frozenset[Cell], few: frozenset[Cell] = frozenset()) -> Tally:
    """The tally without the cells `hidden`, which it lists as withheld, and with nothing but the mean of those of `few`."""
    lost = hidden | few
    return Tally(
        tally.waves,
        {wave: n for wave, n in tally.returned.items() if PeopleCell(wave) not in hidden},
        {key: cell for key, cell in tally.counts.items() if ItemCell(*key) not in lost},
        {key: cell for key, cell in tally.scores.items() if ScoreCell(*key) not in lost},
        withheld=hidden,
        means={cell: mean for cell, mean in tally.means.items() if cell not in hidden},
        classes={key: visible(people, hidden, few) for key, people in tally.classes.items()},
        design=tally.design,
    )
