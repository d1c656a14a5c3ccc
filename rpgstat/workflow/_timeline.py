"""`timeline`, from a study to when everything was."""

from __future__ import annotations

from dataclasses import replace

from rpgstat import text
from rpgstat.analyses.timeline import timeline as analyse
from rpgstat.errors import UserError
from rpgstat.glossary.sentences import say
from rpgstat.result import Result
from rpgstat.study.parse_theory import moments_of
from rpgstat.study.toml import Table
from rpgstat.workflow._theory import declaring, finished
from rpgstat.workflow.arguments import Export, PathLike, files
from rpgstat.workflow.case import FOUND, found_study_named, open_case
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.rows import Runs, UnfoundError


@in_language
def timeline(*exports: Export, study: PathLike | None = None, language: str | None = None) -> list[Result]:  # noqa: ARG001 # `in_language` reads it
    """When everything was, as the study declares it under [[timeline]], with the number of people who answered in each round of the survey.

    `exports` stand for the survey's files, as in `compare`. Raises UserError for anything the user can mend.

    >>> rpgstat.timeline(study=example).frame.select("lane", "first", "text").rows()[0]
    ('Programme', '2015-11', 'Groups begin')
    """
    top = declaring(study)
    with found_study_named(study):
        made = on_runs(top, Runs(study, lambda: open_case(files(exports), study, None, several=True, people_will_do=True)))
    return made if study is not None else [replace(result, warnings=(FOUND, *result.warnings)) for result in made]


def on_runs(top: Table, runs: Runs) -> list[Result]:
    """`timeline` of what a study declares. Raises UserError as `timeline` does."""
    moments = moments_of(top, [table["name"] for table in top["waves"]])
    if not moments:
        raise UserError(f"{top.source} declares no timeline", 'declare it: [[timeline]] with from = "2016-11" and what = "Groups begin"')
    answered = {}
    read = {table["name"] for table in top["waves"] if table["file"] or "data" in top.values}
    if any(moment.wave in read for moment in moments):
        try:
            answered = {row["wave"]: row for row in runs.of("response", "")[0].rows if row["by"] is None}
        except UnfoundError as error:
            raise UserError(str(error), "leave out `wave` where nobody answered a questionnaire") from error
    result = analyse(moments, text.headed(top["title"] or "", say("title.timeline")), answered)
    return [finished("timeline", result, runs)]
