"""Pages of rates: `workforce`, a block for each measure with its course as a sparkline and its periods as lines; and `rates_trend`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary import NO_COUNTS, REFERENCE_PERIOD
from rpgstat.render._chart import sparkline
from rpgstat.render._model import Block, Column, Line, Notes, Row, Section, split
from rpgstat.result import Result

EXPLAINED = (
    "Changes are in percentage points. Beside each measure its course, from 0 to its highest rate."
    " Numerators, denominators and relative changes stand in the other formats."
)
MOST_SENTENCES = 12
"""A file of many areas has too many measures for a sentence on each."""

_UNMARKED = (NO_COUNTS, REFERENCE_PERIOD)  # explained once for all rows


def lay_out(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """The lines of each measure in a block, the blocks of each area in a table."""
    each = frozenset(result.options.get("per_worker", ()))
    columns = tuple(_columns(rows, each, text.confidence(result.options.get("alpha", 0.05))))

    def block(measure: str, own: Sequence[Row]) -> Block:
        lines = tuple(Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, _marks(row, notes)) for row in own)
        return Block(notes.clean(f"{_capital(measure)}  {sparkline([row['rate'] for row in own], least=0.0)}"), lines)

    areas = list(split(rows, ("area",)))
    return columns, tuple(
        Section((), tuple(block(measure, own) for (measure,), own in split(found, ("measure",))), notes.clean(area or "") if len(areas) > 1 else "")
        for (area,), found in areas
    )


def sentences(rows: Sequence[Row]) -> Iterator[str]:
    """What the latest period of each measure says, where there are not too many."""
    latest = [own[-1]["sentence"] for _, own in split(rows, ("measure", "area"))]
    yield from latest if len(latest) <= MOST_SENTENCES else ()


def lay_out_trend(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """One line for each measure and area."""
    each = frozenset(result.options.get("per_worker", ()))
    confidence = text.confidence(result.options.get("alpha", 0.05))
    columns = (
        Column("measure", "Measure", "left", lambda row: _capital(str(row["measure"]))),
        *([Column("area", "Area", "left", lambda row: row["area"] or "")] if len({row["area"] for row in rows}) > 1 else []),
        Column("n", "Periods", "right", lambda row: text.cell("count", row["n"])),
        Column("slope", "Points per year", "right", lambda row: text.NONE if row["slope"] is None else text.signed(_points(row, "slope", each), 2)),
        *_limits(rows, "slope", confidence, each, 2),
        *([Column("p_value", "p", "right", lambda row: text.cell("p", row["p_value"]))] if _any(rows, "p_value") else []),
    )
    lines = tuple(Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, _marks(row, notes, "measure")) for row in rows)
    return columns, (Section((), (Block("", lines),)),) if lines else ()


def _columns(rows: Sequence[Row], each: frozenset[str], confidence: str) -> Iterator[Column]:
    yield Column("period", "Period", "left", lambda row: str(row["period"]))
    yield Column("rate", "Rate", "right", lambda row: _rate(row, each))
    yield from _limits(rows, "conf", confidence, each, 1)
    yield Column("change", "Change", "right", lambda row: _change(row, each))
    yield from _limits(rows, "change", confidence, each, 1)
    if _any(rows, "p_value"):
        yield Column("p_value", "p", "right", lambda row: text.cell("p", row["p_value"]))
    elif _any(rows, "relative"):  # with intervals there is no room for it at 80 columns
        yield Column("relative", "Relative", "right", lambda row: text.NONE if row["relative"] is None else text.signed_percent(row["relative"]))
    yield Column("conclusion", "Conclusion", "left", lambda row: row["conclusion"] or "")


def _limits(rows: Sequence[Row], name: str, confidence: str, each: frozenset[str], digits: int) -> Iterator[Column]:
    low, high = f"{name}_low", f"{name}_high"

    def cell(row: Row) -> str:
        return text.NONE if row[low] is None else text.interval(_points(row, low, each), _points(row, high, each), digits)

    if _any(rows, low):
        yield Column(low, f"{confidence} CI", "right", cell)


def _rate(row: Row, each: frozenset[str]) -> str:
    if row["rate"] is None:
        return text.NONE
    return text.fixed(row["rate"], 1) if row["measure"] in each else text.percent(row["rate"], 1)


def _change(row: Row, each: frozenset[str]) -> str:
    if row["change"] is None:
        return "reference" if REFERENCE_PERIOD in _parts(row) else text.NONE
    return text.signed(_points(row, "change", each), 1)


def _points(row: Row, key: str, each: frozenset[str]) -> float:
    """A share in points; a number for each worker as it is."""
    value = float(row[key])
    return value if row["measure"] in each else text.hundredfold(value)


def _marks(row: Row, notes: Notes, cell: str = "period") -> dict[str, int]:
    return notes.marks({**row, "note": "; ".join(part for part in _parts(row) if part not in _UNMARKED)}, cell)


def _parts(row: Row) -> list[str]:
    return [part for part in (row["note"] or "").split("; ") if part]


def _any(rows: Sequence[Row], key: str) -> bool:
    return any(row[key] is not None for row in rows)


def _capital(measure: str) -> str:
    shown = measure.replace("_", " ")
    return shown[:1].upper() + shown[1:]
