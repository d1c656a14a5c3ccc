"""Colours that hold for the colour-blind and in grey: a ramp for levels, a pair for two waves, and what reads on them."""

from __future__ import annotations

from itertools import pairwise

EARLIER, LATER = "#F46A25", "#12436D"
"""Two waves; 3.4 to 1 in lightness, so that they stay apart in grey (Government Analysis Function, 2023)."""

EARLIER_WORDS, AGAINST = "#B04A00", "#A8001C"
"""Figures of the earlier wave as text (5:1 on white), and what is at odds."""

LOW, MIDDLE, HIGH = ("#B35806", "#F1A340", "#FDDCA9"), "#D9D9D9", ("#D1E5F0", "#67A9CF", "#2166AC")
"""Both halves of the ramp, in order of the scale, and its middle: orange and blue keep apart in every kind of colour-blindness."""

SEQUENCE = ("#DCE6F0", "#7FA3C7", "#12436D")
"""For scales whose direction nobody declared: light to dark."""

ALARM = "#B00020"
"""What goes against a claim; a sign says so as well."""


def levels(count: int, *, directed: bool = True) -> list[str]:
    """A colour for each level of a scale, lowest first; an odd count has a grey middle.

    >>> levels(5)
    ['#B35806', '#F1A340', '#D9D9D9', '#67A9CF', '#2166AC']
    """
    if not directed:
        return _ramp(SEQUENCE, count)
    half = count // 2
    low = [LOW[0], LOW[1]][:half] if half <= 2 else _ramp(LOW, half)
    high = [HIGH[1], HIGH[2]][2 - half :] if half <= 2 else _ramp(HIGH, half)
    return [*low, *([MIDDLE] if count % 2 else []), *high]


def between(share: float) -> str:
    """The colour of a mean that lies at `share` of the way from the lowest to the highest score.

    >>> between(0.0), between(0.5), between(1.0)
    ('#B35806', '#EDEDED', '#2166AC')
    """
    return _at((LOW[0], LOW[1], "#EDEDED", HIGH[1], HIGH[2]), share)


def mixed(one: str, other: str, share: float) -> str:
    """A colour so far from one to another.

    >>> mixed("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    return _at((one, other), share)


def on(colour: str) -> str:
    """Black or white, whichever reads better on a colour (WCAG 2.2 contrast).

    >>> on("#F1A340"), on("#12436D")
    ('#000000', '#FFFFFF')
    """
    return "#000000" if luminance(colour) > 0.179 else "#FFFFFF"


def luminance(colour: str) -> float:
    """Relative luminance of a colour, 0 black to 1 white (WCAG 2.2).

    >>> luminance("#FFFFFF")
    1.0
    """
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in _rgb(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ramp(stops: tuple[str, ...], count: int) -> list[str]:
    return [_at(stops, i / (count - 1)) if count > 1 else stops[len(stops) // 2] for i in range(count)]


def _at(stops: tuple[str, ...], share: float) -> str:
    place = min(max(share, 0.0), 1.0) * (len(stops) - 1)
    below, above = list(pairwise(stops))[min(int(place), len(stops) - 2)]
    weight = place - min(int(place), len(stops) - 2)
    return "#" + "".join(f"{round(a + (b - a) * weight):02X}" for a, b in zip(_rgb(below), _rgb(above), strict=True))


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
