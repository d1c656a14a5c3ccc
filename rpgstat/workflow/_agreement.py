"""`agreement`, from coding files to results."""

from __future__ import annotations

from dataclasses import replace

from rpgstat.analyses.agreement import agreement as analyse
from rpgstat.analyses.agreement import disagreements as list_disagreements
from rpgstat.errors import UserError
from rpgstat.result import Result
from rpgstat.tally._material import disagreements as differing
from rpgstat.workflow._themes import finished
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.case import chosen, found_study_named
from rpgstat.workflow.finish import check_alpha
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.material import Opened, open_material

OWN_USE = "disagreements name units, and are for the coders only: do not pass them on"


@in_language
def agreement(
    *exports: Export,
    study: PathLike | None = None,
    wave: Names = (),
    disagreements: bool = False,
    alpha: float = 0.05,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """How far those who coded the same material agree, theme by theme, code by code and over all codes.

    Coders are those that the study declares under [[coded]]. `disagreements` adds a list of the units on which they differ, for the coders' own use;
    the other arguments are those of `themes`. Raises UserError for anything the user can mend.

    >>> rpgstat.agreement(study=example).frame.filter(theme="Emotional support and reassurance").select("wave", "units", "applied").rows()[0]
    ('+1 year', 31, 15)
    """
    check_alpha(alpha)
    with found_study_named(study):
        return on_material(open_material(files(exports), study), wave=wave, disagreements=disagreements, alpha=alpha)


def on_material(opened: Opened, *, wave: Names = (), disagreements: bool = False, alpha: float = 0.05) -> list[Result]:
    """`agreement` on coded material that is open. Raises UserError as `agreement` does."""
    check_alpha(alpha)
    if not any(len(body.coders) > 1 for body in opened.bodies):
        raise UserError(
            "nothing was coded by two coders",
            'declare them under [[coded]]: a file each, coders = ["Anna", "Ben"], or coder = "Coder", the column that names them',
        )
    wanted = chosen(opened.waves, listed(wave)) if listed(wave) else []
    results = [analyse(opened.study, opened.heard(), opened.books, alpha, wanted)]
    if disagreements:
        found = ((body.coded.name, *told) for body in opened.bodies for told in differing(body) if not wanted or told[0] in wanted)
        results.append(list_disagreements(opened.study, found))
    made = [finished("agreement", result, opened) for result in results]
    return [result if result.name == "agreement" else _own(result) for result in made]


def _own(result: Result) -> Result:
    return replace(result, warnings=(*result.warnings, OWN_USE))
