"""What `score` and `compare` find, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary import CONCLUSIONS
from rpgstat.media.pages import Row, split, withheld
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.rows import quoted, rows_of


def score(result: Result, _: Beside) -> Iterator[str]:
    """How far agreement ranges in each wave."""
    rows = rows_of(result)
    found = [row for row in rows if row["item"] is not None]
    waves = list(split(found, ("wave",)))
    for (wave,), own in waves if len(waves) < 3 else (waves[0], waves[-1]):
        sizes = sorted({row["n"] for row in own if row["n"]})
        n = f" (n = {text.count(sizes[0])}{f' to {text.count(sizes[-1])}' if len(sizes) > 1 else ''})" if sizes else ""
        held = [row for row in own if row["agree"] is not None]
        if held:
            low, high = min(held, key=lambda row: row["agree"]), max(held, key=lambda row: row["agree"])
            what = "agreement" if any("agreed" in (row["verdict"] or "") for row in held) else "the share in the upper half of the scale"
            ends = [f"{used().cell('share', row['agree'])} ({quoted(row)})" for row in (low, high)]
            yield f"{wave}{n}: {what} ranges from {ends[0]} to {ends[1]}."
        else:
            yield f"{wave}{n}."


def compare(result: Result, _: Beside) -> Iterator[str]:
    """How many changes are significant, and which is largest."""
    rows = rows_of(result)
    panels = list(split([{"group": None, **row} for row in rows if row["item"] is not None], ("group", "reference", "wave")))
    hidden = [str(group) for (group, _, _), own in panels if group is not None and all(map(withheld, own))]
    for (group, reference, wave), own in panels:
        if group not in hidden:
            yield f"{f'{group}, ' if group else ''}{reference} to {wave}: {_concluded(own)}."
    if hidden:
        yield f"{text.listing(list(dict.fromkeys(hidden)))}: withheld."
    moved = [row for row in rows if row["item"] is not None and row["conclusion"] in ("higher", "lower") and row["estimate"] is not None]
    if moved:
        largest = max(moved, key=lambda row: abs(row["estimate"]))
        who = f"{largest['group']}, " if largest.get("group") else ""
        which = f"{who}{largest['wave']}, " if len(panels) > 1 else ""
        yield f"Largest change: {which}{_change(largest)}."


def _concluded(rows: Sequence[Row]) -> str:
    kinds = {word: sum(row["conclusion"] == word for row in rows) for word in CONCLUSIONS}
    tested = sum(kinds.values())
    if not tested:
        return "nothing could be tested"
    return f"of {text.plural(tested, 'statement')} tested, {text.listing([f'{count} {word}' for word, count in kinds.items() if count])}"


def _change(row: Row) -> str:
    limits = "" if row["conf_low"] is None else f" {used().limits('points', row['conf_low'], row['conf_high'])}"
    return f"{quoted(row)}, from {text.fixed(row['mean_reference'])} to {text.fixed(row['mean'])}, {text.signed(row['estimate'])}{limits}"
