"""Single questions by group: of which groups the shares may not be seen, and of which not even the number of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rpgstat.disclosure._mentions import hidden_groups, hidden_mentions, several_values
from rpgstat.record import record
from rpgstat.study import Disclosure
from rpgstat.study.questions import Asked, Replies


@record
class Shown:
    """What is withheld of a question, by wave and group: all of `hidden`, all but the number of answers of `few`, and the options of `options`."""

    hidden: frozenset[tuple[str, str]] = frozenset()
    few: frozenset[tuple[str, str]] = frozenset()
    options: frozenset[tuple[str, str, str]] = frozenset()


def shown_replies(asked: Asked, rule: Disclosure) -> Shown:
    """What of the groups of a question may be seen beside the figures of everyone.

    Below `hide_below` answers nothing is shown, below `detail_from` the number only, for the share of few people is a count. Where a single
    group would follow by subtraction the next smallest goes with it, until each count that is withheld may have several values. An option of
    several that 1 to `hide_below` - 1 people of a group ticked is withheld, with whatever would give it back.
    """
    hidden: set[tuple[str, str]] = set()
    few: set[tuple[str, str]] = set()
    options: set[tuple[str, str, str]] = set()
    for wave in dict.fromkeys(own.wave for own in asked.replies):
        parts = {own.group: own for own in asked.replies if own.wave == wave and own.group is not None}
        if not parts:
            continue
        whole = next(own for own in asked.replies if own.wave == wave and own.group is None)
        sizes = {group: own.answered for group, own in parts.items()}
        unseen = hidden_groups(sizes, rule)
        without = _with_company(parts, whole, unseen | {group for group, n in sizes.items() if 0 < n < rule.detail_from}, rule)
        hidden |= {(wave, group) for group in unseen}
        few |= {(wave, group) for group in without - unseen}
        if asked.question.kind == "multiple":
            for option, total in whole.counts.items():
                told = {group: (own.answered, own.counts.get(option, 0)) for group, own in parts.items()}
                options |= {(wave, group, option) for group in hidden_mentions(told, total, frozenset(without), rule)}
    return Shown(frozenset(hidden), frozenset(few), frozenset(options))


def _with_company(parts: Mapping[str, Replies], whole: Replies, without: frozenset[str] | set[str], rule: Disclosure) -> set[str]:
    """The groups whose shares are withheld, with more of them, the smallest first, until none follows by subtraction."""
    found = {group for group in without if parts[group].answered}
    others = sorted((own.answered, group) for group, own in parts.items() if group not in found and own.answered)
    while rule.secondary and found and others and not _safe([parts[group] for group in sorted(found)], whole, rule):
        found.add(others.pop(0)[1])
    return found


def _safe(cells: Sequence[Replies], whole: Replies, rule: Disclosure) -> bool:
    """Whether the answers of none of these groups follow from those of everyone: there are several, and their counts may be several values."""
    sizes = [own.answered for own in cells]
    if len(cells) < 2 or sum(sizes) < rule.detail_from:
        return False
    left = [sum(own.counts.get(option, 0) for own in cells) for option in whole.counts]
    told = [sum(own.values.get(value, 0) for own in cells) for value in whole.values]
    return all(several_values(sizes, n) for n in [*left, *told] if n)
