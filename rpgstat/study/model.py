"""What an evaluator declares: scales, items, batteries, waves and groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from rpgstat.record import record
from rpgstat.study.labels import normalise

if TYPE_CHECKING:
    from rpgstat.study.questions import Question
    from rpgstat.study.themes import Coded, Pairing, Quotes, Theme
    from rpgstat.study.theory import Moment, Theory


@record
class Scale:
    """Ordered answer labels and their scores.

    `levels` are lowest first and scored 1..k unless `scores` says otherwise (always ascending, exact fractions).
    `codes` are the export's own cells for the levels when it holds numbers. `aliases` maps other wordings to levels.
    `not_applicable` are answers off the scale. `family` names the words a verdict uses ("agreement", "frequency" ...; "" for neutral words).
    `labelled` is False for a run of integers whose meaning nobody declared: means only, no agreement, no midpoint.
    `choices` are the level lists that the answers fit, these levels among them, where the scale was inferred and is not certain.
    """

    name: str
    levels: tuple[str, ...]
    scores: tuple[Fraction, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    not_applicable: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    family: str = ""
    labelled: bool = True
    choices: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        if not self.scores:
            object.__setattr__(self, "scores", tuple(Fraction(i) for i in range(1, len(self.levels) + 1)))

    @property
    def low(self) -> Fraction:
        """The lowest score an answer can have."""
        return self.scores[0]

    @property
    def high(self) -> Fraction:
        """The highest score an answer can have."""
        return self.scores[-1]

    @cached_property
    def midpoint(self) -> Fraction:
        """Halfway between the lowest and the highest score: 2.5 on four levels scored 1 to 4."""
        return (self.low + self.high) / 2

    @cached_property
    def reversed(self) -> Scale:
        """The scale of a reversed item: score = low + high - score, levels still lowest score first.

        >>> Scale("s", ("No", "Maybe", "Yes"), scores=(Fraction(1), Fraction(2), Fraction(5))).reversed.scores
        (Fraction(1, 1), Fraction(4, 1), Fraction(5, 1))
        """
        scores = tuple(self.low + self.high - score for score in self.scores[::-1])
        return replace(self, levels=self.levels[::-1], scores=scores, codes=self.codes[::-1])

    @cached_property
    def positions(self) -> dict[str, int | None]:
        """Normalised answer -> position of its level from 0, or None for an answer off the scale."""
        found: dict[str, int | None] = {normalise(word): None for word in self.not_applicable}
        at = {normalise(level): i for i, level in enumerate(self.levels)}
        found |= at
        found |= {normalise(code): i for i, code in enumerate(self.codes)}
        for word, level in self.aliases.items():
            found[normalise(word)] = at[normalise(level)]
        return found


@record
class Item:
    """One statement. `columns` are the texts to look for in an export, in order; "stem > row" where row texts repeat.

    `before` are those of the column in which people look back. `reverse` is None where nobody declared which way the statement is worded; it is then
    scored as it stands, as with False.
    """

    id: str
    text: str
    columns: tuple[str, ...] = ()
    reverse: bool | None = None
    before: tuple[str, ...] = ()

    @property
    def lookups(self) -> tuple[str, ...]:
        """The texts that find the item in an export, in the order to try them."""
        return self.columns or (self.text,)


@record
class Battery:
    """A set of statements on one scale. `doubt` says what is not certain about a scale that nobody declared; it stands beside every figure."""

    name: str
    scale: Scale
    items: tuple[Item, ...]
    doubt: str = ""

    def scale_of(self, item: Item) -> Scale:
        """The scale as `item` is scored: the battery's, reversed where the item is."""
        return self.scale.reversed if item.reverse else self.scale


@record
class Group:
    """A column to break results down by; `levels` is the declared order, empty for natural alphabetical.

    `other` is the last level, for every answer that is none of the others; without it such an answer is an error. `bands` are the lower edges
    of groups of a number, ascending; the levels are then their labels.
    """

    name: str
    columns: tuple[str, ...]
    levels: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    other: str = ""
    bands: tuple[Fraction, ...] = ()


@record
class Wave:
    """One round of the survey. `file` is None when all waves stand in one file (`Study.data_file`).

    `keep[column]` are the answers of the people who count, such as those who consented; everyone else is left out. `key` is the codebook of
    its file, `sheet` the part of a workbook and `event` the rows that are this wave. `date` (a year, month or day), which lasts to `until`
    where that is told, or `time` say when it was. `retrospective` names the wave whose people looked back, where it has no questionnaire of its own.
    """

    name: str
    file: str | None = None
    platform: str | None = None
    invited: int | None = None
    invited_by: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: str | None = None
    event: str | None = None
    date: str | None = None
    time: float | None = None
    retrospective: str | None = None
    sheet: str | None = None
    until: str | None = None


@record
class Disclosure:
    """How few people are too few to be shown.

    Of 1 to `hide_below` - 1 people nothing is shown, of fewer than `detail_from` the mean only; with `secondary`, so it is of others from
    which those could be worked out. `themes`: themes that so few people named are withheld for a whole wave too.
    """

    hide_below: int = 5
    detail_from: int = 10
    secondary: bool = True
    themes: bool = False


@record
class Weight:
    """How people are weighted: by the numbers of a `column`, or so that each wave has the population's shares of the groups `rake`.

    `trim` is the largest weight that raking may give, in units of the mean weight; None for no bound.
    """

    column: str | None = None
    rake: tuple[str, ...] = ()
    trim: float | None = None


@record
class Study:
    """Everything declared about one survey. `data_file` or `data_table`, and `wave_column`, are set when one file or table holds all waves.

    `population[group][label]` is the share, 0 to 1, of the people that the survey is about. `linked`: ids are people's own, and link them
    across waves whatever they look like. Rows of one id in one wave are one person unless `keep_duplicates`; `drop_unfinished` leaves out
    questionnaires that the platform marks as not finished. `ignore` are codes that `check` leaves out; `language` the code of the one that results are told in.
    """

    waves: tuple[Wave, ...]
    batteries: tuple[Battery, ...]
    title: str = ""
    id_column: str | None = None
    groups: tuple[Group, ...] = ()
    data_file: str | None = None
    data_platform: str | None = None
    data_key: str | None = None
    data_sheet: str | None = None
    data_table: str | None = None
    wave_column: str | None = None
    disclosure: Disclosure = Disclosure()
    population: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    weight: Weight | None = None
    warnings: tuple[str, ...] = ()
    linked: bool = False
    keep_duplicates: bool = False
    drop_unfinished: bool = False
    themes: tuple[Theme, ...] = ()
    coded: tuple[Coded, ...] = ()
    quotes: Quotes | None = None
    joint: tuple[Pairing, ...] = ()
    theory: Theory | None = None
    timeline: tuple[Moment, ...] = ()
    questions: tuple[Question, ...] = ()
    ignore: tuple[str, ...] = ()
    language: str | None = None

    @property
    def in_one(self) -> bool:
        """Whether one file or table holds all waves."""
        return self.data_file is not None or self.data_table is not None

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that the study names as a column."""
        others = [self.id_column, self.wave_column, self.weight.column if self.weight else None]
        grouped = (text for group in self.groups for text in group.columns)
        kept = (text for wave in self.waves for text in wave.keep)
        asked = (text for question in self.questions for text in question.lookups)
        return tuple(
            dict.fromkeys((*(text for _, item in self.items for text in (*item.lookups, *item.before)), *asked, *grouped, *kept, *filter(None, others)))
        )

    @property
    def items(self) -> tuple[tuple[Battery, Item], ...]:
        """Every item with its battery, in declared order."""
        return tuple((battery, item) for battery in self.batteries for item in battery.items)
