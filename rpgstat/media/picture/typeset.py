"""Lines of plain text in dots, put together of letters that are each drawn once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache

from rpgstat.media.picture import fonts
from rpgstat.media.picture.stamps import Stamp
from rpgstat.record import record


@record
class _Letter:
    """One letter: how far it covers dots, column by column of `room` times three, the baseline after two thirds.

    `left` is its first column from where it starts, `top` and `bottom` are the rows that it takes.
    """

    columns: bytes
    left: int
    top: int
    bottom: int


@lru_cache(maxsize=4000)
def line(words: str, pixels: float, bold: bool) -> Stamp | None:
    """A line of text in letters so many dots high, from the start of its baseline; None where there is nothing to see."""
    placed, at, before = list[tuple[int, _Letter]](), 0.0, ""
    lengths, letters = fonts.lengths(pixels, bold), _letters(pixels, bold)
    for character in words:
        at += lengths[before + character] - lengths[character] if before else 0.0
        if letter := letters[before := character]:
            placed.append((round(at) + letter.left, letter))
    return _together(placed, 3 * math.ceil(pixels)) if placed else None


def _together(placed: Sequence[tuple[int, _Letter]], tall: int) -> Stamp:
    left, right = min(at for at, _ in placed), max(at + len(letter.columns) // tall for at, letter in placed)
    top, bottom = min(letter.top for _, letter in placed), max(letter.bottom for _, letter in placed)
    drawn, end = bytearray((right - left) * tall), 0
    for at, letter in placed:
        start, own = (at - left) * tall, letter.columns
        if start < end:  # letters that reach under one another
            own = bytes(map(_both, drawn[start : start + len(own)], own))
        drawn[start : start + len(own)] = own
        end = max(end, start + len(own))
    rows = b"".join([drawn[row::tall] for row in range(top, bottom)])
    return Stamp(rows, right - left, bottom - top, left, top - 2 * tall // 3)


def _both(one: int, other: int) -> int:
    """How far a dot is covered where two letters meet."""
    return one + other - round(one * other / 255)


@cache
def _letters(pixels: float, bold: bool) -> _Letters:
    return _Letters(pixels, bold)


class _Letters(dict[str, "_Letter | None"]):
    """Letters of one size that were drawn; None for one that is blank."""

    def __init__(self, pixels: float, bold: bool) -> None:
        self._face, self._room = fonts.letters(pixels, bold), math.ceil(pixels)

    def __missing__(self, character: str) -> _Letter | None:
        from PIL import Image, ImageDraw

        room, width = self._room, math.ceil(self._face.getlength(character))
        drawn = Image.new("L", (width + 2 * room, 3 * room))
        ImageDraw.Draw(drawn).text((room, 2 * room), character, fill=255, font=self._face, anchor="ls")
        found, box = None, drawn.getbbox()
        if box:
            columns = drawn.crop((box[0], 0, box[2], 3 * room)).transpose(Image.Transpose.TRANSPOSE).tobytes()
            found = _Letter(columns, box[0] - room, box[1], box[3])
        self[character] = found
        return found
