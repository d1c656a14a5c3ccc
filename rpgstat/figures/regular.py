"""Whether the dates of a series are regular enough to be months or weeks; anything else is refused, so that no figure is dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from rpgstat.errors import UserError
from rpgstat.figures.cells import Cell, Figure
from rpgstat.figures.periods import Periods

_NEAR = 15  # days: figures by day, week or fortnight, not by month

_ADD_UP = "add the figures up by week or by month, so that none is lost; a weekly series has dates seven days apart, or weeks such as 2024-W05"
_SAME_DAY = "date every week by the same day of the week, or write weeks as 2024-W05"


def refuse_irregular(found: Periods, figures: Sequence[Figure], cells: Sequence[Cell]) -> None:
    """Raises UserError for two dates with values that fall in one period or lie within a fortnight of each other, and are no weeks."""
    if found.frequency == "week":
        return
    dated = {item.day: (item.index, cell) for item, figure, cell in zip(found.items, figures, cells, strict=True) if figure.value is not None and item.day}
    pairs = list(pairwise(sorted(day for day in dated if day is not None)))
    close = next(((before, after) for before, after in pairs if dated[before][0] == dated[after][0] or after - before < _NEAR), None)
    if close is None:
        return
    gaps = Counter(after - before for before, after in pairs)
    weekly = gaps.most_common(1)[0][0] == 7
    before, after = next(((a, b) for a, b in pairs if weekly and (b - a) % 7), close)
    apart = f"{dated[after][1].place}: {_date(after)} is {after - before} {'day' if after == before + 1 else 'days'} after {_date(before)}"
    if weekly:
        raise UserError(f"{apart}, and most other dates are seven days apart", _SAME_DAY)
    raise UserError(f"{apart}: that is neither a weekly nor a monthly series", _ADD_UP)


def _date(day: int) -> str:
    return date.fromordinal(day).isoformat()
