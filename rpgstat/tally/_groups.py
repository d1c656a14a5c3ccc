"""Which group each person belongs to: the labels of a grouping over all files, and the code that a label gets in the counting pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rpgstat.errors import UserError
from rpgstat.record import record
from rpgstat.study import NOT_STATED, Column, Group, Source, Survey, is_blank, normalise
from rpgstat.tally._answers import FREE_TEXT, Answers, every
from rpgstat.tally._labels import Labelled, labelled
from rpgstat.tally._spec import Numbering
from rpgstat.text import shortened

UNMET = 65_535
"""The code of an answer that has not been seen before; no grouping has so many labels."""


@record
class Grouping:
    """A group of the study with its labels in order and, for each file, its column and the label of each answer seen there."""

    group: Group
    labels: tuple[str, ...]
    columns: tuple[Column | None, ...]
    answers: tuple[Mapping[str, int], ...]
    warnings: tuple[str, ...] = ()

    @property
    def not_stated(self) -> int:
        """The code of people without a label: the one after the last."""
        return len(self.labels)

    def numbering(self, source: int) -> Numbering:
        """The code of each row's label: its place in `labels`; UNMET for an answer that has not been seen before."""
        column = self.columns[source]
        return Numbering(column.name if column else None, self.answers[source], self.not_stated, UNMET, wide=True)

    def stated(self, source: int, cells: Sequence[str | None]) -> list[str | None]:
        """The label of each cell of the column."""
        return [None if cell is None else self.label(self.answers[source][cell]) for cell in cells]

    def label(self, code: int) -> str | None:
        """The label of a code; None for not stated."""
        return self.labels[code] if code < len(self.labels) else None


def grouping(
    group: Group, sources: Sequence[Source], learn: Callable[[Survey, Sequence[str]], Answers], known: Sequence[Mapping[str, Mapping[str, int]]] = ()
) -> Grouping:
    """The labels of `group` over all files, in declared order, else in natural alphabetical order.

    `known` says of some columns of each file all that they hold; of others `learn` does.

    Labels match by normal form, and the commonest spelling is shown; "(not stated)", as our own tables say, is no label.
    Raises UserError for a column that looks like free text and for an answer that the declared levels do not know.
    """
    columns = tuple(_column(group, source.survey) for source in sources)
    held = known or [{} for _ in sources]
    seen = [
        dict(own[c.name]) if c and c.name in own else _seen(group, s.survey, c, learn) if c else {} for s, c, own in zip(sources, columns, held, strict=True)
    ]
    stated = [{answer: n for answer, n in answers.items() if not is_blank(answer) and normalise(answer) != NOT_STATED} for answers in seen]
    where = [f"{source.survey.name}: column `{shortened(c.label, 80)}`" if c else "" for source, c in zip(sources, columns, strict=True)]
    found: Labelled = labelled(group, where, columns, stated)
    nowhere = len(found.labels)
    codes = tuple({answer: places.get(answer, nowhere) for answer in answers} for answers, places in zip(seen, found.places, strict=True))
    return Grouping(group, found.labels, columns, codes, found.warnings)


def _seen(group: Group, survey: Survey, column: Column, learn: Callable[[Survey, Sequence[str]], Answers]) -> dict[str, int]:
    """The answers of a column: of a closed question the first ones will do, of a text box or of numbers it takes all."""
    if column.kind not in ("text", "personal") and not group.bands and not group.other:
        first = dict(learn(survey, [column.name])[column.name])
        if len(first) <= FREE_TEXT:
            return first
    return every(survey, column.name)


def _column(group: Group, survey: Survey) -> Column | None:
    column = next((found for text in group.columns if (found := survey.find(text)) is not None), None)
    if column is not None and column.kind == "id":
        where = f"{survey.name}: column `{shortened(column.label, 80)}` of group `{group.name}`"
        raise UserError(f"{where} identifies people", "name a column that many people share, such as their role")
    return column
