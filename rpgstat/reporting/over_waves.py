"""What a report says of three waves or more: whether each statement rises or falls over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import listing, say
from rpgstat.media.document import Heading
from rpgstat.media.pages import Row
from rpgstat.media.style import Style
from rpgstat.record import record
from rpgstat.reporting.chapters import Piece, bullets, shown
from rpgstat.reporting.first.finding import key
from rpgstat.reporting.quoting import limits, quoted
from rpgstat.result import Result
from rpgstat.views.rows import rows_of

MOVED = ("rose", "fell", "mixed")
"""Conclusions of a trend that a test found."""


@record
class Trend:
    """How a trend is told: the style, whether the slope is per year, and the waves."""

    style: Style
    dated: bool
    waves: tuple[str, ...]

    def of_battery(self, rows: Sequence[Row]) -> Iterator[str]:
        """The battery score, the statements that moved, steepest first, and the inconclusive ones together."""
        items = [row for row in rows if row["item"] is not None]
        if len(items) != 1:
            yield from (self.one(row, say("change.score")) for row in rows if row["item"] is None and row["conclusion"] is not None)
        moved = sorted((row for row in items if row["conclusion"] in MOVED), key=lambda row: -abs(row["slope"] or 0.0))
        yield from (self.one(row, quoted(row)) for row in moved)
        others = [row for row in items if row["conclusion"] == "inconclusive"]
        if len(others) == 1:
            yield self.one(others[0], quoted(others[0]))
        elif others:
            held = [row for row in others if row["slope_low"] is not None]
            ends = {"low": self.points(min(row["slope_low"] for row in held)), "high": self.points(max(row["slope_high"] for row in held))} if held else {}
            told = say("trend_told.reach", per=self.per, **ends) if ends else ""
            yield say("trend_told.together", n=text.count(len(others)), reach=told)

    def one(self, row: Row, subject: str) -> str:
        """One row as a sentence."""
        held = [(wave, mean) for wave, mean in zip(self.waves, row["wave_means"] or (), strict=False) if mean is not None]
        ends = {"first": self.points(held[0][1]), "last": self.points(held[-1][1]), "from_wave": held[0][0], "to_wave": held[-1][0]} if held else {}
        size = say("trend_told.size", slope=self.points(row["slope"]), limits=limits(row, "slope_low", "slope_high", "points", self.style), per=self.per)
        match row["conclusion"]:
            case "rose":
                return say("trend_told.rose", subject=subject, size=size, n=text.count(row["n"]), **ends)
            case "fell":
                return say("trend_told.fell", subject=subject, size=size, n=text.count(row["n"]), **ends)
            case "mixed":
                means = listing([say("trend_told.mean_in", mean=self.points(mean), wave=wave) for wave, mean in held])
                return say("trend_told.mixed", subject=subject, means=means, n=text.count(row["n"]))
            case _:
                reach = self._reach(row)
                return say("trend_told.inconclusive", subject=subject, reach=reach, n=text.count(row["n"]), **ends)

    def _reach(self, row: Row) -> str:
        if row["slope_low"] is None:
            return ""
        return say("trend_told.reach", low=self.points(row["slope_low"]), high=self.points(row["slope_high"]), per=self.per)

    @property
    def per(self) -> str:
        """Of what unit of time the slope is."""
        return say("trend_told.a_year") if self.dated else say("trend_told.a_step")

    def points(self, value: float | None) -> str:
        """A mean or slope."""
        return self.style.cell("points", value)


def trend_of(result: Result, style: Style) -> Trend:
    """How the trend of a result is told."""
    return Trend(style, bool(result.options.get("dated")), tuple(text.one_line(wave) for wave in result.options["waves"]))


def chapter(result: Result, style: Style) -> Iterator[Piece]:
    """The part of a battery's chapter on its trend."""
    yield Heading(say("chapter.over_waves"), 2)
    called = key("trend_waves", result.frame["battery"][0])
    yield from bullets(trend_of(result, style).of_battery(rows_of(result)), called)
    yield from shown(result, style, called=called)
