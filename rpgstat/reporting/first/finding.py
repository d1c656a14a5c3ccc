"""One finding of the first page: a sentence, the figure in it, and where that comes from."""

from __future__ import annotations

from rpgstat import text
from rpgstat.glossary.sentences import closing
from rpgstat.media.pages import Row
from rpgstat.record import record

PARTS = ("headline", "answered", "changed", "stands", "said", "open", "figures", "event", "worked", "limits")
"""What the findings are about, in the order of the page."""

LEVELS = frozenset({"answered", "stands"})
"""Those of them whose figure is no change or difference."""


@record
class Finding:
    """A sentence of a part of the page, on what it is `about`; `result` and `row` name what it rests on as a Word template does.

    `estimate` is the figure in it with its limits, unrounded, where it has one, in `unit`; `keys` are what the tables are called that show it; `first` is
    the first of several sentences.
    """

    part: str
    sentence: str
    about: str = ""
    result: str = ""
    row: str = ""
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    first: str = ""
    keys: tuple[str, ...] = ()


def key(result: str, part: str = "") -> str:
    """What the tables of a part of a result are called: of a battery, whether its scale is certain or not, a grouping, a source.

    >>> key("compare", "Relationships"), key("events")
    ('compare.Relationships', 'events')
    """
    plain = text.one_line(part).removesuffix(closing("heading.uncertain"))
    return f"{result}.{plain}" if plain else result


def of_row(part: str, sentence: str, result: str, row: Row, figures: tuple[str, str, str] = ("estimate", "conf_low", "conf_high")) -> Finding:
    """A finding on one statement or battery score."""
    estimate, low, high = (row[name] for name in figures)
    battery = str(row["battery"])
    about = battery if row["item"] is None else ""
    return Finding(part, sentence, about, result, f"{result}.{row['item'] or battery}", estimate, low, high, "points", keys=(key(result, battery),))
