"""Pages of themes: a table for each question or body of interviews, a line for each theme with its waves side by side; and agreement of coders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rpgstat import text
from rpgstat.glossary import CONCLUSIONS, label
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.media.pages import WITHHELD, Block, Column, Line, Notes, Row, Section, split, withheld
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.rows import values
from rpgstat.views.themes.said import named


def lay_out(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A section for each source, and one for each group of it.

    On a screen, which may be too narrow for a whole line, the waves of a theme stand in a block under its name; in documents the name stands on each line.
    """
    several, wide = len(values(rows, "wave")) > 1, notes.style.wide
    columns = tuple(_columns(result, rows, notes.style, with_theme=wide or not several))
    sections = []
    for (source, by, group), own in split(rows, ("source", "by", "group")):
        title = notes.clean(f"{source}, {by}: {group}" if by else str(source))
        order = {key: place for place, key in enumerate(dict.fromkeys((row["theme"], row["code"]) for row in own))}
        lines = [(row, _line(columns, row, notes)) for row in sorted(own, key=lambda row: order[row["theme"], row["code"]])]
        if wide or not several:
            blocks: tuple[Block, ...] = (Block("", tuple(line for _, line in lines)),)
        else:
            themes = dict.fromkeys((row["theme"], row["code"]) for row in own)
            blocks = tuple(
                Block(notes.clean(_name(theme, code)), tuple(line for row, line in lines if (row["theme"], row["code"]) == (theme, code)))
                for theme, code in themes
            )
        sections.append(Section((), blocks, title))
    return columns, tuple(sections)


def _line(columns: Sequence[Column], row: Row, notes: Notes) -> Line:
    remarks = "; ".join(part for part in (row["note"] or "").split("; ") if part != say("row.not_sought"))
    marks = {} if withheld(row) else notes.marks({**row, "note": remarks}, columns[0].key)
    return Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, marks)


def _name(theme: str, code: str | None) -> str:
    return f"  {code}" if code else named(theme)


def _columns(result: Result, rows: Sequence[Row], style: Style, *, with_theme: bool) -> Iterator[Column]:
    interval = style.prose(say("heading.interval", level=text.confidence(result.options.get("alpha", 0.05))))
    if with_theme:
        yield Column("theme", label("themes", "theme"), "left", lambda row: _name(row["theme"], row["code"]))
    if values(rows, "wave"):
        yield Column("wave", label("themes", "wave"), "left", lambda row: str(row["wave"] or ""))
    yield Column("mentions", label("themes", "mentions"), "right", _mentions)
    if _any(rows, "share"):
        yield Column("share", label("themes", "share"), "right", lambda row: _blank(row, style) if row["share"] is None else style.cell("share", row["share"]))
        yield Column("share_low", interval, "right", _limits("share", "share_low", "share_high", style))
    if _any(rows, "change"):
        yield Column("change", label("themes", "change"), "right", lambda row: "" if row["change"] is None else style.signed("share_change", row["change"]))
        yield Column("change_low", interval, "right", _limits("share_change", "change_low", "change_high", style))
        adjusted = result.options.get("adjust") != "none"
        header = style.header("p_value", say("heading.p_adjusted") if adjusted else label("themes", "p_value"))
        key = "p_adjusted"
        yield Column(key, header, "right", lambda row: "" if row[key] is None else style.cell("p", row[key]))
        yield Column("conclusion", label("themes", "conclusion"), "left", _conclusion)


def _mentions(row: Row) -> str:
    if say("row.not_sought") in (row["note"] or "") and row["n"] is None:
        return say("row.not_sought")
    if row["n"] is None:
        return WITHHELD
    return say("number.of", n=WITHHELD if row["mentions"] is None else text.count(row["mentions"]), of=text.count(row["n"]))


def _blank(row: Row, style: Style) -> str:
    return WITHHELD if withheld(row) else "" if row["kind"] != "answers" or row["n"] is None else style.absent


def _limits(kind: str, low: str, high: str, style: Style) -> Callable[[Row], str]:
    return lambda row: "" if row[low] is None else style.interval(kind, row[low], row[high])


def _conclusion(row: Row) -> str:
    found = CONCLUSIONS.get(row["conclusion"])
    return f"{found.sign} {word('conclusion', row['conclusion'])}" if found else ""


def _any(rows: Sequence[Row], key: str) -> bool:
    return any(row[key] is not None for row in rows)


def legend(_: Result, rows: Sequence[Row], __: Style) -> Iterator[str]:
    """What the units of the rows are."""
    for kind in values(rows, "kind"):
        sources = listing([f"“{source}”" for source in values([row for row in rows if row["kind"] == kind], "source")])
        yield _mentions_of(kind, sources)
    if _any(rows, "change"):
        yield say("legend.in_points", others="")


def _mentions_of(kind: str, sources: str) -> str:
    """What is counted where a kind of source is."""
    if kind == "answers":
        return say("themes.mentions_people", sources=sources)
    return say("themes.mentions_interviews", sources=sources) if kind == "interviews" else say("themes.mentions_focus_groups", sources=sources)


def lay_out_agreement(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A section for each source and wave, a line for each theme and code."""
    style = notes.style

    def figure(key: str, kind: str) -> Callable[[Row], str]:
        return lambda row: style.absent if row[key] is None else style.cell(kind, row[key])

    def with_limits(key: str) -> Callable[[Row], str]:
        def cell(row: Row) -> str:
            if row[key] is None:
                return style.absent
            limits = f" {style.interval('effect', row[f'{key}_low'], row[f'{key}_high'])}" if row[f"{key}_low"] is not None else ""
            return f"{style.cell('effect', row[key])}{limits}"

        return cell

    every = (
        Column("theme", label(result.name, "theme"), "left", lambda row: f"  {row['code']}" if row["code"] else str(row["theme"] or say("coders.all_codes"))),
        Column("units", label(result.name, "units"), "right", figure("units", "count")),
        Column("applied", label(result.name, "applied"), "right", figure("applied", "count")),
        Column("agreement", say("heading.agree"), "right", figure("agreement", "share")),
        Column("positive", say("heading.positive"), "right", figure("positive", "share")),
        Column("negative", say("heading.negative"), "right", figure("negative", "share")),
        Column("kappa", label(result.name, "kappa"), "right", with_limits("kappa")),
        Column("alpha", label(result.name, "alpha"), "right", with_limits("alpha")),
        Column("ac1", label(result.name, "ac1"), "right", with_limits("ac1")),
    )

    columns = tuple(column for column in every if column.key == "theme" or any(row[column.key] is not None for row in rows))

    def line(row: Row) -> Line:
        return Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, notes.marks(row, "theme"))

    sections = []
    for (source, wave), own in split(rows, ("source", "wave")):
        heading = notes.clean(", ".join(str(part) for part in (source, wave) if part))
        sections.append(Section((), (Block("", tuple(map(line, own))),), heading))
    return columns, tuple(sections)
