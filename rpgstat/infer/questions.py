"""The closed questions outside batteries that exports hold, as a study may declare them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rpgstat.infer.catalogue import is_off_scale
from rpgstat.study import Battery, Column, Survey, is_blank, normalise, persons, slug
from rpgstat.study.questions import TOP, Question, residual

if TYPE_CHECKING:
    from rpgstat.infer.matching import Match

Seen = Mapping[str, Mapping[str, int]]

_MOST = 40  # different answers that a single question may have
_REPEATED = 0.5  # share of the people who have to have answered what others did
_MANY_NUMBERS = 12  # different numbers from which they are a number and no answers to choose from
_NUMERIC = 0.9  # share of the people whose answer has to be a number
_RECOMMEND = re.compile(r"\brecommend")
_FIRST_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_BELOW = re.compile(r"^(?:less|under|fewer|up to|below|<)")
_ABOVE = re.compile(r"^(?:more than|over|above|>)")
_TIMES = {word: str(n) for n, word in enumerate("never once twice three four five six seven eight nine ten".split())}
_IN_WORDS = re.compile(rf"\b(?:{'|'.join(_TIMES)})\b")
_DEGREES = tuple(
    re.compile(words)
    for words in (
        r"^no (?:formal )?(?:qualification|education|schooling)",
        r"less than high school|^primary|did not (?:finish|complete) (?:high )?school",
        r"^(?!.*college)high school|^gcse|^secondary",
        r"^some college|a.level",
        r"^associate",
        r"bachelor|^undergraduate",
        r"^(?:graduate|post-?graduate|master)",
        r"doctora|ph\.?d",
    )
)
"""Qualifications, the lowest first."""
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:[.,]\d+)?\s*%?")


@dataclass
class _Found:
    """What is known of a question over all files."""

    text: str
    kind: str
    columns: list[str]
    separator: str = ""
    options: tuple[str, ...] = ()
    answers: Counter[str] = field(default_factory=Counter)
    waves: set[int] = field(default_factory=set)


def questions_in(
    surveys: Sequence[Survey],
    answers: Sequence[Seen],
    batteries: Iterable[Battery],
    others: Iterable[str] = (),
    taken: Iterable[str] = (),
    *,
    joined: list[tuple[str, Match]] | None = None,
) -> tuple[Question, ...]:
    """The closed questions that no battery of several statements uses, in the order of the files; `others` are headers of columns to leave out,
    `taken` ids that are others'.

    `answers[i][column.name]` counts the answers of survey i as typed. Left out are text boxes, columns that tell who or when somebody is, and
    answers that hardly repeat. The single statement of a battery is a question too, with its levels for options. Where `joined` is given,
    questions of different waves that are nearly worded alike become one, and it takes their ids with what was matched.
    """
    batteries = tuple(batteries)
    used = {normalise(text) for battery in batteries if len(battery.items) > 1 for item in battery.items for text in item.lookups}
    used |= set(map(normalise, others))
    scales = {normalise(text): battery for battery in batteries if len(battery.items) == 1 for text in battery.items[0].lookups}
    found: dict[str, _Found] = {}
    for wave, (survey, seen) in enumerate(zip(surveys, answers, strict=True)):
        labels = Counter(normalise(column.label) for column in survey.columns)
        for column in survey.columns:
            if used & {normalise(column.text), normalise(column.label), normalise(column.variable) or "-"} or labels[normalise(column.label)] > 1:
                continue
            _meet(found, column, seen.get(column.name, {}), wave)
    matches = _join(found, len(surveys)) if joined is not None else {}
    ids = set(taken)
    questions = tuple(question for one in found.values() if (question := _question(one, scales, ids)) is not None)
    if joined is not None:
        joined += [(question.id, matches[question.text]) for question in questions if question.text in matches]
    return questions


def _join(found: dict[str, _Found], waves: int) -> dict[str, Match]:
    """Makes one of questions of one kind that stand in one wave each and are nearly worded alike."""
    from rpgstat.infer.matching import Match, paired  # only drafts of several waves need it

    alone = {wave: [one.text for one in found.values() if one.waves == {wave}] for wave in range(waves)}
    matches = {}
    for earlier, later, likeness in paired(alone) if waves > 1 else ():
        one, other = found[normalise(earlier)], found[normalise(later)]
        if one.kind == other.kind:
            one.columns += other.columns
            one.answers.update(other.answers)
            one.waves |= other.waves
            del found[normalise(later)]
            matches[one.text] = Match(earlier, later, likeness)
    return matches


def _meet(found: dict[str, _Found], column: Column, seen: Mapping[str, int], wave: int) -> None:
    """Adds a column to the question that it belongs to."""
    if column.kind in ("tick", "ranking") and column.stem:
        kind = "multiple" if column.kind == "tick" else "ranking"
        found.setdefault(normalise(column.stem), _Found(column.stem, kind, [column.stem])).waves.add(wave)
    elif column.kind in ("multiple", "ranking"):
        kind = "multiple" if column.kind == "multiple" else "ranking"
        found.setdefault(normalise(column.label), _Found(column.label, kind, [column.label], column.separator or ";", column.options)).waves.add(wave)
    elif column.kind == "answer":
        one = found.setdefault(normalise(column.label), _Found(column.label, "answer", [column.label], "", column.options))
        one.answers.update({answer: n for answer, n in seen.items() if not is_blank(answer)})
        one.waves.add(wave)


def _question(one: _Found, scales: Mapping[str, Battery], taken: set[str]) -> Question | None:
    kind = one.kind if one.kind != "answer" else _kind(one)
    if not kind:
        return None
    base = slug(one.text)
    id = next(name for name in (base, *(f"{base}_{i}" for i in range(2, 100_000))) if name not in taken)
    taken.add(id)
    battery = scales.get(normalise(one.text)) or scales.get(normalise(one.text.rpartition(" > ")[2]))
    if kind == "single" and battery is not None:
        scale = battery.scale
        aliases = {word: level for word, level in scale.aliases.items() if level in scale.levels}
        aliases |= dict(zip(scale.codes, scale.levels, strict=False))
        return Question(id, one.text, "single", tuple(one.columns), "", (*scale.levels, *scale.not_applicable), aliases, off=scale.not_applicable)
    if kind == "single":
        options = one.options if one.options and _hold(one.options, one.answers) else in_amounts(one.answers)
        return Question(id, one.text, "single", tuple(one.columns), options=options)
    held = one.options if one.separator and any(one.separator.strip() in option for option in one.options) else ()  # a list cannot be split without them
    return Question(id, one.text, kind, tuple(one.columns), one.separator, held)  # type: ignore[arg-type] # a kind of question


def _kind(one: _Found) -> str:
    """What kind of question these answers answer; nothing where they answer none that can be counted."""
    people = sum(one.answers.values())
    plain = {normalise(answer) for answer in one.answers}
    if not people or persons.content(one.answers, one.text):
        return ""
    if _RECOMMEND.search(normalise(one.text)) and all(re.fullmatch(r"\d+", word) and int(word) <= TOP for word in plain):
        return "nps"
    numeric = sum(n for answer, n in one.answers.items() if _NUMBER.fullmatch(answer.strip()))
    if numeric >= _NUMERIC * people and len(plain) > _MANY_NUMBERS:
        return "number"
    return "single" if len(plain) <= _MOST and (persons.repeats(one.answers) >= _REPEATED) and not persons.is_free(one.answers) else ""


def _hold(options: Sequence[str], answers: Iterable[str]) -> bool:
    known = set(map(normalise, options))
    return all(normalise(answer) in known for answer in answers)


def in_amounts(answers: Mapping[str, int]) -> tuple[str, ...]:
    """Options in the order of the amounts or degrees that they name, where all but those off any scale do; else none: they stand as they are met."""
    spelt: dict[str, str] = {}
    for answer in sorted(answers, key=lambda word: (-answers[word], word)):
        spelt.setdefault(normalise(answer), " ".join(answer.split()))
    for rank in (_degree, _amount):
        known = {plain: found for plain in spelt if (found := rank(plain)) is not None}
        others = [plain for plain in spelt if plain not in known]
        if len(known) >= 3 and all(is_off_scale(plain) or residual(plain) for plain in others) and len(set(known.values())) == len(known):
            return tuple(spelt[plain] for plain in (*sorted(known, key=lambda plain: known[plain]), *others))
    return ()


def _amount(plain: str) -> tuple[float, ...] | None:
    """The numbers of an option; what is below the first stands before what begins with it."""
    plain = _IN_WORDS.sub(lambda word: _TIMES[word[0]], plain)
    found = [float(number.replace(",", "")) for number in _FIRST_NUMBER.findall(plain)]
    return (found[0], -1.0 if _BELOW.match(plain) else 1.0 if _ABOVE.match(plain) else 0.0, *found[1:]) if found else None


def _degree(plain: str) -> tuple[float, ...] | None:
    """The place of a qualification among those that surveys ask for."""
    places = [place for place, words in enumerate(_DEGREES) if words.search(plain)]
    return (float(places[0]),) if places else None


def of_batteries(batteries: Iterable[Battery]) -> Iterator[Question]:
    """The statements of batteries as questions, each with the levels of its scale as they were chosen."""
    for battery in batteries:
        scale = battery.scale
        aliases = {**scale.aliases, **dict(zip(scale.codes, scale.levels, strict=False))}
        for item in battery.items:
            options = (*scale.levels, *scale.not_applicable)
            yield Question(item.id, item.text, "single", item.lookups, "", options, aliases, section=battery.name, off=scale.not_applicable)
