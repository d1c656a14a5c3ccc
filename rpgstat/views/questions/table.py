"""The page of `topline`: a table for each question, a line for each answer with its waves side by side, then the same of each group."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary import CONCLUSIONS
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import WITHHELD, Block, Column, Line, Notes, Row, Section, split
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.rows import values

BAR, _ROOM = "▇", 10
_TWO = 2  # waves, of which the change stands beside

Pages = tuple[tuple[Column, ...], tuple[Section, ...]]


def lay_out(result: Result, rows: Sequence[Row], notes: Notes) -> Pages:
    """A section for each question, a block for everyone and one for each group."""
    waves = [str(wave) for wave in values(rows, "wave")]
    columns = tuple(_columns(result, rows, waves, notes.style))
    sections = []
    for (_, words), own in split(rows, ("question", "text")):
        blocks = []
        for (group,), people in split(own, ("group",)):
            lines = tuple(_line(found, columns, notes) for found in _lines(people, waves))
            blocks.append(Block(notes.clean(_named(group, people, waves)) if values(own, "group") else "", lines))
        everyone = [row for row in own if row["group"] is None]
        sections.append(Section((), tuple(blocks), notes.clean(_heading(words, everyone, waves))))
    return columns, tuple(sections)


def _heading(words: str, everyone: Sequence[Row], waves: Sequence[str]) -> str:
    told = _sizes(everyone, waves)
    return say("topline.heading_waves", text=words, told=told) if told else words


def _sizes(rows: Sequence[Row], waves: Sequence[str]) -> str:
    """How many stand behind the shares, wave by wave."""
    heads = {row["wave"]: row for row in rows if row["option"] is None and row["n"] is not None}
    if len(waves) == 1:
        return say("number.n", n=text.count(heads[waves[0]]["n"])) if waves[0] in heads else ""
    return "; ".join(say("topline.in_wave", wave=wave, n=text.count(heads[wave]["n"])) for wave in waves if wave in heads)


def _named(group: str | None, rows: Sequence[Row], waves: Sequence[str]) -> str:
    told = _sizes(rows, waves)
    name = group or say("heading.everyone")
    return say("topline.heading_waves", text=name, told=told) if told else name


def _lines(rows: Sequence[Row], waves: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows of each answer in all waves as one: that of the latest wave, with all of them under `by_wave`."""
    for (option,), own in split(rows, ("option",)):
        by_wave = {row["wave"]: row for row in own}
        last = next((by_wave[wave] for wave in reversed(waves) if wave in by_wave and by_wave[wave]["n"] is not None), own[-1])
        note = "; ".join(dict.fromkeys(part for row in own for part in (row["note"] or "").split("; ") if part and not _explained(part)))
        line = {**last, "by_wave": by_wave, "note": note or None, "item": ""}
        if option is not None or _tells(line):
            yield line
        if option is None:
            yield from _beside(line)


_BESIDE = {"number": ("median", "quartiles"), "nps": ("mean",)}
"""What stands below the figure of all answers, by kind of question."""


def _beside(line: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Lines with the other figures of all answers: the median and quartiles of numbers, the mean of likelihoods."""
    untested = dict.fromkeys(("change", "change_low", "change_high", "p_adjusted", "chi_p", "cramers_v", "conclusion", "note"))
    for part in _BESIDE.get(line["kind"], ()):
        if any(row["mean"] is not None for row in line["by_wave"].values()):
            yield line | untested | {"part": part}


def _explained(note: str) -> bool:
    """Whether a cell says as much as the note."""
    return note in (say("row.suppressed"), say("row.number_only"), say("row.everyone_weighted"))


def _tells(line: Row) -> bool:
    """Whether the row of all answers has a figure of its own, or has to say why there is none."""
    return any(row[key] is not None for row in line["by_wave"].values() for key in ("mean", "score", "chi_p")) or bool(line["note"])


def _line(line: dict[str, Any], columns: Sequence[Column], notes: Notes) -> Line:
    return Line({column.key: notes.clean(column.cell(line)) for column in columns}, line, notes.marks(line, "option"))


def _columns(result: Result, rows: Sequence[Row], waves: Sequence[str], style: Style) -> Iterator[Column]:
    level = text.confidence(result.options.get("alpha", 0.05))
    yield Column("option", say("heading.answer"), "left", lambda line: _name(line))
    for wave in waves:
        heading = wave if len(waves) > 1 else say("heading.share")
        yield Column(f"wave {wave}", heading, "right", _figure(wave, style, several=len(waves) > _TWO))
        if style.wide or len(waves) == 1:
            yield Column(f"count {wave}", say("label.n"), "right", _count(wave, style))
    if len(waves) == 1:
        yield Column("limits", style.prose(say("heading.interval", level=level)), "right", _limits(style))
    if not style.wide:
        yield Column("bar", "", "left", _bar)
    if any(row["top3"] is not None for row in rows) and (style.wide or len(waves) == 1):
        yield Column("top1", say("label.top1"), "right", lambda line: "" if line["top1"] is None else style.cell("share", line["top1"]))
        yield Column("top3", say("label.top3"), "right", lambda line: "" if line["top3"] is None else style.cell("share", line["top3"]))
    if any(row["change"] is not None or row["chi_p"] is not None for row in rows):
        yield from _changes(result, level, style)


def _changes(result: Result, level: str, style: Style) -> Iterator[Column]:
    adjusted = result.options.get("adjust") != "none"
    yield Column("change", say("label.change"), "right", lambda line: "" if line["change"] is None else style.signed(kind(line), line["change"]))
    yield Column(
        "change_low",
        style.prose(say("heading.interval", level=level)),
        "right",
        lambda line: "" if line["change_low"] is None else style.interval(kind(line), line["change_low"], line["change_high"]),
    )
    header = style.header("p_value", say("heading.p_adjusted") if adjusted else say("label.p_value"))
    yield Column("p_adjusted", header, "right", lambda line: _p(line, style))
    yield Column("conclusion", say("label.conclusion"), "left", _conclusion)


def kind(row: Row) -> str:
    """How a change is written: in points of 100, or in the unit of the numbers or places."""
    return "number_change" if row["kind"] in ("number", "ranking") else "share_change"


def _p(line: Row, style: Style) -> str:
    p = line["p_adjusted"] if line["p_adjusted"] is not None else line["chi_p"]
    return "" if p is None else style.cell("p", p)


def _conclusion(line: Row) -> str:
    found = CONCLUSIONS.get(line["conclusion"])
    if found is None:
        return "" if line["cramers_v"] is None else say("topline.effect", v=text.fixed(line["cramers_v"]))
    return f"{found.sign} {word('conclusion', line['conclusion'])}"


def _name(line: Row) -> str:
    if line["option"] is not None:
        return answer(line)
    return word("beside_all", line["part"]) if "part" in line else word("all_of", line["kind"])


def answer(row: Row) -> str:
    """An answer as pages call it, without what it asks of who chose it."""
    return word("recommending", row["option"]) if row["kind"] == "nps" else _ASKING.sub("", str(row["option"]))


_ASKING = re.compile(r"(?<=\w)\s*(?:\(|[-,:\u2013] )(?:please )?(?:specify|state|describe|explain|say)\b[^()]*\)?$", re.IGNORECASE)
"""What forms ask behind an option: "Other (please specify)"."""


def _figure(wave: str, style: Style, *, several: bool) -> Callable[[Row], str]:
    """The share of an answer; of a ranking its mean place, of numbers the mean, of recommending the net score."""

    def cell(line: Row) -> str:
        row = line["by_wave"].get(wave)
        if row is None:
            return ""
        if row["note"] and any(map(_explained, row["note"].split("; "))):
            return WITHHELD
        if "part" in line:
            return _part(row, line["part"], style)
        sign = _sign(row) if several else ""
        if row["score"] is not None:
            return style.signed("share_change", row["score"]) + sign
        if row["option"] is None and row["kind"] in ("single", "multiple", "date"):
            return ""
        if row["share"] is not None:
            return style.cell("share", row["share"]) + sign
        if row["mean"] is None:
            return style.absent if row["count"] is None or style.wide else f"({text.count(row['count'])})"
        return style.cell("mean", row["mean"]) + sign

    return cell


def _part(row: Row, part: str, style: Style) -> str:
    """A figure of all answers beside the first."""
    if row["mean"] is None:
        return style.absent
    return (
        style.cell("mean", row[part]) if part != "quartiles" else say("topline.between", low=style.cell("mean", row["q1"]), high=style.cell("mean", row["q3"]))
    )


def _sign(row: Row) -> str:
    """What a wave is shown to be, in a table that has no room for the change of each."""
    found = CONCLUSIONS.get(row["conclusion"])
    return f" {found.sign}" if found is not None and found.found else ""


def _count(wave: str, style: Style) -> Callable[[Row], str]:
    def cell(line: Row) -> str:
        row = line["by_wave"].get(wave)
        if row is None or (row["option"] is None and row["kind"] in ("single", "multiple", "date")):
            return ""
        if row["option"] is None:
            return "" if row["n"] is None or "part" in line else text.count(row["n"])
        if row["count"] is None:
            return WITHHELD if row["note"] and any(map(_explained, row["note"].split("; "))) else style.absent
        return text.count(row["count"])

    return cell


def _limits(style: Style) -> Callable[[Row], str]:
    def cell(line: Row) -> str:
        if line.get("part") in ("median", "quartiles"):
            return ""
        if line.get("part") == "mean":
            return style.interval("mean", line["mean_low"], line["mean_high"]) if line["mean_low"] is not None else ""
        for low, high, of in (("share_low", "share_high", "share"), ("score_low", "score_high", "share_change"), ("mean_low", "mean_high", "mean")):
            if line[low] is not None:
                return style.interval(of, line[low], line[high])
        return ""

    return cell


def _bar(line: Row) -> str:
    """The share in characters, of the latest wave."""
    return BAR * round((line["share"] or 0) * _ROOM)


def legend(result: Result, rows: Sequence[Row], style: Style) -> Iterator[str]:
    """What figures are in."""
    kinds = set(values(rows, "kind"))
    if kinds - {"number"}:
        yield say("topline.scale")
    if not style.wide and any(row["share"] is None and row["count"] is not None and row["kind"] != "ranking" for row in rows):
        yield say("topline.scale_off")
    if any(row["change"] is not None for row in rows):
        yield say("topline.scale_change")
    if "nps" in kinds:
        yield say("topline.scale_nps")
    if len({row["wave"] for row in rows if row["change"] is not None}) > 1:
        yield say("topline.latest", reference=result.options.get("reference"))
    if "number" in kinds:
        yield say("topline.numbers")
    if "ranking" in kinds:
        yield say("topline.places")
    if any(row["chi_p"] is not None for row in rows):
        yield say("topline.all_tested")
