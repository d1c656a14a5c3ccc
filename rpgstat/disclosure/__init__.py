"""Withholds small cells from the counts of groups, before anything is computed from them: what no analysis has seen, no writer can leak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from rpgstat.disclosure._attributes import filled
from rpgstat.disclosure._mentions import hidden_groups, hidden_mentions
from rpgstat.disclosure._tiers import Tiers, tiers
from rpgstat.study import Cell, Disclosure, Groups, ItemCell, Key, MeanOnly, Scale, ScoreCell, Study, Tally, together, visible, without

__all__ = ["filled", "groups", "hidden_groups", "hidden_mentions", "withheld_somewhere"]


def groups(tally: Tally, study: Study, rule: Disclosure | None) -> Groups:
    """The groups of a tally that is broken down by one or two groupings, without what `rule` withholds (nothing when it is None).

    The cell protected is a group's valid answers to an item, or its scores of a battery, in a wave: withheld where they are few, seen by
    n and mean only where they are not many, and in full otherwise; see `_tiers`. Where people are weighted, a mean made of few of them
    may tell who they are by their weights, and only n is left. Depends on the counts alone: the same study withholds the same cells,
    whatever is asked of it.
    """
    found = tiers(tally, study, rule) if rule is not None else Tiers({}, {})
    scales = _scales(study)

    def seen(part: Tally, hidden: frozenset[Cell], few: frozenset[Cell]) -> Tally:
        return visible(replace(part, means=_means(part, scales)), hidden, few)

    stated = {key: part for key, part in tally.parts.items() if None not in key}
    others = {key: part for key, part in tally.parts.items() if None in key}
    unknown = together(others.values()) if others else None
    hidden = frozenset(cell for key in others for cell in found.hidden.get(key, ()))
    few = frozenset(cell for key in others for cell in found.few.get(key, ())) - hidden
    nothing: frozenset[Cell] = frozenset()
    return Groups(
        by=" × ".join(tally.by),
        whole=tally,
        parts={" × ".join(map(str, key)): seen(part, found.hidden.get(key, nothing), found.few.get(key, nothing)) for key, part in stated.items()},
        stated=seen(without(tally, unknown) if unknown else tally, hidden, few),
        not_stated=seen(unknown, hidden, few) if unknown else None,
        suppressed=rule is not None,
    )


def withheld_somewhere(tally: Tally, study: Study, rule: Disclosure) -> dict[str, frozenset[Key]]:
    """By wave, the groups of which `groups` withholds any figure altogether."""
    hidden = tiers(tally, study, rule).hidden
    return {wave: frozenset(key for key, cells in hidden.items() if any(cell.wave == wave for cell in cells)) for wave in tally.waves}


def _scales(study: Study) -> dict[str, Scale]:
    """The scale of each item as it is scored."""
    return {item.id: battery.scale_of(item) for battery, item in study.items}


def _means(part: Tally, scales: Mapping[str, Scale]) -> dict[Cell, MeanOnly]:
    """The number of answers of each cell and their sum."""
    weighted = bool(part.classes) or any(cell.masses for cell in part.counts.values())
    found: dict[Cell, MeanOnly] = {}
    for (item, wave), cell in part.counts.items():
        total = sum((score * n for score, n in zip(scales[item].scores, cell.levels, strict=True)), Fraction(0))
        found[ItemCell(item, wave)] = MeanOnly(cell.n, None if weighted else total)
    for (battery, items, wave), scores in part.scores.items():
        total = sum((score * n for score, n in zip(scores.values, scores.counts, strict=True)), Fraction(0))
        found[ScoreCell(battery, items, wave)] = MeanOnly(scores.n, None if weighted else total)
    return found
