"""Single questions in the plan of a study: of which groups answers may be seen, of which their number only, and of which nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from rpgstat.disclosure._counts import Chosen
from rpgstat.disclosure._decisions import Reason, Tier
from rpgstat.disclosure._kind import Kind
from rpgstat.disclosure._known import Beside
from rpgstat.disclosure._plan import Plan
from rpgstat.disclosure._span import Span, Vector
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._ticks import Ticked
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._weights import by_design, constant_weights, ties_of
from rpgstat.disclosure._who_returned import beside, by_everybody
from rpgstat.record import record
from rpgstat.study import ItemCell, Key, PeopleCell, Scale, Tally, normalise
from rpgstat.study.questions import TOP, Asked, Question, Replies, base

_TWO = 2
_TOLD_APART = 12
"""Up to so many different numbers are told apart: the spread of few numbers says how many gave each."""
_LEAST_PROMOTER, _LEAST_PASSIVE = 9, 7
Why = Mapping[Place, Reason]


@record
class Shown:
    """What is withheld of a question, by wave: not even the number of answers is seen of `numbers`, no answers of these and of `answers`, and of
    each option, besides, not of `options`."""

    numbers: Mapping[str, Why] = field(default_factory=dict)
    answers: Mapping[str, Why] = field(default_factory=dict)
    options: Mapping[tuple[str, str], Why] = field(default_factory=dict)

    def closed(self, wave: str) -> set[Place]:
        """The places of which anything is withheld."""
        return {*self.numbers.get(wave, {}), *self.answers.get(wave, {}), *(place for (own, _), why in self.options.items() if own == wave for place in why)}


def shown_questions(plan: Plan, by: Sequence[str], asked: Sequence[Asked]) -> dict[str, Shown]:
    """By id what is withheld of questions, which are counted by all groupings of the plan, `by`, together.

    They are cells of the plan as items are: below `hide_below` answers nothing is shown, below `detail_from` the number only, for the share of few
    people is a count; where everybody gave one answer likewise. Of several answers one that 1 to `hide_below` - 1 people of a group gave, or did
    not give, is withheld. Nothing that is withheld follows from what is shown of all groupings, crosses and the whole wave, and each count of it
    may have several values. Of a question that depends on another nothing is shown by a
    grouping in which answers are withheld that decide who was asked.
    """
    found: dict[str, Shown] = {}
    known = {one.question.id: one for one in asked}

    def of(one: Asked, wave: str) -> _Question:
        undecided = _undecided(plan.universe.members, one, wave, known, found)
        return _Question(plan, one, wave, parts_of(plan, by, one, wave), undecided, _beside(plan, by, one, wave, known, found))

    for one in _deciding_first(asked):
        waves = dict.fromkeys(own.wave for own in one.replies if own.key)
        each = [of(one, wave).shown() for wave in waves]
        numbers = {wave: own[0] for wave, own in zip(waves, each, strict=True)}
        answers = {wave: own[1] for wave, own in zip(waves, each, strict=True)}
        options = {(wave, option): why for wave, own in zip(waves, each, strict=True) for option, why in own[2].items()}
        found[one.question.id] = Shown(numbers, answers, options)
    return found


def shown_statement(plan: Plan, item: str, waves: Iterable[str]) -> Shown:
    """The same of the answers to an item of a battery: as the plan has them, but the number only where it shows the mean."""
    decided = {wave: plan.cells.get(ItemCell(item, wave), {}) for wave in waves}
    told = {wave: {place: one.reason or Reason.REFUSED for place, one in own.items() if one.tier is not Tier.FULL} for wave, own in decided.items()}
    hidden = {wave: {place: why for place, why in told[wave].items() if own[place].tier is Tier.HIDDEN} for wave, own in decided.items()}
    return Shown(hidden, told)


def questions_told_when_weighted(plan: Plan, shown: Iterable[Shown], tally: Tally) -> bool:
    """Whether counts that are withheld may follow when whole waves are shown with the weights of this tally too, which are not the study's own."""
    names = plan.universe.axes
    weights = constant_weights(tally, [tuple(dict(zip(names, part, strict=True))[name] for name in tally.by) for part in plan.universe.parts])
    for one in shown:
        for wave, answers in one.answers.items():
            returned = plan._tables[PeopleCell(wave)]
            more = [why for (own, _), why in one.options.items() if own == wave]
            closed = plan.rule.secondary and (answers or any(more))
            if (closed and by_design(tally, wave)) or any(_solved({*answers, *why}, returned, ties_of(returned.present, weights[wave])) for why in [{}, *more]):
                return True
    return False


def _solved(closed: set[Place], returned: Table, ties: Sequence[Vector]) -> bool:
    """Whether a place that is withheld follows from all others and these sums."""
    span = Span([])
    for vector in [returned.everyone, *returned.known.ties, *ties, *(returned.vector(place) for place in returned.order if place not in closed)]:
        span.publish(vector)
    return any(span.holds(returned.vector(place)) for place in returned.order if place in closed)


def _deciding_first(asked: Sequence[Asked]) -> list[Asked]:
    """The questions in an order in which each comes after those that decide who was asked it."""
    known = {one.question.id: one for one in asked}
    order: dict[str, Asked] = {}

    def put(one: Asked, above: frozenset[str]) -> None:
        for name in one.question.asked_if:
            if name in known and name not in order and name not in above:
                put(known[name], above | {name})
        order.setdefault(one.question.id, one)

    for one in asked:
        put(one, frozenset({one.question.id}))
    return list(order.values())


def _undecided(members: Iterable[Place], one: Asked, wave: str, asked: Mapping[str, Asked], found: Mapping[str, Shown]) -> dict[Place, Reason]:
    """The places of groupings in which answers are withheld that say who was asked: how many of others were would tell of these."""
    places: dict[Place, Reason] = {}
    for name, answers in one.question.asked_if.items():
        shown, wanted = found.get(name, Shown()), _wanted(asked[name].question, answers) if name in asked else set()
        places |= dict.fromkeys(shown.answers.get(wave, {}), Reason.ITEMS)
        for (own, option), why in shown.options.items():
            if own == wave and normalise(option) in wanted:
                places |= dict.fromkeys(why, Reason.ITEMS)
    closed = {place.by for place in places}
    return {place: places.get(place, Reason.ITEMS) for place in members if place.by in closed}


def _wanted(question: Question, answers: Iterable[str]) -> set[str]:
    """The options that decide, whatever they are called."""
    plain = set(map(normalise, answers))
    return plain | {normalise(label) for word, label in question.aliases.items() if normalise(word) in plain}


def _beside(plan: Plan, by: Sequence[str], one: Asked, wave: str, asked: Mapping[str, Asked], found: Mapping[str, Shown]) -> Beside:
    """Those among whom are all who answered, as far as it is shown how many they are: who was asked, and who answered the question that decides it, where
    one answer to one question does, and who returned the questionnaire."""
    returned = beside(plan._tables[PeopleCell(wave)], by_everybody(plan._tables, wave))
    if len(one.question.asked_if) != 1 or not found.keys() >= one.question.asked_if.keys():
        return returned
    [(name, answers)] = one.question.asked_if.items()
    replies, wanted = parts_of(plan, by, asked[name], wave), _wanted(asked[name].question, answers)
    options = [option for option in dict.fromkeys(option for own in replies for option in own.counts) if normalise(option) in wanted]
    if len(options) != 1 or set(options) & set(asked[name].question.off):
        return returned
    answered = _shown(plan, [base(asked[name].question, own) for own in replies], found[name].numbers.get(wave, {}), returned)
    closed = {**found[name].answers.get(wave, {}), **found[name].options.get((wave, options[0]), {})}
    return _shown(plan, [own.counts.get(options[0], 0) for own in replies], closed, answered)


def _shown(plan: Plan, people: Sequence[int], closed: Why, beyond: Beside) -> Beside:
    """Some of those `beyond`, of whom the numbers are shown but of the places `closed`."""
    shown = [range(len(people)), *(own for place, own in plan.universe.members.items() if place not in closed)]
    return Beside(tuple(people), tuple(dict.fromkeys(map(tuple, shown))), beyond)


def parts_of(plan: Plan, by: Sequence[str], one: Asked, wave: str) -> list[Replies]:
    """The replies of each part of the plan, none where nobody is."""
    names = plan.universe.axes
    found: dict[Key, Replies] = {}
    for own in one.replies:
        if own.wave == wave and own.key:
            labels = dict(zip(by, own.key, strict=True))
            found[tuple(labels[name] for name in names)] = own
    return [found.get(part, Replies(wave, None, 0, 0)) for part in plan.universe.parts]


class _Question:
    """A question in one wave: what is withheld of each place."""

    def __init__(self, plan: Plan, one: Asked, wave: str, parts: Sequence[Replies], undecided: Why, beside: Beside) -> None:
        self.plan, self.question, self.parts, self.beside = plan, one.question, parts, beside
        self.returned = plan._tables[PeopleCell(wave)]
        self.met = next((own for own in one.replies if own.wave == wave and not own.key), Replies(wave, None, 0, 0))
        self.base = {place: reason for place, reason in undecided.items() if place in self.returned.same}
        self.base = {self.returned.same[place]: reason for place, reason in self.base.items()} | dict.fromkeys(self.returned.hidden, Reason.RETURNED)

    def shown(self) -> tuple[Why, Why, dict[str, Why]]:
        """The places of which not even the number is seen, those of which answers are not, and of each option those of which it is not."""
        kind = self.question.kind
        if kind == "multiple":
            return self._multiple()
        made = {"number": self._number, "nps": self._likelihood, "ranking": self._ranking}.get(kind, self._single)
        table, closed = made()
        return self._wide(table, table.hidden), self._wide(table, closed), {}

    def _wide(self, table: Table, found: Why) -> Why:
        """The same of all places that are of the same people."""
        return {place: found[same] for place, same in table.same.items() if same in found}

    # --- kinds ----------------------------------------------------------------------------------------------------

    def _multiple(self) -> tuple[Why, Why, dict[str, Why]]:
        while True:
            table = self._numbers()
            few = self._few(table)
            ticked = Ticked(table, {option: self._of(option) for option in self.met.counts}, self.question.exclusive)
            options = ticked.protect(few)
            if ticked.told is None or ticked.told in table.hidden:
                break
            self.base[ticked.told] = Reason.NARROW  # how many answered says by itself how many of them ticked something
        own = {option: self._wide(table, {place: why for place, why in found.items() if place not in few}) for option, found in options.items()}
        return self._wide(table, table.hidden), self._wide(table, few), own

    def _single(self) -> tuple[Table, Why]:
        options = [self._of(option) for option in self.met.counts if option not in self.question.off]
        table = self._numbers()
        least = _TWO if len(options) > _TWO else _TWO + 1
        return table, Chosen(table, options, least=least).protect({**self._alike(table, options), **self._few(table)})

    def _likelihood(self) -> tuple[Table, Why]:
        """The sum of all answers, and the numbers of promoters, passives and detractors."""
        scores = tuple(map(Fraction, range(TOP + 1)))
        table = self._scored([own.values for own in self.parts], scores, Fraction(1), {})
        kinds = [[sum(n for value, n in own.values.items() if low <= value < high) for own in self.parts] for low, high in self._classes]
        closed = {**self._alike(table, kinds), **self._few(table), **table.few, **table.hidden}
        return table, Chosen(table, kinds, least=_TWO).protect(closed)

    _classes = ((0, _LEAST_PASSIVE), (_LEAST_PASSIVE, _LEAST_PROMOTER), (_LEAST_PROMOTER, TOP + 1))

    def _number(self) -> tuple[Table, Why]:
        """Numbers as scores: the sums of groups are to stay as open as their means would."""
        scores = sorted({value for own in self.parts for value in own.values})
        if len(scores) < _TWO:
            return self._without_spread()
        step = max(b - a for a, b in pairwise(scores))
        table = self._scored([own.values for own in self.parts], tuple(scores), step, {})
        return table, {**self._few(table), **table.few, **table.hidden}

    def _without_spread(self) -> tuple[Table, Why]:
        table = self._numbers()
        return table, {place: table.hidden.get(place, Reason.ONE_SIDED) for place in table.order if table.people[place]}

    def _ranking(self) -> tuple[Table, Why]:
        """Of each option the places it was given; as these say much of the other options, all or none of them are shown of a group."""
        table = self._numbers()
        closed = self._few(table)
        places = sorted({place for own in self.parts for ranks in own.ranks.values() for place in ranks})
        if len(places) < _TWO:
            return self._without_spread()
        before = -1
        while before < len(closed):
            before = len(closed)
            for option in self.met.counts:
                values = [{Fraction(place): n for place, n in own.ranks.get(option, {}).items()} for own in self.parts]
                own = self._scored(values, tuple(map(Fraction, places)), Fraction(1), closed)
                closed = {**{place: why for place, why in {**own.few, **own.hidden}.items() if table.people[place]}, **closed}
        best = [[sum(own.ranks.get(option, {}).get(at, 0) for at in range(1, to + 1)) for own in self.parts] for option in self.met.counts for to in (1, 3)]
        return table, Chosen(table, best, least=_TWO).protect({**self._alike(table, best[::2]), **closed})

    # --- tables ---------------------------------------------------------------------------------------------------

    def _of(self, option: str) -> list[int]:
        return [own.counts.get(option, 0) for own in self.parts]

    def _numbers(self) -> Table:
        """The people of each part that shares are of."""
        table = self._table(Kind(), [Counter({"answered": base(self.question, own)}) for own in self.parts])
        table.protect(self.base)
        return table

    def _scored(self, values: Sequence[Mapping[Fraction, int]], scores: tuple[Fraction, ...], step: Fraction, few: Why) -> Table:
        scale = Scale("answers", tuple(map(str, scores)), scores, labelled=False)
        table = self._table(Kind(scale, None if len(scores) <= _TOLD_APART else step), [Counter(own) for own in values])
        table.protect(self.base, few)
        return table

    def _table(self, kind: Kind, people: Sequence[Counter[Any]]) -> Table:
        own, members = [+given for given in people], self.plan.universe.members
        layers = self.beside if all(n.total() <= there for n, there in zip(own, self.beside.people, strict=True)) else self.beside.each[-1]
        seen = {members: n for layer in reversed(layers.each) for members in layer.shown for n in [layer.number(members)]}
        most = {**self.returned.known.most, **{place: seen[members[place]] for place in self.returned.order if members[place] in seen}}
        known = replace(self.returned.known, most=most, ordered=False, zeros=bool(self.question.asked_if), beside=layers)
        return Table(self.plan.universe, kind, self.plan.rule, own, self.returned.present, known)

    def _few(self, table: Table) -> dict[Place, Reason]:
        """The places of which nothing is seen, and those of too few for more than their number."""
        few = {place: Reason.FEW_FOR_DETAIL for place in table.order if 0 < table.people[place].total() < self.plan.rule.detail_from}
        return {**few, **table.hidden}

    def _alike(self, table: Table, options: Sequence[Sequence[int]]) -> dict[Place, Reason]:
        """The places of which everybody gave one answer."""
        members = table.universe.members
        return {
            place: Reason.ONE_SIDED
            for place in table.order
            if (n := table.people[place].total()) and any(sum(option[at] for at in members[place]) == n for option in options)
        }
