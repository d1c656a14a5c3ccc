"""`response`, from exports to results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

from rpgstat import disclosure, tally
from rpgstat.analyses.response import Returns, population
from rpgstat.analyses.response import response as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.result import Result
from rpgstat.study import NOT_STATED, Key, Returned, Study, Tally, normalise, regrouped
from rpgstat.workflow.by_group import chosen_groups, marked, population_shares
from rpgstat.workflow.case import PathLike, chosen, found_study_named, open_case
from rpgstat.workflow.finish import check_alpha, digests, finished

Filled = Mapping[str, Mapping[Key, Returned]]


def response(
    exports: Sequence[PathLike] = (),
    *,
    study: PathLike | None = None,
    by: Sequence[str] = (),
    waves: Sequence[str] = (),
    reference: str | None = None,
    alpha: float = 0.05,
    suppression: bool = True,
    platform: str | None = None,
) -> list[Result]:
    """Who answered: invited, returned and usable, in each wave and group, and how the questionnaires were filled in.

    `by` are groups of the study, each by itself (default: all that are declared); `reference` is the wave that rates are compared with
    (default: the first). Where the study declares a population, the result `population` compares the make-up with it. Small groups are
    withheld unless `suppression` is off. Raises UserError for anything the user can mend.
    """
    check_alpha(alpha)
    with found_study_named(study):
        case = open_case(exports, study, platform)
        wanted, first = chosen(case.waves, waves), reference or case.waves[0]
        if first not in case.waves:
            raise UserError(f"--reference: no wave `{first}`", did_you_mean(first, case.waves))
        groups = [group for name in (by or [group.name for group in case.study.groups]) for group in chosen_groups(case, [name])]
    with digests(case) as running, found_study_named(study):
        counted, filled = tally.returns(case.study, case.sources, groups)
        everyone = {wave: reduce(Returned.plus, filled[wave].values()) for wave in case.waves}
        returns = [_returns(counted, filled, place, case.study, suppression) for place in range(len(groups))]
        _check_invited(case.study, everyone, returns)
        asked = {wave: len(counted.common(tuple(item.id for _, item in case.study.items), (wave,))) for wave in wanted}
        declared = [(one.groups, population_shares(case.study, one.groups)) for one in returns if one.groups.by in case.study.population]
        results = [analyse(case.study, everyone, asked, returns, first, alpha), *([population(case.study, declared, wanted)] if declared else [])]
        return [finished("response", result, case, counted, running) for result in marked(results, case.study, *(one.groups for one in returns))]


def _returns(counted: Tally, filled: Filled, place: int, study: Study, suppression: bool) -> Returns:
    """One grouping over all others: its groups as they may be seen, and how each filled in the questionnaire."""
    groups = disclosure.groups(regrouped(counted, [place]), study.disclosure if suppression else None)
    found: dict[str, dict[str, Returned]] = {}
    for wave, people in filled.items():
        own = found.setdefault(wave, {})
        for key, returned in people.items():
            group = key[place] or NOT_STATED
            own[group] = own[group].plus(returned) if group in own else returned
    return Returns(groups, found)


def _check_invited(study: Study, everyone: Mapping[str, Returned], returns: Sequence[Returns]) -> None:
    """Raises UserError where more people returned the questionnaire than were invited."""
    for wave in study.waves:
        found = everyone.get(wave.name)
        if wave.invited is not None and found is not None and found.returned > wave.invited:
            raise UserError(f"wave `{wave.name}`: {found.returned} returned, but `invited` is {wave.invited}", "correct `invited` in the study file")
        for one in returns:
            people = {normalise(group): filled for group, filled in one.filled.get(wave.name, {}).items()}
            for group, invited in wave.invited_by.get(one.groups.by, {}).items():
                if (own := people.get(normalise(group))) is not None and own.returned > invited:  # without the number: it may be a small one
                    problem = f"wave `{wave.name}`: more returned in `{group}` than its `invited_by` says"
                    raise UserError(problem, f"correct [waves.invited_by.{one.groups.by}] in the study file")
