"""The labels of a grouping: which group each answer of a column stands for, and which answers stand for none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from rpgstat.errors import UserError, did_you_mean
from rpgstat.record import record
from rpgstat.study import Column, Group, normalise, persons
from rpgstat.study.bands import band, in_years
from rpgstat.study.toml import key_name
from rpgstat.tally._answers import FREE_TEXT, MOST_ANSWERS, told_safely
from rpgstat.text import listing

OTHER_ANSWERS = "(other answers)"
"""The group of answers of a text box that too few people typed to stand for themselves."""

_REPEATED = 0.5  # share of the people who have to have typed what others did, for a text box to make groups


@record
class Labelled:
    """The labels in order; for each file the place of each answer that stands for one; and what the analyst should know."""

    labels: tuple[str, ...]
    places: tuple[Mapping[str, int], ...]
    warnings: tuple[str, ...] = ()


def labelled(group: Group, where: Sequence[str], columns: Sequence[Column | None], stated: Sequence[Mapping[str, int]]) -> Labelled:
    """The labels of `stated`, the answers of each file's column with how many people gave each; `where` names these columns in messages."""
    for place, answers in zip(where, stated, strict=True):
        if len(answers) > MOST_ANSWERS:
            raise _free_text(group, place, f"more than {MOST_ANSWERS:,} different answers")
    if group.bands:
        return _banded(group, where, columns, stated)
    labels = group.levels or _undeclared(group, stated)
    places = {normalise(label): place for place, label in enumerate(labels)}
    places |= {normalise(word): places[normalise(label)] for word, label in group.aliases.items() if normalise(label) in places}
    if not group.levels and any(_open(column, answers) for column, answers in zip(columns, stated, strict=True)):
        return _typed(group, where, columns, stated, places)
    for place, column, answers in zip(where, columns, stated, strict=True):
        if group.levels and not group.other:
            strange = sum(normalise(answer) not in places for answer in answers)
            if column is not None and column.kind not in ("text", "personal") and strange > FREE_TEXT:
                raise _free_text(group, place, f"more than {FREE_TEXT} different answers")
            _refuse_unknown(group, place, answers, places)
    last = len(labels) - 1 if group.other else None
    found = tuple({a: at for a in answers if (at := places.get(normalise(a), last)) is not None} for answers in stated)
    return Labelled(labels, found, tuple(_others(group, where, stated, places)))


def _open(column: Column | None, answers: Mapping[str, int]) -> bool:
    return column is not None and (column.kind in ("text", "personal") or len(answers) > FREE_TEXT)


def _undeclared(group: Group, stated: Sequence[Mapping[str, int]]) -> tuple[str, ...]:
    """Labels in natural order, each in its commonest spelling; an alias stands for the label that it names."""
    meant = {normalise(word): label for word, label in group.aliases.items()}
    spellings: dict[str, Counter[str]] = {}
    for answers in stated:
        for answer, n in answers.items():
            label = meant.get(normalise(answer))
            spellings.setdefault(normalise(label or answer), Counter())[label or answer] += n
    commonest = [min(found, key=lambda word: (-found[word], word)) for found in spellings.values()]
    return tuple(sorted(commonest, key=natural))


def natural(label: str) -> tuple[list[tuple[int, int, str]], str]:
    """Numbers by value, words by letter: `Team 2` before `Team 10`."""
    parts = re.split(r"(\d+)", normalise(label))
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part], label


def _typed(group: Group, where: Sequence[str], columns: Sequence[Column | None], stated: Sequence[Mapping[str, int]], places: Mapping[str, int]) -> Labelled:
    """The groups of a text box without declared levels: what several people typed, and all the rest together. Raises UserError when answers hardly repeat."""
    labels = _undeclared(group, stated)
    at = dict(places)
    people: Counter[int] = Counter()
    for answers in stated:
        for answer, n in answers.items():
            people[at[normalise(answer)]] += n
    kept = [place for place in range(len(labels)) if people[place] >= persons.SAFE]
    if sum(people[place] for place in kept) < _REPEATED * sum(people.values()):
        crowded = next((i for i, answers in enumerate(stated) if len(answers) > FREE_TEXT), None)
        first = next(i for i, column in enumerate(columns) if column is not None)
        why = "its answers hardly repeat" if crowded is None else f"more than {FREE_TEXT} different answers"
        raise _free_text(group, where[first if crowded is None else crowded], why, stated)
    rare = any(0 < people[place] < persons.SAFE for place in range(len(labels)))
    fresh = {place: i for i, place in enumerate(kept)}
    found = tuple({answer: fresh.get(at[normalise(answer)], len(kept)) for answer in answers} for answers in stated)
    names = tuple(labels[place] for place in kept)
    if not rare:
        return Labelled(names, found)
    told = (
        f"group `{group.name}` is taken as people typed it: answers that fewer than {persons.SAFE} people gave stand together as {OTHER_ANSWERS}; "
        f"to join spellings, declare `levels` and "
        f"`aliases` in [groups.{key_name(group.name)}] of a study file"
    )
    return Labelled((*names, OTHER_ANSWERS), found, (told,))


def _banded(group: Group, where: Sequence[str], columns: Sequence[Column | None], stated: Sequence[Mapping[str, int]]) -> Labelled:
    """Groups of a number. What is no number, or below the lowest band, states no group, and is told."""
    header = " ".join(dict.fromkeys(column.label for column in columns if column is not None))
    years = in_years(header, (answer for answers in stated for answer in answers))
    found, told = [], []
    for place, answers in zip(where, stated, strict=True):
        at = {answer: band(answer, group.bands, years=years) for answer in answers}
        unread = {answer: n for answer, n in answers.items() if at[answer] is None}
        below = any(at[answer] == -1 for answer in answers)
        if answers and len(unread) == len(answers):
            hint = "name a column of numbers, or declare `levels` in place of `bands`"
            raise UserError(f"{place} of group `{group.name}` holds no numbers, so `bands` cannot be used", hint)
        if unread:
            shown = [f"`{answer}`" for answer in persons.shown(unread)]
            such = f", such as {listing(shown)}" if shown else ""
            told.append(f"{place}: answers in no one band of group `{group.name}`{such}, taken as not stated")
        if below:
            told.append(f"{place}: answers below the lowest band of group `{group.name}` ({group.levels[0]}), taken as not stated")
        found.append({answer: band for answer, band in at.items() if band is not None and band >= 0})
    return Labelled(group.levels, tuple(found), tuple(told))


def _others(group: Group, where: Sequence[str], stated: Sequence[Mapping[str, int]], places: Mapping[str, int]) -> list[str]:
    """In which files the level for all others took up answers; not how many, which would tell a group that may be withheld."""
    some = [place for place, answers in zip(where, stated, strict=True) if any(normalise(answer) not in places for answer in answers)]
    return [f"{place}: answers that are no level of group `{group.name}` are counted as `{group.other}`" for place in some]


def _free_text(group: Group, where: str, why: str, stated: Sequence[Mapping[str, int]] = ()) -> UserError:
    """The error for a column whose answers make no groups; none of them is shown."""
    table = f"[groups.{key_name(group.name)}]"
    if stated and _numbers(stated):
        return UserError(
            f"{where} of group `{group.name}` holds numbers with many values", f"make groups of them in a study file: under {table} write bands = [0, 2, 5, 10]"
        )
    declare = f'or list under {table} of a study file the `levels` it has, their `aliases`, and other = "Other" for the rest'
    return UserError(f"{where} of group `{group.name}` looks like free text: {why}", f"name a column with few answers; {declare}")


def _numbers(stated: Sequence[Mapping[str, int]]) -> bool:
    answers = [answer for file in stated for answer in file]
    return sum(re.fullmatch(r"\d{1,4}([.,]\d+)?", normalise(answer)) is not None for answer in answers) > 0.8 * len(answers)


def _refuse_unknown(group: Group, where: str, answers: Mapping[str, int], places: Mapping[str, int]) -> None:
    strange = {answer: n for answer, n in answers.items() if normalise(answer) not in places}
    if not strange:
        return
    table = f"[groups.{key_name(group.name)}]"
    first = next(iter(persons.shown(strange, group.levels)), None)
    near = f"; {did_you_mean(first, group.levels)}" if first is not None else ""
    hint = f'add them to `levels` or `aliases` of {table}, or write there other = "Other" for all the rest{near}'
    raise UserError(f"{where} has answers that group `{group.name}` does not know: {told_safely(strange, group.levels)}", hint)
