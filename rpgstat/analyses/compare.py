"""`compare`: the change of each item and battery between waves, tested, with its effect and a conclusion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from rpgstat import text
from rpgstat.analyses._answers import Answers, answers_to, is_withheld, mean_to
from rpgstat.analyses._beside import bayes, equivalent
from rpgstat.analyses._conclusions import conclude
from rpgstat.analyses._design import design_options, unknown_populations
from rpgstat.analyses._few import few_note, mean_column
from rpgstat.analyses._linked import Both, agree_change, both_of, columns_of, left_out, linked_rank_p, paired_answers, tested_overlap, tested_pairs, usable
from rpgstat.analyses._opposed import direction
from rpgstat.analyses._rows import Row, head, joined, mean_columns, rows_of, titled
from rpgstat.analyses._sentences import compare_notes, method_sentence
from rpgstat.analyses._tests import Tested, difference, rank_p
from rpgstat.analyses.methods import CompareOptions, compare_answers
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary import LINKED
from rpgstat.glossary.sentences import listing, say
from rpgstat.result import Result, table
from rpgstat.stats.means import MeanDifference, detectable
from rpgstat.stats.paired import paired_t
from rpgstat.stats.shares import newcombe
from rpgstat.study import NOT_STATED, Battery, Groups, MeanOnly, Study, Tally

_REFERENCE = ("mean_reference", "reference_low", "reference_high", "sd_reference")
_LATER = ("mean", "mean_low", "mean_high", "sd")
BATTERIES = "\0battery rows"
"""The family of all battery rows; no battery can bear this name."""


def contrasts(waves: Sequence[str], reference: str | None, against: str, wanted: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The (reference, later) pairs: each other wave against the reference (default: the first), or each against the one before.

    `wanted` keeps the pairs whose later wave it names; empty keeps all. Raises UserError when no pair is left, when the
    reference is no wave, and for a reference beside `against="previous"`.

    >>> contrasts(["a", "b", "c"], None, "reference"), contrasts(["a", "b", "c"], None, "previous", ["c"])
    ([('a', 'b'), ('a', 'c')], [('b', 'c')])
    """
    if len(waves) < 2:
        here = f"only `{waves[0]}`" if waves else "none"
        raise UserError(f"a comparison needs two waves, here is {here}", "give two exports, or a study file with two waves")
    if reference is not None and reference not in waves:
        raise UserError(f"--reference: no wave `{reference}`", did_you_mean(reference, waves))
    if against == "previous" and reference is not None:
        raise UserError("--reference names one wave, and --against previous another for each", "leave one of them out")
    first = reference or waves[0]
    pairs = list(pairwise(waves)) if against == "previous" else [(first, wave) for wave in waves if wave != first]
    kept = [pair for pair in pairs if pair[1] in wanted or not wanted]
    if not kept:
        raise UserError(f"--wave: `{wanted[0]}` is the wave compared against, and no other is left", "name another --wave, or another --reference")
    return kept


def compare(tally: Tally, study: Study, pairs: Sequence[tuple[str, str]], options: CompareOptions) -> Result:
    """Result `compare`: one row per contrast and item, and one per battery (item null).

    `estimate`, its standard error and limits are always the mean difference, later minus reference (Welch, pooled under
    `student`), unadjusted; statistic, df and p_value belong to the method. p is adjusted within each battery over all
    contrasts, battery rows in a family of their own. Batteries are scored on the items that both waves answered.
    """
    rows = [row for pair in pairs for battery in study.batteries for row in battery_rows(tally, tally, battery, pair, options)]
    return finished(rows, tally, study, pairs, options)


def compare_groups(groups: Groups, study: Study, pairs: Sequence[tuple[str, str]], options: CompareOptions) -> Result:
    """As `compare`, inside each group: rows have `by` and `group`, and a family runs over all groups.

    People who stated no group have rows of their own, untested; what is withheld in either wave is null. Where the mean only of either wave
    may be seen, so is the change only, untested.
    """
    rows = []
    for group, people in groups.rows.items():
        for pair in pairs:
            for battery in study.batteries:
                found = battery_rows(groups.whole, people, battery, pair, options, tested=group != NOT_STATED)
                rows += [replace(row, columns={**row.columns, "by": groups.by, "group": group}) for row in found]
    result = finished(rows, groups.whole, study, pairs, options, by=groups.by)
    return replace(result, notes=(*result.notes, *unknown_populations(groups, list(dict.fromkeys(wave for pair in pairs for wave in pair)))))


def finished(
    rows: list[Row], tally: Tally, study: Study, pairs: Sequence[tuple[str, str]], options: CompareOptions, by: str = "", extra: Sequence[str] = ()
) -> Result:
    """The result made of the rows: families run over all of them, so the conclusions come last."""
    conclude(rows, options)
    linked = any(row.columns.get("n_both") is not None for row in rows)
    hidden = frozenset() if linked else frozenset(LINKED)
    complete = [{key: value for key, value in row.columns.items() if key not in hidden} | {"note": joined(row.notes)} for row in rows]
    asked = (("bf10", options.bayes), ("by", by), ("group", by), ("g_z", options.design == "paired"), *((name, linked) for name in LINKED))
    wanted = [*extra, *(name for name, wish in asked if wish)]
    return Result(
        name="compare",
        title=titled(study, say("title.compare_by", by=by) if by else say("title.compare")),
        frame=table("compare", complete, wanted),
        method=method_sentence(options.named(linked=linked, weighted=tally.design is not None), options.adjust, options.alpha, pairs, by),
        notes=compare_notes(tally, study, pairs, options, complete),
        options=_options(pairs, options) | ({"by": by} if by else {}) | design_options(tally),
    )


def _options(pairs: Sequence[tuple[str, str]], options: CompareOptions) -> dict[str, Any]:
    named = {"method": options.method, "adjust": options.adjust, "alpha": options.alpha, "margin": options.margin, "against": options.against}
    designed = {"design": options.design} if options.design != "overlap" else {}
    return {"reference": pairs[0][0], "waves": [later for _, later in pairs]} | named | {"bayes": options.bayes} | designed


def battery_rows(whole: Tally, people: Tally, battery: Battery, pair: tuple[str, str], options: CompareOptions, *, tested: bool = True) -> list[Row]:
    """The rows of one battery, of the `people` among the `whole` who answered: which items the waves share is for all to tell."""
    shared = whole.common(tuple(item.id for item in battery.items), pair)
    told = direction(whole, battery, shared)
    rows = []
    for item in rows_of(battery):
        before, after = (answers_to(people, battery, item, shared, wave) for wave in pair)
        row = Row(head(battery, item, reference=pair[0], wave=pair[1]), battery.name if item else BATTERIES)
        means = [mean_to(people, battery, item, shared, wave) for wave in pair]
        if any(is_withheld(people, battery, item, shared, wave) for wave in pair):
            if told.conclusion or item is not None:
                _describe(row, before, after, options.alpha)
                _describe_few(row, before, after, means, few_note)
            row.notes = [say("row.suppressed")]
        elif any(mean and answers is None for mean, answers in zip(means, (before, after), strict=True)) and (told.conclusion or item is not None):
            row.notes += [say("row.reversed")] if item and item.reverse else []
            row.notes += [*_left_out(battery, shared), *told.notes] if item is None else []
            _describe(row, before, after, options.alpha)
            _describe_few(row, before, after, means, few_note if people is not whole else lambda _: say("row.everyone_weighted"))
        else:
            row.notes += [say("row.reversed")] if item and item.reverse else []
            row.notes += [*_left_out(battery, shared), *told.notes] if item is None else []
            if item is None and not told.conclusion:
                numbers = [answers.sample.n if answers else own and own.n for answers, own in zip((before, after), means, strict=True)]
                row.columns |= {"n_reference": numbers[0], "n": numbers[1]}
            else:
                linked = both_of(people, battery, item, shared, pair, several=options.several)
                _fill(row, before, after, pair, options, tested=tested, linked=linked, everyone=people is whole)
        rows.append(row)
    return rows


def _left_out(battery: Battery, shared: tuple[str, ...]) -> list[str]:
    others = [item.id for item in battery.items if item.id not in shared]
    if not others:
        return []
    return [say("row.scored_on_shared", len(shared), n=text.count(len(shared)), others=listing(others)) if shared else say("row.no_common")]


def _describe(row: Row, before: Answers | None, after: Answers | None, alpha: float) -> None:
    """Each wave by itself."""
    for found, names, n, agree in ((before, _REFERENCE, "n_reference", "agree_reference"), (after, _LATER, "n", "agree")):
        if found is not None:
            row.columns |= {n: found.sample.n, agree: found.agree} | mean_columns(found, alpha, names)


def _describe_few(row: Row, before: Answers | None, after: Answers | None, means: Sequence[MeanOnly | None], note: Callable[[MeanOnly], str]) -> None:
    """The waves of which the mean only may be seen, with a `note` why, and the change of the means."""
    for answers, own, n, mean in zip((before, after), means, ("n_reference", "n"), ("mean_reference", "mean"), strict=True):
        if own is not None and answers is None:
            row.columns |= {n: own.n, mean: mean_column(own)}
            row.notes += [note(own)] if note(own) not in row.notes else []
    if all(own is not None and own.mean is not None for own in means):
        row.columns["estimate"] = row.columns["mean"] - row.columns["mean_reference"]


def _fill(
    row: Row,
    before: Answers | None,
    after: Answers | None,
    pair: tuple[str, str],
    options: CompareOptions,
    *,
    tested: bool,
    linked: Both | None,
    everyone: bool,
) -> None:
    """The columns of one row: each wave by itself, then the comparison where both have answers; of a group not how its people moved."""
    if options.design == "paired" and before is not None and after is not None:
        _fill_pairs(row, before, after, pair, options, linked)
        return
    _describe(row, before, after, options.alpha)
    if before is None or after is None:
        row.notes += [say("row.not_asked", wave=wave) for found, wave in ((before, pair[0]), (after, pair[1])) if found is None and row.columns["item"]]
        return
    empty = [wave for found, wave in ((before, pair[0]), (after, pair[1])) if not found.sample.n]
    if empty:
        row.notes.append(say("row.no_valid_in", waves=listing(empty)))
        return
    constant = [wave for found, wave in ((before, pair[0]), (after, pair[1])) if found.sample.sd == 0]
    if len(constant) == 1:
        row.notes.append(say("row.constant", wave=constant[0]))
    both, why = usable(linked, before, after, options)
    row.notes += [why] if why else []
    _agree_change(row, before, after, options.alpha, both if everyone or not both or both.changed_sides(before, after, options.few) else None)
    if not tested:
        row.notes.append(say("row.not_a_group"))
    elif row.columns["item"] is None and options.how.of == "levels":
        _untested(row, difference(before, after, 1 - options.alpha), say("row.levels_only"))
    else:
        row.columns |= columns_of(both, "overlap", everyone=everyone) if both else {"design": "independent"}
        _test(row, before, after, options, both)


def _fill_pairs(row: Row, before: Answers, after: Answers, pair: tuple[str, str], options: CompareOptions, linked: Both | None) -> None:
    """The columns of one row, of the people in both waves alone, and who is not among them."""
    both, why = usable(linked, before, after, options)
    if both is None:
        row.notes += [why or say("row.nobody_paired")]
        return
    row.notes += [told] if (told := left_out(both, before, after, pair, options)) else []
    before, after = paired_answers(both, before, after)
    _describe(row, before, after, options.alpha)
    _agree_change(row, before, after, options.alpha, both, "paired")
    row.columns |= columns_of(both, "paired")
    if row.columns["item"] is None and options.how.of == "levels":
        _untested(row, paired_t(pairs=both.pairs, level=1 - options.alpha), say("row.levels_of_pairs"))
    else:
        _test(row, before, after, options, both)


def _agree_change(row: Row, before: Answers, after: Answers, alpha: float, both: Both | None, design: str = "overlap") -> None:
    if before.agree is None or after.agree is None:
        row.notes.append(say("row.unlabelled"))
        return
    (count_a, n_a, effective_a), (count_b, n_b, effective_b) = before.agreeing, after.agreeing
    if both:
        limits, row.columns["agree_p"] = agree_change(both, before, after, design, 1 - alpha)
    else:
        reference = {"count_reference": count_a, "n_reference": n_a}
        limits = newcombe(**reference, effective_n_reference=effective_a, count=count_b, n=n_b, effective_n=effective_b, level=1 - alpha)
    row.columns |= {"agree_change": after.agree - before.agree, "agree_change_low": limits and limits.low, "agree_change_high": limits and limits.high}


def _untested(row: Row, change: MeanDifference, why: str) -> None:
    """A battery row under a test of levels: a score has no levels to compare, so its mean difference stands untested."""
    row.columns |= _difference_columns(change)
    row.notes += [change.note] if change.note else []
    row.notes.append(why)


def _difference_columns(change: MeanDifference) -> dict[str, Any]:
    return {"estimate": change.estimate, "std_error": change.std_error, "conf_low": change.conf_low, "conf_high": change.conf_high}


def _tested(before: Answers, after: Answers, options: CompareOptions, both: Both | None) -> Tested:
    level = 1 - options.alpha
    if both is None:
        return compare_answers(before, after, options.method, level)
    if options.design == "paired":
        return tested_pairs(both, before.values, options.method, level)
    return tested_overlap(both, before, after, options.method, level)


def _test(row: Row, before: Answers, after: Answers, options: CompareOptions, both: Both | None) -> None:
    try:
        tested = _tested(before, after, options, both)
    except UserError as error:  # too large for an exact test: the kernel does not know which row it works on
        raise UserError(f"`{row.columns['item'] or row.columns['battery']}`: {error.problem}", error.hint) from error
    change, test, effect = tested.difference, tested.test, tested.effect
    row.columns |= _difference_columns(change) | {"statistic": test.statistic, "df": test.df, "p_value": test.p_value, "method": test.method}
    row.columns |= {"effect": effect.estimate, "effect_low": effect.low, "effect_high": effect.high, "effect_name": effect.name or None}
    row.notes += list(dict.fromkeys([*tested.notes, *(note for note in (change.note, effect.note) if not tested.test.note)]))
    if change.std_error is not None and change.df is not None:
        row.columns["detectable"] = detectable(std_error=change.std_error, df=change.df, alpha=options.alpha)
        if options.margin is not None:
            equivalent(row, change, options.margin, options.alpha)
    if options.how.of == "means" and test.p_value is not None:
        row.rank_p = rank_p(before, after) if both is None else linked_rank_p(both, before, after, options.design)
    if options.bayes:
        row.columns["bf10"] = bayes(row, before, after)
