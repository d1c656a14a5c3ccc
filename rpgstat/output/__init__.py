"""Where results go and in which format: the targets are checked before any work, and files appear only when all are finished."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from rpgstat import text
from rpgstat.errors import UserError, did_you_mean
from rpgstat.media import chosen
from rpgstat.media.picture.wanted import wanting
from rpgstat.output._targets import Targets, document_targets, format_of, report_targets, targets
from rpgstat.output.files import check_places, replace_all, spare_inputs
from rpgstat.output.formats import FORMATS, ONE_TABLE, PICTURES, SUFFIXES, asked, of_slides, pictures_of, render
from rpgstat.record import record
from rpgstat.result import Result, in_its_language

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "Made",
    "Page",
    "Targets",
    "check_places",
    "document_targets",
    "documents",
    "make",
    "of_slides",
    "put",
    "report_targets",
    "slides",
    "targets",
    "write",
    "write_files",
    "write_text",
]

Page = Callable[[bytes], bool]


@record
class Made:
    """Results rendered: the files, what standard output gets, and what there is to tell of them."""

    files: tuple[tuple[Path, bytes], ...]
    shown: bytes
    told: tuple[str, ...]


def make(results: Sequence[Result], targets: Targets) -> Made:
    """Render the results for their targets; nothing is written yet. Raises UserError when `--result` names none of them or a file may not be written."""
    told: list[str] = []
    with in_its_language(results), wanting(targets.figures), chosen.choosing(targets.columns, results):
        files = tuple(file for path in targets.files for file in _files(results, path, targets, told))
        shown = _stdout(results, targets, told)
    check_places([path for path, _ in files], targets.force, targets.keep)
    spare_inputs([path for path, _ in files], {given.sha256 for result in results for given in result.inputs})
    return Made(files, shown, (*told, *_closing(files, results)))


def put(made: Made, targets: Targets, page: Page = lambda _: False) -> tuple[str, ...]:
    """Write what was made and return the lines to tell on stderr. What goes to standard output is offered to `page` first, which says whether it has shown it.

    Every file is finished under a temporary name in its folder, then all are renamed; standard output comes last.
    Raises UserError when a file cannot be written.
    """
    replace_all(made.files)
    _print(made.shown, drawn=targets.format in ("table", "plot"), page=page)
    return (*(f"wrote {path}" for path, _ in made.files), *made.told)


def write(results: Sequence[Result], targets: Targets) -> tuple[str, ...]:
    """Write the results to their targets, as `make` and `put` do, and return the lines to tell on stderr."""
    return put(make(results, targets), targets)


def _closing(files: Sequence[tuple[Path, bytes]], results: Sequence[Result] = ()) -> list[str]:
    """How much was written in all."""
    if not files:
        return []
    rows = sum(result.frame.height for result in results)
    of = f", of {text.plural(len(results), 'result')} with {text.plural(rows, 'row')}" if results else ""
    return [f"{text.plural(len(files), 'file')} written{of}"]


def documents(contents: Mapping[str, bytes], results: Sequence[Result], targets: Targets) -> Made:
    """What `put` writes of documents that are made already, by format; standard output gets one of them, or the data of all results."""
    shown = b"" if targets.format is None else contents.get(targets.format) or render(results, targets.format, targets.style, None, "", [])
    check_places(targets.files, targets.force, targets.keep)
    spare_inputs(targets.files, {given.sha256 for result in results for given in result.inputs})
    files = tuple((path, contents[form]) for path, form in targets.places)
    return Made(files, shown, tuple(_closing(files, results)))


def slides(results: Sequence[Result], targets: Targets) -> bytes:
    """The figures of the results as slides."""
    with in_its_language(results):
        return render(results, "pptx", targets.style, targets.template, "", [])


def write_text(content: str, out: Path | None, *, force: bool = False, page: Page = lambda _: False) -> tuple[str, ...]:
    """Write a text file, or standard output without `out`; returns the lines to tell on stderr. Errors as for `targets`."""
    if out is None:
        _print(content.encode(), page=page)
        return ()
    return write_files([(out, content.encode())], force=force)


def write_files(files: Sequence[tuple[Path, bytes]], *, force: bool = False, results: Sequence[Result] = ()) -> tuple[str, ...]:
    """Write files made from `results`, whose inputs they may not replace; returns the lines to tell on stderr. Errors as for `targets`."""
    places = [path for path, _ in files]
    check_places(places, force)
    spare_inputs(places, {given.sha256 for result in results for given in result.inputs})
    replace_all(files)
    return (*(f"wrote {path}" for path in places), *_closing(files, results))


def _files(results: Sequence[Result], path: Path, targets: Targets, told: list[str]) -> Iterator[tuple[Path, bytes]]:
    fmt = format_of(path)
    if fmt in PICTURES:
        drawn = pictures_of(_chosen(results, targets.result), results, fmt, str(path), told)
        yield from ((path.with_name(f"{path.stem}-{i}{path.suffix}") if len(drawn) > 1 else path, one) for i, one in enumerate(drawn, start=1))
        return
    if fmt not in ONE_TABLE:
        yield path, render(results, fmt, targets.style, targets.template, str(path), told)
        return
    for i, result in enumerate(results):
        place = path.with_suffix(f".{result.name}{path.suffix}") if i else path
        yield place, render([result], fmt, targets.style, targets.template, str(place), told)


def _chosen(results: Sequence[Result], name: str | None) -> list[Result]:
    """The result of that name, or all. Raises UserError when there is none such."""
    names = [result.name for result in results]
    if name is not None and name not in names:
        raise UserError(f"no result `{name}`", did_you_mean(name, names))
    return [result for result in results if name in (None, result.name)]


def _stdout(results: Sequence[Result], targets: Targets, told: list[str]) -> bytes:
    if targets.format is None:
        return b""
    shown, names = _chosen(results, targets.result), [result.name for result in results]
    if targets.format == "parquet" and sys.stdout is not None and sys.stdout.isatty():
        raise UserError("a terminal cannot show Parquet", "write it with -o result.parquet, or pipe it on")
    if targets.format in ONE_TABLE and len(shown) > 1:
        told.append(f"{targets.format} holds one table, `{names[0]}`; --result chooses another: {text.listing(names[1:], 'or')}")
        shown = shown[:1]
    if targets.format == "table" and not targets.every:
        shown = asked(shown)
    return render(shown, targets.format, targets.style, targets.template, "standard output", told)


def _print(content: bytes, *, drawn: bool = False, page: Page = lambda _: False) -> None:
    """Puts bytes on standard output; a terminal gets nothing from a file that would act on it, `drawn` bytes are free of it already."""
    if not content:
        return
    if sys.stdout is None:
        raise UserError("standard output is closed", "write a file with -o, or leave standard output open")
    if sys.stdout.isatty() and not drawn:
        encoding = sys.stdout.encoding or "utf-8"
        content = text.harmless(content.decode("utf-8", "replace")).encode(encoding, "replace")
    if page(content):
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UserError(f"standard output cannot be written: {error.strerror}", "check the space left on the disk, or write a file with -o") from error
