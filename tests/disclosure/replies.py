"""The unknowns of an attack on single questions and themes of one wave, and what `topline`, `themes` and `response` say of them as equations."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy.stats import t as student

from tests.disclosure.asks import MadeQuestion, Said
from tests.disclosure.facts import Fact
from tests.disclosure.microcells import Vector
from tests.disclosure.outputs import Output, Row
from tests.disclosure.studies import Made, MadeWave, Person

THEMES = "In your words"
NO_THEME = "(no theme)"
CLASSES = {"promoters": (9, 10), "passives": (7, 8), "detractors": (0, 6)}
Pattern = tuple[Said, ...]


class Replies:
    """How many people of each joint cell gave each combination of answers to some questions, or wrote of each combination of themes."""

    def __init__(self, made: Made, wave: MadeWave, questions: Sequence[MadeQuestion] = ()) -> None:
        self.made, self.name, self.questions = made, wave.name, tuple(questions)
        self.people, self.invited = wave.people, wave.invited_by
        self.keys = made.keys
        self.patterns = self._patterns()
        self.cells = self.size = len(self.keys) * len(self.patterns)
        self.wave = SimpleNamespace(items=())  # no part of the unknowns can be asked about by itself

    def _patterns(self) -> list[Pattern]:
        if not self.questions:
            ticks = product((0, 1), repeat=len(self.made.themes))
            return [(None,), *((frozenset(theme for theme, there in zip(self.made.themes, own, strict=True) if there),) for own in ticks)]
        found = list(product(*(question.ways for question in self.questions)))
        return [
            pattern for pattern in found if all(self._asked(question, pattern) or said is None for question, said in zip(self.questions, pattern, strict=True))
        ]

    def _asked(self, question: MadeQuestion, pattern: Pattern) -> bool:
        if question.asked_if is None:
            return True
        name, option = question.asked_if
        return any(one.id == name and said == option for one, said in zip(self.questions, pattern, strict=True))

    def of(self, by: Sequence[str], group: str | None) -> list[int]:
        """The joint cells of a group as tables name it; None is everyone."""
        if group is None:
            return list(range(len(self.keys)))
        axes = [list(self.made.groupings).index(name) for name in by]
        labels = [[key[axis] for axis in axes] for key in self.keys]
        names = ["(not stated)" if None in own else " × ".join(map(str, own)) for own in labels]
        return [at for at, name in enumerate(names) if name == group]

    def form(self, places: Sequence[int], counted: Vector, weights: Sequence[float] = ()) -> Vector:
        """The sum over some joint cells of what is counted of each pattern, each cell times its weight if there are any."""
        found = np.zeros((len(self.keys), len(self.patterns)))
        for place in places:
            found[place] = counted * (weights[place] if len(weights) else 1)
        return found.ravel()

    def weights(self) -> list[float]:
        """Of each joint cell the weight that everybody knows."""
        return [float(self.made.weights.get(key[0] or "", 1)) for key in self.keys]

    def truth(self) -> Vector:
        """What was really said."""
        found = np.zeros((len(self.keys), len(self.patterns)))
        where = {pattern: at for at, pattern in enumerate(self.patterns)}
        place = {key: at for at, key in enumerate(self.keys)}
        for one in self.people:
            found[place[one.key], where[self._said(one)]] += 1
        return found.ravel()

    def _said(self, one: Person) -> Pattern:
        if not self.questions:
            return (one.themes,)
        return tuple(one.said[self.made.questions.index(question)] for question in self.questions)

    # --- what is counted of each pattern ---------------------------------------------------------------------------

    def says(self, of: str) -> list[Said]:
        """Of each pattern the answer to a question; of the themes the only one there is."""
        at = [question.id for question in self.questions].index(of) if self.questions else 0
        return [pattern[at] for pattern in self.patterns]

    def valid(self, of: str) -> Vector:
        """Whether there is an answer."""
        return np.array([said is not None for said in self.says(of)], float)

    def chose(self, of: str, option: str) -> Vector:
        """Whether an option was given, ticked or spoken of, or what it stands for."""
        if option in CLASSES and option not in (self.questions[-1].options if self.questions else ()):
            low, high = CLASSES[option]
            return np.array([isinstance(said, int) and low <= said <= high for said in self.says(of)], float)
        return np.array([option in said if isinstance(said, frozenset) else said == option for said in self.says(of)], float)

    def spoke_of_none(self) -> Vector:
        """Whether something was written, and of no theme."""
        return np.array([said == frozenset() for said in self.says(THEMES)], float)

    def values(self, of: str, option: str | None = None) -> Vector:
        """The number that was given, or the place of an option."""
        if option is not None:
            return np.array([said.index(option) + 1 if isinstance(said, tuple) else 0 for said in self.says(of)], float)
        return np.array([said if isinstance(said, int) else 0 for said in self.says(of)], float)


def reply_facts(cells: Replies, outputs: Sequence[Output]) -> list[Fact]:
    """All that is published of these questions, how many of each group returned the questionnaire, and that nobody comes uninvited."""
    first = next(iter(cells.made.groupings))
    came = {label: cells.form(cells.of([first], label), np.ones(len(cells.patterns))) for label in cells.invited}
    found = [Fact(form, 0, cells.invited[label], "nobody comes uninvited", whole=True) for label, form in came.items() if form.any()]
    ids = {question.id for question in cells.questions}
    for output in outputs:
        for row in output.rows:
            if row.get("wave") != cells.name:
                continue
            if output.name == "response" and row["returned"] is not None:
                form = cells.form(cells.of([row["by"]], row["group"]), np.ones(len(cells.patterns)))
                found.append(Fact(form, row["returned"], row["returned"], _where(output, row), whole=True))
            elif output.name == "topline" and row["question"] in ids:
                found += list(_question(cells, output, row))
            elif output.name == "themes" and not ids:
                found += list(_theme(cells, output, row))
            elif output.name == "together" and not ids:
                found += list(_both(cells, output, row))
    return found


def _where(output: Output, row: Row) -> str:
    named = row.get("question") or row.get("theme") or "all"
    return f"{output.words}, {output.name} of {row.get('group') or 'everyone'} on {named} {row.get('option') or ''}"


def places_of(cells: Replies, row: Row) -> list[int]:
    """The joint cells of a row."""
    return cells.of(str(row["by"]).split(" × "), row["group"])


def _question(cells: Replies, output: Output, row: Row) -> Iterator[Fact]:
    places, of, option = places_of(cells, row), row["question"], row["option"]
    source, whole = _where(output, row), row["group"] is None
    valid = cells.valid(of)
    weights = cells.weights() if "weight" in output.options else []

    def equal(counted: Vector, value: Any, *, weighted: bool = False) -> Fact:
        return Fact(cells.form(places, counted, weights if weighted else ()), float(value), float(value), source, whole)

    if row["n"] is not None:
        yield equal(valid, row["n"])
    if row["answered"] is not None and not weights:
        yield equal(valid, row["answered"])
    if row["kind"] == "ranking" and option is not None:
        for name, counted in (("top1", cells.values(of, option) == 1), ("top3", valid)):
            if row[name] is not None:
                yield equal(counted - row[name] * valid, 0, weighted=True)
    elif option is not None:
        chose = cells.chose(of, option)
        if row["count"] is not None:
            yield equal(chose, row["count"])
        if row["share"] is not None:
            yield equal(chose - row["share"] * valid, 0, weighted=True)
    if row["score"] is not None:
        yield equal(cells.chose(of, "promoters") - cells.chose(of, "detractors") - row["score"] * valid, 0, weighted=True)
    yield from (equal(*fact, weighted=True) for fact in _mean(row, cells.values(of, option), valid, spread=not weights))


def _mean(row: Row, values: Vector, valid: Vector, *, spread: bool) -> Iterator[tuple[Vector, float]]:
    """The sum and the sum of squares, by the mean and its limits."""
    mean, n = row["mean"], row["n"]
    if mean is None:
        return
    yield (values - mean) * valid, 0.0
    if spread and n and n > 1 and row["mean_low"] is not None:
        sd = (row["mean_high"] - row["mean_low"]) / 2 / student.ppf(0.975, n - 1) * math.sqrt(n)
        yield (values**2 - sd**2 * (n - 1) / n - mean**2) * valid, 0.0


def _theme(cells: Replies, output: Output, row: Row) -> Iterator[Fact]:
    places, source, whole = places_of(cells, row), _where(output, row), row["group"] is None
    if row["n"] is not None:
        yield Fact(cells.form(places, cells.valid(THEMES)), row["n"], row["n"], source, whole)
    if row["theme"] not in (*cells.made.themes, NO_THEME):
        return
    spoke = cells.spoke_of_none() if row["theme"] == NO_THEME else cells.chose(THEMES, row["theme"])
    if row["mentions"] is not None:
        yield Fact(cells.form(places, spoke), row["mentions"], row["mentions"], source, whole)
    if row["share"] is not None:
        yield Fact(cells.form(places, spoke - row["share"] * cells.valid(THEMES)), 0, 0, source, whole)


def _both(cells: Replies, output: Output, row: Row) -> Iterator[Fact]:
    if row["both"] is not None:
        both = cells.chose(THEMES, row["theme"]) * cells.chose(THEMES, row["other"])
        yield Fact(cells.form(cells.of((), None), both), row["both"], row["both"], _where(output, row), True)
