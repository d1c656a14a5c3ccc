"""Figures of groups that are shown, and that keep something from being unknown."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._ways import Known, Owner
from rpgstat.stats.programmes import Optimum
from rpgstat.study import PeopleCell, ScoreCell


def keeping(known: Sequence[Known], sides: Sequence[Optimum]) -> list[Owner]:
    """The figures that keep these from being larger."""
    return list(dict.fromkeys(owner for one in sides for row in one.binding if (owner := known[row][2]) is not None))


def beside(known: Sequence[Known], place: Place, kind: type | tuple[type, ...] = (PeopleCell, ScoreCell)) -> list[Owner]:
    """The figures of a kind of a place, or where there are none of others: those of how groups filled in the questionnaire, or else of scores."""
    every = list(dict.fromkeys(owner for _, _, owner in known if owner is not None and isinstance(owner.cell, kind)))
    first = [owner for owner in every if isinstance(owner.cell, PeopleCell)] or every
    return [owner for owner in first if owner.place == place] or first
