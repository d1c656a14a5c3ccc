"""A survey in many files: a folder of parts, or a pattern such as `answers/*.parquet`, read as one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import polars as pl

from rpgstat.errors import UserError, did_you_mean, told_path
from rpgstat.read import delimited, parquet
from rpgstat.read.table import Body, Numbered, Table, as_records, positional, sample_rows
from rpgstat.record import record
from rpgstat.text import listing, plural, shortened

SUFFIXES = (".csv", ".tsv", ".txt", ".parquet")
_PATTERN = re.compile(r"[*?\[]")
_KEY = re.compile(r"([^=/\\]+)=([^/\\]*)")  # a folder of a Hive partition
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


@record
class Parts:
    """The files that make up a survey, in the order of their paths, and what each is called below the folder they share."""

    name: str
    root: Path
    files: tuple[Path, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The path of each below the folder, the same wherever that lies."""
        return tuple(file.relative_to(self.root).as_posix() for file in self.files)

    @property
    def sizes(self) -> dict[str, int]:
        """The size of each in bytes, by its name."""
        return {name: file.stat().st_size for name, file in zip(self.names, self.files, strict=True)}

    def keys(self, place: int) -> dict[str, str | None]:
        """What the folders of a part say of all its rows: `year=2024` is a column `year`."""
        from urllib.parse import unquote  # only partitions need it

        found = (_KEY.fullmatch(folder) for folder in self.names[place].split("/")[:-1])
        return {unquote(own[1]): None if own[2] == _NO_VALUE else unquote(own[2]) for own in found if own}


def meant(path: str | Path) -> bool:
    """Whether a path names a folder, or is a pattern and no file is called so."""
    try:
        return str(path) != "-" and (Path(path).is_dir() or (bool(_PATTERN.search(str(path))) and not Path(path).exists()))
    except (OSError, ValueError):
        return False  # told when it is opened


def above(path: str | Path) -> Path:
    """What an export is called by: its path, or of a pattern the folder above the first part that is one."""
    return _root(str(path)) if meant(path) and not Path(path).is_dir() else Path(path)


def files_of(path: str | Path) -> tuple[Path, ...]:
    """Every file below a folder, or that fits a pattern."""
    root, found = _found(path)
    return tuple(sorted(file for file in found if file.is_file() and not _hidden(file.relative_to(root))))


def parts_of(path: str | Path, name: str | None = None) -> Parts:
    """The parts below a folder, or those that fit a pattern; files whose names begin with a dot or an underscore are none.

    Raises UserError where there is none, or where they are not all Parquet or all delimited text.
    """
    folder, root, files = Path(path).is_dir(), above(path), files_of(path)
    pattern = Path(path).parts[len(root.parts) :]
    shown = name or "/".join((root.resolve().name, *pattern))
    if not files and folder:
        raise UserError(f"`{told_path(path)}` is a folder without a file", "name an export, or a folder that holds the parts of one")
    if not files:
        raise UserError(f"`{told_path(path)}` fits no file", "check the pattern and the folder")
    others = sorted({file.suffix.lower() or "no suffix" for file in files} - set(SUFFIXES))
    if others:
        told = f"{'is a folder with files that are no parts of an export' if folder else 'fits files that are no tables'}: {listing(others)}"
        raise UserError(f"`{told_path(path)}` {told}", "name a file in it, or a pattern that fits CSV or Parquet files only, such as `answers/*.parquet`")
    if len({file.suffix.lower() == ".parquet" for file in files}) > 1:
        raise UserError(f"`{told_path(path)}` holds Parquet files and delimited text", "name a pattern that fits one kind, such as `answers/*.parquet`")
    return Parts(shown, root, files)


def _found(path: str | Path) -> tuple[Path, Iterable[Path]]:
    """The folder of the parts, and all that may be one."""
    if Path(path).is_dir():
        return Path(path), Path(path).rglob("*")
    root = _root(str(path))
    return root, root.glob("/".join(Path(path).parts[len(root.parts) :]))


def _root(pattern: str) -> Path:
    """The folder above the first part of a pattern that is one."""
    parts = Path(pattern).parts
    first = next(place for place, part in enumerate(parts) if _PATTERN.search(part))
    return Path(*parts[:first])


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) and "=" not in part for part in path.parts)


def open_parts(parts: Parts) -> Table:
    """The parts as one table, with a column for each key of their folders that they do not have themselves.

    Raises UserError for a part without the columns of the first, and as opening any of them does.
    """
    named = [(file, f"{parts.name}: {name}") for file, name in zip(parts.files, parts.names, strict=True)]
    if parts.files[0].suffix.lower() == ".parquet":
        tables = [parquet.open_parquet(file, name) for file, name in named]
    else:
        tables = [delimited.open_delimited(file, name, whole=sum(parts.sizes.values())) for file, name in named]
    header = tables[0].records[0]
    keys = [key for key in dict.fromkeys(key for place in range(len(tables)) for key in parts.keys(place)) if key not in header]
    orders, bare = _orders(parts, tables)
    told = (f"{plural(bare, 'part')} without a header row: that of {parts.names[0]} is taken for {'it' if bare == 1 else 'all'}",) if bare else ()
    values = [tuple(parts.keys(place).get(key) for key in keys) for place in range(len(tables))]
    records = tuple((*row, *(keys if at == 0 else [value or "" for value in values[0]])) for at, row in enumerate(tables[0].records))
    made = partial(_body, tables, orders, values)
    warnings = tuple(dict.fromkeys(warning for table in tables for warning in table.warnings))
    return Table(records, made, partial(_numbered, made, records), tables[0].encoding, (*warnings, *told), tables[0].delimiter)


def _orders(parts: Parts, tables: Sequence[Table]) -> tuple[list[list[int] | None], int]:
    """Where each part has the columns of the first, None for one without a header row; and how many have none: all but the first, or nobody."""
    header = tables[0].records[0]
    orders: list[list[int] | None] = []
    for name, table in zip(parts.names, tables, strict=True):
        own = table.records[0]
        if own == header:
            orders.append(list(range(len(header))))
        elif len(set(header)) == len(header) and sorted(own) == sorted(header):
            orders.append([own.index(cell) for cell in header])
        elif table.delimiter and len(own) == len(header) and not set(filter(None, own)) & set(header):
            orders.append(None)
        else:
            raise _unlike(parts, name, own, header)
    bare = sum(order is None for order in orders)
    if bare and bare < len(tables) - 1:
        place = next(place for place, order in enumerate(orders) if order is None)
        raise UserError(
            f"{parts.name}: {parts.names[place]} has not the header row of the others", "give every part the same one, or take it out of the folder"
        )
    return orders, bare


def _unlike(parts: Parts, name: str, own: Sequence[str], header: Sequence[str]) -> UserError:
    lacking = next((cell for cell in header if cell not in own), None)
    added = next((cell for cell in own if cell not in header), "")
    told = f"has no column `{shortened(lacking)}`" if lacking is not None else f"has a column `{shortened(added)}`"
    hint = did_you_mean(lacking, [cell for cell in own if cell not in header]) if lacking is not None else "which the first part lacks"
    return UserError(f"{parts.name}: {name} {told}, unlike {parts.names[0]}", f"{hint}; the parts of one export have the same columns")


def _body(tables: Sequence[Table], orders: Sequence[list[int] | None], values: Sequence[tuple[str | None, ...]], header_rows: int) -> Body:
    """The rows of all parts below each other."""
    bodies = [table.body(0 if order is None else header_rows) for table, order in zip(tables, orders, strict=True)]
    frames = [_placed(body.frame, order, own) for body, order, own in zip(bodies, orders, values, strict=True)]
    samples = [_placed(body.sample.lazy(), order, own) for body, order, own in zip(bodies, orders, values, strict=True)]
    sample = pl.concat(samples).collect()
    return Body(pl.concat(frames), sample.head(sample_rows(sample.width)), sum(body.rows for body in bodies))


def _placed(frame: pl.LazyFrame, order: list[int] | None, values: Sequence[str | None]) -> pl.LazyFrame:
    """A part with its columns where the first has them, and the values of its folders behind."""
    width = len(order) if order is not None else len(frame.collect_schema())
    names = positional(width + len(values))
    own = [pl.col(f"c{at}").alias(name) for at, name in zip(order if order is not None else range(width), names, strict=False)]
    return frame.select(*own, *(pl.lit(value, pl.String).alias(name) for value, name in zip(values, names[width:], strict=True)))


def _numbered(made: Callable[[int], Body], records: Sequence[tuple[str, ...]]) -> list[Numbered]:
    return [(1, records[0]), *enumerate(as_records(made(1).frame.collect()), start=2)]
