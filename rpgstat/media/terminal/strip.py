"""One line of a plot in characters: bars and dots laid on so many cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from rich.text import Text

from rpgstat import text
from rpgstat.media.picture import colours

_LOW, _MIDDLE, _HIGH = "#=-~:", ".", ",;+*%"
"""Signs of levels where there is no colour: of the lower half from its outer end, of a middle level, of the upper half from the middle."""

Fill = tuple[str, str]
"""The sign of a level and its colour."""

Ends = tuple[float | None, float | None, float | None]
"""The lowest and highest value of a strip, and the value that is marked on it."""


def level_fills(count: int, *, directed: bool = True) -> list[Fill]:
    """The sign and the colour of each level, lowest first.

    >>> [sign for sign, _ in level_fills(4)], [sign for sign, _ in level_fills(5)]
    (['#', '=', '*', '%'], ['#', '=', '.', '*', '%'])
    """
    half = count // 2
    signs = [_LOW[min(i, 4)] for i in range(half)] + ([_MIDDLE] if count % 2 else []) + [_HIGH[max(5 - half + i, 0)] for i in range(half)]
    return list(zip(signs, colours.levels(count, directed=directed), strict=True))


def diverging(shares: Sequence[float], left: float, ends: tuple[float, float], width: int, fills: Sequence[Fill], colour: bool, directed: bool) -> Text:
    """Shares side by side from `left` of the middle; `ends` are the widest left and right of it on any strip. │ parts the halves of an even scale."""
    if not shares:
        return Text("")
    parted = directed and len(shares) % 2 == 0
    cells = (width - parted) / (sum(ends) or 1.0)
    edges = [round((ends[0] - left + cut) * cells) for cut in accumulate(shares, initial=0.0)]
    strip = Text(" " * edges[0])
    for place, ((start, end), share, (sign, shade)) in enumerate(zip(pairwise(edges), shares, fills, strict=True)):
        if parted and place == len(shares) // 2:
            strip.append("│")
        number, room = text.percent(share).removesuffix(" %"), end - start
        if colour:
            strip.append((number if room >= len(number) else "").center(room), style=f"{colours.on(shade)} on {shade}")
        else:
            strip.append((f" {number} " if room >= len(number) + 4 else "").center(room, sign))
    return strip


def scale(width: int, ends: Ends, write: Callable[[float], str]) -> str:
    """The lowest, the marked and the highest value, each over its cell."""
    low, high, marked = ends
    if low is None or high is None or low >= high:
        return ""
    right = write(high)
    line = write(low).ljust(width - len(right)) + right
    if marked is None or not low < marked < high:
        return line
    middle = write(marked)
    start = _cell(marked, low, high, width) - len(middle) // 2
    return line[:start] + middle + line[start + len(middle) :] if not line[start - 1 : start + len(middle) + 1].strip() else line


def dot(width: int, ends: Ends, value: float | None, limits: tuple[float | None, float | None], sign: str, colour: str, since: float | None = None) -> Text:
    """A value as `sign`, its limits as a line with ends, the marked value of the strip as ┊, and the way from the value before, `since`, as dots."""
    low, high, marked = ends
    if low is None or high is None or low >= high:
        return Text("")
    cells = [" "] * width
    if marked is not None:
        cells[_cell(marked, low, high, width)] = "┊"
    if value is None:
        return Text("".join(cells), style="dim")
    way = sorted(_cell(one, low, high, width) for one in (value, value if since is None else since))
    cells[way[0] : way[1] + 1] = [cell if cell != " " else "·" for cell in cells[way[0] : way[1] + 1]]
    span = [_cell(limit, low, high, width) for limit in limits if limit is not None]
    if len(span) == 2:
        cells[span[0] : span[1] + 1] = ["├", *"─" * (span[1] - span[0] - 1), "┤"][: span[1] - span[0] + 1]
    place = _cell(value, low, high, width)
    cells[place] = sign
    strip = Text("".join(cells))
    strip.stylize(colour, min([place, *span]), max([place, *span]) + 1)
    return strip


def bar(width: int, ends: Ends, value: float) -> Text:
    """A bar from the low end to a value; it passes the midpoint, ┊, only where the value does."""
    low, high, marked = ends
    if low is None or high is None or low >= high:
        return Text("")
    length = round((value - low) / (high - low) * width)
    cells = [*"▇" * length, *"·" * (width - length)]
    if marked is not None:
        cells.insert(_cell(marked, low, high, width + 1), "┊")
    return Text("".join(cells), style=f"{colours.between((value - low) / (high - low))}")


def control(width: int, span: tuple[float, float], row: Mapping[str, Any]) -> Text:
    """A point of a control chart among its centre and limits."""
    cells = [" "] * width
    for key, sign in (("lower", "┊"), ("upper", "┊"), ("centre", "│"), ("target", "T")):
        if row.get(key) is not None:
            cells[_cell(row[key], *span, width)] = sign
    if row["value"] is not None:
        cells[_cell(row["value"], *span, width)] = "◆" if row["signal"] else "●"
    return Text("".join(cells))


def _cell(value: float, low: float, high: float, width: int) -> int:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(min(max(share, 0.0), 1.0) * (width - 1))
