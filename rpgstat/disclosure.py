"""Withholds small cells from the counts of groups, before anything is computed from them: what no analysis has seen, no writer can leak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rpgstat.study import Cell, Disclosure, Groups, Key, Tally, regrouped, together, visible, without

Line = Sequence[Key]
"""Groups that add up to a public total."""


def groups(tally: Tally, rule: Disclosure | None) -> Groups:
    """The groups of a tally that is broken down by one or two groupings, without what `rule` withholds (nothing when it is None).

    The cell protected is a group's number of valid answers to an item in a wave, and every figure made from it. A group is withheld
    where it is small or where all its members gave one answer. Totals of a wave are public, so in each set of groups that adds up
    to one the next smallest are withheld too, until at least two are, which together are neither small nor all of one answer.
    Groups that are withheld among those who returned the questionnaire are withheld on every item of the wave, so that different items
    cannot be played against each other. In a cross of two groupings each group of either is such a set, and no cell is left that follows
    from the others. Depends on the counts alone: the same study withholds the same cells, whatever is asked of it.

    Hundepool et al. 2012, Statistical Disclosure Control: primary and secondary cell suppression.
    """
    hidden = _hidden(tally, rule) if rule is not None else {key: frozenset[Cell]() for key in tally.parts}
    stated = {key: part for key, part in tally.parts.items() if None not in key}
    others = {key: part for key, part in tally.parts.items() if None in key}
    unknown = together(others.values()) if others else None
    lost = frozenset(cell for key in others for cell in hidden[key])
    return Groups(
        by=" × ".join(tally.by),
        whole=tally,
        parts={" × ".join(map(str, key)): visible(part, hidden[key]) for key, part in stated.items()},
        stated=visible(without(tally, unknown) if unknown else tally, lost),
        not_stated=visible(unknown, lost) if unknown else None,
        suppressed=rule is not None,
    )


def withheld_somewhere(tally: Tally, rule: Disclosure) -> dict[str, frozenset[Key]]:
    """By wave, the groups of which `groups` withholds any figure."""
    hidden = _hidden(tally, rule)
    return {wave: frozenset(key for key, cells in hidden.items() if any(cell[-1] == wave for cell in cells)) for wave in tally.waves}


def _cells(tally: Tally) -> Iterator[Cell]:
    yield from ((wave,) for wave in tally.waves)
    yield from tally.counts
    yield from ((battery, *items, wave) for battery, items, wave in tally.scores)


def _hidden(tally: Tally, rule: Disclosure) -> dict[Key, frozenset[Cell]]:
    """For each group, the cells to withhold."""
    margins = [_hidden(regrouped(tally, [axis]), rule) for axis in range(len(tally.by))] if len(tally.by) > 1 else []
    found: dict[Key, set[Cell]] = {key: set() for key in tally.parts}
    returned: dict[str, set[Key]] = {}
    for cell in _cells(tally):  # those who returned it come first
        nested = {key for key in found for axis, margin in enumerate(margins) if cell in margin[key[axis],]}
        lines = _lines(list(found), margins, cell)
        table = _Table({key: _people(part, cell) for key, part in tally.parts.items()}, lines, rule, alike=len(cell) > 1)
        withheld = table.withheld(returned.get(cell[-1], set()) | nested)
        if len(cell) == 1:
            returned[cell[-1]] = withheld
        for key in withheld:
            found[key].add(cell)
    return {key: frozenset(cells) for key, cells in found.items()}


def _lines(keys: Line, margins: Sequence[Mapping[Key, frozenset[Cell]]], cell: Cell) -> list[Line]:
    """All groups; of a cross, the members of each group of either grouping whose own figures are shown, and of all the others together."""
    if not margins:
        return [keys]
    lines = []
    for axis, margin in enumerate(margins):
        shown = [group for group in margin if cell not in margin[group]]
        lines += [[key for key in keys if key[axis] == group[0]] for group in shown]
        lines.append([key for key in keys if (key[axis],) not in shown])
    return [line for line in lines if line]


def _people(part: Tally, cell: Cell) -> Counter[Any]:
    """How many people of a group gave each answer."""
    if len(cell) == 1:
        return Counter({"returned": part.returned[cell[0]]})
    if cell in part.counts:
        return Counter(dict(enumerate(part.counts[cell[0], cell[1]].levels)))
    scores = part.scores[cell[0], cell[1:-1], cell[-1]]
    return Counter(dict(zip(scores.values, scores.counts, strict=True)))


@dataclass(frozen=True)
class _Table:
    """One item in one wave: the people of each group by answer, and the lines along which they add up.

    `alike`: whether it matters that all members of a group gave one answer.
    """

    people: Mapping[Key, Counter[Any]]
    lines: Sequence[Line]
    rule: Disclosure
    alike: bool

    def withheld(self, base: set[Key]) -> set[Key]:
        """The groups to withhold, those of `base` among them."""
        hidden = base | {key for key in self.people if self._exposed([key])}
        while self.rule.secondary and (line := self._open_line(hidden)) is not None:
            hidden.add(min(line, key=lambda key: (self.people[key].total(), list(self.people).index(key))))
        return hidden

    def _exposed(self, keys: Line) -> bool:
        """Whether some people, taken together, are too few, or all of one answer."""
        together: Counter[Any] = sum((self.people[key] for key in keys), Counter())
        return 0 < together.total() < self.rule.threshold or (self.alike and self.rule.threshold > 1 and len(together) == 1)

    def _open_line(self, hidden: set[Key]) -> Line | None:
        """The groups that can still be withheld on a line from which a withheld one could be worked out; None when there is no such line."""
        for line in self.lines:
            inside = [key for key in line if key in hidden]
            if (len(inside) == 1 or self._exposed(inside)) and (left := self._shown(line, hidden)):
                return left
        if len(self.lines) > 1:
            for key in _determined(self.lines, hidden):
                if self._exposed([key]) and (left := [other for line in self.lines if key in line for other in self._shown(line, hidden)]):
                    return left
        return None

    def _shown(self, line: Line, hidden: set[Key]) -> Line:
        return [key for key in line if key not in hidden and self.people[key].total()]


def _determined(lines: Sequence[Line], hidden: set[Key]) -> list[Key]:
    """The hidden groups whose figures follow from those of the lines by adding and subtracting."""
    unknown = sorted((key for key in hidden if any(key in line for line in lines)), key=str)
    rows = [[Fraction(key in line) for key in unknown] for line in lines]
    for column in range(len(unknown)):
        pivot = next((row for row in rows if row[column] and not any(row[:column])), None)
        if pivot is None:
            continue
        for row in rows:
            if row is not pivot and row[column]:
                factor = row[column] / pivot[column]
                row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
    return [unknown[places[0]] for row in rows if len(places := [i for i, value in enumerate(row) if value]) == 1]
