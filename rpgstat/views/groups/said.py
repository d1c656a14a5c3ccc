"""What `breakdown` finds, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.rows import MOST_TOLD, quoted, rows_of


def breakdown(result: Result, _: Beside) -> Iterator[str]:
    """How far means range in each battery."""
    cells = [row for row in rows_of(result) if row["item"] is not None]
    batteries = list(split([row for row in cells if row["mean"] is not None], ("battery",)))
    for (battery,), held in batteries[:MOST_TOLD]:  # each by itself: their scales may differ
        yield _range(held, say("figure.of_battery", battery=battery) if len(batteries) > 1 else "")


def _range(rows: Sequence[Row], battery: str) -> str:
    low, high = min(rows, key=lambda row: row["mean"]), max(rows, key=lambda row: row["mean"])
    if low["mean"] == high["mean"]:
        return say("figure.means_one", mean=_mean(low), battery=battery)
    return say("figure.means", battery=battery, low=_mean(low), high=_mean(high))


def _mean(row: Row) -> str:
    where = f"{row['group']}, {row['wave']}, {quoted(row)}"
    return say("figure.group_mean", mean=text.fixed(row["mean"]), n=text.count(row["n"]), where=where)
