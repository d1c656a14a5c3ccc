"""LaTeX: tables to be read into a document with \\input, in the manner of booktabs with the notes of threeparttable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rpgstat.glossary.sentences import say
from rpgstat.media import fitting, stamp
from rpgstat.media.document import Cell, Document, Head, Heading, Paragraph, Part, Table, TableRow
from rpgstat.media.style import Style

_SPECIAL = {
    **{"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}"},
    **{character: f"\\{character}" for character in "{}$&#_%"},
    **{character: f"{{{character}}}" for character in "[]*"},  # after the end of a row they would be an option of it
    **{'"': r"\textquotedbl{}", "\N{NO-BREAK SPACE}": "~", "−": "$-$", "²": r"\textsuperscript{2}"},
    **{
        "▲": r"$\blacktriangle$",
        "▼": r"$\blacktriangledown$",
        "◆": r"$\blacklozenge$",
        "★": r"$\bigstar$",
        "≈": r"$\approx$",
        "·": r"$\cdot$",
        "†": r"$\dagger$",
    },
    **{"→": r"$\rightarrow$", "≥": r"$\geq$", "≤": r"$\leq$", "×": r"$\times$", "±": r"$\pm$"},
}
_TRANSLATION = str.maketrans(_SPECIAL)
_LIGATURE = re.compile(r"([-'`,])(?=\1)")  # what TeX would join into a dash or a quotation mark
_ROOM, _SIZE = 9071, 9.0  # A4 with margins of 25 mm; the size of \small in an article
_MOST_ROWS = 38  # on a page; a float does not break, and what runs off the page is lost
_LEVELS = {0: "section", 1: "section", 2: "subsection", 3: "subsubsection"}


def write(made: Document) -> bytes:
    """A document as LaTeX without a preamble; its first lines say which packages it needs. Figures are files of their own."""
    parts = [line for part in made.parts for line in _part(part, made.style)]
    packages = ["amssymb", "array", "booktabs", "threeparttable", *(["rotating"] if any("sidewaystable" in line for line in parts) else [])]
    lead = [
        f"% {stamp.PROGRAM}: \\input this file, and in the preamble \\usepackage[T1]{{fontenc}} and",
        f"% \\usepackage{{{','.join(packages)}}}; letters beyond the Latin ones and emoji need LuaLaTeX or XeLaTeX and a font that has them.",
    ]
    return "\n".join([*lead, *parts, ""]).encode("utf-8", "replace")


def escaped(words: str) -> str:
    r"""Text in which nothing acts as markup.

    >>> escaped(r"50 % of \input{x}, −0.5")
    '50 \\% of \\textbackslash{}input\\{x\\}, $-$0.5'
    """
    shown = "".join(c for c in words if c >= " " and c != "\x7f").translate(_TRANSLATION)
    return _LIGATURE.sub(r"\1{}", shown)


def _runs(words: str, style: Style) -> str:
    return "".join(f"\\textit{{{escaped(part)}}}" if italic else escaped(part) for part, italic in style.runs(words))


def _part(part: Part, style: Style) -> Iterator[str]:
    match part:
        case Heading(words, level):
            yield f"\n\\{_LEVELS[level]}{{{escaped(words)}}}"
        case Paragraph(words):
            yield f"\n{escaped(words)}"
        case Table():
            yield from _table(part, style)


def _table(table: Table, style: Style) -> Iterator[str]:
    """The table as floats that each fit a page: of as many columns and rows as there is room for."""
    wide = fitting.fitted(table, _ROOM, _SIZE) is None
    label = re.sub(r"[^\w]+", "-", table.title).strip("-").lower()[:60]
    room = int(_ROOM * 1.55) if wide else _ROOM
    floats = [(piece, widths) for part, widths in fitting.parts(table, room, _SIZE) for piece in _pieces(part, _MOST_ROWS // 2 if wide else _MOST_ROWS)]
    for place, (piece, widths) in enumerate(floats):
        yield from _float(piece, widths, style, "sidewaystable" if wide else "table", f"tab:{label}" if place == 0 else "")


def _pieces(table: Table, most: int) -> Iterator[Table]:
    """The table in parts of at most `most` rows, the notes with the last; a battery's name is not parted from its statements."""
    rows, start = table.rows, 0
    while start < len(rows) or start == 0:
        end = min(start + most, len(rows))
        end -= 1 if end < len(rows) and rows[end - 1].kind == "battery" else 0
        last = end >= len(rows)
        yield replace(table, rows=rows[start:end], general=table.general if last else (), marked=table.marked if last else ())
        start = end
        if last:
            return


def _float(table: Table, widths: Sequence[int], style: Style, kind: str, label: str) -> Iterator[str]:
    if not label:
        yield "\n\\addtocounter{table}{-1}"  # a part further on has the same number
    yield from (f"\n\\begin{{{kind}}}[htbp]", "\\centering\\small", "\\setlength{\\tabcolsep}{3pt}", "\\begin{threeparttable}")
    title = table.title if label else say("figure.continued", title=table.title)
    yield f"\\caption{{{escaped(title)}}}" + (f"\\label{{{label}}}" if label else "")
    yield f"\\begin{{tabular}}{{@{{}}{''.join(map(_column, table.heads, widths))}@{{}}}}"
    yield "\\toprule"
    yield from _heads(table.heads, widths, style)
    yield "\\midrule"
    yield from (_row(row, len(table.heads)) for row in table.rows)
    yield from ("\\bottomrule", "\\end{tabular}", *_notes(table, style), "\\end{threeparttable}", f"\\end{{{kind}}}")


def _column(head: Head, width: int) -> str:
    return "r" if head.align == "right" else f">{{\\raggedright\\arraybackslash}}p{{{width / 20:.1f}pt}}"


def _heads(heads: Sequence[Head], widths: Sequence[int], style: Style) -> Iterator[str]:
    if any(head.over for head in heads):
        groups = [(over, list(group)) for over, group in groupby(range(len(heads)), key=lambda place: heads[place].over)]
        room = [sum(widths[place] for place in group) for _, group in groups]
        shown = [_stacked(over, width, "c", style) for (over, _), width in zip(groups, room, strict=True)]
        yield " & ".join(f"\\multicolumn{{{len(group)}}}{{c}}{{{words}}}" for (_, group), words in zip(groups, shown, strict=True)) + r" \\"
        yield " ".join(f"\\cmidrule(lr){{{group[0] + 1}-{group[-1] + 1}}}" for over, group in groups if over)
    yield " & ".join(_stacked(head.words, width, head.align[0], style) for head, width in zip(heads, widths, strict=True)) + r" \\"


def _stacked(words: str, width: int, side: str, style: Style) -> str:
    """A heading over as many lines as its column is narrow: in a column of numbers TeX breaks no line itself."""
    lines = fitting.broken(words, width, _SIZE)
    shown = [_runs(line, style) if side != "c" else escaped(line) for line in lines]
    stacked = r" \\ ".join(shown)
    return stacked if len(shown) == 1 else f"\\shortstack[{side}]{{{stacked}}}"


def _row(row: TableRow, columns: int) -> str:
    if row.kind == "battery":
        return f"\\addlinespace\n\\multicolumn{{{columns}}}{{@{{}}l}}{{\\textbf{{{escaped(row.cells[0].words)}}}}} \\\\"
    return " & ".join(_cell(cell, bold=row.kind == "score") for cell in row.cells) + r" \\"


def _cell(cell: Cell, *, bold: bool) -> str:
    words = " ".join(map(escaped, cell.words.split("\n")))
    shown = f"\\textbf{{{words}}}" if bold and words else words
    if not cell.mark:
        return shown
    return f"{shown} {escaped(cell.mark)}" if cell.mark.startswith("[") else f"{shown}\\tnote{{{escaped(cell.mark)}}}"


def _notes(table: Table, style: Style) -> Iterator[str]:
    if not table.general and not table.marked:
        return
    yield "\\begin{tablenotes}[flushleft]\\footnotesize"
    if style.name == "gss":
        yield from (f"\\item {_runs(words, style)}" for words in table.general)
    elif table.general:
        yield f"\\item \\textit{{{escaped(say('document.note_begins'))}}} {_runs(' '.join(table.general), style)}"
    for mark, words in table.marked:
        yield f"\\item {escaped(mark)} {_runs(words, style)}" if mark.startswith("[") else f"\\item[{escaped(mark)}] {_runs(words, style)}"
    yield "\\end{tablenotes}"
