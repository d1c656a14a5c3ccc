"""The attack on single questions and themes: what all tables of them, of all groupings and waves, tell of few people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from tests.disclosure.auditor import Found, _another, _three
from tests.disclosure.microcells import Vector
from tests.disclosure.outputs import Output, Row
from tests.disclosure.replies import THEMES, Replies, places_of, reply_facts
from tests.disclosure.solver import Solver, UndecidedError
from tests.disclosure.studies import Made

FIGURES = ("count", "mentions", "share", "share_low", "share_high", "share_returned", "score", "score_low", "score_high", "mean", "mean_low", "mean_high")
FIGURES_TOO = ("median", "q1", "q3", "top1", "top3", "change", "p_value", "codings", "rank")


def audit_replies(made: Made, outputs: Sequence[Output]) -> Found:
    """All that an attacker of each wave learns of each question, with the one that decides whom it was for, and of the themes."""
    found = Found()
    known = {question.id: question for question in made.questions}
    for wave in made.waves:
        for question in made.questions:
            deciding = [known[question.asked_if[0]]] if question.asked_if else []
            attack = _Attack(Replies(made, wave, [*deciding, question]), outputs, found)
            for own in (*deciding, question):
                attack.run("topline", own.id)
        if made.themes:
            attack = _Attack(Replies(made, wave), outputs, found)
            attack.run("themes", THEMES)
            attack.crosses()
    return found


class _Attack:
    """The attack on one question of one wave, or on the themes."""

    def __init__(self, cells: Replies, outputs: Sequence[Output], found: Found) -> None:
        self.cells, self.outputs, self.found = cells, outputs, found
        self.truth, self.asked = cells.truth(), ""
        self.returned = {
            tuple(places_of(cells, row))
            for output in outputs
            for row in output.rows
            if output.name == "response" and row["wave"] == cells.name and row["group"] is not None and row["returned"] is not None
        }
        known = reply_facts(cells, outputs)
        wrong = [fact for fact in known if not fact.low - 1e-6 <= fact.form @ self.truth <= fact.high + 1e-6]
        if wrong:
            raise AssertionError(f"the auditor misreads {wrong[0].source}: {wrong[0].form @ self.truth} is not {wrong[0].low} to {wrong[0].high}")
        self.solver = Solver(cells, known, self.truth)  # type: ignore[arg-type]
        first = cells.questions[0].id if len(cells.questions) > 1 else None  # its own table is shown by its own rule
        given = [fact for fact in known if fact.whole or (first and f" on {first} " in fact.source)]
        self.public = Solver(cells, given, self.truth)  # type: ignore[arg-type]
        self.whole = Solver(cells, [fact for fact in known if fact.whole], self.truth)  # type: ignore[arg-type]
        self.first = first

    def run(self, command: str, of: str) -> None:
        """Asks about every row of a group."""
        done: set[tuple[str, str, str]] = set()
        self.asked = of
        for output in self.outputs:
            for row in output.rows if output.name == command else ():
                named = row["question"] if command == "topline" else THEMES
                if row["wave"] != self.cells.name or row["group"] is None or named != of:
                    continue
                option = row["option"] if command == "topline" else row["theme"]
                key = (row["by"], row["group"], option or "")
                if key not in done:
                    done.add(key)
                    self.found.rows += 1
                    self._row(row, of, option, row["kind"] if command == "topline" else "multiple")

    def crosses(self) -> None:
        """Asks about people of two groups crossed, of whom no themes are shown."""
        made = self.cells.made
        for by in combinations(made.groupings, 2):
            axes = [list(made.groupings).index(name) for name in by]
            for group in {" × ".join(str(key[axis]) for axis in axes) for key in made.keys if None not in [key[axis] for axis in axes]}:
                for theme in made.themes:
                    row = {"by": " × ".join(by), "group": group, "mentions": None, "n": None, "note": None}
                    valid = self.cells.form(places_of(self.cells, row), self.cells.valid(THEMES))
                    if 0 < valid @ self.truth < made.hide_below:
                        self._row(row, THEMES, theme, "multiple")
                    else:
                        self._few(
                            f"{self.cells.name}: {row['by']} {group}, {theme}", self.cells.form(places_of(self.cells, row), self.cells.chose(THEMES, theme))
                        )

    def _few(self, name: str, chose: Vector) -> None:
        if 0 < (count := float(chose @ self.truth)) < self.cells.made.hide_below:
            self._ask(f"{name}: it is {count:.0f}", lambda solver: _another(solver, chose))

    def _row(self, row: Row, of: str, option: str | None, kind: str) -> None:
        places = places_of(self.cells, row)
        valid = self.cells.form(places, self.cells.valid(of))
        n = round(float(valid @ self.truth))
        name = f"{self.cells.name}: {row['by']} {row['group']}, {of} {option or ''}"
        if not n:
            return
        if kind != "ranking" or option is None:
            self._number(name, row, valid, n, known=tuple(places) in self.returned)
        if self._closed(row) is False:
            self.found.told.append(f"{name}: some figures are shown and some are not")
        if kind == "ranking" or (option is None and kind == "number") or (option is None and kind == "nps"):
            self._mean(name, row, places, of, option, n)
        elif option is not None:
            self._option(name, row, self.cells.form(places, self.cells.chose(of, option)), valid, kind)

    @staticmethod
    def _closed(row: Row) -> bool | None:
        """Whether a row that is said to be withheld has no figure; None where it is not said."""
        if "suppressed" not in str(row["note"]) and "number only" not in str(row["note"]):
            return None
        return all(row.get(name) is None for name in (*FIGURES, *FIGURES_TOO))

    def _number(self, name: str, row: Row, valid: Vector, n: int, *, known: bool) -> None:
        """`known`: how many of these people returned the questionnaire is shown; how many answered is then no secret, unless few did."""
        few = self.cells.made.hide_below
        if row["n"] is not None:
            if 0 < n < few:
                self.found.told.append(f"{name}: n = {n} is shown")
            return
        self.found.hidden += 1
        if known and n >= few:
            return
        self._ask(f"{name}: n is below {few}", lambda solver: solver.reach(valid, few))
        self._ask(f"{name}: n is {n} or one other", lambda solver: _three(solver, valid))

    def _option(self, name: str, row: Row, chose: Vector, valid: Vector, kind: str) -> None:
        """A count that is shown is of many; one that is withheld may be several, of several answers and themes not only small ones, either way."""
        few, n, count = self.cells.made.hide_below, float(valid @ self.truth), float(chose @ self.truth)
        shown = row["count" if "count" in row else "mentions"] is not None
        if shown:
            if n < self.cells.made.detail_from:
                self.found.told.append(f"{name}: {count:.0f} of {n:.0f} is shown")
            elif kind == "multiple" and (0 < count < few or n - count < few):
                self.found.told.append(f"{name}: {count:.0f} of {n:.0f} is shown, of few")
            elif kind != "multiple" and count == n:
                self.found.told.append(f"{name}: all {n:.0f} is shown")
            return
        self.found.hidden += 1
        if kind == "multiple":
            self._ask(f"{name}: it is {count:.0f} or one other", lambda solver: _three(solver, chose))
            self._ask(f"{name}: fewer than {few} did", lambda solver: solver.reach(chose, min(few, n)))
            self._ask(f"{name}: fewer than {few} did not", lambda solver: solver.reach(valid - chose, min(few, n)))
        elif 1 <= count < few:
            self._ask(f"{name}: it is {count:.0f}", lambda solver: _another(solver, chose))

    def _mean(self, name: str, row: Row, places: Sequence[int], of: str, option: str | None, n: int) -> None:
        """Of few people neither mean nor any answer that few of them gave is known; of the fewest the mean not even nearly."""
        if n < self.cells.made.detail_from and row["mean"] is not None:
            self.found.told.append(f"{name}: the mean of {n} is shown")
        if row["mean"] is not None or (option is None and not self.cells.values(of).any()):
            return
        values, valid = self.cells.values(of, option), self.cells.valid(of)
        for value in sorted(set(values[valid > 0])):
            counted = self.cells.form(places, (values == value) * valid)
            count = float(counted @ self.truth)
            if 1 <= count < self.cells.made.hide_below and n < self.cells.made.detail_from:
                self._ask(f"{name}: {count:.0f} said {value:g}", lambda solver, form=counted: _another(solver, form))
        if n >= self.cells.made.hide_below:
            return
        total, number = self.cells.form(places, values * valid), self.cells.form(places, valid)
        mean = float(total @ self.truth) / n
        up, down = min(mean + 0.5, values.max()), max(mean - 0.5, values[valid > 0].min())
        self._ask(f"{name}: mean is no higher than {up:.2f}", lambda solver: solver.reach(total - up * number, 0, of=number))
        self._ask(f"{name}: mean is no lower than {down:.2f}", lambda solver: solver.reach(down * number - total, 0, of=number))

    def _ask(self, fault: str, question: Callable[[Solver], bool]) -> None:
        try:
            if not question(self.solver) and question(self.whole if self.asked == self.first else self.public):
                self.found.told.append(fault)
        except UndecidedError:
            self.found.undecided += 1
