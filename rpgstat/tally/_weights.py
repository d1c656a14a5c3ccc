"""The column that says how much each person counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from rpgstat.errors import UserError, did_you_mean
from rpgstat.record import record
from rpgstat.study import Column, Source
from rpgstat.tally._answers import told_safely
from rpgstat.text import plural, shortened

MOST = 50_000
"""Distinct weights that a file may hold: each is counted apart."""


@record
class WeightColumn:
    """The column of weights in each file."""

    columns: tuple[Column, ...]

    def name(self, source: int) -> str:
        """The column of a file that holds each person's weight."""
        return self.columns[source].name


def weight_column(text: str, sources: Sequence[Source]) -> WeightColumn:
    """The column headed `text` in every file. Raises UserError where one has none."""
    found = [(source.survey, source.survey.find(text)) for source in sources]
    lacking = [survey for survey, column in found if column is None]
    if len(lacking) == len(found):
        raise UserError(f"weight: no column `{shortened(text, 80)}`", did_you_mean(text, [text for survey in lacking for text in survey.headings]))
    if lacking:
        problem = f"{lacking[0].name}: no column `{shortened(text, 80)}`, which holds the weights in another file"
        raise UserError(problem, "add one; people who count alike all have 1 there")
    return WeightColumn(tuple(column for _, column in found if column is not None))


def weights(file: str, written: Mapping[str, int]) -> dict[str, Fraction]:
    """The weight that each text stands for, with a point or a comma; `written` says how many people have it.

    Raises UserError for people whose weight is missing, no number, or not above 0, and for too many different weights.
    """
    if len(written) > MOST:
        raise UserError(f"{file}: more than {MOST:,} different weights", "round them, to three decimals for instance")
    found = {word: _number(word) for word in written}
    bad = [word for word, weight in found.items() if weight is None or weight <= 0]
    if bad:
        blank = sum(written[word] for word in bad if not word.strip())
        others = told_safely({word: written[word] for word in sorted(bad) if word.strip()})
        told = [*([f"no weight ({plural(blank, 'person', 'people')})"] if blank else []), *([others] if others else [])]
        problem = f"{file}: the weights have {'; '.join(told)}; a weight is a number above 0"
        raise UserError(problem, "correct the column, or take the rows of people who are not to count out of the file")
    return {word: weight for word, weight in found.items() if weight is not None}


def _number(word: str) -> Fraction | None:
    try:
        return Fraction(word.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None


def whole(weights: Mapping[str, Fraction]) -> dict[str, int]:
    """The weights as whole multiples of their common unit: sums of them are exact, and only their ratios matter."""
    unit = parts_of_one(weights)
    return {word: int(weight * unit) for word, weight in weights.items()}


def parts_of_one(weights: Mapping[str, Fraction]) -> int:
    """How many of the common unit of some weights make a weight of 1."""
    return lcm(*(weight.denominator for weight in weights.values()))
