"""`timeline`: when everything was, and how many answered in each round of the survey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rpgstat.glossary.sentences import say
from rpgstat.result import Result, table
from rpgstat.study.theory import Moment


def timeline(moments: Sequence[Moment], title: str, answered: Mapping[str, Mapping[str, Any]]) -> Result:
    """Result `timeline`: a row a moment, by lane in the order in which lanes are first named, and by time within them.

    `answered` are rows of `response` by wave: people invited and returned, and the rate, stand beside the moment that was that wave.
    """
    lanes = list(dict.fromkeys(moment.lane for moment in moments))
    ordered = sorted(moments, key=lambda moment: (lanes.index(moment.lane), moment.start, moment.end))
    return Result("timeline", title, table("timeline", [_row(moment, answered.get(moment.wave)) for moment in ordered]), "")


def _row(moment: Moment, answered: Mapping[str, Any] | None) -> dict[str, Any]:
    counted = {key: answered[key] for key in ("invited", "returned", "rate")} if answered else {}
    note = say("timeline.not_counted") if moment.wave and not answered else answered["note"] if answered else None
    return {"lane": moment.lane, "first": moment.start, "last": moment.end, "text": moment.what, "wave": moment.wave or None, "note": note, **counted}
