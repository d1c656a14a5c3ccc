"""Pages of results that are plain tables: which columns stand, and what parts the rows into tables and blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rpgstat import text
from rpgstat.glossary import COLUMNS, NOT_INVITED, RESULTS, SOME_SUPPRESSED, label
from rpgstat.render._model import Block, Column, Line, Notes, Row, Section, absent, split
from rpgstat.render._style import Style
from rpgstat.result import Result


@dataclass(frozen=True)
class Plan:
    """`columns` by name, `low..high` being an interval; rows of equal `sections` make a table, rows of equal `block` a block in it."""

    columns: tuple[str, ...]
    sections: tuple[str, ...] = ()
    block: str | None = None


def _plan(columns: str, sections: str = "", block: str | None = None) -> Plan:
    return Plan(tuple(columns.split()), tuple(sections.split()), block)


PLANS: dict[str, Plan] = {
    "interaction": _plan("text groups f_statistic df1 df2 p_value", "reference wave by", "battery"),
    "omnibus": _plan("text groups n f_statistic df1 df2 p_value omega_squared h_statistic h_p_value epsilon_squared", "wave by", "battery"),
    "post_hoc": _plan("text group other estimate conf_low..conf_high p_adjusted", "wave by", "battery"),
    "scales": _plan("battery wave n items alpha alpha_low..alpha_high omega mean_r"),
    "items": _plan("text item_rest alpha_if_dropped n missing floor ceiling", "wave", "battery"),
    "response": _plan("wave invited returned usable rate change answered partial straight_liners duplicate_ids", "by", "group"),
    "trend": _plan("series n first_value last_value slope slope_low..slope_high percent_per_year p_value p_adjusted conclusion"),
    "events": _plan(
        "series event period level_change level_low..level_high p_level p_level_adjusted slope_change slope_low..slope_high p_slope p_slope_adjusted"
    ),
    "population": _plan("group n share population_share difference chi_square df p_value", "wave by"),
}
"""Result name -> its plan; a result without one shows all its columns."""

SIGNED = frozenset("estimate effect net agree_change standardised change difference relative slope slope_change level_change percent_per_year".split())
"""Columns that show a plus sign before a positive number."""

_DECLARED = frozenset({"invited", "population_share"})
"""Columns that the study declares: nothing in them is ever withheld."""

EVERYONE = "Everyone"
"""The rows of no group in particular."""

_ANYWAY = frozenset({"text", "battery", "wave", "group"})
"""Columns that stand even where no row has a value."""


def lay_out(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """The columns that some row has a value for, and the rows in sections and blocks."""
    plan = PLANS.get(result.name) or Plan(tuple(c for c in RESULTS[result.name] if c != "note" and COLUMNS[c].kind not in ("words", "counts")))
    columns = tuple(_columns(result, plan, rows, notes.style))
    sections = tuple(key for key in plan.sections if key in result.frame.columns)

    once = told_once(rows)

    def line(row: Row) -> Line:
        own = "; ".join(note for note in (row["note"] or "").split("; ") if note not in (NOT_INVITED, SOME_SUPPRESSED))  # the latter is [c]
        marked = {} if row["note"] in once or not own else notes.marks({**row, "note": own}, columns[0].key)
        return Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, marked)

    def blocks(found: Sequence[Row]) -> tuple[Block, ...]:
        keys = (plan.block,) if plan.block else ()
        return tuple(Block(notes.clean("".join(name or EVERYONE for name in names)), tuple(map(line, own))) for names, own in split(found, keys))

    return columns, tuple(Section((), blocks(found), notes.clean(_title(keys))) for keys, found in split(rows, sections))


IN_POINTS = {"trend": "Slopes of shares are in percentage points.", "events": "Steps of shares, and changes of their slopes, are in percentage points."}
"""Result name -> the unit of its changes, where a series is a share."""


def told_once(rows: Sequence[Row]) -> list[str]:
    """The notes that stand once below, not on each line: one that every row of a longer table bears, and that nobody knows how many were invited."""
    found = list(dict.fromkeys(row["note"] for row in rows))
    everywhere = len(rows) > 1 and len(found) == 1
    unknown = [NOT_INVITED] if any(NOT_INVITED in (note or "") for note in found) else []
    return [note for note in found if note and everywhere] or unknown


def _title(keys: Sequence[Any]) -> str:
    return ", ".join(str(key) for key in keys if key is not None)


def _columns(result: Result, plan: Plan, rows: Sequence[Row], style: Style) -> Iterator[Column]:
    for name in plan.columns:
        key, _, high = name.partition("..")
        if (key not in _ANYWAY and all(row.get(key) is None for row in rows)) or _repeats(result, key):
            continue
        if high:
            yield Column(name, style.prose(f"{text.confidence(result.options.get('alpha', 0.05))} CI"), "right", _interval(result, key, high, style))
        else:
            words = COLUMNS[key].kind == "text"
            yield Column(key, style.header(key, label(result.name, key)), "left" if words else "right", _cell(result, key, style))


def _repeats(result: Result, key: str) -> bool:
    """Whether a column of adjusted p says what the one beside it does."""
    return result.name in ("trend", "events") and key.endswith("_adjusted") and result.options.get("adjust", "none") == "none"


def _cell(result: Result, key: str, style: Style) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        value, kind = row[key], result.kind(key, row)
        if value is None:
            return "" if kind == "text" else style.absent if key in _DECLARED else absent(row, key, style)
        if key == "text" and row.get("item", "") is None:
            return "Battery score"
        return style.signed(kind, value) if key in SIGNED else style.cell(kind, value)

    return cell


def _interval(result: Result, low: str, high: str, style: Style) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        return absent(row, low, style) if row[low] is None or row[high] is None else style.interval(result.kind(low, row), row[low], row[high])

    return cell
