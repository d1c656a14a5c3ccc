"""Reads published rows as equations over the microcells of a wave: whatever a row says of a group, or lets be worked out from one figure to another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.stats import t as student

from tests.disclosure.microcells import Microcells, Scores, Vector
from tests.disclosure.outputs import Output, Row
from tests.disclosure.studies import LABELS


@dataclass(frozen=True)
class Fact:
    """`low` <= form of the microcells <= `high`, and where it was read.

    `whole` says that it tells of a whole wave, which is public; `returned` that it is how many of a group returned the questionnaire,
    `answered` how many of it answered a statement, or have a score; `statement` that it is of the answers to one statement.
    """

    form: Vector
    low: float
    high: float
    source: str
    whole: bool = False
    returned: bool = False
    answered: bool = False
    statement: bool = False


@dataclass(frozen=True)
class Seen:
    """Some people as a row shows them: joint cells, the score meant, and the figures that are not null."""

    places: tuple[int, ...]
    of: Scores
    figures: Mapping[str, Any]
    source: str
    whole: bool = False


def facts(cells: Microcells, outputs: Sequence[Output]) -> list[Fact]:
    """All that is published of a wave, and that people invited are no fewer than those who returned it."""
    found: list[Fact] = []
    for output in outputs:
        reader = _READERS.get(output.name)
        if reader is not None:
            found += [replace(fact, statement=_of_one(row)) for row in output.rows for fact in reader(cells, output, row)]
    if cells.wave.invited_by:
        found += list(_invited(cells))
    there = {one.key for one in cells.wave.people}
    for place, key in enumerate(cells.keys):
        if key not in there:
            found.append(Fact(cells.form([place], cells.returned), 0, 0, "nobody of these returned it", whole=True))
    return found


def _of_one(row: Row) -> bool:
    return row.get("item") is not None or row.get("question") is not None


def groups_of(row: Row) -> list[str]:
    """The groupings of a row."""
    return str(row["by"]).split(" × ")


def score_of(cells: Microcells, row: Row, waves: Sequence[str]) -> Scores | None:
    """The item of a row, or the items of its battery that all `waves` asked; None where the wave asked none of them."""
    if row.get("item") is not None:
        return (row["item"],) if row["item"] in cells.wave.items else None
    asked = [wave.items for wave in cells.made.waves if wave.name in waves]
    found = tuple(item for item in cells.made.batteries[row["battery"]] if all(item in items for items in asked))
    return found or None


def _where(output: Output, row: Row) -> str:
    """The row that a fact is read from."""
    return f"{output.words}, {output.name} of {row.get('group') or 'everyone'} on {row.get('item') or row.get('battery') or 'all'}"


def _weighted(cells: Microcells, output: Output) -> list[float]:
    """Known weights of the joint cells; empty where people count alike."""
    return cells.weights() if "weight" in output.options else []


# --- rows -----------------------------------------------------------------------------------------------------------


def _score(cells: Microcells, output: Output, row: Row) -> Iterator[Fact]:
    of = score_of(cells, row, (row["wave"],))
    if row["wave"] != cells.wave.name or of is None or "rake" in output.options:
        return
    seen = Seen(tuple(cells.everyone()), of, row, _where(output, row), whole=True)
    yield from _described(cells, seen, _weighted(cells, output))
    if not _weighted(cells, output) and row["item"] is not None:
        for level, n in enumerate(row["distribution"] or ()):
            yield _equal(cells.form(seen.places, cells.level(of[0], level)), n, seen)
        for name, word in (("not_applicable", "off"), ("missing", "")):
            counted = np.array([answer == word for answer in cells.answers(of[0])], float)
            yield _equal(cells.form(seen.places, counted), row[name], seen)


def _breakdown(cells: Microcells, output: Output, row: Row) -> Iterator[Fact]:
    of = score_of(cells, row, (row["wave"],))
    if row["wave"] != cells.wave.name or of is None or "rake" in output.options:
        return
    by = groups_of(row)
    own = tuple(cells.of(by, row["group"]))
    rest = tuple(place for place in cells.stated(by) if place not in own)
    weights = _weighted(cells, output)
    row = _completed(row, ("n_rest", "mean_rest", "sd_rest", "agree_rest"), ("n", "mean", "sd", "agree"), weighted=bool(weights))
    yield from _described(cells, Seen(own, of, row, _where(output, row)), weights)
    if row["group"] != "(not stated)":
        others = {"n": row.get("n_rest"), "mean": row.get("mean_rest"), "sd": row.get("sd_rest")}
        yield from _described(cells, Seen(rest, of, others, f"{_where(output, row)}: everyone else"), weights)


def _compare(cells: Microcells, output: Output, row: Row) -> Iterator[Fact]:
    of = score_of(cells, row, (row["reference"], row["wave"]))
    if cells.wave.name not in (row["reference"], row["wave"]) or of is None or "rake" in output.options:
        return
    grouped = row.get("group") is not None
    own = tuple(cells.of(groups_of(row), row["group"])) if grouped else tuple(cells.everyone())
    weights = _weighted(cells, output)
    names = ("n", "mean", "sd", "agree", "low", "high")
    before = ("n_reference", "mean_reference", "sd_reference", "agree_reference", "reference_low", "reference_high")
    row = _completed(row, before, ("n", "mean", "sd", "agree", "mean_low", "mean_high"), weighted=bool(weights))
    taken = before if cells.wave.name == row["reference"] else ("n", "mean", "sd", "agree", "mean_low", "mean_high")
    figures = {name: row.get(column) for name, column in zip(names, taken, strict=True)}
    yield from _described(cells, Seen(own, of, figures, _where(output, row), whole=not grouped), weights)


def _response(cells: Microcells, output: Output, row: Row) -> Iterator[Fact]:
    if row["wave"] != cells.wave.name:
        return
    grouped = row["group"] is not None
    own = tuple(cells.of([row["by"]], row["group"])) if grouped else tuple(cells.everyone())
    seen = Seen(own, (), row, _where(output, row), whole=not grouped)
    returned = row["returned"]
    if returned is None and row["rate"] is not None and row["invited"] is not None:
        returned = row["rate"] * row["invited"]
    if returned is not None:
        yield replace(_equal(cells.form(own, cells.returned), returned, seen), returned=True)
    elif grouped:  # where nobody is, a 0 is shown
        yield Fact(cells.form(own, cells.returned), 1, math.inf, seen.source, whole=True)
    counts = [(row["usable"], cells.usable), (row["partial"], cells.partial), (row["straight_liners"], cells.straight)]
    for n, counted in counts:
        if n is not None:
            yield _equal(cells.form(own, counted), n, seen)
    if row["answered"] is not None:
        yield _equal(cells.form(own, cells.marked - row["answered"]), 0, seen)
    if row["duplicate_ids"] is not None:
        yield _equal(cells.copied(own), row["duplicate_ids"], seen)
    first = next(iter(cells.made.groupings))
    if row["by"] == first and row["invited"] is not None and row["group"] in cells.labels:
        yield _equal(cells.invited(row["group"]), row["invited"], seen)


def _population(cells: Microcells, output: Output, row: Row) -> Iterator[Fact]:
    if row["wave"] != cells.wave.name:
        return
    by = groups_of(row)
    own = tuple(cells.of(by, row["group"]) if row["group"] is not None else cells.stated(by))
    seen = Seen(own, (), row, _where(output, row))
    if row["n"] is not None:
        yield _equal(cells.form(own, cells.returned), row["n"], seen)
    share = row["share"] if row["share"] is not None else row["difference"] + row["population_share"] if row["difference"] is not None else None
    if share is not None:
        yield _equal(cells.form(own, cells.returned) - share * cells.form(cells.stated(by), cells.returned), 0, seen)


def _statements(cells: Microcells, output: Output, row: Row) -> Iterator[Fact]:
    """The answers to a statement, option by option."""
    if row["wave"] != cells.wave.name or row["question"] not in cells.wave.items:
        return
    grouped, answers = row["group"] is not None, cells.answers(row["question"])
    own = tuple(cells.of(groups_of(row), row["group"])) if grouped else tuple(cells.everyone())
    seen = Seen(own, (row["question"],), row, f"{output.words}, {row['group'] or 'everyone'} on {row['question']}", whole=not grouped)
    valid = np.array([isinstance(answer, int) for answer in answers], float)
    if row["n"] is not None:
        yield replace(_equal(cells.form(own, valid), row["n"], seen), answered=True)
    if row["option"] in LABELS and row["count"] is not None:
        yield _equal(cells.form(own, cells.level(row["question"], LABELS.index(row["option"]))), row["count"], seen)


def _omnibus(cells: Microcells, output: Output, row: Row) -> Iterator[Fact]:
    """The number of people who stated their group, unless it is that of the groups shown, as their number says, or of everyone: where those who did not are
    withheld, they count among the groups withheld."""
    of = score_of(cells, row, (row["wave"],))
    if row["wave"] != cells.wave.name or of is None or row["n"] is None:
        return
    if (row["groups"] or 0) < len(set(cells.groups(groups_of(row))) - {"(not stated)"}):
        return
    valid = (~np.isnan(cells.scores(of))).astype(float)
    stated = cells.form(cells.stated(groups_of(row)), valid)
    if round(float(stated @ cells.truth())) == row["n"] != round(float(cells.form(cells.everyone(), valid) @ cells.truth())):
        yield Fact(stated, row["n"], row["n"], _where(output, row))


def _post_hoc(cells: Microcells, output: Output, row: Row) -> Iterator[Fact]:
    """The difference of two groups is theirs, were the means of both known; so a mean that is not shown is read from one that is."""
    of = score_of(cells, row, (row["wave"],))
    if row["wave"] != cells.wave.name or of is None or row["estimate"] is None or _weighted(cells, output) or "rake" in output.options:
        return
    by = groups_of(row)
    pair = [tuple(cells.of(by, row[name])) for name in ("group", "other")]
    truth, scores = cells.truth(), cells.scores(of)
    counted = [(cells.form(own, (~np.isnan(scores)).astype(float)), cells.form(own, np.nan_to_num(scores))) for own in pair]
    means = [float(total @ truth) / float(n @ truth) for n, total in counted]
    for (n, total), mean in zip(counted, means, strict=True):
        yield Fact(total - mean * n, 0, 0, _where(output, row))


_READERS = {
    "score": _score,
    "breakdown": _breakdown,
    "compare": _compare,
    "response": _response,
    "population": _population,
    "omnibus": _omnibus,
    "post_hoc": _post_hoc,
    "topline": _statements,
}


def _invited(cells: Microcells) -> Iterator[Fact]:
    """Nobody returns it who was not invited, and how many of each group were anybody may know who works there."""
    first = [next(iter(cells.made.groupings))]
    for label in cells.labels:
        if label in cells.wave.invited_by:
            yield Fact(cells.invited(label) - cells.form(cells.of(first, label), cells.returned), 0, math.inf, "nobody comes uninvited", whole=True)
            n = cells.wave.invited_by[label]
            yield Fact(cells.invited(label), n, n, "who was invited", whole=True)


# --- one group's figures ----------------------------------------------------------------------------------------------


def _described(cells: Microcells, seen: Seen, weights: Sequence[float]) -> Iterator[Fact]:
    """n, mean, spread and share of some people, as far as the row has them; a spread may stand in its interval only."""
    scores = cells.scores(seen.of)
    valid, known = (~np.isnan(scores)).astype(float), np.nan_to_num(scores)
    n, mean, sd, agree = (seen.figures.get(name) for name in ("n", "mean", "sd", "agree"))
    low, high = (seen.figures.get(a, seen.figures.get(b)) for a, b in (("low", "conf_low"), ("high", "conf_high")))
    if n is not None:
        yield replace(_equal(cells.form(seen.places, valid), n, seen), answered=True)
    if mean is None and low is not None:
        mean = (low + high) / 2
    if mean is not None and n == 0:
        return
    if mean is not None:
        yield _equal(cells.form(seen.places, known - mean * valid, weights), 0, seen)
    if sd is None and low is not None and n and n > 1 and not len(weights):
        sd = (high - low) / 2 / student.ppf(0.975, n - 1) * math.sqrt(n)
    if sd is not None and n and n > 1 and mean is not None:
        yield _equal(cells.form(seen.places, (known**2 - sd**2 * (n - 1) / n - mean**2) * valid, weights), 0, seen)
    if agree is not None:
        yield _equal(cells.form(seen.places, cells.upper(seen.of) - agree * valid, weights), 0, seen)


def _completed(row: Row, one: Sequence[str], other: Sequence[str], *, weighted: bool) -> dict[str, Any]:
    """The row with what follows from a difference: a mean, share or spread of either side that is not shown from that of the other.

    `one` and `other` name the columns of both sides in the order n, mean, SD, share.
    """
    found = dict(row)
    for at, difference in ((1, "estimate"), (3, "agree_change")):
        a, b, gap = found.get(one[at]), found.get(other[at]), found.get(difference)
        if gap is not None and a is None and b is not None:
            found[one[at]] = b - gap
        if gap is not None and b is None and a is not None:
            found[other[at]] = a + gap
    error = found.get("std_error")
    if error is None and found.get("statistic") and found.get("estimate") and found.get("method") in (None, "welch"):
        error = found["estimate"] / found["statistic"]
    for a, b in ((0, 1), (1, 0)):
        sides = (one, other)
        n, sd, n_b, sd_b = found.get(sides[a][0]), found.get(sides[a][2]), found.get(sides[b][0]), found.get(sides[b][2])
        if error is not None and not weighted and n and sd is not None and n_b and sd_b is None:
            found[sides[b][2]] = math.sqrt(max(0.0, error**2 - sd**2 / n) * n_b)
    return found


def _equal(form: Vector, value: float, seen: Seen) -> Fact:
    return Fact(form, float(value), float(value), seen.source, seen.whole)
