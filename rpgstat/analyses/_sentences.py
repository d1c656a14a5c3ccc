"""The sentences under a comparison: how it was tested, in which families, and how to read what was not found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from rpgstat import text
from rpgstat.analyses._design import design_notes
from rpgstat.analyses._linked import CLUSTERED
from rpgstat.analyses._rows import returned_note, scale_notes
from rpgstat.analyses.methods import CompareOptions
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.stats.overlap import overlap
from rpgstat.stats.pairs import assumed_pairs
from rpgstat.stats.sample import Sample
from rpgstat.study import Study, Tally

_CORRELATION = 0.5
"""How two answers of one person correlate where nobody can know: usual of attitudes a year or two apart."""


def method_sentence(method: str, adjust: str, alpha: float, pairs: Sequence[tuple[str, str]], by: str = "") -> str:
    """One sentence: the test, what it compares, the adjustment and its family, the level."""
    waves = listing([say("compared.pair", later=later, reference=reference) for reference, later in pairs])
    inside = say("compared.inside", by=by) if by else ""
    told = {"method": word("method", method), "waves": waves, "inside": inside, "family": _family(adjust, len(pairs) > 1, by), "alpha": text.short(alpha)}
    words = say("compared.method", **told)
    return f"{words[:1].upper()}{words[1:]}"


def _family(adjust: str, several: bool, by: str) -> str:
    if adjust == "none":
        return say("family.none")
    named = word("adjust", adjust)
    match several, bool(by):
        case True, True:
            return say("family.items_waves_groups", method=named)
        case True, False:
            return say("family.items_waves", method=named)
        case False, True:
            return say("family.items_groups", method=named)
        case _:
            return say("family.items", method=named)


def _nonresponse(tally: Tally, study: Study, waves: Collection[str]) -> list[str]:
    """Says in which waves fewer than half of those invited answered; nothing where none did, or nobody declared how many were."""
    known = {wave.name: wave.invited for wave in study.waves if wave.invited}
    rates = {wave: tally.returned[wave] / known[wave] for wave in waves if wave in known}
    low = {wave: text.percent(rate) for wave, rate in rates.items() if 2 * rate < 1}
    if not low:
        return []
    if len(low) == len(waves):
        return [say("nonresponse.all", rates=listing(list(low.values())), caution=say("nonresponse.caution"))]
    told = listing([say("nonresponse.of_wave", rate=rate, wave=wave) for wave, rate in low.items()])
    return [say("nonresponse.some", rates=told, caution=say("nonresponse.caution"))]


def _interval(tally: Tally, options: CompareOptions, rows: Sequence[Mapping[str, Any]]) -> str:
    """Whose t the limits of the change are."""
    designs = {row.get("design") for row in rows if row.get("estimate") is not None}
    if "overlap" in designs and (options.several or tally.design is not None):
        return say("interval.clustered")
    if options.design == "paired":
        return say("interval.paired")
    return say("interval.overlap") if "overlap" in designs else options.how.interval


def _people(tally: Tally, study: Study, pairs: Sequence[tuple[str, str]], options: CompareOptions, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What is made of people in both waves, for each pair of waves that has some; and that waves are taken as independent, where rows are."""
    if options.design == "paired":
        yield say("linked.paired")
        yield from _few_apart(tally, study, pairs, options, rows)
        return
    for reference, wave in pairs:
        own = [row for row in rows if row.get("n_both") is not None and (row["reference"], row["wave"]) == (reference, wave)]
        if own and own[0].get("group") is not None:
            yield say("linked.inside", reference=reference, wave=wave, people=_between([row["n_both"] for row in own], text.count))
        elif own:
            people = _between([row["n_both"] for row in own], text.count)
            correlations = _between([row["correlation"] for row in own if row["correlation"] is not None], text.fixed)
            yield say("linked.overlap", reference=reference, wave=wave, people=people, correlations=correlations)
    if options.several and any(row.get("method") == CLUSTERED for row in rows):
        inside = bool(tally.apart) or any(row.get("group") is not None for row in rows)
        n = len(options.several)
        yield say("linked.several_inside", n=n) if inside else say("linked.several", n=n)
    if any(row.get("design") != "overlap" and row.get("p_value") is not None for row in rows) or not rows:
        yield from _unused(tally, study, options, rows)
        yield say("note.independent")
    yield from _assumed(tally, pairs, options, rows)


def _unused(tally: Tally, study: Study, options: CompareOptions, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Why people whom ids link are taken as different ones, where nobody asked for that."""
    if options.design == "independent" or not any(link.both >= max(2, options.few) for link in tally.links.values()):
        return
    if any(row.get("group") is not None for row in rows):
        yield say("linked.groups", least=max(study.disclosure.detail_from, 2) if options.few > 1 else 2)
    elif not options.links:
        yield say("linked.levels")


def _few_apart(tally: Tally, study: Study, pairs: Sequence[tuple[str, str]], options: CompareOptions, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A warning where the pairs leave out so few that figures of everyone, less those of the pairs, would be theirs."""
    left = [(wave, n) for row in rows if row.get("n_both") is not None for wave, n in _in_no_pair(tally, study, row) if n]
    for least, few in ((0, options.few), (options.few, options.detail)):
        if waves := [wave for wave in dict.fromkeys(wave for pair in pairs for wave in pair) if any(own == wave and least <= n < few for own, n in left)]:
            yield say("linked.apart", few=few, waves=listing(waves))


def _in_no_pair(tally: Tally, study: Study, row: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Of both waves of a row how many who answered are in no pair."""
    items = next(tuple(item.id for item in battery.items) for battery in study.batteries if battery.name == row["battery"])
    pair = (row["reference"], row["wave"])
    shared = tally.common(items, pair)
    for wave in pair:
        yield wave, (tally.counts[row["item"], wave].n if row["item"] else tally.scores[row["battery"], shared, wave].n) - row["n_both"]


def _between(values: Sequence[float], write: Callable[..., str]) -> str:
    low, high = write(min(values)), write(max(values))
    return low if low == high else say("number.span", low=low, high=high)


def _assumed(tally: Tally, pairs: Sequence[tuple[str, str]], options: CompareOptions, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What the changes of battery scores would be, had some people answered both times whom no id links."""
    for pair in pairs:
        own = [row for row in rows if row["item"] is None and (row["reference"], row["wave"]) == pair and row.get("std_error") and not row.get("group")]
        if pair in tally.links or tally.design is not None or not own or options.method != "welch":
            continue
        for share in (None,) if options.assumed else (0.5, 1.0):
            told = [_as_if(row, share, options) for row in own]
            n = text.count(options.assumed[0]) if options.assumed else ""
            r = text.fixed(options.assumed[1] if options.assumed else _CORRELATION)
            who = say("linked.stated", n=n) if share is None else say("linked.half") if share < 1 else say("linked.all")
            yield say("linked.assumed", who=who, correlation=r, changes="; ".join(told))


def _as_if(row: Mapping[str, Any], share: float | None, options: CompareOptions) -> str:
    """The change of a battery score and its limits, with so many people in both waves."""
    before, after = Sample(row["n_reference"], row["mean_reference"], row["sd_reference"], None), Sample(row["n"], row["mean"], row["sd"], None)
    least = min(before.n, after.n)
    n, r = options.assumed if options.assumed else (round(least * (share or 0.0)), _CORRELATION)
    pairs = assumed_pairs(reference=before, later=after, n=min(n, least), correlation=r)
    change = overlap(reference=before, later=after, pairs=pairs, level=1 - options.alpha)
    limits = text.interval(change.conf_low, change.conf_high) if change.conf_low is not None and change.conf_high is not None else ""
    return say("linked.battery", battery=text.shortened(row["battery"]), estimate=text.signed(change.estimate or 0.0), limits=limits)


def compare_notes(tally: Tally, study: Study, pairs: Sequence[tuple[str, str]], options: CompareOptions, rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What a reader needs to read the table rightly."""
    waves = list(dict.fromkeys(wave for pair in pairs for wave in pair))
    notes = [
        returned_note(tally, waves, say("note.n_answers")),
        *scale_notes(study),
        say("note.change", level=text.confidence(options.alpha), method=_interval(tally, options, rows)),
        say("note.battery_score"),
        say("note.inconclusive"),
        *_people(tally, study, pairs, options, rows),
        *[say("linked.retrospective", wave=own.name, of=own.retrospective) for own in study.waves if own.retrospective and own.name in waves],
        *_nonresponse(tally, study, waves),
        *design_notes(tally, waves),
    ]
    if tally.design is not None and tally.design.told:
        notes.append(say("note.weighted_g"))
    if options.margin is not None:
        notes.append(say("note.margin", margin=text.short(options.margin)))
    return (*notes, say("note.bayes")) if options.bayes else tuple(notes)
