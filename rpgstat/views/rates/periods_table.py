"""Pages of rates: `workforce`, a block for each measure with its course as a sparkline and its periods as lines; and `rates_trend`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rpgstat import text
from rpgstat.glossary import COLUMNS
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, split
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.rates.said import capital
from rpgstat.views.series.course import sparkline

MOST_SENTENCES = 12
"""A file of many areas has too many measures for a sentence on each."""


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
        words.append(say("legend.course_rates"))
    counts, relative = _any(rows, "numerator"), _any(rows, "p_value")
    if counts or relative:
        words.append(say("legend.beyond_both") if counts and relative else say("legend.beyond_counts") if counts else say("legend.beyond_relative"))
    return " ".join(words)


def in_points(result: Result, rows: Sequence[Row]) -> str:
    """The unit of changes, which is another for measures that are no shares."""
    each = dict.fromkeys(capital(str(row["measure"])) for row in rows if row["measure"] in result.options.get("per_worker", ()))
    others = [say("legend.each", measures=listing(list(each)))] if each else []
    shown = dict.fromkeys(str(row["measure"]) for row in rows)
    for measure, per in result.options.get("per", {}).items():
        if measure in shown:
            others.append(say("legend.for_each", measure=capital(measure), per=text.number(per)))
    return say("legend.in_points", others="".join(f", {words}" for words in others))


def lay_out_trend(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """One line for each measure and area."""
    style = notes.style
    columns = (
        Column("measure", COLUMNS["measure"].label, "left", lambda row: capital(str(row["measure"]))),
        *([Column("area", COLUMNS["area"].label, "left", lambda row: row["area"] or "")] if len({row["area"] for row in rows}) > 1 else []),
        Column("n", say("heading.periods"), "right", lambda row: style.cell("count", row["n"])),
        Column("slope", say("heading.change_per_year"), "right", _changed(result, "slope", style)),
        *_limits(result, rows, "slope", style),
        *_p_value(rows, style),
    )
    lines = tuple(Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, _marks(row, notes, "measure")) for row in rows)
    return columns, (Section((), (Block("", lines),)),) if lines else ()


def _columns(result: Result, rows: Sequence[Row], style: Style) -> Iterator[Column]:
    yield Column("period", COLUMNS["period"].label, "left", lambda row: str(row["period"]))
    yield Column("rate", COLUMNS["rate"].label, "right", lambda row: style.absent if row["rate"] is None else style.cell(result.kind("rate", row), row["rate"]))
    yield from _limits(result, rows, "conf", style)
    yield Column("change", COLUMNS["change"].label, "right", _changed(result, "change", style))
    yield from _limits(result, rows, "change", style)
    yield from _p_value(rows, style)
    if _any(rows, "relative") and not _any(rows, "p_value"):  # with intervals there is no room for it at 80 columns
        yield Column(
            "relative", say("heading.relative"), "right", lambda row: style.absent if row["relative"] is None else style.signed("share", row["relative"])
        )
    yield Column(
        "conclusion", COLUMNS["conclusion"].label, "left", lambda row: word("rate_conclusion", row["conclusion"].replace(" ", "_")) if row["conclusion"] else ""
    )


def _limits(result: Result, rows: Sequence[Row], name: str, style: Style) -> Iterator[Column]:
    low, high = f"{name}_low", f"{name}_high"

    def cell(row: Row) -> str:
        kind = result.kind(low, row)
        return style.absent if row[low] is None else style.interval("share_change" if kind == "rate" else kind, row[low], row[high])

    if _any(rows, low):
        yield Column(low, style.prose(say("heading.interval", level=text.confidence(result.options.get("alpha", 0.05)))), "right", cell)


def _p_value(rows: Sequence[Row], style: Style) -> Iterator[Column]:
    if _any(rows, "p_value"):
        yield Column(
            "p_value",
            style.header("p_value", COLUMNS["p_value"].label),
            "right",
            lambda row: style.absent if row["p_value"] is None else style.cell("p", row["p_value"]),
        )


def _changed(result: Result, key: str, style: Style) -> Callable[[Row], str]:
    """A change, or what stands where there is none."""

    def cell(row: Row) -> str:
        if row[key] is None:
            return say("heading.reference") if say("row.reference_period") in _parts(row) else style.absent
        return style.signed(result.kind(key, row), row[key])

    return cell


def _marks(row: Row, notes: Notes, cell: str = "period") -> dict[str, int]:
    explained = (say("row.no_counts"), say("row.reference_period"))  # once for all rows
    return notes.marks({**row, "note": "; ".join(part for part in _parts(row) if part not in explained)}, cell)


def _parts(row: Row) -> list[str]:
    return [part for part in (row["note"] or "").split("; ") if part]


def _any(rows: Sequence[Row], key: str) -> bool:
    return any(row[key] is not None for row in rows)
