"""Says how the people counted stand for a population: by weights that give it the known make-up, and as a part of a finite one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import combinations, product

from rpgstat import text
from rpgstat.disclosure import Place, Plan
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary.sentences import listing, say
from rpgstat.stats.raking import RakingError, rake
from rpgstat.study import (
    NOT_STATED,
    Apart,
    Cell,
    Class,
    Design,
    ItemCell,
    Key,
    MeanOnly,
    Pair,
    ScoreCell,
    Study,
    Tally,
    classed,
    normalise,
    regrouped,
)
from rpgstat.study.questions import Asked, Replies, called


def raked(tally: Tally, study: Study, margins: Sequence[str], *, keep: int, trim: float | None, plan: Plan | None) -> Tally:
    """The tally, broken down by its first `keep` groupings, with weights that give each wave the population's shares of its groupings `margins`.

    People who did not state their group keep the share that they have among those who returned the questionnaire. Categories of few people, or of
    which the `plan` does not show most statements of a wave in full, are weighted as one, for from the difference between weighted and plain figures they
    could be worked out; people who did not state theirs may count among them. Of a later margin so are those of whose crosses with an earlier one that holds.
    What is not shown in full of a category that is weighted by itself is not shown with weights of everyone, but for the number.
    Raises UserError for margins that cannot be met, and for three or more where anything is withheld.
    """
    axes = _axes(tally, study, margins, plan)
    classes = _classes(tally, margins)
    cells: dict[str, dict[Class, Class]] = {}
    weighed: dict[str, dict[Class, tuple[int, float]]] = {}
    for wave in tally.waves:
        cells[wave] = {name: tuple(axis.merged(wave)[at] for axis, at in zip(axes, name, strict=True)) for name in classes.values()}
        counts: dict[Class, int] = {}
        for key, part in tally.parts.items():
            cell = cells[wave][classes[key]]
            counts[cell] = counts.get(cell, 0) + part.returned[wave]
        weighed[wave] = {cell: (counts[cell], weight) for cell, weight in _rake(counts, axes, wave, trim).items()}
    people = {wave: _by_weight(own.values()) for wave, own in weighed.items()}
    found = classed(tally, range(keep), classes, Design(_told(axes, tally.waves, trim), people, cells, weighed))
    if plan is None or plan.complete:
        return found
    short = frozenset[Cell]().union(*(plan.short_of(_apart(axes, plan, wave), wave) for wave in tally.waves))
    means = {cell: MeanOnly(n, None) for cell, n in _numbers(found) if cell in short or cell not in plan.cells}
    return replace(found, number_only=frozenset(means), means=means)


def weighed_apart(tally: Tally, study: Study, margins: Sequence[str], plan: Plan) -> dict[str, list[Place]]:
    """By wave the groups, and the crosses of two margins, that `raked` gives a weight of their own."""
    axes = _axes(tally, study, margins, plan)
    return {wave: list(_apart(axes, plan, wave)) for wave in tally.waves}


def _apart(axes: Sequence[_Margin], plan: Plan, wave: str) -> Iterator[Place]:
    for some in (*((axis,) for axis in axes), *combinations(axes, 2)):
        for key in product(*(axis.apart[wave] for axis in some)):
            yield plan.universe.place([axis.name for axis in some], key)


def _numbers(tally: Tally) -> Iterator[tuple[Cell, int]]:
    """How many answered each item, and have each score, where anybody does."""
    yield from ((ItemCell(*key), own.n) for key, own in tally.counts.items() if own.n)
    yield from ((ScoreCell(*key), own.n) for key, own in tally.scores.items() if own.n)


def _axes(tally: Tally, study: Study, margins: Sequence[str], plan: Plan | None) -> list[_Margin]:
    if plan is not None and len(margins) > 2 and not plan.complete:
        problem = f"weights for the population's {listing(list(margins))} would give away small groups, for people are counted by two groups crossed at most"
        raise UserError(problem, "rake to two of them")
    axes: list[_Margin] = []
    for name in margins:
        axes.append(_Margin(regrouped(tally, [tally.by.index(name)]), study, name, plan, tuple(axes), alone=len(margins) == 1))
    return axes


def _classes(tally: Tally, margins: Sequence[str]) -> dict[Key, Class]:
    """The class of the people of each part: the place of their label in each margin."""
    places = [tally.by.index(name) for name in margins]
    labels = [[key[0] for key in regrouped(tally, [place]).parts] for place in places]
    return {key: tuple(own.index(key[place]) for own, place in zip(labels, places, strict=True)) for key in tally.parts}


def raked_apart(apart: Mapping[Pair, Apart], tally: Tally, margins: Sequence[str], design: Design) -> dict[Pair, Apart]:
    """People who stand in two waves, by their cells in the place of their labels in all groupings of the `tally` that was raked."""
    classes, found = _classes(tally, margins), dict[Pair, Apart]()
    for pair, moves in apart.items():
        first, last = (design.cells[wave] for wave in (pair.reference, pair.wave))
        people = Counter[tuple[Class, Fraction | None, Class, Fraction | None]]()
        for before, score, after, answer, n in moves:
            people[first[classes[before]], score, last[classes[after]], answer] += n  # type: ignore[index]  # labels, before they are raked
        found[pair] = tuple((*move, n) for move, n in people.items())
    return found


def raked_replies(asked: Sequence[Asked], tally: Tally, margins: Sequence[str], *, keep: int) -> tuple[Asked, ...]:
    """The replies to questions, broken down as the `tally` is, by its first `keep` groupings, and within each by the class of `raked`."""
    classes = _classes(tally, margins)
    return tuple(replace(one, replies=tuple(_kept(one.replies, classes, keep))) for one in asked)


def _kept(replies: Sequence[Replies], classes: Mapping[Key, Class], keep: int) -> Iterator[Replies]:
    for wave in dict.fromkeys(own.wave for own in replies):
        parts = [own for own in replies if own.wave == wave and own.group is not None]
        for key in dict.fromkeys([None, *(own.key[:keep] for own in parts if keep)]):
            here: dict[Class, Replies] = {}
            for own in parts:
                if key is None or own.key[:keep] == key:
                    name = classes[own.key]
                    here[name] = here[name].plus(own) if name in here else own
            yield replace(reduce(Replies.plus, here.values()), wave=wave, group=None if key is None else called(key), key=key or (), classes=here)


def standing(asked: Sequence[Asked], tally: Tally) -> tuple[Asked, ...]:
    """The replies with the design of the people who gave them: of everyone, or of their group."""

    def design(own: Replies) -> Design | None:
        part = tally if own.group is None else tally.parts.get(own.key)
        return part.design if part else None

    return tuple(replace(one, replies=tuple(replace(own, design=design(own)) for own in one.replies)) for one in asked)


def _by_weight(cells: Iterable[tuple[int, float]]) -> dict[Fraction | float, int]:
    """How many people have each weight."""
    found: dict[Fraction | float, int] = {}
    for n, weight in cells:
        found[weight] = found.get(weight, 0) + n
    return found


def _told(axes: Sequence[_Margin], waves: Sequence[str], trim: float | None) -> str:
    """Where raked weights come from, and what was done beside the raking."""
    beside = [say("raking.trim", bound=f"{trim:g}")] if trim else []
    if any(None in axis.labels for axis in axes):
        beside.append(say("raking.not_stated"))
    if any(len(set(axis.merged(wave))) < len(axis.labels) for axis in axes for wave in waves):
        beside.append(say("raking.withheld"))
    groups = listing([axis.name for axis in axes])
    return say("raking.beside", groups=groups, beside="; ".join(beside)) if beside else say("raking.alone", groups=groups)


def _rake(counts: Mapping[Class, int], axes: Sequence[_Margin], wave: str, trim: float | None) -> dict[Class, float]:
    for axis in axes:
        axis.refuse_absent(wave)
    try:
        return rake(counts=counts, margins=[axis.shares(wave) for axis in axes], trim=trim).weights
    except RakingError as error:
        axis = axes[error.margin]
        where = f"{wave}: weights for the population's {axis.name} cannot be made"
        if error.reason == "trim":
            problem = f"{where}: no weight may be above {trim:g}, and {axis.words(wave, error.category)} would need more"
            raise UserError(problem, "allow larger weights with a higher trim, or join groups under `aliases`") from error
        problem = f"{where}: the margins contradict each other, most of all at {axis.words(wave, error.category)}"
        raise UserError(problem, "rake to fewer margins, or join groups under `aliases`") from error


@dataclass
class _Margin:
    """One group that people are weighted to: the labels met in the survey, and by wave how many people each is to stand for."""

    tally: Tally
    study: Study
    name: str
    plan: Plan | None
    before: tuple[_Margin, ...] = ()
    alone: bool = True

    def __post_init__(self) -> None:
        self.labels = [key[0] for key in self.tally.parts]
        declared = self.study.population[self.name]
        self._shares = {normalise(label): share for label, share in declared.items()}
        known = {normalise(label) for label in self.labels if label is not None}
        for label in self.labels:
            if label is not None and not self._shares.get(normalise(label)):
                problem = (
                    f"[population.{self.name}] has no share for `{label}`"
                    if normalise(label) not in self._shares
                    else f"[population.{self.name}] has a share of 0 for `{label}`"
                )
                raise UserError(f"{problem}, a group of the survey", did_you_mean(label, [other for other in declared if normalise(other) not in known]))
        for label, share in declared.items():
            if share and normalise(label) not in known:
                raise UserError(
                    f"[population.{self.name}]: nobody in the survey is `{label}`", did_you_mean(label, [str(other) for other in self.labels if other])
                )
        self.apart = {wave: [label for label in self.labels if self._weighs_apart(label, wave)] for wave in self.tally.waves}

    def _weighs_apart(self, label: str | None, wave: str) -> bool:
        """Whether a label is a category of its own, as far as its crosses with those of earlier margins are."""
        if self.plan is None:
            return True
        crosses = [((axis.name, self.name), (other, label)) for axis in self.before for other in axis.apart[wave]]
        stated = label is not None or self.alone  # of people who stated one of two groups nothing is shown by the other
        return stated and all(self.plan.weighs_apart(by, key, wave) for by, key in [((self.name,), (label,)), *crosses])

    def merged(self, wave: str) -> list[int]:
        """For each label the place of the category that it is weighted in: its own, or for those not weighted apart that of the first of them."""
        hidden = [place for place, label in enumerate(self.labels) if label not in self.apart[wave]]
        return [hidden[0] if place in hidden else place for place in range(len(self.labels))]

    def shares(self, wave: str) -> list[float]:
        """The share that each category is to have among those who returned the questionnaire, 0 for one that is weighted in another."""
        returned = {label: self.tally.parts[label,].returned[wave] for label in self.labels}
        alone = None in returned and self.merged(wave).count(self.merged(wave)[self.labels.index(None)]) == 1
        unknown = returned[None] / sum(returned.values()) if alone else 0.0  # weighted with others, it is not to be told how many they are
        goals = [unknown if label is None else (1 - unknown) * self._shares[normalise(label)] for label in self.labels]
        return [sum(goal for goal, own in zip(goals, self.merged(wave), strict=True) if own == place) for place in range(len(goals))]

    def refuse_absent(self, wave: str) -> None:
        """Raises UserError for a category of the population that nobody in the wave belongs to."""
        merged = self.merged(wave)
        present = {merged[place] for place, label in enumerate(self.labels) if self.tally.parts[label,].returned[wave]}
        absent = [label for place, label in enumerate(self.labels) if merged[place] not in present and label is not None]
        if absent:
            problem = f"{wave}: weights for the population's {self.name} cannot be made: nobody is {text.listing([f'`{label}`' for label in absent], 'or')}"
            raise UserError(problem, f"join groups under `aliases` in [groups.{self.name}], or leave the wave out of what you weight")

    def words(self, wave: str, place: int | None) -> str:
        """The labels of a category."""
        names = [label or NOT_STATED for label, own in zip(self.labels, self.merged(wave), strict=True) if own == place]
        return text.listing([f"`{name}`" for name in names])


def finite(tally: Tally, study: Study, waves: Collection[str]) -> Tally:
    """The tally, broken down by one grouping at most, with the number of people invited as the population of each of `waves`.

    Groups have a population where theirs is declared. Raises UserError for a wave without such a number, and for more people than were invited.
    """
    for wave in study.waves:
        if wave.name in waves and wave.invited is None:
            raise UserError(f"--fpc needs to know how many were invited in `{wave.name}`", "declare it in the study file, under [[waves]]: invited = 80")
    whole = {wave.name: wave.invited for wave in study.waves if wave.name in waves and wave.invited is not None}
    for name, people in whole.items():
        if tally.returned[name] > people:
            raise UserError(
                f"`{name}`: {tally.returned[name]} returned, but {people} were invited", "correct `invited` in the study file, or look for duplicates"
            )
    parts = {key: _with_population(part, dict(_invited(part, study, tally.by, key))) for key, part in tally.parts.items()}
    return replace(_with_population(tally, whole), parts=parts)


def _invited(part: Tally, study: Study, by: Sequence[str], key: Key) -> Iterator[tuple[str, int]]:
    """How many people of a group were invited in each wave that says so."""
    label = key[0] if len(key) == 1 else None
    for wave in study.waves:
        invited = {normalise(name): n for name, n in wave.invited_by.get(by[0], {}).items()} if label else {}
        n = invited.get(normalise(label or ""))
        if n is not None and wave.name in part.returned:
            if part.returned[wave.name] > n:
                raise UserError(
                    f"`{wave.name}`: more people of {by[0]} `{label}` returned than the {n} invited", f"correct [waves.invited_by.{by[0]}] in the study file"
                )
            yield wave.name, n


def _with_population(tally: Tally, population: Mapping[str, int]) -> Tally:
    return replace(tally, design=replace(tally.design or Design(), population=population))
