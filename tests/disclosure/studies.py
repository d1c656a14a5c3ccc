"""Small studies made in code for the auditor: who belongs to which groups, what each answered, and the files that rpgstat reads of it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from tests.disclosure.asks import MadeQuestion, Said

Key = tuple[str | None, ...]
"""The group of a person in each grouping; None where it is not stated."""
Answer = int | str
"""The place of a level, lowest 0; OFF; or BLANK."""
OFF, BLANK = "off", ""
SECRET = "what nobody is to read"
LABELS = ("Not at all", "A little", "Partly", "Mostly", "Wholly")


@dataclass(frozen=True)
class Person:
    """One respondent: groups, an answer to each item asked in the wave, how many rows more bear the same id, and what was said to each single
    question and, of an open one, the themes that were spoken of, None where nothing was written."""

    key: Key
    answers: tuple[Answer, ...]
    copies: int = 0
    said: tuple[Said, ...] = ()
    themes: frozenset[str] | None = None


@dataclass(frozen=True)
class MadeWave:
    """One round: the items asked, who answered, and how many were invited, of each group of the first grouping too where that is known."""

    name: str
    items: tuple[str, ...]
    people: tuple[Person, ...]
    invited: int | None = None
    invited_by: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """A study: its groupings with their labels in order, the number of levels of its scale, its batteries, its waves.

    `weights` are known to everybody, one for each label of the first grouping, and declared in the study file where it is `weighted`; `shares` are
    its make-up in the population.
    """

    groupings: Mapping[str, tuple[str, ...]]
    levels: int
    batteries: Mapping[str, tuple[str, ...]]
    waves: tuple[MadeWave, ...]
    weights: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)
    hide_below: int = 5
    detail_from: int = 10
    questions: tuple[MadeQuestion, ...] = ()
    themes: tuple[str, ...] = ()
    weighted: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        """The joint cells that anybody belongs to: that others are empty is known to whoever knows the organisation."""
        return tuple(sorted({person.key for wave in self.waves for person in wave.people}, key=lambda key: [label or "~" for label in key]))

    def without(self, item: str) -> Made:
        """The same study before `item` was declared."""
        batteries = {name: tuple(one for one in items if one != item) for name, items in self.batteries.items()}
        return replace(self, batteries={name: items for name, items in batteries.items() if items})

    def write(self, folder: Path) -> Path:
        """Writes the study file and an export for each wave; returns the path of the study file."""
        folder.mkdir(parents=True, exist_ok=True)
        for place, wave in enumerate(self.waves):
            with (folder / f"{wave.name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(self._rows(place, wave))
        if self.themes:
            with (folder / "coded.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(self._coded())
        path = folder / "study.toml"
        path.write_text("\n".join(self._declared()), encoding="utf-8")
        return path

    def _coded(self) -> Iterable[list[str]]:
        yield ["Respondent", "Wave", "In your words", *self.themes]
        for place, wave in enumerate(self.waves):
            for number, person in enumerate(sorted(wave.people, key=repr)):
                if person.themes is not None:
                    yield [f"w{place}x{number}", wave.name, f"{SECRET} {number}", *("x" if theme in person.themes else "" for theme in self.themes)]

    def _rows(self, place: int, wave: MadeWave) -> Iterable[list[str]]:
        weights = ["Design weight"] if self.weights else []
        asked = [header for question in self.questions for header in question.headers]
        yield ["Code", *(f"Your {name}" for name in self.groupings), *weights, *(f"I {item}" for item in wave.items), *asked]
        for number, person in enumerate(sorted(wave.people, key=repr)):
            weight = [str(self.weights.get(person.key[0] or "", 1))] if self.weights else []
            own = [f"w{place}x{number}", *(label or "" for label in person.key), *weight, *map(self._word, person.answers)]
            own += [cell for question, said in zip(self.questions, person.said, strict=True) for cell in question.cells(said)]
            yield from [own] * (1 + person.copies)

    def _word(self, answer: Answer) -> str:
        return LABELS[answer] if isinstance(answer, int) else "Does not apply" if answer == OFF else ""

    def _declared(self) -> Iterable[str]:
        yield 'id = "Code"'
        yield from ['weight = "Design weight"'] if self.weighted else []
        yield f"[disclosure]\nhide_below = {self.hide_below}\ndetail_from = {self.detail_from}"
        for name, labels in self.groupings.items():
            yield f"[groups.{name}]\ncolumn = {json.dumps(f'Your {name}')}\nlevels = {json.dumps(labels)}"
        if self.shares:
            yield f"[population.{next(iter(self.groupings))}]"
            yield from (f"{json.dumps(label)} = {n}" for label, n in self.shares.items())
        yield f'[scales.a]\nlevels = {json.dumps(LABELS[: self.levels])}\nnot_applicable = ["Does not apply"]'
        for wave in self.waves:
            yield f'[[waves]]\nname = "{wave.name}"\nfile = "{wave.name}.csv"'
            yield from [f"invited = {wave.invited}"] if wave.invited else []
            if wave.invited_by:
                yield f"[waves.invited_by.{next(iter(self.groupings))}]"
                yield from (f"{json.dumps(label)} = {n}" for label, n in wave.invited_by.items())
        for name, items in self.batteries.items():
            declared = ", ".join(f'{{ id = "{item}", text = "I {item}" }}' for item in items)
            yield f'[[batteries]]\nname = "{name}"\nscale = "a"\nitems = [{declared}]'
        yield from (question.declared for question in self.questions)
        yield from (f'[[themes]]\nname = "{theme}"' for theme in self.themes)
        if self.themes:
            yield '[[coded]]\nname = "In your words"\nfile = "coded.csv"\nunit = "Respondent"\nwave = { column = "Wave" }\ntext = "In your words"'


def people(sizes: Mapping[Key, int], rng: Random, items: int, levels: int, *, lean: Mapping[Key, float] | None = None, lost: float = 0) -> tuple[Person, ...]:
    """So many people of each key with random answers, of which a share `lost` is blank or off the scale; `lean` makes a group agree more."""
    found = []
    for key, n in sizes.items():
        tilt = (lean or {}).get(key, 1.0)
        for _ in range(n):
            drawn = [rng.choices(range(levels), weights=[tilt**level for level in range(levels)])[0] for _ in range(items)]
            answers = tuple(rng.choice((OFF, BLANK, BLANK)) if rng.random() < lost else answer for answer in drawn)
            found.append(Person(key, answers if any(answer != BLANK for answer in answers) else tuple(drawn)))  # who answers nothing is nobody
    return tuple(found)


def _one(groupings: Mapping[str, tuple[str, ...]], sizes: Mapping[Key, int], seed: int, **more: object) -> Made:
    wave = MadeWave("one", ("cope", "learn"), people(sizes, Random(seed), 2, 4), **{k: v for k, v in more.items() if k.startswith("invited")})  # type: ignore[arg-type]
    rest = {k: v for k, v in more.items() if not k.startswith("invited")}
    return Made(groupings, 4, {"B": ("cope", "learn")}, (wave,), **rest)  # type: ignore[arg-type]


ROLES = ("Aide", "Clerk", "Nurse", "Warden")


def worked_in_one_place() -> Made:
    """A role that lies in one team but for a few: the margins of both groupings give the cell where they meet."""
    sizes = {("Aide", "East"): 11, ("Aide", "West"): 4, ("Clerk", "West"): 8, ("Nurse", "East"): 12, ("Warden", "East"): 6}
    return _one({"role": ROLES, "team": ("East", "West")}, sizes, 1)


def coarser_over_finer() -> Made:
    """A grouping that joins the groups of another: the one less the other is the third."""
    kind = {"Aide": "Ward", "Clerk": "Office", "Nurse": "Ward", "Warden": "Office"}
    sizes = {(role, kind[role]): n for role, n in {"Aide": 8, "Clerk": 12, "Nurse": 26, "Warden": 3}.items()}
    return _one({"role": ROLES, "kind": ("Ward", "Office")}, sizes, 2)


def all_alike() -> Made:
    """A large group of one answer beside a small one."""
    made = _one({"role": ROLES}, {("Aide",): 20, ("Clerk",): 8, ("Nurse",): 10, ("Warden",): 11}, 3)
    wave = made.waves[0]
    alike = tuple(replace(one, answers=(2, one.answers[1])) if one.key == ("Aide",) else one for one in wave.people)
    return replace(made, waves=(replace(wave, people=alike),))


def known_weights() -> Made:
    """A sampling design of which the weights are published: one for each role."""
    return _one({"role": ROLES}, {("Aide",): 24, ("Clerk",): 16, ("Nurse",): 4, ("Warden",): 7}, 4, weights={"Aide": 1, "Clerk": 1.5, "Nurse": 3, "Warden": 2})


def declared_weights() -> Made:
    """Such a design, which the study file declares: figures with weights and without stand side by side."""
    weights = {"Aide": 1, "Clerk": 2, "Nurse": 3, "Warden": 2, "Cook": 1, "Porter": 2}
    sizes = {("Aide",): 24, ("Clerk",): 16, ("Nurse",): 4, ("Warden",): 7, ("Cook",): 18, ("Porter",): 21}
    wave = MadeWave("one", ("cope",), people(sizes, Random(11), 1, 4))
    return Made({"role": tuple(weights)}, 4, {"B": ("cope",)}, (wave,), weights=weights, weighted=True)


def one_item_that_few_answered() -> Made:
    """A group of which one person answered one of two items: how many were answered, and the score, say which and how."""
    made = _one({"role": ROLES}, {("Aide",): 18, ("Clerk",): 8, ("Nurse",): 12}, 5)
    wave, left = made.waves[0], 7
    found = []
    for one in wave.people:
        blank = one.key == ("Clerk",) and left > 0
        left -= blank
        found.append(replace(one, answers=(one.answers[0], BLANK)) if blank else one)
    return replace(made, waves=(replace(wave, people=tuple(found)),))


def ties() -> Made:
    """Two groups of one size, of which one would have to be taken along with a small one."""
    return _one({"role": ROLES}, {("Aide",): 20, ("Clerk",): 9, ("Nurse",): 9, ("Warden",): 4}, 6)


def all_who_were_invited() -> Made:
    """Groups of whom everybody answered: how many were invited is how many did."""
    sizes = {("Aide",): 26, ("Clerk",): 13, ("Nurse",): 5, ("Warden",): 3}
    return _one({"role": ROLES}, sizes, 7, invited=70, invited_by={"Aide": 40, "Clerk": 22, "Nurse": 5, "Warden": 3})


def near_the_end() -> Made:
    """Groups of few whose means lie near the top: few ways are left in which they can have answered."""
    made = _one({"role": ROLES}, {("Aide",): 30, ("Clerk",): 9, ("Nurse",): 8, ("Warden",): 7}, 8)
    wave, top = made.waves[0], {("Clerk",): (2, 2, 2), ("Nurse",): (2,), ("Warden",): (2, 2)}
    found, met = [], dict.fromkeys(top, 0)
    for one in wave.people:
        if one.key in top:
            low, at = top[one.key], met[one.key]
            met[one.key] += 1
            one = replace(one, answers=(low[at] if at < len(low) else 3, one.answers[1]))
        found.append(one)
    return replace(made, waves=(replace(wave, people=tuple(found)),))


EIGHT = (worked_in_one_place, coarser_over_finer, all_alike, known_weights, declared_weights, one_item_that_few_answered, ties, all_who_were_invited)


def random_study(rng: Random) -> Made:
    """A study of one to three waves and one to three groupings: crossed, nested or nearly so, with ties, missing items, weights and copies, or without."""
    levels, batteries = rng.choice([(2, {"B": 4}), (3, {"B": 2, "C": 1}), (3, {"B": 3}), (4, {"B": 2}), (4, {"B": 2}), (4, {"B": 1, "C": 1}), (5, {"B": 2})])
    named = {name: tuple(f"{name.lower()}{n}" for n in range(size)) for name, size in batteries.items()}
    every = tuple(item for items in named.values() for item in items)
    groupings = {"role": tuple(f"R{n}" for n in range(rng.randint(2, 5)))}
    for name in ("team", "site")[: rng.choices((0, 1, 2), weights=(4, 5, 1))[0]]:
        groupings[name] = tuple(f"{name[0].upper()}{n}" for n in range(rng.randint(2, 3)))
    shape = rng.choice(("crossed", "nested", "nearly"))
    joint = _joint(rng, groupings, shape)
    lost, copies = rng.choice((0, 0, 0.05, 0.2)), rng.choice((0, 0, 0.05))
    waves = []
    for place in range(rng.choices((1, 2, 3), weights=(6, 3, 1))[0]):
        asked = every if place == 0 or len(every) < 3 or rng.random() < 0.8 else every[:-1]
        sizes = {key: max(0, n + rng.randint(-2, 2)) if place else n for key, n in joint.items()}
        sizes = sizes if sum(sizes.values()) else joint
        lean = {key: rng.choice((0.6, 1, 1.6, 4)) for key in sizes}
        found = people(sizes, rng, len(asked), levels, lean=lean, lost=lost)
        found = tuple(replace(one, copies=int(rng.random() < copies)) for one in found)
        waves.append(MadeWave(("one", "two", "three")[place], asked, found, *_invitations(rng, found, groupings["role"])))
    weights = {label: rng.choice((0.5, 1, 1.5, 2, 3)) for label in groupings["role"]} if rng.random() < 0.25 else {}
    met = Counter(one.key[0] for wave in waves for one in wave.people)
    shares = {label: 10 + 3 * n for n, label in enumerate(groupings["role"])} if rng.random() < 0.2 and all(met[label] for label in groupings["role"]) else {}
    return Made(groupings, levels, named, tuple(waves), weights, shares)


def _joint(rng: Random, groupings: Mapping[str, tuple[str, ...]], shape: str) -> dict[Key, int]:
    """How many people are in each joint cell; every label has somebody."""
    role, *others = groupings.values()
    found: Counter[Key] = Counter()
    for label in role:
        n = rng.choice((rng.randint(1, 4), rng.randint(5, 9), rng.randint(8, 16), rng.randint(10, 30)))
        homes = [rng.choice(other) for other in others]
        for _ in range(n):
            stray = shape == "crossed" or (shape == "nearly" and rng.random() < 0.15)
            found[label, *((rng.choice(other) if stray else home) for other, home in zip(others, homes, strict=True))] += 1
    for place, other in enumerate(others, start=1):
        for label in other:
            if not any(key[place] == label for key in found):
                key = rng.choice(list(found))
                found[*key[:place], label, *key[place + 1 :]] += rng.randint(1, 8)
    if rng.random() < 0.3:
        for _ in range(rng.randint(1, 9)):
            key = list(rng.choice(list(found)))
            key[rng.randrange(len(key))] = None
            found[tuple(key)] += 1
    return dict(found)


def _invitations(rng: Random, found: tuple[Person, ...], roles: tuple[str, ...]) -> tuple[int | None, dict[str, int]]:
    if rng.random() < 0.6:
        return None, {}
    came = Counter(one.key[0] for one in found)
    by = {label: came[label] + rng.choice((0, 0, 1, 3, 10)) for label in roles}
    by = {label: n for label, n in by.items() if n}
    return sum(by.values()) + came[None] + rng.choice((0, 4)), by if rng.random() < 0.6 else {}


def only(seed: int, at: int) -> Made:
    """One wave of a random study."""
    made = random_study(Random(seed))
    return replace(made, waves=(made.waves[at],))
