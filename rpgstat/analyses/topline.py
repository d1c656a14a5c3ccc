"""`topline`: what people answered to every question, by wave and group, and what changed between waves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rpgstat import text
from rpgstat.analyses._design import design_notes, design_options, number_only
from rpgstat.analyses._questions import Row, ToplineOptions, rows_of
from rpgstat.analyses._replies_changes import changed
from rpgstat.analyses._rows import joined, titled
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.stats.adjust import adjust
from rpgstat.study import NOT_STATED, Study, Tally
from rpgstat.study.questions import Asked, Both, Question, Replies


@record
class Withheld:
    """What is withheld of groups: by question, wave and group all, all but the number of answers, and single options; group None is everyone, with weights.

    With `missing` so are the numbers of those who did not answer or said that they do not know, which may be of a few.
    """

    hidden: frozenset[tuple[str, str, str]] = frozenset()
    few: frozenset[tuple[str, str, str | None]] = frozenset()
    options: frozenset[tuple[str, str, str | None, str]] = frozenset()
    missing: bool = False


def topline(
    study: Study,
    tally: Tally,
    asked: Sequence[Asked],
    options: ToplineOptions,
    by: str | None = None,
    withheld: Withheld = Withheld(),  # noqa: B008
) -> Result:
    """Result `topline`: of each question in each wave a row for what holds of all options, and one for each option; then the same of each group.

    Changes are later minus reference, of everyone and inside each group: shares by Newcombe and Fisher's mid-p, net scores and means by Welch.
    The tests of a section are one family over all waves, and so are those of a question with several answers; those of groups are a family of
    their own, over all groups.
    """
    rows: list[Row] = []
    families: dict[tuple[str, str, bool], list[Row]] = {}
    for one in asked:
        made = {(own.wave, own.group): _seen(one.question, own, by, options, withheld) for own in _in_order(one, tally.waves)}
        for tested, grouped in _tested(one, made, withheld, options):
            families.setdefault((*_family(one.question), grouped), []).extend(tested)
        rows += [row for own in made.values() for row in own]
        rows += [_absent(one, wave) for wave in one.absent]
    for family in families.values():
        _judge(family, options)
    wanted = [row | {"note": row["note"] or None} for row in rows if not options.waves or row["wave"] in options.waves]
    told = {"alpha": options.alpha, "adjust": options.adjust, "reference": options.reference, "waves": list(options.waves)}
    return Result(
        name="topline",
        title=titled(study, say("title.topline")),
        frame=table("topline", wanted),
        method=_method(wanted, tally, options),
        notes=(*_notes(asked, wanted, options), *_design(tally, options, withheld)),
        options=told | design_options(tally),
    )


def _design(tally: Tally, options: ToplineOptions, withheld: Withheld) -> list[str]:
    """What the weights and the population are, and why some figures of everyone are withheld."""
    met = any(group is None for _, _, group, *_ in (*withheld.few, *withheld.options))
    return [*design_notes(replace(tally, number_only=frozenset()), options.waves or tally.waves), *number_only(met)]


def _seen(question: Question, own: Replies, by: str | None, options: ToplineOptions, withheld: Withheld) -> list[Row]:
    """The rows of some people without what may not be seen of them."""
    told = replace(own, unread=0) if withheld.missing and own.group is not None else own  # how many wrote no number may be few
    return _protected(list(rows_of(question, told, by, options)), own, withheld)


def _family(question: Question) -> tuple[str, str]:
    """Whose tests are adjusted together: those of a section, or of a question with several answers, which are as the themes of one."""
    return ("", question.id) if question.kind == "multiple" else (question.section, "")


Made = Mapping[tuple[str, str | None], Sequence[Row]]
"""The rows of each wave and group."""


def _tested(one: Asked, made: Made, withheld: Withheld, options: ToplineOptions) -> Iterator[tuple[list[Row], bool]]:
    """Puts changes into the rows of later waves; gives those that were tested, and whether they are of a group."""
    given = {(own.wave, own.group): own for own in one.replies}
    for (wave, group), rows in made.items():
        if options.reference is None or wave == options.reference or (options.waves and wave not in options.waves):
            continue
        seen = [row for row in rows if not _hidden(row, wave, group, withheld) and not _hidden(row, options.reference, group, withheld)]
        if not seen or seen[0]["option"] is not None:
            continue
        both = _linked(one, given[wave, group], options)
        yield changed(one.question, given[wave, group], given.get((options.reference, group)), seen, options, both), group is not None


def _linked(one: Asked, own: Replies, options: ToplineOptions) -> Both | None:
    """The people who answered in both waves, where there are enough, all count alike or by a column, and everyone is meant."""
    both = one.both.get((options.reference or "", own.wave))
    alike = own.design is None or bool(own.masses and not own.design.population)
    return both if both is not None and both.n >= max(2, options.few) and own.group is None and alike else None


def _hidden(row: Row, wave: str, group: str | None, withheld: Withheld) -> bool:
    """Whether a row of a group, or of everyone, may not be seen in a wave."""
    place = (row["question"], wave, group)
    return bool(place in withheld.hidden or place in withheld.few or (*place, row["option"]) in withheld.options)


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
    """The rows of a group, or of everyone, without what may not be seen of it."""
    if not rows:
        return rows
    if own.group is None:  # how many people there are of everything is public, but what they weigh is not
        return [_counted(row, own.wave, withheld) for row in rows]
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


def _counted(row: Row, wave: str, withheld: Withheld) -> Row:
    """A row of everyone, or where no figure with weights may be seen the counts of it."""
    place = (row["question"], wave, None)
    few = place in withheld.few
    if not (few or (*place, row["option"]) in withheld.options):
        return row
    note = say("row.everyone_weighted") if few else say("row.suppressed")
    return {key: row.get(key) for key in (*_OPEN, "asked", "answered", "n", "count")} | {"note": note}


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


def _method(rows: Sequence[Row], tally: Tally, options: ToplineOptions) -> str:
    """How shares, and changes where there are any, were found."""
    kinds = {row["kind"] for row in rows}
    level = text.confidence(options.alpha)
    told = [say("topline.method_shares", level=level)]
    means = [(say("topline.method_nps"), say("topline.method_nps_changes"))] if "nps" in kinds else []
    means += [(say("topline.method_numbers"), say("topline.method_numbers_changes"))] if kinds & {"number", "ranking"} else []
    told += [own for own, _ in means]
    if any(row.get("change") is not None for row in rows):
        family = say("topline.adjusted", method=word("adjust", options.adjust)) if options.adjust != "none" else say("themes.not_adjusted")
        told.append(say("topline.method_changes", family=family, alpha=text.short(options.alpha)))
        told += [changes for _, changes in means]
        if tally.design:
            told.append(say("topline.method_weighted"))
    return " ".join(told)


def _notes(asked: Sequence[Asked], rows: Sequence[Mapping[str, Any]], options: ToplineOptions) -> Iterator[str]:
    kinds = {one.question.kind for one in asked}
    if "multiple" in kinds:
        yield say("topline.several")
    if off := [one for one in asked if one.question.off]:
        words = listing(list(dict.fromkeys(f"“{option}”" for one in off for option in one.question.off)))
        yield say("topline.off", options=words)
    if conditional := [one.question for one in asked if one.question.asked_if]:
        yield say("topline.asked_if", len(conditional), questions=listing([f"“{question.text}”" for question in conditional]))
    linked = [both.n for one in asked for own in one.replies if (both := _linked(one, own, options)) is not None]
    if linked:
        range_of = {"least": text.count(min(linked)), "most": text.count(max(linked))}
        clustered = any(own.masses for one in asked for own in one.replies) or any(both.people for one in asked for both in one.both.values())
        yield say("topline.linked_clustered", **range_of) if clustered else say("topline.linked", **range_of)
    elif any(row.get("change") is not None for row in rows):
        yield say("themes.independent")
