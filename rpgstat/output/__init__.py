"""Where results go and in which format: the targets are checked before any work, and files appear only when all are finished."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from rpgstat import text
from rpgstat.errors import UserError, did_you_mean, nearest
from rpgstat.media import chosen
from rpgstat.media.picture.wanted import Wanted, wanting, wishes
from rpgstat.output.files import check_document, check_places, replace_all, spare_inputs
from rpgstat.output.formats import ANNOTATIONS, DRAWN, FORMATS, ONE_TABLE, PICTURES, REPORTS, STYLED, SUFFIXES, asked, of_slides, pictures_of, render
from rpgstat.record import record
from rpgstat.result import Result, in_its_language

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "Made",
    "Page",
    "Targets",
    "check_document",
    "check_places",
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
class Targets:
    """Where results go: output files, and the format of standard output (None leaves it empty) with the one result chosen for it, and to be drawn.

    `style` is the manner in which documents are written, "apa" or "gss"; `template` the Word file that gives their looks;
    `keep` are files that no output may replace; `every` shows what is else shown only where it is asked for;
    `columns` are those of tables, all without any; `figures` is how figures are wanted.
    """

    files: tuple[Path, ...]
    format: str | None
    result: str | None
    force: bool
    style: str = "apa"
    template: Path | None = None
    keep: tuple[Path, ...] = ()
    every: bool = False
    columns: tuple[str, ...] = ()
    figures: Wanted = Wanted()  # a record does not change

    @property
    def places(self) -> list[tuple[Path, str]]:
        """Each output file with its format."""
        return [(path, _format_of(path)) for path in self.files]

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats of the output files, each once."""
        return tuple(dict.fromkeys(fmt for _, fmt in self.places))


def targets(
    out: Sequence[Path],
    fmt: str | None,
    *,
    force: bool = False,
    result: str | None = None,
    style: str | None = None,
    template: Path | None = None,
    plot: bool = False,
    keep: Sequence[Path] = (),
    annotated: bool = False,
    every: bool = False,
    width: str | None = None,
    height: str | None = None,
    sort: str | None = None,
    layout: str | None = None,
    columns: Sequence[str] = (),
) -> Targets:
    """Check what the user asked for, before any work; each is the value of the option of its name, `fmt` that of `-f`.

    Without `out` and `fmt` a table goes to standard output; with `out` alone nothing does. `annotated` results may be annotations of GitHub
    Actions too. Raises UserError for an unknown suffix or format, a file named twice, one that exists without `force` or is one of `keep`,
    and a folder that is missing or cannot be written.

    >>> targets([], None).format, targets([Path("result.csv")], None).format
    ('table', None)
    """
    if plot and fmt is not None:
        raise UserError("--plot and -f are given, and standard output takes one of them", "leave one out, or write the other to a file with -o")
    shown = "plot" if plot else None if fmt is None else _known_format(fmt, (*FORMATS, ANNOTATIONS) if annotated else FORMATS)
    for path in out:
        _format_of(path)
    kept = (*keep, template) if template else tuple(keep)
    check_places(out, force, kept)
    if template is not None:
        _check_template(template, set(map(_format_of, out)))
    if result is not None and out and shown is None and not PICTURES & {*map(_format_of, out)}:
        raise UserError("--result chooses what goes to standard output or is drawn, and with -o nothing does here", "add -f, or leave --result out")
    _check_style(style, {*map(_format_of, out), shown})
    figures = wishes(width, height, sort, layout)
    _check_drawn({"width": width, "height": height, "sort": sort, "layout": layout}, {*map(_format_of, out), shown})
    return Targets(tuple(out), shown if out or shown else "table", result, force, style or "apa", template, kept, every, chosen.names(columns), figures)


def report_targets(out: Sequence[Path], *, force: bool = False, style: str | None = None, template: Path | None = None, keep: Sequence[Path] = ()) -> Targets:
    """As `targets`, for a report: Word, HTML, Markdown and slides, one at least. Raises UserError for any other ending, and as `targets`."""
    if not out:
        raise UserError("a report is a file, and none is named", "name it with -o: rpgstat report -o report.docx")
    for path in out:
        if SUFFIXES.get(path.suffix.casefold()) not in REPORTS:
            raise UserError(f"output file `{path}`: a report is Word, HTML, Markdown or slides", "give it a name that ends in .docx, .html, .md or .pptx")
    return targets(out, None, force=force, style=style, template=template, keep=keep)


def _check_style(style: str | None, formats: set[str | None]) -> None:
    if style is not None and style not in ("apa", "gss"):
        raise UserError(f"--style: no style `{style}`", "give apa or gss")
    if style is not None and not formats & STYLED:
        can = text.listing([suffix for suffix, fmt in SUFFIXES.items() if fmt in STYLED], "or")
        raise UserError("--style changes documents only, and none is written", f"write one with -o, ending in {can}")


def _check_drawn(asked: Mapping[str, str | None], formats: set[str | None]) -> None:
    given = next((option for option, value in asked.items() if value is not None), None)
    drawn = DRAWN | ({"plot"} if given in ("sort", "layout") else set())
    if given and not formats & drawn:
        can = text.listing([suffix for suffix, fmt in SUFFIXES.items() if fmt in DRAWN], "or")
        raise UserError(f"--{given} changes figures only, and none is drawn", f"write one with -o, ending in {can}")


def _check_template(template: Path, formats: set[str]) -> None:
    fmt, kind = ("pptx", "slides their") if of_slides(template) else ("docx", "a Word document its")
    if fmt not in formats:
        raise UserError(f"--template gives {kind} looks, and none is written", f"write one with -o, ending in .{fmt}")
    if not template.is_file():
        raise UserError(f"--template: no file `{template}`", "name a .docx or .dotx file, or for slides a .pptx or .potx file")


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


def _known_format(name: str, formats: Sequence[str]) -> str:
    known = {"md": "markdown", "tex": "latex"}.get(name.casefold(), name.casefold())
    if known not in formats:
        raise UserError(f"unknown format `{name}`", did_you_mean(name, formats))
    return known


def _format_of(path: Path) -> str:
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        can = f"files can be {text.listing(tuple(SUFFIXES), 'or')}"
        close = nearest(suffix, SUFFIXES)
        problem = f"`{suffix}` files cannot be written" if suffix else "the name's ending chooses the format, and there is none"
        raise UserError(f"output file `{path}`: {problem}", f"did you mean `{close}`? {can}" if close else can)
    return SUFFIXES[suffix]


def _files(results: Sequence[Result], path: Path, targets: Targets, told: list[str]) -> Iterator[tuple[Path, bytes]]:
    fmt = _format_of(path)
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
