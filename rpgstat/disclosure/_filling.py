"""How groups filled in a short questionnaire, beside what is shown of its statements: counts that tell of others are withheld as well."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor

from rpgstat.disclosure._decisions import Reason
from rpgstat.disclosure._single import VALUES
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._ways import Known, Ways, value_of
from rpgstat.stats.programmes import Aim, Optimum, answers
from rpgstat.study import Returned

_CLOSE = 1e-6
Count = tuple[str, Place]


def withhold_beside(ways: Ways, filled: Mapping[Place, Returned], lost: dict[str, dict[Place, Reason]]) -> None:
    """Withholds counts of `filled` as long as one that is `lost` has fewer than three values by those shown, and three without them."""
    shown = list(ways.known())
    while (told := _telling(ways, shown, filled, lost)) is not None:
        name, place = told
        for one in (name, "answered"):
            lost[one] |= {other: Reason.ATTRIBUTE for other, first in ways.returned.same.items() if first == place}


def _telling(ways: Ways, shown: list[Known], filled: Mapping[Place, Returned], lost: Mapping[str, Mapping[Place, Reason]]) -> Count | None:
    """A count that tells another one: of those that do the last in the order in which places are shown."""
    seen = [place for place in ways.returned.order if place not in ways.returned.hidden and place in filled]
    counts = [(name, place) for place in seen for name in lost if name in ways.filling and place not in lost[name]]
    more: list[Known] = [(ways.filled_by(place, name), float(value_of(filled[place], name)), None) for name, place in counts]
    beside, without = ways.system([*shown, *more]), ways.system(shown)
    for place in seen:
        for name in [name for name in lost if name in ways.filling and place in lost[name]]:
            row = ways.filled_by(place, name)
            aims = [Aim(row), Aim(dict.fromkeys(row, -1.0))]
            if name != "answered" and _few(sides := answers([(beside, aims)])[0]) and not _few(answers([(without, aims)])[0]):
                binding = {at - len(shown) for one in sides for at in one.binding if at >= len(shown)}
                return counts[max(binding, default=len(counts) - 1)]
    return None


def _few(sides: list[Optimum]) -> bool:
    up, down = sides
    return floor(up.value + _CLOSE) - ceil(-down.value - _CLOSE) + 1 < VALUES
