"""The formats that results are written in, and the writer of each, imported only when it is used: JSON in a script does not pay for Rich."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from rpgstat import text
from rpgstat.media.chosen import picked
from rpgstat.media.style import STYLES, Style
from rpgstat.result import Result

SUFFIXES = {
    **{".csv": "csv", ".tsv": "tsv", ".json": "json", ".ndjson": "ndjson", ".parquet": "parquet", ".md": "markdown"},
    **{".docx": "docx", ".xlsx": "xlsx", ".html": "html", ".tex": "latex"},
    ".pptx": "pptx",
    **{".png": "png", ".svg": "svg", ".pdf": "pdf"},
}
"""The suffix of an output file -> its format."""

FORMATS = ("table", "csv", "tsv", "json", "ndjson", "parquet", "markdown", "html", "latex")
"""What `--format` takes."""

ANNOTATIONS = "github"
"""A format of what a check finds alone: annotations of GitHub Actions."""

STYLED = frozenset({"docx", "pptx", "xlsx", "html", "latex"})
"""Formats that `--style` changes."""

REPORTS = frozenset({"docx", "html", "markdown", "pptx"})
"""Formats that `report` writes."""

SHOWN = ("markdown", "html", "json", "ndjson")
"""What `report` has for standard output: the report, or all its results as data."""

ONE_TABLE = frozenset({"csv", "tsv", "parquet"})
"""Formats that hold one result; a file of theirs has a file beside it for each further result."""

PICTURES = frozenset({"png", "svg", "pdf"})
"""Formats of figures."""

DRAWN = PICTURES | {"pptx"}
"""Formats that what is wanted of figures changes."""

DATA = frozenset({"csv", "tsv", "json", "ndjson", "parquet"})
"""Formats that programs read."""

Write = Callable[[Sequence[Result]], bytes]


def render(results: Sequence[Result], fmt: str, style: str, template: Path | None, place: str, told: list[str]) -> bytes:
    """The results in a format; what there is to tell of it is added to `told`, with `place` as its name."""
    if fmt in DATA:
        results = [picked(result) for result in results]
    if fmt in ("csv", "tsv"):
        return _guarded(results[0], "," if fmt == "csv" else "\t", place, told)
    if fmt in STYLED:
        return _styled(results, fmt, STYLES[style], template)
    return _PLAIN[fmt](results)


def asked(results: Sequence[Result]) -> list[Result]:
    """Those that a reader is shown unasked; all of them where there is no such."""
    from rpgstat.views import view

    return [result for result in results if not view(result.name).on_request] or list(results)


def screen(results: Sequence[Result]) -> bytes:
    """The results as tables for a terminal or a pipe."""
    from rpgstat.media.terminal import screen
    from rpgstat.views.page import as_read, page

    return screen.render([partial(page, result) for result in as_read(results)])


def _json(results: Sequence[Result]) -> bytes:
    from rpgstat.media.data import json_document

    return json_document.document(results)


def _ndjson(results: Sequence[Result]) -> bytes:
    from rpgstat.media.data import json_document

    return json_document.lines(results)


def _parquet(results: Sequence[Result]) -> bytes:
    from rpgstat.media.data import columnar

    return columnar.render(results[0])


def _markdown(results: Sequence[Result]) -> bytes:
    from rpgstat.media import markdown
    from rpgstat.views.page import as_read, page

    return markdown.render([page(result) for result in as_read(results)])


def _github(results: Sequence[Result]) -> bytes:
    from rpgstat.media import github
    from rpgstat.views.check import annotated

    return github.render(annotated(results[0]))


def _plot(results: Sequence[Result]) -> bytes:
    from rpgstat.views import plots

    return plots.render(results)


_PLAIN: dict[str, Write] = {"table": screen, "json": _json, "ndjson": _ndjson, "parquet": _parquet, "markdown": _markdown, "plot": _plot, ANNOTATIONS: _github}


def _guarded(result: Result, separator: str, place: str, told: list[str]) -> bytes:
    from rpgstat.media.data import delimited_text

    content, guarded = delimited_text.render(result, separator)
    if guarded:
        told.append(f"{place}: {text.plural(guarded, 'text cell')} guarded against running as formulas")
    return content


_DRAWN = {"docx": ".png", "html": ".svg"}
"""Documents that hold diagrams, and as what."""


def of_slides(template: Path | None) -> bool:
    """Whether a template is one of slides."""
    return template is not None and template.suffix.casefold() in (".pptx", ".potx")


def _styled(results: Sequence[Result], fmt: str, style: Style, template: Path | None) -> bytes:
    if fmt == "xlsx":
        from rpgstat.media import xlsx
        from rpgstat.views import view
        from rpgstat.views.documents import document

        return xlsx.render(results, style, document(results, style), [text.one_line(view(result.name).headline(result, style).words) for result in results])
    if fmt == "pptx":
        from rpgstat.views.slides import deck

        return deck(results, style, template if of_slides(template) else None)
    from rpgstat.views.documents import document

    made = document(results, style, _DRAWN.get(fmt, ""))
    match fmt:
        case "docx":
            from rpgstat.media.word import writer

            return writer.write(made, None if of_slides(template) else template)
        case "html":
            from rpgstat.media import html

            return html.write(made)
        case _:
            from rpgstat.media import latex

            return latex.write(made)


def pictures_of(results: Sequence[Result], beside: Sequence[Result], fmt: str, place: str, told: list[str]) -> list[bytes]:
    """The natural figure of the results, in as many files as it takes; `beside` are all of the command; what there is to tell is added to `told`."""
    from rpgstat.views import pictures

    result = pictures.natural(results)
    if fmt != "svg" and (lost := pictures.boxes(result)):
        told.append(f"{place}: no font here has a sign for {pictures.shortened(lost)}; boxes stand for them; .svg keeps them")
    if fmt == "pdf":
        return [pictures.draw(result, ".pdf", beside=beside)]
    return pictures.parts(result, f".{fmt}", beside=beside)
