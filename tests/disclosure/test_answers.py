"""An auditor lists every way in which groups can have answered that agrees with all that is shown: nobody's answers may follow."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpgstat import disclosure, workflow
from rpgstat.analyses.breakdown import breakdown
from rpgstat.disclosure import Place, _rounds, attributes, without_counts
from rpgstat.disclosure._table import Table
from rpgstat.study import Battery, Counts, Disclosure, Item, Returned, Scale, Study, Tally, Wave, together
from tests.conftest import NIGHTLY

LEVELS = ("No", "Rather no", "Rather yes", "Yes")
STUDY = Study((Wave("one"),), (Battery("B", Scale("s", LEVELS), (Item("a", "a"),)),))
RULE = Disclosure()
RPG = Path(__file__).parent.parent.parent / "fixtures" / "rpg" / "study.toml"
Levels = tuple[int, ...]


def vectors(n: int, total: int, most: Levels) -> list[Levels]:
    """Every way in which n people can have answered 1 to k, with that sum of scores."""
    if len(most) == 1:
        return [(n,)] if n * 1 == total and n <= most[0] else []
    score, top = len(most), most[-1]
    return [(*rest, count) for count in range(min(n, top) + 1) for rest in vectors(n - count, total - count * score, most[:-1])]


def possible(row: dict, whole: Levels) -> list[Levels]:
    """Every way that agrees with the row's own n, mean, SD and share."""
    n, total = row["n"], round(row["n"] * row["mean"])
    found = vectors(n, total, whole)
    if row["sd"] is not None:
        squares = row["sd"] ** 2 * (n - 1) + n * row["mean"] ** 2
        found = [levels for levels in found if math.isclose(sum(count * (i + 1) ** 2 for i, count in enumerate(levels)), squares, rel_tol=1e-9)]
    if row["agree"] is not None:
        found = [levels for levels in found if math.isclose(sum(levels[len(levels) // 2 :]), row["agree"] * n, abs_tol=1e-9)]
    return found


def worlds(rows: list[dict], whole: Levels) -> dict[str, set[Levels]]:
    """For each group that is shown, all answers of it that leave room for those of the others; groups withheld take what is left."""
    shown = [row for row in rows if row["n"]]
    loose = any(row["n"] is None for row in rows)
    ways = [possible(row, whole) for row in shown]

    @cache
    def fits(left: Levels, others: tuple[int, ...]) -> bool:
        if not others:
            return loose or not any(left)
        return any(
            fits(tuple(a - b for a, b in zip(left, own, strict=True)), others[1:])
            for own in ways[others[0]]
            if all(a >= b for a, b in zip(left, own, strict=True))
        )

    found = {}
    order = sorted(range(len(shown)), key=lambda place: len(ways[place]))
    for place, row in enumerate(shown):
        others = tuple(other for other in order if other != place)
        found[row["group"]] = {own for own in ways[place] if fits(tuple(a - b for a, b in zip(whole, own, strict=True)), others)}
    return found


def told(rows: list[dict], whole: Levels, rule: Disclosure = RULE) -> list[str]:
    """What the auditor finds out about groups of few people, or of which the spread is not shown."""
    found = []
    for group, ways in worlds(rows, whole).items():
        row = next(row for row in rows if row["group"] == group)
        if row["n"] >= rule.detail_from and row["sd"] is not None:
            continue
        if len(ways) < 2:
            found.append(f"{group}: {ways}")
        if row["n"] < rule.detail_from:
            for level in range(len(whole)):
                counts = {own[level] for own in ways}
                if len(counts) == 1 and 1 <= min(counts) < rule.hide_below:
                    found.append(f"{group}: {min(counts)} gave answer {level + 1}")
    return found


def study_of(people: dict[str | None, Levels]) -> Tally:
    parts = {(group,): Tally(("one",), {"one": sum(levels)}, {("a", "one"): Counts(levels, 0, 0)}, {}) for group, levels in people.items()}
    whole = together(parts.values())
    return Tally(whole.waves, whole.returned, whole.counts, {}, by=("role",), parts=parts)


def rows_of(people: dict[str | None, Levels], rule: Disclosure = RULE) -> list[dict]:
    tally = study_of(people)
    found = breakdown(disclosure.groups(tally, STUDY, disclosure.plan(tally, STUDY, rule)), STUDY, waves=["one"])[0].rows
    return [row for row in found if row["item"] == "a"]


def whole_of(people: dict[str | None, Levels]) -> Levels:
    return tuple(map(sum, zip(*people.values(), strict=True)))


few = st.tuples(*[st.integers(0, 3)] * 4)
at_the_top = st.tuples(st.just(0), st.integers(0, 1), st.integers(0, 3), st.integers(0, 7))
many = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 12), st.integers(0, 12))


@settings(max_examples=200 if NIGHTLY else 30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["A", "B", "C", "D", None]), st.one_of(few, at_the_top, many), min_size=2, max_size=5))
def test_nobodys_answers_follow_from_all_that_is_shown(people: dict[str | None, Levels]) -> None:
    assert told(rows_of(people), whole_of(people)) == []


def test_the_auditor_finds_nothing_in_the_example_study() -> None:
    breakdown_rows = workflow.breakdown(study=RPG, by=["role"])[0].rows
    change = workflow.compare(study=RPG, by=["role"])[0].rows
    earlier = {"n": "n_reference", "mean": "mean_reference", "sd": "sd_reference", "agree": "agree_reference"}
    first = [{"group": row["group"]} | {name: row[column] for name, column in earlier.items()} for row in change]
    checked = 0
    for score in workflow.score(study=RPG)[0].rows:
        if score["item"] is None:
            continue
        whole = tuple(score["distribution"])
        key = (score["item"], score["wave"])
        assert told([row for row in breakdown_rows if (row["item"], row["wave"]) == key], whole) == []
        own = zip(change, first if score["wave"] == "+1 year" else change, strict=True)
        assert told([row for where, row in own if where["item"] == score["item"]], whole) == []
        checked += 1
    assert checked == 42


@pytest.mark.parametrize(
    ("guard", "people"),
    [
        ("_why_few", {"A": (1, 1, 2, 3), "B": (6, 6, 5, 5), "C": (9, 9, 9, 9)}),
        ("_tells_alone", {"A": (0, 0, 1, 7), "B": (1, 3, 3, 1), "C": (9, 9, 9, 9)}),
        ("keep_detail", {"A": (1, 1, 2, 3), "B": (6, 6, 5, 5), "C": (9, 9, 9, 9)}),
        ("blur", {"A": (0, 0, 3, 6), "B": (0, 0, 2, 6), "C": (0, 3, 4, 0), "D": (1, 7, 31, 10)}),
    ],
)
def test_without_any_one_guard_the_auditor_finds_answers(monkeypatch, guard: str, people: dict[str | None, Levels]) -> None:
    """Else the tests above would show nothing."""
    assert told(rows_of(people), whole_of(people)) == []
    if guard != "blur":
        monkeypatch.setattr(Table, guard, lambda *_: None)
    if guard in ("_tells_alone", "keep_detail", "blur"):  # which would find the others too
        monkeypatch.setattr(_rounds, "blur", lambda _: [])
    rows = rows_of(people)
    spread = [row["group"] for row in rows if row["n"] and row["n"] < RULE.detail_from and row["sd"] is not None]
    assert spread or told(rows, whole_of(people))


# --- how questionnaires were filled in ------------------------------------------------------------------------------


def filled(people: dict[str, Returned]) -> dict[str, Returned]:
    """The questionnaires of each group as they may be seen, where nothing else is withheld."""
    parts = {(group,): Tally(("one",), {"one": own.returned}, {}, {}) for group, own in people.items()}
    tally = replace(together(parts.values()), by=("role",), parts=parts)
    lost = attributes(disclosure.plan(tally, Study((), ()), RULE), ("role",), {(group,): own for group, own in people.items()}, "one")
    return {group: without_counts(own, Place(("role",), (group,)), lost) for group, own in people.items()}


counts = st.tuples(st.integers(5, 30), st.integers(0, 12), st.integers(0, 12), st.integers(0, 6), st.integers(0, 6))


@settings(max_examples=200 if NIGHTLY else 60, deadline=None)
@given(st.dictionaries(st.sampled_from("ABCDE"), counts, min_size=2))
def test_no_count_of_few_people_is_shown_or_left_over_from_the_total(people: dict[str, tuple[int, ...]]) -> None:
    found = {
        group: Returned(n, n - min(blank, n), 20 * n - partial, min(partial, n), min(straight, n), min(twice, n))
        for group, (n, partial, straight, twice, blank) in people.items()
    }
    shown = filled(found)
    for name, count in (("partial", 0), ("straight_liners", 0), ("repeated", 0), ("usable", 1)):
        of = {group: own.returned - own.usable if count else getattr(own, name) for group, own in found.items()}
        hidden = [group for group, own in shown.items() if getattr(own, name) is None]
        assert all(group in hidden for group, n in of.items() if 1 <= n < RULE.hide_below)
        left = sum(of[group] for group in hidden)
        assert len(hidden) != 1
        assert not hidden or len(hidden) == len(found) or left == 0 or left >= RULE.hide_below
    for group, own in shown.items():
        assert own.answered is None or None not in (own.partial, own.usable), group


def test_that_nobody_of_a_withheld_group_did_does_not_follow_either() -> None:
    """Three people of D returned it, so nothing is said of them; where all seven straight liners stood in A, none were in D."""
    found = {group: Returned(n, n, 20 * n, 0, straight, None) for group, n, straight in (("A", 25, 7), ("B", 20, 0), ("C", 12, 0), ("D", 3, 0))}
    shown = {group: own.straight_liners for group, own in filled(found).items()}
    assert (shown["A"], shown["D"]) == (None, None)
    assert {own.partial for own in filled({group: replace(own, straight_liners=0) for group, own in found.items()}).values()} == {0, None}


def test_a_total_of_one_is_shown_for_no_group() -> None:
    found = {group: Returned(20, 20, 400, 0, 6, twice) for group, twice in (("A", 1), ("B", 0), ("C", 0))}
    assert Counter(own.repeated for own in filled(found).values()) == {None: 3}
    assert Counter(own.partial for own in filled(found).values()) == {0: 3}
    assert Fraction(found["A"].answered or 0, 20) == 20


def test_that_nobody_of_a_withheld_group_sent_it_twice_does_not_follow_from_a_larger_group() -> None:
    """All of a team of four are of one role of eleven, of whom nobody sent it twice: by 0 of the role it would be known of the team."""
    twice = {("Aide", "East"): (7, 0), ("Aide", "West"): (4, 0), ("Clerk", "East"): (26, 1), ("Nurse", "South"): (25, 4)}
    found = {key: Returned(n, n, 20 * n, 0, 6, copies) for key, (n, copies) in twice.items()}
    parts = {key: Tally(("one",), {"one": own.returned}, {}, {}) for key, own in found.items()}
    tally = replace(together(parts.values()), by=("role", "team"), parts=parts)
    lost = attributes(disclosure.plan(tally, Study((), ()), RULE), ("role", "team"), found, "one")
    assert Place(("team",), ("West",)) in lost["repeated"]
    assert Place(("role",), ("Aide",)) in lost["repeated"]
