"""A picture in dots: matplotlib draws its lines and areas, Pillow sets its plain text, which takes a tenth of the time."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.text import Text

_ANCHORS = {"left": "ls", "center": "ms", "right": "rs"}  # by the baseline
_MOST_COLOURS, _MOST_DOTS = 1 << 14, 1 << 24
"""Colours and dots of a picture for which a palette is made: none of ours has a quarter of the one, and a long one would take much memory."""
_COMPRESSION = 3  # of 9: as small as 6 on such pictures, in half the time


def png(figure: Any, texts: Sequence[Text], dpi: float, metadata: dict[str, str]) -> bytes:
    """A figure as PNG; `texts` are those of its words that nothing is drawn over, upright and placed by their baselines."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image, ImageDraw, PngImagePlugin

    figure.set_dpi(dpi)
    plain = [artist for artist in texts if is_plain(artist.get_text())]
    for artist in plain:
        artist.set_visible(False)
    agg: Any = FigureCanvasAgg(figure)
    agg.draw()
    image = Image.frombuffer("RGBA", agg.get_width_height(), agg.buffer_rgba(), "raw", "RGBA", 0, 1)
    pen = ImageDraw.Draw(image)
    for artist in plain:
        artist.set_visible(True)
        x, y = artist.get_transform().transform(artist.get_position())
        font = _font(bool(artist.get_fontweight() == "bold"), float(artist.get_fontsize()) * dpi / 72)
        place = (float(x), image.height - float(y))
        pen.text(place, artist.get_text(), fill=str(artist.get_color()), font=font, anchor=_ANCHORS[artist.get_horizontalalignment()])
    told, drawn = PngImagePlugin.PngInfo(), io.BytesIO()
    for key, words in metadata.items():
        told.add_text(key, words)
    _few_colours(image).save(drawn, "png", pnginfo=told, dpi=(dpi, dpi), compress_level=_COMPRESSION)
    return drawn.getvalue()


def _few_colours(image: Any) -> Any:
    """An opaque picture with a palette of 256 colours, which takes half the room and the time; a rare one, of edges, becomes the nearest."""
    import numpy as np
    from PIL import Image

    found = image.getcolors(_MOST_COLOURS) if image.width * image.height <= _MOST_DOTS else None
    if found is None:
        return image.convert("RGB")
    colours = np.array([colour[:3] for _, colour in sorted(found, reverse=True)], dtype=np.int32)
    kept = colours[_unlike(colours)[:256]]
    nearest = np.concatenate([((some[:, None] - kept) ** 2).sum(axis=2).argmin(axis=1) for some in np.array_split(colours, len(colours) // 512 + 1)])
    places = np.empty(1 << 24, dtype=np.uint8)
    places[colours @ (1, 1 << 8, 1 << 16)] = nearest
    every = np.frombuffer(image.tobytes(), dtype="<u4") & 0xFFFFFF
    made = Image.frombytes("P", image.size, places.take(every).tobytes())
    made.putpalette(kept.astype(np.uint8).tobytes())
    return made


def _unlike(colours: Any) -> Any:
    """The places of colours, the commonest first, in the order in which they are kept: of those that look alike the first, then the others.

    The many greys at the edges of letters so leave room for a legend's colours, of which there are few dots.
    """
    import numpy as np

    _, first = np.unique((colours >> 3) @ (1, 1 << 5, 1 << 10), return_index=True)
    first.sort()
    return np.concatenate([first, np.delete(np.arange(len(colours)), first)])


def length(words: str, size: float, bold: bool) -> float:
    """The length of a line of plain text set in `size` points, in points."""
    return float(_font(bold, 100.0).getlength(words)) * size / 100


@lru_cache(maxsize=100)
def _font(bold: bool, pixels: float) -> Any:
    from matplotlib.font_manager import FontProperties, findfont
    from PIL import ImageFont

    path = findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal"))
    return ImageFont.truetype(path, pixels, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=50_000)
def is_plain(words: str) -> bool:
    """Whether one glyph after another will do: no script that joins letters or runs from the right, no marks over letters."""
    if words.isascii():
        return words.isprintable()
    return all((c < "\u0590" or "\u2000" <= c < "\u2c00") and not unicodedata.category(c).startswith(("M", "C")) for c in words)
