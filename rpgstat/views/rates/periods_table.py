"""Pages of rates: `workforce`, a block for each measure with its course as a sparkline and its periods as lines; and `rates_trend`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, split
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.rates.said import capital
from rpgstat.views.series.course import sparkline

MOST_SENTENCES = 12
"""A file of many areas has too many measures for a sentence on each."""

_UNMARKED = (say("row.no_counts"), say("row.reference_period"))  # explained once for all rows


def lay_out(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """The lines of each measure in a block, the blocks of each area in a table."""
    columns = tuple(_columns(result, rows, notes.style))

    def block(measure: str, own: Sequence[Row]) -> Block:
        lines = tuple(Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, _marks(row, notes)) for row in own)
        course = "" if notes.style.wide else f"  {sparkline([row['rate'] for row in own], least=0.0)}"
        return Block(notes.clean(f"{capital(measure)}{course}"), lines)

    areas = list(split(rows, ("area",)))
    return columns, tuple(
        Section((), tuple(block(measure, own) for (measure,), own in split(found, ("measure",))), notes.clean(area or "") if len(areas) > 1 else "")
        for (area,), found in areas
    )


def sentences(rows: Sequence[Row]) -> Iterator[str]:
    """What the latest period of each measure says, where there are not too many."""
    latest = [own[-1]["sentence"] for _, own in split(rows, ("measure", "area"))]
    yield from latest if len(latest) <= MOST_SENTENCES else ()


def explained(result: Result, rows: Sequence[Row], style: Style) -> str:
    """The unit of changes, what the course is, and what else the data formats hold."""
    words = [in_points(result, rows)]
    if not style.wide:  # documents have the figure, and a screen reader would read out each block
        words.append("Beside each measure its course, from 0 to its highest rate.")
    beyond = ["numerators", "denominators"] * _any(rows, "numerator") + ["relative changes"] * _any(rows, "p_value")
    if beyond:
        listed = text.listing(beyond)
        words.append(f"{listed[0].upper()}{listed[1:]} stand in the data formats.")
    return " ".join(words)


def in_points(result: Result, rows: Sequence[Row]) -> str:
    """The unit of changes, which is another for measures that are no shares."""
    each = dict.fromkeys(capital(str(row["measure"])) for row in rows if row["measure"] in result.options.get("per_worker", ()))
    others = [f"those of {text.listing(list(each))} in cases per worker"] if each else []
    shown = dict.fromkeys(str(row["measure"]) for row in rows)
    for measure, per in result.options.get("per", {}).items():
        if measure in shown:
            others.append(f"{capital(measure)}: rates and changes are for each {text.number(per)}")
    return f"Changes are in percentage points{''.join(f', {words}' for words in others)}."


def lay_out_trend(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """One line for each measure and area."""
    style = notes.style
    columns = (
        Column("measure", "Measure", "left", lambda row: capital(str(row["measure"]))),
        *([Column("area", "Area", "left", lambda row: row["area"] or "")] if len({row["area"] for row in rows}) > 1 else []),
        Column("n", "Periods", "right", lambda row: style.cell("count", row["n"])),
        Column("slope", "Change per year", "right", _changed(result, "slope", style)),
        *_limits(result, rows, "slope", style),
        *_p_value(rows, style),
    )
    lines = tuple(Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, _marks(row, notes, "measure")) for row in rows)
    return columns, (Section((), (Block("", lines),)),) if lines else ()


def _columns(result: Result, rows: Sequence[Row], style: Style) -> Iterator[Column]:
    yield Column("period", "Period", "left", lambda row: str(row["period"]))
    yield Column("rate", "Rate", "right", lambda row: style.absent if row["rate"] is None else style.cell(result.kind("rate", row), row["rate"]))
    yield from _limits(result, rows, "conf", style)
    yield Column("change", "Change", "right", _changed(result, "change", style))
    yield from _limits(result, rows, "change", style)
    yield from _p_value(rows, style)
    if _any(rows, "relative") and not _any(rows, "p_value"):  # with intervals there is no room for it at 80 columns
        yield Column("relative", "Relative", "right", lambda row: style.absent if row["relative"] is None else style.signed("share", row["relative"]))
    yield Column("conclusion", "Conclusion", "left", lambda row: row["conclusion"] or "")


def _limits(result: Result, rows: Sequence[Row], name: str, style: Style) -> Iterator[Column]:
    low, high = f"{name}_low", f"{name}_high"

    def cell(row: Row) -> str:
        kind = result.kind(low, row)
        return style.absent if row[low] is None else style.interval("share_change" if kind == "rate" else kind, row[low], row[high])

    if _any(rows, low):
        yield Column(low, style.prose(f"{text.confidence(result.options.get('alpha', 0.05))} CI"), "right", cell)


def _p_value(rows: Sequence[Row], style: Style) -> Iterator[Column]:
    if _any(rows, "p_value"):
        yield Column("p_value", style.header("p_value", "p"), "right", lambda row: style.absent if row["p_value"] is None else style.cell("p", row["p_value"]))


def _changed(result: Result, key: str, style: Style) -> Callable[[Row], str]:
    """A change, or what stands where there is none."""

    def cell(row: Row) -> str:
        if row[key] is None:
            return "reference" if say("row.reference_period") in _parts(row) else style.absent
        return style.signed(result.kind(key, row), row[key])

    return cell


def _marks(row: Row, notes: Notes, cell: str = "period") -> dict[str, int]:
    return notes.marks({**row, "note": "; ".join(part for part in _parts(row) if part not in _UNMARKED)}, cell)


def _parts(row: Row) -> list[str]:
    return [part for part in (row["note"] or "").split("; ") if part]


def _any(rows: Sequence[Row], key: str) -> bool:
    return any(row[key] is not None for row in rows)
