"""Who is the same person in two waves, by the ids that a study declares, and from which answer to which they moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.study import CHANGED, Battery, ItemMoves, ItemPair, Key, Linked, Moves, Pair, ScoreMoves, ScorePair, Study, normalise
from rpgstat.tally import engine
from rpgstat.tally._counted import InFile
from rpgstat.tally._groups import Grouping
from rpgstat.tally._people import RESPONSE_IDS
from rpgstat.tally._scores import items_of, unit_of
from rpgstat.tally._spec import AFTER, BEFORE, ELSEWHERE, Both, MovesOf, ScoreMovesOf, Who
from rpgstat.tally.engine import Side
from rpgstat.text import shortened

Rows = list[tuple[int, ...]]
"""The counts of some people, as a query gives them but for their groups."""


@record
class Transitions:
    """For pairs of waves who is linked, and how these people moved: everyone, those who stand in a combination of groups in both waves or, in
    groupings where they do not, ELSEWHERE, and the moves of nobody, which are those of any other combination."""

    links: Mapping[tuple[str, str], Linked]
    everyone: Mapping[Pair, Moves]
    parts: Mapping[Key, Mapping[Pair, Moves]]
    nobody: Mapping[Pair, Moves]

    def of(self, key: Key) -> dict[Pair, Moves]:
        """The moves of a combination of groups."""
        return {**self.nobody, **self.parts.get(key, {})}


@record
class Place:
    """A wave in a counted file."""

    counted: InFile
    at: int

    @property
    def side(self) -> Side:
        """The wave in its table; weights are left aside."""
        return Side(self.counted.file.table, self.at, Who(self.counted.who.groups))

    @property
    def weighed(self) -> Side:
        """The wave in its table with the weights of its people, where they have some."""
        weighing = self.counted.weighing
        return self.side if weighing is None else Side(self.counted.file.table, self.at, self.counted.who, weighing.whole)


@record
class Waves:
    """Two waves, the items that they share, and those of the scores of batteries."""

    reference: str
    wave: str
    items: tuple[str, ...]
    scores: tuple[tuple[Battery, tuple[str, ...]], ...]


def transitions(
    study: Study, files: Sequence[InFile], pairs: Sequence[tuple[str, str]], shared: Mapping[tuple[str, ...], Sequence[str]], by: Sequence[Grouping]
) -> Transitions:
    """For each pair of waves whose ids the study declares; nothing without declared ids in both. `shared` are the items of each pair.

    Ids match after NFKC, without spaces at the ends and whatever the case. Blank ids, ids that a spreadsheet rounded, and ids on several
    rows where all of these count link nobody; unless `linked` is declared, neither do ids under which a platform numbers responses, nor
    integers that run on from 0 or 1 in both waves. Integers throughout, from one join of codes; no row is collected.
    """
    places = places_of(files)
    links: dict[tuple[str, str], Linked] = {}
    everyone: dict[Pair, Moves] = {}
    parts: dict[Key, dict[Pair, Moves]] = {}
    nobody: dict[Pair, Moves] = {}
    for pair in pairs:
        before, after = (places[wave] for wave in pair)
        if study.id_column is None or before.side.table.ids is None or after.side.table.ids is None:
            continue
        scores = [(battery, tuple(item.id for item in battery.items if item.id in shared[pair])) for battery in study.batteries]
        waves = Waves(*pair, tuple(shared[pair]), tuple((battery, items) for battery, items in scores if items))
        met, found = engine.between(before.weighed, after.weighed, queries(waves, before, after))
        why = why_nobody(study, [(before, met.reference), (after, met.wave)])
        links[pair] = Linked(met.reference, met.wave, 0 if why else met.both, why, met.without_id, met.repeated, met.damaged)
        told = [] if why else [_by_group(frame.rows(), len(by)) for frame in found]
        everyone |= moved(waves, before, [[row for rows in own.values() for row in rows] for own in told])
        nobody |= moved(waves, before, [[] for _ in told])
        for codes in {codes for own in told for codes in own if by}:
            key = tuple(CHANGED if code == ELSEWHERE else grouping.label(code) for grouping, code in zip(by, codes, strict=True))
            parts.setdefault(key, {}).update(moved(waves, before, [own.get(codes, []) for own in told]))
    return Transitions(links, everyone, parts, nobody)


def places_of(files: Sequence[InFile]) -> dict[str, Place]:
    """Where each wave is."""
    return {wave: Place(one, at) for one in files for at, wave in enumerate(one.waves)}


def why_nobody(study: Study, people: Sequence[tuple[Place, int]]) -> str:
    """Why the ids of some waves, each of so many people, link nobody; "" where they do."""
    sources = [place.side.table.source for place, _ in people]
    if any(source.retrospective for source in sources) and len({source.survey.source for source in sources}) == 1:
        return ""  # both are in one questionnaire
    name = shortened(study.id_column or "")
    if not study.linked and normalise(study.id_column or "") in RESPONSE_IDS:
        return say("links.platform", column=name)
    if not study.linked and sum(place.side.table.run_on(place.at, n) for place, n in people) > 1:
        return say("links.runs_on", column=name)
    return ""


def queries(waves: Waves, before: Place, after: Place) -> list[MovesOf | ScoreMovesOf]:
    """One on all items, then one on each score."""

    def both(items: Sequence[str]) -> tuple[Both, ...]:
        sides = (items_of(place.counted.file, items, prefix) for place, prefix in ((before, BEFORE), (after, AFTER)))
        return tuple(zip(*sides, strict=True))

    digits = engine.digits(before.weighed, after.weighed)
    return [MovesOf(both(waves.items), digits), *(ScoreMovesOf(both(items), digits) for _, items in waves.scores)]


def _by_group(rows: Sequence[tuple[int, ...]], groups: int) -> dict[tuple[int, ...], Rows]:
    """Rows by the codes of groups that they begin with."""
    found: dict[tuple[int, ...], Rows] = {}
    for row in rows:
        found.setdefault(row[:groups], []).append(row[groups:])
    return found


def moved(waves: Waves, before: Place, found: Sequence[Rows]) -> dict[Pair, Moves]:
    """How some people moved, from what the queries found of them; nothing from nothing."""
    if not found:
        return {}
    moves: dict[Pair, Moves] = {}
    weighted = before.counted.weighing is not None
    tables, heavy = ([_table(len(before.counted.file.scale(item).levels)) for item in waves.items] for _ in range(2))
    for place, codes, n, *sums in found[0]:
        from_code, to_code = divmod(codes, 256)
        table = tables[int(place)]
        if 1 <= from_code <= len(table) and 1 <= to_code <= len(table):
            table[from_code - 1][to_code - 1] += n
            heavy[int(place)][from_code - 1][to_code - 1] += engine.undigited(sums)
    for item, table, masses in zip(waves.items, tables, heavy, strict=True):
        moves[ItemPair(item, waves.reference, waves.wave)] = ItemMoves(tuple(map(tuple, table)), tuple(map(tuple, masses)) if weighted else ())
    for (battery, items), rows in zip(waves.scores, found[1:], strict=True):
        moves[ScorePair(battery.name, items, waves.reference, waves.wave)] = _scores(unit_of(battery), rows, weighted=weighted)
    return moves


def _table(levels: int) -> list[list[int]]:
    return [[0] * levels for _ in range(levels)]


def _scores(unit: int, rows: Rows, *, weighted: bool) -> ScoreMoves:
    """The moves of a score from rows of (sum and number answered before, both after, n, and where people are weighted what they weigh by places)."""
    common = lcm(*{row[1] for row in rows}, *{row[3] for row in rows})  # whole numbers are put together and ordered faster than fractions
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for total, answered, later_total, later_answered, n, *sums in rows:
        move = total * (common // answered), later_total * (common // later_answered)
        people, mass = found.get(move, (0, 0))
        found[move] = people + n, mass + engine.undigited(sums)
    told = sorted(found.items())
    scores = {whole: Fraction(whole, common * unit) for move in found for whole in move}
    return ScoreMoves(tuple((scores[one], scores[other], n) for (one, other), (n, _) in told), tuple(mass for _, (_, mass) in told) if weighted else ())
