"""Queries on cells as they are written, in expressions that every lazy engine has, over a namespace."""

from __future__ import annotations

from typing import Any

from rpgstat.tally._spec import AnsweredOf, Conditions, TextsOf, Who


def of_texts(ns: Any, query: TextsOf | AnsweredOf, rows: Any, who: Who) -> Any:
    """The counts that a query asks of rows with a column for the wave and each group, and the cells under their columns' names."""
    return _texts(ns, query, rows, who) if isinstance(query, TextsOf) else _answered(ns, query, rows, who)


def _texts(ns: Any, query: TextsOf, rows: Any, who: Who) -> Any:
    cells = [ns.col(name).fill_null("").alias(name) for name in query.columns]
    long = (
        _asked(ns, query.asked, rows).select(*who.keys, *cells).unpivot(on=list(query.columns), index=list(who.keys), variable_name="column", value_name="cell")
    )
    return long.group_by(*who.keys, "column", "cell").agg(ns.len().alias("n"))


def _answered(ns: Any, query: AnsweredOf, rows: Any, who: Who) -> Any:
    nothing = ["", *query.nothing]
    told = [(~ns.col(name).fill_null("").is_in(nothing)).cast(ns.Int32) for name in query.columns]
    people = _asked(ns, query.asked, rows).select(*who.keys, (ns.sum_horizontal(*told) > 0).cast(ns.Int64).alias("told"))
    return people.group_by(*who.keys).agg(ns.len().alias("n"), ns.col("told").sum().alias("answered"))


def _asked(ns: Any, conditions: Conditions, rows: Any) -> Any:
    """The rows of those whom a question was for."""
    for part in conditions:
        found = ns.lit(False)
        for column, cells in part:
            found = found | ns.col(column).fill_null("").is_in(list(cells))
        rows = rows.filter(found)
    return rows
