"""Names as people ask for them: measures, areas, columns and their values, and what to offer where nothing fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches

from rpgstat import text
from rpgstat.errors import UserError
from rpgstat.figures.measures import plain, published_as, split_basis

_MOST = 12  # names in a hint; more is no help
_UNITS = re.compile(r"\b(?:percent(?:age)?|per cent|pct|perc|proportion|rates?|per \d[\d ]*k?|counts?|number of|number|no|total|fte|wte|headcount|hc)\b")


def base(name: str) -> str:
    """A name without the words that only say how it was counted.

    >>> base("rereferral_percent"), base("rereferral_count"), base("Number of referrals"), base("rate_per_10000")
    ('rereferral', 'rereferral', 'referrals', '')
    """
    return " ".join(_UNITS.sub(" ", plain(name)).split())


def fitting(wanted: str, known: Sequence[str], option: str) -> list[str]:
    """The names that are `wanted`: whole, up to a bracket or to FTE or headcount, or as the published files call that measure; else the one it is part of.

    Raises UserError that lists what it may be where it is part of several, and what there is where it is part of none.

    >>> fitting("turnover", ["Turnover (FTE)", "Turnover (headcount)"], "--measure"), fitting("vacancy", ["Vacancies (FTE)"], "--measure")
    (['Turnover (FTE)', 'Turnover (headcount)'], ['Vacancies (FTE)'])
    >>> fitting("re-referral", ["referral_percent", "rereferral_percent"], "--measure")
    ['rereferral_percent']
    """
    if wanted in known:
        return [wanted]
    own = plain(wanted)
    published = published_as(wanted) or published_as(f"{wanted} rate")
    for fits in _ways(own, published[0].name if published else None):
        if found := [name for name in known if fits(name)]:
            return found
    for key in (base, plain):
        sought = _squeezed(key(wanted))
        found = [name for name in known if sought and (_squeezed(key(name)) == sought if key is base else sought in _squeezed(key(name)))]
        if len(found) == 1:
            return found
        if found:
            raise UserError(f"{option}: `{text.shortened(wanted)}` may be {len(found)} of the file's: {listed(found)}", "write more of the name")
    raise UserError(f"{option}: the file has no `{text.shortened(wanted)}`", offered(wanted, known))


def _ways(own: str, published: str | None) -> Iterable[Callable[[str], bool]]:
    """From narrow to wide, ways in which a name is the one that was asked for."""
    yield lambda name: plain(name) == own
    yield lambda name: plain(name.partition(" (")[0]) == own
    yield lambda name: published is not None and plain(name.partition(" (")[0]) == plain(published)
    yield lambda name: split_basis(name)[0] == own


def _squeezed(name: str) -> str:
    return name.replace(" ", "")


def offered(wanted: str, known: Iterable[str]) -> str:
    """A hint: the nearest names, then a list of bounded length of those there are.

    >>> offered("Camdn", ["Barnet", "Camden"])
    'did you mean `Camden`? there are: `Barnet`, `Camden`'
    >>> offered("x", [])
    'there are none'
    """
    names = list(dict.fromkeys(known))
    if not names:
        return "there are none"
    close = near(wanted, names)
    meant = f"did you mean {text.listing([f'`{name}`' for name in close], 'or')}? " if close else ""
    return f"{meant}there are: {listed(names)}"


def near(wanted: str, names: Sequence[str], most: int = 3) -> list[str]:
    """The names most like `wanted`: by spelling, then those that hold it."""
    folded = {plain(name): name for name in names}
    own = plain(wanted)
    alike = [folded[key] for key in get_close_matches(own, folded, n=most, cutoff=0.6)]
    holding = [name for key, name in folded.items() if own and own in key]
    return list(dict.fromkeys([*alike, *holding]))[:most]


def listed(names: Sequence[str]) -> str:
    """Names in backticks, a dozen at most, each shortened."""
    more = f" and {len(names) - _MOST:,} more" if len(names) > _MOST else ""
    return ", ".join(f"`{text.shortened(name, 50)}`" for name in names[:_MOST]) + more
