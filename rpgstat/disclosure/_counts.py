"""Counts of people who chose something: of which groups they may be seen beside those of everyone, and beside how many could have chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from rpgstat.disclosure._decisions import Reason
from rpgstat.disclosure._linked import hidden_places, largest_possible, narrow
from rpgstat.disclosure._span import Span
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.record import record
from rpgstat.stats.programmes import Aim, Optimum, System, answers, optima

_CLOSE = 1e-6
_VALUES = 3
"""How many values a count that is withheld may have, at least, as far as anybody can tell."""


@dataclass
class Chosen:
    """How many people of each part chose each of some options, which are shown or withheld together.

    `asked` are those who could have chosen, of whom the numbers are shown but where they are hidden. `few`: counts of 1 to `hide_below` - 1
    people who did, or did not, are withheld, and may not turn out to be so few. `least` are the values that a count withheld may have.
    """

    asked: Table
    options: Sequence[Sequence[int]]
    few: bool = False
    least: int = _VALUES
    hidden: dict[Place, Reason] = field(default_factory=dict)
    told: Place | None = None

    def protect(self, base: Mapping[Place, Reason]) -> dict[Place, Reason]:
        """The places of which the counts are withheld, `base` among them: none follows from what is shown, and each may have several values.

        Where that is not so of a place though no count is shown any more, it is `told`, by how many could have chosen.
        """
        rule, people = self.asked.rule, self.asked.people
        self.hidden = {place: reason for place, reason in base.items() if people[place]}
        for place in self.asked.order if self.few else ():
            if people[place] and any(self._tells(place, option) for option in self.options):
                self.hidden.setdefault(place, Reason.ATTRIBUTE)
        if self.few and self.hidden:  # that nobody of a group did says much of others, beside which answers go together
            nobody = [place for place in self._shown() if any(not self._in(option, place) for option in self.options)]
            self.hidden |= dict.fromkeys(nobody, Reason.ATTRIBUTE)
        while rule.secondary and self.hidden:
            self._keep_company()
            found = next((one for option in self.options for one in self._close(option)), None)
            if found is None or not (left := found[1] or self._shown()):
                self.told = found[0] if found else None
                break
            self.hidden[self.asked.least(left, found[0])] = Reason.NARROW
        return self.hidden

    def withhold(self, place: Place) -> None:
        """Withholds one more, and those whose counts would give it back."""
        self.hidden[place] = Reason.NARROW
        self._keep_company()

    def _tells(self, place: Place, option: Sequence[int]) -> bool:
        """Whether a count by itself says too much: of few who chose or did not, or that everybody did."""
        did, small = self._in(option, place), self.asked.rule.hide_below
        return 0 < did < small or self.asked.people[place].total() - did < small

    def _in(self, option: Sequence[int], place: Place) -> int:
        return sum(option[at] for at in self.asked.universe.members[place])

    def counted(self, place: Place) -> int:
        """How many people of a place chose the first option."""
        return self._in(self.options[0], place)

    def _shown(self) -> list[Place]:
        return [place for place in self.asked.order if place not in self.hidden and self.asked.people[place]]

    def _keep_company(self) -> None:
        """Withholds each place of which the counts would give those of another, the least of worth last."""
        span = Span(self.asked.vector(place) for place in self.asked.order if place in self.hidden)
        for public in (self.asked.everyone, *self.asked.known.ties):
            span.publish(public)
        for place in self._shown():
            if not span.admits(self.asked.vector(place)):
                self.hidden[place] = Reason.COMPANY

    # --- how closely a count that is withheld is known ------------------------------------------------------------

    def _close(self, option: Sequence[int]) -> Iterator[tuple[Place, list[Place]]]:
        """Each place of which a count is known within too little, with the places whose counts keep it so: of those who chose, and of those who did not."""
        total, whole = sum(option), self.asked.whole.total()
        if total in (0, whole):
            return  # then everybody knows of everybody
        hidden = [place for place in self.asked.order if place in self.hidden]
        yield from self._numbers(option)
        yield from self._narrow(option, [place for place in hidden if self.few or self._in(option, place)])
        if self.few:  # elsewhere this is said by the number of all
            others = [people.total() - n for people, n in zip(self.asked.parts, option, strict=True)]
            yield from self._narrow(others, [place for place in hidden if place in self.asked.hidden])

    def _narrow(self, option: Sequence[int], places: Sequence[Place]) -> Iterator[tuple[Place, list[Place]]]:
        total = sum(option)
        for place, (low, high), helpful in self._ranges(option, places) if places else ():
            if self.closely(place, low, high, total):
                yield place, helpful

    def _numbers(self, option: Sequence[int]) -> Iterator[tuple[Place, list[Place]]]:
        """The places of which it is withheld how many could have chosen, where counts tell it within too little."""
        if self.asked.universe.single:
            return
        places = hidden_places(self.asked)
        most = largest_possible(self.asked, places)
        system, owners = self._system(option)
        rows = [{2 * at + side: 1.0 for at in self._parts(place) for side in (0, 1)} for place in places]
        found = answers([(system, [Aim(row), Aim(dict.fromkeys(row, -1.0))]) for row in rows])
        for place, limit, sides in zip(places, most, found, strict=True):
            helpful = _binding(sides, owners)
            if helpful and narrow(self.asked, place, sides, limit):
                yield place, helpful

    def closely(self, place: Place, low: int, high: int, total: int) -> bool:
        """Whether a count of a place from `low` to `high`, of `total` in all, has fewer values left than it should, or only small ones; and so has
        the count of those who did not choose, where it is known how many there are."""
        if self._few_values(low, high, min(self._most(place), total)):
            return True
        n = self.asked.people[place].total()
        return self.few and place not in self.asked.hidden and self._few_values(n - high, n - low, min(n, self.asked.whole.total() - total))

    def _few_values(self, low: int, high: int, most: int) -> bool:
        return high - low + 1 < min(self.least, most + 1) or (self.few and high < self.asked.rule.hide_below <= most)

    def _most(self, place: Place) -> int:
        """How many can have chosen, as anybody knows."""
        return self.asked.most[place] if place in self.asked.hidden else self.asked.people[place].total()

    def _ranges(self, option: Sequence[int], places: Sequence[Place]) -> Iterator[tuple[Place, tuple[int, int], list[Place]]]:
        """For each place the least and the most that its count can be, and the places shown that bind it."""
        if self.asked.universe.single and not self.asked.known.ties:
            yield from ((place, self._by_sums(option, place), []) for place in places)
            return
        system, owners = self._system(option)
        sums = [{2 * at: 1.0 for at in self._parts(place)} for place in places]
        found = optima(system, [Aim({key: sign * n for key, n in own.items()}) for own in sums for sign in (1.0, -1.0)])
        for at, place in enumerate(places):
            up, down = found[2 * at : 2 * at + 2]
            yield place, (max(0, ceil(-down.value - _CLOSE)), floor(up.value + _CLOSE)), _binding((up, down), owners)

    def _by_sums(self, option: Sequence[int], place: Place) -> tuple[int, int]:
        """The same where all places add up to the whole: each count withheld is what the others leave."""
        left = sum(self._in(option, own) for own in self.hidden)
        unknown = sum(self.asked.people[own].total() for own in self.hidden if own in self.asked.hidden)
        room = sum(self.asked.people[own].total() for own in self.hidden if own not in self.asked.hidden and own != place)
        if place in self.asked.hidden:
            alone = sum(own in self.asked.hidden for own in self.hidden) == 1
            return max(0, left - room - (0 if alone else unknown)), min(unknown, left)
        n = self.asked.people[place].total()
        return max(0, left - room - unknown), min(n, left)

    def _system(self, option: Sequence[int]) -> tuple[System, list[Place | None]]:
        """Of each part those who chose and those who did not: what is shown of them all."""
        known: list[dict[int, float]] = []
        values: list[float] = []
        owners: list[Place | None] = []

        def tell(places: Sequence[int], sides: Sequence[int], value: float, owner: Place | None) -> None:
            known.append({2 * at + side: 1.0 for at in places for side in sides})
            values.append(value)
            owners.append(owner)

        everybody = [at for at, there in enumerate(self.asked.present) if there]
        tell(everybody, (0,), sum(option), None)
        tell(everybody, (1,), self.asked.whole.total() - sum(option), None)
        for weighed in self.asked.known.weighed:  # everybody with the weights that are known of each part
            for side, people in enumerate((option, [own.total() - n for own, n in zip(self.asked.parts, option, strict=True)])):
                known.append({2 * at + side: weight for at, weight in weighed.items()})
                values.append(sum(weight * people[at] for at, weight in weighed.items()))
                owners.append(None)
        for place in self.asked.order:
            if place not in self.asked.hidden:
                tell(self._parts(place), (0, 1), self.asked.people[place].total(), None)
            if place not in self.hidden:
                tell(self._parts(place), (0,), self._in(option, place), place)
        silent = silence(self.asked, lambda at: (2 * at, 2 * at + 1), 2 * len(self.asked.parts))
        rows = [row for row, _ in silent.known]
        system = System(silent.unknowns, [*known, *rows], [*values, *(n for _, n in silent.known)], *self._limits(everybody))
        return system, owners + [None] * len(rows)

    def _limits(self, everybody: Sequence[int]) -> tuple[list[dict[int, float]], list[float]]:
        """Nobody is in a part where nobody is, and no more are in a place than returned the questionnaire."""
        nobody = [{2 * at: 1.0, 2 * at + 1: 1.0} for at in range(len(self.asked.parts)) if at not in set(everybody)]
        capped = [place for place in self.asked.order if place in self.asked.hidden and self.asked.most[place] <= self.asked.whole.total()]
        rows = [{2 * at + side: 1.0 for at in self._parts(place) for side in (0, 1)} for place in capped]
        return [*nobody, *rows], [*(0.0 for _ in nobody), *(float(self.asked.most[place]) for place in capped)]

    def _parts(self, place: Place) -> list[int]:
        return [at for at in self.asked.universe.members[place] if self.asked.present[at]]


@record
class Silence:
    """What is known of those who did not answer, as sums with their values, and how many unknowns there are with theirs."""

    unknowns: int
    known: Sequence[tuple[dict[int, float], float]] = ()


def silence(asked: Table, answered: Callable[[int], Sequence[int]], start: int) -> Silence:
    """What numbers of those who returned the questionnaire, or were asked, tell of those who `answered`, unknowns of each part: besides these there is
    one more of each, from `start` on, of those who are not among them, and so on for those beyond."""
    layers = asked.known.beside.each if asked.known.beside else []
    parts = len(asked.parts)
    there = {at for at, present in enumerate(asked.present) if present}
    known = []
    for step, own in enumerate(layers, start=1):
        for members in own.shown:
            silent = [one for at in members for one in range(start + at, start + at + step * parts, parts)]
            known.append((dict.fromkeys([*silent, *(one for at in members if at in there for one in answered(at))], 1.0), own.number(members)))
    return Silence(start + parts * len(layers), known)


def _binding(found: Sequence[Optimum], owners: Sequence[Place | None]) -> list[Place]:
    return [place for one in found for row in one.binding if (place := owners[row]) is not None]
