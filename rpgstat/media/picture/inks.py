"""Pages that dots are drawn on: of few colours, a byte for each dot, or of all colours. Ink covers a dot wholly or in part, and mixes with what lies there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

from rpgstat.media.picture.stamps import Dots, Stamp, common

RGB = tuple[int, int, int]

_STEPS = 16
"""Steps from a ground to the ink on it; more are not told apart at the edge of a letter."""

_STEP = bytes([round(cover * _STEPS / 255) for cover in range(256)])
"""The step of each coverage."""

_NARROW = 8
"""A stamp is narrow that is so many times as high as it is wide."""

_COVERED = re.compile(b"[\x01-\x10](?:(?<=\x10)\x10*|[\x01-\x0f]*)")
"""Steps that cover wholly, or in part: written so that what is not covered is passed over in no time."""


class TooManyError(Exception):
    """A palette has no place left."""


class Page(Protocol):
    """What shapes are drawn on."""

    def fill(self, place: Dots, colour: str) -> None:
        """Covers a rectangle."""

    def stamp(self, stamp: Stamp, colour: str) -> None:
        """Covers each dot as far as the stamp says."""

    def image(self) -> Any:
        """What was drawn."""


class AllColours:
    """A white page on which any two colours mix."""

    def __init__(self, size: tuple[int, int]) -> None:
        from PIL import Image

        self._page = Image.new("RGB", size, "white")

    def fill(self, place: Dots, colour: str) -> None:
        """Covers a rectangle."""
        self._page.paste(colour, place)

    def stamp(self, stamp: Stamp, colour: str) -> None:
        """Covers each dot as far as the stamp says."""
        from PIL import Image

        self._page.paste(colour, (stamp.x, stamp.y), Image.frombytes("L", (stamp.width, stamp.height), stamp.dots))

    def image(self) -> Any:
        """What was drawn."""
        return self._page


class FewColours:
    """A white page of at most 256 colours, which takes a third of the room and the time. Raises TooManyError when there are more.

    Colours of shapes are kept as they are. Of those between two, at edges, one may stand for others that look like it.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._width, self._height = size
        self._page = bytearray(self._width * self._height)
        self._colours: list[RGB] = []
        self._places: dict[RGB, int] = {}
        self._alike: dict[RGB, int] = {}
        self._mixes: list[_Mixes] = []
        self._kept_of: dict[int, set[int]] = defaultdict(set)
        self._ramps: dict[tuple[int, int], bytes] = {}
        self._place("white")

    def fill(self, place: Dots, colour: str) -> None:
        """Covers a rectangle."""
        left, top, right, bottom = common(place, (0, 0, self._width, self._height))
        row = bytes([self._place(colour)]) * (right - left)
        for start in range(top * self._width + left, bottom * self._width, self._width):
            self._page[start : start + len(row)] = row

    def stamp(self, stamp: Stamp, colour: str) -> None:
        """Covers each dot as far as the stamp says."""
        stamp = stamp.cut((0, 0, self._width, self._height))
        width, page, ink = stamp.width, self._page, self._place(colour)
        if not stamp.dots:
            return
        if stamp.even:
            self._keep(ink, set(stamp.dots.translate(_STEP)))
        starts = range(stamp.y * self._width + stamp.x, (stamp.y + stamp.height) * self._width, self._width)
        if width * _NARROW < stamp.height:  # an upright line is looked at column by column
            for i in range(width):
                column = slice(starts[0] + i, starts[-1] + i + 1, self._width)
                page[column] = self._covered(page[column], stamp.dots[i::width], ink)
            return
        made = self._covered(b"".join([page[start : start + width] for start in starts]), stamp.dots, ink)
        for i, start in enumerate(starts):
            page[start : start + width] = made[i * width : (i + 1) * width]

    def _covered(self, ground: bytes | bytearray, dots: bytes, ink: int) -> bytes | bytearray:
        """A ground with ink on it."""
        if ground == ground[:1] * len(ground):
            return dots.translate(self._ramp(ground[0], ink))
        return self._mixed(bytearray(ground), dots.translate(_STEP), ink)

    def _keep(self, ink: int, steps: set[int]) -> None:
        """Keeps the colours of a hairline on white as they are: it may be pale, and nothing but edges."""
        for step in steps - self._kept_of[ink]:
            self._kept_of[ink].add(step)
            self._mixes[ink][0, step] = self._kept(self._mixes[ink].colour(0, step))
            self._ramps.pop((0, ink), None)

    def _mixed(self, ground: bytearray, steps: bytes, ink: int) -> bytearray:
        """A ground of several colours with ink on it: runs of dots that it covers wholly, and each of those between."""
        mixed, whole = self._mixes[ink].__getitem__, bytes([ink])
        for run in _COVERED.finditer(steps):
            start, end = run.span()
            if steps[start] == _STEPS:
                ground[start:end] = whole * (end - start)
            else:
                ground[start:end] = bytes(map(mixed, zip(ground[start:end], steps[start:end], strict=True)))
        return ground

    def image(self) -> Any:
        """What was drawn."""
        from PIL import Image

        made = Image.frombuffer("P", (self._width, self._height), self._page, "raw", "P", 0, 1)
        made.putpalette([part for colour in self._colours for part in colour])
        return made

    def _ramp(self, below: int, ink: int) -> bytes:
        """The place of the colour of each coverage, 0 to 255, from that of a ground to that of an ink."""
        found = self._ramps.get((below, ink))
        if found is None:
            mixed = self._mixes[ink]
            found = self._ramps[below, ink] = bytes([mixed[below, step] for step in _STEP])
        return found

    def like(self, colour: RGB) -> int:
        """The place of a colour, or of one that looks like it."""
        place = self._places.get(colour, self._alike.get(_look(colour)))
        return self._kept(colour) if place is None else place

    def _place(self, colour: str) -> int:
        return self._kept(_rgb(colour))

    def _kept(self, colour: RGB) -> int:
        place = self._places.get(colour)
        if place is None:
            place = self._places[colour] = len(self._colours)
            if place > 255:
                raise TooManyError
            self._colours.append(colour)
            self._mixes.append(_Mixes(self, self._colours, colour))
            self._alike.setdefault(_look(colour), place)
        return place


class _Mixes(dict[tuple[int, int], int]):
    """The places of what an ink becomes on a ground, by the place of that and the step."""

    def __init__(self, page: FewColours, colours: Sequence[RGB], ink: RGB) -> None:
        self._page, self._colours, self._ink = page, colours, ink

    def __missing__(self, pair: tuple[int, int]) -> int:
        found = self[pair] = self._page.like(self.colour(*pair))
        return found

    def colour(self, below: int, step: int) -> RGB:
        """What the ink becomes on a ground, so many steps from it."""
        red, green, blue = (round(a + (b - a) * step / _STEPS) for a, b in zip(self._colours[below], self._ink, strict=True))
        return red, green, blue


def _look(colour: RGB) -> RGB:
    return colour[0] >> 3, colour[1] >> 3, colour[2] >> 3


@cache
def _rgb(colour: str) -> RGB:
    from PIL import ImageColor

    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue
