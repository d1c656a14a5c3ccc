"""Survey exports become a `Survey`: the only package that opens inputs."""

from __future__ import annotations

from pathlib import Path

from rpgstat.errors import UserError
from rpgstat.read import files, marks, platforms
from rpgstat.read.files import legible
from rpgstat.read.persons import without_persons
from rpgstat.study import Survey

PLATFORMS: tuple[str, ...] = tuple(module.NAME for module in platforms.MODULES)

__all__ = ["PLATFORMS", "legible", "read"]


def read(path: str | Path, *, platform: str | None = None, name: str | None = None) -> Survey:
    """The survey in an export: CSV, TSV, Excel, OpenDocument or Parquet, told apart by content.

    `path` "-" is standard input. `platform` is one of PLATFORMS and overrides detection. `name` is shown to the
    user instead of the file's name. Only the first rows are looked at to tell what each column is; the answers of a
    large file stay unread until the frame is collected. Raises UserError for anything a user can mend.
    """
    module = platforms.named(platform) if platform is not None else None
    source = files.fetch(path, name)
    table = files.open_table(source)
    chosen = module or platforms.detect(table.records)
    body = table.body(chosen.HEADER_ROWS)
    if body.sample.is_empty():
        raise UserError(f"{source.name}: no answers below the header", "export it again with its responses")
    layout = without_persons(chosen.layout(table.records[: chosen.HEADER_ROWS], body.sample), body.sample)
    if not layout.columns:
        raise UserError(f"{source.name}: no columns left to analyse", "it holds only personal data and free text; export the closed questions too")
    columns, found = marks.marked(layout.columns, body.sample)
    doubts = (f"read as {chosen.NAME} as asked, though its first rows do not look like it",) if module and not module.score(table.records) else ()
    whole = layout.select(body.frame)
    return Survey(
        name=source.name,
        source=source.path,
        frame=whole.select(column.name for column in columns),
        columns=columns,
        platform=chosen.NAME,
        encoding=table.encoding,
        aside=layout.aside,
        whole=whole,
        marks=found,
        submitted=marks.submitted(columns),
        warnings=tuple(f"{source.name}: {warning}" for warning in (*table.warnings, *doubts, *layout.warnings)),
    )
