"""What a result finds, before anything else: one or two sentences, and a short form for a title; never more than its tests allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary.sentences import listing, say
from rpgstat.media.pages import Row, withheld
from rpgstat.record import record

MOST_NAMED = 3
"""Batteries, groups, measures or comparisons that a headline names; of more it gives the number."""

_WORDS = 15
"""Words of a title at most."""


@record
class Headline:
    """What a result finds: `words` are one or two sentences, of which `first` is the first.

    `short` is a title of at most 15 words, empty where the result's own title says as much.
    """

    words: str = ""
    short: str = ""
    first: str = ""


def made(words: Iterable[str], short: Iterable[str] = ()) -> Headline:
    """The sentences that say something, and the first title that is short enough."""
    titles = (one for one in short if one and len(one.split()) <= _WORDS)
    told = [one for one in words if one]
    return Headline(" ".join(told), next(titles, ""), told[0] if told else "")


@record
class Counted:
    """How some rows came out: how many rose or are higher, fell or are lower, and so on; those that are not shown apart."""

    up: int
    down: int
    different: int
    equivalent: int
    inconclusive: int
    untested: int
    hidden: int

    @property
    def tested(self) -> int:
        """How many were tested."""
        return self.up + self.down + self.different + self.equivalent + self.inconclusive

    @property
    def found(self) -> int:
        """How many a test found something of."""
        return self.up + self.down + self.different

    @property
    def shown(self) -> int:
        """How many are shown, tested or not."""
        return self.tested + self.untested


_UP, _DOWN = ("higher", "rose"), ("lower", "fell")


def counted(rows: Sequence[Row]) -> Counted:
    """How the rows of a result with conclusions came out.

    >>> counted([{"conclusion": "higher", "note": None}, {"conclusion": None, "note": "suppressed: small numbers"}]).hidden
    1
    """

    def of(*codes: str) -> int:
        return sum(row["conclusion"] in codes for row in rows)

    hidden = sum(row["conclusion"] is None and withheld(row) for row in rows)
    kinds = of(*_UP), of(*_DOWN), of("different"), of("equivalent", "fairly constant"), of("inconclusive")
    return Counted(*kinds, len(rows) - sum(kinds) - hidden, hidden)


def rest(found: Counted) -> str:
    """What is to be said of those of which nothing was found, in clauses: "16 are inconclusive and 1 was not tested"; empty without any."""
    told = [say("headline.equivalent", found.equivalent, n=text.count(found.equivalent))] if found.equivalent else []
    told += [say("headline.inconclusive", found.inconclusive, n=text.count(found.inconclusive))] if found.inconclusive else []
    told += [say("headline.untested", found.untested, n=text.count(found.untested))] if found.untested else []
    told += [say("headline.hidden", found.hidden, n=text.count(found.hidden))] if found.hidden else []
    return listing(told)


def number(n: int) -> str:
    """A number in a headline: "none", or in figures."""
    return text.count(n) if n else say("number.none")


def some(names: Sequence[str], parted: str = ", ") -> str:
    """The first names, and how many more there are."""
    more = len(names) - MOST_NAMED
    return parted.join([*names[:MOST_NAMED], *([say("headline.more", n=text.count(more))] if more > 0 else [])])


def once(values: Iterable[Any]) -> list[str]:
    """The values that are there, each once, as text."""
    return list(dict.fromkeys(str(value) for value in values if value is not None))
