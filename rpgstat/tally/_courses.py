"""What people answered over several waves, by the ids that a study declares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import lcm

from rpgstat.study import Battery, Courses, ItemMoves, ItemPair, ItemWaves, Moves, Pair, ScoreMoves, ScorePair, ScoreWaves, Several, Study, Tally
from rpgstat.tally import engine
from rpgstat.tally._counted import InFile
from rpgstat.tally._links import Place, Waves, moved, places_of, queries, why_nobody
from rpgstat.tally._scores import items_of, unit_of
from rpgstat.tally._spec import CoursesOf, ScoreCoursesOf, Who
from rpgstat.tally.engine import Side

Course = tuple[Fraction | None, ...]


def courses_over(study: Study, files: Sequence[InFile], counted: Tally, several: Sequence[tuple[str, ...]]) -> dict[Several, Courses]:
    """For each list of waves whose ids the study declares, of each item and score that all of them have; who is who as in `transitions`.

    `counted` has the counts of all these waves together: whoever cannot be linked is in them alone. Integers throughout; no row is collected.
    """
    found: dict[Several, Courses] = {}
    for waves in several:
        places = [places_of(files)[wave] for wave in waves]
        if study.id_column is not None and all(place.side.table.ids is not None for place in places):
            found |= _over(study, counted, waves, places)
    return found


def _over(study: Study, counted: Tally, waves: tuple[str, ...], places: Sequence[Place]) -> dict[Several, Courses]:
    """The courses over some waves, weighed where people are; nothing where their ids link nobody."""
    items = counted.common(tuple(item.id for _, item in study.items), waves)
    scores = [(battery, own) for battery in study.batteries if (own := tuple(item.id for item in battery.items if item.id in items))]
    if not items:
        return {}
    asked = CoursesOf(tuple(items_of(place.counted.file, items) for place in places))
    asked_scores = [ScoreCoursesOf(tuple(items_of(place.counted.file, own) for place in places)) for _, own in scores]
    people, (of_items, *of_scores) = engine.over_waves([place.side for place in places], [asked, *asked_scores])
    if why_nobody(study, list(zip(places, people, strict=True))):
        return {}
    found: dict[Several, Courses] = {}
    own_codes: list[Counter[int]] = [Counter() for _ in items]
    for place, codes, n in of_items.rows():
        own_codes[int(place)][codes] += n
    for item, codes in zip(items, own_codes, strict=True):
        levels = places[0].counted.file.scale(item).scores
        linked = Counter({_levels(levels, code, asked.base, len(waves)): n for code, n in codes.items()})
        found[ItemWaves(item, waves)] = _with_others(linked, [dict(zip(levels, counted.counts[item, wave].levels, strict=True)) for wave in waves])
    for (battery, own), frame in zip(scores, of_scores, strict=True):
        linked = _scores(battery, len(own), frame.rows())
        everyone = [counted.scores[battery.name, own, wave] for wave in waves]
        found[ScoreWaves(battery.name, own, waves)] = _with_others(linked, [dict(zip(one.values, one.counts, strict=True)) for one in everyone])
    units = [place.counted.weighing.unit for place in places if place.counted.weighing]
    return found if len(units) < len(places) else _weighed(found, places, units, Waves(waves[0], waves[-1], items, tuple(scores)))


def _weighed(found: Mapping[Several, Courses], places: Sequence[Place], units: Sequence[int], shared: Waves) -> dict[Several, Courses]:
    """The courses with what people weigh who answered in two of the waves; `shared` has the items and scores that all waves share."""
    factors = tuple(lcm(*units) // unit for unit in units)
    products: dict[Several, dict[tuple[int, int], tuple[tuple[Fraction, Fraction, int], ...]]] = {several: {} for several in found}
    for one, other in combinations(range(len(places)), 2):
        before, after = places[one], places[other]
        _, frames = engine.between(_apart(before), _apart(after), queries(shared, before, after))
        moves = moved(shared, before, [frame.rows() for frame in frames])
        for several, own in products.items():
            told = _told(several, shared, moves, before)
            own[one, other] = tuple((a, b, mass * factors[one] * factors[other]) for a, b, mass in told)
    return {several: replace(courses, factors=factors, products=products[several]) for several, courses in found.items()}


def _apart(place: Place) -> Side:
    """The wave in its table with the weights of its people, whatever their groups."""
    return replace(place.weighed, who=Who(weight=place.counted.who.weight))


def _told(several: Several, shared: Waves, moves: Mapping[Pair, Moves], before: Place) -> list[tuple[Fraction, Fraction, int]]:
    """The scores of two waves and what the people with both weigh."""
    if isinstance(several, ItemWaves):
        scores = before.counted.file.scale(several.item).scores
        of_item = moves[ItemPair(several.item, shared.reference, shared.wave)]
        return of_item.weighed(scores) if isinstance(of_item, ItemMoves) else []
    of_score = moves[ScorePair(several.battery, several.items, shared.reference, shared.wave)]
    return of_score.weighed if isinstance(of_score, ScoreMoves) else []


def _levels(scores: Sequence[Fraction], code: int, base: int, waves: int) -> Course:
    """The course that a code stands for, which has the level of each wave at its place."""
    return tuple(scores[level - 1] if (level := code // base**place % base) else None for place in range(waves))


def _scores(battery: Battery, items: int, rows: Sequence[tuple[int, ...]]) -> Counter[Course]:
    """The courses of a score from rows of (the code in each wave, n)."""
    unit, found = unit_of(battery), Counter[Course]()
    for *codes, n in rows:
        parts = [divmod(code, items + 1) for code in codes]
        found[tuple(Fraction(total, answered * unit) if answered else None for total, answered in parts)] += n
    return found


def _with_others(linked: Counter[Course], everyone: Sequence[Mapping[Fraction, int]]) -> Courses:
    """The courses of those who are linked, and of the others among everyone who answered in a wave: each of their answers is one person's."""
    found = Counter({course: n for course, n in linked.items() if any(score is not None for score in course)})
    for place, answers in enumerate(everyone):
        own = Counter[Fraction | None]()
        for course, n in linked.items():
            own[course[place]] += n
        for score, n in answers.items():
            alone = [None] * place + [score] + [None] * (len(everyone) - place - 1)
            found[tuple(alone)] += n - own[score]
    return Courses(tuple(sorted(((course, n) for course, n in found.items() if n), key=lambda one: [(score is not None, score or 0) for score in one[0]])))
