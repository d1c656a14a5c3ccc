"""`joint`, from a study to themes beside statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rpgstat.analyses.joint import Beside, can_stand
from rpgstat.analyses.joint import joint as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.result import Result
from rpgstat.workflow import _themes
from rpgstat.workflow.arguments import Export, PathLike, files
from rpgstat.workflow.case import found_study_named, open_case
from rpgstat.workflow.finish import check_alpha
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.material import Opened, open_material
from rpgstat.workflow.rows import Runs, UnfoundError, chosen

CONTRADICTED = "contradicted"


@in_language
def joint(*exports: Export, study: PathLike | None = None, fail_on: str | None = None, alpha: float = 0.05, language: str | None = None) -> list[Result]:  # noqa: ARG001 # `in_language` reads it
    """Themes beside statements, as the study pairs them under [[joint]], and whether both point the same way.

    `exports` stand for the survey's files, as in `compare`; `fail_on` "contradicted" makes a failure of a declared fit against the computed
    direction; 1 - `alpha` is the level of intervals. Raises UserError for anything the user can mend.

    >>> rpgstat.joint(study=example).frame.select("theme", "kind", "row", "fit", "direction").rows()[0]
    ('Emotional support and reassurance', 'answers', 'compare.strain', 'confirms', 'same way')
    """
    check_alpha(alpha)
    if fail_on not in (None, CONTRADICTED):
        raise UserError(f"--fail-on: `{fail_on}` is not known", did_you_mean(str(fail_on), [CONTRADICTED]))
    with found_study_named(study):
        runs = Runs(study, lambda: open_case(files(exports), study, None, several=True), alpha)
        return on_material(open_material((), study), runs, fail_on=fail_on, alpha=alpha)


def on_material(opened: Opened, runs: Runs, *, fail_on: str | None = None, alpha: float = 0.05) -> list[Result]:
    """`joint` of coded material that is open, beside what `runs` tell. Raises UserError as `joint` does."""
    if not opened.study.themes:
        raise UserError("the study declares no themes", 'declare them: [[themes]] and below it name = "Emotional support"')
    said = _themes.on_material(opened, _themes.ThemeOptions(alpha=alpha))
    beside = {pairing.theme: [_beside(name, place, runs) for name in pairing.rows] for place, pairing in enumerate(opened.study.joint, start=1)}
    result = analyse(opened.study, said[0].rows, beside, _quotes(said), fail_on, alpha)
    return [_with_inputs(_themes.finished("joint", result, opened), runs, opened)]


def _beside(name: str, place: int, runs: Runs) -> Beside:
    """The row that a name leads to. Raises UserError with the place in the study, where it leads to none or to several."""
    try:
        result, rows = chosen(name, runs)
        if not can_stand(result.name):
            raise UnfoundError(f"rows of `{result.name}` cannot stand beside a theme; those of score, compare, workforce and indicators can")
        if len(rows) > 1:
            raise UnfoundError(f"{len(rows)} rows match; hold it to one, as in [wave=+3 years]")
    except UnfoundError as error:
        raise UserError(
            f"joint[{place}].rows: `{name}`: {error}", "name a row as a Word template does: compare.strain, workforce.vacancies [period=2018]"
        ) from error
    (row,) = rows
    level = "rate" if "rate" in row else "last_value"
    return Beside(name, result.name, row, share=level in row and result.kind(level, row) == "rate")


def _quotes(results: Sequence[Result]) -> Mapping[str, str]:
    """The first quotation of each theme."""
    found: dict[str, str] = {}
    for result in results:
        if result.name == "quotes":
            for row in result.rows:
                found.setdefault(row["theme"], row["quote"])
    return found


def _with_inputs(result: Result, runs: Runs, opened: Opened) -> Result:
    """The result with the files behind the statements too."""
    given = {one.sha256: one for one in (*opened.inputs, *(one for other in runs.results() for one in other.inputs))}
    return replace(result, inputs=tuple(given.values()))
