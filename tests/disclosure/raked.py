"""Figures of people who are raked to the first grouping: each has to be what anybody can work out from what is shown without weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from tests.disclosure.facts import score_of
from tests.disclosure.microcells import Microcells, Scores
from tests.disclosure.outputs import Output, Row
from tests.disclosure.studies import Made

_OTHERS = "all others"
_SPREAD = ("sd", "agree", "conf_low", "net", "p_value")
_OF_BOTH = ("std_error", "conf_low", "p_value", "statistic", "agree_change", "hedges_g")


def raked(made: Made, outputs: Sequence[Output], cells: Mapping[str, Microcells], full: Mapping[tuple[str, str, str, str], bool]) -> Iterator[str]:
    """Of a whole wave it is the figure of the groups that are large and mostly shown in full, and of all others with one weight; the answers of
    those groups are to be shown in full by themselves, for else they followed from figures with weights and without. Of another grouping it may stand
    only where all its crosses with these are.

    `full` says of each (groupings, wave, statements, group) that is shown whether all of it is.
    """
    first = next(iter(made.groupings))
    apart = {wave: _apart(made, wave, outputs, full) for wave in cells}
    weights = {wave: _weights(made, cells[wave], apart[wave]) for wave in cells}
    for output in outputs:
        if "rake" not in output.options or output.name not in ("score", "breakdown", "compare"):
            continue
        for row in output.rows:
            for wave, mean, told in _sides(output, row):
                of = score_of(cells[wave], row, [row[name] for name in ("reference", "wave") if name in row])
                if of is None or (mean is None and not told):
                    continue
                places, beside = _places(cells[wave], row), _beside(first, row, apart[wave])
                named = f"{output.words}: {output.name} of {row.get('group') or 'everyone'} in {wave} on {'+'.join(of)}"
                closed = [group for by, group in beside if not full.get((by, wave, "+".join(of), group), not _anybody(cells[wave], by, group))]
                if told and closed:
                    yield f"{named} tells of {', '.join(closed)}"
                if mean is not None and abs(mean - _mean(cells[wave], places, of, weights[wave])) > 1e-9:
                    yield f"{named} is not what the groups shown and all others as one have"


def _apart(made: Made, wave: str, outputs: Sequence[Output], full: Mapping[tuple[str, str, str, str], bool]) -> list[str | None]:
    """The labels of the first grouping that are many, and of which most statements are shown in full."""
    first = next(iter(made.groupings))
    rows = [row for output in outputs if output.name == "response" for row in output.rows if row["by"] == first and row["wave"] == wave]
    many = {row["group"] for row in rows if row["group"] is not None and (row["returned"] or 0) >= made.detail_from}
    items = next(own.items for own in made.waves if own.name == wave)
    most = [label for label in sorted(many) if 2 * sum(full.get((first, wave, item, label), False) for item in items) > len(items)]
    return [None if label == "(not stated)" else label for label in most]


def _weights(made: Made, cells: Microcells, apart: Sequence[str | None]) -> list[float]:
    """Of each joint cell its weight: people who stated no group keep their share, where they are weighted by themselves."""

    def category(label: str | None) -> str | None:
        return label if label in apart else _OTHERS

    n = Counter(category(one.key[0]) for one in cells.wave.people)
    alone = n[None] or (n[_OTHERS] if {one.key[0] for one in cells.wave.people if one.key[0] not in apart} == {None} else 0)
    goals = Counter[str | None]()
    for label, share in made.shares.items():
        goals[category(label)] += share * (sum(n.values()) - alone) / sum(made.shares.values())
    if alone:
        goals[None if n[None] else _OTHERS] = alone
    return [goals[category(key[0])] / n[category(key[0])] if n[category(key[0])] else 0.0 for key in cells.keys]


def _sides(output: Output, row: Row) -> Iterator[tuple[str, Any, bool]]:
    """The waves of a row: the mean, and whether more is shown."""

    def told(*names: str) -> bool:
        return any(row.get(name) is not None for name in names)

    if output.name == "compare":
        yield row["reference"], row["mean_reference"], told("sd_reference", "agree_reference", "reference_low", *_OF_BOTH)
        yield row["wave"], row["mean"], told("sd", "agree", "mean_low", *_OF_BOTH)
    else:
        yield row["wave"], row["mean"], told(*_SPREAD)


def _places(cells: Microcells, row: Row) -> Sequence[int]:
    return cells.of(str(row["by"]).split(" × "), row["group"]) if row.get("group") is not None else cells.everyone()


def _beside(first: str, row: Row, apart: Sequence[str | None]) -> list[tuple[str, str]]:
    """The groups, or crosses, that a row is made of as far as their people weigh apart; of crosses of other groupings none has a row."""
    labels = [label or "(not stated)" for label in apart]
    if row.get("group") is None:
        return [(first, label) for label in labels]
    if first in str(row["by"]).split(" × "):
        return [(row["by"], row["group"])]
    stated = row["group"] != "(not stated)" and " × " not in str(row["by"])
    return [(f"{first} × {row['by']}", f"{label} × {row['group']}") for label in labels if label != "(not stated)"] if stated else []


def _anybody(cells: Microcells, by: str, group: str) -> bool:
    places = cells.of(by.split(" × "), group)
    return any(cells.keys[place] == one.key for place in places for one in cells.wave.people)


def _mean(cells: Microcells, places: Sequence[int], of: Scores, weights: Sequence[float]) -> float:
    scores, truth = cells.scores(of), cells.truth()
    n, total = (cells.form(places, counted, weights) @ truth for counted in ((~np.isnan(scores)).astype(float), np.nan_to_num(scores)))
    return float(total / n)
