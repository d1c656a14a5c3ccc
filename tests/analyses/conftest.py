"""Small studies given as counts, the way an analysis meets them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from rpgstat import disclosure
from rpgstat.study import Battery, Counts, Disclosure, Item, Scale, ScoreCounts, Study, Tally, Wave, together

AGREEMENT = Scale("agreement", ("Strongly disagree", "Disagree", "Agree", "Strongly agree"), family="agreement")


def _score_counts(items, waves_counts, scale):
    """A battery of one item has that item's scores."""
    values = [Fraction(s) for s, n in zip(scale.scores, waves_counts.levels, strict=True) if n]
    people = [n for n in waves_counts.levels if n]
    return ScoreCounts(items, tuple(values), tuple(people), waves_counts.missing + waves_counts.not_applicable)


@pytest.fixture
def make():
    """make({"a": {"one": (1, 2, 3, 4), "two": ...}}) -> (tally, study): each item is a battery of its own."""

    def build(answers, *, scale=AGREEMENT, reverse=(), not_applicable=0, missing=0):
        waves = tuple(dict.fromkeys(wave for by_wave in answers.values() for wave in by_wave))
        counts = {(item, wave): Counts(tuple(levels), not_applicable, missing) for item, by_wave in answers.items() for wave, levels in by_wave.items()}
        batteries = tuple(Battery(f"B {item}", scale, (Item(item, f"Statement {item}", reverse=item in reverse),)) for item in answers)
        scores = {(f"B {item}", (item,), wave): _score_counts((item,), cell, scale) for (item, wave), cell in counts.items() if cell.answered}
        returned = {wave: max(sum(cell.levels) + not_applicable + missing for (_, w), cell in counts.items() if w == wave) for wave in waves}
        return Tally(waves, returned, counts, scores, tuple(returned.values())), Study(tuple(Wave(w) for w in waves), batteries)

    return build


@pytest.fixture
def grouped():
    """grouped({"A": (1, 2, 3, 4), None: ...}) -> (groups, study): one item `a` in battery `B`; levels of wave `one`, or a table of them by wave."""

    def build(people, *, missing=None, suppression=True, scale=AGREEMENT):
        by_wave = {group: levels if isinstance(levels, dict) else {"one": levels} for group, levels in people.items()}
        waves = tuple(next(iter(by_wave.values())))
        parts = {(group,): _part(levels, (missing or {}).get(group, 0), scale) for group, levels in by_wave.items()}
        study = Study(tuple(map(Wave, waves)), (Battery("B", scale, (Item("a", "Statement a"),)),))
        tally = replace(together(parts.values()), by=("role",), parts=parts)
        return disclosure.groups(tally, study, disclosure.plan(tally, study, Disclosure()) if suppression else None), study

    return build


def _part(by_wave, missing, scale):
    """One group's tally."""
    counts = {("a", wave): Counts(tuple(levels), 0, missing) for wave, levels in by_wave.items()}
    scores = {("B", ("a",), wave): _score_counts(("a",), cell, scale) for (_, wave), cell in counts.items()}
    return Tally(tuple(by_wave), {wave: sum(levels) + missing for wave, levels in by_wave.items()}, counts, scores)
