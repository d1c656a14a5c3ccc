"""What may be seen of each group's answers to an item in a wave: nothing, their mean, or all; so that nothing hidden can be worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Any

from rpgstat.disclosure._lines import Line, determined, lines_of
from rpgstat.disclosure._possible import Levels, People, alone, tells, whole_steps
from rpgstat.record import record
from rpgstat.study import Battery, Cell, Disclosure, ItemCell, Key, PeopleCell, Scale, ScoreCell, Study, Tally, regrouped

Hidden = Mapping[Key, frozenset[Cell]]


@record
class Tiers:
    """For each group the cells that are withheld, and those seen by their mean only."""

    hidden: Hidden
    few: Hidden


def tiers(tally: Tally, study: Study, rule: Disclosure) -> Tiers:
    """What `rule` shows of each group of a tally that is broken down by one or two groupings.

    Fewer than `hide_below` answers are withheld; fewer than `detail_from`, and answers that all lie in one half of the scale, are seen by
    n and mean only; the mean is withheld too where it leaves one possibility. Then, as totals of a wave are public, in each set of groups that
    adds up to one:

    - the next smallest are withheld too, until at least two are, which together are neither few nor all of one answer;
    - where one group only is seen by its mean and all others in full, the smallest of these is seen by its mean too;
    - where the means of some leave one possibility for the answers of one, beside all that is shown, the smallest full group is seen by its
      mean too; where none is left, that mean is withheld.

    Groups that are withheld among those who returned the questionnaire are withheld on every item of the wave, and those withheld on an
    item have no battery score, so that different items cannot be played against each other. In a cross of two groupings each group of
    either is such a set, and no cell is left that follows from the others.

    Hundepool et al. 2012, Statistical Disclosure Control: primary and secondary cell suppression.
    """
    margins = [tiers(regrouped(tally, [axis]), study, rule).hidden for axis in range(len(tally.by))] if len(tally.by) > 1 else []
    hidden: dict[Key, set[Cell]] = {key: set() for key in tally.parts}
    few: dict[Key, set[Cell]] = {key: set() for key in tally.parts}
    for cell, kind in _cells(tally, study):  # those who returned it come first, then items, then batteries
        nested = {key for key in hidden if any(cell in margin[key[axis],] for axis, margin in enumerate(margins))}
        before = {key for key, cells in hidden.items() if cells & kind.follows}
        table = Table({key: _people(part, cell, kind) for key, part in tally.parts.items()}, lines_of(list(hidden), margins, cell), rule, kind)
        table.protect(nested | before)
        for key in table.hidden:
            hidden[key].add(cell)
        for key in table.few - table.hidden:
            few[key].add(cell)
    return Tiers(*({key: frozenset(cells) for key, cells in found.items()} for found in (hidden, few)))


@record
class Kind:
    """What a cell holds: people (no scale), answers on a scale, or scores of a battery, of which `step` is the largest between two.

    A group that is withheld in one of the cells that it `follows` is withheld in it.
    """

    scale: Scale | None = None
    step: Fraction | None = None
    follows: frozenset[Cell] = frozenset()

    def one_sided(self, people: Counter[Any]) -> bool:
        """Whether all answers, or none, lie in the upper half of the scale, or all are the same."""
        if self.scale is None:
            return False
        upper = self.scale.scores[(len(self.scale.levels) + 1) // 2 :]
        agree = sum(n for score, n in people.items() if (score > self.scale.midpoint if self.step else score in upper))
        return len(people) == 1 or (self.scale.labelled and agree in (0, people.total()))

    def levels(self, people: Counter[Any]) -> Levels:
        """How many people have each score of the scale, lowest first; nothing without a scale."""
        return tuple(people.get(score, 0) for score in self.scale.scores) if self.scale else ()


def _cells(tally: Tally, study: Study) -> list[tuple[Cell, Kind]]:
    scales = {item.id: battery.scale_of(item) for battery, item in study.items}
    batteries: dict[str, Battery] = {battery.name: battery for battery in study.batteries}
    found: list[tuple[Cell, Kind]] = [(PeopleCell(wave), Kind()) for wave in tally.waves]
    found += [(ItemCell(item, wave), Kind(scales[item], follows=frozenset([PeopleCell(wave)]))) for item, wave in tally.counts]
    for battery, items, wave in tally.scores:
        scale = batteries[battery].scale
        step = max((b - a for a, b in zip(scale.scores, scale.scores[1:], strict=False)), default=Fraction(1)) / max(ceil(len(items) / 2), 1)
        before: frozenset[Cell] = frozenset([PeopleCell(wave), *(ItemCell(item, wave) for item in items)])
        found.append((ScoreCell(battery, items, wave), Kind(scale, step, before)))
    return found


def _people(part: Tally, cell: Cell, kind: Kind) -> Counter[Any]:
    """How many people of a group gave each answer, by its score."""
    if isinstance(cell, PeopleCell) or kind.scale is None:
        return +Counter({"returned": part.returned[cell.wave]})
    if isinstance(cell, ItemCell):
        return +Counter(dict(zip(kind.scale.scores, part.counts[cell.item, cell.wave].levels, strict=True)))
    scores = part.scores[cell.battery, cell.items, cell.wave]
    return +Counter(dict(zip(scores.values, scores.counts, strict=True)))


@dataclass
class Table:
    """One item in one wave: the people of each group by answer, the lines along which they add up, and what is found `hidden`, or seen by its mean."""

    people: Mapping[Key, Counter[Any]]
    lines: Sequence[Line]
    rule: Disclosure
    kind: Kind
    hidden: set[Key] = field(default_factory=set)
    few: set[Key] = field(default_factory=set)

    def protect(self, base: set[Key]) -> None:
        """Finds what is hidden, `base` among it, and what is seen by its mean only."""
        self.few = {key for key, people in self.people.items() if self._is_few(people)}
        self.hidden = base | {key for key in self.people if self._exposed([key])} | {key for key in self.few if self._tells_alone(key)}
        while self.rule.secondary and (self._hide_more() or self._leave_company() or self._blur()):
            pass

    def _is_few(self, people: Counter[Any]) -> bool:
        detail = self.rule.detail_from
        return self.kind.scale is not None and detail > 1 and (0 < people.total() < detail or (bool(people) and self.kind.one_sided(people)))

    def _exposed(self, keys: Line) -> bool:
        """Whether some people, taken together, are too few, or all of one answer."""
        together: Counter[Any] = sum((self.people[key] for key in keys), Counter())
        alike = self.kind.scale is not None and self.rule.hide_below > 1 and len(together) == 1
        return 0 < together.total() < self.rule.hide_below or alike

    def _tells_alone(self, key: Key) -> bool:
        """Whether n and mean of a group leave one possibility; of a battery score, whose answers have many values, whether they may."""
        scale, people = self.kind.scale, self.people[key]
        if scale is None or self.rule.hide_below == 1:
            return False
        if self.kind.step is None:
            return alone(self._as_people(key), whole_steps(scale.scores))
        total, n = sum((score * count for score, count in people.items()), Fraction(0)), people.total()
        return min(n * scale.high - total, total - n * scale.low) <= self.kind.step

    def _as_people(self, key: Key) -> People:
        levels = self.kind.levels(self.people[key])
        return People(levels, self.rule.hide_below - 1 if sum(levels) < self.rule.detail_from else 0)

    def _hide_more(self) -> bool:
        """Withholds one group more, the smallest, on a line from which a withheld one could be worked out; False when there is no such line."""
        line = self._open_line()
        if line is not None:
            self.hidden.add(self._smallest(line))
        return line is not None

    def _open_line(self) -> Line | None:
        for line in self.lines:
            inside = [key for key in line if key in self.hidden]
            if (len(inside) == 1 or self._exposed(inside)) and (left := self._shown(line)):
                return left
        if len(self.lines) > 1:
            for key in determined(self.lines, self.hidden):
                if self._exposed([key]) and (left := [other for line in self.lines if key in line for other in self._shown(line)]):
                    return left
        return None

    def _leave_company(self) -> bool:
        """Makes the smallest full group on a line mean only, where one other is and none is withheld: its answers would be the total less the full ones."""
        single = (line for line in self.lines if len(self._means(line)) == 1 and not any(key in self.hidden for key in line))
        return any(map(self._show_less, single))

    def _show_less(self, line: Line) -> bool:
        """Makes the smallest full group on a line mean only; False where there is none."""
        full = [key for key in self._shown(line) if key not in self.few]
        self.few |= {self._smallest(full)} if full else set()
        return bool(full)

    def _blur(self) -> bool:
        """Where the answers of a group follow from its mean beside all that is shown on a line, shows less of the smallest full group, else withholds it."""
        if self.kind.scale is None or self.kind.step is not None or self.rule.hide_below == 1:
            return False
        steps = whole_steps(self.kind.scale.scores)
        for line in self.lines:
            means, inside = self._means(line), [key for key in line if key in self.hidden]
            hidden = self.kind.levels(sum((self.people[key] for key in inside), Counter()))
            for key in means:
                others = [self.kind.levels(self.people[other]) for other in means if other != key]
                if tells(self._as_people(key), others, hidden if sum(hidden) else None, steps):
                    self.hidden |= set() if self._show_less(line) else {key}
                    return True
        return False

    def _means(self, line: Line) -> list[Key]:
        return [key for key in self._shown(line) if key in self.few]

    def _shown(self, line: Line) -> list[Key]:
        return [key for key in line if key not in self.hidden and self.people[key].total()]

    def _smallest(self, keys: Line) -> Key:
        return min(keys, key=lambda key: (self.people[key].total(), list(self.people).index(key)))
