"""`topline`, from exports to results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rpgstat.analyses._questions import ToplineOptions as ToplineOptions
from rpgstat.analyses.topline import Withheld
from rpgstat.analyses.topline import topline as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary.sentences import say
from rpgstat.result import Result
from rpgstat.study import Group, Study, Tally
from rpgstat.study.questions import Asked, Question
from rpgstat.tally.questions import questions as count_questions
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.asked import headers, named, settled, waves_apart, with_questions
from rpgstat.workflow.by_group import chosen_groups, unsuppressed
from rpgstat.workflow.case import Case, chosen, found_study_named, open_case
from rpgstat.workflow.finish import check_adjust, check_alpha, digests, finished
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.weighted import Design, chosen_design

if TYPE_CHECKING:
    from rpgstat.disclosure import Place, Plan, Shown


@in_language
def topline(
    *exports: Export,
    study: PathLike | None = None,
    by: Names = (),
    question: Names = (),
    batteries: bool = False,
    reference: str | None = None,
    wave: Names = (),
    suppression: bool = True,
    adjust: str = "holm",
    alpha: float = 0.05,
    weight: str | None = None,
    rake: Names = (),
    trim: float | None = None,
    unweighted: bool = False,
    fpc: bool = False,
    benchmark: PathLike | None = None,
    organisation: Names = (),
    scale: Names = (),
    platform: str | None = None,
    engine: str | None = None,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """What people answered to every single question: shares by wave and group, and what changed between waves.

    `exports`, `study`, `weight`, `rake`, `trim`, `unweighted`, `fpc`, `scale` and `platform` as in `score`. The questions are those that the
    study declares under [[questions]], without any those that `init` would draft. `by` are one or two groups, and small ones are withheld
    unless `suppression` is off; `question` restricts to those with these ids or texts; `batteries` gives the answers to the statements of
    batteries instead. `reference` is the wave that others are compared with (default: the first), `wave` shows only some; `adjust` is "holm"
    (default), "bh", "bonferroni" or "none", over the questions of a section and over the answers of each question with several; 1 - `alpha` is
    the level of intervals. `benchmark` is a file of published results, of which `organisation` are those to set beside the latest wave. Raises
    UserError for anything the user can mend.

    >>> found = rpgstat.topline(study=example, batteries=True, question="strain", wave="+3 years")
    >>> found.frame.filter(option="Agree strongly").select("count", "n").rows()
    [(22, 74)]
    """
    check_alpha(alpha)
    check_adjust(adjust)
    with found_study_named(study):
        case = open_case(files(exports), study, platform, by=listed(by), weight=weight, scale=listed(scale), people_will_do=True, engine=engine)
        options = ToplineOptions(reference, alpha, adjust)
        design = chosen_design(case, weight, listed(rake), trim, unweighted=unweighted, fpc=fpc)
        published = (benchmark, listed(organisation)) if benchmark is not None else None
        who = _who(case, wave, suppression=suppression) if case.study.groups and not question else []
        first, *beside = on_case(case, options, design, by=by, question=question, batteries=batteries, wave=wave, suppression=suppression, published=published)
        return [first, *(replace(one, inputs=first.inputs) for one in who), *beside]


def _who(case: Case, wave: Names, *, suppression: bool) -> list[Result]:
    """Who answered, by all groups that the study declares; asked for first, so that the files are coded with these."""
    from rpgstat.analyses.people import people
    from rpgstat.workflow import _response
    from rpgstat.workflow.planned import universe

    by = [group.name for group in universe(case, ())]
    if not by:
        return []
    found = _response.on_case(case, by=by, wave=wave, suppression=suppression)[0]
    made = replace(people(case.study, found), command="topline")
    return [made if suppression else unsuppressed(made)]


def on_case(
    case: Case,
    options: ToplineOptions,
    design: Design,
    *,
    by: Names = (),
    question: Names = (),
    batteries: bool = False,
    wave: Names = (),
    suppression: bool = True,
    published: tuple[PathLike, Sequence[str]] | None = None,
) -> list[Result]:
    """`topline` of a case that is open. Raises UserError as `topline` does."""
    case, declared = with_questions(waves_apart(case), listed(question), batteries=batteries, by=listed(by))
    aside = None if case.study.questions or batteries else list[UserError]()
    wanted = chosen(case.waves, listed(wave))
    reference = options.reference or (case.waves[0] if len(case.waves) > 1 else None)
    if reference is not None and reference not in case.waves:
        raise UserError(f"--reference: no wave `{reference}`", did_you_mean(reference, case.waves))
    options = replace(options, reference=reference, waves=tuple(wanted) if listed(wave) else (), few=case.study.disclosure.hide_below if suppression else 1)
    groups = chosen_groups(case, listed(by))
    with digests(case) as running:
        counted, asked, apart = _counted(case, declared, groups, design, reference, aside, suppression=suppression)
        case, asked, notes = settled(case, declared, asked, aside or ())
        case, withheld = _withheld(case, declared, asked, groups, apart) if (groups or apart) and suppression else (case, Withheld())
        asked = named(asked, listed(question))
        result = analyse(case.study, counted, asked, options, " × ".join(group.name for group in groups) or None, withheld)
        if groups:
            result = _marked(result, case.study, suppression=suppression)
        result = replace(result, notes=(*result.notes, *notes))
        results = [result, *(_beside(result, case.study, asked, published) if published else [])]
        known = replace(case, asked=(*case.asked, *headers(case, declared)))
        return [finished("topline", one, known, counted, running) for one in results]


def _beside(result: Result, study: Study, asked: Sequence[Asked], published: tuple[PathLike, Sequence[str]]) -> list[Result]:
    from rpgstat.workflow._benchmark import benchmarked  # which few ask for

    return benchmarked(result, study, *published, [one.question for one in asked])


def _counted(
    case: Case,
    declared: Sequence[Question],
    groups: Sequence[Group],
    design: Design,
    reference: str | None,
    aside: list[UserError] | None,
    *,
    suppression: bool,
) -> tuple[Tally, tuple[Asked, ...], Mapping[str, Sequence[Place]]]:
    """The tally and the replies, of everyone and of the groups, with the weights and the finite population that the command asks for; by wave the
    groups that are raked apart from others, where a plan says so; `aside` takes what is wrong with drafted questions."""
    weight = design.weight
    if design.fpc and len(groups) > 1:
        raise UserError("--fpc with two groups crossed: nobody declares how many were invited in each", "break down by one group, or leave --fpc out")
    pairs = [(reference, wave) for wave in case.waves if reference is not None and reference != wave]
    if not (weight or design.fpc):
        return *count_questions(case.files(groups), declared, groups, pairs=pairs, aside=aside), {}
    from rpgstat import weighting  # which few ask for
    from rpgstat.workflow.planned import declared_weight, plan_of, refuse_telling_weights

    margins = [group for group in case.study.groups if weight and group.name in weight.rake and group not in groups]
    column = weight.column if weight else None
    linked = pairs if column is not None and not design.fpc else []
    tally, asked = count_questions(case.files([*groups, *margins], column), declared, [*groups, *margins], column, linked, aside)
    apart: Mapping[str, Sequence[Place]] = {}
    if weight is not None and column is None:
        made = plan_of(case, [*groups, *margins]) if suppression else None
        apart = weighting.weighed_apart(tally, case.study, weight.rake, made) if made else {}
        asked = weighting.raked_replies(asked, tally, weight.rake, keep=len(groups))
        tally = weighting.raked(tally, case.study, weight.rake, keep=len(groups), trim=weight.trim, plan=made)
    if column is not None and suppression and not case.inferred and case.study.groups and column != declared_weight(case):
        refuse_telling_weights(case, made := plan_of(case, groups), column, _shown(case, declared, groups, made).values())
    if design.fpc:
        tally = weighting.finite(tally, case.study, set(case.waves))
    return tally, weighting.standing(asked, tally), apart


def _withheld(
    case: Case, declared: Sequence[Question], asked: Sequence[Asked], groups: Sequence[Group], apart: Mapping[str, Sequence[Place]]
) -> tuple[Case, Withheld]:
    """What of the groups of each question may not be seen, by the plan of the study, and of everyone with weights where the groups `apart` have their
    own; and the case, which tells of groupings that the plan lacks."""
    from rpgstat.workflow.planned import plan_of, told_broken  # only results by group need it

    made = plan_of(case, groups)
    shown = _shown(case, declared, groups, made, asked)
    each = [(one, shown[one.question.id]) for one in asked]
    of_groups = _seen(made, [group.name for group in groups], each)
    few, options = _seen_of_everyone(each, apart)
    return told_broken(case, groups), replace(of_groups, few=of_groups.few | few, options=of_groups.options | options)


def _shown(case: Case, declared: Sequence[Question], groups: Sequence[Group], made: Plan, asked: Sequence[Asked] = ()) -> dict[str, Shown]:
    """By id what is withheld of each question; `asked` are the counts by these groups, where there are some."""
    from rpgstat import disclosure
    from rpgstat.workflow.planned import universe

    every = universe(case, groups)
    statements = {item.id for _, item in case.study.items}
    if all(question.id in statements for question in declared):
        return {question.id: disclosure.shown_statement(made, question.id, case.waves) for question in declared}
    counted = asked if asked and len(every) == len(groups) else count_questions(case.files(every), declared, every)[1]
    return disclosure.shown_questions(made, [group.name for group in every], counted)


def _seen(made: Plan, by: Sequence[str], asked: Sequence[tuple[Asked, Shown]]) -> Withheld:
    """What is withheld of the groups of these groupings, of what is of all places of the plan."""
    numbers, answers, options = set[tuple[str, str, str]](), set[tuple[str, str, str]](), set[tuple[str, str, str, str]]()
    refused = len(by) > 1 and not made.universe.crossed
    for one, shown in asked:
        for own in one.replies:
            if own.group is None:
                continue
            cell, place = (one.question.id, own.wave, own.group), made.universe.place(by, own.key)
            if refused or place in shown.numbers.get(own.wave, {}):
                numbers.add(cell)
            if place in shown.answers.get(own.wave, {}) or (own.varied and made.universe.cut(place, shown.closed(own.wave))):
                answers.add(cell)
            options |= {(*cell, option) for option in own.counts if place in shown.options.get((own.wave, option), {})}
    return Withheld(frozenset(numbers), frozenset(answers), frozenset(options), missing=True)


_COUNTED_APART = ("single", "multiple")
"""Kinds of questions of which no figure is made of several options."""


def _seen_of_everyone(
    asked: Sequence[tuple[Asked, Shown]], apart: Mapping[str, Sequence[Place]]
) -> tuple[set[tuple[str, str, None]], set[tuple[str, str, None, str]]]:
    """What is withheld of everyone with raked weights: what is of a group that weighs apart, which would follow from figures with weights and without."""
    few, options = set[tuple[str, str, None]](), set[tuple[str, str, None, str]]()
    for one, shown in asked:
        for wave, places in apart.items():
            closed = {option for (own, option), why in shown.options.items() if own == wave and not why.keys().isdisjoint(places)}
            if not {*shown.numbers.get(wave, {}), *shown.answers.get(wave, {})}.isdisjoint(places) or (closed and one.question.kind not in _COUNTED_APART):
                few.add((one.question.id, wave, None))
            options |= {(one.question.id, wave, None, option) for option in closed}
    return few, options


def _marked(result: Result, study: Study, *, suppression: bool) -> Result:
    if not suppression:
        return unsuppressed(result)
    few = study.disclosure.hide_below - 1
    return replace(result, notes=(*result.notes, say("topline.withheld", few=few, detail_from=study.disclosure.detail_from)))
