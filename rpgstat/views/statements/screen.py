"""How `score` and `compare` are set at a given width: with bars, both means in one column, and what shares a column on a narrow screen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Page, Show
from rpgstat.media.terminal.stacks import COMFORTABLE, Part, Stack, Stacks, cell, parts

BAR_HALF = 4
"""Cells of a bar on either side of the midpoint."""


def _stacks(columns: str) -> tuple[Stack, ...]:
    """Columns from left to right; what shares one stands one under another.

    >>> _stacks("rank mean+n")
    (('rank',), ('mean', 'n'))
    """
    return tuple(tuple(column.split("+")) for column in columns.split())


_SCORE_WAYS = (
    (COMFORTABLE, _stacks("rank text n not_applicable missing mean bar interval p agree net verdict")),
    (COMFORTABLE, _stacks("rank text n mean bar interval p agree net verdict")),
    (COMFORTABLE, _stacks("rank text n mean interval p agree net verdict")),
    (24, _stacks("rank text n mean+interval p agree+net verdict")),
    (0, _stacks("rank text n+mean+interval+p agree+net")),
)
_COMPARE_WAYS = (
    (COMFORTABLE, _stacks("rank text n mean bar estimate interval standardised+standardised_interval moves p bf10 effect conclusion")),
    (COMFORTABLE, _stacks("rank text n mean bar estimate interval standardised+standardised_interval moves p bf10 conclusion")),
    (COMFORTABLE, _stacks("rank text n mean estimate interval standardised+standardised_interval moves p bf10 conclusion")),
    (COMFORTABLE, _stacks("rank text mean+n estimate+interval standardised+standardised_interval moves p+bf10 conclusion")),
    (24, _stacks("rank text mean+n+moves estimate+interval standardised+standardised_interval conclusion+p+bf10")),
    (20, _stacks("rank text mean+n+moves estimate+interval+standardised+standardised_interval+conclusion+p+bf10")),
    (0, _stacks("rank text mean+n+moves+estimate+interval+standardised+standardised_interval+conclusion+p+bf10")),
)
"""From wide to narrow. In less than 24 cells a statement becomes a ladder of single words."""


def _compare(page: Page, show: Show) -> dict[str, Part]:
    found = parts(page) | {"bar": _bars(page, show), "mean": _pairs(page, "mean_reference", "mean", show), "n": _pairs(page, "n_reference", "n", show)}
    found["p"] = found.pop("p_adjusted") if "p_adjusted" in found else found.pop("p_value")
    return found


def _score(page: Page, show: Show) -> dict[str, Part]:
    found = parts(page) | {"bar": _bars(page, show)}
    found["p"] = found.pop("p_value")
    if not any(line.row[key] for line in page.lines for key in ("not_applicable", "missing")):
        del found["not_applicable"], found["missing"]
    return found


def _aligned(words: Sequence[str]) -> list[str]:
    width = max(map(cell_len, words), default=0)
    return [" " * (width - cell_len(word)) + word for word in words]


def _pairs(page: Page, before: str, after: str, show: Show) -> Part:
    header = next(column.header for column in page.columns if column.key == after)
    columns = (_aligned([line.cells[key] for line in page.lines]) for key in (before, after))
    cells = [cell(line, after, show(" → ").join(pair)) for line, pair in zip(page.lines, zip(*columns, strict=True), strict=True)]
    return Part(header, cells, "right")


def _bars(page: Page, show: Show) -> Part:
    ends = {(line.row["scale_low"], line.row["scale_high"]) for line in page.lines if line.row["mean"] is not None}
    low, high = next(iter(ends)) if len(ends) == 1 else (None, None)
    header = "" if low is None or high is None else f"{text.short(low)}{text.short(high):>{2 * BAR_HALF + 1 - len(text.short(low))}}"
    return Part(show(header), [_bar(line.row, show) for line in page.lines], "left")


def _bar(row: Mapping[str, Any], show: Show) -> Text:
    low, high, mean = row["scale_low"], row["scale_high"], row["mean"]
    if mean is None or low is None or high is None or low >= high:
        return Text("")
    # A mean below the midpoint never fills its half, one above it always passes the midpoint.
    cells = (mean - low) / (high - low) * 2 * BAR_HALF
    full = math.ceil(cells) if cells > BAR_HALF else math.floor(cells)
    blocks = show("▇") * full
    rest = show("·") * (2 * BAR_HALF - full)
    bar = Text(blocks, style="blue").append(rest, style="dim")
    return bar[:BAR_HALF].append(show("│"), style="dim").append_text(bar[BAR_HALF:])


def _left_out(page: Page) -> Iterator[str]:
    for section in page.sections:
        off, missing = (sum(line.row[key] or 0 for line in section.lines if line.row["item"] is not None) for key in ("not_applicable", "missing"))
        if off or missing:
            told = {"off": text.count(off), "missing": text.count(missing)}
            if len(page.sections) > 1:
                yield say("note.left_out_wave", off, wave=section.waves[0], **told)
            else:
                yield say("note.left_out", off, **told)


SCORE = Stacks(_SCORE_WAYS, _score, "mean", _left_out)
COMPARE = Stacks(_COMPARE_WAYS, _compare, "later", lambda _: iter(()))
