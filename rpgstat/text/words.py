"""Words as sentences take them, and as a terminal or a file can."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rpgstat.text.numbers import MINUS, NONE, count

_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_ASCII = str.maketrans(
    {
        MINUS: "-",
        NONE: "-",
        "—": "-",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "…": "...",
        "\N{NO-BREAK SPACE}": " ",
        "→": "->",
        "▲": "^",
        "▼": "v",
        "◆": "*",
        "≈": "~",
        "·": ".",
        "▁": "_",
        "▂": ",",
        "▃": "-",
        "▄": "=",
        "▅": "+",
        "▆": "*",
        "▇": "#",
        "█": "#",
        "│": "|",
        "─": "-",
        "━": "=",
        "×": "x",
        "±": "+/-",
        "≤": "<=",
        "≥": ">=",
        "★": "*",
        "†": "+",
        "○": "o",
        "●": "o",
        "■": "#",
        "□": "=",
        "├": "|",
        "┤": "|",
        "┊": ":",
    }
)


def plural(n: int, singular: str, several: str | None = None) -> str:
    """A count with its noun; `several` where the plural is not made with an s.

    >>> plural(1, "item"), plural(2_000, "item"), plural(0, "person", "people")
    ('1 item', '2,000 items', '0 people')
    """
    return f"{count(n)} {singular if n == 1 else several or singular + 's'}"


def sentence(words: str) -> str:
    """Words as a sentence of their own.

    >>> sentence("no rate")
    'No rate.'
    """
    return f"{words[:1].upper()}{words[1:]}."


def stopped(words: str) -> str:
    """Words that stand before a sentence, with a full stop unless they end in one or in a question mark.

    >>> stopped("Self-efficacy"), stopped("Do you feel supported?")
    ('Self-efficacy.', 'Do you feel supported?')
    """
    return words if words.endswith((".", "?", "!", "…", ":")) else f"{words}."


def headed(name: str, words: str) -> str:
    """A title of two parts; no colon stands behind a full stop or a question mark.

    >>> headed("Reflective practice groups", "scores"), headed("Do you feel supported?", "scores"), headed("", "scores")
    ('Reflective practice groups: scores', 'Do you feel supported? Scores', 'Scores')
    """
    if not name or name.endswith((".", "?", "!", "…", ":")):
        return f"{name} {words[:1].upper()}{words[1:]}".strip()
    return f"{name}: {words}"


def listing(words: Sequence[str], conjunction: str = "and") -> str:
    """Words as a sentence lists them.

    >>> listing(["a", "b", "c"]), listing(["a", "b"], "or"), listing(["a"]), listing([])
    ('a, b and c', 'a or b', 'a', '')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def shortened(words: str, most: int = 60) -> str:
    """Words on one line, cut with "…" when longer than `most` characters.

    >>> shortened("I get to the bottom of tangled problems", 20)
    'I get to the bottom…'

    A bracket that would be left open is cut too, unless the words begin with it.

    >>> shortened("Confidence in research (say, of methods)", 30)
    'Confidence in research…'
    """
    line = one_line(words)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    if cut.rfind("(") > max(cut.rfind(")"), 0):
        cut = cut[: cut.rfind("(")]
    return cut.rstrip() + "…"


def one_line(text: str) -> str:
    """Text from a file made safe to print: one line, single spaces, no control, direction or zero-width characters, none that XML cannot hold.

    >>> one_line("red \\x1b[31malert\\n\\u202etxt")
    'red [31malert txt'
    """
    if text.isascii() and text.isprintable() and "  " not in text:  # as most texts are
        return text.strip()
    shown = (" " if unicodedata.category(c) in {"Zl", "Zp"} or c.isspace() else c for c in text)
    return " ".join("".join(c for c in shown if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} and c not in "\ufffe\uffff").split())


def harmless(words: str) -> str:
    """Text without what acts on a terminal: control characters but tabs and line feeds, and those that turn the direction of writing.

    >>> harmless("\\x1b[2Jgone\\u202e")
    '�[2Jgone�'
    """
    return _ACTING.sub("\N{REPLACEMENT CHARACTER}", words)


def ascii(text: str) -> str:
    """The text with our own symbols and typographic quotes in ASCII, for a console that cannot show them; letters stay.

    >>> ascii("▲ −0.12 → 0.50 … ▇▇│·· é")
    '^ -0.12 -> 0.50 ... ##|.. é'
    """
    return text.translate(_ASCII)
