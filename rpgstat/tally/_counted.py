"""Counts of one file for one analysis: what is asked of its table, and the tallies that its answers make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import field, replace

from rpgstat.record import record
from rpgstat.study import ItemSums, Tally, together
from rpgstat.tally import engine
from rpgstat.tally._assembly import Codes, Place, item_sums, people_of, scored
from rpgstat.tally._file import File
from rpgstat.tally._scores import items_of
from rpgstat.tally._spec import Query, ScoreOf, Who
from rpgstat.tally._weighing import Weighing, weighing
from rpgstat.tally.engine import Counted, Heap

Scored = tuple[str, tuple[str, ...]]
"""A battery's name and the items its score is made of."""


@record
class InFile:
    """What was counted in a file, told apart by `who`: the tally of each combination of groups, and how the items of scores go together."""

    file: File
    who: Who
    people: Mapping[Codes, Tally]
    weighing: Weighing | None = None
    item_sums: Mapping[Scored, ItemSums] = field(default_factory=dict)
    scores: frozenset[Scored] = frozenset()

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves of the file."""
        return self.file.source.waves

    @property
    def total(self) -> Tally:
        """Everyone in the file."""
        return together(self.people.values())


def count(file: File, who: Who = Who(), keys: Set[Scored] = frozenset(), judged: Set[Scored] = frozenset()) -> InFile:  # noqa: B008 # frozen
    """Counts items and the battery scores `keys` in one pass; once more when it met answers that were not learnt, and when it met blank
    rows or people who stand in the file twice.

    Of the items of `judged` it also takes what tells how they go together. Raises UserError for an answer that is on no level, and a wave
    without respondents.
    """
    queries = _score_queries(file, keys, judged)
    cells, found, watched = _collect(file, who, queries, file.watch)
    if file.relearn(cells):
        cells, found, watched = _collect(file, who, queries, file.watch)
    if watched:
        again = watched[1].item() if len(watched) > 1 else 0
        if file.settle(watched[0], again):
            cells, found, watched = _collect(file, who, queries, [file.roll])
        file.tell_unfinished(watched[0])
    weighed = None if who.weight is None else weighing(file.source, cells.filter(column=file.cells.columns[0] if file.cells.columns else ""))
    one = InFile(file, who, people_of(file, _heaps(who, weighed, cells, "column", "code"), weighted=weighed is not None), weighed)
    return _with_scores(one, keys, judged, found)


def also(one: InFile, keys: Set[Scored], judged: Set[Scored]) -> InFile:
    """With what is not counted yet: battery scores among `keys`, and how the items of `judged` go together."""
    missing, unjudged = keys - one.scores, judged - set(one.item_sums)
    if not missing and not unjudged:
        return one
    return _with_scores(one, missing, unjudged, one.file.table.collect(_score_queries(one.file, missing, unjudged), one.who))


def _collect(file: File, who: Who, scores: Sequence[Query], watch: Sequence[Query]) -> tuple[Counted, list[Counted], list[Counted]]:
    """The counts of the items, of the scores, and what is watched for."""
    first, *others = file.table.collect([file.cells, *scores, *watch], who)
    return first, others[: len(scores)], others[len(scores) :]


def _score_queries(file: File, keys: Set[Scored], judged: Set[Scored]) -> list[Query]:
    return [ScoreOf(items_of(file, items), (battery, items) in judged) for battery, items in sorted(keys | judged)]


def _with_scores(one: InFile, keys: Set[Scored], judged: Set[Scored], frames: Sequence[Counted]) -> InFile:
    found = dict(zip(sorted(keys | judged), frames, strict=True))
    batteries = {battery.name: battery for battery in one.file.study.batteries}
    scores = {codes: dict(own.scores) for codes, own in one.people.items()}
    for key in sorted(keys):
        rows = _heaps(one.who, one.weighing, found[key], "sum", "answered")
        for codes, own in scored(batteries[key[0]], key[1], rows, scores, one.waves, weighted=one.weighing is not None).items():
            scores[codes].update(own)
    people = {codes: replace(own, scores=scores[codes]) for codes, own in one.people.items()}
    sums = {key: item_sums(found[key], len(key[1])) for key in judged}
    return replace(one, people=people, item_sums={**one.item_sums, **sums}, scores=one.scores | keys)


def _heaps(who: Who, weighed: Weighing | None, counted: Counted, *what: str) -> dict[Place, Heap]:
    places = [*who.keys, *what]
    if weighed is not None:
        return engine.weighed(counted, places, weighed.whole)
    return {tuple(place): (n, 0, 0) for *place, n in counted.select(*places, "n").iter_rows()}
