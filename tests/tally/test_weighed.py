"""What people weigh is summed exactly, however long their weights are."""

from __future__ import annotations

from random import Random

import polars as pl
import pytest

from rpgstat.tally._spec import UNKNOWN
from rpgstat.tally.engine import summed, weighed


@pytest.mark.parametrize("bits", [1, 17, 40, 41, 80, 130])
def test_sums_of_weights_and_their_squares_are_those_of_whole_numbers(bits):
    draw = Random(bits)
    whole = {f"weight {i}": draw.getrandbits(bits) + 1 for i in range(50)}
    rows = [(draw.choice([0, 1, UNKNOWN]), draw.choice("ab"), draw.choice(list(whole)), draw.randrange(1, 10**6)) for _ in range(400)]
    expected: dict[tuple[int, str], tuple[int, int, int]] = {}
    for wave, column, word, n in rows:
        if wave != UNKNOWN:
            people, mass, square = expected.get((wave, column), (0, 0, 0))
            expected[wave, column] = people + n, mass + n * whole[word], square + n * whole[word] ** 2
    counted = pl.DataFrame(rows, schema={"wave": pl.UInt8, "column": pl.String, "weight": pl.Categorical, "n": pl.UInt32}, orient="row")
    assert weighed(counted, ("wave", "column"), whole) == expected


def test_sums_over_weights_are_those_without_any():
    counted = pl.DataFrame({"wave": [0, 0, 1], "sum": [3, 3, 3], "weight": ["1", "2", "1"], "n": [4, 5, 6], "item 0": [1, 2, 3]})
    assert sorted(summed(counted, ("wave", "sum"), ("n", "item 0")).rows()) == [(0, 3, 9, 3), (1, 3, 6, 3)]
