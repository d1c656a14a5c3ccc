"""Survey exports become a `Survey`: the only package that opens inputs."""

from __future__ import annotations

from pathlib import Path

from rpgstat.errors import UserError
from rpgstat.read import files, marks, parts, platforms
from rpgstat.read.ends import footers
from rpgstat.read.export import Export
from rpgstat.read.files import legible
from rpgstat.read.parts import above
from rpgstat.read.persons import repeated_addresses, without_persons
from rpgstat.study import Survey

PLATFORMS: tuple[str, ...] = platforms.NAMES

__all__ = ["PLATFORMS", "above", "legible", "read"]


def read(path: str | Path, *, platform: str | None = None, name: str | None = None, key: Path | None = None, sheet: str | None = None) -> Survey:
    """The survey in an export: CSV, TSV, Excel, OpenDocument, Parquet, SPSS or Stata, told apart by content.

    `path` "-" is standard input; a folder, or a pattern such as "answers/*.parquet", is one export in parts. `platform` is one of PLATFORMS and
    overrides detection. `name` is shown to the user instead of the file's name. `key` is its codebook; without one a codebook that lies beside the
    file is looked for. `sheet` is the part of a workbook to read. Only the first rows are looked at to tell what each column is; the answers of a
    large file stay unread until the frame is collected. Raises UserError for anything a user can mend.
    """
    module = platforms.named(platform) if platform is not None else None
    own = parts.parts_of(path, name) if parts.meant(path) else None
    source = files.fetch(path, name) if own is None else files.Source(own.root, own.name)
    table = files.open_table(source, sheet) if own is None else parts.open_parts(own)
    export = Export(source.name, table, Path(path) if Path(path).is_file() else None, key)
    chosen = module or platforms.detect(export)
    body = export.table.body(chosen.header_rows(export))
    if body.sample.is_empty():
        raise UserError(f"{source.name}: no answers below the header", "export it again with its responses")
    layout = chosen.layout(export, body.sample).told_apart().with_whole_ids(body.sample)
    sample = layout.select(body.sample)
    layout = without_persons(layout, sample)
    if not layout.columns:
        raise UserError(f"{source.name}: no columns left to analyse", "it holds only personal data and free text; export the closed questions too")
    columns, found = marks.marked(layout.columns, sample)
    last = footers(layout, body.frame, source.path, sample)
    repeats = (*repeated_addresses(layout, sample), *marks.unlabelled_consents(columns, sample))
    doubts = (f"read as {chosen.NAME} as asked, though its first rows do not look like it",) if module and not module.score(export) else ()
    whole = layout.select(body.frame)
    return Survey(
        name=source.name,
        source=source.path,
        frame=whole.select(column.name for column in columns),
        columns=columns,
        platform=chosen.NAME,
        encoding=export.table.encoding,
        aside=layout.aside,
        whole=whole,
        marks=(*layout.marks, *found, *last),
        submitted=marks.submitted(columns),
        warnings=tuple(f"{source.name}: {warning}" for warning in (*export.table.warnings, *doubts, *layout.warnings, *repeats)),
        events=layout.events,
        waves=layout.waves,
        parts=None if own is None else own.sizes,
        rows=body.rows,
    )
