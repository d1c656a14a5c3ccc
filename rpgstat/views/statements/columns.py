"""The pages of `score` and `compare`: a table of statements for each wave or pair of waves, one block a battery."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from rpgstat import text
from rpgstat.glossary import COLUMNS, SIGNS
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, absent, split, withheld
from rpgstat.media.style import Style
from rpgstat.result import Result

_WAVES = {"score": ("wave",), "compare": ("reference", "wave")}
_MAIN = {"score": "mean", "compare": "estimate"}


def legend(rows: Sequence[Row], style: Style) -> Iterator[str]:
    """What the signs before the changes say, where they stand there without their words."""
    if not (style.wide and style.symbols):
        return
    met = {row["conclusion"] for row in rows}
    signs = [f"{sign} {word('conclusion', code)}" for code, sign in SIGNS.items() if code in met and code != "inconclusive"]
    silent = [say("legend.none_inconclusive")] if "inconclusive" in met else []
    if signs or silent:
        yield say("legend.signs", signs=", ".join([*signs, *silent]))


def lay_out(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """The columns of a `score` or `compare` page and its sections: by wave, or by group and pair of waves."""
    columns, main = tuple(_columns(result, notes.style)), _MAIN[result.name]

    def line(row: Row) -> Line:
        return Line({c.key: notes.clean(c.cell(row)) for c in columns}, row, notes.marks(row, main if row[main] is None else "text"))

    left_out = wholly_withheld(rows)
    rows = [row for row in rows if row.get("group") not in left_out]
    ranked = [dict(row, rank=rank) for row, rank in zip(rows, _ranks(result.name, rows), strict=True)]
    waves = _WAVES[result.name]
    sections = [
        Section(
            tuple(notes.clean(wave or "") for wave in keys[: len(waves)]),
            tuple(_block(notes.clean(name or ""), own, line) for (name,), own in split(found, ("battery",))),
            notes.clean("".join(keys[len(waves) :])),
        )
        for keys, found in split(ranked, (*waves, *(("group",) if "group" in result.frame.columns else ())))
    ]
    return columns, tuple(sections)


def wholly_withheld(rows: Sequence[Row]) -> list[str]:
    """The groups of which no row is shown: they are named below instead of in a table of nothing."""
    shown = {row.get("group") for row in rows if not withheld(row)}
    return list(dict.fromkeys(row["group"] for row in rows if row.get("group") is not None and row["group"] not in shown))


def _block(name: str, rows: Sequence[Row], line: Callable[[Row], Line]) -> Block:
    """A battery: its statements, highest mean first, then its score unless that repeats the only statement."""
    items = sorted((row for row in rows if row["item"] is not None), key=lambda row: (row["rank"] is None, row["rank"]))
    scores = [row for row in rows if row["item"] is None]
    return Block(name, tuple(line(row) for row in (*items, *(scores[:1] if len(items) != 1 else ()))))


def _ranks(name: str, rows: Sequence[Row]) -> list[int | None]:
    # `compare` has no rank of its own: its statements are ranked by the later mean, as `score` ranks that wave.
    if name == "score":
        return [row["rank"] for row in rows]
    means: dict[tuple[Any, ...], list[float]] = {}
    for row in rows:
        if _is_ranked(row):
            means.setdefault(_family(row), []).append(row["mean"])
    return [1 + sum(mean > row["mean"] for mean in means[_family(row)]) if _is_ranked(row) else None for row in rows]


def _is_ranked(row: Row) -> bool:
    return row["item"] is not None and row["mean"] is not None


def _family(row: Row) -> tuple[Any, ...]:
    return row.get("group"), row["reference"], row["wave"], row["battery"]


def _columns(result: Result, style: Style) -> Iterator[Column]:
    if not style.wide:
        yield Column("rank", COLUMNS["rank"].label, "right", lambda row: "" if row["item"] is None else text.cell("rank", row["rank"]))
    yield Column("text", COLUMNS["text"].label, "left", lambda row: say("heading.battery_score") if row["item"] is None else row["text"] or text.NONE)
    yield from _score_columns(result, style) if result.name == "score" else _compare_columns(result, style)


def _score_columns(result: Result, style: Style) -> Iterator[Column]:
    for key in ("n", "not_applicable", "missing", "mean", *(("sd",) if style.wide else ())):
        yield _plain(key, style)
    yield _interval(result, style)
    yield _plain("p_value", style)
    yield _plain("agree", style)
    yield _with_sign("net", style)
    if not (style.wide and style.symbols):  # beside the mean, its interval and the shares there is no room for a sentence
        yield Column("verdict", COLUMNS["verdict"].label, "left", lambda row: text.cell("text", row["verdict"]))


def _compare_columns(result: Result, style: Style) -> Iterator[Column]:
    if style.wide:
        for place, keys in enumerate((("n_reference", "mean_reference", "sd_reference"), ("n", "mean", "sd"))):
            yield from (replace(_plain(key, style), over=place) for key in keys if not key.startswith("sd") or result.frame[key].count())
    else:
        yield from (_plain(key, style) for key in ("n_reference", "n", "mean_reference", "mean"))
    yield _change(style)
    yield _interval(result, style)
    if "standardised" in result.frame.columns:
        yield _with_sign("standardised", style)
        yield _interval(result, style, "standardised")
    if result.options.get("design") == "paired" and "up" in result.frame.columns:
        yield Column("moves", say("heading.moves"), "right", _moves(style))
    yield from [_p(result, style)] if result.frame["p_value"].count() or not style.wide else []
    if "bf10" in result.frame.columns:
        yield _plain("bf10", style)
    yield from [_effect(result, style)] if result.frame["effect"].count() or not style.wide else []
    if not (style.wide and style.symbols):
        yield Column("conclusion", COLUMNS["conclusion"].label, "left", _conclusion(style))


def _moves(style: Style) -> Callable[[Row], str]:
    """How many of those in both waves went up, stayed and went down."""

    def cell(row: Row) -> str:
        found = [row[key] for key in ("up", "unchanged", "down")]
        return absent(row, "up", style) if None in found else ", ".join(style.cell("count", n) for n in found)

    return cell


def _plain(key: str, style: Style) -> Column:
    kind = COLUMNS[key].kind
    return Column(key, style.header(key, COLUMNS[key].label), "right", lambda row: absent(row, key, style) if row[key] is None else style.cell(kind, row[key]))


def _with_sign(key: str, style: Style, header: str = "") -> Column:
    kind = COLUMNS[key].kind
    return Column(key, header or COLUMNS[key].label, "right", lambda row: absent(row, key, style) if row[key] is None else style.signed(kind, row[key]))


def _change(style: Style) -> Column:
    """The change; with the sign of its conclusion where that has no column of its own."""
    column = _with_sign("estimate", style)
    if not (style.wide and style.symbols):
        return column

    def cell(row: Row) -> str:
        sign = SIGNS.get(row["conclusion"] or "", "")
        return f"{sign} {column.cell(row)}" if sign and row["conclusion"] != "inconclusive" else column.cell(row)

    return replace(column, cell=cell)


def _effect(result: Result, style: Style) -> Column:
    names = result.frame["effect_name"].drop_nulls()
    header = word("effect", names[0]) if len(names) else COLUMNS["effect"].label
    return _with_sign("effect", style, header)


def _interval(result: Result, style: Style, of: str = "") -> Column:
    """The column of a pair of limits: of the row's main figure, or of the one named."""

    def cell(row: Row) -> str:
        low, high = row[f"{of or 'conf'}_low"], row[f"{of or 'conf'}_high"]
        return absent(row, f"{of or 'conf'}_low", style) if low is None or high is None else style.interval("points", low, high)

    shown = style.prose(say("heading.interval", level=text.confidence(result.options.get("alpha", 0.05))))
    return Column(f"{of}_interval".removeprefix("_"), shown, "right", cell)


def _p(result: Result, style: Style) -> Column:
    adjust = result.options.get("adjust", "holm")
    if adjust == "none":
        return _plain("p_value", style)
    p = _plain("p_adjusted", style)
    return replace(p, header=say("heading.adjusted", p=style.header("p_value", COLUMNS["p_value"].label), method=word("adjusted_short", adjust)))


def _conclusion(style: Style) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        code = row["conclusion"]
        if code is None:
            return absent(row, "conclusion", style)
        return f"{SIGNS.get(code, '')} {word('conclusion', code)}".strip() if style.symbols else word("conclusion", code)

    return cell
