"""The cells of a tally that may be withheld, each of a kind of its own: people, answers to an item, scores of a battery, in a wave."""

from __future__ import annotations

from rpgstat.record import record


@record
class PeopleCell:
    """The people who returned the questionnaire in a wave."""

    wave: str


@record
class ItemCell:
    """The answers to an item in a wave."""

    item: str
    wave: str


@record
class ScoreCell:
    """The scores of a battery, made of some items, in a wave."""

    battery: str
    items: tuple[str, ...]
    wave: str


Cell = PeopleCell | ItemCell | ScoreCell
"""What may be withheld of a part of a tally."""
