"""Which answers a column holds, and which code each of them gets in the counting pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from rpgstat.errors import UserError, nearest
from rpgstat.study import Scale, Survey, is_blank, is_heading, normalise, persons
from rpgstat.tally import engine
from rpgstat.tally._spec import MISSING
from rpgstat.text import plural, shortened

HEAD_ROWS = 20_000
FREE_TEXT = 50
"""A column with more distinct answers than this looks like free text; its values are never printed."""

_HEAD_CELLS = 4_000_000  # so that the first rows of 10,000 columns are learnt in a fraction of a second
_WIDE = 1_000  # columns: a table of more has few rows, and the first of them would take as long as all

MOST_ANSWERS = 50_000
"""Different answers up to which a column can be one of groups: each is looked at by itself."""

Answers = Mapping[str, Mapping[str, int]]
"""Column name -> answer as written -> people, the commonest first."""


def learn(survey: Survey, names: Sequence[str]) -> Answers:
    """The answers that the first rows hold, per column name; of free text the most common only.

    The first rows are HEAD_ROWS, fewer of a table of very many columns. Raises UserError when the file cannot be read.
    """
    return engine.seen(survey, names, FREE_TEXT * 2, max(100, min(HEAD_ROWS, _HEAD_CELLS // max(len(names), 1))))


def learn_all(survey: Survey, names: Sequence[str]) -> Answers:
    """As `learn`, but from every row; a column whose first rows already look like free text is not read on."""
    if len(names) > _WIDE:
        return recount(survey, names)
    first = learn(survey, names)
    return {**first, **recount(survey, [name for name, answers in first.items() if len(answers) <= FREE_TEXT])}


def recount(survey: Survey, names: Sequence[str]) -> Answers:
    """The answers that the whole file holds, per column name; of free text the most common only. One more pass."""
    return engine.seen(survey, names, FREE_TEXT * 2)


def every(survey: Survey, name: str) -> dict[str, int]:
    """All that a column holds, with how many people gave each, the commonest first. A few more than MOST_ANSWERS at most."""
    return engine.every(survey, name, MOST_ANSWERS)


def codes(scale: Scale, answers: Iterable[str]) -> dict[str, int]:
    """Answer as written -> its code on `scale`, for those answers that the scale knows or that mean nothing.

    >>> codes(Scale("s", ("No", "Yes"), not_applicable=("N/A",)), ["yes", "n/a", "maybe", " "])
    {'yes': 2, 'n/a': 3, ' ': 0}
    """
    found = {}
    for answer in answers:
        label = normalise(answer)
        if label in scale.positions:
            at = scale.positions[label]
            found[answer] = len(scale.levels) + 1 if at is None else at + 1
        elif is_blank(answer):
            found[answer] = MISSING
    return found


def unknown(scale: Scale, answers: Mapping[str, int]) -> dict[str, int]:
    """Those answers that are on no level of the scale, not off it by declaration, and not blank."""
    known = codes(scale, answers)
    return {answer: n for answer, n in answers.items() if answer not in known}


def refuse_unknown(where: str, scale: Scale, answers: Mapping[str, int], headings: Sequence[str] = ()) -> None:
    """Raises the UserError for the answers at `where` that are on no level of `scale`; does nothing when there are none.

    `headings` are those of the column: one of them among the answers shows a second header row.
    """
    strange = unknown(scale, answers)
    if not strange:
        return
    if heading := next((answer for answer in strange if is_heading(answer, *headings)), None):
        raise UserError(
            f"{where} holds a heading among its answers: `{shortened(heading)}`",
            "the export has a second header row: delete that row, or name the platform that wrote it with --platform",
        )
    levels = ", ".join(f"`{level}`" for level in scale.levels)
    if len(strange) > FREE_TEXT:
        raise UserError(
            f"{where} looks like free text: more than {FREE_TEXT} different answers", f"scale `{scale.name}` has the levels {levels}; name another column"
        )
    told = told_safely(strange, [*scale.levels, *scale.not_applicable], near=lambda answer: _near(answer, scale))
    declare = f"in [scales.{scale.name}] of the study file (`rpgstat init` writes one) correct the levels, or add each answer to `aliases` or `not_applicable`"
    hint = f"correct the answers in the export; or {declare}; the levels are {levels}"
    raise UserError(f"{where} has answers that scale `{scale.name}` does not know: {told}", hint)


def told_safely(answers: Mapping[str, int], known: Iterable[str] = (), near: Callable[[str], str] = lambda _: "") -> str:
    """Answers with how many people gave each, without those that may tell of a person: of these only how many there are.

    >>> told_safely({"Maybe": 2, "Jane Smith": 1, "0113 496 0000": 1})
    '`Maybe` (2 people); and 2 not shown, as they may tell of a person (2 people)'
    """
    known = tuple(known)
    safe = persons.shown(answers, known)
    shown = [f"`{shortened(answer)}` ({plural(n, 'person', 'people')}){near(answer)}" for answer, n in safe.items()]
    hidden = [n for answer, n in answers.items() if not persons.may_show(answer, n, known)]
    more = len(answers) - len(safe) - len(hidden)
    if more:
        shown.append(f"and {more} more")
    if hidden:
        shown.append(f"{'and ' if shown else ''}{len(hidden)} not shown, as they may tell of a person ({plural(sum(hidden), 'person', 'people')})")
    return "; ".join(shown)


def _near(answer: str, scale: Scale) -> str:
    close = nearest(answer, [*scale.levels, *scale.not_applicable])
    return f", nearest level `{close}`" if close else ""
