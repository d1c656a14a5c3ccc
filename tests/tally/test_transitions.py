"""The same people in two waves: who they are, and from which answer to which they moved, against a recount person by person."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from math import lcm
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpgstat.study import Battery, Group, Item, ItemMoves, ItemPair, ItemWaves, Linked, Scale, ScoreMoves, ScorePair, ScoreWaves, Study, Wave
from rpgstat.tally import Files, tally

SCALE = Scale("s", ("No", "Rather", "Yes"), not_applicable=("?",))
THIRDS = Scale("t", ("Low", "High"), scores=(Fraction(1, 3), Fraction(2)))
LEVELS = {level: place for place, level in enumerate(SCALE.levels)}
ITEMS = ("a", "b", "c")
WAVES = ("one", "two")
STUDY = Study(
    tuple(map(Wave, WAVES)), (Battery("B", SCALE, tuple(Item(x, x, reverse=x == "c") for x in ITEMS)),), id_column="Code", groups=(Group("role", ("role",)),)
)
PERSON = st.tuples(st.sampled_from(["A", "B", None]), *[st.sampled_from(["No", "Rather", "Yes", "?", None])] * 3)
PEOPLE = st.dictionaries(st.sampled_from([f"k{i}" for i in range(12)]), PERSON, min_size=1, max_size=12)


def table(people: dict[str, tuple[str | None, ...]]) -> dict[str, list[str | None]]:
    """Columns from id -> role and an answer to each item."""
    return dict(zip(("Code", "role", *ITEMS), map(list, zip(*((id, *row) for id, row in people.items()), strict=True)), strict=True))


def moved(before, after, declared=STUDY, by=(), **files):
    """The tally of two sources, with the moves between them."""
    sources = [before, after] if after else [before]
    found = Files(declared, sources, ("role",), **files) if files else None
    return tally(declared, sources, [WAVES], by, files=found, pairs=[WAVES])


def by_hand(before, after):
    """The moves of those ids that are in both."""
    both = before.keys() & after.keys()
    tables = {}
    for at, item in enumerate(ITEMS, start=1):
        seen = [[0] * 3 for _ in range(3)]
        for id in both:
            first, later = before[id][at], after[id][at]
            if first in LEVELS and later in LEVELS:
                places = (LEVELS[first], LEVELS[later]) if item != "c" else (2 - LEVELS[first], 2 - LEVELS[later])
                seen[places[0]][places[1]] += 1
        tables[item] = tuple(map(tuple, seen))
    scores = Counter((score(before[id]), score(after[id])) for id in both)
    return len(both), tables, tuple((*move, n) for move, n in sorted((move, n) for move, n in scores.items() if None not in move))


def score(row):
    """The mean of the answered items, of two at least; c is reversed."""
    given = [3 - LEVELS[cell] if item == "c" else 1 + LEVELS[cell] for item, cell in zip(ITEMS, row[1:], strict=True) if cell in LEVELS]
    return Fraction(sum(given), len(given)) if 2 * len(given) >= 3 else None


def test_a_table_of_three_people(file):
    one = file("one", **table({"k1": ("A", "No", "Yes", None), "k2": ("A", "Yes", "Yes", "?"), "k3": ("B", "No", "No", "No")}))
    two = file("two", **table({"K1 ": ("A", "Rather", "Yes", "No"), "k2": ("B", "Yes", None, "Yes"), "k9": ("B", "Yes", "No", "No")}))
    found = moved(one, two, by=STUDY.groups)
    assert found.links == {WAVES: Linked(3, 3, 2)}
    assert found.transitions[ItemPair("a", *WAVES)] == ItemMoves(((0, 1, 0), (0, 0, 0), (0, 0, 1)))
    assert found.transitions[ItemPair("b", *WAVES)].n == 1
    assert found.transitions[ScorePair("B", ITEMS, *WAVES)] == ScoreMoves(((Fraction(2), Fraction(8, 3), 1), (Fraction(3), Fraction(2), 1)))
    assert found.parts["A",].transitions[ItemPair("a", *WAVES)].table == ((0, 1, 0), (0, 0, 0), (0, 0, 0))  # k2 has changed roles
    assert found.parts["B",].transitions[ItemPair("a", *WAVES)].n == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(PEOPLE, PEOPLE, st.randoms(use_true_random=False))
def test_any_people_as_matched_one_by_one(file, before, after, random):
    told = {id: row for id, row in before.items() if any(row)}, {id: row for id, row in after.items() if any(row)}
    if not all(told):
        return
    linked, tables, scores = by_hand(*told)
    shuffled = [dict(random.sample(sorted(people.items()), len(people))) for people in (before, after)]
    found = moved(*(file(wave, **table(people)) for wave, people in zip(WAVES, shuffled, strict=True)))
    assert found.links[WAVES].both == linked
    shared = found.common(ITEMS, WAVES)
    assert {pair.item: moves.table for pair, moves in found.transitions.items() if isinstance(pair, ItemPair)} == {item: tables[item] for item in shared}
    if shared == ITEMS:
        assert found.transitions[ScorePair("B", ITEMS, *WAVES)].moves == scores
    for item in shared:
        pairs = found.transitions[ItemPair(item, *WAVES)].table
        for margin, wave in ((list(map(sum, pairs)), "one"), (list(map(sum, zip(*pairs, strict=True))), "two")):
            assert all(of_pairs <= n for of_pairs, n in zip(margin, found.counts[item, wave].levels, strict=True))


def many(seed: int, n: int = 300) -> dict[str, tuple[str | None, ...]]:
    draw = Random(seed)
    people = {}
    for i in draw.sample(range(1_000, 1_000 + 2 * n), n):
        people[f"k{i}"] = (draw.choice("AB"), *(draw.choice(["No", "Rather", "Yes", "?", None]) for _ in ITEMS))
    return people


@pytest.mark.parametrize("keep", [False, True])
def test_waves_of_one_file_and_codes_that_are_not_kept_make_no_difference(file, keep):
    """Nor do ids that repeat, and blank rows, whichever way the file is counted."""
    declared = replace(STUDY, keep_duplicates=keep)
    waves = {wave: list(zip(*table(many(seed)).values(), strict=True)) for seed, wave in enumerate(WAVES)}
    waves["one"] += [*[(id, "A", "Yes", "Yes", "No") for id, *_ in waves["one"][:40]], ("x", None, None, None, None), (None, "A", "No", "No", "No")]
    headers = ("Code", "role", *ITEMS)
    apart = [file(wave, **dict(zip(headers, map(list, zip(*rows, strict=True)), strict=True))) for wave, rows in waves.items()]
    rows = [(*row, wave) for wave, own in waves.items() for row in own]
    pooled = file(*WAVES, wave="when", **dict(zip((*headers, "when"), map(list, zip(*rows, strict=True)), strict=True)))
    ways = [moved(*apart, declared, STUDY.groups, most=most) for most in (200_000_000, 0)]
    ways += [moved(pooled, None, declared, STUDY.groups, most=most) for most in (200_000_000, 0)]
    assert len({str((one.links, one.transitions, {who: part.transitions for who, part in one.parts.items()})) for one in ways}) == 1
    link = ways[0].links[WAVES]
    assert (link.reference, link.wave, link.without_id, link.repeated) == ((260, 300, 1, 80) if keep else (300, 300, 1, 0))
    assert 0 < ways[0].transitions[ItemPair("a", *WAVES)].n < link.both


def test_fractional_scores_and_columns_at_other_places(file):
    battery = Battery("T", THIRDS, (Item("x", "x"), Item("y", "y", reverse=True)))
    declared = Study(tuple(map(Wave, WAVES)), (battery,), id_column="Code")
    one = file("one", Code=["k1", "k2"], x=["Low", "High"], y=["Low", "High"])
    two = file("two", y=["High", "Low"], Code=["k2", "k1"], x=["High", "High"])
    found = tally(declared, [one, two], [WAVES], pairs=[WAVES])
    assert found.transitions[ItemPair("x", *WAVES)].scored(THIRDS.scores) == [(Fraction(1, 3), Fraction(2), 1), (Fraction(2), Fraction(2), 1)]
    assert found.transitions[ItemPair("y", *WAVES)].table == ((1, 0), (0, 1))  # reversed: high is the lower score
    low, high = Fraction(7, 6), Fraction(2)
    assert found.transitions[ScorePair("T", ("x", "y"), *WAVES)].moves == ((low, low, 1), (low, high, 1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
@given(PEOPLE, PEOPLE, st.lists(st.sampled_from(["1", "0.5", "2,25", "0.3333333333333333", "41.12345678901"]), min_size=24, max_size=24))
def test_weights_of_pairs_are_products_however_long(file, before, after, weights):
    told = {id: row for id, row in before.items() if any(row)}, {id: row for id, row in after.items() if any(row)}
    if not all(told):
        return
    heavy = [dict(zip(people, own, strict=False)) for people, own in zip(told, (weights[:12], weights[12:]), strict=True)]
    sources = [file(wave, **table(people), w=[own[id] for id in people]) for wave, people, own in zip(WAVES, told, heavy, strict=True)]
    found = tally(STUDY, sources, [WAVES], weight="w", pairs=[WAVES])
    units = [lcm(*(number(word).denominator for word in own.values())) for own in heavy]
    for at, item in enumerate(ITEMS, start=1):
        pairs = found.transitions.get(ItemPair(item, *WAVES))
        linked = {id for id in told[0].keys() & told[1].keys() if {told[0][id][at], told[1][id][at]} <= LEVELS.keys()}
        if pairs is not None:
            assert sum(map(sum, pairs.masses)) == sum(number(heavy[0][id]) * number(heavy[1][id]) for id in linked) * units[0] * units[1]
            assert [[mass > 0 for mass in row] for row in pairs.masses] == [[n > 0 for n in row] for row in pairs.table]
    if (scores := found.transitions.get(ScorePair("B", ITEMS, *WAVES))) is not None:
        both = {id for id in told[0].keys() & told[1].keys() if score(told[0][id]) is not None and score(told[1][id]) is not None}
        assert sum(scores.masses) == sum(number(heavy[0][id]) * number(heavy[1][id]) for id in both) * units[0] * units[1]


def number(word):
    return Fraction(word.replace(",", "."))


def test_ids_that_link_nobody_leave_no_moves(file):
    rows = table({"1": ("A", "No", "Yes", "No"), "2": ("A", "Yes", "Yes", "No")})
    found = moved(file("one", **rows), file("two", **rows))
    assert "runs on from 0 or 1" in found.links[WAVES].why
    assert (found.links[WAVES].both, found.transitions) == (0, {})
    assert moved(file("one", **rows), file("two", **rows), replace(STUDY, linked=True)).links[WAVES].both == 2


@pytest.mark.parametrize(("one", "other"), [("k1", "K1"), (" k1", "k1\u00a0"), ("\uff4b1", "k1"), ("stra\u00dfe", "STRASSE"), ("k\u0301", "\u1e31")])
def test_spellings_of_one_id(file, one, other):
    before, after = ({id: ("A", "No", "Yes", "No")} for id in (one, other))
    assert moved(file("one", **table(before)), file("two", **table(after))).links[WAVES].both == 1


def test_without_ids_or_without_being_asked_there_are_no_moves(file):
    sources = [file(wave, **table(many(1))) for wave in WAVES]
    assert tally(STUDY, sources, [WAVES]).transitions == {}
    assert tally(replace(STUDY, id_column=None), sources, [WAVES], pairs=[WAVES]).links == {}


# --- several waves -----------------------------------------------------------------------------------------------------

THREE = ("one", "two", "three")
OVER_THREE = replace(STUDY, waves=tuple(map(Wave, THREE)))


def over_three(sources, declared=OVER_THREE, **files):
    found = Files(declared, sources, (), **files) if files else None
    return tally(declared, sources, [THREE], files=found, courses=[THREE])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20)
@given(st.tuples(PEOPLE, PEOPLE, PEOPLE))
def test_courses_are_those_of_each_person(file, waves):
    told = [{id: row for id, row in people.items() if any(row)} for people in waves]
    if not all(told):
        return
    found = over_three([file(wave, **table(people)) for wave, people in zip(THREE, waves, strict=True)])
    ids = sorted({id for people in told for id in people})

    def answer(row, at):
        if row is None or row[at] not in LEVELS:
            return None
        return Fraction(3 - LEVELS[row[at]] if ITEMS[at - 1] == "c" else 1 + LEVELS[row[at]])

    shared = found.common(ITEMS, THREE)
    for at, item in enumerate(ITEMS, start=1):
        expected = Counter(tuple(answer(people.get(id), at) for people in told) for id in ids)
        if item in shared:
            assert dict(found.courses[ItemWaves(item, THREE)].people) == {own: n for own, n in expected.items() if any(own)}
    if shared == ITEMS:
        expected = Counter(tuple(score(people[id]) if id in people else None for people in told) for id in ids)
        assert dict(found.courses[ScoreWaves("B", ITEMS, THREE)].people) == {own: n for own, n in expected.items() if any(own)}


@pytest.mark.parametrize("most", [200_000_000, 0], ids=["from memory", "from the file"])
def test_courses_over_two_waves_are_the_moves_and_everybody_else(file, most):
    waves = {wave: table(many(seed)) for seed, wave in enumerate(WAVES)}
    waves["one"] = {name: [*cells, None, None] for name, cells in waves["one"].items()} | {"a": [*waves["one"]["a"], "Yes", "No"]}  # two without an id
    sources = [file(wave, **columns) for wave, columns in waves.items()]
    found = tally(STUDY, sources, [WAVES], files=Files(STUDY, sources, (), most), pairs=[WAVES], courses=[WAVES])
    courses = found.courses[ItemWaves("a", WAVES)]
    assert [(*own, n) for own, n in courses.people if None not in own] == found.transitions[ItemPair("a", *WAVES)].scored(SCALE.scores)
    for place, wave in enumerate(WAVES):
        margin = Counter({level: sum(n for own, n in courses.people if own[place] == level) for level in SCALE.scores})
        assert tuple(margin[level] for level in SCALE.scores) == found.counts["a", wave].levels
    scored = found.courses[ScoreWaves("B", ITEMS, WAVES)]
    assert tuple((*own, n) for own, n in scored.people if None not in own) == found.transitions[ScorePair("B", ITEMS, *WAVES)].moves
    assert sum(n for own, n in scored.people if own[0] is not None) == found.scores["B", ITEMS, "one"].n


def test_courses_need_ids_that_link(file):
    rows = table({"1": ("A", "No", "Yes", "No"), "2": ("A", "Yes", "Yes", "No")})
    sources = [file(wave, **rows) for wave in THREE]
    assert over_three(sources).courses == {}
    assert over_three(sources, replace(OVER_THREE, id_column=None)).courses == {}
    found = over_three(sources, replace(OVER_THREE, linked=True)).courses[ItemWaves("a", THREE)]
    assert found.people == (((Fraction(1),) * 3, 1), ((Fraction(3),) * 3, 1))
    assert found.timed([1, 2, 4])[1] == ([(1, Fraction(3)), (2, Fraction(3)), (4, Fraction(3))], 1)
