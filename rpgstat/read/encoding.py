"""Finds how a text file is encoded, and makes UTF-8 with line feeds of it when it is anything else."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from rpgstat.errors import UserError
from rpgstat.read.scratch import scratch_file, writing
from rpgstat.record import record

_WHOLE = 50_000_000  # bytes: a file up to this size is validated throughout, of a larger one only samples
_CHUNK = 1 << 20
_LEGACY = {"cp1252": "windows-1252", "mac_roman": "mac-roman"}  # the commoner first: it wins a tie
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_QUOTED = re.compile(r'"[^"]*"')


@record
class Text:
    """A file in UTF-8 (with or without a byte-order mark) and line feeds, and the encoding it came in."""

    path: Path
    encoding: str
    warnings: tuple[str, ...] = ()


def as_utf8(path: Path, name: str) -> Text:
    """The file itself when Polars can read it as it is, else a temporary copy in UTF-8.

    UTF-16 is known by its byte-order mark or its NULs; what is neither UTF-8 nor UTF-16 is Windows-1252 or Mac Roman, whichever
    makes the more plausible text. Raises UserError for a binary file.
    """
    codec = _codec(path, name)
    newline = None if _ends_in_returns(path, codec) else ""
    if codec.startswith("utf-8"):
        return Text(path if newline == "" else _converted(path, codec, name, newline), "utf-8")
    encoding = _LEGACY.get(codec, "utf-16")
    check = "; check accented letters and quotation marks" if codec in _LEGACY else ""
    return Text(_converted(path, codec, name, newline), encoding, (f"not UTF-8; read as {encoding}{check}",))


def _codec(path: Path, name: str) -> str:
    chunks = list(_chunks(path))
    first = chunks[0]
    marked = next((codec for bom, codec in _BOMS if first.startswith(bom)), None)
    wide = marked if marked == "utf-16" else _wide(first)
    if wide is not None:
        return wide
    if any(b"\0" in chunk for chunk in chunks):
        raise UserError(f"{name}: looks like a binary file, not text", "export the responses as CSV or Excel")
    if all(_is_utf8(chunk) for chunk in chunks):
        return marked or "utf-8"
    return max(_LEGACY, key=lambda codec: sum(plausibility(chunk, codec) for chunk in chunks))


def _chunks(path: Path) -> Iterator[bytes]:
    """The whole file, or of a large one its beginning, its end and six places between."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        if size <= _WHOLE:
            yield stream.read()
            return
        for i in range(8):
            stream.seek(i * (size - _CHUNK) // 7)
            yield stream.read(_CHUNK)


def _wide(start: bytes) -> str | None:
    """UTF-16 without a byte-order mark: mostly ASCII, so that every other byte is NUL."""
    start = start[:4096]
    half = len(start) // 2
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.1 * half else None


def _is_utf8(chunk: bytes) -> bool:
    cut = next((i for i, byte in enumerate(chunk[:4]) if byte & 0xC0 != 0x80), 0)  # a chunk may begin within a character
    try:
        codecs.getincrementaldecoder("utf-8")().decode(chunk[cut:], final=False)
    except UnicodeDecodeError:
        return False
    return True


def plausibility(data: bytes, codec: str) -> int:
    """How much like Western text the bytes outside ASCII look in a legacy encoding; higher is more plausible.

    >>> plausibility(b"don\\x92t", "cp1252") > plausibility(b"don\\x92t", "mac_roman")
    True
    >>> plausibility(b"d\\x8ej\\x88 vu", "mac_roman") > plausibility(b"d\\x8ej\\x88 vu", "cp1252")
    True
    """
    text = data.decode(codec, errors="replace")
    spots = [match.start() for match in islice(re.finditer(r"[^\x00-\x7f]", text), 5000)]
    return sum(_fit(text[i - 1 : i], text[i], text[i + 1 : i + 2]) for i in spots)


def _fit(before: str, char: str, after: str) -> int:
    inside = before.isalpha() and after.isalpha()
    if char == "\u2019" and inside:
        return 4  # the apostrophe of "don't", by far the commonest
    if char in "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\xa0\xa3\u2022":
        return -1 if inside else 2
    if char in "\u0192\u0131":
        return -2  # small letters of no Western word: capital umlauts of Windows look so to a Macintosh
    if char.islower():
        return 2 if before.isalpha() or after.isalpha() else 0
    if char.isupper():
        return -2 if before.islower() else 1
    return -2


def _ends_in_returns(path: Path, codec: str) -> bool:
    """Whether lines end in a carriage return alone, as old Macintosh programs write them."""
    with path.open("rb") as stream:
        head = stream.read(_CHUNK)
    text = _QUOTED.sub("", codecs.getincrementaldecoder(codec)(errors="replace").decode(head))
    return "\r" in text and "\n" not in text


def _converted(path: Path, codec: str, name: str, newline: str | None) -> Path:
    """A copy in UTF-8; `newline` None turns every line end into a line feed, "" keeps them."""
    copy = scratch_file()
    errors = "replace" if codec in _LEGACY else "strict"
    try:
        with path.open(encoding=codec, errors=errors, newline=newline) as old, writing(copy) as new:
            left = path.stat().st_size  # characters are no more than bytes: a file that grows on and on would fill the disk
            while text := old.read(min(_CHUNK, max(left, 0) + 1)):
                left -= len(text)
                if left < 0:
                    raise UserError(f"{name}: changed while it was read", "run again when nothing writes to it")
                new.write(text)
    except UnicodeError as error:
        raise UserError(f"{name}: its {codec.upper()} text is damaged", "export it again, or save it again as CSV (UTF-8)") from error
    return copy
