"""The area of each row, and the rows of the areas that were asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rpgstat.admin.measures import plain
from rpgstat.admin.names import listed, near
from rpgstat.admin.sheet import Sheet
from rpgstat.errors import UserError
from rpgstat.record import record

ALL = "all"
_LONDON, _INSIDE = "london", {"inner london", "outer london"}
_AGGREGATES = ("national", "regional")
_KINDS = "country|region|la|lad|pcon|ward|sch|school|lep|eda|mca|pa|rsc|trust|provider|area"
_IDENTITY = re.compile(rf"(?:old |new )?(?:{_KINDS})(?: district)? (?:code|name|urn|ukprn|laestab)|opportunity area (?:code|name)")
_LEVELS = {
    "national": "country name",
    "regional": "region name",
    "local authority": "la name",
    "local authority district": "lad name",
    "parliamentary constituency": "pcon name",
    "ward": "ward name",
    "school": "school name",
    "local enterprise partnership": "lep name",
    "english devolved area": "eda name",
    "mayoral combined authority": "mca name",
    "planning area": "pa name",
    "trust": "trust name",
    "mat": "trust name",
    "provider": "provider name",
}
_FINEST = ("la name", "region name", "country name", "area name")


@record
class Places:
    """By row: the area's name, its codes, and whether it sums up areas that may have rows of their own."""

    names: tuple[str | None, ...]
    codes: tuple[frozenset[str], ...]
    aggregates: tuple[bool, ...]

    def of(self, rows: Sequence[int]) -> Places:
        """Those of these rows."""
        return Places(tuple(self.names[i] for i in rows), tuple(self.codes[i] for i in rows), tuple(self.aggregates[i] for i in rows))

    @property
    def mixed(self) -> bool:
        """Whether some of the areas contain others."""
        return any(self.aggregates) and len(set(self.names)) > 1


def is_identity(header: str) -> bool:
    """Whether a column of the published long layout says which area, or which kind of area or period, a row is of.

    >>> [is_identity(header) for header in ("new_la_code", "region_name", "geographic_level", "referral_count")]
    [True, True, True, False]
    """
    name = plain(header)
    return name in ("geographic level", "time identifier") or _IDENTITY.fullmatch(name) is not None


def places(sheet: Sheet, own: int | None) -> Places:
    """The area of each row: at the level that the row is of where the file says, else in the column `own`, else the finest that is named."""
    named = {plain(header): column for column, header in enumerate(sheet.header)}
    level = named.get("geographic level")
    finest = [named[name] for name in _FINEST if name in named]
    coded = [column for name, column in named.items() if name.endswith(" code") and _IDENTITY.fullmatch(name)]

    def area(row: Sequence[str]) -> str | None:
        at = named.get(_LEVELS.get(plain(row[level]), "")) if level is not None else own
        if at is not None and row[at]:
            return row[at]
        return next((row[column] for column in finest if row[column]), None)

    names = tuple(area(row) for row in sheet.rows)
    codes = tuple(_codes(row, level, named, coded) for row in sheet.rows)
    return Places(names, codes, tuple(level is not None and plain(row[level]) in _AGGREGATES for row in sheet.rows))


def _codes(row: Sequence[str], level: int | None, named: Mapping[str, int], coded: Sequence[int]) -> frozenset[str]:
    """The codes of a row's own area, not those of what contains it."""
    kind = _LEVELS.get(plain(row[level]), "").removesuffix(" name") if level is not None else ""
    own = [named[name] for name in (f"{kind} code", f"new {kind} code", f"old {kind} code") if name in named] if kind else coded[-1:]
    return frozenset(row[column].casefold() for column in own if row[column])


def asked(found: Places, wanted: Sequence[str]) -> tuple[list[int], list[str]]:
    """The rows of the areas in `wanted`, named or by code, in their order; and what to say of the choice. Without any, or with "all", every row.

    Where areas contain one another they have to be chosen; "all" leaves out Inner and Outer London beside London.
    Raises UserError with the nearest names for an area that is not there.
    """
    every = range(len(found.names))
    if wanted and ALL not in map(plain, wanted):
        keep = [_rows(found, name) for name in wanted]
        return sorted(set().union(*keep)), []
    known = list(dict.fromkeys(name for name in found.names if name is not None))
    if found.mixed and not wanted:
        problem = f"the file holds {len(known)} areas, some of which contain others"
        raise UserError(problem, f'choose with --area, such as --area "{known[-1]}" (repeatable); --area all shows every one')
    inside = _INSIDE if found.mixed and _LONDON in map(plain, known) else set()
    rows = [i for i in every if plain(found.names[i] or "") not in inside]
    return rows, ["Inner and Outer London are left out beside London, which they make up."] if len(rows) < len(found.names) else []


def _rows(found: Places, wanted: str) -> set[int]:
    key = plain(wanted)
    own = {i for i, name in enumerate(found.names) if name is not None and plain(name) == key}
    own = own or {i for i, codes in enumerate(found.codes) if wanted.strip().casefold() in codes}
    if own:
        return own
    names = list(dict.fromkeys(name for name in found.names if name is not None))
    if not names:
        raise UserError(f"--area: the file has no `{wanted[:60]}`: nothing in it says which area a row is of", "leave out --area, or add a column `area`")
    close = near(wanted, names, 5)
    hint = f"did you mean {listed(close)}?" if close else f"it has {len(names):,} areas: {listed(names)}"
    raise UserError(f"--area: the file has no `{wanted[:60]}`", hint)
