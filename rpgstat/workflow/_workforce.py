"""`workforce`, from a table of rates to results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from rpgstat.admin.chosen import Chosen
from rpgstat.admin.rate_layouts import rate_table
from rpgstat.admin.stocks import STOCKS
from rpgstat.admin.units import UNITS, Unit
from rpgstat.analyses.workforce import WorkforceOptions
from rpgstat.analyses.workforce import workforce as analyse
from rpgstat.errors import UserError, did_you_mean
from rpgstat.read.sheets import read_sheet
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.study.toml import Table
from rpgstat.workflow.arguments import Export, Names, PathLike, files, listed
from rpgstat.workflow.case import FOUND
from rpgstat.workflow.finish import check_alpha, stamped
from rpgstat.workflow.in_language import in_language
from rpgstat.workflow.inputs import check_declared
from rpgstat.workflow.study_file import study_tables

_LARGEST = 10_000_000  # people; more is a slip of the keyboard


@record
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


@in_language
def workforce(
    file: Export | None = None,
    *,
    study: PathLike | None = None,
    measure: Names = (),
    area: Names = (),
    reference: str | None = None,
    headcount: int | None = None,
    margin: float | Mapping[str, float] | Names | None = None,
    unit: str | None = None,
    stock: str | None = None,
    where: Names = (),
    alpha: float = 0.05,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
) -> list[Result]:
    """Rates by period with their changes, and their trends, from the table in `file`, else from the one that the study names under [workforce].

    `file` is a path, or a Polars or pandas table; `measure` (or parts of their names) and `area` choose some, `where` rows by the values of other columns
    ("category=Total"); `reference` is "first" (default), "previous" or a period; `headcount` makes bare rates shares of so many
    people; `margin` is the largest change that does not matter, in points, for all measures or by measure; `unit` is "percent" (default) or
    "share"; `stock` is what leavers are divided by: "closing" (default), "opening" or "average"; 1 - `alpha` is the level of intervals.
    Raises UserError for anything the user can mend.

    >>> rpgstat.workforce(study=example, measure="vacancy").frame.select("period", "rate").rows()[-1]
    ('2018', 0.004)
    """
    check_alpha(alpha)
    found = (FOUND,) if file is None and study is None else ()
    margins = _margins(margin)
    said = _Said(listed(measure), listed(area), reference, headcount, margins, unit, stock, listed(where))
    if file is None:
        file, declared = _of_study(study)
        said = said.over(declared)
    _check(said)
    sheet = read_sheet(*_one(file))
    unit_of: dict[str | None, Unit] = {"share": "share", "percent": "percent"}
    chosen = Chosen(said.areas, said.measures, said.where)
    table = rate_table(sheet, chosen=chosen, unit=unit_of.get(said.unit), stock=said.stock)
    recorded = {"measures": list(said.measures), "areas": list(said.areas), "where": list(said.where), "unit": said.unit or "percent", "stock": said.stock}
    options = WorkforceOptions(said.reference or "first", said.headcount, said.margin or {}, alpha)
    return stamped("workforce", analyse(table, options, recorded), [sheet], (*found, *table.warnings))


def _one(file: Export) -> tuple[PathLike]:
    """The only file given. Raises UserError for a list of several."""
    given = files((file,))
    if len(given) != 1:
        raise UserError(f"{len(given)} tables of rates are given", "give one: put the figures into one table, or call once for each")
    return (given[0],)


def _margins(given: float | Mapping[str, float] | Names | None) -> dict[str, float] | None:
    """Points by measure, "" for all: from a number, from a table, or from "0.5" and "turnover=0.5"."""
    if given is None or isinstance(given, Mapping):
        return None if given is None else dict(given)
    if isinstance(given, int | float):
        return {"": given}
    found = {}
    for words in listed(given):
        name, _, points = words.rpartition("=")
        try:
            found[name.strip()] = float(points.removesuffix("%"))
        except ValueError:
            raise UserError(f"--margin: `{words}` is not a number of points", "write --margin 1, or --margin turnover=0.5") from None
    return found


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
    found = study_tables(study)
    if found is None:
        raise UserError("no file given, and no study.toml here", "name a table of rates: rpgstat workforce workforce.csv")
    path, top = found
    if "workforce" not in top.values:
        raise UserError(
            f"{path.name} declares no workforce table", 'name a file, or declare one in the study: [workforce], and below it file = "workforce.csv"'
        )
    table = top["workforce"]
    file = path.parent / table["file"]
    check_declared(file, table.at("file"))
    words = (table["measures"], table["areas"], table["reference"], table["headcount"], _margin(table["margin"]))
    return file, _Said(*words, table["unit"], table["stock"], table["where"])


def _margin(declared: Table | float | None) -> dict[str, float] | None:
    """One margin for all measures, or a table of one for each."""
    if declared is None:
        return None
    return declared.all() if isinstance(declared, Table) else {"": declared}
