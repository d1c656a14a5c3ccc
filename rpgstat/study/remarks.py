"""What a drafted study file says, as comments, of where each thing in it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from rpgstat.record import record


@record
class Remarks:
    """A remark by the name of a battery, scale or wave, or by the id of an item or question. `no_id` stands where no id is declared."""

    batteries: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, str] = field(default_factory=dict)
    waves: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    id: str = ""
    no_id: str = ""


NO_REMARKS = Remarks()
