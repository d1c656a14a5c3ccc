"""What is known of one result to be shown: its page, its figure, its plot in characters, and what they find in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rpgstat.glossary.sentences import word
from rpgstat.media.pages import Column, Notes, Row, Section
from rpgstat.media.style import Style
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.headlines import Headline

if TYPE_CHECKING:
    from rpgstat.media.diagram import Diagram
    from rpgstat.media.picture.sheet import Sheet
    from rpgstat.media.terminal.plotter import Plotter
    from rpgstat.media.terminal.stacks import Stacks

Beside = Sequence[Result]
"""The other results of the same command, of which a figure may take something."""


def nothing(*_: Any) -> Iterator[str]:
    """No words."""
    yield from ()


@record
class Figure:
    """A result drawn: `kind` is the code of what it is drawn as; `sheet` lays the picture out, `plot` the same in characters, `lead` says what is found.

    `unseen` is said besides to those who do not see it. `high` are the inches that a picture of it has at most in a document, all of a page
    unless one is given: charts that stand below one another fill pages better one by one. `shapes` is a figure that word processors can draw
    and edit, with its legend in words.
    """

    kind: str
    sheet: Callable[[Result, Beside], Sheet]
    plot: Callable[[Result, Sequence[Row], Plotter, Beside], Iterator[Any]]
    lead: Callable[[Result, Beside], Iterator[str]] = nothing
    unseen: Callable[[Result, Beside], Iterator[str]] = nothing
    shapes: Callable[[Result], tuple[Diagram, str]] | None = None
    high: float = 0.0


@record
class View:
    """A result shown: `name` is that of the result, `headline` says what is found, `table` lays them out.

    `legend` says what its signs and cells mean; `sentences` are what the rows say in words, below the table; `stacks` are ways to set the page
    on a narrow screen, where it has some of its own; `omitted` names the groups of which no row stands in the table. `hides` are the columns
    whose withheld figures the table explains, all of them without any. `block` is the column that its blocks have the values of, which is one
    of a table where no heading may stand among its rows. What is `first` is read before the other results of its command, and
    its sentences before its method. What was `asked` for besides is what is drawn of the results of its command; what is
    shown `on_request` a terminal leaves out unless it is asked for, and every other format has.
    """

    name: str
    table: Callable[[Result, Sequence[Row], Notes], tuple[tuple[Column, ...], tuple[Section, ...]]]
    headline: Callable[[Result, Style], Headline] = lambda *_: Headline()
    legend: Callable[[Result, Sequence[Row], Style], Iterator[str]] = nothing
    sentences: Callable[[Sequence[Row]], Iterator[str]] = nothing
    figure: Figure | None = None
    stacks: Stacks | None = None
    first: bool = False
    asked: bool = False
    on_request: bool = False
    hides: tuple[str, ...] = ()
    block: str = ""
    omitted: Callable[[Sequence[Row]], Sequence[str]] = lambda _: ()

    @property
    def title(self) -> str:
        """What heads its tables among others'."""
        return word("table", self.name)
