"""`response`, from exports to results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

from rpgstat import disclosure, tally
from rpgstat.analyses.response import Returns, population
from rpgstat.analyses.response import response as analyse
from rpgstat.disclosure import Place, Plan
from rpgstat.errors import UserError, did_you_mean
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.study import NOT_STATED, Group, Groups, Key, Returned, Study, Tally, normalise
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.by_group import chosen_groups, marked, population_shares
from rpgstat.workflow.case import Case, Shared, chosen, found_study_named, open_case
from rpgstat.workflow.finish import digests, finished
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.planned import plan_of, told_broken, universe

Filled = Mapping[str, Mapping[Key, Returned]]


@in_language
def response(
    *exports: Export,
    study: PathLike | None = None,
    by: Names = (),
    wave: Names = (),
    reference: str | None = None,
    suppression: bool = True,
    scale: Names = (),
    platform: str | None = None,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """Who answered: invited, returned and usable, in each wave and group, and how the questionnaires were filled in.

    `by` are groups of the study, each by itself (default: all that are declared); `reference` is the wave that rates are compared with
    (default: the first). Where the study declares a population, the result `population` compares the make-up with it. Small groups are
    withheld unless `suppression` is off. The other arguments are those of `score`. Raises UserError for anything the user can mend.

    >>> rpgstat.response(study=example).frame.select("wave", "invited", "returned").rows()[:2]
    [('+1 year', 214, 47), ('+3 years', 234, 75)]
    """
    with found_study_named(study):
        case = open_case(files(exports), study, platform, by=listed(by), scale=listed(scale), people_will_do=True)
        return on_case(case, by=by, wave=wave, reference=reference, suppression=suppression)


def on_case(case: Case, *, by: Names = (), wave: Names = (), reference: str | None = None, suppression: bool = True) -> list[Result]:
    """`response` of a case that is open: of the questionnaires that there were. Raises UserError as `response` does."""
    if any(source.retrospective for source in case.sources):  # nobody answered then
        case = replace(case, sources=tuple(source for source in case.sources if not source.retrospective), shared=Shared())
    wanted, first = chosen(case.waves, listed(wave)), reference or case.waves[0]
    if first not in case.waves:
        raise UserError(f"--reference: no wave `{first}`", did_you_mean(first, case.waves))
    names = dict.fromkeys(listed(by)) or [group.name for group in case.study.groups]
    groups = [group for name in names for group in chosen_groups(case, [name])]
    with digests(case) as running:
        found, safe = _protected(case, groups) if suppression and groups else (_alone(case, groups), None)
        case = told_broken(case, groups) if safe else case
        counted, filled = found[0]
        everyone = {wave: reduce(Returned.plus, filled[wave].values()) for wave in case.waves}
        returns = [_returns(*own, group, case.study, safe) for own, group in zip(found, groups, strict=False)]
        _check_invited(case.study, everyone, returns)
        asked = {wave: len(counted.common(tuple(item.id for _, item in case.study.items), (wave,))) for wave in wanted}
        declared = [(one.groups, population_shares(case.study, one.groups, one.labels)) for one in returns if one.groups.by in case.study.population]
        results = [analyse(case.study, everyone, asked, returns, first), *([population(case.study, declared, wanted)] if declared else [])]
        return [finished("response", result, case, counted, running) for result in marked(results, case.study, *(one.groups for one in returns))]


@record
class _Safe:
    """The plan of the study, and by wave what is withheld of how the questionnaires were filled in."""

    plan: Plan
    lost: Mapping[str, disclosure.Attributes]


def _protected(case: Case, groups: Sequence[Group]) -> tuple[list[tuple[Tally, Filled]], _Safe]:
    """How the questionnaires were filled in by each grouping, and what is withheld of that: of all groupings of the study at once."""
    every = universe(case, groups)
    found, crossed = tally.returns_each(case.study, case.sources, every, files=case.files(every))
    made, by = plan_of(case, groups), tuple(group.name for group in every)
    return found[: len(groups)], _Safe(made, {wave: disclosure.attributes(made, by, crossed[wave], wave) for wave in case.waves})


def _alone(case: Case, groups: Sequence[Group]) -> list[tuple[Tally, Filled]]:
    """How they were filled in, one grouping at a time: crossed, they would be more cells than there are people."""
    rows = case.files(groups)
    return [tally.returns(case.study, case.sources, one, files=rows) for one in ([[group] for group in groups] or [[]])]


def _returns(counted: Tally, filled: Filled, group: Group, study: Study, safe: _Safe | None) -> Returns:
    """The groups of one grouping as they may be seen, and how each filled in the questionnaire."""
    groups = disclosure.groups(counted, study, safe.plan if safe else None)
    found = {wave: {key[0] or NOT_STATED: returned for key, returned in people.items()} for wave, people in filled.items()}
    identified = frozenset(wave for wave, people in found.items() if all(own.repeated is not None for own in people.values()))
    if safe:
        places = {key[0] or NOT_STATED: Place((group.name,), key) for people in filled.values() for key in people}
        found = {wave: {name: disclosure.without_counts(own, places[name], safe.lost[wave]) for name, own in people.items()} for wave, people in found.items()}
    return Returns(groups, _labels(groups, group, study), found, identified)


def _labels(groups: Groups, group: Group, study: Study) -> tuple[str, ...]:
    """The groups that anybody who answered belongs to, and those that only the study speaks of: nobody of theirs answered.

    Raises UserError for a label that the study invites and nothing else knows.
    """
    answered = set(map(normalise, groups.parts))
    invited = {normalise(label): (wave.name, label) for wave in study.waves for label in wave.invited_by.get(group.name, {})}
    known = {*answered, *map(normalise, group.levels)}
    for label, (wave, written) in invited.items():
        if label not in known:
            hint = f"{did_you_mean(written, groups.parts)}; if nobody of theirs answered, declare the `levels` of [groups.{group.name}]"
            raise UserError(f"wave `{wave}`: invited_by.{group.name} names `{written}`, and nobody in the survey is that", hint)
    spoken_of = {*answered, *invited, *(normalise(label) for label, share in study.population.get(group.name, {}).items() if share)}
    return tuple(label for label in group.levels or groups.parts if normalise(label) in spoken_of)


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
