"""Where an export holds the answers to a question: its columns, the option that each stands for, and which of its cells say nothing."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.errors import UserError, did_you_mean
from rpgstat.record import record
from rpgstat.study import Column, Survey, normalise
from rpgstat.study.questions import Question
from rpgstat.text import shortened

UNTICKED = tuple(
    word for one in ("no", "false", "unchecked", "not selected", "not ticked", "0", "off", "n") for word in dict.fromkeys((one, one.capitalize(), one.upper()))
)
"""What platforms write in the column of an option that was not ticked, where they write anything."""


@record
class Place:
    """The columns of a question in a file, each with its option where it has one of its own. `separator` parts the answers of one cell."""

    columns: tuple[tuple[str, str], ...]
    separator: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)


def place_of(question: Question, survey: Survey) -> Place | None:
    """Where `survey` holds the answers; None when it does not ask the question. Raises UserError for a column that cannot hold such answers."""
    several = question.kind in ("multiple", "ranking")
    found = [column for text in question.lookups if (column := _found(survey, text, question)) is not None]
    under = [column for text in question.lookups for column in _under(survey, text)] if several else []
    if several and under and len(found) <= 1:
        return Place(tuple((column.name, column.text) for column in under))
    if several and len(found) > 1:
        return Place(tuple((column.name, column.text) for column in found))
    if not found:
        return None
    separator = question.separator or found[0].separator or (";" if several else "")
    return Place(((found[0].name, ""),), separator if several else "")


def places_of(question: Question, surveys: Sequence[Survey]) -> list[Place | None]:
    """Where each file holds the answers. Raises UserError where none does."""
    found = [place_of(question, survey) for survey in surveys]
    if not any(found):
        headers = dict.fromkeys(
            word for survey in surveys for column in survey.columns for word in (column.stem, column.text) if word in survey.headings or column.stem
        )
        files = ", ".join(survey.name for survey in surveys)
        raise UserError(f"question `{question.id}`: no column `{shortened(question.lookups[0], 80)}` in {files}", did_you_mean(question.lookups[0], headers))
    return found


def _under(survey: Survey, text: str) -> list[Column]:
    """The columns of the options of one stem, a box for other answers among them."""
    own = [column for column in (*survey.columns, *survey.aside) if column.stem and normalise(column.stem) == normalise(text) and column.kind != "personal"]
    return sorted(own, key=lambda column: int(column.name[1:]))


def _found(survey: Survey, text: str, question: Question) -> Column | None:
    if question.kind in ("multiple", "ranking") and _under(survey, text):
        return None
    column = survey.find(text)
    if column is not None and column.kind == "id":
        raise UserError(f"{survey.name}: column `{shortened(column.label, 80)}` of question `{question.id}` identifies people", "name another column")
    if column is not None and question.kind not in ("multiple", "ranking") and column.kind in ("tick", "multiple", "ranking"):
        kind = "ranking" if column.kind == "ranking" else "multiple"
        hint = f'say kind = "{kind}"; of several columns, name the question that they share'
        raise UserError(f"{survey.name}: column `{shortened(column.label, 80)}` of question `{question.id}` is no single answer", hint)
    return column
