"""What a study cannot tell, made from what it is: no baseline, nobody to compare with, small groups, and whatever else holds of it."""

from __future__ import annotations

from collections.abc import Iterator

from rpgstat import text
from rpgstat.glossary.sentences import closing, listing, say
from rpgstat.media.pages import Row, withheld
from rpgstat.reporting.findings import Findings, named
from rpgstat.reporting.first.finding import Finding
from rpgstat.reporting.first.survey import runs_against, uncertain
from rpgstat.result import Result
from rpgstat.views.rows import rows_of
from rpgstat.views.theory.timeline import moment


def limits(found: Findings) -> Iterator[Finding]:
    """Each limitation in a sentence."""
    for words in (*_of_survey(found), *_of_groups(found), *_of_figures(found)):
        yield Finding("limits", words)


def _of_survey(found: Findings) -> Iterator[str]:
    score = named(found.score, "score")
    if score is None:
        return
    waves = list(score.frame["wave"].unique(maintain_order=True))
    if len(waves) == 1:
        yield say("first.one_wave")
    else:
        yield from _baseline(found, text.one_line(waves[0]))
        yield say("first.no_comparison")
        yield from _same_people(found)
    response = named(found.response, "response")
    asked = [row["invited"] for row in rows_of(response) if row["group"] is None] if response else []
    if any(n is None for n in asked):
        yield say("first.not_invited")
    if uncertain(found):
        yield say("first.uncertain_scale")
    plain = (str(row["battery"]).removesuffix(closing("heading.uncertain")) for result in (score, *found.compare) for row in _scores(result))
    against = list(dict.fromkeys(text.shortened(name, 60) for name in plain))
    if against:
        yield say("first.one_way", len(against), batteries=listing(against))


def _scores(result: Result) -> Iterator[Row]:
    """The scores of batteries some of whose statements run against the others."""
    return (row for row in rows_of(result) if "battery" in row and runs_against(row))


def _baseline(found: Findings, first: str) -> Iterator[str]:
    """What the timeline has of a time before the first wave; where there is none, nobody can tell what that wave is before."""
    timeline = named(found.timeline, "timeline")
    rows = rows_of(timeline) if timeline else []
    begun = min((row["first"] for row in rows if row["wave"]), default=None)
    earlier = [row for row in rows if not row["wave"] and begun and row["first"] < begun]
    if earlier:
        yield say("first.no_baseline", what=text.shortened(earlier[0]["text"], 60), when=moment(earlier[0]["first"]), wave=first)
    elif not rows:
        yield say("first.baseline_unknown", wave=first)


def _same_people(found: Findings) -> Iterator[str]:
    results = [result for result in (named(found.trend, "trend_waves"), named(found.compare, "compare")) if result]
    if results and any(note == say("note.independent") for result in results for note in result.notes):
        yield say("first.same_people")


def _of_groups(found: Findings) -> Iterator[str]:
    parted = [result for results in found.breakdown.values() if not isinstance(results, str) for result in results if result.name == "breakdown"]
    if any(withheld(row) for result in parted for row in result.rows):
        yield say("first.small_groups")
    if found.weighted:
        yield say("first.weighted")


def _of_figures(found: Findings) -> Iterator[str]:
    if (result := named(found.workforce, "workforce")) and not any(_tested(row) for row in rows_of(result)):
        yield say("first.untested_rates")


def _tested(row: Row) -> bool:
    return row["p_value"] is not None
