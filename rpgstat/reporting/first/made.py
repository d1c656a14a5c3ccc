"""The findings of a study as one result, in the order of the first page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.style import PLAIN, Style
from rpgstat.reporting.findings import Findings
from rpgstat.reporting.first import others, survey
from rpgstat.reporting.first.finding import PARTS, Finding
from rpgstat.reporting.first.limits import limits
from rpgstat.result import Result, table

_MOST = 5
"""Findings of one part at most: a page has room for no more."""


def found(study: Findings, style: Style = PLAIN) -> list[Finding]:
    """The findings of the page, part by part."""
    parts: tuple[Iterable[Finding], ...] = (
        survey.headline(study, style),
        survey.answered(study, style),
        survey.changed(study, style),
        survey.stands(study, style),
        others.said(study, style),
        survey.unsettled(study, style),
        others.figures(study, style),
        others.event(study, style),
        others.worked(study, style),
        limits(study),
    )
    return list(chain.from_iterable(list(part)[: _MOST if name != "limits" else None] for name, part in zip(PARTS, parts, strict=True)))


def findings(study: Findings) -> Result:
    """The findings as a table: a row each, its sentence and the figure in it."""
    title = text.headed(study.title, say("title.findings"))
    inputs = {one.sha256: one for result in study.results() for one in result.inputs}
    made = found(study)
    sources = sorted({one.result for one in made if one.result})
    frame = table("findings", _rows(made))
    return Result("findings", title, frame, "", (), {"sources": sources}, tuple(inputs.values()), command="findings")


def _rows(made: Iterable[Finding]) -> Iterator[dict[str, object]]:
    """The rows; each is named by its part, and numbered where a part has several."""
    own = list(made)
    for part in PARTS:
        some = [one for one in own if one.part == part]
        for place, one in enumerate(some, start=1):
            name = part if len(some) == 1 else f"{part}_{place}"
            cells = {"finding": name, "part": part, "text": one.about or None, "sentence": one.sentence, "result": one.result or None, "row": one.row or None}
            yield {**cells, "estimate": one.estimate, "conf_low": one.low, "conf_high": one.high, "unit": one.unit or None}


def with_findings(study: Findings) -> Findings:
    """The study with its findings."""
    return replace(study, findings=(findings(study),))
