"""Of which groups it may be used, and so be shown, that some of their people answered in two waves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from rpgstat.disclosure._plan import Plan
from rpgstat.disclosure._span import Span
from rpgstat.study import CHANGED, Disclosure, ItemCell, ItemMoves, ItemPair, Key, Moves, Pair, ScoreCell, Study, Tally

Group = tuple[int, str]
"""A group: the place of its grouping, and its label."""

People = list[tuple[Fraction, Fraction, int]]
"""People by score before and after."""


def linked_groups(plan: Plan, tally: Tally, study: Study) -> dict[Pair, dict[str, frozenset[str]]]:
    """For each pair of waves of an item or score, by grouping the groups whose people in both waves may be used.

    `tally` is by all groupings that the study declares, with the moves of these pairs. How many answered in both waves, and how their two answers
    correlate, follows from the errors and df of a group, so these are cells of their own: at least `detail_from` people, of whom at
    least `hide_below` changed, not all alike, in groups that are shown in full in both waves. So must be those who are in no such group of a
    grouping, if anybody is; and no number of fewer, nor of others who moved alike, may follow by adding and subtracting, whatever the command: the
    smallest are left out until that holds. Crosses of groupings have none. It depends on the study alone.
    """
    found = {}
    for pair in tally.transitions:
        people = {key: _scored(own[pair], pair, study) for key, own in tally.moved.items() if pair in own}
        making = _Making(study.disclosure, tally.by, {key: own for key, own in people.items() if own}, _shown(plan, pair, tally.by))
        making.protect()
        found[pair] = {name: frozenset(label for at, label in making.open if at == place) for place, name in enumerate(tally.by)}
    return found


def _shown(plan: Plan, pair: Pair, by: Sequence[str]) -> Callable[[Group], bool]:
    """Whether a group is shown in full in both waves."""
    waves = (pair.reference, pair.wave)
    cells = [ItemCell(pair.item, wave) if isinstance(pair, ItemPair) else ScoreCell(pair.battery, pair.items, wave) for wave in waves]

    def shown(group: Group) -> bool:
        axis, key = (by[group[0]],), (group[1],)
        lost = plan.hidden(axis, [key])[key] | plan.few(axis, [key])[key]
        return not lost.intersection(cells)

    return shown


def _scored(moves: Moves, pair: Pair, study: Study) -> People:
    if isinstance(moves, ItemMoves) and isinstance(pair, ItemPair):
        scale = next(battery.scale_of(item) for battery, item in study.items if item.id == pair.item)
        return moves.scored(scale.scores)
    return list(moves.moves) if not isinstance(moves, ItemMoves) else []


@dataclass
class _Making:
    """The groups of which pairs may be used, in the making: `people` are by their labels in all groupings."""

    rule: Disclosure
    by: Sequence[str]
    people: Mapping[Key, People]
    shown: Callable[[Group], bool]
    open: set[Group] = field(default_factory=set)

    def protect(self) -> None:
        """Leaves out groups until nothing of others follows."""
        labels = {(at, label) for key in self.people for at, label in enumerate(key) if label is not None and label != CHANGED}
        self.open = {group for group in labels if self.shown(group) and self._safe(self._of([group]))}
        while self.rule.secondary and (closing := self._telling()):
            self.open.discard(min(closing, key=lambda group: (_number(self._of([group])), group)))

    def _of(self, groups: Iterable[Group]) -> People:
        """The people who are in one of some groups."""
        wanted = set(groups)
        return [move for key, own in self.people.items() if any((at, label) in wanted for at, label in enumerate(key)) for move in own]

    def _safe(self, people: People) -> bool:
        """Whether their number and the correlation of their answers may be known."""
        changed = sum(n for before, after, n in people if before != after)
        return _number(people) >= max(2, self.rule.detail_from) and changed >= self.rule.hide_below and not _one_line(people)

    def _telling(self) -> list[Group]:
        """The open groups of which one is to be left out, as they tell too much of others; none where they do not."""
        for at in range(len(self.by)):
            own = [group for group in self.open if group[0] == at]
            others = [move for key, people in self.people.items() if (at, key[at]) not in self.open for move in people]
            if own and others and not self._safe(others):
                return own
        return sorted(self.open) if self.open and self._follows() else []

    def _follows(self) -> bool:
        """Whether the number of a group that may not be known follows from those that are open and from that of everyone; few who change groups
        are taken as known."""
        places = [key for key, own in self.people.items() if CHANGED not in key or _number(own) >= self.rule.hide_below]
        vectors = {
            (at, label): {place: 1 for place, key in enumerate(places) if key[at] == label}
            for at in range(len(self.by))
            for label in dict.fromkeys(key[at] for key in places)
            if label is not None
        }
        span = Span([])
        span.publish(dict.fromkeys(range(len(places)), 1))
        for group in sorted(self.open):
            span.publish(vectors.get(group, {}))
        return any(own and not self._safe(self._of([group])) and span.holds(own) for group, own in vectors.items())


def _number(people: People) -> int:
    return sum(n for *_, n in people)


def _one_line(people: People) -> bool:
    """Whether all of their answers lie on one line, so that each tells the other: all moved alike, or one side is the same for all."""
    points = {(before, after) for before, after, _ in people}
    (x, y), *others = sorted(points)
    if not others:
        return True
    (u, v), *rest = others
    return all((a - x) * (v - y) == (b - y) * (u - x) for a, b in rest)
