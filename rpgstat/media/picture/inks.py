"""Pages that dots are drawn on: of few colours, a byte for each dot, or of all colours. Ink covers a dot wholly or in part, and mixes with what lies there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol, cast

from rpgstat.media.picture.masks import Stamp

Dots = tuple[int, int, int, int]
"""A rectangle: its left and upper dots, and those after its last."""

RGB = tuple[int, int, int]

_STEPS = 16
"""Steps from a ground to the ink on it; more are not told apart at the edge of a letter."""

_STEP = bytes([round(cover * _STEPS / 255) for cover in range(256)])
"""The step of each coverage."""

_FEW_DOTS = 1500
"""On a ground of several colours so few dots are looked at one by one, which takes less time than looking at colour by colour."""


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
        self._page.paste(colour, stamp.place, stamp.mask)

    def image(self) -> Any:
        """What was drawn."""
        return self._page


class FewColours:
    """A white page of at most 256 colours, which takes a third of the room and the time. Raises TooManyError when there are more.

    Colours of shapes are kept as they are. Of those between two, at edges, one may stand for others that look like it.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        from PIL import Image

        self._page = Image.new("L", size)
        self._colours: list[RGB] = []
        self._places: dict[RGB, int] = {}
        self._alike: dict[RGB, int] = {}
        self._mixes: list[_Mixes] = []
        self._kept_of: dict[int, set[int]] = defaultdict(set)
        self._ramps: dict[tuple[int, int], bytes] = {}
        self._place("white")

    def fill(self, place: Dots, colour: str) -> None:
        """Covers a rectangle."""
        self._page.paste(self._place(colour), place)

    def stamp(self, stamp: Stamp, colour: str) -> None:
        """Covers each dot as far as the stamp says."""
        ground, ink = self._page.crop(stamp.place), self._place(colour)
        lowest, highest = cast("tuple[int, int]", ground.getextrema())
        if stamp.even:
            self._keep(ink, set(stamp.mask.tobytes().translate(_STEP)))
        if lowest == highest:
            made = _through(stamp.mask, self._ramp(lowest, ink))
        elif ground.width * ground.height < _FEW_DOTS:
            mixed, steps = self._mixes[ink], stamp.mask.tobytes().translate(_STEP)
            made = _image(bytes([mixed[pair] for pair in zip(ground.tobytes(), steps, strict=True)]), ground.size)
        else:
            made = self._mixed(ground, _through(stamp.mask, _STEP), ink)
        self._page.paste(made, stamp.place)

    def _keep(self, ink: int, steps: set[int]) -> None:
        """Keeps the colours of a hairline on white as they are: it may be pale, and nothing but edges."""
        for step in steps - self._kept_of[ink]:
            self._kept_of[ink].add(step)
            self._mixes[ink][0, step] = self._kept(self._mixes[ink].colour(0, step))
            self._ramps.pop((0, ink), None)

    def _mixed(self, ground: Any, steps: Any, ink: int) -> Any:
        """A stamp on a ground of several colours: of each only the steps that there are take a place."""
        from PIL import ImageChops

        made = ground.copy()
        for below in _found(ground):
            here = _through(ground, _only(below))
            covered = ImageChops.darker(steps, here)
            found = _found(covered)
            if below != ink and found != [0]:
                ramp = bytearray(256)
                for step in found:
                    ramp[step] = self._mixes[ink][below, step]
                made.paste(_through(covered, bytes(ramp)), mask=here)
        return made

    def image(self) -> Any:
        """What was drawn."""
        self._page.putpalette([part for colour in self._colours for part in colour])
        return self._page

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


def _through(image: Any, table: bytes) -> Any:
    """Each dot as a table has it: `Image.point` rounds the whole table each time, which takes longer."""
    return _image(image.tobytes().translate(table), image.size)


def _found(image: Any) -> list[int]:
    return [place for _, place in image.getcolors()]


def _image(dots: bytes, size: tuple[int, int]) -> Any:
    from PIL import Image

    return Image.frombytes("L", size, dots)


@cache
def _only(place: int) -> bytes:
    return bytes([255 if i == place else 0 for i in range(256)])


@cache
def _rgb(colour: str) -> RGB:
    from PIL import ImageColor

    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue
