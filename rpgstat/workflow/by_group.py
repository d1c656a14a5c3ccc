"""Results by group: which groups the user means, and their counts without what nobody is to see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from rpgstat import text
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary.languages import in_english
from rpgstat.glossary.sentences import say
from rpgstat.result import Result
from rpgstat.study import Disclosure, Group, Groups, Study, Tally, normalise
from rpgstat.study.toml import key_name
from rpgstat.workflow.case import Case
from rpgstat.workflow.weighted import Counted

_MOST = 2


def chosen_groups(case: Case, by: Sequence[str], option: str = "--by") -> list[Group]:
    """The declared groups that --by names; without a study file, a column's header. Raises UserError for others, and for more than two."""
    names = [group.name for group in case.study.groups]
    if len(set(by)) != len(by) or len(by) > _MOST:
        raise UserError(f"--by names {text.plural(len(by), 'group')}: {text.listing([f'`{name}`' for name in by])}", "cross two different groups at most")
    if case.inferred:
        return [_column(case, name, option) for name in by]
    for name in by:
        if name not in names:
            declare = 'declare one in the study file: [groups] and below it role = "Job role"'
            raise UserError(f"{option}: no group `{name}`", did_you_mean(name, names) if names else declare)
    return [next(group for group in case.study.groups if group.name == name) for name in by]


def _column(case: Case, name: str, option: str) -> Group:
    surveys = [source.survey for source in case.sources]
    if not any(survey.find(name) for survey in surveys):
        raise UserError(f"{option}: no column `{name}`", did_you_mean(name, dict.fromkeys(text for survey in surveys for text in survey.headings)))
    return Group(name, (name,))


class NothingToShowError(UserError):
    """A grouping of which nothing can be shown: it has one group only, or every group is withheld."""


def safe_groups(counted: Counted, study: Study) -> Groups:
    """The counts by group without what the plan withholds. Raises NothingToShowError."""
    from rpgstat import disclosure  # only results by group need it

    groups = disclosure.groups(counted.tally, study, counted.plan)
    if len(groups.parts) < 2:
        only = f": `{next(iter(groups.parts))}`" if groups.parts else ""
        raise NothingToShowError(
            f"group `{groups.by}` has {text.plural(len(groups.parts), 'value')}{only}", "there is nothing to compare; name another group with --by"
        )
    if not any(part.means for part in groups.parts.values()):
        problem = f"every group of `{groups.by}` is withheld: each has fewer than {study.disclosure.hide_below} people, or could tell about one that has"
        where = f"[groups.{key_name(counted.tally.by[0])}]"
        joining = f"join small groups under `aliases` of {where} in the study file; `rpgstat disclosure --result merges` says which"
        raise NothingToShowError(problem, f"{joining}; or name another group with --by")
    return groups


def population_shares(study: Study, groups: Groups, labels: Sequence[str] = ()) -> dict[str, float]:
    """The declared share of each of `labels` (by default of the groups that anybody belongs to).

    Raises UserError when none are declared, and for a group without a share or a share without a group.
    """
    labels = labels or tuple(groups.parts)
    declared = study.population.get(groups.by)
    if declared is None:
        raise UserError(f"no population is declared for `{groups.by}`", f'declare it in the study file: [population.{groups.by}] and below it "Group" = 120')
    shares = {normalise(label): share for label, share in declared.items()}
    known = set(map(normalise, labels))
    for label in declared:
        if normalise(label) not in known and declared[label]:
            raise UserError(f"[population.{groups.by}]: nobody in the survey is `{label}`", did_you_mean(label, labels))
    for label in labels:
        if normalise(label) not in shares:
            raise UserError(f"[population.{groups.by}] has no share for `{label}`", did_you_mean(label, declared))
    return {label: shares[normalise(label)] for label in labels}


def marked(results: Sequence[Result], study: Study, *groups: Groups) -> list[Result]:
    """The results with a note on what is withheld, or a note and a warning that nothing is."""
    if not groups:
        return list(results)
    if not groups[0].suppressed:
        return [unsuppressed(result) for result in results]
    people = [people for one in groups for people in one.rows.values()]
    withheld, few = list(_withheld(study, people)), list(_mean_only(study.disclosure, people))
    return [replace(result, notes=(*result.notes, *withheld, *([] if result.name in ("response", "population") else few))) for result in results]


def unsuppressed(result: Result) -> Result:
    """The result, in which small groups are not withheld, marked as not for passing on: in its title, which every page and picture has, in every row,
    which is all that some data files have, in a note and in a warning."""
    told, mark = say("note.unsuppressed"), say("row.not_for_passing_on")
    rows = [row | {"note": f"{mark}; {row['note']}" if row.get("note") else mark} for row in result.rows]
    frame = result.frame.with_columns(pl.Series("note", [row["note"] for row in rows], pl.String))
    title = say("title.not_for_passing_on", title=result.title)
    with in_english():
        warning = say("note.unsuppressed")
    return replace(result, title=title, frame=frame, notes=(*result.notes, told), warnings=(*result.warnings, warning))


def _withheld(study: Study, people: Sequence[Tally]) -> Iterator[str]:
    if any(own.withheld for own in people):
        yield say("note.withheld", most=study.disclosure.hide_below - 1, note=say("row.suppressed"))
        if not study.groups:
            yield say("note.undeclared_groups")


def _mean_only(rule: Disclosure, people: Sequence[Tally]) -> Iterator[str]:
    if any(own.mean_only for own in people):
        weighted = any(mean.total is None for own in people for mean in own.means.values())
        shown = say("note.number_only") if weighted else say("note.number_and_mean")
        yield say("note.mean_only", least=rule.detail_from, shown=shown, note=say("row.few"))
