"""Every scale of the catalogue, answered in full and with levels that nobody chose: read right, asked about or marked, and never with two answers made one."""

import random
from collections import Counter
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from rpgstat.errors import UserError
from rpgstat.infer.catalogue import _sets
from rpgstat.infer.inference import infer
from rpgstat.infer.readings import read_answers, seen_in
from rpgstat.study import Column, Survey, normalise

SCALES = list(dict.fromkeys(scale.levels for one in _sets() for scale in one.scales(*next(iter(one.words.items())))))
"""Each pattern of the catalogue once, with the first of its adjectives."""


def fate(levels: tuple[str, ...], chosen: tuple[str, ...]) -> str:
    reading = read_answers(seen_in(chosen))
    if reading is None or not reading.settled:
        return "asked"
    assert not reading.off, (levels, chosen, reading)
    places = [reading.positions[normalise(level)] for level in chosen]
    assert places == sorted(set(places)), (levels, chosen, reading)
    right = len(reading.levels) == len(levels) and [reading.levels.index(reading.levels[at]) for at in places] == [levels.index(level) for level in chosen]
    marked = not reading.whole or any(len(scale.levels) > len(reading.levels) for scale in reading.others)
    assert right or marked, (levels, chosen, reading)
    return "right" if right and reading.whole else "marked"


def test_a_scale_answered_in_full_has_its_own_levels_in_order():
    assert len(SCALES) > 500
    for levels in SCALES:
        assert fate(levels, levels) == "right", levels


def test_with_one_level_unchosen_no_scale_passes_for_another_in_silence():
    fates = Counter(fate(levels, tuple(level for level in levels if level != gone)) for levels in SCALES if len(levels) > 2 for gone in levels)
    assert fates["asked"] > 0 < fates["marked"]


def test_with_two_levels_unchosen_no_scale_passes_for_another_in_silence():
    cases = [(levels, gone) for levels in SCALES if len(levels) > 3 for gone in combinations(levels, 2)]
    for levels, gone in random.Random(5).sample(cases, 2000):
        fate(levels, tuple(level for level in levels if level not in gone))


@pytest.mark.parametrize("rows", [30, 300])
def test_so_it_is_from_columns_to_batteries(rows):
    chance = random.Random(rows)
    for levels in chance.sample([levels for levels in SCALES if len(levels) > 3], 40):
        unchosen = chance.choice(levels)
        kept = [level for level in levels if level != unchosen]
        counts = [Counter(kept) + Counter(chance.choices(kept, k=rows - len(kept))) for _ in range(2)]
        survey = Survey("wave.csv", Path("wave.csv"), pl.LazyFrame(), (Column("c0", "We get what we need"), Column("c1", "I would come back")), "flat")
        try:
            study = infer([survey], [{"c0": counts[0], "c1": counts[1]}], ["wave"]).study
        except UserError as error:
            assert "--scale" in error.problem or "order unknown" in error.problem, levels
            continue
        (battery,) = study.batteries
        assert len({battery.scale.positions[normalise(level)] for level in kept}) == len(kept)
        assert battery.doubt.startswith("scale not certain: "), levels
