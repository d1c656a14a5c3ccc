"""Places boxes in layers from left to right, so that arrows cross little: which layer, which order, how high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from statistics import fmean

from rpgstat.record import record

Links = Sequence[tuple[str, str]]

GAP = 0.16
"""Inches between two boxes of a layer."""

_ROUNDS = 8
_LANE = 0.06  # inches that an arrow takes where it passes through a layer


@record
class Node:
    """A box before it is placed: its height with `above`, the room for what heads it, and its band: those of one band stand together, in their order."""

    name: str
    height: float
    band: int = 0


@record
class Placed:
    """Where everything is: the layers from the left with the names in them from the top, the middle of each, and through which places each link goes."""

    layers: tuple[tuple[str, ...], ...]
    middles: Mapping[str, float]
    ways: Mapping[tuple[str, str], tuple[str, ...]]
    height: float


def layer_of(names: Sequence[str], links: Links) -> dict[str, int]:
    """The layer of each: one further right than all that lead to it; what nothing leads to stands next to what it leads to.

    >>> layer_of(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("d", "c")])
    {'a': 0, 'b': 1, 'c': 2, 'd': 1}
    """
    found = dict.fromkeys(names, 0)
    for _ in names:
        for start, end in links:
            found[end] = max(found[end], found[start] + 1)
    led_to = {end for _, end in links}
    for name in names:
        after = [found[end] for start, end in links if start == name]
        if name not in led_to and after:
            found[name] = min(after) - 1
    return found


def place(nodes: Sequence[Node], links: Links, layer: Mapping[str, int]) -> Placed:
    """Orders each layer by the means of what its boxes are linked to, keeps the order with the fewest crossings, and sets boxes as level as they go."""
    known = {node.name: node for node in nodes}
    ways: dict[tuple[str, str], tuple[str, ...]] = {}
    depth = dict(layer)
    for start, end in links:
        between = [f"{start} to {end}, {i}" for i in range(layer[start] + 1, layer[end])]
        ways[start, end] = (start, *between, end)
        for i, name in enumerate(between, layer[start] + 1):
            known[name], depth[name] = Node(name, _LANE), i
    steps = [pair for way in ways.values() for pair in pairwise(way)]
    rows = [[name for name in known if depth[name] == i] for i in range(max(depth.values(), default=0) + 1)]
    for row in rows:
        row.sort(key=lambda name: known[name].band)
    rows = _ordered(rows, steps, known)
    middles, height = _levelled(rows, steps, known)
    return Placed(tuple(map(tuple, rows)), middles, ways, height)


def _ordered(rows: list[list[str]], steps: Links, known: Mapping[str, Node]) -> list[list[str]]:
    best, fewest = [list(row) for row in rows], crossings(rows, steps)
    for turn in range(_ROUNDS):
        order = range(len(rows)) if turn % 2 == 0 else range(len(rows) - 1, -1, -1)
        for i in order:
            _by_neighbours(rows, i, steps, known)
        _exchanged(rows, steps, known)
        if (found := crossings(rows, steps)) < fewest:
            best, fewest = [list(row) for row in rows], found
    return best


def _by_neighbours(rows: list[list[str]], i: int, steps: Links, known: Mapping[str, Node]) -> None:
    """Sorts a layer by the mean place of what each of its boxes is linked to, each band by itself."""
    at = {name: (place + 0.5) / len(row) for row in rows for place, name in enumerate(row)}

    def centre(name: str) -> float:
        near = [at[b if a == name else a] for a, b in steps if name in (a, b)]
        return fmean(near) if near else at[name]

    rows[i].sort(key=lambda name: (known[name].band, centre(name)))


def _exchanged(rows: list[list[str]], steps: Links, known: Mapping[str, Node]) -> None:
    """Exchanges neighbours of one band as long as that takes crossings away."""
    better = True
    while better:
        better = False
        for row in rows:
            for i in range(len(row) - 1):
                if known[row[i]].band != known[row[i + 1]].band:
                    continue
                before = crossings(rows, steps)
                row[i], row[i + 1] = row[i + 1], row[i]
                if crossings(rows, steps) < before:
                    better = True
                else:
                    row[i], row[i + 1] = row[i + 1], row[i]


def crossings(rows: Sequence[Sequence[str]], steps: Links) -> int:
    """How many pairs of links between neighbouring layers cross.

    >>> crossings([["a", "b"], ["c", "d"]], [("a", "d"), ("b", "c")])
    1
    """
    at = {name: (layer, place) for layer, row in enumerate(rows) for place, name in enumerate(row)}
    count = 0
    for (a, b), (c, d) in combinations(steps, 2):
        if at[a][0] == at[c][0] and (at[a][1] - at[c][1]) * (at[b][1] - at[d][1]) < 0:
            count += 1
    return count


def _levelled(rows: Sequence[Sequence[str]], steps: Links, known: Mapping[str, Node]) -> tuple[dict[str, float], float]:
    """The middle of each box, as near as can be to those that it is linked to, and the height of it all."""
    height = max((sum(known[name].height for name in row) + GAP * (len(row) - 1) for row in rows), default=0.0)
    middles: dict[str, float] = {}
    for row in rows:
        used = sum(known[name].height for name in row) + GAP * (len(row) - 1)
        top = (height - used) / 2
        for name in row:
            middles[name] = top + known[name].height / 2
            top += known[name].height + GAP
    for turn in range(_ROUNDS):
        for row in rows if turn % 2 == 0 else reversed(rows):
            wanted = [_wanted(name, steps, middles) for name in row]
            middles |= zip(row, _spaced(wanted, [known[name].height for name in row], height), strict=True)
    return middles, height


def _wanted(name: str, steps: Links, middles: Mapping[str, float]) -> float:
    near = [middles[b if a == name else a] for a, b in steps if name in (a, b)]
    return fmean(near) if near else middles[name]


def _spaced(wanted: Sequence[float], heights: Sequence[float], limit: float) -> list[float]:
    """The places nearest to those wanted (least squares) at which boxes do not touch, within 0 and `limit`: pooled as in isotonic regression."""
    offsets, top = [], 0.0
    for height in heights:
        offsets.append(top + height / 2)
        top += height + GAP
    pools: list[list[float]] = []
    for place, offset in zip(wanted, offsets, strict=True):
        pools.append([place - offset])
        while len(pools) > 1 and fmean(pools[-2]) >= fmean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    shifts = [fmean(pool) for pool in pools for _ in pool]
    room = max(limit - (top - GAP), 0.0)
    return [min(max(shift, 0.0), room) + offset for shift, offset in zip(shifts, offsets, strict=True)]
