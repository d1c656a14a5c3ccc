"""The figure of `topline` in characters: bars, lines from wave to wave, or one stacked bar a wave, as the picture has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.console import RenderableType
from rich.text import Text

from rpgstat import text
from rpgstat.glossary import CONCLUSIONS
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.style import used
from rpgstat.media.terminal import strip
from rpgstat.media.terminal.plotter import BLUE, PLOT, Place, Plotter
from rpgstat.views.rows import values
from rpgstat.views.themes import share_bars

_LEAST_TALL, _MOST_LINES, _NAME = 8, 20, 12  # lines of a plot, answers that it can hold apart, and characters of a wave's name


def bars(rows: Sequence[Row], plotter: Plotter) -> Iterator[RenderableType]:
    """A bar for each answer and wave."""
    for (source,), own in split(rows, ("source",)):
        yield plotter.heading(str(source))
        waves = max(len(str(row["wave"])) for row in own)
        width = max(len(share_bars.told(row)) for row in own)
        grid, room = plotter.grid([("", waves, "left"), PLOT, ("", width, "right")], [str(row["theme"]) for row in own])
        for (theme,), found in split(own, ("theme",)):
            for place, row in enumerate(found):
                bar = plotter.cell(Text("▇" * round(row["share"] * room), style=BLUE))
                grid.add_row(plotter.text(str(theme) if place == 0 else ""), plotter.text(str(row["wave"])), bar, plotter.text(share_bars.told(row)))
        yield grid


def stacked(rows: Sequence[Row], names: Sequence[str], plotter: Plotter) -> Iterator[RenderableType]:
    """One bar for each statement and wave, parted by answer."""
    waves = [str(wave) for wave in values(rows, "wave")]
    several: list[Place] = [("", min(max(map(len, waves)), _NAME), "left")] if len(waves) > 1 else []
    fills = strip.level_fills(len(names))
    yield plotter.legend(names, fills)
    grid, room = plotter.grid([*several, ("n", 6, "right"), PLOT], [str(row["text"]) for row in rows])
    for (_, words), own in split(rows, ("question", "text")):
        found = [list(answers) for _, answers in split(own, ("wave",))]
        shares = [{str(row["theme"]): row["share"] for row in answers} for answers in found]
        drawn = [strip.diverging([one.get(name, 0.0) for name in names], 0.0, (0.0, 1.0), room, fills, plotter.colour, directed=False) for one in shares]
        marks = [[text.shortened(str(answers[0]["wave"]), _NAME) for answers in found]] if several else []
        cells: list[Sequence[str | Text]] = [*marks, [text.count(answers[0]["n"]) for answers in found], drawn]
        grid.add_row(plotter.text(str(words)), *(Text("\n").join(plotter.cell(line) for line in cell) for cell in cells))
    yield grid


def lines(rows: Sequence[Row], plotter: Plotter) -> Iterator[RenderableType]:
    """A line for each answer from wave to wave, the answer at its end; ■ marks those of which a change was found. Of very many answers bars."""
    waves = [str(wave) for wave in values(rows, "wave")]
    yield plotter.text(say("topline.plot_lines"))
    for (source,), own in split(rows, ("source",)):
        courses = [list(found) for _, found in split(own, ("theme",))]
        if len(courses) > _MOST_LINES:
            yield from bars(own, plotter)
            continue
        yield plotter.heading(str(source))
        yield from _slopes(courses, waves, plotter)


def _slopes(courses: Sequence[Sequence[Row]], waves: Sequence[str], plotter: Plotter) -> Iterator[Text]:
    most = max((row["share"] for own in courses for row in own), default=0.0) or 1.0
    tall = max(_LEAST_TALL, len(courses) + 1)
    ends = [f"{used().cell('share', own[-1]['share'])} {own[-1]['theme']}" for own in courses]
    side = min(max(map(len, ends)), plotter.width * 2 // 5)
    top, foot = used().cell("share", most), used().cell("share", 0.0)
    edge = max(len(top), len(foot))
    room = max(plotter.width - side - edge - 3, 3 * len(waves))
    columns = {wave: round(at * (room - 1) / max(len(waves) - 1, 1)) for at, wave in enumerate(waves)}
    field, shade = _field(courses, columns, most, (tall, room))
    at = dict(zip(_apart([_line(own[-1]["share"], most, tall) for own in courses], tall), range(len(courses)), strict=True))
    for line in range(tall):
        left = (top if line == 0 else foot if line == tall - 1 else "").rjust(edge)
        right = text.shortened(ends[at[line]], side) if line in at else ""
        drawn = Text(f"{left} {''.join(field[line])}  {right}".rstrip())
        for place in (place for place in range(room) if (line, place) in shade):
            drawn.stylize(BLUE, edge + 1 + place, edge + 2 + place)
        yield plotter.cell(drawn)
    yield plotter.text(f"{' ' * (edge + 1)}{_foot(columns, room)}")


def _line(share: float, most: float, tall: int) -> int:
    return round((1 - share / most) * (tall - 1))


def _field(courses: Sequence[Sequence[Row]], columns: dict[str, int], most: float, size: tuple[int, int]) -> tuple[list[list[str]], set[tuple[int, int]]]:
    """The cells of the plot, those of answers that changed above the others, and which these are."""
    tall, room = size
    field, shade = [[" "] * room for _ in range(tall)], set[tuple[int, int]]()
    changed = [any(CONCLUSIONS[row["conclusion"]].found for row in own if row["conclusion"]) for own in courses]
    for own, found in sorted(zip(courses, changed, strict=True), key=lambda pair: pair[1]):
        points = [(columns[str(row["wave"])], row["share"]) for row in own]
        path = [(x, a + (b - a) * (x - left) / (right - left)) for (left, a), (right, b) in pairwise(points) for x in range(left + 1, right)]
        for cells, sign in ((path, "·"), (points, "■" if found else "○")):
            for x, share in cells:
                field[_line(share, most, tall)][x] = sign
                (shade.add if found else shade.discard)((_line(share, most, tall), x))
    return field, shade


def _apart(places: Sequence[int], tall: int) -> list[int]:
    """The lines of labels, each its own, as near as may be to their ends; there are at least as many lines as labels."""
    found = [0] * len(places)
    free = set(range(tall))
    for label in sorted(range(len(places)), key=lambda label: places[label]):
        found[label] = min(free, key=lambda line: (abs(line - places[label]), line))
        free.discard(found[label])
    return found


def _foot(columns: dict[str, int], room: int) -> str:
    """The names of the waves below their points, as far as they have room."""
    cells, wide = [" "] * room, max(room // max(len(columns), 1) - 1, 3)
    for wave, place in columns.items():
        name = text.shortened(wave, wide)
        start = min(max(place - len(name) // 2, 0), room - len(name))
        cells[start : start + len(name)] = name
    return "".join(cells).rstrip()
