"""Everything that rpgstat writes of a study by default, as a stranger may gather it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any
from unittest.mock import patch

import rpgstat
from rpgstat import disclosure
from rpgstat.disclosure import Plan, Shown
from rpgstat.disclosure._cells import in_order
from rpgstat.errors import UserError
from rpgstat.study import Tally
from rpgstat.study.questions import Asked, Replies
from rpgstat.workflow import planned
from tests.disclosure.studies import Made

WEIGHED = ("score", "breakdown", "compare", "topline")
Row = Mapping[str, Any]
Call = tuple[str, dict[str, Any]]
"""A command and its options, called as in Python."""


@dataclass(frozen=True)
class Output:
    """One result of one command: its rows, and what was asked for. A command that was refused has a result of no rows, named `refused`."""

    command: str
    options: Mapping[str, Any]
    name: str
    rows: tuple[Row, ...]

    @property
    def words(self) -> str:
        """The command as one would type it, nearly.

        >>> Output("score", {"weight": "w"}, "score", ()).words
        'score weight=w'
        """
        return " ".join([self.command, *(f"{name}={value}" for name, value in self.options.items())])


def calls(made: Made) -> Iterator[Call]:
    """Every command that a stranger would think of, and where the study declares weights both with and without them."""
    for command, options in _calls(made):
        yield command, options
        if made.weighted and command in WEIGHED and not {"weight", "rake"} & options.keys():
            yield command, {**options, "unweighted": True}


def _calls(made: Made) -> Iterator[Call]:
    """Every command that a stranger would think of: each grouping, each crossed pair, each way to weight, and some options of each."""
    yield from asked(made)
    several = len(made.waves) > 1
    by: list[list[str]] = [[name] for name in made.groupings]
    by += [list(pair) for pair in combinations(made.groupings, 2)]
    yield "score", {}
    yield "reliability", {}
    yield "response", {}
    for names in by:
        yield "breakdown", {"by": names, "post_hoc": True}
        if len(names) == 1:
            yield "response", {"by": names}
    yield from (("breakdown", {"by": by[0], "wave": [wave.name]}) for wave in made.waves if several)
    if several:
        yield "compare", {}
        yield from (("compare", {"by": names}) for names in by)
        yield "compare", {"by": by[0], "method": "exact", "against": "previous"}
        yield from (("compare", {"standardise": name, "shares": shares}) for name in made.groupings for shares in ("reference", "pooled"))
    if made.questions or made.themes:
        yield "topline", {"batteries": True, "by": [next(iter(made.groupings))]}
    ways = [{"weight": "Design weight"}] if made.weights else []
    ways += [{"rake": [next(iter(made.groupings))]}] if made.shares else []
    for way in ways:
        yield "score", way
        yield from (("breakdown", {"by": names, **way}) for names in by)
        yield from (("topline", {"by": names, **way}) for names in ([], *by) if made.questions and "weight" in way)
        if several:
            yield "compare", way
            yield "compare", {"by": by[0], **way}


def reply_calls(made: Made) -> Iterator[Call]:
    """What tells of single questions and themes."""
    for command, options in asked(made):
        yield command, options
        if command == "topline" and made.weighted:
            yield command, {**options, "unweighted": True}
    if made.questions and made.weights and not made.weighted:
        by = [[], *([name] for name in made.groupings), *(list(pair) for pair in combinations(made.groupings, 2))]
        yield from (("topline", {"by": names, "weight": "Design weight"}) for names in by)
    yield from (("response", {"by": [name]}) for name in made.groupings)


def asked(made: Made) -> Iterator[Call]:
    """What single questions and themes are asked for: of everyone, by each grouping, and questions by each two crossed."""
    if made.questions:
        yield "topline", {}
        yield from (("topline", {"by": [name]}) for name in made.groupings)
        yield from (("topline", {"by": list(pair)}) for pair in combinations(made.groupings, 2))
        yield from (("topline", {"by": [name], "question": [question.id]}) for name in made.groupings for question in made.questions)
    if made.themes:
        yield "themes", {"together": True, "codes": True}
        yield from (("themes", {"by": [name]}) for name in made.groupings)
        yield "themes", {"by": list(made.groupings)}


@contextmanager
def _planned_once() -> Iterator[None]:
    """Lets commands that plan for the same counts share a plan, as those of one report do: most of the time goes into making it anew.

    Counts are the same in whatever order groupings are named: that a plan, and what is withheld of questions, does not depend on it is tested by itself.
    """
    known: list[tuple[object, Plan]] = []
    questions: list[tuple[object, dict[str, Shown]]] = []
    afresh, asked_afresh = planned.plan, disclosure.shown_questions

    def plan(tally: Tally, *args: Any, **options: Any) -> Plan:
        given = (in_order(tally), args, options)
        for other, made in known:
            if given == other:
                return made
        known.append((given, afresh(tally, *args, **options)))
        return known[-1][1]

    def shown_questions(plan: Plan, by: Sequence[str], asked: Sequence[Asked]) -> dict[str, Shown]:
        given = (plan.cells, [(one.question, _in_order(plan, by, one)) for one in asked])
        for other, made in questions:
            if given == other:
                return made
        questions.append((given, asked_afresh(plan, by, asked)))
        return questions[-1][1]

    with patch.object(planned, "plan", plan), patch.object(disclosure, "shown_questions", shown_questions):
        yield


def _in_order(plan: Plan, by: Sequence[str], one: Asked) -> dict[object, Replies]:
    """The replies to a question by the groupings of a plan in its order."""
    at = [list(by).index(name) for name in plan.universe.axes]
    return {(own.wave, tuple(own.key[axis] for axis in at) if own.key else ()): replace(own, key=(), group=None) for own in one.replies}


@_planned_once()
def gathered(study: Path, made: Made, exports: Sequence[Path] = (), of: Callable[[Made], Iterator[Call]] = calls) -> list[Output]:
    """What all calls answer, in this process; of some `exports` only, if given."""
    found: list[Output] = []
    for command, options in of(made):
        try:
            results = list(getattr(rpgstat, command)(*exports, study=study, **options))
        except UserError as error:
            found.append(Output(command, options, "refused", ({"error": str(error)},)))
            continue
        except Exception as error:  # noqa: BLE001 - the auditor reads on, and reports it
            found.append(Output(command, options, "crashed", ({"error": repr(error)},)))
            continue
        if made.weighted and command in WEIGHED and "unweighted" not in options:
            options = {**options, "weight": "Design weight"}
        found += [Output(command, options, result.name, tuple(result.rows)) for result in results]
    return found
