"""The change between waves across groups: whether it differs between them, and what it is with their mix held fixed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rpgstat.analyses._answers import Answers, answers_to, is_withheld, mean_to
from rpgstat.analyses._opposed import Direction, direction
from rpgstat.analyses._rows import Row, head, joined, rows_of, titled
from rpgstat.analyses.compare import battery_rows, finished
from rpgstat.analyses.methods import CompareOptions
from rpgstat.glossary import STANDARDISED
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.result import Result, table
from rpgstat.stats.group_changes import interaction, standardised
from rpgstat.stats.sample import Sample
from rpgstat.study import Battery, Groups, Item, MeanOnly, Study

Pair = tuple[str, str]


def interactions(groups: Groups, study: Study, pairs: Sequence[Pair], options: Mapping[str, Any]) -> Result:
    """Result `interaction`: a row per contrast, item and battery; do the changes differ between the groups that are shown in both waves?

    Null where the mean only of one of these may be seen.
    """
    rows = [_interaction(groups, battery, item, pair) for pair in pairs for battery in study.batteries for item in rows_of(battery)]
    several = len(pairs) > 1
    return Result(
        name="interaction",
        title=titled(study, say("title.interaction", by=groups.by)),
        frame=table(
            "interaction",
            [row if several else {k: v for k, v in row.items() if k not in ("reference", "wave")} for row in rows],
            ("reference", "wave") * several,
        ),
        method=say("method_of.interaction", by=groups.by),
        notes=_independent(groups),
        options=options,
    )


def _independent(groups: Groups) -> tuple[str, ...]:
    """That waves are taken as of different people, where ids link some."""
    return (say("linked.across_groups"),) if any(link.both for link in groups.whole.links.values()) else ()


def _interaction(groups: Groups, battery: Battery, item: Item | None, pair: Pair) -> dict[str, Any]:
    samples, hidden, few = _samples(groups, battery, item, pair)
    named = {k: v for k, v in head(battery, item, reference=pair[0], wave=pair[1], by=groups.by).items() if not k.startswith(("scale", "mid"))}
    told = _direction(groups, battery, item, pair)
    if not told.conclusion:
        return named | {"note": joined(told.notes)}
    if few:
        return named | {
            "groups": len(samples) + few,
            "note": joined([*([say("row.without_withheld")] if hidden else []), *told.notes, say("row.not_by_means")]),
        }
    test = interaction(reference=[before for before, _ in samples.values()], later=[after for _, after in samples.values()])
    names = [list(samples)[i] for i in test.lacking]
    notes = [*([say("row.without_withheld")] if hidden else []), *told.notes]
    notes += [_of_groups(test.note, names)] if test.note else []
    figures = {"groups": len(samples), "f_statistic": test.f_statistic, "df1": test.df1, "df2": test.df2, "p_value": test.p_value}
    return named | figures | {"note": joined(notes)}


def _of_groups(why: str, names: Sequence[str]) -> str:
    """A reason, and of which groups it is one."""
    return say("row.of_groups", why=why, groups=listing(names)) if names else why


def _direction(groups: Groups, battery: Battery, item: Item | None, pair: Pair) -> Direction:
    """Whether a battery's items point one way; an item by itself does."""
    return Direction() if item else direction(groups.whole, battery, groups.whole.common(tuple(one.id for one in battery.items), pair))


def _samples(groups: Groups, battery: Battery, item: Item | None, pair: Pair) -> tuple[dict[str, tuple[Sample, Sample]], bool, int]:
    """The groups with answers in both waves that may be seen in full, whether others are withheld, and of how many the mean only is shown."""
    shared = groups.whole.common(tuple(item.id for item in battery.items), pair)
    found, hidden, few = {}, False, 0
    for group, people in groups.parts.items():
        before, after = (answers_to(people, battery, item, shared, wave) for wave in pair)
        means = [mean_to(people, battery, item, shared, wave) for wave in pair]
        hidden |= any(is_withheld(people, battery, item, shared, wave) for wave in pair)
        if before is not None and after is not None:
            if before.sample.n and after.sample.n:
                found[group] = before.sample, after.sample
        elif all(own is not None and own.n for own in means):
            few += 1
    return found, hidden, few


def compare_standardised(groups: Groups, study: Study, pairs: Sequence[Pair], options: CompareOptions, shares: Mapping[str, float] | str) -> Result:
    """As `compare`, and beside each change the change with the mix of groups held fixed at `shares`.

    `shares`: of each group, or "reference" for those of the reference wave, or "pooled" for those of both waves together; of people who
    returned the questionnaire and stated a group. Groups that are withheld in either wave count as one, with the share that they have together.
    """
    rows: list[Row] = []
    for pair in pairs:
        for battery in study.batteries:
            found = battery_rows(groups.whole, groups.whole, battery, pair, options)
            for row, item in zip(found, rows_of(battery), strict=True):
                held = _direction(groups, battery, item, pair).conclusion
                columns, note = _standardised(groups, battery, item, pair, shares, 1 - options.alpha) if held else ({}, "")
                rows.append(replace(row, columns={**row.columns, **columns}, notes=[*row.notes, *([note] if note else [])]))
    named = shares if isinstance(shares, str) else "declared"
    result = finished(rows, groups.whole, study, pairs, options, extra=STANDARDISED)
    told = [say("standardise.note", by=groups.by, mix=word("mix", named))]
    told += [say("standardise.withheld")] if any(people.withheld for people in groups.parts.values()) else []
    return replace(result, notes=(*result.notes, " ".join(told), *_independent(groups)), options={**result.options, "standardise": groups.by, "shares": named})


def _standardised(
    groups: Groups, battery: Battery, item: Item | None, pair: Pair, shares: Mapping[str, float] | str, level: float
) -> tuple[dict[str, Any], str]:
    shared = groups.whole.common(tuple(item.id for item in battery.items), pair)
    shown = [group for group, people in groups.parts.items() if not any(is_withheld(people, battery, item, shared, wave) for wave in pair)]
    if isinstance(shares, str):  # a share of those who returned it, which may be withheld where answers are not
        shown = [group for group in shown if set(pair) <= groups.parts[group].returned.keys()]
    others = groups.others(shown)
    if any(is_withheld(groups.stated, battery, item, shared, wave) or wave not in groups.stated.returned for wave in pair):
        return {}, say("row.not_standardised", why=say("row.suppressed"))
    nobody = [wave for wave in pair if not groups.stated.returned[wave]]
    if nobody:
        return {}, say("row.not_standardised_nobody", by=groups.by, waves=listing(nobody))
    strata = {group: groups.parts[group] for group in shown} | ({say("row.groups_withheld"): others} if len(shown) < len(groups.parts) else {})
    found = {group: tuple(answers_to(people, battery, item, shared, wave) for wave in pair) for group, people in strata.items()}
    weights = _weights(groups, shown, pair, shares)
    if any(answers is None for pair_of in found.values() for answers in pair_of):
        means = {group: tuple(mean_to(people, battery, item, shared, wave) for wave in pair) for group, people in strata.items()}
        return _by_means(means, weights)
    change = standardised(reference=_of(found, 0), later=_of(found, 1), shares=[weights[group] for group in strata], level=level)
    names = [list(strata)[i] for i in change.lacking]
    note = say("row.standardised", why=_of_groups(change.note, names)) if change.note else ""
    figures = (change.estimate, change.std_error, change.conf_low, change.conf_high, change.p_value)
    return dict(zip(STANDARDISED, figures, strict=True)), note


def _by_means(means: Mapping[str, tuple[MeanOnly | None, ...]], weights: Mapping[str, float]) -> tuple[dict[str, Any], str]:
    """The change at a fixed mix where the mean only of some groups may be seen; nothing for what one of the waves did not ask."""
    known = {group: [own for own in pair_of if own is not None] for group, pair_of in means.items()}
    if any(len(pair_of) < 2 for pair_of in known.values()):
        return {}, ""
    silent = [group for group, pair_of in known.items() if weights[group] and any(own.mean is None for own in pair_of)]
    if silent:
        return {}, say("row.not_standardised_empty", groups=listing(silent))
    changes = {group: float((after.mean or 0) - (before.mean or 0)) for group, (before, after) in known.items()}
    return {STANDARDISED[0]: math.fsum(weights[group] * change for group, change in changes.items())}, say("row.standardised_no_limits")


def _of(found: Mapping[str, tuple[Answers | None, ...]], place: int) -> list[Sample]:
    return [answers.sample for sides in found.values() if (answers := sides[place]) is not None]


def _weights(groups: Groups, shown: Sequence[str], pair: Pair, shares: Mapping[str, float] | str) -> dict[str, float]:
    """The fixed share of each group that is shown, and of the others together."""
    if isinstance(shares, str):
        waves = pair if shares == "pooled" else pair[:1]
        total = sum(groups.stated.returned[wave] for wave in waves)
        weights = {group: sum(groups.parts[group].returned[wave] for wave in waves) / total for group in shown}
    else:
        weights = {group: shares[group] for group in shown}
    return {**weights, say("row.groups_withheld"): max(0.0, 1 - sum(weights.values()))}
