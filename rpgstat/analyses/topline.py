"""`topline`: what people answered to every question, by wave and group, and what changed between waves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rpgstat import text
from rpgstat.analyses._questions import Row, ToplineOptions, rows_of
from rpgstat.analyses._replies_changes import changed
from rpgstat.analyses._rows import joined, titled
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.stats.adjust import adjust
from rpgstat.study import NOT_STATED, Study
from rpgstat.study.questions import Asked, Replies


@record
class Withheld:
    """What is withheld of groups: by question, wave and group all, all but the number of answers, and single options.

    With `missing` so are the numbers of those who did not answer or said that they do not know, which may be of a few.
    """

    hidden: frozenset[tuple[str, str, str]] = frozenset()
    few: frozenset[tuple[str, str, str]] = frozenset()
    options: frozenset[tuple[str, str, str, str]] = frozenset()
    missing: bool = False


def topline(
    study: Study,
    asked: Sequence[Asked],
    waves: Sequence[str],
    options: ToplineOptions,
    by: str | None = None,
    withheld: Withheld = Withheld(),  # noqa: B008
) -> Result:
    """Result `topline`: of each question in each wave a row for what holds of all options, and one for each option; then the same of each group.

    Changes are later minus reference, of everyone: shares by Newcombe and Fisher's mid-p, net scores and means by Welch. The tests of a section
    in one wave are one family.
    """
    rows: list[Row] = []
    families: dict[tuple[str, str], list[Row]] = {}
    for one in asked:
        reference = next((own for own in one.replies if own.wave == options.reference and own.group is None), None)
        for own in _in_order(one, waves):
            told = replace(own, unread=0) if withheld.missing and own.group is not None else own  # how many wrote no number may be few
            made = _protected(list(rows_of(one.question, told, by, options)), own, withheld)
            if own.group is None and own.wave != options.reference and options.reference is not None and (not options.waves or own.wave in options.waves):
                tested = changed(one.question, own, reference, made, options)
                families.setdefault((one.question.section, own.wave), []).extend(tested)
            rows += made
        rows += [_absent(one, wave) for wave in one.absent]
    for family in families.values():
        _judge(family, options)
    wanted = [row | {"note": row["note"] or None} for row in rows if not options.waves or row["wave"] in options.waves]
    return Result(
        name="topline",
        title=titled(study, say("title.topline")),
        frame=table("topline", wanted),
        method=_method(wanted, options),
        notes=tuple(_notes(asked, wanted)),
        options={"alpha": options.alpha, "adjust": options.adjust, "reference": options.reference, "waves": list(options.waves)},
    )


def _in_order(one: Asked, waves: Sequence[str]) -> Iterator[Replies]:
    """Wave by wave, everyone before the groups, without those who stated none."""
    for wave in waves:
        own = [replies for replies in one.replies if replies.wave == wave and replies.group != NOT_STATED]
        yield from sorted(own, key=lambda replies: replies.group is not None)


def _absent(one: Asked, wave: str) -> Row:
    question = one.question
    head = {"question": question.id, "text": question.text, "kind": question.kind, "option": None, "wave": wave, "by": None, "group": None}
    return head | {"note": say("row.not_asked_then")}


_OPEN = ("question", "text", "kind", "option", "wave", "by", "group")


def _protected(rows: list[Row], own: Replies, withheld: Withheld) -> list[Row]:
    """The rows of a group without what may not be seen of it."""
    if own.group is None or not rows:
        return rows
    place = (rows[0]["question"], own.wave, own.group)
    if place in withheld.hidden:
        return [{key: row[key] for key in _OPEN} | {"note": say("row.suppressed")} for row in rows]
    if place in withheld.few:  # how many ranked an option is no number of all, and may be few
        return [
            {key: row.get(key) for key in (*_OPEN, *(("n",) if row["option"] is None or row["kind"] != "ranking" else ()))} | {"note": say("row.number_only")}
            for row in rows
        ]
    if withheld.missing:
        rows = [_without_missing(row) for row in rows]
    return [
        {key: row.get(key) for key in (*_OPEN, "n")} | {"note": say("row.suppressed")} if (*place, row["option"]) in withheld.options else row for row in rows
    ]


def _without_missing(row: Row) -> Row:
    """A row of a group without what tells how many of it did not answer, or are in no share."""
    kept = row | {"asked": None, "answered": None}
    return kept | {"count": None, "note": say("row.suppressed")} if row["note"] == say("row.not_in_base") else kept


def _judge(family: Sequence[Row], options: ToplineOptions) -> None:
    """Puts adjusted p and conclusions into the tested rows of one section and wave."""
    for row, p in zip(family, adjust([row["p_value"] for row in family], options.adjust), strict=True):
        row["p_adjusted"] = p
        if p is None:
            continue
        if p < options.alpha:
            row["conclusion"] = "higher" if row["change"] > 0 else "lower"
            continue
        row["conclusion"] = "inconclusive"
        if row["p_value"] < options.alpha:
            row["note"] = joined([row["note"] or "", say("row.not_after_adjustment")]) or ""


def _method(rows: Sequence[Row], options: ToplineOptions) -> str:
    """How shares, and changes where there are any, were found."""
    kinds = {row["kind"] for row in rows}
    level = text.confidence(options.alpha)
    told = [say("topline.method_shares", level=level)]
    if "nps" in kinds:
        told.append(say("topline.method_nps"))
    if {"number", "ranking"} & kinds:
        told.append(say("topline.method_numbers"))
    if any(row.get("change") is not None for row in rows):
        family = say("topline.adjusted", method=word("adjust", options.adjust)) if options.adjust != "none" else say("themes.not_adjusted")
        told.append(say("topline.method_changes", family=family, alpha=text.short(options.alpha)))
    return " ".join(told)


def _notes(asked: Sequence[Asked], rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    kinds = {one.question.kind for one in asked}
    if "multiple" in kinds:
        yield say("topline.several")
    if off := [one for one in asked if one.question.off]:
        words = listing(list(dict.fromkeys(f"“{option}”" for one in off for option in one.question.off)))
        yield say("topline.off", options=words)
    if conditional := [one.question for one in asked if one.question.asked_if]:
        yield say("topline.asked_if", len(conditional), questions=listing([f"“{question.text}”" for question in conditional]))
    if any(row.get("change") is not None for row in rows):
        yield say("themes.independent")
