"""Files of SPSS and Stata, every cell as text, with what they say of their own columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from rpgstat.errors import UserError, is_scarcity
from rpgstat.read.codebook import Code, Codebook, Variable
from rpgstat.read.table import RECORDS, Body, Numbered, Table, as_records, blank_to_null, numbered, positional, sample_rows, without_blank_rows
from rpgstat.study.survey import Measure

_LEGACY = "WINDOWS-1252"  # what most old programs wrote that did not say what they write
_MOST_CELLS = 400_000_000
"""Cells that a file may claim to have, before any are read: eight bytes each are 3 GB."""


def open_spss(path: Path, name: str) -> Table:
    """Opens a .sav or .zsav file: value labels, missing values and multiple-response sets are its codebook. Raises UserError for a damaged one."""
    import pyreadstat  # half a second, and only these files need it

    return _table(partial(pyreadstat.read_sav, str(path)), name, "spss")


def open_stata(path: Path, name: str) -> Table:
    """Opens a .dta file; its codebook has the value labels, and `.a` to `.z` as codes of missing answers. Raises UserError for a damaged one."""
    import pyreadstat

    return _table(partial(pyreadstat.read_dta, str(path)), name, "stata")


def _table(reader: Callable[..., tuple[Any, Any]], name: str, kind: str) -> Table:
    frame, meta, warnings = _read(reader, name)
    names = tuple(map(str, frame.columns))
    if not names or not frame.height:
        raise UserError(f"{name}: no answers in it", "export it again with its responses")
    cells = _without_missing(frame, meta)
    text = cells.select(_as_text(cells[column]).alias(new) for new, column in zip(positional(len(names)), cells.columns, strict=True))
    rows = without_blank_rows(text.lazy()).collect()
    book = Codebook({one: _variable(one, meta, frame[one].dtype) for one in names})
    records = (names, *as_records(rows.head(RECORDS - 1)))
    return Table(records, partial(_body, rows), partial(_numbered, names, text), str(meta.file_encoding or "utf-8"), warnings, codebook=book, kind=kind)


def _body(rows: pl.DataFrame, header_rows: int) -> Body:
    frame = rows.slice(header_rows - 1)
    return Body(frame.lazy(), frame.head(sample_rows(frame.width)))


def _numbered(names: tuple[str, ...], text: pl.DataFrame) -> list[Numbered]:
    return [(1, names), *numbered(text, first=2)]


def _read(reader: Callable[..., tuple[Any, Any]], name: str) -> tuple[pl.DataFrame, Any, tuple[str, ...]]:
    """The frame and what is known of it. A file that does not say how it is encoded, or has days beyond the calendar, gets a second chance."""
    _, meta = _attempt(partial(reader, metadataonly=True), name, then=partial(reader, metadataonly=True, encoding=_LEGACY))
    if (meta.number_rows or 0) * meta.number_columns > _MOST_CELLS:
        raise UserError(f"{name}: says that it has {meta.number_rows:,} rows of {meta.number_columns:,} columns", "export the questions that you need only")
    asked: dict[str, Any] = {"output_format": "polars", "user_missing": True}
    days, legacy = {"disable_datetime_conversion": True}, {"encoding": _LEGACY}
    tries: tuple[dict[str, Any], ...] = (asked, asked | days, asked | legacy, asked | days | legacy)
    for number, options in enumerate(tries):
        try:
            frame, meta = reader(**options)
        except Exception as error:
            if is_scarcity(error):
                raise
            if number == len(tries) - 1:
                raise _damaged(name) from error
            continue
        told = ("does not say how its text is encoded; read as windows-1252; check accented letters",) if "encoding" in options else ()
        return frame, meta, told
    raise _damaged(name)


def _attempt(first: Callable[[], Any], name: str, *, then: Callable[[], Any]) -> Any:
    try:
        return first()
    except Exception as error:
        if is_scarcity(error):
            raise
        try:
            return then()
        except Exception as again:
            if is_scarcity(again):
                raise
            raise _damaged(name) from again


def _damaged(name: str) -> UserError:
    return UserError(f"{name}: is damaged, or no file that SPSS or Stata would open", "export it again, or as CSV")


def _as_text(column: pl.Series) -> pl.Series:
    """Whole numbers as "4", others with a point, days and times in ISO form."""
    if column.dtype == pl.Object:
        return pl.Series([None if cell is None else _number(cell) for cell in column], dtype=pl.String)
    if column.dtype == pl.Null:
        return pl.Series([None] * len(column), dtype=pl.String)
    frame = column.alias("cell").to_frame()
    if column.dtype.is_float():
        return frame.select(pl.col("cell").fill_nan(None).cast(pl.String).str.strip_suffix(".0")).to_series()
    text = pl.col("cell").cast(pl.String).str.strip_chars()
    if column.dtype == pl.Datetime:
        text = text.str.replace(r"\.0+$", "")
    return frame.select(blank_to_null(text)).to_series()


def _number(cell: Any) -> str:
    return str(cell).removesuffix(".0")


def _without_missing(frame: pl.DataFrame, meta: Any) -> pl.DataFrame:
    """The frame without the user-missing values that have no label: what has one is looked at by its words."""
    changed = []
    for column, ranges in (meta.missing_ranges or {}).items():
        labelled = list((meta.variable_value_labels or {}).get(column, {}))
        if column in frame.columns and frame[column].dtype != pl.Object:
            missing = _in_ranges(pl.col(column), ranges, text=frame[column].dtype == pl.String)
            changed.append(pl.when(~missing | pl.col(column).is_in(labelled)).then(pl.col(column)).alias(column))
    return frame.with_columns(changed)


def _in_ranges(column: pl.Expr, ranges: Iterable[Mapping[str, Any]], *, text: bool) -> pl.Expr:
    each = [(one["lo"], one["hi"]) for one in ranges]
    found = [column.is_between(low, high) for low, high in each if isinstance(low, str) == text and isinstance(high, str) == text]
    return pl.any_horizontal(found or [pl.lit(False)]).fill_null(False)


def _variable(name: str, meta: Any, dtype: pl.DataType) -> Variable:
    labels = (meta.variable_value_labels or {}).get(name, {})
    ranges = (meta.missing_ranges or {}).get(name, ())
    user = set((meta.missing_user_values or {}).get(name, ()))
    codes = tuple(
        Code(_number(value), str(label), value in user or (isinstance(value, str) and dtype != pl.String) or any(_within(value, one) for one in ranges))
        for value, label in sorted(labels.items(), key=lambda pair: (isinstance(pair[0], str), pair[0]))
    )
    codes += tuple(Code(str(value), "missing", missing=True) for value in sorted(map(str, user)) if value not in labels)
    told = meta.variable_measure.get(name)
    measure: Measure = "ordinal" if told == "ordinal" else "nominal" if told == "nominal" else ""
    return Variable(name, " ".join((meta.column_names_to_labels.get(name) or "").split()), codes, measure, _set_of(name, meta))


def _within(value: Any, one: Mapping[str, Any]) -> bool:
    try:
        return bool(one["lo"] <= value <= one["hi"])
    except TypeError:
        return False


def _set_of(name: str, meta: Any) -> str:
    """The label of the multiple-response set that a variable belongs to."""
    sets = (meta.mr_sets or {}).items()
    return next((str(one.get("label") or key).strip() for key, one in sets if name in (one.get("variable_list") or ())), "")
