"""How many people answered in any of several waves, by the ids that a study declares."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.study import ItemWaves, ScoreWaves, Several, Study, Tally
from rpgstat.tally import engine
from rpgstat.tally._counted import InFile
from rpgstat.tally._links import Place, places_of, why_nobody
from rpgstat.tally._scores import items_of
from rpgstat.tally._spec import AgainOf, ItemOf

FEWEST_WAVES = 3
"""Of two waves the pairs tell."""


def people_over(study: Study, files: Sequence[InFile], counted: Tally, pairs: Sequence[tuple[str, str]]) -> dict[Several, int]:
    """Of each item and score that any of these `pairs` of waves have, how many people answered in any of the waves that have it; nothing for fewer
    than three waves, and where ids link nobody.

    Who is who as in `transitions`; who can be linked to nobody is somebody else in each wave. Integers throughout; no row is collected.
    """
    waves = tuple(dict.fromkeys(wave for pair in pairs for wave in pair))
    if study.id_column is None or len(waves) < FEWEST_WAVES:
        return {}
    answers = _answers(study, counted, waves)
    places = [(wave, place) for wave, place in places_of(files).items() if wave in waves and place.side.table.ids is not None]
    if len(places) < 2:
        return {}
    people, (again,) = engine.over_waves([place.side for _, place in places], [AgainOf(tuple(_things(answers, *one) for one in places))])
    if why_nobody(study, list(zip([place for _, place in places], people, strict=True))):
        return {}
    return {several: sum(own.values()) - int(again[str(at)].item() or 0) for at, (several, own) in enumerate(answers.items())}


def _answers(study: Study, counted: Tally, waves: tuple[str, ...]) -> dict[Several, dict[str, int]]:
    """How many answered each item, and have each score, in each of the waves that have it."""
    found: dict[Several, dict[str, int]] = {}
    for _, item in study.items:
        found[ItemWaves(item.id, waves)] = {wave: counted.counts[item.id, wave].n for wave in waves if (item.id, wave) in counted.counts}
    for battery, items, wave in counted.scores:
        if wave in waves:
            found.setdefault(ScoreWaves(battery, items, waves), {})[wave] = counted.scores[battery, items, wave].n
    return found


def _things(answers: dict[Several, dict[str, int]], wave: str, place: Place) -> tuple[tuple[ItemOf, ...], ...]:
    """The items of each item or score in a wave, none where it has none."""
    named = ((several, (several.item,) if isinstance(several, ItemWaves) else several.items) for several in answers)
    return tuple(items_of(place.counted.file, items) if wave in answers[several] else () for several, items in named)
