"""The change of a question between two waves, option by option and over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from rpgstat import text
from rpgstat.analyses import _linked_replies as linked
from rpgstat.analyses._distribution import Distribution
from rpgstat.analyses._linked_replies import Met
from rpgstat.analyses._questions import Row, ToplineOptions
from rpgstat.analyses._rows import joined
from rpgstat.analyses._standing import DETRACTORS, PASSIVES, PROMOTERS, Part, kind_of, kind_part, net, numbers, option_part, places
from rpgstat.glossary.sentences import say
from rpgstat.stats.chi_square import chi_square, cramers_v
from rpgstat.stats.fisher import fisher_mid_p
from rpgstat.stats.means import MeanDifference, welch
from rpgstat.stats.ranks import brunner_munzel
from rpgstat.study import normalise
from rpgstat.study.questions import Both, Question, Replies

_FEWEST_OPTIONS = 3
_SCORES = {DETRACTORS: Fraction(-1), PASSIVES: Fraction(0), PROMOTERS: Fraction(1)}


def changed(question: Question, own: Replies, before: Replies | None, rows: Sequence[Row], options: ToplineOptions, both: Both | None = None) -> list[Row]:
    """Puts the change against the reference wave into the rows of a later one; returns those that were tested, for adjustment.

    `both` are the people who answered in both waves, whose answers go together; without them the waves are taken as independent.
    """
    if before is None or not before.answered:
        for row in rows:
            row["note"] = joined([row["note"], say("row.nobody_answered_in", wave=options.reference)]) or ""
        return []
    for row in rows:
        row["reference"] = options.reference
    level = 1 - options.alpha
    if question.kind == "nps":
        _three_kinds(own, before, rows, level)
        met = linked.met_by_number(both, lambda value: _SCORES[kind_of(value)])
        return [_with_difference(rows[0], _difference(net(before), net(own), level, met))]
    if question.kind == "number":
        return _number_changed(rows[0], own, before, level, both)
    if question.kind == "ranking":
        return [row for option in rows[1:] for row in _place_changed(option, own, before, level)]
    if question.kind == "date":
        return []
    _whole(question, own, before, rows, level)
    return [row for row in rows[1:] if row.get("share") is not None and _share_changed(question, row, own, before, level, both)]


def _share_changed(question: Question, row: Row, own: Replies, before: Replies, level: float, both: Both | None) -> bool:
    """The change of the share of an option; whether it is one that changes are said of."""
    first, last = (option_part(question, replies, row["option"]) for replies in (before, own))
    if row["option"] not in before.counts or first is None or last is None:
        told = say("row.not_offered_in", wave=row["reference"]) if first else say("row.nobody_answered_in", wave=row["reference"])
        row["note"] = joined([row["note"], told]) or ""
        return False
    met = linked.met_at(both, row["option"])
    _put(row, first, last, level, met)
    said = said_options(question)
    if said and normalise(row["option"]) not in said:
        return False
    row["p_value"] = share_p(first, last, level) if met is None else linked.share_p(first, last, met, level)
    if row["p_value"] is None:
        row["note"] = joined([row["note"], say("row.nobody_otherwise")]) or ""
    return True


def share_p(first: Part, last: Part, level: float) -> float | None:
    """p of no change of a share: Fisher's mid-p; of weighted people, or of many of a finite population, Welch's test of 0 and 1."""
    if first.plain and last.plain:
        return fisher_mid_p(count_reference=first.count, n_reference=first.n, count=last.count, n=last.n)
    return _difference(first.people, last.people, level).p_value


def _put(row: Row, first: Part, last: Part, level: float, met: Met | None = None) -> None:
    limits = last.change(first, level) if met is None else linked.share_limits(first, last, met, level)
    row |= {"change": last.share - first.share} | ({"change_low": limits.low, "change_high": limits.high} if limits else {})


def said_options(question: Question) -> set[str]:
    """The options that changes are said of: those declared, of two the first, as the other one's change is its mirror, else all."""
    if question.positive:
        return set(map(normalise, question.positive))
    in_base = [option for option in question.options if option not in question.off]
    return {normalise(in_base[0])} if question.kind == "single" and len(in_base) < _FEWEST_OPTIONS and in_base else set()


def _whole(question: Question, own: Replies, before: Replies, rows: Sequence[Row], level: float) -> None:
    """Whether the options of a single question share people out differently, all together: of people who all count alike, and where all are seen."""
    options, row = [option for option in question.options if option not in question.off], rows[0]
    seen = all(one.get("share") is not None or one["option"] in question.off or one["option"] not in own.counts for one in rows[1:])
    if question.kind != "single" or len(options) < _FEWEST_OPTIONS or not seen or own.design or before.design:
        return
    reference, later = ([replies.counts.get(option, 0) for option in options] for replies in (before, own))
    found, effect = chi_square(reference=reference, later=later), cramers_v(reference=reference, later=later, level=level)
    row |= {"chi_square": found.test.statistic, "df": found.test.df, "cramers_v": effect.estimate}
    row["chi_p"] = found.test.p_value if found.exact_p is None else found.exact_p
    exact = say("row.chi_exact") if found.exact_p is not None else ""
    row["note"] = joined([row["note"], found.test.note, exact]) or ""


def _three_kinds(own: Replies, before: Replies, rows: Sequence[Row], level: float) -> None:
    """The changes of the shares of promoters, passives and detractors, which are not tested beside the score."""
    for row in rows[1:]:
        first, last = (kind_part(replies, row["option"]) for replies in (before, own))
        if first and last:
            _put(row, first, last, level)


def _difference(before: Distribution, own: Distribution, level: float, met: Met | None = None) -> MeanDifference:
    """The difference of the means by Welch's test; where people are known to be in both waves, by that of overlapping means."""
    if met is not None:
        return linked.mean_change(before, own, met, level)
    return welch(reference=before.sample(), later=own.sample(), level=level)


def _with_difference(row: Row, found: Any) -> Row:
    """The row with a difference of means; none of a single answer."""
    row |= {"change": found.estimate if found.p_value is not None or found.conf_low is not None else None, "p_value": found.p_value}
    row |= {"change_low": found.conf_low, "change_high": found.conf_high, "note": joined([row["note"], found.note]) or ""}
    return row


def _number_changed(row: Row, own: Replies, before: Replies, level: float, both: Both | None) -> list[Row]:
    """The change of the mean, and what a test of ranks says where it disagrees."""
    if not own.values or not before.values:
        row["note"] = joined([row["note"], say("row.nobody_answered_in", wave=before.wave)]) or ""
        return []
    first, last = numbers(before), numbers(own)
    _with_difference(row, _difference(first, last, level, linked.met_by_number(both, lambda value: value)))
    if first.plain and last.plain and not both:
        values = sorted({*own.values, *before.values})
        ranks = brunner_munzel(reference=[before.values.get(value, 0) for value in values], later=[own.values.get(value, 0) for value in values])
        if ranks.p_value is not None and row["p_value"] is not None and (ranks.p_value < 1 - level) is not (row["p_value"] < 1 - level):
            row["note"] = joined([row["note"], say("row.by_ranks", p=text.p_phrase(ranks.p_value))]) or ""
    return [row]


def _place_changed(row: Row, own: Replies, before: Replies, level: float) -> list[Row]:
    """The change of the mean place of an option: lower is nearer the first."""
    if not before.ranks.get(row["option"]) or not own.ranks.get(row["option"]):
        return []
    return [_with_difference(row, _difference(places(before, row["option"]), places(own, row["option"]), level))]
