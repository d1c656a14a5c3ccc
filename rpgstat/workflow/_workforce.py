"""`workforce`, from a table of rates to results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from rpgstat.analyses.workforce import WorkforceOptions
from rpgstat.analyses.workforce import workforce as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.figures.chosen import Chosen
from rpgstat.figures.rate_layouts import rate_table
from rpgstat.figures.stocks import STOCKS
from rpgstat.figures.units import UNITS, Unit
from rpgstat.read.sheets import read_sheet
from rpgstat.result import Result
from rpgstat.study.toml import Table, load
from rpgstat.workflow.case import STUDY_FILE, PathLike, study_text
from rpgstat.workflow.finish import check_alpha, stamped
from rpgstat.workflow.inputs import check_declared

_LARGEST = 10_000_000  # people; more is a slip of the keyboard


@dataclass(frozen=True)
class _Said:
    """What options or a study file say; None and () where they say nothing."""

    measures: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    reference: str | None = None
    headcount: int | None = None
    margin: Mapping[str, float] | None = None
    unit: str | None = None
    stock: str | None = None
    where: tuple[str, ...] = ()

    def over(self, other: _Said) -> _Said:
        """These words first, the other's where nothing is said here."""
        return _Said(*(getattr(other, one.name) if getattr(self, one.name) in (None, ()) else getattr(self, one.name) for one in fields(self)))


def workforce(
    file: PathLike | None = None,
    *,
    study: PathLike | None = None,
    measures: Sequence[str] = (),
    areas: Sequence[str] = (),
    reference: str | None = None,
    headcount: int | None = None,
    margin: float | Mapping[str, float] | None = None,
    unit: str | None = None,
    stock: str | None = None,
    where: Sequence[str] = (),
    alpha: float = 0.05,
) -> list[Result]:
    """Rates by period with their changes, and their trends, from the table in `file`, else from the one that the study names under [workforce].

    `measures` (or parts of their names) and `areas` choose some, `where` rows by the values of other columns ("category=Total"); `reference` is
    "first" (default), "previous" or a period; `headcount` makes bare rates shares of so many people; `margin` is the largest change that does not
    matter, in points, for all measures or by measure; `unit` is "percent" (default) or "share"; `stock` is what leavers are divided by: "closing"
    (default), "opening" or "average". Raises UserError for anything the user can mend.
    """
    check_alpha(alpha)
    found = (f"using {STUDY_FILE} in this folder",) if file is None and study is None else ()
    margins = {"": margin} if isinstance(margin, int | float) else margin
    said = _Said(tuple(measures), tuple(areas), reference, headcount, margins, unit, stock, tuple(where))
    if file is None:
        file, declared = _of_study(study)
        said = said.over(declared)
    _check(said)
    sheet = read_sheet(file)
    unit_of: dict[str | None, Unit] = {"share": "share", "percent": "percent"}
    chosen = Chosen(said.areas, said.measures, said.where)
    table = rate_table(sheet, chosen=chosen, unit=unit_of.get(said.unit), stock=said.stock)
    recorded = {"measures": list(said.measures), "areas": list(said.areas), "where": list(said.where), "unit": said.unit or "percent", "stock": said.stock}
    options = WorkforceOptions(said.reference or "first", said.headcount, said.margin or {}, alpha)
    return stamped("workforce", analyse(table, options, recorded), [sheet], (*found, *table.warnings))


def _check(said: _Said) -> None:
    for option, value, known in (("--unit", said.unit, UNITS), ("--stock", said.stock, STOCKS)):
        if value is not None and value not in known:
            raise UserError(f"{option}: `{value}` is not known", did_you_mean(value, known))
    if said.headcount is not None and not 1 <= said.headcount <= _LARGEST:
        raise UserError(f"--headcount is {said.headcount}", "give the number of people that the rates are shares of, 1 or more")
    for name, points in (said.margin or {}).items():
        if not 0 < points < 100:
            raise UserError(
                f"--margin{f' of {name}' if name else ''} is {points:g}", "give the largest change that does not matter, in points above 0, such as 1"
            )


def _of_study(study: PathLike | None) -> tuple[Path, _Said]:
    """The file that a study names under [workforce], relative to its folder, and what else it says there."""
    if study is None and not Path(STUDY_FILE).is_file():
        raise UserError("no file given, and no study.toml here", "name a table of rates: rpgstat workforce workforce.csv")
    path = Path(STUDY_FILE if study is None else study)
    top = load(study_text(path), path.name)
    if "workforce" not in top.values:
        raise UserError(
            f"{path.name} declares no workforce table", 'name a file, or declare one in the study: [workforce], and below it file = "workforce.csv"'
        )
    table = top.table("workforce")
    table.only("file", "measures", "areas", "reference", "headcount", "margin", "unit", "stock", "where")
    file = path.parent / table.required("file", 'name the table of rates: file = "workforce.csv"')
    check_declared(file, table.at("file"))
    words = (table.texts("measures"), table.texts("areas"), _period(table), table.people("headcount"), _margin(table))
    return file, _Said(*words, table.text("unit"), table.text("stock"), table.texts("where"))


def _period(table: Table) -> str | None:
    """A reference; a year may stand as a number."""
    value = table.values.get("reference")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else table.text("reference")


def _margin(table: Table) -> dict[str, float] | None:
    """One margin for all measures, or a table of one for each."""
    value = table.values.get("margin")
    if value is None:
        return None
    given: dict[str, Any] = value if isinstance(value, dict) else {"": value}
    for name, points in given.items():
        if not isinstance(points, int | float) or isinstance(points, bool):
            place, key = (table.table("margin"), name) if name else (table, "margin")
            raise place.fault(key, "a number of points is allowed", "write it without quotes, such as margin = 0.5")
    return {name: float(points) for name, points in given.items()}
