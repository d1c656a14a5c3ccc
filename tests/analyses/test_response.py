"""`response` and `population`: rates, changes and make-up from counts of questionnaires."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from rpgstat import disclosure
from rpgstat.analyses.response import Returns, population, response
from rpgstat.study import Disclosure, Returned, Study, Tally, Wave, together

RULE = Disclosure()


def people(**returned: int) -> Tally:
    """So many questionnaires by wave, without any item."""
    return Tally(tuple(returned), returned, {}, {})


def by_role(parts: dict[str | None, dict[str, int]], rule: Disclosure | None = RULE) -> disclosure.Groups:
    tallies = {(role,): people(**waves) for role, waves in parts.items()}
    whole = together(tallies.values())
    tally = Tally(whole.waves, whole.returned, {}, {}, by=("role",), parts=tallies)
    return disclosure.groups(tally, Study((), ()), disclosure.plan(tally, Study((), ()), rule) if rule else None)


def rates(*, one: tuple[int, int | None], two: tuple[int, int | None], reference: str = "one") -> list[dict]:
    """The rows of two waves, each (returned, invited)."""
    study = Study((Wave("one", invited=one[1]), Wave("two", invited=two[1])), ())
    everyone = {"one": Returned(one[0], repeated=0), "two": Returned(two[0], repeated=0)}
    return response(study, everyone, {"one": 3, "two": 3}, [], reference).rows


def test_a_rate_counts_those_invited_and_has_no_interval():
    before, after = rates(one=(47, 214), two=(75, 234))
    assert (before["rate"], after["rate"], after["change"]) == (47 / 214, 75 / 234, 75 / 234 - 47 / 214)
    assert (before["change"], before["reference"]) == (None, None)
    assert not [column for column in after if column.endswith(("_low", "_high"))]


@settings(deadline=None)
@given(st.data())
def test_any_rates(data):
    cells = [(returned, returned + data.draw(st.integers(0, 40))) for returned in data.draw(st.tuples(st.integers(1, 60), st.integers(1, 60)))]
    before, after = rates(one=cells[0], two=cells[1])
    assert 0 <= after["rate"] <= 1
    back, _ = rates(one=cells[0], two=cells[1], reference="two")
    assert back["change"] == -after["change"]
    assert before["rate"] + after["change"] == pytest.approx(after["rate"])


def test_everyone_answered_and_nobody_did():
    before, after = rates(one=(0, 20), two=(20, 20))
    assert (before["rate"], before["answered"]) == (0.0, None)
    assert (after["rate"], after["change"]) == (1.0, 1.0)


def test_a_role_that_is_withheld_in_the_reference_wave_has_no_change():
    study = Study((Wave("one", invited_by={"role": {"A": 30, "B": 30, "C": 30}}), Wave("two", invited_by={"role": {"A": 30, "B": 30, "C": 30}})), ())
    parts = {"A": {"one": 12, "two": 12}, "B": {"one": 3, "two": 9}, "C": {"one": 8, "two": 7}}
    groups = by_role(parts)
    filled = {wave: {role: Returned(sizes[wave], repeated=0) for role, sizes in parts.items()} for wave in ("one", "two")}
    everyone = {wave: Returned(sum(sizes[wave] for sizes in parts.values()), repeated=0) for wave in ("one", "two")}
    rows = response(study, everyone, {"one": 3, "two": 3}, [Returns(groups, tuple(parts), filled)], "one").rows
    found = {(row["group"], row["wave"]): row for row in rows}
    assert found["B", "one"]["note"] == found["C", "one"]["note"] == "suppressed: small numbers"
    assert (found["B", "one"]["invited"], found["B", "one"]["rate"]) == (None, None)  # where few were invited, few answered
    assert (found["B", "two"]["rate"], found["B", "two"]["change"]) == (0.3, None)
    assert found["B", "two"]["note"] == "not compared: figures are withheld in one"
    assert found["A", "two"]["change"] == 0.0


# --- the population -------------------------------------------------------------------------------------------------


def make_up(parts, shares, rule: Disclosure | None = RULE) -> list[dict]:
    return population(Study((Wave("one"),), ()), [(by_role(parts, rule), shares)], ["one"]).rows


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=2, max_size=5).filter(lambda cells: sum(n for n, _ in cells) > 0))
def test_the_test_of_fit_is_scipys(cells):
    total = sum(size for _, size in cells)
    parts = {f"G{i}": {"one": n} for i, (n, _) in enumerate(cells)}
    shares = {f"G{i}": size / total for i, (_, size) in enumerate(cells)}
    *rows, whole = make_up(parts, shares, rule=None)
    n = sum(cell for cell, _ in cells)
    test = stats.chisquare([cell for cell, _ in cells], [n * share for share in shares.values()])
    assert (whole["chi_square"], whole["p_value"]) == pytest.approx((test.statistic, test.pvalue), rel=1e-9, abs=1e-12)
    assert (whole["n"], whole["df"]) == (n, len(cells) - 1)
    assert sum(row["share"] for row in rows) == pytest.approx(1)
    assert sum(row["difference"] for row in rows) == pytest.approx(0, abs=1e-12)


def test_withheld_roles_are_one_in_the_test():
    *rows, whole = make_up({"A": {"one": 20}, "B": {"one": 3}, "C": {"one": 6}}, {"A": 0.5, "B": 0.25, "C": 0.25})
    assert [(row["group"], row["n"], row["note"]) for row in rows[1:]] == [("B", None, "suppressed: small numbers"), ("C", None, "suppressed: small numbers")]
    assert (whole["chi_square"], whole["df"]) == pytest.approx((stats.chisquare([20, 9], [14.5, 14.5]).statistic, 1))


def test_people_where_the_population_has_none_cannot_fit():
    *_, whole = make_up({"A": {"one": 20}, "B": {"one": 9}}, {"A": 1.0, "B": 0.0})
    assert whole["chi_square"] is None
    assert "B" in whole["note"]


def test_a_group_of_the_population_that_nobody_is_in_counts_as_none():
    *rows, whole = make_up({"A": {"one": 20}, "B": {"one": 10}}, {"A": 0.5, "B": 0.25, "C": 0.25})
    assert (rows[2]["group"], rows[2]["n"], rows[2]["share"], rows[2]["difference"]) == ("C", 0, 0.0, -0.25)
    assert whole["chi_square"] == pytest.approx(stats.chisquare([20, 10, 0], [15, 7.5, 7.5]).statistic)
