"""Cells of moves that are not shown: by trying every table that fits what is known."""

from __future__ import annotations

import random
from itertools import product

import pytest

from rpgstat.stats.moves_withheld import withheld_cells

FEW, LEVELS = 5, range(4)
CELLS = list(product(LEVELS, repeat=2))


def table(seed, people):
    """So many people who mostly stay, or move by one."""
    rng, found = random.Random(seed), [[0] * 4 for _ in LEVELS]
    for _ in range(people):
        before = rng.randrange(4)
        found[before][min(3, max(0, before + rng.choice([0, 0, 0, 1, 1, -1])))] += 1
    found[0][2] += rng.randint(1, 6)
    return found


def sums(people):
    """What may be known of a table of four levels, the upper two of which agree."""
    flat = [(i, j, people[i][j]) for i, j in CELLS]
    sides = [sum(n for i, j, n in flat if (j > i) - (j < i) == side) for side in (-1, 0, 1)]
    return [*sides, sum(n for i, j, n in flat if i > 1 and j > 1), sum((i + 1) * (j + 1) * n for i, j, n in flat)]


def fitting(people, hidden, left=None, chosen=None):
    """Every table with the same sums and the same cells where these are shown."""
    left = left if left is not None else ([sum(row) for row in people], [sum(row[j] for row in people) for j in LEVELS])
    chosen = chosen or {}
    if len(chosen) == len(CELLS):
        other = [[chosen[i, j] for j in LEVELS] for i in LEVELS]
        if sums(other) == sums(people):
            yield other
        return
    i, j = CELLS[len(chosen)]
    rows, columns = left
    for n in range(min(rows[i], columns[j]) + 1) if (i, j) in hidden else [people[i][j]]:
        ended = (j < 3 or n == rows[i]) and (i < 3 or n == columns[j])
        if ended and n <= min(rows[i], columns[j]):
            less = [own - n * (at == i) for at, own in enumerate(rows)], [own - n * (at == j) for at, own in enumerate(columns)]
            yield from fitting(people, hidden, less, chosen | {(i, j): n})


def partly_shown():
    found = [(people, withheld_cells(people, FEW)) for people in (table(seed, 90 + 20 * seed) for seed in range(14))]
    return [(people, hidden) for people, hidden in found if 0 < len(hidden) <= 8]


def test_no_small_cell_can_be_worked_out():
    tables = partly_shown()
    assert len(tables) >= 3
    for people, hidden in tables:
        small = {(i, j) for i, j in CELLS if 0 < people[i][j] < FEW}
        others = list(fitting(people, hidden))
        assert small <= hidden
        assert people in others
        assert all(len({other[i][j] for other in others}) >= 3 for i, j in small)


def test_no_cell_is_withheld_in_vain():
    people, hidden = partly_shown()[0]
    small = {(i, j) for i, j in CELLS if 0 < people[i][j] < FEW}
    for place in hidden - small:
        others = list(fitting(people, hidden - {place}))
        assert any(len({other[i][j] for other in others}) < 3 for i, j in small)


@pytest.mark.parametrize(("people", "few"), [([[9, 5, 0], [6, 12, 7], [0, 5, 30]], 5), ([[1, 2], [3, 4]], 1)])
def test_nothing_is_withheld_where_nobody_is_few(people, few):
    assert withheld_cells(people, few) == set()


def test_a_table_that_its_sums_give_away_is_not_shown_at_all():
    assert withheld_cells([[20, 1], [0, 20]], 5) == {(0, 0), (0, 1), (1, 0), (1, 1)}
