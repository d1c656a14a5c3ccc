"""People who answered in both waves: their moves in a row, the tests that use them, and the columns that tell of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from rpgstat import text
from rpgstat.analyses._answers import Answers
from rpgstat.analyses._tests import Tested, aligned
from rpgstat.analyses.methods import CompareOptions
from rpgstat.errors import UserError
from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.means import MeanDifference, hedges_g
from rpgstat.stats.overlap import overlap, overlap_g, overlap_rank, overlap_student
from rpgstat.stats.paired import g_av, g_z, paired_t
from rpgstat.stats.paired_shares import YesNo, mcnemar, newcombe_overlap, newcombe_paired, share_overlap
from rpgstat.stats.pairs import Pairs, describe_pairs
from rpgstat.stats.sample import Effect, Interval, Test
from rpgstat.stats.signed_rank import rank_biserial, signed_rank_normal
from rpgstat.study import Apart, Battery, Item, ItemMoves, ItemPair, ItemWaves, ScoreMoves, ScorePair, ScoreWaves, Tally

CLUSTERED = "clustered"
"""What the test of weighted answers of linked people is called, and that of people in several waves."""

Scored = list[tuple[Fraction, Fraction, int]]


@record
class Both:
    """The people of one row who answered in both waves; `moves` are theirs by scores, `products` the same by what their two weights make together.

    `people` answered in either wave, or where several waves are compared in any; `clustered` whether errors are clustered on them. Where people
    are raked, `everyone` counts those who were in either wave, and `apart` are those in both, by their cells.
    """

    moves: Scored
    pairs: Pairs
    products: Scored = field(default_factory=list)
    people: int = 0
    clustered: bool = False
    everyone: int = 0
    apart: Apart = ()

    @property
    def changes(self) -> list[tuple[Fraction, int]]:
        """What people changed by, as kernels take it."""
        return [(after - before, people) for before, after, people in self.moves]

    def table(self, scores: Sequence[Fraction]) -> list[list[int]]:
        """People by their score before (rows) and after, lowest first."""
        people = Counter({(one, other): n for one, other, n in self.moves})
        return [[people[one, other] for other in scores] for one in scores]

    def changed_sides(self, before: Answers, after: Answers, few: int) -> bool:
        """Whether neither so many as to be few people came to agree, nor ceased to: of a group that may follow from the limits of its share."""
        shares = self.yes_no(before, after)
        return shares.left + shares.joined > 0 and all(not 0 < n < few for n in (shares.left, shares.joined))

    def yes_no(self, before: Answers, after: Answers) -> YesNo:
        """Who agreed in which wave: scores in the upper half of the scale."""
        cells = Counter[tuple[bool, bool]]()
        for one, other, people in self.moves:
            cells[_agrees(before, one), _agrees(after, other)] += people
        return YesNo(cells[True, True], cells[True, False], cells[False, True], cells[False, False])


def _is_score(answers: Answers) -> bool:
    """Whether they are a battery's scores."""
    return answers.not_applicable is None


def _agrees(answers: Answers, score: Fraction) -> bool:
    """Whether a score is in the upper half: of an item by position, of a battery above the midpoint."""
    scores = answers.scale.scores
    if _is_score(answers):
        return score > answers.scale.midpoint
    return scores.index(score) >= (len(scores) + 1) // 2


def both_of(tally: Tally, battery: Battery, item: Item | None, shared: tuple[str, ...], pair: tuple[str, str], *, several: Sequence[str] = ()) -> Both | None:
    """The people of a row who are linked, as they are taken where `several` waves are compared; None where nobody can be."""
    link = tally.links.get(pair)
    if link is None or link.why:
        return None
    found = tally.transitions.get(ItemPair(item.id, *pair) if item else ScorePair(battery.name, shared, *pair))
    if isinstance(found, ItemMoves) and item is not None:
        scores = battery.scale_of(item).scores
        moves, products = found.scored(scores), found.weighed(scores)
    elif isinstance(found, ScoreMoves):
        moves, products = list(found.moves), found.weighed
    else:
        return None
    pairs = describe_pairs(moves=moves)
    over = ItemWaves(item.id, tuple(several)) if item else ScoreWaves(battery.name, shared, tuple(several))
    people = _answered(tally, battery, item, shared, pair) - pairs.n
    apart = tally.apart.get(ItemPair(item.id, *pair) if item else ScorePair(battery.name, shared, *pair), ())
    if apart:
        return Both(moves, pairs, products, people, True, sum(tally.returned[wave] for wave in pair) - link.both, apart)
    return Both(moves, pairs, products, tally.people.get(over, people), bool(several or products))


def _answered(tally: Tally, battery: Battery, item: Item | None, shared: tuple[str, ...], pair: tuple[str, str]) -> int:
    """How many answers both waves have."""
    return sum(tally.counts[item.id, wave].n if item else tally.scores[battery.name, shared, wave].n for wave in pair)


def usable(both: Both | None, before: Answers, after: Answers, options: CompareOptions) -> tuple[Both | None, str]:
    """The linked people as far as they are used, and a note where they are too few for that."""
    if both is None or options.design == "independent" or not _counted_alike(both, before, after, options):
        return None, ""
    if options.design == "overlap" and not options.links:
        return None, ""
    if both.pairs.n < max(2, options.few):
        few = max(2, options.few)
        told = say("row.no_pairs_shown", few=few) if options.design == "paired" else say("row.few_linked", few=few)
        return None, told if both.pairs.n else ""
    return both, ""


def _counted_alike(both: Both, before: Answers, after: Answers, options: CompareOptions) -> bool:
    """Whether there is a test for people who count so: all alike, or by weights under the test of means."""
    if before.plain and after.plain:
        return True
    by_column, raked = before.masses and after.masses and both.products, before.table and after.table and both.apart
    return bool(by_column or raked) and not (before.finite or after.finite) and options.design == "overlap" and options.method == "welch"


def columns_of(both: Both, design: str, *, everyone: bool = True) -> dict[str, Any]:
    """What a row tells of the people in both waves; of a group how many they are."""
    pairs = both.pairs
    if not everyone:
        return {"n_both": pairs.n, "design": design}
    told = {"n_both": pairs.n, "correlation": pairs.correlation, "up": pairs.up, "down": pairs.down, "unchanged": pairs.unchanged, "design": design}
    return told | ({"g_z": g_z(pairs=pairs, level=None).estimate} if design == "paired" else {})


def agree_change(both: Both, before: Answers, after: Answers, design: str, level: float) -> tuple[Interval | None, float | None]:
    """Limits of the change of the share that agrees, and its p: McNemar's mid-p of the pairs alone, else the z of overlapping shares."""
    if both.clustered and design == "overlap":
        agrees = [[_agrees(side, score) for score in side.values] for side in (before, after)]
        if both.apart:
            from rpgstat.analyses._linked_raked import agree_change_raked  # which few ask for

            return agree_change_raked(both, before, after, (agrees[0], agrees[1]), level)
        from rpgstat.analyses._linked_clustered import agree_change_clustered

        return agree_change_clustered(both, before, after, (agrees[0], agrees[1]), level)
    shares = both.yes_no(before, after)
    if design == "paired":
        return newcombe_paired(pairs=shares, level=level), mcnemar(pairs=shares).p_value
    counts = {"count_reference": before.upper, "n_reference": before.sample.n, "count": after.upper, "n": after.sample.n}
    return newcombe_overlap(**counts, pairs=shares, level=level), share_overlap(**counts, pairs=shares).p_value


def tested_overlap(both: Both, before: Answers, after: Answers, method: str, level: float) -> Tested:
    """The change of all answers, what the pairs have in common used; exact where that was asked for, and where there is no variance to test by."""
    change = _overlapping(both, before, after, method, level)
    if before.weighted:  # limits of g rest on people who all count alike
        effect = replace(hedges_g(reference=before.sample, later=after.sample, level=None), low=None, high=None)
        return Tested(change, Test(change.statistic, change.df, change.p_value, CLUSTERED, change.note), effect, (change.note,))
    effect = overlap_g(change=change, reference=before.sample, later=after.sample, level=level)
    if method == "exact" or (change.p_value is None and change.estimate and change.std_error == 0):
        test = _exact_overlap(both, before, after)
        if method != "exact":
            test = replace(test, statistic=None, note=test.note or say("row.certain_pairs"))
        return Tested(replace(change, note=""), test, replace(effect, note=""), (test.note,))
    named = CLUSTERED if both.clustered else "overlap" if method == "welch" else method
    test = Test(change.statistic, change.df, change.p_value, named, change.note)
    return Tested(change, test, effect, (test.note,))


def _overlapping(both: Both, before: Answers, after: Answers, method: str, level: float) -> MeanDifference:
    """The change of the mean of all answers, with the error that people in several waves leave it."""
    if both.apart:
        from rpgstat.analyses._linked_raked import change_raked

        return change_raked(both, before, after, level)
    if both.clustered:
        from rpgstat.analyses._linked_clustered import change_clustered

        return change_clustered(both, before, after, level)
    kernel = overlap_student if method == "student" else overlap
    return kernel(reference=before.sample, later=after.sample, pairs=both.pairs, level=level)


def _exact_overlap(both: Both, before: Answers, after: Answers) -> Test:
    from rpgstat.stats.exact_pairs import exact_overlap  # with NumPy

    waves = ({score: n for score, n in zip(side.values, side.counts, strict=True) if n} for side in (before, after))
    reference, later = waves
    return exact_overlap(reference=reference, later=later, moves=both.moves)


def linked_rank_p(both: Both, before: Answers, after: Answers, design: str) -> float | None:
    """The rank check: p of the same test of mid-ranks, or of the pairs' signed ranks; None of weighted answers."""
    if before.weighted:
        return None
    if design == "paired":
        return signed_rank_normal(changes=both.changes).p_value
    if both.clustered:
        from rpgstat.analyses._linked_clustered import rank_p_clustered

        return rank_p_clustered(both, before, after)
    a, b, values = aligned(before, after)
    at = {value: place for place, value in enumerate(values)}
    return overlap_rank(reference=a, later=b, moves=[(at[one], at[other], people) for one, other, people in both.moves]).p_value


def tested_pairs(both: Both, scores: Sequence[Fraction], method: str, level: float) -> Tested:
    """The pairs alone: the paired t-test, its exact counterpart, signed ranks, or the spread of answers over the levels, which have `scores`."""
    change, effect = paired_t(pairs=both.pairs, level=level), g_av(pairs=both.pairs, level=level)
    if method == "signed-rank":
        return _signed_rank(both, change)
    if method in _OF_LEVELS:
        return _of_levels(both.table(scores), method, change)
    if method == "exact" or (change.p_value is None and change.estimate and change.std_error == 0):
        from rpgstat.stats.exact_pairs import sign_flip  # with NumPy

        test = sign_flip(changes=both.changes)
        if method != "exact":
            test = replace(test, statistic=None, note=say("row.certain_pairs"))
        return Tested(replace(change, note=""), test, effect, (test.note,))
    test = Test(change.statistic, change.df, change.p_value, "paired-t", change.note)
    return Tested(change, test, effect, (test.note,))


_OF_LEVELS = ("stuart-maxwell", "bowker")


def _of_levels(table: list[list[int]], method: str, change: MeanDifference) -> Tested:
    """Whether the pairs' answers are spread over the levels otherwise than before; it has no effect size."""
    from rpgstat.stats.moves import bowker, stuart_maxwell  # with NumPy and SciPy

    test = (bowker if method == "bowker" else stuart_maxwell)(table=table)
    return Tested(change, test, Effect("", None, None, None), (test.note,))


def _signed_rank(both: Both, change: MeanDifference) -> Tested:
    """Pratt's signed ranks: exact as far as that goes, else by their normal approximation."""
    from rpgstat.stats.exact_pairs import signed_rank  # with NumPy

    effect: Effect = rank_biserial(changes=both.changes)
    try:
        test = signed_rank(changes=both.changes)
    except UserError:
        test = signed_rank_normal(changes=both.changes)
        test = replace(test, note=test.note or say("row.signed_rank_normal"))
    return Tested(change, test, effect, (test.note,))


def paired_answers(both: Both, before: Answers, after: Answers) -> tuple[Answers, Answers]:
    """Both waves' answers of the pairs alone."""
    return _alone(before, [(one, n) for one, _, n in both.moves], both.pairs.reference), _alone(after, [(two, n) for _, two, n in both.moves], both.pairs.later)


def _alone(answers: Answers, given: Sequence[tuple[Fraction, int]], sample: Any) -> Answers:
    people = Counter[Fraction]()
    for score, n in given:
        people[score] += n
    upper = sum(n for score, n in people.items() if _agrees(answers, score))
    agree = upper / sample.n if answers.agree is not None and sample.n else None
    counts = tuple(people[value] for value in answers.values)
    return replace(answers, counts=counts, sample=sample, upper=upper, agree=agree)


def left_out(both: Both, before: Answers, after: Answers, pair: tuple[str, str], options: CompareOptions) -> str:
    """Who is in no pair, and their mean beside that of the pairs; few people are not told apart, and have no mean that tells their answers."""
    told = []
    for answers, own, wave in ((before, both.pairs.reference, pair[0]), (after, both.pairs.later, pair[1])):
        n = answers.sample.n - own.n
        total = answers.mean * answers.sample.n - sum(_total(both, wave == pair[0]), Fraction(0))
        if 0 < n < options.few:
            told.append(say("row.left_out_few", few=options.few, wave=wave))
        elif 0 < n < options.detail and (_is_score(answers) or _at_an_end(answers, n, total)):  # a score's mean gives a statement's beside the others
            told.append(say("row.left_out_number", n=text.count(n), wave=wave))
        elif n:
            told.append(say("row.left_out_wave", n=text.count(n), wave=wave, mean=text.fixed(float(total / n)), pairs=text.fixed(own.mean or 0.0)))
    return say("row.left_out", told="; ".join(told)) if told else ""


def _at_an_end(answers: Answers, n: int, total: Fraction) -> bool:
    """Whether all of them, or all but one who is a level away, gave the lowest or the highest answer."""
    scores = answers.scale.scores
    step = min(later - earlier for earlier, later in pairwise(sorted(scores)))
    return min(total - n * min(scores), n * max(scores) - total) <= step


def _total(both: Both, first: bool) -> list[Fraction]:
    return [(before if first else after) * n for before, after, n in both.moves]
