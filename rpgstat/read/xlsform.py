"""XLSForms, the definitions of Kobo and ODK questionnaires: a sheet of questions and a sheet of choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rpgstat import archive
from rpgstat.errors import UserError
from rpgstat.read.codebook import Code, Codebook, Variable
from rpgstat.read.headers import clean
from rpgstat.study.survey import Measure

_FREE = frozenset({"text", "image", "audio", "video", "file", "barcode"})
_LARGEST = 5_000_000  # bytes; the workbook of a long questionnaire has a tenth of it


def xlsform(path: Path) -> Codebook | None:
    """The questions of an XLSForm by name; None for any other workbook."""
    import fastexcel  # only workbooks need it

    if path.stat().st_size > _LARGEST:
        return None
    if path.suffix.lower() != ".xls":
        damaged = UserError(
            f"{path.name}: this workbook is damaged or protected by a password", "save it again as .xlsx, or take it out of the folder of the export"
        )
        archive.check(path, path.name, damaged)
    try:
        book = fastexcel.read_excel(path.read_bytes())
        if not {"survey", "choices"} <= set(book.sheet_names):
            return None
        sheets = {name: book.load_sheet(name, dtypes="string").to_polars().rows(named=True) for name in ("survey", "choices")}
    except fastexcel.FastExcelError:
        return None
    lists: dict[str, list[Code]] = {}
    for row in sheets["choices"]:
        lists.setdefault(_cell(row, "list_name", "list name"), []).append(Code(_cell(row, "name", "value"), _label(row)))
    return Codebook({variable.name: variable for variable in _variables(sheets["survey"], lists)}, path.name)


def _variables(rows: list[dict[str, str | None]], lists: Mapping[str, list[Code]]) -> Iterator[Variable]:
    for row in rows:
        kind, _, listed = _cell(row, "type").partition(" ")
        name = _cell(row, "name")
        if not name or kind.startswith(("begin", "end")):
            continue
        codes = tuple(lists.get(listed.split(" ")[0], ())) if kind in ("select_one", "select_multiple") else ()
        measure: Measure = "ordinal" if "likert" in _cell(row, "appearance") else ""
        yield Variable(name, _label(row), codes, measure, kind="several" if kind == "select_multiple" else "free" if kind in _FREE else "")


def _cell(row: Mapping[str, str | None], *names: str) -> str:
    return next((str(found).strip() for name in names if (found := row.get(name))), "")


def _label(row: Mapping[str, str | None]) -> str:
    """The label, in the first language where there are several."""
    name = next((name for name in row if name == "label" or name.startswith(("label:", "label::"))), "")
    return clean(_cell(row, name))
