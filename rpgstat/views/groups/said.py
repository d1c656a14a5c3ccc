"""What `breakdown` finds, in words."""

from __future__ import annotations

from collections.abc import Iterator

from rpgstat import text
from rpgstat.media.pages import withheld
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.rows import quoted, rows_of


def breakdown(result: Result, _: Beside) -> Iterator[str]:
    """How far means range, and how many groups differ from everyone else."""
    rows = rows_of(result)
    cells = [row for row in rows if row["item"] is not None]
    held = [row for row in cells if row["mean"] is not None]
    if held:
        low, high = min(held, key=lambda row: row["mean"]), max(held, key=lambda row: row["mean"])
        yield (
            f"Means range from {text.fixed(low['mean'])} ({low['group']}, {low['wave']}: {quoted(low)}) "
            f"to {text.fixed(high['mean'])} ({high['group']}, {high['wave']}: {quoted(high)})."
        )
    higher, lower = (sum(row["conclusion"] == word for row in cells) for word in ("higher", "lower"))
    tested = sum(row["conclusion"] is not None for row in cells)
    hidden = sum(map(withheld, cells))
    told = f"; {text.plural(hidden, 'cell')} withheld" if hidden else ""
    yield f"Of {text.plural(tested, 'group mean')} tested against everyone else, {higher} higher and {lower} lower{told}."
