"""The change of a question between two waves, option by option and over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from rpgstat import text
from rpgstat.analyses._questions import DETRACTORS, PASSIVES, PROMOTERS, Row, ToplineOptions, likelihoods, sample_of
from rpgstat.analyses._rows import joined
from rpgstat.glossary.sentences import say
from rpgstat.stats.chi_square import chi_square, cramers_v
from rpgstat.stats.fisher import fisher_mid_p
from rpgstat.stats.means import welch
from rpgstat.stats.ranks import brunner_munzel
from rpgstat.stats.sample import describe
from rpgstat.stats.shares import newcombe
from rpgstat.study import normalise
from rpgstat.study.questions import Question, Replies, base

_FEWEST_OPTIONS = 3


def changed(question: Question, own: Replies, before: Replies | None, rows: Sequence[Row], options: ToplineOptions) -> list[Row]:
    """Puts the change against the reference wave into the rows of a later one; returns those that were tested, for adjustment."""
    if before is None or not before.answered:
        for row in rows:
            row["note"] = joined([row["note"], say("row.nobody_answered_in", wave=options.reference)]) or ""
        return []
    for row in rows:
        row["reference"] = options.reference
    level = 1 - options.alpha
    if question.kind == "nps":
        _three_kinds(own, before, rows, level)
        return _mean_changed(rows[0], [Fraction(sign) for sign in (-1, 0, 1)], likelihoods(before)[::-1], likelihoods(own)[::-1], level)
    if question.kind == "number":
        return _number_changed(rows[0], own, before, level)
    if question.kind == "ranking":
        return [row for option in rows[1:] for row in _place_changed(option, own, before, level)]
    if question.kind == "date":
        return []
    _whole(question, own, before, rows[0], level)
    return [row for row in rows[1:] if row.get("share") is not None and _share_changed(question, row, before, level)]


def _share_changed(question: Question, row: Row, before: Replies, level: float) -> bool:
    """The change of the share of an option; whether it is one that changes are said of."""
    n = base(question, before)
    if row["option"] not in before.counts or not n or not row["n"]:
        told = say("row.not_offered_in", wave=row["reference"]) if n else say("row.nobody_answered_in", wave=row["reference"])
        row["note"] = joined([row["note"], told]) or ""
        return False
    counts = {"count_reference": before.counts[row["option"]], "n_reference": n, "count": row["count"], "n": row["n"]}
    _put(row, counts, level)
    said = _said(question)
    if said and normalise(row["option"]) not in said:
        return False
    row["p_value"] = fisher_mid_p(**counts)
    if row["p_value"] is None:
        row["note"] = joined([row["note"], say("row.nobody_otherwise")]) or ""
    return True


def _put(row: Row, counts: Mapping[str, int], level: float) -> None:
    limits = newcombe(**counts, level=level)
    assert limits is not None  # neither n is 0
    change = counts["count"] / counts["n"] - counts["count_reference"] / counts["n_reference"]
    row |= {"change": change, "change_low": limits.low, "change_high": limits.high}


def _said(question: Question) -> set[str]:
    """The options that changes are said of: those declared, of two the first, as the other one's change is its mirror, else all."""
    if question.positive:
        return set(map(normalise, question.positive))
    in_base = [option for option in question.options if option not in question.off]
    return {normalise(in_base[0])} if question.kind == "single" and len(in_base) < _FEWEST_OPTIONS and in_base else set()


def _whole(question: Question, own: Replies, before: Replies, row: Row, level: float) -> None:
    """Whether the options of a single question share people out differently, all together."""
    options = [option for option in question.options if option not in question.off]
    if question.kind != "single" or len(options) < _FEWEST_OPTIONS:
        return
    reference, later = ([replies.counts.get(option, 0) for option in options] for replies in (before, own))
    found, effect = chi_square(reference=reference, later=later), cramers_v(reference=reference, later=later, level=level)
    row |= {"chi_square": found.test.statistic, "df": found.test.df, "cramers_v": effect.estimate}
    row["chi_p"] = found.test.p_value if found.exact_p is None else found.exact_p
    exact = say("row.chi_exact") if found.exact_p is not None else ""
    row["note"] = joined([row["note"], found.test.note, exact]) or ""


def _three_kinds(own: Replies, before: Replies, rows: Sequence[Row], level: float) -> None:
    """The changes of the shares of promoters, passives and detractors, which are not tested beside the score."""
    sizes = zip((PROMOTERS, PASSIVES, DETRACTORS), likelihoods(before), likelihoods(own), strict=True)
    shares = {option: (first, last) for option, first, last in sizes}
    n_reference, n = sum(before.values.values()), sum(own.values.values())
    for row in rows[1:]:
        first, last = shares[row["option"]]
        if n and n_reference:
            _put(row, {"count_reference": first, "n_reference": n_reference, "count": last, "n": n}, level)


def _mean_changed(row: Row, scores: Sequence[Fraction], before: Sequence[int], own: Sequence[int], level: float) -> list[Row]:
    found = welch(reference=describe(counts=before, scores=scores), later=describe(counts=own, scores=scores), level=level)
    return [_with_difference(row, found)]


def _with_difference(row: Row, found: Any) -> Row:
    """The row with a difference of means; none of a single answer."""
    row |= {"change": found.estimate if found.p_value is not None or found.conf_low is not None else None, "p_value": found.p_value}
    row |= {"change_low": found.conf_low, "change_high": found.conf_high, "note": joined([row["note"], found.note]) or ""}
    return row


def _number_changed(row: Row, own: Replies, before: Replies, level: float) -> list[Row]:
    """The change of the mean, and what a test of ranks says where it disagrees."""
    if not own.values or not before.values:
        row["note"] = joined([row["note"], say("row.nobody_answered_in", wave=before.wave)]) or ""
        return []
    _with_difference(row, welch(reference=sample_of(before.values), later=sample_of(own.values), level=level))
    values = sorted({*own.values, *before.values})
    ranks = brunner_munzel(reference=[before.values.get(value, 0) for value in values], later=[own.values.get(value, 0) for value in values])
    if ranks.p_value is not None and row["p_value"] is not None and (ranks.p_value < 1 - level) is not (row["p_value"] < 1 - level):
        row["note"] = joined([row["note"], say("row.by_ranks", p=text.p_phrase(ranks.p_value))]) or ""
    return [row]


def _place_changed(row: Row, own: Replies, before: Replies, level: float) -> list[Row]:
    """The change of the mean place of an option: lower is nearer the first."""
    first, last = before.ranks.get(row["option"], {}), own.ranks.get(row["option"], {})
    if not first or not last:
        return []
    samples = [describe(counts=list(ranks.values()), scores=list(ranks)) for ranks in (first, last)]
    return [_with_difference(row, welch(reference=samples[0], later=samples[1], level=level))]
