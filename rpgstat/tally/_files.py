"""The files of a study, each coded once for any number of analyses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rpgstat.study import Column, Group, Source, Study, Survey
from rpgstat.tally._answers import Answers
from rpgstat.tally._columns import item_columns
from rpgstat.tally._file import File
from rpgstat.tally._groups import Grouping, grouping
from rpgstat.tally.engine import MOST_KEPT

Learn = Callable[[Survey, Sequence[str]], Answers]


@dataclass
class Files:
    """The files of a study. `beside` are the headers of columns that groups and weights are made of; `most` the bytes of codes kept of each file."""

    study: Study
    sources: Sequence[Source]
    beside: Sequence[str] = ()
    most: int = MOST_KEPT
    _groupings: list[tuple[Group, Learn, Grouping]] = field(default_factory=list)

    @cached_property
    def columns(self) -> list[dict[str, Column]]:
        """For each file, item id -> its column. Raises UserError as `item_columns` does."""
        return item_columns(self.study, self.sources)

    @cached_property
    def each(self) -> list[File]:
        """The files, coded. Raises UserError for a column of an item that looks like free text."""
        parts = zip(self.sources, self.columns, strict=True)
        return [File(self.study, source, columns, self.beside, self.most) for source, columns in parts]

    def grouping(self, group: Group, learn: Learn) -> Grouping:
        """The labels of a group over all files; what a file's columns hold is known where they are kept, else `learn` tells."""
        found = next((made for own, how, made in self._groupings if own == group and how is learn), None)
        if found is None:
            seen: list[Mapping[str, Mapping[str, int]]] = [file.table.seen for file in self.each]
            found = grouping(group, self.sources, learn, seen)
            self._groupings.append((group, learn, found))
        return found


def files_of(study: Study, sources: Sequence[Source], by: Sequence[Group] = (), weight: str | None = None) -> Files:
    """The files for one analysis by these groups."""
    return Files(study, sources, [*(header for group in by for header in group.columns), *([weight] if weight else [])])
