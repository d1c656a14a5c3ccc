"""`score`: each item and battery in each wave, ranked by mean and set against the midpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rpgstat import text
from rpgstat.analyses._answers import Answers, answers_to, mean_to
from rpgstat.analyses._design import design_notes, design_options
from rpgstat.analyses._opposed import direction
from rpgstat.analyses._rows import (
    agree_columns,
    head,
    joined,
    mean_columns,
    ranks,
    returned_note,
    rows_of,
    scale_columns,
    scale_notes,
    titled,
)
from rpgstat.glossary import verdict
from rpgstat.glossary.sentences import listing, say
from rpgstat.result import Result, table
from rpgstat.stats.sample import midpoint_test
from rpgstat.study import Battery, Item, Study, Tally
from rpgstat.study.questions import TOP, recommending

_MEAN = ("mean", "conf_low", "conf_high", "sd")


def score(tally: Tally, study: Study, *, waves: Sequence[str], alpha: float = 0.05) -> Result:
    """Result `score`: one row per wave and item, and one per battery (item null).

    Means on the scale's scores with t intervals of level 1 - alpha, median, share in the upper half (Wilson), net,
    rank within battery and wave, and the two-sided one-sample t test against the midpoint, unadjusted. Missing answers
    and answers off the scale are in no figure and counted apart. What cannot be computed is null with a note.
    """
    rows = [row for wave in waves for battery in study.batteries for row in _battery_rows(tally, battery, wave, alpha)]
    return Result(
        name="score",
        title=titled(study, say("title.score")),
        frame=table("score", rows),
        method=_method(study),
        notes=_notes(tally, study, waves, alpha),
        options={"alpha": alpha, "waves": list(waves)} | design_options(tally),
    )


def _battery_rows(tally: Tally, battery: Battery, wave: str, alpha: float) -> list[dict[str, Any]]:
    asked = tally.common(tuple(item.id for item in battery.items), (wave,))
    answers = {item.id: answers_to(tally, battery, item, asked, wave) for item in battery.items}
    places, told = ranks(answers), direction(tally, battery, asked)
    rows = []
    for item in rows_of(battery):
        found = answers_to(tally, battery, item, asked, wave)
        named, few = head(battery, item, wave=wave), mean_to(tally, battery, item, asked, wave)
        if found is None and few is not None:
            rows.append(named | {"n": few.n, "note": say("row.everyone_weighted")})
        elif found is None:
            rows.append(named | {"note": say("row.not_asked", wave=wave)})
        elif item is None and not told.conclusion:
            rows.append(named | {"n": found.sample.n, "note": joined(told.notes)})
        else:
            own = _item_columns(found, places[item.id]) if item else {"levels": list(found.scale.levels)}
            rows.append(
                named
                | own
                | _columns(found, alpha, reverse=item is not None and bool(item.reverse))
                | {"note": joined([*_row_notes(found, item, battery, asked, wave), *(told.notes if item is None else ())])}
            )
    return rows


def _item_columns(found: Answers, rank: int | None) -> dict[str, Any]:
    return {"rank": rank, "not_applicable": found.not_applicable, "levels": list(found.scale.levels), "distribution": list(found.counts)}


def _columns(found: Answers, alpha: float, *, reverse: bool) -> dict[str, Any]:
    columns: dict[str, Any] = {"n": found.sample.n, "missing": found.missing, "median": found.sample.median, "net": found.net}
    columns |= scale_columns(found.scale) | mean_columns(found, alpha, _MEAN) | agree_columns(found, alpha)
    if found.scale.labelled and found.sample.n:
        test = midpoint_test(sample=found.sample, midpoint=float(found.scale.midpoint))
        # In a reversed item's own words the verdict would say the opposite of what people answered.
        columns |= {"verdict": _verdict(columns, "" if reverse else found.scale.family), "p_value": test.p_value}
    return columns


def _verdict(columns: Mapping[str, Any], family: str) -> str | None:
    """On which side of the midpoint the interval of the mean lies; None where there is no interval."""
    if columns["conf_low"] is None:
        return None
    below, above = columns["conf_high"] < columns["midpoint"], columns["conf_low"] > columns["midpoint"]
    return verdict(family, above=above) if below or above else say("verdict.unclear")


def _row_notes(found: Answers, item: Item | None, battery: Battery, asked: tuple[str, ...], wave: str) -> list[str]:
    notes = [say("row.reversed")] if item and item.reverse else []
    if item is None and len(asked) < len(battery.items):
        notes.append(say("row.scored_on", asked=len(asked), declared=len(battery.items), wave=wave))
    if not found.sample.n:
        return [*notes, say("row.no_valid")]
    if found.sample.n == 1:
        notes.append(say("row.one_answer"))
    elif found.sample.sd == 0:
        notes.append(say("row.all_alike"))
    elif found.scale.labelled and found.sample.mean_variance == 0:
        notes.append(say("row.whole_population"))
    if not found.scale.labelled:
        notes.append(say("row.unlabelled"))
    elif found.net is not None and found.net * found.side < 0:
        notes.append(_contrary(found))
    return notes


def _contrary(found: Answers) -> str:
    net = text.percent(found.net or 0)
    return say("row.contrary_above", net=net) if found.side > 0 else say("row.contrary_below", net=net)


def _method(study: Study) -> str:
    if not any(battery.scale.labelled for battery in study.batteries):
        return say("method_of.score_untested")
    return say("method_of.score")


def _net_of_recommending(study: Study) -> Iterator[str]:
    """What the net share of a statement on recommending, of eleven levels, is not."""
    asked = [item for battery, item in study.items if len(battery.scale.levels) == TOP + 1 and recommending(item.text)]
    if asked:
        yield say("note.net_of_recommending", items=listing([f"“{text.shortened(item.text, 60)}”" for item in asked]))


def _notes(tally: Tally, study: Study, waves: Sequence[str], alpha: float) -> tuple[str, ...]:
    return (
        returned_note(tally, waves, say("note.n_answers_only")),
        *scale_notes(study),
        say("note.score_intervals", level=text.confidence(alpha)),
        say("note.score_battery"),
        *_net_of_recommending(study),
        *design_notes(tally, waves),
    )
