"""Figures that are no equations over counts: each has to be what anybody can work out from what is shown, those withheld being one group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from tests.disclosure.facts import score_of
from tests.disclosure.microcells import Microcells, Scores
from tests.disclosure.outputs import Output, Row
from tests.disclosure.raked import raked
from tests.disclosure.studies import Made

HIDDEN, MEAN, FULL = range(3)
Tier = dict[tuple[str, str, str, str], int]
"""(groupings, wave, statement or those of a score, group) -> how much of it is shown anywhere."""


def worked_out(made: Made, outputs: Sequence[Output]) -> list[str]:
    """Ranks are those of the means shown; F, H and their like need all figures of all groups shown; a change at fixed mix and a test of the
    make-up are those of the groups shown and all others together; so are figures of people who are raked."""
    cells = {wave.name: Microcells(made, wave) for wave in made.waves}
    tiers = tiers_of(made, outputs)
    found = list(raked(made, outputs, cells, {place: tier == FULL for place, tier in tiers.items()}))
    for output in outputs:
        if output.name == "breakdown" and not {"weight", "rake"} & output.options.keys():
            found += _ranks(output)
        if output.name in ("omnibus", "interaction", "post_hoc"):
            found += [
                f"{output.words}: {output.name} of {_statement(row)} tells of groups shown by their mean"
                for row in output.rows
                if _tells(output, row, tiers, made)
            ]
        if output.name == "compare" and "standardise" in output.options:
            found += _fixed_mix(made, output, cells, tiers)
    return found


def _statement(row: Row) -> str:
    return str(row["item"] or row["battery"])


def _scored(made: Made, row: Row, waves: Sequence[str]) -> str:
    """The statement of a row, or those of its battery that all of these waves asked: a score of fewer is another score."""
    asked = [wave.items for wave in made.waves if wave.name in waves]
    items = [row["item"]] if row["item"] else [item for item in made.batteries[row["battery"]] if all(item in own for own in asked)]
    return "+".join(items)


def tiers_of(made: Made, outputs: Sequence[Output]) -> Tier:
    """How much of each group's answers is shown anywhere, without weights."""
    found: Tier = {}
    for output in outputs:
        if {"weight", "rake"} & output.options.keys():
            continue
        for row in output.rows:
            if output.name == "breakdown":
                sides = [(row["wave"], row["n"], row["sd"])]
            elif output.name == "compare" and row.get("group") is not None:
                sides = [(row["reference"], row["n_reference"], row["sd_reference"]), (row["wave"], row["n"], row["sd"])]
            else:
                continue
            for wave, n, sd in sides:
                key = (row["by"], wave, _scored(made, row, [own for own, _, _ in sides]), row["group"])
                tier = HIDDEN if n is None else FULL if sd is not None or n < 2 else MEAN
                found[key] = max(tier, found.get(key, HIDDEN))
    return found


def _ranks(output: Output) -> Iterator[str]:
    rows = [row for row in output.rows if row["group"] != "(not stated)"]
    for row in rows:
        alike = [other["mean"] for other in rows if (other["wave"], _statement(other)) == (row["wave"], _statement(row)) and other["mean"] is not None]
        wanted = None if row["mean"] is None else 1 + sum(mean > row["mean"] + 1e-9 for mean in alike)
        if row["rank"] not in (None, wanted):
            yield f"{output.words}: the rank of {row['group']} on {_statement(row)} counts groups that are withheld"


def _tells(output: Output, row: Row, tiers: Tier, made: Made) -> bool:
    """Whether a row has figures that need the spread of a group of which the mean only is shown."""
    if output.name == "post_hoc":
        figures, groups = [row["estimate"], row["conf_low"], row["p_adjusted"]], [row["group"], row["other"]]
    else:
        figures, groups = [row.get(name) for name in ("f_statistic", "h_statistic", "omega_squared", "epsilon_squared")], None
    if all(figure is None for figure in figures):
        return False
    waves = [row["wave"]] if output.name != "interaction" or row.get("wave") else [wave.name for wave in made.waves]
    waves += [row["reference"]] if row.get("reference") else []
    scored, found = _scored(made, row, waves), dict[str, list[int]]()
    for (by, wave, statement, group), tier in tiers.items():
        if by == row["by"] and wave in waves and statement == scored and group != "(not stated)" and (groups is None or group in groups):
            found.setdefault(group, []).append(tier)
    return any(MEAN in own and HIDDEN not in own for own in found.values()) or (groups is not None and any(HIDDEN in own for own in found.values()))


def _fixed_mix(made: Made, output: Output, cells: dict[str, Microcells], tiers: Tier) -> Iterator[str]:
    """The change at fixed mix, worked out from the groups that are shown in both waves and all others as one."""
    by = output.options["standardise"]
    for row in output.rows:
        if row["standardised"] is None:
            continue
        pair = (row["reference"], row["wave"])
        of = [score_of(cells[wave], row, pair) for wave in pair]
        if None in of:
            continue
        groups = [group for group in dict.fromkeys(key[3] for key in tiers if key[0] == by) if group != "(not stated)"]
        shown = [group for group in groups if all(tiers.get((by, wave, _scored(made, row, pair), group), HIDDEN) != HIDDEN for wave in pair)]
        strata = [[group] for group in shown] + ([[group for group in groups if group not in shown]] if len(shown) < len(groups) else [])
        change = sum(_share(cells, by, stratum, pair, output) * _gain(cells, by, stratum, pair, of[0] or ()) for stratum in strata)
        if not abs(change - row["standardised"]) < 1e-9:
            yield f"{output.words}: the change of {_statement(row)} at fixed mix tells of groups that are withheld"


def _share(cells: dict[str, Microcells], by: str, groups: Sequence[str], pair: Sequence[str], output: Output) -> float:
    waves = pair if output.options["shares"] == "pooled" else pair[:1]
    own = sum(_people(cells[wave], by, groups) for wave in waves)
    return own / sum(float(one.form(one.stated([by]), one.returned) @ one.truth()) for one in (cells[wave] for wave in waves))


def _people(one: Microcells, by: str, groups: Sequence[str]) -> float:
    return sum(float(one.form(one.of([by], group), one.returned) @ one.truth()) for group in groups)


def _gain(cells: dict[str, Microcells], by: str, groups: Sequence[str], pair: Sequence[str], of: Scores) -> float:
    means = []
    for one in (cells[wave] for wave in pair):
        places = [place for group in groups for place in one.of([by], group)]
        scores = one.scores(of)
        n = float(one.form(places, (~np.isnan(scores)).astype(float)) @ one.truth())
        means.append(float(one.form(places, np.nan_to_num(scores)) @ one.truth()) / n if n else 0.0)
    return means[1] - means[0]
