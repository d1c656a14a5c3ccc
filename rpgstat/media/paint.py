"""What cells of a workbook look like, and what text they can hold."""

from __future__ import annotations

import re
from typing import Any

from rpgstat.media.style import Style

_LONGEST = 32_767  # characters that a cell holds
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Paint:
    """The workbook with its formats, each made once."""

    def __init__(self, book: Any, style: Style) -> None:
        self.book, self.style = book, style
        self._formats: dict[tuple[str, bool], Any] = {}
        self.heading = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 14})
        head = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "bg_color": "#E7ECEF"}
        self.header, self.number_header = book.add_format(head), book.add_format(head | {"align": "right", "indent": 1})

    def format(self, number: str = "", *, bold: bool = False) -> Any:
        """The format of a cell: of text without `number`."""
        if (number, bold) not in self._formats:
            shown = {"num_format": number, "align": "right", "indent": 1} if number else {"text_wrap": True}
            self._formats[number, bold] = self.book.add_format({"valign": "top", "bold": bold} | shown)
        return self._formats[number, bold]


def safe(words: str) -> str:
    """Text that a cell can hold: no character that XML refuses, and cut, with a sign, where Excel would refuse the whole."""
    kept = _NO_XML.sub("", words)
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"
