"""What a case counts of its respondents, and what it warns of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from rpgstat import tally, text
from rpgstat.errors import UserError
from rpgstat.study import Group, Moments, Study, Tally
from rpgstat.workflow.case import Case, inferred_case

Counted = TypeVar("Counted")


def count(
    case: Case,
    combinations: Sequence[tuple[str, ...]],
    by: Sequence[Group] = (),
    weight: str | None = None,
    *,
    pairs: Sequence[tuple[str, str]] = (),
    beside: Sequence[tuple[str, ...]] = (),
    courses: Sequence[tuple[str, ...]] = (),
) -> tuple[Case, Tally]:
    """The counts, broken down by groups, and last by the weights in the column headed `weight`; with the transitions of `pairs` of waves,
    battery scores also of the waves `beside`, and the `courses` over several waves.

    A study inferred from the first rows may not hold in later ones: it is then inferred from all of them.
    """
    asked = list(dict.fromkeys([*combinations, *beside, *courses]))

    def counted_in(own: Case) -> Tally:
        return tally.tally(own.study, own.sources, asked, by, weight, files=own.files(by, weight), pairs=pairs, courses=courses)

    case, counted = _from_all_rows(case, counted_in)
    return replace(case, warnings=(*case.warnings, *_unanswered(counted, case.study, combinations))), counted


def count_moments(case: Case, waves: Sequence[str]) -> tuple[Case, Tally, dict[tuple[str, str], Moments]]:
    """The counts as in `count`, of single waves, and the moments of each battery and wave."""
    case, (counted, moments) = _from_all_rows(case, lambda own: tally.moments(own.study, own.sources, files=own.files()))
    return replace(case, warnings=(*case.warnings, *_unanswered(counted, case.study, [(wave,) for wave in waves]))), counted, moments


def _from_all_rows(case: Case, counted: Callable[[Case], Counted]) -> tuple[Case, Counted]:
    """What is counted, and the case that it holds for."""
    try:
        return case, counted(case)
    except UserError:
        if not case.inferred:
            raise
    if case.shared.from_all is None:
        case.shared.from_all = inferred_case(case.sources, tally.learn_all, case.left_out, case.scales)
        case.shared.from_all.shared.digests = case.shared.digests
    case = replace(case.shared.from_all, asked=case.asked, several=case.several)
    return case, counted(case)


def _unanswered(counted: Tally, study: Study, combinations: Sequence[tuple[str, ...]]) -> list[str]:
    """A warning for each wave or pair of waves about which nothing can be said; a UserError when no pair of waves can be compared."""
    items = tuple(item.id for _, item in study.items)
    empty = [waves for waves in combinations if not counted.common(items, waves)]
    told = [f"no statement was answered in {'both ' if len(waves) > 1 else ''}{text.listing([f'`{wave}`' for wave in waves])}" for waves in empty]
    if len(empty) == len(combinations) and len(combinations[0]) > 1:
        raise UserError("; ".join(told), "check that the files are the right ones, and that they were exported with the answers")
    return [f"{line}; check that the files are the right ones" for line in told]
