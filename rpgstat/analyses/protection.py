"""`protection` and `merges`: what is shown of each group and why no more, for those alone who control what is passed on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rpgstat import text
from rpgstat.analyses._rows import item_text, titled
from rpgstat.glossary.languages import in_english
from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.study import Cell, Disclosure, ItemCell, PeopleCell, Study


@record
class Answers:
    """In a wave the answers to a question, or to an `option` of it; or the coded answers to one, or those that spoke of a `theme`."""

    wave: str
    text: str
    question: str | None = None
    option: str | None = None
    theme: str | None = None


@record
class Protected:
    """A decision about the `n` answers of a group in a cell: how much is `shown` ("hidden", "mean only", "number only" or "full"), and why no more."""

    by: str
    group: str
    cell: Cell | Answers
    n: int
    shown: str
    reason: str | None


def protection(study: Study, decided: Sequence[Protected], waves: Sequence[str], refused: Sequence[str]) -> Result:
    """Result `protection`: a row per wave, grouping, group, and statement, battery score, question, answer, theme or, without any, questionnaire returned.

    `refused` are crosses of groupings that nothing is shown of. The result holds the numbers that all others withhold.
    """
    rows = [_row(study, one) for wave in waves for one in decided if one.cell.wave == wave]
    return Result(
        name="protection",
        title=titled(study, say("protection.title")),
        frame=table("protection", rows),
        method=_method(study.disclosure, decided),
        notes=(
            text.sentence(say("protection.confidential")),
            *(say("protection.crosses", by=by) for by in refused),
        ),
        options={"waves": list(waves), "by": list(dict.fromkeys(one.by for one in decided))},
        warnings=_confidential(),
    )


def _method(rule: Disclosure, decided: Sequence[Protected]) -> str:
    replies = any(isinstance(one.cell, Answers) for one in decided)
    told = [say("protection.method", hide_below=rule.hide_below, detail_from=rule.detail_from)]
    return " ".join([*told, *([say("protection.method_replies", detail_from=rule.detail_from)] if replies else [])])


def _confidential() -> tuple[str]:
    """What is told beside the result."""
    with in_english():
        return (say("protection.confidential"),)


def _row(study: Study, one: Protected) -> dict[str, Any]:
    row: dict[str, Any] = {"wave": one.cell.wave, "by": one.by, "group": one.group, "n": one.n, "shown": one.shown, "reason": one.reason}
    if isinstance(one.cell, Answers):
        return row | {"text": one.cell.text, "question": one.cell.question, "option": one.cell.option, "theme": one.cell.theme}
    if isinstance(one.cell, PeopleCell):
        return row | {"text": say("protection.returned")}
    if isinstance(one.cell, ItemCell):
        battery, item = next((battery, item) for battery, item in study.items if item.id == one.cell.item)
        return row | {"battery": battery.name, "item": item.id, "text": item_text(item)}
    battery = next(battery for battery in study.batteries if battery.name == one.cell.battery)
    fewer = len(one.cell.items) < len(battery.items)
    return row | {"battery": battery.name, "text": battery.name, "note": say("protection.fewer", n=len(one.cell.items)) if fewer else None}


def merges(study: Study, found: Sequence[dict[str, Any]]) -> Result:
    """Result `merges`: pairs of groups that let more be shown when they are one, the most gainful first."""
    return Result(
        name="merges",
        title=titled(study, say("protection.merges")),
        frame=table("merges", found),
        method=say("protection.joined"),
        notes=(say("protection.declare"), text.sentence(say("protection.confidential"))),
    )
