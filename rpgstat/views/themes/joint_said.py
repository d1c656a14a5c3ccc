"""The left of a joint display: bars with limits of people who wrote an answer, and beside them so many of so many interviews and focus groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import WITHHELD, Row
from rpgstat.media.picture.axis import Axis
from rpgstat.media.picture.colours import EARLIER, EARLIER_WORDS, LATER
from rpgstat.media.picture.paper import INK, QUIET, SMALL, Canvas, line_height, shorten
from rpgstat.media.style import used
from rpgstat.record import record
from rpgstat.views.themes.share_bars import BAR, PITCH

Wave = tuple[int | None, int | None, float | None, float | None, float | None]
"""Of one wave: mentions, n, share and its limits."""

_EARLIER = ("mentions_reference", "n_reference", "share_reference", "share_reference_low", "share_reference_high")
_LATER = ("mentions", "n", "share", "share_low", "share_high")


@record
class Place:
    """Inches from the left: where bars begin and end, and where interviews are told, up to `right`."""

    bars: float
    end: float
    talks: float
    right: float


@record
class Source:
    """What one source says of a theme, earlier wave first; its name stands above it where several sources share a column."""

    row: Row
    heading: str
    waves: tuple[tuple[Wave, bool], ...]

    @property
    def height(self) -> float:
        """Inches."""
        return (line_height(SMALL) if self.heading else 0.0) + len(self.waves) * PITCH + 0.04


def shared(rows: Sequence[Row]) -> frozenset[bool]:
    """The columns in which several sources stand: True that of answers, False that of interviews and focus groups."""
    sources = {(row["kind"] == "answers", row["source"]) for row in rows}
    return frozenset(answers for answers in (True, False) if sum(own is answers for own, _ in sources) > 1)


def _waves(row: Row) -> Iterator[tuple[Wave, bool]]:
    """The waves of a row, and whether each is the later one."""
    if row["reference"] is not None:
        yield tuple(row[key] for key in _EARLIER), False
    yield tuple(row[key] for key in _LATER), True


@record
class Told:
    """Draws what was said: shares up to `most` in `place`; in the columns `shared` the name of each source stands above it."""

    most: float
    place: Place
    shared: frozenset[bool] = frozenset()

    @property
    def _axis(self) -> Axis:
        return Axis(0.0, self.most, self.place.bars, self.place.end)

    def sources(self, rows: Sequence[Row]) -> list[Source]:
        """The sources of a theme, one row of each."""
        return [Source(row, self._heading(row), tuple(_waves(row))) for row in rows]

    def _heading(self, row: Row) -> str:
        answers = row["kind"] == "answers"
        room = self.place.talks - self.place.bars + 0.25 if answers else self.place.right - self.place.talks
        return shorten(str(row["source"]), SMALL, room) if answers in self.shared else ""

    def height(self, sources: Sequence[Source]) -> float:
        """Inches of the higher column."""
        columns = [sum(own.height for own in sources if (own.row["kind"] == "answers") is answers) for answers in (True, False)]
        return max(columns)

    def draw_scale(self, canvas: Canvas, y: float) -> None:
        """The ends of the axis of shares."""
        for share in (0.0, self.most):
            canvas.text(self._axis.at(share), y, used().figure(text.percent(share)), SMALL, align="center", colour=QUIET)

    def draw(self, canvas: Canvas, sources: Sequence[Source], top: float) -> None:
        """Each source below the last of its column."""
        tops = {True: top, False: top}
        for own in sources:
            answers = own.row["kind"] == "answers"
            self._source(canvas, own, tops[answers], answers=answers)
            tops[answers] += own.height

    def _source(self, canvas: Canvas, own: Source, top: float, *, answers: bool) -> None:
        if own.heading:
            canvas.text(self.place.bars - 0.25 if answers else self.place.talks, top + line_height(SMALL) / 2, own.heading, SMALL, colour=QUIET)
            top += line_height(SMALL)
        for at, (wave, later) in enumerate(own.waves):
            y = top + (at + 0.5) * PITCH
            if wave[1] is None:
                canvas.text(self.place.bars if answers else self.place.talks, y, say("row.not_sought") if answers else text.NONE, SMALL, colour=QUIET)
            elif answers:
                self._bar(canvas, wave, y, LATER if later else EARLIER)
            else:
                of = say("number.of", n=WITHHELD if wave[0] is None else text.count(wave[0]), of=text.count(wave[1]))
                canvas.text(self.place.talks, y, of, SMALL, colour=LATER if later else EARLIER_WORDS)

    def _bar(self, canvas: Canvas, wave: Wave, y: float, colour: str) -> None:
        mentions, _, share, low, high = wave
        canvas.text(self.place.bars - 0.06, y, WITHHELD if mentions is None else text.count(mentions), SMALL, align="right", colour=QUIET)
        if share is not None:
            canvas.box(self.place.bars, y - BAR / 2, self._axis.at(share) - self.place.bars, BAR, colour)
            self._axis.interval(canvas, y, low, high, INK)
