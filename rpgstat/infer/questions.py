"""The closed questions outside batteries that exports hold, as a study may declare them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rpgstat.infer.orders import in_known_order
from rpgstat.study import Battery, Column, Survey, is_blank, normalise, persons, slug
from rpgstat.study.questions import OTHER, TOP, Question, recommending

if TYPE_CHECKING:
    from rpgstat.infer.matching import Match

Seen = Mapping[str, Mapping[str, int]]

_MOST = 40  # different answers that a single question may have
_REPEATED = 0.5  # share of the people who have to have answered what others did
_MANY_NUMBERS = 12  # different numbers from which they are a number and no answers to choose from
_NUMERIC = 0.9  # share of the people whose answer has to be a number
_FROM_1 = re.compile(r"\b1 ?(?:to|-|\u2013|a|à|bis|tot|do|i) ?\d")  # a scale that begins at 1 is not the one of the net score
_ABOVE_FIVE = 5  # an answer above it shows that the scale is longer than five points
_PER_CENT = re.compile(r"%|\bper ?cent|\bslider\b|\b0 ?(?:to|-|\u2013|and) ?100\b|\bout of 100\b|\bprozent|\bpourcent|\bporcent|\bprocent")
_ON_A_SLIDER = 5  # different numbers with gaps between them, some above 10, that show a number from 0 to 100
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

    def offer(self, options: Sequence[str], wave: int) -> None:
        """Adds what could be chosen in a wave."""
        known = set(map(normalise, self.options))
        self.options += tuple(option for option in options if normalise(option) not in known)
        self.waves.add(wave)


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
        one = found.setdefault(normalise(column.label), _Found(column.label, kind, [column.label], column.separator or ";"))
        one.offer(column.options, wave)
    elif column.kind == "answer":
        one = found.setdefault(normalise(column.label), _Found(column.label, "answer", [column.label]))
        one.offer(column.options, wave)
        one.answers.update({answer: n for answer, n in seen.items() if not is_blank(answer)})


def _question(one: _Found, scales: Mapping[str, Battery], taken: set[str]) -> Question | None:
    kind = one.kind if one.kind != "answer" else _kind(one)
    if not kind:
        return None
    base = slug(one.text)
    id = next(name for name in (base, *(f"{base}_{i}" for i in range(2, 100_000))) if name not in taken)
    taken.add(id)
    battery = scales.get(normalise(one.text)) or scales.get(normalise(one.text.rpartition(" > ")[2]))
    if kind == "single" and battery is not None:
        return _on_scale(one, id, battery)
    if kind == "single":
        options = one.options if one.options and _hold(one.options, one.answers) else () if _all_numbers(one.answers) else in_known_order(one.answers)
        return Question(id, one.text, "single", tuple(one.columns), options=options)
    other = OTHER if kind == "multiple" and one.options else ""  # what people typed beside the options is their own
    return Question(id, one.text, kind, tuple(one.columns), one.separator, one.options, other=other)  # type: ignore[arg-type] # a kind of question


def _on_scale(one: _Found, id: str, battery: Battery) -> Question:
    """The single statement of a battery with the levels of its scale."""
    scale = battery.scale
    aliases = {word: level for word, level in scale.aliases.items() if level in scale.levels}
    aliases |= dict(zip(scale.codes, scale.levels, strict=False))
    return Question(id, one.text, "single", tuple(one.columns), "", (*scale.levels, *scale.not_applicable), aliases, off=scale.not_applicable)


def _kind(one: _Found) -> str:
    """What kind of question these answers answer; nothing where they answer none that can be counted."""
    people = sum(one.answers.values())
    plain = {normalise(answer) for answer in one.answers}
    if not people or persons.content(one.answers, one.text):
        return ""
    if recommending(one.text) and _from_0_to_10(plain, one.text):
        return "nps"
    numeric = sum(n for answer, n in one.answers.items() if _NUMBER.fullmatch(answer.strip()))
    if numeric >= _NUMERIC * people and (len(plain) > _MANY_NUMBERS or _to_100(plain, one.text)):
        return "number"
    return "single" if len(plain) <= _MOST and (persons.repeats(one.answers) >= _REPEATED) and not persons.is_free(one.answers) else ""


def _all_numbers(answers: Iterable[str]) -> bool:
    """Whether all are bare numbers, which stand in their order by themselves: one that nobody chose is no less an option."""
    return all(re.fullmatch(r"-?\d+(?:[.,]\d+)?", answer.strip()) for answer in answers)


def _from_0_to_10(plain: Collection[str], text: str) -> bool:
    """Whether these are whole numbers that only a scale from 0 to 10 has; one from 1, or with no answer above 5, may be another."""
    numbers = [int(word) for word in plain if re.fullmatch(r"\d{1,2}", word)]
    return len(numbers) == len(plain) and _ABOVE_FIVE < max(numbers) <= TOP and not _FROM_1.search(normalise(text))


def _to_100(plain: Collection[str], text: str) -> bool:
    """Whether numbers are of a slider or per cent, by the question or the sign, or by what they are: from 0 to 100 with gaps between them."""
    numbers = [float(found[0].replace(",", "")) for word in plain if (found := re.search(r"\d[\d,]*(?:\.\d+)?", word))]
    if not numbers or not 0 <= min(numbers) <= max(numbers) <= 100 or len(numbers) < 3:
        return False
    if _PER_CENT.search(normalise(text)) or all(word.endswith("%") for word in plain):
        return True
    return len(numbers) >= _ON_A_SLIDER and max(numbers) > TOP and max(numbers) - min(numbers) + 1 > 2 * len(numbers)


def _hold(options: Sequence[str], answers: Iterable[str]) -> bool:
    known = set(map(normalise, options))
    return all(normalise(answer) in known for answer in answers)


def of_batteries(batteries: Iterable[Battery]) -> Iterator[Question]:
    """The statements of batteries as questions, each with the levels of its scale as they were chosen."""
    for battery in batteries:
        scale = battery.scale
        aliases = {**scale.aliases, **dict(zip(scale.codes, scale.levels, strict=False))}
        for item in battery.items:
            options = (*scale.levels, *scale.not_applicable)
            yield Question(item.id, item.text, "single", item.lookups, "", options, aliases, section=battery.name, off=scale.not_applicable)
