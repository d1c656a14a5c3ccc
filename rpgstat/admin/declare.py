"""What an evaluator writes about series, in options or in a study file, as what it means."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field, fields

from rpgstat.admin.derive import Declared
from rpgstat.admin.periods import Periods
from rpgstat.admin.timing import named
from rpgstat.errors import UserError
from rpgstat.record import record

PER = 10_000
"""Rates are events per this many people, as the Department for Education publishes them."""


@record
class Words:
    """What was written: `better` as "lower" or "NAME=lower", `events` as "2017-01: what happened", `baseline` as "FROM..TO"; `target` by series, "" for all."""

    series: tuple[str, ...] = ()
    ratios: tuple[str, ...] = ()
    population: str | None = None
    per: float | None = None
    better: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    rebase: tuple[str, ...] = ()
    baseline: str | None = None
    target: Mapping[str, float] = field(default_factory=dict)

    def over(self, other: Words) -> Words:
        """These words first, the other's where nothing is said here; ratios, directions, targets, events and rebases of both stand together."""
        return Words(
            self.series or other.series,
            (*other.ratios, *self.ratios),
            self.population or other.population,
            other.per if self.per is None else self.per,
            (*other.better, *self.better),
            (*other.events, *self.events),
            (*other.rebase, *self.rebase),
            self.baseline or other.baseline,
            {**other.target, **self.target},
        )

    @property
    def said(self) -> set[str]:
        """The names of what was written."""
        return {each.name for each in fields(self) if getattr(self, each.name)}


def declared(words: Words, where: Mapping[str, str]) -> Declared:
    """The meaning of `words`; `where` has the place of each for errors. Raises UserError for what has none.

    >>> found = declared(Words(better=("lower", "Plans=higher"), events=("2017-01: new facilitators",)), {"events": "--event"})
    >>> found.better, found.events[0][1]
    ({'': 'lower', 'Plans': 'higher'}, 'new facilitators')
    """
    if words.per is not None and not 0 < words.per < math.inf:
        raise UserError(f"{where['per']} is {words.per}", "give a number of people above 0, such as 10000")
    return Declared(
        wanted=words.series,
        ratios=words.ratios,
        population=words.population,
        per=PER if words.per is None else words.per,
        better=dict(_direction(one) for one in words.better),
        target=words.target,
        events=tuple(_event(one, where["events"]) for one in words.events),
        rebase=tuple(named(one, where["rebase"]) for one in words.rebase),
        baseline=None if words.baseline is None else _range(words.baseline, where["baseline"]),
        where=where,
    )


def _direction(words: str) -> tuple[str, str]:
    name, _, better = words.rpartition("=")
    return name.strip(), better.strip().casefold()


def _event(words: str, where: str) -> tuple[Periods, str]:
    when, colon, what = words.partition(":")
    if not colon or not what.strip():
        raise UserError(f"{where}: `{words}` does not say what happened", 'write the period, a colon and the event: "2017-01: new facilitators"')
    return named(when, where), " ".join(what.split())


def _range(words: str, where: str) -> tuple[Periods, Periods]:
    first, dots, last = words.partition("..")
    if not dots:
        raise UserError(f"{where}: `{words}` is not FROM..TO", "write two periods with two full stops between: 2015-10..2016-12")
    return named(first, where), named(last, where)
