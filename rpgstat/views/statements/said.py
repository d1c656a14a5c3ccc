"""What `score` and `compare` find, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary import CONCLUSIONS
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split, withheld
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.rows import MOST_TOLD, quoted, rows_of


def score(result: Result, _: Beside) -> Iterator[str]:
    """How far agreement ranges in each wave, on each scale by itself."""
    rows = [row for row in rows_of(result) if row["item"] is not None]
    waves = list(split(rows, ("wave",)))
    for (wave,), own in waves if len(waves) < 3 else (waves[0], waves[-1]):
        held = [row for row in own if row["agree"] is not None]
        scales = list(split([{**row, "scale": str(row["levels"])} for row in held], ("scale",)))
        if not scales:
            yield say("figure.no_agreement", wave=wave, n=_people(own))
        for _, some in scales[:MOST_TOLD]:
            yield _agreement(wave, some, _scale(some[0]["levels"]) if len(scales) > 1 else "")
        if len(scales) > MOST_TOLD:
            yield say("figure.more_scales", scales=text.plural(len(scales) - MOST_TOLD, "other scale"), wave=wave)


def _agreement(wave: str, rows: Sequence[Row], scale: str) -> str:
    """The range of some statements on one scale; of one, its figure."""
    low, high = min(rows, key=lambda row: row["agree"]), max(rows, key=lambda row: row["agree"])
    ends = [f"{used().cell('share', row['agree'])} ({quoted(row)})" for row in (low, high)]
    agreed = any("agreed" in (row["verdict"] or "") for row in rows)
    said = {"wave": wave, "n": _people(rows), "scale": scale}
    if len(rows) == 1:
        return say("figure.agreement_one", share=ends[0], **said) if agreed else say("figure.upper_half_one", share=ends[0], **said)
    said |= {"low": ends[0], "high": ends[1]}
    return say("figure.agreement", **said) if agreed else say("figure.upper_half", **said)


def _people(rows: Sequence[Row]) -> str:
    sizes = sorted({row["n"] for row in rows if row["n"]})
    return f" (n = {text.count(sizes[0])}{f' to {text.count(sizes[-1])}' if len(sizes) > 1 else ''})" if sizes else ""


def _scale(levels: Sequence[str]) -> str:
    return say("figure.on_scale", low=f"“{text.shortened(levels[0], 30)}”", high=f"“{text.shortened(levels[-1], 30)}”")


def compare(result: Result, _: Beside) -> Iterator[str]:
    """How many changes are significant, and which is largest on each scale."""
    rows = rows_of(result)
    panels = list(split([{"group": None, **row} for row in rows if row["item"] is not None], ("group", "reference", "wave")))
    hidden = [str(group) for (group, _, _), own in panels if group is not None and all(map(withheld, own))]
    for (group, reference, wave), own in panels:
        if group not in hidden:
            who = f" in {group}" if group else ""
            yield say("figure.compared", reference=reference, wave=wave, group=who, words=_concluded(own))
    if hidden:
        yield say("figure.groups_withheld", groups=text.listing(list(dict.fromkeys(hidden))))
    moved = [row for row in rows if row["item"] is not None and row["conclusion"] in ("higher", "lower") and row["estimate"] is not None]
    scales = list(split(moved, ("scale_low", "scale_high")))
    several = len({(row["scale_low"], row["scale_high"]) for row in rows}) > 1
    for (low, high), own in scales[:MOST_TOLD]:
        yield _largest(own, say("figure.on_points", low=text.short(low), high=text.short(high)) if several else "", named=len(panels) > 1)


def _concluded(rows: Sequence[Row]) -> str:
    kinds = {word: sum(row["conclusion"] == word for row in rows) for word in CONCLUSIONS}
    tested = sum(kinds.values())
    if tested < 2:
        return say("figure.one_tested", word=next(word for word, count in kinds.items() if count)) if tested else say("figure.nothing_tested")
    return say("figure.of_tested", n=text.count(tested), words=text.listing([f"{count} {word}" for word, count in kinds.items() if count]))


def _largest(rows: Sequence[Row], scale: str, *, named: bool) -> str:
    row = max(rows, key=lambda row: abs(row["estimate"]))
    where = "".join([f" in {row['group']}" if row.get("group") else "", f" in {row['wave']}" if named else ""])
    means = {"before": text.fixed(row["mean_reference"]), "n_before": text.count(row["n_reference"])}
    means |= {"after": text.fixed(row["mean"]), "n_after": text.count(row["n"])}
    limits = "" if row["conf_low"] is None else f" {used().limits('points', row['conf_low'], row['conf_high'])}"
    return say("figure.largest", scale=scale, statement=quoted(row), where=where, change=text.signed(row["estimate"]), limits=limits, **means)
