"""The workforce measures: how each is recognised by its name, what it is made of, and what may be said of its counts."""

from __future__ import annotations

import re
from typing import Literal

from rpgstat.record import record

Kind = Literal["part", "events", "days", "each", "cover", "other"]
"""`part`: the numerator is a part of the denominator; `events`: events over a stock, may pass 100 %; `days`: days lost of days due;
`each`: a number for each worker, no share; `cover`: one stock set against another, may pass 100 %; `other`: a rate that nobody said more of."""

Basis = Literal["FTE", "headcount"]
Stock = Literal["leavers", "in post", "vacancies", "agency", "agency cover", "days lost", "working days", "cases", "case holders"]


@record
class Definition:
    """A measure as the Department for Education defines it: `numerator` over the sum of `denominator`, times `times` where that is named."""

    name: str
    kind: Kind
    published: tuple[str, ...]
    numerator: Stock
    denominator: tuple[Stock, ...]
    times: Stock | None = None


DEFINITIONS = (
    Definition("Turnover", "events", ("turnover rate", "turnover"), "leavers", ("in post",)),
    Definition("Vacancies", "part", ("vacancy rate",), "vacancies", ("vacancies", "in post")),
    Definition("Agency staffing", "part", ("agency rate", "agency worker rate"), "agency", ("agency", "in post")),
    Definition("Sickness absence", "days", ("absence rate", "sickness rate", "sickness absence rate"), "days lost", ("in post",), "working days"),
    Definition("Caseload", "each", ("caseload", "average caseload"), "cases", ("case holders",)),
    Definition("Agency workers who cover vacancies", "cover", ("agency cover rate",), "agency cover", ("agency",)),
    Definition("Vacancies covered by agency workers", "cover", ("vacancy agency cover rate",), "agency cover", ("vacancies",)),
)
"""From "Children's social work workforce": leavers in the year over those in post at its end; vacancies over vacancies and staff in post;
agency workers over agency workers and staff in post; days lost over staff in post times working days; cases over case holders."""

_NAMED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("cover", re.compile(r"\bcover")),
    ("each", re.compile(r"caseload|\bcases per\b")),
    ("days", re.compile(r"sick|absence|\bdays lost\b")),
    ("events", re.compile(r"turnover|\bleaver|\bstarters\b")),
    ("part", re.compile(r"vacan|\bagency\b")),
)
_COLUMNS: dict[Stock, str] = {
    "leavers": "leavers|staff leaving|social workers leaving",
    "in post": "in post|inpost|staff in post|workers in post|social workers in post",
    "vacancies": "vacancies|vacancy|vacant posts",
    "agency": "agency|agency workers|agency staff|agency social workers",
    "agency cover": "agency cover|agency workers covering vacancies",
    "days lost": "days lost|working days lost|days lost to sickness|sickness days",
    "working days": "working days|working days in year|working days in the year",
    "cases": "cases|open cases",
    "case holders": "case holders|caseholders",
}
_STOCKS: dict[str, Stock] = {name: stock for stock, names in _COLUMNS.items() for name in names.split("|")}
_BASES: dict[str, Basis] = {"fte": "FTE", "wte": "FTE", "headcount": "headcount", "hc": "headcount"}


def plain(header: str) -> str:
    """A header as headers are compared: small letters, single spaces, no underscores, brackets or percent signs.

    >>> plain("In_post (FTE)"), plain("Rate %")
    ('in post fte', 'rate')
    """
    return " ".join(re.sub(r"[\W_]+", " ", header.casefold()).split())


def kind_of(name: str) -> Kind:
    """What a measure is, by the words of its name.

    >>> [kind_of(name) for name in ("Staff turnover", "Vacancy rate", "agency_cover_rate_fte", "Sickness", "Overtime")]
    ['events', 'part', 'cover', 'days', 'other']
    """
    return next((kind for kind, pattern in _NAMED if pattern.search(plain(name))), "other")


def split_basis(header: str) -> tuple[str, Basis | None]:
    """A header without the word that says how staff were counted, and that.

    >>> split_basis("inpost_fte"), split_basis("Leavers (headcount)"), split_basis("cases")
    (('inpost', 'FTE'), ('leavers', 'headcount'), ('cases', None))
    """
    words = plain(header).split()
    basis = _BASES.get(words[-1]) if len(words) > 1 else None
    return " ".join(words[:-1] if basis else words), basis


def stock_of(header: str) -> tuple[Stock, Basis | None] | None:
    """The stock or flow that a column holds, and how it was counted; None for another column."""
    name, basis = split_basis(header)
    return (_STOCKS[name], basis) if name in _STOCKS else None


def published_as(header: str) -> tuple[Definition, Basis | None] | None:
    """The measure whose published rate a column holds; None for another column."""
    name, basis = split_basis(header)
    found = next((definition for definition in DEFINITIONS if name in definition.published), None)
    return (found, basis) if found else None


def working_days(year: int) -> int:
    """Working days of the reporting year to 30 September that the Department for Education divides by, as the published rates show for 2017 to 2025."""
    return 254 if year in (2020, 2024) else 253
