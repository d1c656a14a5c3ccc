"""Single questions and themes of made studies: what is asked, what people can say, how it stands in the export and the study file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations, product
from random import Random
from typing import Any

Said = str | int | frozenset[str] | tuple[str, ...] | None
"""An answer: an option, a number, options ticked, options in order; None for none."""
NUMBERS = 6


@dataclass(frozen=True)
class MadeQuestion:
    """A question of one kind. `asked_if` is the option of another question that those gave who were asked; `last` an option that says none of the others."""

    id: str
    kind: str
    options: tuple[str, ...] = ()
    asked_if: tuple[str, str] | None = None
    last: str | None = None

    @property
    def text(self) -> str:
        """The header of its column."""
        return f"Question {self.id}?"

    @property
    def headers(self) -> list[str]:
        """The headers of its columns in the export."""
        return [self.text]

    def cells(self, said: Said) -> list[str]:
        """The cells of one person."""
        if said is None:
            return [""]
        if isinstance(said, (frozenset, tuple)):
            return [";".join(sorted(said) if isinstance(said, frozenset) else said)]
        return [str(said)]

    @property
    def declared(self) -> str:
        """Its lines in the study file."""
        lines = [f'[[questions]]\nid = "{self.id}"\ntext = "{self.text}"\nkind = "{self.kind}"']
        lines += [f"options = {json.dumps(self.options)}"] if self.options else []
        lines += ['separator = ";"'] if self.kind in ("multiple", "ranking") else []
        lines += [f'exclusive = ["{self.last}"]'] if self.last else []
        lines += [f'asked_if = {{ {self.asked_if[0]} = ["{self.asked_if[1]}"] }}'] if self.asked_if else []
        return "\n".join(lines)

    @property
    def ways(self) -> list[Said]:
        """All that can be said, nothing the last."""
        if self.kind == "multiple":
            own = [option for option in self.options if option != self.last]
            ticked = [frozenset(o for o, there in zip(own, ticks, strict=True) if there) for ticks in product((0, 1), repeat=len(own))]
            return [*(one for one in ticked if one), *([frozenset({self.last})] if self.last else []), None]
        if self.kind == "ranking":
            return [*permutations(self.options), None]
        numbers = {"nps": range(11), "number": range(NUMBERS)}.get(self.kind)
        return [*(numbers if numbers is not None else self.options), None]


SAMPLE = (
    MadeQuestion("mentor", "single", ("Yes", "No")),
    MadeQuestion("often", "single", ("Weekly", "Monthly", "Never"), asked_if=("mentor", "Yes")),
    MadeQuestion("ways", "multiple", ("Mail", "Post", "Talk", "None"), last="None"),
    MadeQuestion("pick", "multiple", ("Tea", "Cake")),
    MadeQuestion("likely", "nps"),
    MadeQuestion("years", "number"),
    MadeQuestion("order", "ranking", ("Pay", "Team", "Time")),
)


def chosen_questions(rng: Random, many: int = 3) -> tuple[MadeQuestion, ...]:
    """Some kinds of questions; one that depends on another comes with it."""
    own = rng.sample(SAMPLE, many)
    if any(question.asked_if for question in own) and SAMPLE[0] not in own:
        own.append(SAMPLE[0])
    return tuple(sorted(own, key=SAMPLE.index))


def answered(rng: Random, questions: Sequence[MadeQuestion], tilt: float, lost: float) -> tuple[Said, ...]:
    """What somebody says: later ways are likelier by `tilt`, and some say nothing."""
    found: dict[str, Said] = {}
    for question in questions:
        if (question.asked_if and found.get(question.asked_if[0]) != question.asked_if[1]) or rng.random() < lost:
            found[question.id] = None
            continue
        ways = question.ways[:-1]
        found[question.id] = rng.choices(ways, weights=[tilt ** min(at, 6) for at in range(len(ways))])[0]
    return tuple(found.values())


def spoken(rng: Random, themes: Sequence[str], tilt: float, silent: float) -> frozenset[str] | None:
    """The themes that somebody speaks of, or None for who writes nothing."""
    if rng.random() < silent:
        return None
    return frozenset(theme for at, theme in enumerate(themes) if rng.random() < min(0.9, tilt * (at + 1) / (len(themes) + 3)))


def talking(rng: Random, made: Any, *, questions: Sequence[MadeQuestion] | None = None, themes: Sequence[str] = ("hope", "anger", "money")) -> Any:
    """A study, of which everybody is asked single questions too, and what they would like to say."""
    own = chosen_questions(rng) if questions is None else tuple(questions)
    lost, silent = rng.choice((0, 0.1)), rng.choice((0.1, 0.4))
    lean = {label: rng.choice((0.5, 0.8, 1, 1.5)) for label in next(iter(made.groupings.values()))}
    waves = []
    for wave in made.waves:
        people = []
        for one in wave.people:
            tilt = lean.get(one.key[0], 1.0)
            people.append(replace(one, said=answered(rng, own, tilt, lost), themes=spoken(rng, themes, tilt, silent) if themes else None))
        waves.append(replace(wave, people=tuple(people)))
    met = any(one.themes is not None for wave in waves for one in wave.people)
    return replace(made, questions=own, themes=tuple(themes) if met else (), waves=tuple(waves))
