"""What is known of a study and its files when they are checked, before any table is made of them: counts alone, and nobody's row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal

from rpgstat.record import record
from rpgstat.study.model import Battery, Item, Study
from rpgstat.study.survey import Column, Source

Use = Literal["item", "question", "group", "id", "weight"]
"""What a study uses a column for."""


@record
class Used:
    """A column as one wave of the study uses it: for what, under which `name`, and what its `people` answered, as typed and without blanks.

    Of the answers `unknown` are those that nothing declared knows, `off` those that place nobody on a scale. `everyone` is False where only some
    were asked; `listed` marks cells that hold several answers, `dated` groups that a spreadsheet has turned into dates, `turned` codes that run
    against their labels; `drift` is the wording with what changed since the first wave.
    """

    use: Use
    name: str
    wave: str
    file: str
    column: Column
    people: int = 0
    answers: Mapping[str, int] = field(default_factory=dict)
    battery: Battery | None = None
    item: Item | None = None
    unknown: Mapping[str, int] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    everyone: bool = True
    listed: bool = False
    dated: bool = False
    turned: bool = False
    drift: str = ""

    @property
    def answered(self) -> int:
        """How many answered."""
        return sum(self.answers.values())


@record
class Absent:
    """Something that the study uses and that the file of a wave has no column for."""

    use: Use
    name: str
    wave: str
    file: str
    text: str


@record
class Twice:
    """A heading that several columns of a file have, which the study, or what is inferred, cannot tell apart."""

    file: str
    text: str
    columns: int


@record
class FilledIn:
    """How the people of a wave filled in the statements.

    Of `people` so many answered `barely` any of those asked, and `identical` gave the very answers of somebody else, in a way that hardly
    happens twice. `straight` says by battery how many answered it throughout, and how many of these chose one level throughout; `ends` how
    many chose its lowest, and its highest, score throughout. `timed` are those whose time is known, `fast` those who took less than a third
    of the median. `days` counts them by day of submission (ISO).
    """

    wave: str
    people: int
    asked: int = 0
    barely: int = 0
    identical: int = 0
    straight: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    ends: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    timed: int = 0
    fast: int = 0
    days: Mapping[str, int] = field(default_factory=dict)


@record
class File:
    """A file of the study: what was read, its digest, and what rows of it are.

    `headings` are rows that look like a header, `again` by wave the rows of an id that stands on another, `damaged` the columns of ids that a
    spreadsheet has destroyed, `unlabelled` those of codes of which nothing tells the labels. `dates` are columns whose days and months cannot be told
    apart. `invisible` are columns with characters that nobody sees. `language` is what its people were asked in, "" where nothing tells.
    """

    source: Source
    sha256: str
    headings: int = 0
    again: Mapping[str, int] = field(default_factory=dict)
    ids: Column | None = None
    damaged: tuple[Column, ...] = ()
    unlabelled: tuple[Column, ...] = ()
    dates: tuple[Column, ...] = ()
    invisible: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    events: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What to call it."""
        return self.source.survey.name


@record
class Looked:
    """All that is known. `same` are pairs of files, or of waves, whose answers are the same; `against` by battery the statements that run against
    the others; `withheld` by wave and grouping the groups of which figures are withheld; `spellings` by use and name the spellings that may mean the same;
    `codes` by battery the numbers that may mean not applicable, with how many gave each; `backwards` the scales that run against what their labels say.
    """

    study: Study
    inferred: bool
    files: Sequence[File]
    used: Sequence[Used] = ()
    absent: Sequence[Absent] = ()
    twice: Sequence[Twice] = ()
    filled: Sequence[FilledIn] = ()
    returned: Mapping[str, int] = field(default_factory=dict)
    same: Sequence[tuple[str, str]] = ()
    against: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    withheld: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    spellings: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    backwards: Sequence[str] = ()
