"""What `score` and `compare` find, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary import verdict
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.rows import MOST_TOLD, quoted, rows_of, size


def score(result: Result, _: Beside) -> Iterator[str]:
    """How far agreement ranges in each wave, on each scale by itself."""
    rows = [row for row in rows_of(result) if row["item"] is not None]
    waves = list(split(rows, ("wave",)))
    for (wave,), own in waves if len(waves) < 3 else (waves[0], waves[-1]):
        held = [row for row in own if row["agree"] is not None]
        scales = list(split([{**row, "scale": str(row["levels"])} for row in held], ("scale",)))
        if not scales:
            yield say("figure.no_agreement", wave=wave, n=_people(own))
        for _, some in scales[:MOST_TOLD]:
            yield _agreement(wave, some, _scale(some[0]["levels"]) if len(scales) > 1 else "")
        if len(scales) > MOST_TOLD:
            yield say("figure.more_scales", scales=say("count.other_scales", len(scales) - MOST_TOLD, n=text.count(len(scales) - MOST_TOLD)), wave=wave)


def _agreement(wave: str, rows: Sequence[Row], scale: str) -> str:
    """The range of some statements on one scale; of one, its figure."""
    low, high = min(rows, key=lambda row: row["agree"]), max(rows, key=lambda row: row["agree"])
    ends = [f"{used().cell('share', row['agree'])} ({quoted(row)})" for row in (low, high)]
    agreed = any(row["verdict"] in [verdict("agreement", above=above) for above in (False, True)] for row in rows)
    said = {"wave": wave, "n": _people(rows), "scale": scale}
    if len(rows) == 1:
        return say("figure.agreement_one", share=ends[0], **said) if agreed else say("figure.upper_half_one", share=ends[0], **said)
    said |= {"low": ends[0], "high": ends[1]}
    return say("figure.agreement", **said) if agreed else say("figure.upper_half", **said)


def _people(rows: Sequence[Row]) -> str:
    sizes = sorted({row["n"] for row in rows if row["n"]})
    return say("figure.people", n=size(rows)) if sizes else ""


def _scale(levels: Sequence[str]) -> str:
    return say("figure.on_scale", low=f"“{text.shortened(levels[0], 30)}”", high=f"“{text.shortened(levels[-1], 30)}”")
