"""Tables of who moved where, and shares of people in both waves, against R: tests/reference/moves.R reads the same cases and wrote the values."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from rpgstat.stats.moves import bowker, stuart_maxwell
from rpgstat.stats.paired_shares import YesNo, mcnemar, newcombe_overlap, newcombe_paired, share_overlap

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "moves.json").read_text(encoding="utf-8"))
RTOL = 1e-9


def rows(file):
    with (REFERENCE / file).open(encoding="utf-8", newline="") as lines:
        return [{key: value if key == "case" else int(value) for key, value in row.items()} for row in csv.DictReader(lines)]


def tables():
    found = {}
    for row in rows("moves_cases.csv"):
        found.setdefault(row["case"], []).append((row["before"] - 1, row["after"] - 1, row["people"]))
    return {name: table(moves) for name, moves in found.items()}


def table(moves):
    size = max(max(a, b) for a, b, _ in moves) + 1
    people = [[0] * size for _ in range(size)]
    for a, b, n in moves:
        people[a][b] += n
    return people


TABLES = tables()
SHARES = {row["case"]: row for row in rows("paired_shares_cases.csv")}


def pairs(name):
    return YesNo(*(SHARES[name][key] for key in ("n11", "n10", "n01", "n00")))


def waves(name):
    case, own = SHARES[name], pairs(name)
    return {
        "count_reference": own.both + own.left + case["yes_reference"],
        "n_reference": own.n + case["alone_reference"],
        "count": own.both + own.joined + case["yes"],
        "n": own.n + case["alone"],
    }


def having(part):
    found = [name for name, values in R["shares"].items() if part in values]
    assert found
    return found


def test_r_wrote_values_for_every_case():
    assert R["tables"].keys() == TABLES.keys()
    assert R["shares"].keys() == SHARES.keys()


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(("kernel", "part"), [(stuart_maxwell, "stuart_maxwell"), (stuart_maxwell, "coin"), (bowker, "bowker")])
def test_tables_of_moves(name, kernel, part):
    theirs, ours = R["tables"][name][part], kernel(table=TABLES[name])
    assert (ours.statistic, ours.df, ours.p_value) == pytest.approx((theirs["statistic"], theirs["df"], theirs["p_value"]), rel=RTOL)


def test_two_levels_are_mcnemar():
    theirs, ours = R["tables"]["two_levels"]["mcnemar"], stuart_maxwell(table=TABLES["two_levels"])
    assert (ours.statistic, ours.p_value) == pytest.approx((theirs["statistic"], theirs["p_value"]), rel=RTOL)


@pytest.mark.parametrize("name", SHARES)
def test_limits_of_shares_that_overlap(name):
    theirs, limits = R["shares"][name], newcombe_overlap(**waves(name), pairs=pairs(name))
    assert pairs(name).phi == pytest.approx(theirs["phi"], rel=RTOL, abs=1e-15)
    assert (limits.low, limits.high) == pytest.approx((theirs["low"], theirs["high"]), rel=RTOL, abs=1e-12)


@pytest.mark.parametrize("name", SHARES)
def test_z_of_shares_that_overlap(name):
    theirs, test = R["shares"][name], share_overlap(**waves(name), pairs=pairs(name))
    assert (test.p_value is None) == ("z" not in theirs) == bool(test.note)
    if "z" in theirs:
        assert (test.statistic, test.p_value) == pytest.approx((theirs["z"], theirs["p_value"]), rel=RTOL)


@pytest.mark.parametrize("name", having("paired_low"))
def test_limits_of_paired_shares(name):
    theirs, limits = R["shares"][name], newcombe_paired(pairs=pairs(name))
    assert (limits.low, limits.high) == pytest.approx((theirs["paired_low"], theirs["paired_high"]), rel=RTOL, abs=1e-12)


@pytest.mark.parametrize("name", having("mid_p"))
def test_mcnemar(name):
    theirs = R["shares"][name]
    for kind, key in (("mid-p", "mid_p"), ("exact", "exact_p"), ("asymptotic", "asymptotic_p")):
        assert mcnemar(pairs=pairs(name), kind=kind).p_value == pytest.approx(theirs[key], rel=RTOL)
    assert mcnemar(pairs=pairs(name), kind="asymptotic").statistic == pytest.approx(theirs["asymptotic"], rel=RTOL)
