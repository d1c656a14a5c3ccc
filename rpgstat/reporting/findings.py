"""What a report is made of: the results of each command that the study has something for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

import polars as pl

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.study.report import Layout


@record
class Findings:
    """The results of a study by command, none where the study has nothing for one; `title`, `author`, `date` and `about` may be empty.

    `breakdown` has the results of each grouping, or the reason why there is nothing to show of it; `trend` is over three waves or more; `remarks` are
    what reading said; `weighted` is whether the answers of the survey are;
    `layout` and the picture `logo` are of the report.
    """

    title: str = ""
    findings: Sequence[Result] = ()
    response: Sequence[Result] = ()
    score: Sequence[Result] = ()
    compare: Sequence[Result] = ()
    trend: Sequence[Result] = ()
    breakdown: Mapping[str, Sequence[Result] | str] = field(default_factory=dict)
    reliability: Sequence[Result] = ()
    topline: Sequence[Result] = ()
    themes: Sequence[Result] = ()
    agreement: Sequence[Result] = ()
    joint: Sequence[Result] = ()
    theory: Sequence[Result] = ()
    timeline: Sequence[Result] = ()
    workforce: Sequence[Result] = ()
    indicators: Sequence[Result] = ()
    remarks: Sequence[str] = ()
    author: str = ""
    date: str = ""
    about: str = ""
    weighted: bool = False
    layout: Layout = field(default_factory=Layout)
    logo: bytes = b""

    def results(self) -> Iterator[Result]:
        """All results in the order of the report."""
        groups = [found for found in self.breakdown.values() if not isinstance(found, str)]
        for found in (
            self.findings,
            self.response,
            self.score,
            self.compare,
            self.trend,
            *groups,
            self.reliability,
            self.topline,
            self.themes,
            self.agreement,
            self.joint,
            self.theory,
            self.timeline,
            self.workforce,
            self.indicators,
        ):
            yield from found


def named(results: Sequence[Result], name: str) -> Result | None:
    """The result of that name among those of a command, when it has rows."""
    return next((result for result in results if result.name == name and result.frame.height), None)


def batteries(result: Result) -> list[str]:
    """The names of the batteries, in the order of the study."""
    return list(result.frame["battery"].unique(maintain_order=True))


def by_grouping(result: Result) -> list[tuple[str, Result]]:
    """The rows of everyone, "", then those of each grouping, as results of their own, whose rows need not name it."""
    parts = result.frame.partition_by("by", maintain_order=True, as_dict=True)
    return [(by or "", replace(result, frame=rows.with_columns(by=pl.lit(None, pl.String)))) for (by,), rows in parts.items()]


def of_battery(result: Result, battery: str, title: str) -> Result:
    """The rows of one battery as a result of its own, under another title."""
    return replace(result, frame=result.frame.filter(pl.col("battery") == battery), title=title)


def battery_scores(result: Result, title: str) -> Result:
    """The battery scores alone, as the rows of one table."""
    scores = result.frame.filter(pl.col("item").is_null())
    return replace(result, frame=scores.with_columns(item=pl.col("battery"), text=pl.col("battery"), battery=pl.lit(say("report.scores"))), title=title)


def moving(indicators: Sequence[Result]) -> set[str]:
    """The series in which a trend, or a step or bend at an event, is found."""
    found = {row["series"] for result in indicators if result.name == "trend" for row in result.rows if row["conclusion"] in ("rose", "fell")}
    for result in indicators:
        if result.name == "events":
            tested = ((row["series"], row[key]) for row in result.rows for key in ("p_level_adjusted", "p_slope_adjusted"))
            found |= {series for series, p in tested if p is not None and p < result.options["alpha"]}
    return found


def without(result: Result, *columns: str) -> Result:
    """The result without what some columns say: a table does not show a column that no row has a value for."""
    return replace(result, frame=result.frame.with_columns(pl.lit(None).cast(result.frame.schema[name]).alias(name) for name in columns))
