"""Withholds small cells from the counts of groups, before anything is computed from them: what no analysis has seen, no writer can leak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from rpgstat.disclosure._attributes import Attributes, attributes, without_counts
from rpgstat.disclosure._decisions import Decision, Reason, Tier
from rpgstat.disclosure._listed import Listed, listed_question, listed_themes
from rpgstat.disclosure._merges import Merge, merges
from rpgstat.disclosure._pairs import linked_groups
from rpgstat.disclosure._plan import Plan, plan
from rpgstat.disclosure._questions import Shown, questions_told_when_weighted, shown_questions, shown_statement
from rpgstat.disclosure._themes import Unseen, Wrote, unseen_themes
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._ways import Answered, few_ways
from rpgstat.disclosure._weights import constant_weight
from rpgstat.study import Cell, Groups, ItemCell, MeanOnly, PeopleCell, Scale, ScoreCell, Study, Tally, together, visible, without

__all__ = [
    "Answered",
    "Attributes",
    "Decision",
    "Listed",
    "Merge",
    "Place",
    "Plan",
    "Reason",
    "Shown",
    "Tier",
    "Unseen",
    "Wrote",
    "attributes",
    "few_ways",
    "groups",
    "linked_groups",
    "listed_question",
    "listed_themes",
    "merges",
    "plan",
    "questions_told_when_weighted",
    "shown_questions",
    "shown_statement",
    "unseen_themes",
    "without_counts",
]


def groups(tally: Tally, study: Study, plan: Plan | None) -> Groups:
    """The groups of a tally that is broken down by one or two groupings, without what the `plan` of the study withholds (nothing when it is None).

    The cell protected is a group's valid answers to an item, or its scores of a battery, in a wave. Where people are weighted, a mean made
    of few of them may tell who they are by their weights, and only n is left. So it is of a group whose people weigh differently and are in part
    in a place that is not shown in full: what they weigh together is one more equation about these.
    """
    hidden = plan.hidden(tally.by, tally.parts) if plan else {}
    few = {key: own | _weighed_apart(tally, key, plan) for key, own in plan.few(tally.by, tally.parts).items()} if plan else {}
    scales, nothing = _scales(study), frozenset[Cell]()

    def seen(part: Tally, key: tuple[str | None, ...]) -> Tally:
        return visible(replace(part, means=_means(part, scales)), hidden.get(key, nothing), few.get(key, nothing))

    stated = {key: part for key, part in tally.parts.items() if None not in key}
    others = {key: part for key, part in tally.parts.items() if None in key}
    unknown, nobody = together(others.values()) if others else None, next(iter(others), ())
    everybody = without(tally, unknown) if unknown else tally
    return Groups(
        by=" × ".join(tally.by),
        whole=replace(tally, parts={}),
        parts={" × ".join(map(str, key)): seen(part, key) for key, part in stated.items()},
        stated=visible(replace(everybody, means=_means(everybody, scales)), hidden.get(nobody, nothing), few.get(nobody, nothing) | tally.number_only),
        not_stated=seen(unknown, nobody) if unknown else None,
        suppressed=plan is not None,
    )


def _weighed_apart(tally: Tally, key: tuple[str | None, ...], plan: Plan) -> frozenset[Cell]:
    """The cells of a group of which figures with weights would tell of others."""
    waves = {wave for wave in tally.waves if varies(tally.parts[key], wave)}
    return frozenset(cell for cell in plan.cells if waves and cell.wave in waves and not isinstance(cell, PeopleCell) and plan.cut(tally.by, key, cell))


def varies(part: Tally, wave: str) -> bool:
    """Whether the people of a part weigh differently in a wave."""
    if part.classes:
        return sum(own.returned.get(wave, 0) > 0 for own in part.classes.values()) > 1
    weighted = any(cell.masses for (_, own), cell in part.counts.items() if own == wave)
    return weighted and constant_weight(part, wave) is None


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
