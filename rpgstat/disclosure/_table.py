"""One item, battery score or count of people in one wave, by all groups of a study: what of it is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from rpgstat.disclosure._decisions import Decision, Reason, Tier
from rpgstat.disclosure._kind import Amount, Kind, Lazy, Parts, total_of
from rpgstat.disclosure._known import Beside, Known
from rpgstat.disclosure._possible import Levels, People, alone
from rpgstat.disclosure._span import Span, Vector
from rpgstat.disclosure._universe import Place, Universe
from rpgstat.record import record
from rpgstat.study import Disclosure

_ANY = 1 << 62


@record
class Open:
    """A hidden place of which an audit finds too little left open, those whose figures keep it so, and whether it helps to show their mean only."""

    place: Place
    helpful: Collection[Place]
    blur: bool = False


@dataclass(eq=False)
class Table:
    """The people of each part of the study, `present` those parts that have anybody, and what is found `hidden`, or `few`: seen by the mean only.

    `proven` are hidden places known to be open, and `vague` those whose mean tells no answers: both stay so as less and less is shown. `helps`: whether
    it would help a hidden place to show others by their mean. `crossed`: whether crosses are shown where anything is to be hidden.
    """

    universe: Universe
    kind: Kind
    rule: Disclosure
    parts: Sequence[Amount]
    present: Sequence[bool]
    known: Known
    memory: dict[Any, Any] = field(default_factory=dict)
    hidden: dict[Place, Reason] = field(default_factory=dict)
    few: dict[Place, Reason] = field(default_factory=dict)
    crossed: bool = True
    proven: set[Place] = field(default_factory=set)
    vague: set[Place] = field(default_factory=set)
    helps: dict[Place, bool] = field(default_factory=dict)
    _aims: dict[Place, tuple[Fraction, Fraction]] = field(default_factory=dict)
    _totals: dict[Place | None, Fraction] = field(default_factory=dict)

    def decisions(self) -> dict[Place, Decision]:
        """What is shown of each place where anybody is: of a cross, too, what is shown of the same people elsewhere."""
        return {place: self._refusal(place) or self._decision(same) for place, same in self.same.items()}

    def _refusal(self, place: Place) -> Decision | None:
        """Where crosses are shown nowhere of what is to be protected, nothing is shown even of those that are the same people as a group."""
        refused = len(place.by) > 1 and not self.universe.crossed and (self.hidden or self.few)
        return Decision(Tier.HIDDEN, self.number(place), Reason.REFUSED) if refused else None

    def _decision(self, place: Place) -> Decision:
        n, reasons = self.number(place), [(Tier.HIDDEN, self.hidden), (Tier.MEAN, self.few)]
        return next((Decision(tier, n, own[place]) for tier, own in reasons if place in own), Decision(Tier.FULL, n))

    @cached_property
    def people(self) -> dict[Place, Amount]:
        """The people of each place, by answer."""
        return Lazy(lambda place: self._rows.amount(self._of_place[place]))

    def number(self, place: Place) -> int:
        """How many people a place has."""
        return sum(self._of_place[place])

    def together(self, own: Iterable[int]) -> Amount:
        """The people of some parts, by answer."""
        return self._rows.amount(self._rows.together(own))

    @cached_property
    def _of_place(self) -> dict[Place, tuple[int, ...]]:
        return Lazy(lambda place: self._rows.together(self.universe.members[place]))

    @cached_property
    def _rows(self) -> Parts:
        return self.parts if isinstance(self.parts, Parts) else Parts.of(people.items() for people in self.parts)

    @cached_property
    def _upper(self) -> list[bool]:
        return self.kind.upper(self._rows.answers)

    def aims(self, place: Place) -> tuple[Fraction, Fraction]:
        """Half a level above the mean of a place and half a level below, or the ends of the scale where these are nearer."""
        if place not in self._aims:
            scale = self.kind.scale
            assert scale is not None
            half, mean = (scale.high - scale.low) / max(len(scale.levels) - 1, 1) / 2, self.total(place) / self.number(place)
            low, high = self._ends(max(self.fewest[place], 1))
            self._aims[place] = min(mean + half, high), max(mean - half, low)
        return self._aims[place]

    def _ends(self, fewest: int) -> tuple[Fraction, Fraction]:
        """The lowest and the highest mean that so many can have, as anybody knows: by the answers of everyone."""
        assert self.kind.scale is not None
        if not self.kind.answers:
            return self.kind.scale.low, self.kind.scale.high
        low, high = (self.kind.extreme(self.levels_of(range(len(self.parts))), fewest, up=up) / fewest for up in (False, True))
        return low, high

    def total(self, place: Place | None) -> Fraction:
        """The sum of scores of a place, or of everyone."""
        if place not in self._totals:
            self._totals[place] = total_of(self.people[place] if place else self.whole)
        return self._totals[place]

    @cached_property
    def levels(self) -> list[Levels]:
        """The answers of each part as counts, lowest score first."""
        return [self.kind.levels(people) for people in self.parts]

    def levels_of(self, own: Iterable[int]) -> Levels:
        """The answers of some parts together."""
        return tuple(map(sum, zip(*(self.levels[at] for at in own), strict=True))) or (0,) * len(self.kind.steps)

    @cached_property
    def whole(self) -> Amount:
        """Everyone."""
        return self.together(range(len(self.parts)))

    @cached_property
    def same(self) -> dict[Place, Place]:
        """For each place where anybody is the first that is of the same people, in the order in which they are shown: groupings before their
        crosses, many people before few."""
        words, first = self.universe.words, dict[tuple[int, ...], Place]()
        order = sorted(self.universe.members, key=lambda place: (len(place.by), -self.known.largest[place], place.by, words[place]))
        found = {place: first.setdefault(tuple(self._present(place)), place) for place in order}
        return {place: own for place, own in found.items() if any(self.present[at] for at in self.universe.members[place])}

    @cached_property
    def order(self) -> list[Place]:
        """The places where anybody is, in the order in which they are shown, each set of people once."""
        return list(dict.fromkeys(self.same.values()))

    @cached_property
    def most(self) -> dict[Place, int]:
        """The most people that each place can have, by what is known of itself and of all that hold it."""
        limits = [(frozenset(self.universe.members[place]), most) for place, most in self.known.most.items()]
        return {place: min([_ANY, *(most for own, most in limits if own.issuperset(self._present(place)))]) for place in self.order}

    @cached_property
    def fewest(self) -> dict[Place, int]:
        """The fewest people that each place can have, as anybody knows: those who returned it, less all who did not answer; or everybody, less all whom
        the others of its grouping can have."""
        if self.known.beside is None:
            return {place: max(self.floor(place), self.whole.total() - self._most_beside(place)) for place in self.order}
        found = {place: self.floor(place) for place in self.order}
        for own in self.known.beside.each:
            silent, shown = sum(own.people) - self.whole.total(), set(own.shown)
            for place, members in ((place, self.universe.members[place]) for place in self.order):
                found[place] = max(found[place], own.number(members) - silent if members in shown else 0)
        return found

    def floor(self, place: Place) -> int:
        """The fewest people of a hidden place, whatever else is known: one, as a 0 would be shown, unless all of the place is withheld; which counts where
        no more than two can be there, and else is left for room."""
        return 0 if self.known.zeros or (self.hidden.get(place) is Reason.RETURNED and self.most[place] <= 2) else 1

    def free(self, place: Place) -> int:
        """Up to how few people it says nothing that so many are in a place: somebody of each group returned the questionnaire, or a 0 would be shown."""
        return int(self.known.beside is not None or self.known.zeros or len(place.by) > 1)

    def _most_beside(self, place: Place) -> int:
        """The most people that the other groups of a grouping can have, where that is known of each of them."""
        if len(place.by) > 1:
            return _ANY
        return sum(self.known.most.get(own, _ANY) for own in self.universe.members if own.by == place.by and own != place)

    def _present(self, place: Place) -> list[int]:
        return [at for at in self.universe.members[place] if self.present[at]]

    def vector(self, place: Place) -> Vector:
        """The place as a sum over parts."""
        return {at: 1 for at in self.universe.members[place] if self.counted[at]}

    @cached_property
    def everyone(self) -> Vector:
        """The whole as a sum over parts."""
        return {at: 1 for at, there in enumerate(self.counted) if there}

    @cached_property
    def counted(self) -> tuple[bool, ...]:
        """The parts of which it is not known that nobody is counted: that none of those who returned it answered is shown."""
        loose = {at for place, reason in self.hidden.items() if reason is Reason.RETURNED for at in self.universe.members[place]}
        return tuple(there and (bool(own) or self.known.zeros or at in loose) for at, (there, own) in enumerate(zip(self.present, self.parts, strict=True)))

    def start(self, base: Mapping[Place, Reason], few: Mapping[Place, Reason] = {}) -> None:
        """Takes what is hidden by itself, `base` among it, and what is seen by its mean only, `few` among it; nothing else is yet."""
        self.hidden = {**{place: Reason.FEW for place in self.order if 0 < self.number(place) < self.rule.hide_below}, **base}
        self.few = {**few, **{place: reason for place in self.order if (reason := self._why_few(place))}}
        self.hidden |= {place: Reason.ONE_WAY for place in self.few if place not in self.hidden and self._tells_alone(place)}
        if not self.crossed and (self.hidden or self.few):
            self.hidden = {**{place: Reason.REFUSED for place in self.order if len(place.by) > 1}, **self.hidden}
        for memory in (self.proven, self.vague, self.helps):
            memory.clear()

    def protect(self, base: Mapping[Place, Reason], few: Mapping[Place, Reason] = {}) -> None:
        """Finds all that is hidden, or seen by its mean only."""
        from rpgstat.disclosure._rounds import protect

        self.start(base, few)
        protect([self])

    def matters(self, place: Place) -> bool:
        """Whether it is to be audited what is left open of a hidden place: where all crosses are refused anyhow, of these only where people are few."""
        return self.universe.crossed or self.hidden.get(place) is not Reason.REFUSED or self.number(place) < self.rule.hide_below

    def counts(self, place: Place) -> bool:
        """Whether it is to be asked what is left open of a hidden place: where nobody is counted only of counts that may be none, if of anybody, and of
        groups that may have a row of these: else a large group of none could not be shown for the sake of each few people in it."""
        return bool(self.people[place]) or (self.known.zeros and self.kind.scale is None and len(place.by) == 1 and bool(self.whole))

    def _why_few(self, place: Place) -> Reason | None:
        n, detail = self.number(place), self.rule.detail_from
        if self.kind.scale is None or detail <= 1 or not n:
            return None
        return Reason.FEW_FOR_DETAIL if n < detail else Reason.ONE_SIDED if self._one_sided(place) else None

    def _one_sided(self, place: Place) -> bool:
        """Whether all answers, or none, lie in the upper half of the scale, or all are the same."""
        given, scale = self._of_place[place], self.kind.scale
        agree = sum(n for n, upper in zip(given, self._upper, strict=True) if upper)
        return sum(map(bool, given)) == 1 or (scale is not None and scale.labelled and agree in (0, sum(given)))

    def _tells_alone(self, place: Place) -> bool:
        """Whether n and mean of a place leave one possibility; of a battery score, whose answers have many values, whether they may."""
        scale, people = self.kind.scale, self.people[place]
        if scale is None or self.rule.hide_below == 1:
            return False
        if self.kind.step is None:
            return alone(self.as_people(place), self.kind.steps)
        total, n = self.total(place), people.total()
        return min(n * scale.high - total, total - n * scale.low) <= self.kind.step

    def as_people(self, place: Place) -> People:
        levels = self.levels_of(self.universe.members[place])
        return People(levels, self.rule.hide_below - 1 if sum(levels) < self.rule.detail_from else 0)

    def keep_company(self) -> None:
        """Shows one place after the other unless one that is hidden would follow; those are hidden too. Sums of scores follow as numbers do."""
        for place in self._unpublished([place for place in self.order if place in self.hidden], [place for place in self.order if place not in self.hidden]):
            self.hidden[place] = Reason.COMPANY

    def keep_detail(self) -> None:
        """The same for whole distributions: a place is seen by its mean only where its answers would give those of another."""
        if self.kind.scale is None or self.rule.detail_from <= 1:
            return
        full = [place for place in self.order if not self.closed(place) or not self.people[place]]
        for place in self._unpublished([place for place in self.order if self.closed(place) and self.people[place]], full):
            self.few[place] = Reason.DETAIL_COMPANY

    @property
    def beside(self) -> Beside | None:
        """Those who returned the questionnaire, where more is known of them than of this table: else they tell nothing of it."""
        if (beside := self.known.beside) is None:
            return None
        shown = {self.universe.members[place] for place in self.order if place not in self.hidden} | {tuple(range(len(self.parts)))}
        known = [*(one.shown for one in beside.each), [self.universe.members[place] for place in self.known.invited]]
        return None if all(map(shown.issuperset, known)) else beside

    def closed(self, place: Place) -> bool:
        return place in self.hidden or place in self.few

    def _unpublished(self, hidden: Sequence[Place], shown: Sequence[Place]) -> list[Place]:
        """Those to be `shown` that cannot be, as something `hidden` would follow."""
        if not hidden:
            return []
        key = (frozenset(hidden), tuple(shown), self.counted)
        if key not in self.memory:
            span = Span(map(self.vector, hidden))
            for public in (self.everyone, *self.known.ties):
                span.publish(public)
            self.memory[key] = [place for place in shown if not span.admits(self.vector(place))]
        found: list[Place] = self.memory[key]
        return found

    def show_less(self, one: Open) -> bool:
        """Shows one place by its mean only, where that can help, else withholds one; False where there is none."""
        shown = [place for place in self.order if place not in self.hidden and (self.people[place] or self.known.zeros)]
        full = [place for place in shown if place not in self.few] if one.blur and self.rule.detail_from > 1 else []
        left = [place for place in full or shown if place in one.helpful] or full or shown
        if left:
            into, reason = (self.few, Reason.DETAIL_COMPANY) if full else (self.hidden, Reason.NARROW)
            into[self.least(left, one.place)] = reason
        return bool(left)

    def least(self, places: Sequence[Place], beside: Place) -> Place:
        """The last in the order of worth, of those that stand in the table of another if any do."""
        return min(places, key=lambda place: (place.by != beside.by, -self.order.index(place)))
