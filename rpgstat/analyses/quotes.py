"""`quotes`: the quotations that the evaluator chose, with what was checked of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rpgstat.analyses._rows import titled
from rpgstat.glossary.sentences import say
from rpgstat.result import Result, table
from rpgstat.study import Study


def quotes(study: Study, rows: Iterable[Mapping[str, Any]], warnings: Iterable[str]) -> Result:
    """Result `quotes`: a row for each quotation, by theme in the order of the study; what is looked for in them is said below."""
    place = {theme.name: at for at, theme in enumerate(study.themes)}
    ordered = sorted(rows, key=lambda row: place.get(row["theme"], len(place)))
    frame = table("quotes", [{key: value for key, value in row.items() if key != "id"} for row in ordered])
    ids = {row["quote"]: row["id"] for row in ordered}
    return Result("quotes", titled(study, say("title.quotes")), frame, "", (say("themes.quotes"),), {"ids": ids}, warnings=tuple(warnings))
