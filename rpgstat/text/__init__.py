"""Numbers and words as people read them."""

from rpgstat.text.numbers import (
    MINUS,
    NONE,
    cell,
    confidence,
    count,
    fixed,
    hundredfold,
    interval,
    number,
    p_phrase,
    p_value,
    percent,
    short,
    signed,
    signed_cell,
    signed_percent,
    span,
)
from rpgstat.text.words import ascii, harmless, headed, listing, one_line, plural, sentence, shortened, stopped

__all__ = [
    "MINUS",
    "NONE",
    "cell",
    "confidence",
    "count",
    "fixed",
    "hundredfold",
    "interval",
    "number",
    "p_phrase",
    "p_value",
    "percent",
    "short",
    "signed",
    "signed_cell",
    "signed_percent",
    "span",
]
__all__ += ["ascii", "harmless", "headed", "listing", "one_line", "plural", "sentence", "shortened", "stopped"]
