"""The attack on a study: what all that rpgstat writes of it, taken together, tells of any group that is to be protected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.disclosure.facts import facts, groups_of, score_of
from tests.disclosure.microcells import Microcells, Scores, Vector
from tests.disclosure.outputs import Output, Row, gathered
from tests.disclosure.solver import Solver, UndecidedError
from tests.disclosure.studies import Made, MadeWave
from tests.disclosure.worked_out import tiers_of, worked_out

ATTRIBUTES = ("usable", "partial", "straight_liners", "duplicate_ids")
"""Columns of `response` that count people; of `usable` the few are those who are not."""


@dataclass
class Found:
    """What an attack brought: `told` are the faults, a sentence each; `undecided` questions that the solver was not through with in time.

    `narrow` are hidden means of battery scores that are known within half a level, though neither number nor any answer follows.
    """

    told: list[str] = field(default_factory=list)
    narrow: list[str] = field(default_factory=list)
    undecided: int = 0
    relaxed: int = 0
    hidden: int = 0
    rows: int = 0


@dataclass(frozen=True)
class Target:
    """People whom some row is about, as far as a wave's protection goes: what the row is called, and forms of n and of the sum of their scores."""

    name: str
    n: Vector
    total: Vector


def audit(made: Made, outputs: Sequence[Output]) -> Found:
    """All that an attacker of each wave learns."""
    found = Found()
    found.told += [f"{output.words} crashed: {output.rows[0]['error']}" for output in outputs if output.name == "crashed"]
    found.told += worked_out(made, outputs)
    for wave in made.waves:
        _Attack(made, wave, outputs, found).run()
    return found


class _Attack:
    """The attack on one wave."""

    def __init__(self, made: Made, wave: MadeWave, outputs: Sequence[Output], found: Found) -> None:
        self.made, self.outputs, self.found = made, outputs, found
        self.cells = Microcells(made, wave)
        self.truth = self.cells.truth()
        known = facts(self.cells, outputs)
        wrong = [fact for fact in known if not fact.low - 1e-6 <= fact.form @ self.truth <= fact.high + 1e-6]
        if wrong:
            raise AssertionError(f"the auditor misreads {wrong[0].source}: {wrong[0].form @ self.truth} is not {wrong[0].low} to {wrong[0].high}")
        self.returned = {self._people(groups_of(row), row["group"]) for output in outputs for row in output.rows if self._tells_returned(output, row)}
        self.tiers = tiers_of(made, outputs)
        self.full = {(row["by"], row["group"], of) for output in outputs for row in output.rows for of in self._in_full(output, row)}
        self.solver = Solver(self.cells, known, self.truth)
        self.public = Solver(self.cells, [fact for fact in known if fact.whole], self.truth)
        self.numbers = Solver(self.cells, [fact for fact in known if fact.whole or fact.returned or fact.answered], self.truth)
        self.counted = Solver(self.cells, [fact for fact in known if fact.whole or fact.returned], self.truth)
        self.lines = Solver(self.cells, [fact for fact in known if fact.whole or fact.returned or fact.answered or fact.statement], self.truth)

    def _tells_returned(self, output: Output, row: Row) -> bool:
        """Whether a row says how many of a group returned the questionnaire: by itself, or by a statement that everybody answered."""
        if row.get("wave") != self.cells.wave.name or row.get("group") is None:
            return False
        if output.name == "response":
            return row["returned"] is not None
        every = (row.get("item"),) if output.name == "breakdown" and row["n"] is not None else ()
        return bool(set(every) & set(self.cells.wave.items)) and all(
            isinstance(one.answers[self.cells.wave.items.index(row["item"])], int) for one in self.cells.wave.people
        )

    def _in_full(self, output: Output, row: Row) -> Iterator[Scores]:
        """The statement or score of which a row shows a group in full: then all rows of it are, though those with weights show less."""
        if output.name in ("breakdown", "compare") and row.get("group") is not None:
            waves = (row["wave"],) if output.name == "breakdown" else (row["reference"], row["wave"])
            own = "sd_reference" if output.name == "compare" and self.cells.wave.name == row["reference"] else "sd"
            of = score_of(self.cells, row, waves) if self.cells.wave.name in waves else None
            if of is not None and row[own] is not None:
                yield of

    def _people(self, by: Sequence[str], group: str) -> tuple[int, ...]:
        """The joint cells of a group that have anybody in the wave."""
        there = {one.key for one in self.cells.wave.people}
        return tuple(place for place in self.cells.of(by, group) if self.cells.keys[place] in there)

    def run(self) -> None:
        """Asks every question of every group row."""
        done: set[tuple[str, str, str]] = set()
        for output in self.outputs:
            for row in output.rows:
                if output.name in ("breakdown", "compare") and row.get("group") is not None:
                    self._statement_row(output, row, done)
                elif output.name == "response" and row["group"] is not None and row["wave"] == self.cells.wave.name:
                    self._response_row(row, done)
            if output.name == "refused" and output.command in ("breakdown", "compare") and "by" in output.options:
                self._refused(output, done)
        self.found.relaxed += self.solver.relaxed

    # --- rows ------------------------------------------------------------------------------------------------------

    def _statement_row(self, output: Output, row: Row, done: set[tuple[str, str, str]]) -> None:
        waves = (row["wave"],) if output.name == "breakdown" else (row["reference"], row["wave"])
        of = score_of(self.cells, row, waves) if self.cells.wave.name in waves else None
        if of is None:
            return
        by = groups_of(row)
        places = self.cells.of(by, row["group"])
        target = self._target(f"{self.cells.wave.name}: {' × '.join(by)} {row['group']}, {'+'.join(of)}", places, of)
        before = output.name == "compare" and self.cells.wave.name == row["reference"]
        shown = row["n_reference" if before else "n"]
        key = (target.name, "shown" if shown is not None else "hidden", "")
        if key in done:
            return
        done.add(key)
        self.found.rows += 1
        if shown is None and len(of) > 1 and any(self.tiers.get((row["by"], self.cells.wave.name, item, row["group"])) for item in of):
            return  # a score is known as closely as its items that are shown; it may not tell of the others, which are asked about themselves
        if shown is None:
            self._hidden(target, known=self._people(by, row["group"]) in self.returned, score=len(of) > 1)
        else:
            self._shown(target, places, of, int(shown), (row["by"], row["group"], of) in self.full)

    def _refused(self, output: Output, done: set[tuple[str, str, str]]) -> None:
        """Of a table that is refused, the groups of few people."""
        by = output.options["by"]
        for group in self.cells.groups(by):
            for item in self.cells.wave.items:
                target = self._target(f"{self.cells.wave.name}: {' × '.join(by)} {group}, {item}", self.cells.of(by, group), (item,))
                key = (target.name, "refused", "")
                if key not in done and 0 < target.n @ self.truth < self.made.hide_below:
                    done.add(key)
                    self._hidden(target)

    def _response_row(self, row: Row, done: set[tuple[str, str, str]]) -> None:
        places = self.cells.of([row["by"]], row["group"])
        name = f"{self.cells.wave.name}: {row['by']} {row['group']}"
        everyone = self.cells.form(places, self.cells.returned)
        if (name, "response", str(row["returned"])) in done or not everyone @ self.truth:
            return
        done.add((name, "response", str(row["returned"])))
        if row["returned"] is None:
            self._hidden(Target(f"{name}, returned", everyone, np.zeros(everyone.size)), beside=self.public)
        forms = {"usable": self.cells.returned - self.cells.usable, "partial": self.cells.partial, "straight_liners": self.cells.straight}
        for column in ATTRIBUTES:
            form = self.cells.copied(places) if column == "duplicate_ids" else self.cells.form(places, forms[column])
            beside = self.numbers if column == "duplicate_ids" else self.lines
            self._attribute(f"{name}, {column}", form, beside, shown=row[column] is not None)

    def _target(self, name: str, places: Sequence[int], of: Scores) -> Target:
        scores = self.cells.scores(of)
        return Target(name, self.cells.form(places, (~np.isnan(scores)).astype(float)), self.cells.form(places, np.nan_to_num(scores)))

    # --- verdicts --------------------------------------------------------------------------------------------------

    def _hidden(self, target: Target, *, known: bool = False, score: bool = False, beside: Solver | None = None) -> None:
        """n may have three values, some at or above hide_below; the mean may lie half a level either way, or reach the end of the scale. Of two answers
        the number of the second may have three values.

        `known`: how many of these people returned the questionnaire is shown. How many of them answered is then no secret, unless few did.
        """
        n = float(target.n @ self.truth)
        if not n:
            return
        self.found.hidden += 1
        if not known or n < self.made.hide_below:
            self._ask(f"{target.name}: n is below {self.made.hide_below}", lambda solver: solver.reach(target.n, self.made.hide_below), beside)
            self._ask(f"{target.name}: n is {n:.0f} or one other", lambda solver: _three(solver, target.n), beside)
        if not target.total.any():
            return
        if self.made.levels == 2 and not score:
            second = target.total - target.n
            self._ask(f"{target.name}: {second @ self.truth:.0f} gave the second answer, or one other number", lambda solver: _three(solver, second), beside)
            return
        sizes = beside or self.numbers  # how large groups are is shown; a large one cannot have a mean that the answers of everyone do not allow
        mean = float(target.total @ self.truth) / n
        up, down = min(mean + 0.5, self.made.levels), max(mean - 0.5, 1)
        above, below = target.total - up * target.n, down * target.n - target.total
        self._ask(f"{target.name}: mean is no higher than {up:.2f}", lambda solver: solver.reach(above, 0, of=target.n), sizes, score=score)
        self._ask(f"{target.name}: mean is no lower than {down:.2f}", lambda solver: solver.reach(below, 0, of=target.n), sizes, score=score)

    def _shown(self, target: Target, places: Sequence[int], of: Scores, n: int, full: bool) -> None:
        """Few people are never shown; and of a group whose spread is not shown, or of few people, the answers may not follow."""
        if 0 < n < self.made.hide_below:
            self.found.told.append(f"{target.name}: n = {n} is shown")
        if not n or len(of) > 1 or (full and n >= self.made.detail_from):
            return
        levels = [self.cells.form(places, self.cells.level(of[0], level)) for level in range(self.made.levels)]
        counts = [float(level @ self.truth) for level in levels]
        self._ask(f"{target.name}: answers are {[round(c) for c in counts]}", lambda solver: any(_another(solver, level) for level in levels))
        if n >= self.made.detail_from:
            return
        for place, (level, count) in enumerate(zip(levels, counts, strict=True), start=1):
            if 1 <= count < self.made.hide_below:
                self._ask(f"{target.name}: {count:.0f} gave answer {place}", lambda solver, level=level: _another(solver, level))

    def _attribute(self, name: str, form: Vector, beside: Solver, *, shown: bool) -> None:
        """A count of few people is not shown, and one that is withheld may have three values, as far as it does not follow from what stands `beside`.

        How many returned the questionnaire and how many of them answered a statement, or have a score, are shown; so their difference is known. Of one
        answer throughout, and of blanks, the answers to statements may tell by themselves.
        """
        count = float(form @ self.truth)
        few = 0 < count < self.made.hide_below
        if shown and few:
            self.found.told.append(f"{name}: {count:.0f} is shown")
        elif few or not shown:
            self.found.hidden += 1
            self._ask(f"{name}: it is {count:.0f} or one other", lambda solver: _three(solver, form), beside)

    def _ask(self, fault: str, question: Callable[[Solver], bool], beside: Solver | None = None, *, score: bool = False) -> None:
        """Notes the fault where the question is denied, unless what is public of the whole wave denies it by itself.

        Of answers, it is public too how many of each group returned the questionnaire, as far as that is shown.
        """
        try:
            if not question(self.solver) and question(beside or self.counted):
                (self.found.narrow if score else self.found.told).append(fault)
        except UndecidedError:
            self.found.undecided += 1


def _another(solver: Solver, form: Vector) -> bool:
    """Whether a count can be another than it is."""
    count = float(form @ solver.truth)
    return solver.reach(form, count + 1) or solver.reach(-form, 1 - count)


def _three(solver: Solver, form: Vector) -> bool:
    """Whether a count can have three values."""
    met = solver.values(form)
    while len(met) < 3:
        for value in (max(met) + 1, min(met) - 1, *(between for between in range(min(met) + 1, max(met)) if between not in met)):
            if solver.reach(form, value) if value > max(met) else solver.reach(-form, -value, *([-value] if value > min(met) else [])):
                met |= {value} | solver.values(form)
                break
        else:
            return False
    return True


def told_by(made: Made, folder: Path) -> list[str]:
    """What the figures of everyone, of each grouping and of all crossed tell, of statements and of how groups filled in the questionnaire."""
    by = [(command, {"by": [name]}) for command in ("response", "breakdown") for name in made.groupings]
    calls = [("score", {}), *by, ("breakdown", {"by": list(made.groupings)})]
    return audit(made, gathered(made.write(folder), made, of=lambda _: iter(calls))).told
