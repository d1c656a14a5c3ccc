"""A series of figures in time: what was read, and what the evaluator declared of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from rpgstat.glossary.sentences import say, word
from rpgstat.record import record

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@record
class Event:
    """Something that happened in a period: its text, the period's index in the series' own frequency, and the period as it is shown."""

    text: str
    time: int
    period: str


@record
class Series:
    """Figures at period indices, `per_year` of them in a year (12, 4, 52 or 1); `labels` names every period from the first to the last.

    `times` (rising) and `values` hold the periods that have a value; `missing` says of others that stood in the file why they have none.
    `counts` over `totals` times `per` are the values of a "share" (a part of the total) or a "rate" (events in a population).
    `better` is "lower", "higher" or None, `target` in the unit of the values or None. `rebase`, `baseline` and `events` are indices too.
    """

    name: str
    per_year: int
    labels: Mapping[int, str]
    times: tuple[int, ...]
    values: tuple[float, ...]
    kind: Literal["number", "share", "rate"] = "number"
    counts: tuple[float, ...] | None = None
    totals: tuple[float, ...] | None = None
    per: float = 1
    missing: Mapping[int, str] = field(default_factory=dict)
    better: str | None = None
    target: float | None = None
    events: tuple[Event, ...] = ()
    rebase: tuple[int, ...] = ()
    baseline: tuple[int, int] | None = None

    @property
    def gaps(self) -> tuple[int, ...]:
        """The periods without a value between the first and the last that have one."""
        held = set(self.times)
        return tuple(time for time in range(self.times[0], self.times[-1]) if time not in held)

    def when(self, time: int) -> str:
        """A period as a sentence names it."""
        return in_words(self.labels[time])


def in_words(label: str) -> str:
    """The label of a period as a sentence has it: months by name, the date of a week as that, others as they are.

    >>> in_words("2015-10"), in_words("2015/16"), in_words("2015 Q4"), in_words("2024-01-29")
    ('Oct 2015', '2015/16', '2015 Q4', 'the week of 29 Jan 2024')
    """
    if dated := _DATE.fullmatch(label):
        return say("time.week", day=int(dated[3]), month=word("month", dated[2]), year=dated[1])
    found = _MONTH.fullmatch(label)
    return say("time.month", month=word("month", found[2]), year=found[1]) if found else label
