"""Themes by group: which counts of a group may not be seen, so that no few people who spoke of something can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rpgstat.study import Disclosure

Counted = Mapping[str, tuple[int, int]]
"""Group -> the people who wrote an answer, and those of them who spoke of the theme; with those who stated no group."""

_LEAST_POSSIBLE = 3  # values that a withheld count may have, as of every count that is withheld


def hidden_groups(sizes: Mapping[str, int], rule: Disclosure) -> frozenset[str]:
    """The groups of which nothing may be seen: of 1 to `hide_below` - 1 people, and where that is one alone the next smallest.

    >>> sorted(hidden_groups({"A": 20, "B": 3, "C": 9}, Disclosure()))
    ['B', 'C']
    """
    hidden = {group for group, n in sizes.items() if 0 < n < rule.hide_below}
    ordered = sorted((n, group) for group, n in sizes.items() if n >= rule.hide_below)
    while hidden and rule.secondary and ordered and (len(hidden) < 2 or sum(sizes[group] for group in hidden) < rule.hide_below):
        hidden.add(ordered.pop(0)[1])
    return frozenset(hidden)


def hidden_mentions(counted: Counted, total: int, unseen: frozenset[str], rule: Disclosure) -> frozenset[str]:
    """The groups whose mentions of one theme may not be seen, those in `unseen` among them.

    Those of fewer than `detail_from` people, of 1 to `hide_below` - 1 mentions, of whom all spoke of it, and of whom nobody did where any other
    is withheld. As the `total` of everyone is shown, more are withheld, the fewest mentions first, until each withheld count may have three values, one
    of which is not small.

    >>> sorted(hidden_mentions({"A": (30, 12), "B": (20, 3), "C": (15, 8)}, 23, frozenset(), Disclosure()))
    ['B', 'C']
    """
    hidden = {group for group, (n, m) in counted.items() if group in unseen or (n and _tells(n, m, rule))}
    if not rule.secondary:
        return frozenset(hidden)
    if hidden:
        hidden |= {group for group, (n, m) in counted.items() if n and m == 0}
    others = sorted((m, n, group) for group, (n, m) in counted.items() if group not in hidden and n)
    while hidden and others and not _safe([counted[group] for group in hidden], total - sum(m for m, _, _ in others), rule):
        hidden.add(others.pop(0)[2])
    return frozenset(hidden)


def _tells(n: int, mentions: int, rule: Disclosure) -> bool:
    """Whether a count by itself says too much: of few people, of few who spoke, or that all of them did."""
    return n < rule.detail_from or 0 < mentions < rule.hide_below or mentions == n


def several_values(sizes: Sequence[int], left: int) -> bool:
    """Whether each of some counts of groups of these `sizes`, which add up to `left`, may be several values.

    >>> several_values([4, 9], 6), several_values([4, 9], 13)
    (True, False)
    """
    room = sum(sizes)
    return all(min(n, left) - max(0, left - (room - n)) + 1 >= min(_LEAST_POSSIBLE, left + 1) for n in sizes)


def _safe(cells: Sequence[tuple[int, int]], left: int, rule: Disclosure) -> bool:
    """Whether each of the withheld counts, which add up to `left`, may be several values."""
    room = sum(n for n, _ in cells)
    for n, _ in cells:
        low, high = max(0, left - (room - n)), min(n, left)
        if high - low + 1 < _LEAST_POSSIBLE or (high < rule.hide_below <= left):
            return False
    return len(cells) > 1
