"""The first page: what was studied, and what was found, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from rpgstat import text
from rpgstat.glossary import FOUND
from rpgstat.glossary.sentences import listing, say
from rpgstat.media.document import Heading, Paragraph, Point
from rpgstat.media.pages import Row, split
from rpgstat.media.style import Style, writing
from rpgstat.reporting import changes, over_waves, survey, worked
from rpgstat.reporting.changes import Said
from rpgstat.reporting.chapters import Piece, bullets, rates
from rpgstat.reporting.findings import Findings, named
from rpgstat.reporting.quoting import quoted
from rpgstat.views import view
from rpgstat.views.rows import rows_of
from rpgstat.views.themes import joint_table, said

_STATEMENTS, _MOST = 3, 8
"""Statements of a battery that are told one by one; groups, measures and series that are."""


def summary(findings: Findings, style: Style) -> Iterator[Piece]:
    """The findings of each part of the study that there is."""
    yield Heading(say("chapter.summary"))
    yield from (Paragraph(words) for words in (_headline(findings, style), _about(findings)) if words)
    parts = {
        say("chapter.survey"): _survey(findings, style),
        say("report.said"): _themes(findings, style),
        say("report.joint"): _joint(findings, style),
        say("chapter.workforce"): _workforce(findings, style),
        say("chapter.indicators"): _indicators(findings, style),
        say("chapter.worked"): worked.contradicted(findings, style),
    }
    for title, points in parts.items():
        if points:
            yield Heading(title, 2)
            yield from bullets(points)
    yield Heading(say("chapter.how_to_read"), 2)
    yield Paragraph(_reading(findings, style))


def _headline(findings: Findings, style: Style) -> str:
    """What the survey found, or else the other figures: the first thing to be read."""
    asked = (
        named(findings.trend, "trend_waves"),
        named(findings.compare, "compare"),
        named(findings.score, "score"),
        named(findings.workforce, "workforce"),
        named(findings.indicators, "trend"),
    )
    first = next(filter(None, asked), None)
    return text.one_line(view(first.name).headline(first, style).words) if first else ""


def _about(findings: Findings) -> str:
    """What the report covers."""
    told = []
    if score := named(findings.score, "score"):
        waves = [text.one_line(wave) for wave in score.frame["wave"].unique(maintain_order=True)]
        items = score.frame.filter(score.frame["item"].is_not_null()).select("battery", "item").n_unique()
        times = _times(len(waves))
        told.append(say("report.survey", statements=say("count.statements", items, n=text.count(items)), times=times, waves=listing(waves)))
    if themes := named(findings.themes, "themes"):
        sources = [f"“{text.one_line(source)}”" for source in themes.frame["source"].unique(maintain_order=True)]
        told.append(say("report.coded", sources=listing(sources)))
    if found := named(findings.workforce, "workforce"):
        periods = found.frame["period"].unique(maintain_order=True).sort()
        told.append(say("report.rates", periods=say("time.span", first=periods[0], last=periods[-1]) if len(periods) > 1 else periods[0]))
    if trend := named(findings.indicators, "trend"):
        told.append(say("report.series", series=say("count.series", trend.frame.height, n=text.count(trend.frame.height))))
    return say("report.covers", told="; ".join(told))


def _times(n: int) -> str:
    return say("time.once") if n == 1 else say("time.twice") if n == 2 else say("time.times", n=text.count(n))


def _survey(findings: Findings, style: Style) -> list[Point]:
    answered, compare, score = named(findings.response, "response"), named(findings.compare, "compare"), named(findings.score, "score")
    found = list(survey.returned([row for row in rows_of(answered) if row["group"] is None], style)) if answered else []
    if trend := named(findings.trend, "trend_waves"):
        found += over_waves.summary(trend, style, _STATEMENTS)
    elif compare:
        found += _changes(rows_of(compare), Said(style, compare.options.get("margin")))
    elif score:
        for (battery,), rows in split(rows_of(score), ("battery",)):
            found += [Point(f"{point.about} {point.words}", text.stopped(battery)) for point in survey.standing(rows, style)]
    parted = [result for by in findings.breakdown.values() if not isinstance(by, str) and (result := named(by, "breakdown"))]
    return [*found, *_first(list(chain.from_iterable(survey.apart(rows_of(result), style) for result in parted)))]


def _changes(rows: Sequence[Row], said: Said) -> Iterator[Point]:
    """For each battery and pair of waves: its score, how its statements came out, and the largest changes."""
    several = len(list(split(rows, ("reference", "wave")))) > 1
    for (battery, reference, wave), own in split(rows, ("battery", "reference", "wave")):
        items = [row for row in own if row["item"] is not None]
        if len(items) == 1:  # its score says the same
            yield Point(said.change(items[0], quoted(items[0])), text.stopped(say("report.against", wave=wave, reference=reference)) if several else "")
            continue
        score = [said.change(row, say("change.score")) for row in own if row["item"] is None]
        moved = sorted((row for row in items if row["conclusion"] in FOUND), key=lambda row: -abs(row["estimate"] or 0.0))
        largest = [said.change(row, quoted(row)) for row in moved[:_STATEMENTS]]
        where = text.stopped(battery) + (f" {text.stopped(say('report.against', wave=wave, reference=reference))}" if several else "")
        yield Point(" ".join([*score, changes.counted(items), *largest]), where)


def _themes(findings: Findings, style: Style) -> list[Point]:
    """What most spoke of in each source, and which themes changed."""
    result = named(findings.themes, "themes")
    if result is None:
        return []
    with writing(style):
        told = list(said.by_source(rows_of(result)))
    return _first([Point(" ".join(map(style.prose, sentences)), text.stopped(source)) for source, sentences in told if sentences])


def _joint(findings: Findings, style: Style) -> list[Point]:
    """How many themes go together with statements how, and those that differ; of each theme once, by what more people wrote or said."""
    result = named(findings.joint, "joint")
    if result is None:
        return []
    rows = rows_of(result)
    apart = {(row["theme"], row["row"]): row for row in reversed(rows)}
    headline = text.one_line(view(result.name).headline(result, style).words)
    return _first([Point(style.prose(words)) for words in (headline, *joint_table.differing(list(reversed(apart.values()))))])


def _workforce(findings: Findings, style: Style) -> list[Point]:
    result = named(findings.workforce, "workforce")
    return _first(rates(result, style)) if result else []


def _indicators(findings: Findings, style: Style) -> list[Point]:
    """What changed at events first, then the trends."""
    results = [result for name in ("events", "trend") if (result := named(findings.indicators, name))]
    told = dict.fromkeys(row["sentence"] for result in results for row in rows_of(result))
    return _first([Point(style.prose(words)) for words in told])


def _first(points: Sequence[Point]) -> list[Point]:
    """The first of many, and how many more there are."""
    more = len(points) - _MOST
    return [*points[:_MOST], *([Point(say("report.more", n=text.count(more)))] if more > 0 else [])]


def _reading(findings: Findings, style: Style) -> str:
    """How the sentences are meant."""
    alpha = next((result.options["alpha"] for result in findings.results() if "alpha" in result.options), 0.05)
    told = [style.prose(say("report.intervals", level=text.confidence(alpha)))]
    if findings.weighted:
        told.append(say("report.weighted"))
    if compare := named(findings.compare, "compare"):
        told.append(say("report.battery"))
        told += [style.prose(note) for note in compare.notes if say("nonresponse.caution") in note]
        told += [say("report.verbs"), say("change.not_none")]
    return " ".join([*told, say("report.not_why")])
