"""People who stand in two waves by their groups in each, those who gave no answer too: what raked waves need to know of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from rpgstat.study import Group, ItemPair, Pair, ScorePair, Tally
from rpgstat.study.transitions import Apart
from rpgstat.tally import engine
from rpgstat.tally._answers import recount
from rpgstat.tally._counted import count
from rpgstat.tally._files import Files
from rpgstat.tally._groups import Grouping
from rpgstat.tally._links import Place, Waves, places_of, queries, why_nobody
from rpgstat.tally._scores import unit_of
from rpgstat.tally._spec import ScoreMovesOf, Who


def met_apart(files: Files, counted: Tally, by: Sequence[Group], pairs: Sequence[tuple[str, str]]) -> dict[Pair, Apart]:
    """Of each item and score of two waves whose ids link people: these by their labels in the groupings `by`, and what they answered, in either.

    Who is who, and what is asked of the engine, as in `transitions`. `counted` is the tally of the files.
    """
    groupings = [files.grouping(group, recount) for group in by]
    found: dict[Pair, Apart] = {}
    numbered = [Who(tuple(grouping.numbering(at) for grouping in groupings)) for at in range(len(files.each))]
    places = places_of([count(file, who) for file, who in zip(files.each, numbered, strict=True)])
    for pair in pairs:
        before, after = (places[wave] for wave in pair)
        if before.side.table.ids is not None and after.side.table.ids is not None:
            found |= _of_pair(files, counted, groupings, pair, (before, after))
    return found


def _of_pair(files: Files, counted: Tally, groupings: Sequence[Grouping], pair: tuple[str, str], places: tuple[Place, Place]) -> dict[Pair, Apart]:
    study, (before, after) = files.study, places
    items = counted.common(tuple(item.id for _, item in study.items), pair)
    scores = [(battery, own) for battery in study.batteries if (own := tuple(item.id for item in battery.items if item.id in items))]
    waves = Waves(*pair, items, tuple(scores))
    asked = [replace(query, everyone=True) if isinstance(query, ScoreMovesOf) else query for query in queries(waves, before, after)]
    met, (of_items, *of_scores) = engine.between(before.side, after.side, asked, apart=True)
    if why_nobody(study, [(before, met.reference), (after, met.wave)]):
        return {}
    labels = _Labels(groupings)
    answered = [Counter[tuple[object, ...]]() for _ in items]
    for *codes, place, both, n in of_items.rows():
        levels = before.counted.file.scale(items[int(place)]).scores
        answers = (levels[code - 1] if 1 <= code <= len(levels) else None for code in divmod(both, 256))
        answered[int(place)][labels.with_answers(codes, answers)] += n
    found: dict[Pair, Apart] = {ItemPair(item, *pair): _told(people) for item, people in zip(items, answered, strict=True)}
    for (battery, of), frame in zip(scores, of_scores, strict=True):
        found[ScorePair(battery.name, of, *pair)] = _told(_scored(frame.rows(), labels, unit_of(battery), len(of)))
    return found


class _Labels:
    """The labels that codes of both waves stand for."""

    def __init__(self, groupings: Sequence[Grouping]) -> None:
        self._groupings = groupings

    def with_answers(self, codes: Sequence[int], answers: Iterator[Fraction | None]) -> tuple[object, ...]:
        """The labels before, the answer, both after."""
        n, (first, last) = len(self._groupings), answers
        before, after = (tuple(grouping.label(code) for grouping, code in zip(self._groupings, own, strict=True)) for own in (codes[:n], codes[n:]))
        return before, first, after, last


def _scored(rows: Iterable[tuple[int, ...]], labels: _Labels, unit: int, items: int) -> Counter[tuple[object, ...]]:
    """People by their labels and scores; below half of the items there is none."""
    found = Counter[tuple[object, ...]]()
    for *codes, total, answered, later_total, later_answered, n in rows:
        sides = ((total, answered), (later_total, later_answered))
        scores = (Fraction(whole, number * unit) if number and 2 * number >= items else None for whole, number in sides)
        found[labels.with_answers(codes, scores)] += n
    return found


def _told(people: Counter[tuple[object, ...]]) -> Apart:
    return tuple((*move, n) for move, n in people.items())  # type: ignore[misc]  # labels, answer, labels, answer, people
