"""The two manners in which documents are written: APA 7, and UK government statistics (GSS); what differs stands here, once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from rpgstat import text
from rpgstat.glossary.sentences import say, word
from rpgstat.record import record

_STATISTICS = re.compile(r"(?<![\w’'.-])(n|M|SD|t|F|H|U|p|df|g|r|z)(?![\w’'-])")
_BARE_POINT = re.compile(r"(?<![\d.])\.(?=\d)")


@record
class Style:
    """How tables are written. `wide` tables hold one number in a cell; a screen packs several.

    `headers` names the sentences that head columns by key, where they differ from the glossary's; `symbols` whether signs may stand for words;
    `tight` whether a per cent sign stands close to its number.
    """

    name: str
    wide: bool
    symbols: bool
    headers: Mapping[str, str]
    tight: bool = False

    def cell(self, kind: str, value: object) -> str:
        """A number or text of a glossary kind, as `text.cell` but in this style.

        >>> APA.cell("p", 0.0421), GSS.cell("p", 0.0421), GSS.cell("p", 0.0001), GSS.cell("share", 0.62), PLAIN.cell("share", 0.62)
        ('.042', '0.042', '<0.001', '62%', '62 %')
        """
        return self.figure(text.cell(kind, value)) if kind != "text" else text.cell(kind, value)

    def signed(self, kind: str, value: float) -> str:
        """As `cell`, with a plus sign before a positive number."""
        return self.figure(text.signed_cell(kind, value))

    def interval(self, kind: str, low: float, high: float) -> str:
        """Two limits.

        >>> PLAIN.interval("points", -0.05, 0.5), GSS.interval("points", -0.05, 0.5)
        ('[−0.05, 0.50]', '−0.05 to 0.50')
        """
        ends = self.cell(kind, low), self.cell(kind, high)
        return say("number.span", low=ends[0], high=ends[1]) if self.name == "gss" else f"[{ends[0]}, {ends[1]}]"

    def limits(self, kind: str, low: float, high: float) -> str:
        """Two limits to stand behind their figure.

        >>> PLAIN.limits("points", -0.05, 0.5), GSS.limits("points", -0.05, 0.5)
        ('[−0.05, 0.50]', '(−0.05 to 0.50)')
        """
        shown = self.interval(kind, low, high)
        return shown if shown.startswith("[") else f"({shown})"

    def figure(self, shown: str) -> str:
        """A number as `text` wrote it: with its leading zero and without spaces where the style wants that."""
        shown = re.sub(r"([<>]) ", r"\1", _BARE_POINT.sub("0.", shown)) if self.name == "gss" else shown
        return shown.replace(" %", "%") if self.tight else shown

    @property
    def absent(self) -> str:
        """What stands in a cell without a value."""
        return "[x]" if self.name == "gss" else text.NONE

    def header(self, key: str, shown: str) -> str:
        """The heading of a column whose glossary label, or the label that its result gives it, is `shown`."""
        family, _, code = self.headers.get(key, "").partition(".")
        return word(family, code) if code else shown

    def runs(self, words: str) -> Iterator[tuple[str, bool]]:
        """Words of ours in parts, and whether each is set in italics, as APA sets the symbols of statistics.

        >>> list(APA.runs("p (Holm)")), list(GSS.runs("p (Holm)"))
        ([('p', True), (' (Holm)', False)], [('p (Holm)', False)])
        """
        parts = _STATISTICS.split(words) if self.name == "apa" else [words]
        return ((part, place % 2 == 1) for place, part in enumerate(parts) if part)

    def prose(self, words: str) -> str:
        """A sentence of ours in this style: only the space before a per cent sign differs.

        >>> GSS.prose("95 % intervals"), APA.prose("95 % intervals"), PLAIN.prose("95 % intervals")
        ('95% intervals', '95% intervals', '95 % intervals')
        """
        return re.sub(r"(?<=\d) %", "%", words) if self.tight else words


_ALIKE = {
    **dict.fromkeys(("n", "n_reference", "n_rest"), "n"),
    **dict.fromkeys(("mean", "mean_reference", "mean_rest"), "mean"),
    **dict.fromkeys(("sd", "sd_reference"), "sd"),
}
_SHORT = {key: f"short.{code}" for key, code in _ALIKE.items()}
_LONG = {key: f"long.{code}" for key, code in _ALIKE.items()} | {"p_value": "long.p_value", "p_adjusted": "long.p_adjusted"}
"""Columns -> the sentences that head them in a style."""

PLAIN = Style("plain", wide=False, symbols=True, headers={})
APA = Style("apa", wide=True, symbols=True, headers=_SHORT, tight=True)
GSS = Style("gss", wide=True, symbols=False, headers=_LONG, tight=True)
STYLES = {style.name: style for style in (APA, GSS)}
"""What `--style` takes."""

_USED: ContextVar[Style] = ContextVar("style", default=PLAIN)


@contextmanager
def writing(style: Style) -> Iterator[None]:
    """Figures and what is found in them are written in `style` meanwhile."""
    token = _USED.set(style)
    try:
        yield
    finally:
        _USED.reset(token)


def used() -> Style:
    """The style that figures are written in: plain, but in documents.

    >>> with writing(GSS):
    ...     used().interval("points", -0.05, 0.5)
    '−0.05 to 0.50'
    """
    return _USED.get()


_MINUS_SECTION = {"mean": "0.00", "points": "0.00", "effect": "0.00", "statistic": "0.00", "rate": "0.0 %", "share": "0 %"} | {
    "number_change": "#,##0.00",
    "each": "0.0",
    "share_change": "0.0 %",  # Excel cannot show an unrounded share as points, only as per cent
    "share_slope": "0.00 %",
}


def number_format(style: Style, kind: str, value: float, *, signed: bool = False) -> str:
    """The Excel number format that shows `value` as `Style.cell` writes it.

    >>> number_format(APA, "p", 0.02), number_format(GSS, "share", 0.5), number_format(APA, "points", 0.4, signed=True)
    ('[<0.001]"< .001";[>=0.9995]"> .999";.000', '0%;−0%;0%', '+0.00;−0.00;0.00')
    """
    if kind == "p":
        return '[<0.001]"<0.001";[>=0.9995]">0.999";0.000' if style.name == "gss" else '[<0.001]"< .001";[>=0.9995]"> .999";.000'
    if kind == "ratio":
        return '[>=1000]"> 1000";[<0.001]"< 0.001";' + ("0.00" if value >= 0.1 else "0.000")
    digits = _MINUS_SECTION.get(kind) or _unit_format(kind, whole=float(value).is_integer())
    digits = digits.replace(" %", "%") if style.tight else digits
    return f"{'+' if signed else ''}{digits};{text.MINUS}{digits};{digits}"


def _unit_format(kind: str, whole: bool) -> str:
    if kind == "df":
        return "0" if whole else "0.0"
    return "#,##0" if whole else "#,##0.00"
