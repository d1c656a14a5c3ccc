"""One export as read: a lazy table of text, and what each of its columns is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from rpgstat.errors import UserError, did_you_mean, is_panic, is_scarcity
from rpgstat.record import record
from rpgstat.study import persons
from rpgstat.study.labels import normalise
from rpgstat.text import shortened

if TYPE_CHECKING:
    from rpgstat.study.held import Held

Kind = Literal["answer", "tick", "multiple", "ranking", "id", "meta", "text", "personal"]
Measure = Literal["", "nominal", "ordinal"]
Standing = Literal["preview", "test", "spam", "screened", "declined", "repeat", "footer", "other", "imported", "unfinished"]
"""What a row is that is not simply a respondent's: the last two count unless a study says otherwise, the others are left out."""


@record
class Column:
    """A column of a survey. `name` is its positional name in the frame, never shown; `text` is the row or header text.

    `stem` is the question that a matrix row belongs to ("" for a question of its own) and `block` numbers the
    question in the file. Kinds: `answer` (one answer a person: single choice or matrix row), `tick`, `multiple` (several answers in one
    cell, between `separator`s), `ranking`, `id` (identifies a person), `meta` (dates, collector), `text` (a text box), `personal` (names,
    addresses and the like).
    `options` are the known answers in order, if the export or its codebook tells, and `off` those of them that are on no scale. The codebook
    calls this a `measure` "ordinal" where the order means more or less, "nominal" where the answers, numbers too, are in none.
    `variable` is a short name that the export has beside the text, such as `Q3_1`. `damaged` are identifiers that a spreadsheet has rounded,
    `unlabelled` codes of which the export tells no labels.
    """

    name: str
    text: str
    kind: Kind = "answer"
    stem: str = ""
    block: int = 0
    options: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    measure: Measure = ""
    variable: str = ""
    separator: str = ""
    damaged: bool = False
    unlabelled: bool = False

    @property
    def label(self) -> str:
        """The text that names this column among others: "stem > row" in a matrix."""
        return f"{self.stem} > {self.text}" if self.stem else self.text

    @property
    def placed(self) -> bool:
        """Whether its short name is its place only, as others have its heading too: somebody has to say which is meant."""
        return self.variable == f"column {int(self.name[1:]) + 1}"


@record
class Mark:
    """A column that marks rows: `standing` says what a normalised cell ("" for blank) makes of its row, None for nothing.

    With `blank_only` all that matters is whether the cell is blank. `metadata` is False for a question, such as one of consent.
    """

    name: str
    text: str
    standing: Callable[[str], Standing | None]
    blank_only: bool = False
    metadata: bool = True


@record
class Survey:
    """One file of answers.

    `frame` is lazy, every column text or null (blank cells are null), without rows that are blank throughout, and
    holds exactly `columns`. `aside` are personal columns and text boxes, left out on reading: nothing meets them unless `asking` brings
    one back from `whole`, the same rows with these columns too. `source` is the file that was opened (for its digest and name); `warnings`
    are for the analyst. `marks` are the columns that mark rows, and `submitted` names those that may say when a questionnaire was sent,
    the likeliest first. `events` heads the column whose rows the platform itself calls rounds, in the order `waves`.
    `held` are the rows of one that another engine holds: `frame` then refuses whatever would look at them.
    `parts` are the sizes in bytes of the files that it lies in by their names, None where it is one file. `rows` is about how many a file that is
    scanned has, 0 for one that is held.
    """

    name: str
    source: Path
    frame: pl.LazyFrame
    columns: tuple[Column, ...]
    platform: str
    encoding: str = "utf-8"
    aside: tuple[Column, ...] = ()
    whole: pl.LazyFrame | None = None
    warnings: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    submitted: tuple[str, ...] = ()
    events: str | None = None
    waves: tuple[str, ...] = ()
    parts: Mapping[str, int] | None = None
    rows: int = 0
    held: Held | None = None
    _index: dict[str, list[Column]] = field(default_factory=dict, repr=False, compare=False)

    def find(self, text: str) -> Column | None:
        """The column that a declared text names: by its own text, by "stem > row", or else by its variable's name; None when there is none.

        Matching is by normalised label. Raises UserError when several columns fit, or when it was left out on reading.
        """
        found = self.named(text)
        if len(found) > 1:
            raise UserError(f"{self.name}: {len(found)} columns are headed `{shortened(text)}`", _tell_apart(found))
        if not found and self._aside(text):
            raise UserError(f"{self.name}: column `{shortened(text)}` holds personal data or free text and was left out on reading", "name another column")
        return found[0] if found else None

    def named(self, text: str) -> list[Column]:
        """All columns that a declared text names."""
        if not self._index:
            for column in self.columns:
                for label in {normalise(column.text), normalise(column.label)}:
                    self._index.setdefault(label, []).append(column)
            headings = set(self._index)
            for column in self.columns:
                if column.variable and normalise(column.variable) not in headings:
                    self._index.setdefault(normalise(column.variable), []).append(column)
        return self._index.get(normalise(text), [])

    def only(self, text: str) -> Column | None:
        """As `find`, but None where it would refuse."""
        try:
            return self.find(text)
        except UserError:
            return None

    def _aside(self, text: str) -> list[Column]:
        return [column for column in self.aside if normalise(text) in (normalise(column.text), normalise(column.label), normalise(column.variable))]

    def asking(self, texts: Iterable[str]) -> Survey:
        """The survey with those columns too that were left out on reading and that one of `texts` names: what is declared is read.

        A text that also heads a column which was kept brings nothing back. Raises UserError when several columns that were left out fit.
        """
        wanted: dict[str, Column] = {}
        kept = {normalise(label) for column in self.columns for label in (column.text, column.label)}
        for text in texts:
            found = self._aside(text) if normalise(text) not in kept else []
            if len(found) > 1:
                raise UserError(f"{self.name}: {len(found)} columns are headed `{shortened(text)}`", _tell_apart(found))
            wanted |= {column.name: column for column in found}
        if not wanted or self.whole is None:
            return self
        columns = (*self.columns, *wanted.values())
        left = tuple(column for column in self.aside if column.name not in wanted)
        return replace(self, columns=columns, aside=left, frame=self.whole.select(column.name for column in columns), _index={})

    @property
    def headings(self) -> list[str]:
        """What the columns are headed, for hints; without what looks like somebody's data, as the first row of a file without headers is."""
        return [column.text for column in self.columns if not persons.form(column.text)]

    def reduced(self, change: Callable[[pl.LazyFrame], pl.LazyFrame]) -> Survey:
        """The survey with the rows that `change` leaves of all its columns, also of those left out on reading."""
        whole = change(self.frame if self.whole is None else self.whole)
        return replace(self, whole=whole, frame=whole.select(column.name for column in self.columns))

    def require(self, text: str) -> Column:
        """As `find`, but a column that is not there is a UserError naming the nearest."""
        column = self.find(text)
        if column is None:
            raise UserError(f"{self.name}: no column `{shortened(text)}`", did_you_mean(text, self.headings))
        return column


@record
class Source:
    """A survey and the waves its rows belong to: one, or those that the column headed `wave_column` names.

    `unfinished` says of each row whether its questionnaire was not finished, None where nothing tells. `pooled` is the header of a column
    that seems to tell waves apart which nobody declared: rows of one id that differ there are no duplicates. `standings` counts the rows that
    are not simply respondents', by what they are. `retrospective` means that its answers are those in which people look back.
    """

    survey: Survey
    waves: tuple[str, ...]
    wave_column: str | None = None
    unfinished: pl.Expr | None = field(default=None, compare=False)
    pooled: str | None = None
    standings: Mapping[str, int] = field(default_factory=dict)
    retrospective: bool = False


def _tell_apart(found: list[Column]) -> str:
    labels = {normalise(c.label): c.label for c in found}
    if len(labels) == len(found):
        return "tell them apart as " + " or ".join(f"`{shortened(label, 80)}`" for label in sorted(labels.values()))
    if all(column.variable for column in found):
        rename = ", or rename all but one of them in the export" if found[0].placed else ""
        return "tell them apart as " + " or ".join(f"`{column.variable}`" for column in found) + rename
    return "rename all but one of them in the export"


_FAULTS = (  # a phrase of what Polars says, and what it means; its own words may quote answers, so they are not passed on
    ("found more fields", "a row has more cells than the header", "quote the cells that hold the delimiter, or save it again as CSV from a spreadsheet"),
    ("utf-8", "it is not UTF-8 all through", "save it again as CSV (UTF-8)"),
    ("malformed", "quotation marks do not balance", "mend the cell with a lone quotation mark, or save it again as CSV from a spreadsheet"),
    ("could not parse", "quotation marks do not balance", "mend the cell with a lone quotation mark, or save it again as CSV from a spreadsheet"),
)


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turns what Polars raises when a lazy table is finally read into a UserError that names the file and the fault."""
    try:
        yield
    except BaseException as error:  # a panic is no Exception
        if is_scarcity(error) or (not isinstance(error, pl.exceptions.PolarsError | OSError) and not is_panic(error)):
            raise
        said = str(error).lower()
        found = next(((fault, hint) for phrase, fault, hint in _FAULTS if phrase in said), None)
        fault, hint = found or ("it is damaged, or changed while it was read", "open it and save it again as CSV (UTF-8)")
        raise UserError(f"{name}: cannot be read: {fault}", hint) from error
