"""Columns of SPSS and Stata files: the label is the text of a question, value labels are its answers."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from rpgstat.read.codebook import Codebook, Recode, Variable, coded
from rpgstat.read.export import Export
from rpgstat.read.found import Found
from rpgstat.read.headers import Sort, clean, sort
from rpgstat.read.layout import Layout
from rpgstat.read.stems import Heading, headings
from rpgstat.study import Column

_MOST = 60  # different cells of a column that are looked at


def header_rows(export: Export) -> int:  # noqa: ARG001 - the same question to every platform
    """One: the names of the variables."""
    return 1


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by the labels of variables and values. A variable with one value only, or of a multiple-response set, is a tick-box."""
    book = export.codebook or Codebook()
    names = export.records[0]
    variables = [book.variables.get(name, Variable(name)) for name in names]
    found = Found()
    texts = headings([(one.name, clean(one.text) or one.name) for one in variables])
    for values, variable, heading in zip(sample, variables, texts, strict=True):
        _add(found, values, variable, heading)
    return found.layout()


def _add(found: Found, values: pl.Series, variable: Variable, heading: Heading) -> None:
    kind = kind_of(variable)
    plain = Column(values.name, heading.text, stem=heading.stem, block=heading.block, variable=variable.name)
    if kind != "meta" and found.kept_apart(plain, kind, values):
        return
    seen = set(values.drop_nulls().unique().head(_MOST))
    column, recode = coded(plain, variable, seen)
    if recode:
        found.recodes[values.name] = recode
    if kind == "meta":
        column = replace(column, kind="meta")
    elif ticked := _tick(variable, seen):
        found.recodes[values.name] = {**dict.fromkeys(recode), **ticked}
        column = replace(column, kind="tick", stem=variable.stem or heading.stem, options=(), off=())
    elif variable.stem:
        column = replace(column, kind="tick", stem=variable.stem)
    found.columns.append(column)


def kind_of(variable: Variable) -> Sort:
    """What a variable is by its name or its label, whichever says more."""
    kinds = sort(variable.name), sort(variable.text or variable.name)
    return next((kind for kind in ("personal", "free", "id", "meta") if kind in kinds), "answer")


def _tick(variable: Variable, seen: set[str]) -> Recode:
    """What the cells of a tick-box stand for; nothing for any other variable."""
    valid = [code for code in variable.codes if not code.missing]
    if len(valid) == 1 and seen <= {valid[0].cell, *(code.cell for code in variable.codes)}:
        return {valid[0].cell: " ".join(valid[0].label.split())}
    return {}
