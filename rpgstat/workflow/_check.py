"""`check`, from a study and its exports to what an analyst must know before trusting a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rpgstat import checks
from rpgstat.analyses.check import check as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary.codes import CODES
from rpgstat.result import Input, Result
from rpgstat.study.looked import Looked
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.case import Case
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.known import known
from rpgstat.workflow.looking import Opened, open_to_look


@in_language
def check(
    *exports: Export,
    study: PathLike | None = None,
    ignore: Names = (),
    strict: bool = False,
    scale: Names = (),
    platform: str | None = None,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """What to know of a study and its exports before any table is trusted, worst first: a row for each finding, with a code that stays.

    A result with an error (a code that begins with E) fails: the command line exits with 1; with `strict` so does one with a warning.
    `ignore` are codes to leave out, beside those of the study. The other arguments are those of `score`. Raises UserError for a study or a
    file that cannot be read, and for a code that is none.

    >>> rpgstat.check(study=example).frame.filter(level="error").height
    0
    """
    ignored = _codes(listed(ignore))
    opened = open_to_look(files(exports), study, platform, listed(scale))
    ignored = tuple(dict.fromkeys((*ignored, *opened.study.ignore)))
    looked = known(opened)
    withheld = _withheld(opened) if "W218" not in ignored and opened.study.groups else {}
    looked = replace(looked, withheld=withheld or {})
    found = checks.findings(looked, ignored)
    result = analyse(opened.study, [one.row for one in found], strict=strict, ignored=ignored, undecided=withheld is None)
    return [replace(result, command="check", inputs=_inputs(looked), warnings=(*opened.warnings, *opened.study.warnings))]


def _codes(given: Sequence[str]) -> tuple[str, ...]:
    """The codes, in capitals. Raises UserError for one that is none."""
    for code in given:
        if code.upper() not in CODES:
            raise UserError(f"--ignore: no code `{code}`", did_you_mean(code, CODES))
    return tuple(code.upper() for code in given)


def _inputs(looked: Looked) -> tuple[Input, ...]:
    rows = [sum(looked.returned.get(wave, 0) for wave in file.source.waves) for file in looked.files]
    return tuple(Input(file.name, file.sha256, n) for file, n in zip(looked.files, rows, strict=True))


def _withheld(opened: Opened) -> dict[tuple[str, str], tuple[str, ...]] | None:
    """By wave and grouping the groups of which a figure will be withheld; None of a study that cannot be counted yet."""
    from rpgstat.workflow.planned import plan_of, universe

    case = Case(opened.study, opened.sources, ())
    found: dict[tuple[str, str], dict[str, None]] = {}
    try:
        made = plan_of(case, universe(case, ()))
    except UserError:
        return None
    order = {wave: at for at, wave in enumerate(case.waves)}
    for place, cells in made.hidden_places.items():
        if len(place.by) == 1 and place.key[0] is not None:
            for wave in {cell.wave for cell in cells}:
                found.setdefault((wave, place.by[0]), {})[str(place.key[0])] = None
    return {key: tuple(groups) for key, groups in sorted(found.items(), key=lambda one: (order[one[0][0]], one[0][1]))}
