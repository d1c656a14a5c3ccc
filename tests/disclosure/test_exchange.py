"""People who change groups: whatever they are found to bring about is possible beside all that is shown, in whole people."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpgstat import disclosure
from rpgstat.disclosure._exchange import Exchange
from rpgstat.disclosure._linked import hidden_places, largest_possible
from rpgstat.disclosure._unknowns import Unknowns
from rpgstat.disclosure._wishes import wishes
from rpgstat.stats.whole import whole_counts
from rpgstat.study import Disclosure, ItemCell, Key
from tests.conftest import NIGHTLY
from tests.disclosure.stranger import Levels, study_of, tally_of

ITEM = ItemCell("a", "one")
answers = st.tuples(*[st.integers(0, 3)] * 4)
many = st.tuples(*[st.integers(0, 9)] * 4)
labels = (st.sampled_from(["A", "B", "C", None]), st.sampled_from(["x", "y", "z"]))


def met(people: Mapping[Key, Levels], silent: Mapping[Key, int] | None = None) -> list[tuple[bool, bool]]:
    """Of each wish whether people who change groups meet it, and whether whole counts do."""
    by = ("role", "team")
    table = disclosure.plan(tally_of(by, people, silent), study_of(by), Disclosure())._tables[ITEM]
    hidden = hidden_places(table)
    most = dict(zip(hidden, largest_possible(table, hidden), strict=True))
    exchange, unknowns = Exchange(table, most), Unknowns(table, most)
    found = []
    for place in hidden:
        some = tuple(unknowns.number(table.universe.members[place]))
        for wish in wishes(table, place, most[place]):
            possible = whole_counts(unknowns.system(), unknowns.row(place, wish.factors), wish.least, some) is not None
            found.append((exchange.meets(place, wish), possible))
    return found


@settings(max_examples=100 if NIGHTLY else 10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.tuples(*labels), st.one_of(answers, many), min_size=3, max_size=8), st.dictionaries(st.tuples(*labels), st.integers(0, 2)))
def test_what_people_who_change_groups_bring_about_is_possible(people: dict[Key, Levels], silent: dict[Key, int]) -> None:
    assert all(possible for exchanged, possible in met(people, silent) if exchanged)


def test_some_of_what_is_possible_is_found_without_a_programme() -> None:
    """Else exchanging would be no help."""
    people = {(role, team): (3, 4, 6, 3) for role in "ABC" for team in "xy"} | {("A", "z"): (1, 0, 1, 1), ("B", "z"): (0, 1, 1, 1), ("C", "z"): (3, 4, 3, 3)}
    found = met(people)
    assert 5 < sum(exchanged for exchanged, _ in found) <= sum(possible for _, possible in found)
