"""`breakdown`: each group against everyone else in each wave, and whether the groups differ at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from rpgstat import text
from rpgstat.analyses._answers import Answers, answers_to, is_withheld, mean_to
from rpgstat.analyses._design import design_notes, design_options, unknown_populations
from rpgstat.analyses._few import difference_columns, few_note, mean_column, permutation_p, published
from rpgstat.analyses._omnibus import omnibus, post_hoc_pairs
from rpgstat.analyses._opposed import Direction, direction
from rpgstat.analyses._rows import Row, agree_columns, head, joined, mean_columns, places, returned_note, rows_of, scale_notes, titled
from rpgstat.analyses._tests import adjust_families, rank_note, rank_p
from rpgstat.analyses.methods import compare_answers
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.study import NOT_STATED, Battery, Groups, Item, MeanOnly, Study, Tally

_MEAN = ("mean", "conf_low", "conf_high", "sd")
_FEW = "\0few"
"""What is added to a family for its exact tests of means alone."""


@dataclass
class _Row(Row):
    """With the row whose test it repeats from the other side."""

    repeats: _Row | None = None


def breakdown(groups: Groups, study: Study, *, waves: Sequence[str], adjust: str = "holm", alpha: float = 0.05, post_hoc: bool = False) -> list[Result]:
    """Results `breakdown`, `omnibus` and, if asked for, `post_hoc`: a row per wave, item and group, or pair of groups; battery rows have no item.

    Each group is tested against everyone else, other people with a stated group, by Welch's t; p is adjusted over the items and groups
    of a battery in a wave, battery scores of a wave among themselves, and with two groups each contrast counts once. People who stated
    no group have a row of their own and are in no test. What is withheld is null and in no rank, test or pair. A group of which the mean
    only may be seen has n, mean, rank and difference, and on items the exact permutation p of that mean, adjusted among its like.
    """
    others = {group: groups.others([group]) for group in groups.parts}
    cells = [_Cells(groups, others, battery, item, wave, alpha) for wave in waves for battery in study.batteries for item in rows_of(battery)]
    rows = [row for one in cells for row in _item_rows(one)]
    _conclude(rows, adjust, alpha)
    told = {"by": groups.by, "waves": list(waves), "adjust": adjust, "alpha": alpha, "suppression": groups.suppressed} | design_options(groups.whole)
    found = Result(
        name="breakdown",
        title=titled(study, say("title.breakdown", by=groups.by)),
        frame=table("breakdown", [row.columns | {"note": joined(row.notes)} for row in rows]),
        method=_method(groups.by, adjust, alpha, few=any(row.family.endswith(_FEW) and row.columns.get("p_value") is not None for row in rows)),
        notes=_notes(groups, study, waves, alpha),
        options=told,
    )
    results = [found, omnibus(groups, study, waves, told)]
    return [*results, post_hoc_pairs(groups, study, waves, told)] if post_hoc else results


@record
class _Cells:
    """An item or battery in one wave, and how the answers of some people to it are found; `others` are everyone else of each group."""

    groups: Groups
    others: Mapping[str, Tally]
    battery: Battery
    item: Item | None
    wave: str
    alpha: float

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The items of the battery that the wave asked."""
        return self.groups.whole.common(tuple(item.id for item in self.battery.items), (self.wave,))

    @cached_property
    def pool(self) -> Answers | None:
        """The whole wave's answers, where they are published."""
        return published(self.answers(self.groups.whole) if self.item else None, self.item)

    @cached_property
    def direction(self) -> Direction:
        """Whether the battery's items point one way; an item by itself does."""
        return Direction() if self.item else direction(self.groups.whole, self.battery, self.asked)

    def answers(self, people: Tally) -> Answers | None:
        """The answers of these people; None where they are not shown in full."""
        return answers_to(people, self.battery, self.item, self.asked, self.wave)

    def mean(self, people: Tally) -> MeanOnly | None:
        """Number and sum of these people's answers; None where they are withheld."""
        return mean_to(people, self.battery, self.item, self.asked, self.wave)

    def ranked(self, people: Tally) -> Fraction | None:
        """The mean by which a group is ranked, where it may be seen."""
        if not self.direction.conclusion:
            return None
        answers, own = self.answers(people), self.mean(people)
        return answers.mean if answers and answers.sample.n else own.mean if own else None

    def unseen(self, people: Tally) -> str:
        """Why there is nothing."""
        return say("row.suppressed") if is_withheld(people, self.battery, self.item, self.asked, self.wave) else say("row.not_asked", wave=self.wave)


def _item_rows(cells: _Cells) -> list[_Row]:
    rows = {group: _row(cells, group, people) for group, people in cells.groups.rows.items()}
    for group, rank in places({group: cells.ranked(people) for group, people in cells.groups.parts.items()}).items():
        rows[group].columns["rank"] = rank
    return _repeated(list(rows.values()))


def _row(cells: _Cells, group: str, people: Tally) -> _Row:
    battery, item = cells.battery, cells.item
    row = _Row(head(battery, item, wave=cells.wave, by=cells.groups.by, group=group), f"{battery.name if item else ''}\0{cells.wave}")
    answers, own = cells.answers(people), cells.mean(people)
    if own is None:
        row.notes.append(cells.unseen(people))
        return row
    row.notes += cells.direction.notes
    if not cells.direction.conclusion:
        row.columns["n"] = own.n
        return row
    if answers is None:
        row.columns |= {"n": own.n, "mean": mean_column(own)}
        row.notes += [*([say("row.reversed")] if item and item.reverse else []), few_note(own)]
    else:
        _describe(row, answers, item, cells.alpha)
    if group != NOT_STATED:
        _against(row, cells, answers, own, cells.others[group])
    elif own.n:
        row.notes.append(say("row.not_a_group"))
    return row


def _repeated(rows: list[_Row]) -> list[_Row]:
    """The rows, of which two that are each other's everyone else count as one test."""
    tested = [row for row in rows if row.columns.get("p_value") is not None]
    if len(tested) == 2 and tested[0].columns["n"] == tested[1].columns["n_rest"]:
        tested[1].repeats = tested[0]
    return rows


def _describe(row: _Row, answers: Answers, item: Item | None, alpha: float) -> None:
    """The group by itself."""
    row.columns |= {"n": answers.sample.n} | mean_columns(answers, alpha, _MEAN) | agree_columns(answers, alpha)
    row.notes += [say("row.reversed")] if item and item.reverse else []
    if not answers.sample.n:
        row.notes.append(say("row.no_valid"))
    elif not answers.scale.labelled:
        row.notes.append(say("row.unlabelled"))


def _against(row: _Row, cells: _Cells, answers: Answers | None, own: MeanOnly, others: Tally) -> None:
    """The group against everyone else: in full where all figures of both may be seen, else by their means."""
    rest = cells.mean(others)
    if not own.n:
        return
    if rest is None:
        row.notes.append(say("row.no_rest"))
        return
    against = cells.answers(others)
    if answers is not None and against is not None:
        _tested(row, answers, against, cells.alpha)
        return
    row.columns |= difference_columns(own, rest)
    row.family += _FEW
    row.notes += [say("row.few_rest")] if answers is not None else []
    if row.columns.get("estimate") is not None:
        row.columns["p_value"], note = permutation_p(own, cells.pool)
        row.notes += [note] if note else []


def _tested(row: _Row, answers: Answers, rest: Answers, alpha: float) -> None:
    """Welch's test of the group against everyone else."""
    row.columns |= {"n_rest": rest.sample.n, "mean_rest": rest.sample.mean}
    if not rest.sample.n:
        row.notes.append(say("row.nobody_else"))
        return
    tested = compare_answers(rest, answers, "welch", 1 - alpha, limits=False)
    change, test = tested.difference, tested.test
    row.columns |= {"estimate": change.estimate, "std_error": change.std_error, "estimate_low": change.conf_low, "estimate_high": change.conf_high}
    row.columns |= {"statistic": test.statistic, "df": test.df, "p_value": test.p_value, "effect": tested.effect.estimate}
    few = [*([say("row.group_one")] if answers.sample.n == 1 else []), *([say("row.rest_one")] if rest.sample.n == 1 else [])]
    row.notes += [say("row.small_no_variance", small=listing(few))] if few else [note for note in (test.note,) if note]
    row.rank_p = rank_p(rest, answers) if test.p_value is not None else None


def _conclude(rows: Sequence[_Row], adjust: str, alpha: float) -> None:
    """Adjusted p and conclusions; families run over all rows, so this comes last."""
    families = [row.family for row in rows]
    adjusted = adjust_families([None if row.repeats else row.columns.get("p_value") for row in rows], families, adjust)
    by_ranks = adjust_families([None if row.repeats else row.rank_p for row in rows], families, adjust)
    found = {id(row): (p, rank) for row, p, rank in zip(rows, adjusted, by_ranks, strict=True)}
    for row in rows:
        p_adjusted, rank = found[id(row.repeats or row)]
        if p_adjusted is None:
            continue
        significant = p_adjusted < alpha
        row.columns["p_adjusted"] = p_adjusted
        row.columns["conclusion"] = ("higher" if row.columns["estimate"] > 0 else "lower") if significant else "inconclusive"
        row.notes += [say("row.not_after_adjustment")] if row.columns["p_value"] < alpha and not significant else []
        row.notes += rank_note(p_adjusted, rank, alpha)


def _method(by: str, adjust: str, alpha: float, *, few: bool) -> str:
    if adjust == "none":
        family = say("family.unadjusted")
    else:
        family = say("family.groups_apart", method=word("adjust", adjust)) if few else say("family.groups", method=word("adjust", adjust))
    return say("method_of.breakdown", by=by, exact=say("method_of.few") if few else "", family=family, alpha=text.short(alpha))


def _notes(groups: Groups, study: Study, waves: Sequence[str], alpha: float) -> tuple[str, ...]:
    notes = [
        returned_note(groups.whole, waves, say("note.n_answers")),
        *scale_notes(study),
        say("note.everyone_else", by=groups.by, level=text.confidence(alpha)),
        say("note.inconclusive_group"),
    ]
    if groups.not_stated is not None:
        notes.append(say("note.not_stated", by=groups.by))
    return (*notes, *design_notes(groups.whole, waves), *unknown_populations(groups, waves))
