"""What was asked for of output, checked before any work: files by their endings, a format of standard output, the manner of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rpgstat import text
from rpgstat.errors import UserError, did_you_mean, nearest
from rpgstat.media import chosen
from rpgstat.media.picture.wanted import Wanted, wishes
from rpgstat.output.files import check_document, check_places
from rpgstat.output.formats import ANNOTATIONS, DATA, DRAWN, FORMATS, ONE_TABLE, PICTURES, REPORTS, SHOWN, STYLED, SUFFIXES, of_slides
from rpgstat.record import record


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
        return [(path, format_of(path)) for path in self.files]

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
        format_of(path)
    kept = (*keep, template) if template else tuple(keep)
    check_places(out, force, kept)
    if template is not None:
        _check_template(template, set(map(format_of, out)))
    if result is not None and out and shown is None and not PICTURES & {*map(format_of, out)}:
        raise UserError("--result chooses what goes to standard output or is drawn, and with -o nothing does here", "add -f, or leave --result out")
    _check_style(style, {*map(format_of, out), shown})
    figures = wishes(width, height, sort, layout)
    _check_drawn({"width": width, "height": height, "sort": sort, "layout": layout}, {*map(format_of, out), shown})
    return Targets(tuple(out), shown if out or shown else "table", result, force, style or "apa", template, kept, every, chosen.names(columns), figures)


def report_targets(
    out: Sequence[Path], fmt: str | None, *, force: bool = False, style: str | None = None, template: Path | None = None, keep: Sequence[Path] = ()
) -> Targets:
    """As `targets`, for a report: Word, HTML, Markdown and slides, one at least, or one of `SHOWN` as `fmt`. Raises UserError for others, and as `targets`."""
    if not out and fmt is None:
        raise UserError("a report is a file, and none is named", "name it with -o: rpgstat report -o report.docx")
    shown = None if fmt is None else _known_format(fmt, SHOWN)
    for path in out:
        if SUFFIXES.get(path.suffix.casefold()) not in REPORTS:
            raise UserError(f"output file `{path}`: a report is Word, HTML, Markdown or slides", "give it a name that ends in .docx, .html, .md or .pptx")
    return targets(out, shown, force=force, style=style, template=template, keep=keep)


def document_targets(out: Path, template: Path, fmt: str | None, *, force: bool = False, keep: Sequence[Path] = ()) -> Targets:
    """As `targets`, for a Word file made of a template, and as `fmt` the data of what stands in it. Raises UserError for others, and as `targets`."""
    shown = None if fmt is None else _known_format(fmt, sorted(DATA - ONE_TABLE))
    check_document(out, template, force=force, keep=keep)
    return Targets((out,), shown, None, force, keep=(template, *keep))


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


def _known_format(name: str, formats: Sequence[str]) -> str:
    known = {"md": "markdown", "tex": "latex"}.get(name.casefold(), name.casefold())
    if known not in formats:
        raise UserError(f"unknown format `{name}`", did_you_mean(name, formats))
    return known


def format_of(path: Path) -> str:
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        can = f"files can be {text.listing(tuple(SUFFIXES), 'or')}"
        close = nearest(suffix, SUFFIXES)
        problem = f"`{suffix}` files cannot be written" if suffix else "the name's ending chooses the format, and there is none"
        raise UserError(f"output file `{path}`: {problem}", f"did you mean `{close}`? {can}" if close else can)
    return SUFFIXES[suffix]
