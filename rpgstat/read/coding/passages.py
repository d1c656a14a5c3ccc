"""Whether a coded passage stands where its project says: programs count characters, line ends and signs of two units in ways of their own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

_TELLING = 12
"""A passage's name of fewer characters may stand anywhere, or be a label that somebody gave."""


class Words:
    """The text of a source, line ends as line feeds, in each of the ways in which programs count its characters."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _units(self) -> tuple[bytes, bytes]:
        """Two bytes a unit of UTF-16, with line ends of one character and of two."""
        return self._text.encode("utf-16-le", "surrogatepass"), self._text.replace("\n", "\r\n").encode("utf-16-le", "surrogatepass")

    @cached_property
    def _squeezed(self) -> str:
        return _squeezed(self._text)

    @property
    def longest(self) -> int:
        """The most characters that any program counts in it."""
        return len(self._units[1]) // 2

    def lost(self, name: str, start: int, end: int) -> bool:
        """Whether a passage named by its own words stands elsewhere in the text and not from `start` to `end`.

        A name that stands nowhere in the text is a label, of which nothing can be said.
        """
        words = _squeezed(name.removesuffix("…").removesuffix("..."))
        if len(words) < _TELLING or any(words in _squeezed(read) for read in self._read(start, end)):
            return False
        return words in self._squeezed

    def _read(self, start: int, end: int) -> Iterator[str]:
        """What stands from `start` to `end`, in each way of counting."""
        yield self._text[start:end]
        for units in self._units:
            yield units[2 * start : 2 * end].decode("utf-16-le", "replace")


def _squeezed(words: str) -> str:
    return " ".join(words.split())
