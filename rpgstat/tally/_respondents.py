"""Scores of individual respondents, for a second opinion that shares nothing with the counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from fractions import Fraction
from itertools import compress

from rpgstat.errors import UserError
from rpgstat.record import record
from rpgstat.study import Battery, Group, Item, Source, Study, normalise
from rpgstat.tally import engine
from rpgstat.tally._answers import recount
from rpgstat.tally._columns import item_columns
from rpgstat.tally._counted import count
from rpgstat.tally._file import File
from rpgstat.tally._groups import Grouping, grouping

Cells = Mapping[str, list[str | None]]
"""Column name -> the cell of each row."""

LIMIT = 20_000
"""People a wave that a second opinion takes; its tests hold every respondent in memory."""


@record
class Respondents:
    """`scores[item, wave]`: one score a person, None where there is none, people in one order for all items. `groups[wave]`: their groups, if asked for."""

    scores: Mapping[tuple[str, str], list[Fraction | None]]
    groups: Mapping[str, list[str | None]] = field(default_factory=dict)

    def of(self, group: str) -> Respondents:
        """The people of one group."""
        return self._only(lambda own: own == group)

    def others(self, group: str) -> Respondents:
        """Everyone else who stated a group."""
        return self._only(lambda own: own is not None and own != group)

    def _only(self, keep: Callable[[str | None], bool]) -> Respondents:
        kept = {wave: [keep(own) for own in groups] for wave, groups in self.groups.items()}
        return Respondents({(item, wave): list(compress(scores, kept[wave])) for (item, wave), scores in self.scores.items()})

    def item(self, item: str, wave: str) -> list[float]:
        """The valid scores of an item."""
        return [float(score) for score in self.scores.get((item, wave), []) if score is not None]

    def battery(self, items: Sequence[str], wave: str) -> list[float]:
        """The battery scores of those people who answered at least half of `items`."""
        people = zip(*(self.scores[item, wave] for item in items), strict=True)
        return [_mean(given) for row in people if 2 * len(given := [s for s in row if s is not None]) >= len(items) and given]

    def complete(self, items: Sequence[str], wave: str) -> list[tuple[float, ...]]:
        """The scores of the people who answered all of `items`."""
        people = zip(*(self.scores[item, wave] for item in items), strict=True)
        return [tuple(float(score) for score in row if score is not None) for row in people if None not in row]


def _mean(scores: Sequence[Fraction]) -> float:
    return float(sum(scores, Fraction(0)) / len(scores))


def respondents(study: Study, sources: Sequence[Source], by: Sequence[Group] = ()) -> Respondents:
    """Every person's score on every item, and the group that each belongs to. Raises UserError above 20,000 people a wave."""
    scores: dict[tuple[str, str], list[Fraction | None]] = {}
    groups: dict[str, list[str | None]] = {}
    groupings = [grouping(group, sources, recount) for group in by]
    for at, (source, columns) in enumerate(zip(sources, item_columns(study, sources), strict=True)):
        survey = count(File(study, source, columns)).file.source.survey
        marker = survey.require(source.wave_column).name if source.wave_column else None
        stated = [column.name for one in groupings if (column := one.columns[at]) is not None]
        cells = engine.rows(survey, {*(column.name for column in columns.values()), *([marker] if marker else []), *stated}, LIMIT * len(source.waves) + 1)
        if len(next(iter(cells.values()))) > LIMIT * len(source.waves):
            raise UserError(f"{survey.name}: more than {LIMIT:,} people a wave are too many for --verify", "verify on a sample, or leave --verify out")
        for wave in source.waves:
            own = cells if marker is None else _of_wave(cells, marker, wave)
            groups[wave] = [_group(labels) for labels in zip(*(_stated(one, at, own) for one in groupings), strict=True)]
            for battery, item in study.items:
                if item.id in columns:
                    scores[item.id, wave] = _scores(own[columns[item.id].name], battery, item)
    return Respondents(scores, groups)


def _group(labels: tuple[str | None, ...]) -> str | None:
    stated = [label for label in labels if label is not None]
    return " × ".join(stated) if len(stated) == len(labels) else None


def _stated(one: Grouping, at: int, cells: Cells) -> list[str | None]:
    """The label of each row of a file."""
    column = one.columns[at]
    return [None] * len(next(iter(cells.values()))) if column is None else one.stated(at, cells[column.name])


def _of_wave(cells: Cells, marker: str, wave: str) -> Cells:
    """The rows of a wave."""
    own = [cell is not None and normalise(cell) == normalise(wave) for cell in cells[marker]]
    return {name: list(compress(column, own)) for name, column in cells.items()}


def _scores(column: Sequence[str | None], battery: Battery, item: Item) -> list[Fraction | None]:
    scale = battery.scale
    known = {label: None if at is None else scale.scores[at] for label, at in scale.positions.items()}
    found = [None if cell is None else known.get(normalise(cell)) for cell in column]
    return [scale.low + scale.high - score if item.reverse and score is not None else score for score in found]
