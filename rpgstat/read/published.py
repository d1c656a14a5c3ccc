"""Published tables of survey results of organisations, such as those of the Civil Service People Survey and the NHS Staff Survey."""

from __future__ import annotations

from pathlib import Path

from rpgstat.admin.benchmark_rows import benchmarks_in_rows
from rpgstat.admin.benchmarks import Benchmarks, benchmarks
from rpgstat.errors import UserError
from rpgstat.read import files


def read_benchmarks(path: str | Path, name: str | None = None) -> Benchmarks:
    """The shares and means that a table publishes by organisation and question, with the number of people, counts and spreads where these are
    published too.

    The header may stand below titles and merged cells; questions stand in columns, or in rows. `path` "-" is standard input; `name` is shown instead
    of the file's own. Raises UserError for a file without a column of organisations or questions and one of percentages or means.
    """
    source = files.fetch(path, name)
    rows = [row for _, row in files.open_table(source).rows()]
    found = benchmarks_in_rows(source.name, rows, Path(source.name).stem) or benchmarks(source.name, rows)
    if found is None or not found.figures:
        hint = (
            "the table needs a column headed Organisation or Trust and columns of percentages or means, or a column headed Question and one headed %, Mean "
            "or Count beside it; name the sheet with the figures by saving it by itself"
        )
        raise UserError(f"{source.name}: no published results found in it", hint)
    return found
