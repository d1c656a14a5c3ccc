"""A result as a page for people shows it: which columns, under which headers, in which order, with rounded cells and numbered notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from rpgstat import text
from rpgstat.glossary import COLUMNS
from rpgstat.render._frame import finite
from rpgstat.result import Result

Row = Mapping[str, Any]
Show = Callable[[str], str]

SYMBOLS = {"higher": "▲", "lower": "▼", "different": "◆", "equivalent": "≈", "inconclusive": "·"}
"""The sign before each conclusion, so that it reads without colour."""

_ADJUSTMENTS = {"holm": "Holm", "bh": "BH", "bonferroni": "Bonferroni"}
_SECTION_KEYS = {"score": ("wave",), "compare": ("reference", "wave")}
_MAIN = {"score": "mean", "compare": "estimate"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a page; `header` is its label and `align` the side its cells keep to."""

    key: str
    header: str
    align: Literal["left", "right"]
    cell: Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells by column key, the result row behind them, and the number of its note, which stands in cell `marked`."""

    cells: Mapping[str, str]
    row: Row
    note: int | None
    marked: str


@dataclass(frozen=True, slots=True)
class Battery:
    """The statements of one battery, highest mean first, and the row of the battery score unless it repeats the only statement."""

    name: str
    items: tuple[Line, ...]
    score: Line | None

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.items, self.score) if self.score else self.items


@dataclass(frozen=True, slots=True)
class Section:
    """One wave of `score`, or one pair of waves of `compare`: reference first."""

    waves: tuple[str, ...]
    batteries: tuple[Battery, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for battery in self.batteries for line in battery.lines)


@dataclass(frozen=True, slots=True)
class Page:
    """A title, a table in sections, its numbered notes (the first is 1), and what stands below: the method, then the remarks."""

    name: str
    title: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for section in self.sections for line in section.lines)


def page(result: Result, show: Show = str) -> Page:
    """Lay out a `score` or `compare` result; every string of the page went through `show`, and all text is on one line."""

    def clean(words: str) -> str:
        return show(text.one_line(words))

    columns = tuple(_columns(result))
    numbers: dict[str, int] = {}
    main = _MAIN[result.name]

    def line(row: Row) -> Line:
        note = clean(row["note"] or "")
        number = numbers.setdefault(note, len(numbers) + 1) if note else None
        return Line({c.key: clean(c.cell(row)) for c in columns}, row, number, main if row[main] is None else "text")

    rows = finite(result.frame).to_dicts()
    ranked = [dict(row, rank=rank) for row, rank in zip(rows, _ranks(result.name, rows), strict=True)]
    sections = tuple(
        Section(tuple(clean(wave or "") for wave in waves), tuple(_battery(clean(name or ""), own, line) for (name,), own in _split(rows, ("battery",))))
        for waves, rows in _split(ranked, _SECTION_KEYS[result.name])
    )
    below = tuple(clean(words) for words in (result.method, *_conventions(result), *result.notes) if words)
    headed = tuple(replace(column, header=clean(column.header)) for column in columns)
    return Page(result.name, clean(result.title), headed, sections, tuple(numbers), below)


def _split(rows: Sequence[Row], keys: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], list[Row]]]:
    parts: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        parts.setdefault(tuple(row[key] for key in keys), []).append(row)
    yield from parts.items()


def _battery(name: str, rows: Sequence[Row], line: Callable[[Row], Line]) -> Battery:
    items = sorted((row for row in rows if row["item"] is not None), key=lambda row: (row["rank"] is None, row["rank"]))
    scores = [row for row in rows if row["item"] is None]
    return Battery(name, tuple(line(row) for row in items), line(scores[0]) if scores and len(items) != 1 else None)


def _ranks(name: str, rows: Sequence[Row]) -> list[int | None]:
    # `compare` has no rank of its own: its statements are ranked by the later mean, as `score` ranks that wave.
    if name == "score":
        return [row["rank"] for row in rows]
    means: dict[tuple[Any, ...], list[float]] = {}
    for row in rows:
        if _is_ranked(row):
            means.setdefault(_family(row), []).append(row["mean"])
    return [1 + sum(mean > row["mean"] for mean in means[_family(row)]) if _is_ranked(row) else None for row in rows]


def _is_ranked(row: Row) -> bool:
    return row["item"] is not None and row["mean"] is not None


def _family(row: Row) -> tuple[Any, ...]:
    return row["reference"], row["wave"], row["battery"]


def _conventions(result: Result) -> Iterator[str]:
    if result.frame.is_empty():
        yield "There is nothing to show: the result has no rows."
    elif result.name == "compare":
        yield "Statements are ranked by their mean in the later wave."


def _columns(result: Result) -> Iterator[Column]:
    yield Column("rank", COLUMNS["rank"].label, "right", lambda row: "" if row["item"] is None else text.cell("rank", row["rank"]))
    yield Column("text", COLUMNS["text"].label, "left", lambda row: "Battery score" if row["item"] is None else row["text"] or text.NONE)
    yield from _score_columns(result) if result.name == "score" else _compare_columns(result)


def _score_columns(result: Result) -> Iterator[Column]:
    yield from map(_plain, ("n", "not_applicable", "missing", "mean"))
    yield _interval(result)
    yield _plain("p_value")
    yield _plain("agree")
    yield _with_sign("net", text.signed_percent)
    yield Column("verdict", COLUMNS["verdict"].label, "left", lambda row: text.cell("text", row["verdict"]))


def _compare_columns(result: Result) -> Iterator[Column]:
    yield from map(_plain, ("n_reference", "n", "mean_reference", "mean"))
    yield _with_sign("estimate", text.signed)
    yield _interval(result)
    yield _p(result)
    if "bf10" in result.frame.columns:
        yield _plain("bf10")
    names = result.frame["effect_name"].drop_nulls()
    header = {"g": "Hedges g", "delta": "Cliff’s delta", "V": "Cramer’s V"}.get(names[0] if len(names) else "", COLUMNS["effect"].label)
    yield _with_sign("effect", text.signed, header)
    yield Column("conclusion", COLUMNS["conclusion"].label, "left", _conclusion)


def _plain(key: str) -> Column:
    entry = COLUMNS[key]
    return Column(key, entry.label, "right", lambda row: text.cell(entry.kind, row[key]))


def _with_sign(key: str, write: Callable[[float], str], header: str = "") -> Column:
    return Column(key, header or COLUMNS[key].label, "right", lambda row: text.NONE if row[key] is None else write(row[key]))


def _interval(result: Result) -> Column:
    def cell(row: Row) -> str:
        low, high = row["conf_low"], row["conf_high"]
        return text.NONE if low is None or high is None else text.interval(low, high)

    return Column("interval", f"{text.confidence(result.options.get('alpha', 0.05))} CI", "right", cell)


def _p(result: Result) -> Column:
    adjust = result.options.get("adjust", "holm")
    if adjust == "none":
        return _plain("p_value")
    return Column("p_adjusted", f"p ({_ADJUSTMENTS.get(adjust, adjust)})", "right", lambda row: text.cell("p", row["p_adjusted"]))


def _conclusion(row: Row) -> str:
    word = row["conclusion"]
    return text.NONE if word is None else f"{SYMBOLS.get(word, '')} {word}".strip()
