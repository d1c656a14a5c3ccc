"""What a plan decides of a cell, and why: the reasons are for those who control the plan, and stand in no result."""

from __future__ import annotations

from enum import StrEnum

from rpgstat.record import record


class Tier(StrEnum):
    """How much of a cell is shown: nothing, number and mean, of single questions and themes the number, or all figures."""

    HIDDEN = "hidden"
    MEAN = "mean only"
    NUMBER = "number only"
    FULL = "full"


class Reason(StrEnum):
    """Why a cell is not shown in full."""

    FEW = "few people"
    ATTRIBUTE = "few of an attribute"
    ONE_WAY = "its mean leaves one possibility"
    ITEMS = "its items are withheld"
    RETURNED = "withheld among those who returned it"
    COMPANY = "another would follow from it by subtraction"
    NARROW = "another would be known within too little"
    REFUSED = "nothing of this can be protected beside the rest"
    FEW_FOR_DETAIL = "too few for more than the mean"
    ONE_SIDED = "all answers on one side"
    DETAIL_COMPANY = "the answers of another would follow from it"


@record
class Decision:
    """What is shown of the `n` answers of some people, and why no more; `reason` is None where all is."""

    tier: Tier
    n: int
    reason: Reason | None = None
