"""`theory`, from a study to what bears out how the programme is held to work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from rpgstat.analyses.theory import Held, figures, judged, told
from rpgstat.analyses.theory import theory as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary.sentences import say
from rpgstat.result import Input, Result
from rpgstat.study.parse_theory import theory_of
from rpgstat.study.theory import Evidence, Part, Theory, Told
from rpgstat.study.toml import Table
from rpgstat.text import headed
from rpgstat.workflow.arguments import Export, PathLike, files
from rpgstat.workflow.case import FOUND, STUDY_FILE, found_study_named, open_case
from rpgstat.workflow.finish import check_alpha
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.rows import Runs, UnfoundError, WithheldError, chosen, differences, value
from rpgstat.workflow.study_file import study_tables

CONTRADICTED = "contradicted"
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_HEARD = ("themes", "quotes")
"""Results that tell what people said."""

_EXAMPLE = "name a row as a Word template does: compare.strain, workforce.vacancies [period=2018]"


@in_language
def theory(*exports: Export, study: PathLike | None = None, fail_on: str | None = None, alpha: float = 0.05, language: str | None = None) -> list[Result]:  # noqa: ARG001 # `in_language` reads it
    """How the programme worked, for whom and under what circumstances, as the study declares it under [theory], and what the results say of it.

    `exports` stand for the survey's files, as in `compare`; `fail_on` "contradicted" makes a failure of every outcome that the figures contradict;
    1 - `alpha` is the level of intervals. Raises UserError for anything the user can mend.

    >>> rpgstat.theory(study=example).frame.select("configuration", "status").rows()[0]
    ('Thinking together', 'supported')
    """
    check_alpha(alpha)
    if fail_on not in (None, CONTRADICTED):
        raise UserError(f"--fail-on: `{fail_on}` is not known", did_you_mean(str(fail_on), [CONTRADICTED]))
    top = declaring(study)
    with found_study_named(study):
        made = on_runs(top, Runs(study, lambda: open_case(files(exports), study, None, several=True), alpha), fail_on)
    return made if study is not None else [replace(result, warnings=(FOUND, *result.warnings)) for result in made]


def on_runs(top: Table, runs: Runs, fail_on: str | None = None) -> list[Result]:
    """`theory` of what a study declares, on results that are made when they are asked for. Raises UserError as `theory` does."""
    declared = theory_of(top)
    if declared is None:
        raise UserError(f"{top.source} declares no theory", "declare it: [theory] with contexts, mechanisms, outcomes and configurations")
    worded = _worded(declared, runs)
    evidence = {part.id: [_evidence(one, f"{part.place}.evidence[{i}]", runs) for i, one in enumerate(part.evidence, 1)] for part in worded.parts}
    paths = {one.name: [_path(who, f"{one.place}.said[{i}]", runs) for i, who in enumerate(one.said, 1)] for one in worded.configurations}
    title = worded.title or headed(top["title"] or "", say("title.theory"))
    return [finished("theory", result, runs) for result in analyse(worded, title, evidence, paths, fail_on)]


def declaring(study: PathLike | None) -> Table:
    """What the study declares. Raises UserError where there is none."""
    found = study_tables(study)
    if found is None:
        raise UserError(f"no {STUDY_FILE} here", "name your study: --study my-study.toml; or try rpgstat demo")
    return found[1]


def finished(command: str, result: Result, runs: Runs) -> Result:
    """The result with its command, and the files behind everything that it rests on; what is to be told of those, their own commands tell."""
    inputs: Mapping[str, Input] = {one.sha256: one for other in runs.results() for one in other.inputs}
    return replace(result, command=command, inputs=tuple(inputs.values()))


def _worded(declared: Theory, runs: Runs) -> Theory:
    """The theory with the figures that its texts name, as they are now."""
    return replace(declared, parts=tuple(_filled(part, runs) for part in declared.parts))


def _filled(part: Part, runs: Runs) -> Part:
    def figure(match: re.Match[str]) -> str:
        try:
            return value(match[1], runs)
        except UnfoundError as error:
            raise UserError(f"{part.place}: `{match[0]}`: {error}", "name a figure as a Word template does: {compare.strain.estimate}") from error

    text, resource, reasoning = (_PLACEHOLDER.sub(figure, words) for words in (part.text, part.resource, part.reasoning))
    return replace(part, text=text, resource=resource, reasoning=reasoning)


def _evidence(one: Evidence, place: str, runs: Runs) -> Held:
    """What is found where evidence points. Raises UserError for a row that is not there, is not alone, or concludes nothing."""
    if one.source:
        return Held(one.source, "", "", "stated", say("theory.unchecked"))
    try:
        result, row = _row(one.row, place, runs)
    except WithheldError:
        return Held(one.row, one.says, "", "withheld", say("row.suppressed"))
    if not one.says:
        if result.name not in _HEARD:
            raise UserError(f"{place}: `{one.row}` has no `says`", 'write what the row is held to conclude: says = "higher"')
        return Held(one.row, "", figures(result.name, row), *told(row))
    if "conclusion" not in row:
        can = "rows of compare, breakdown, themes, topline, workforce and indicators do"
        raise UserError(f"{place}: rows of `{result.name}` conclude nothing; {can}", "name another row, or leave out `says` where people tell of it")
    return Held(one.row, one.says, figures(result.name, row), *judged(row, one.says))


def _path(who: Told, place: str, runs: Runs) -> Held:
    """What is told of a path. Raises UserError for a row that is not there, or tells nothing of what people said."""
    if who.source:
        return Held(who.source, "", "", "stated", say("theory.unchecked"))
    result, row = _row(who.row, place, runs)
    if result.name not in _HEARD:
        problem = f"{place}: `{who.row}` is a figure, and no figure tells of a path"
        raise UserError(problem, "name a theme or a quotation, such as themes.support or quotes.q3, or { source = ... }")
    return Held(who.row, "", figures(result.name, row), *told(row))


def _row(name: str, place: str, runs: Runs) -> tuple[Result, Mapping[str, object]]:
    try:
        result, rows = chosen(name, runs)
        if len(rows) > 1:
            raise UnfoundError(f"{len(rows)} rows match: {'; '.join(differences(rows))}")
    except WithheldError:
        raise
    except UnfoundError as error:
        raise UserError(f"{place}: `{name}`: {error}", _EXAMPLE) from error
    return result, rows[0]
