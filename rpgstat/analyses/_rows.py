"""Columns and words that rows of several results share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from rpgstat import text
from rpgstat.analyses._answers import Answers
from rpgstat.glossary.sentences import listing, say
from rpgstat.stats.sample import mean_interval
from rpgstat.stats.shares import wilson
from rpgstat.study import Battery, Item, Scale, Study, Tally


@dataclass
class Row:
    """A row being made: its columns so far, its family of tests, its notes, its p by ranks and its equivalence p."""

    columns: dict[str, Any]
    family: str
    notes: list[str] = field(default_factory=list)
    rank_p: float | None = None
    equivalence_p: float | None = None


def ranks(answers: Mapping[str, Answers | None]) -> dict[str, int | None]:
    """Competition ranks by exact mean, 1 highest; None without valid answers."""
    return places({key: a.mean if a and a.sample.n else None for key, a in answers.items()})


def places(means: Mapping[str, Fraction | None]) -> dict[str, int | None]:
    """Competition ranks of means, 1 highest; None where there is none.

    >>> places({"a": Fraction(3), "b": None, "c": Fraction(4), "d": Fraction(3)})
    {'a': 2, 'b': None, 'c': 1, 'd': 2}
    """
    known = sorted((mean for mean in means.values() if mean is not None), reverse=True)
    first: dict[Fraction, int] = {}
    for place, mean in enumerate(known, start=1):
        first.setdefault(mean, place)
    return {key: None if mean is None else first[mean] for key, mean in means.items()}


def head(battery: Battery, item: Item | None, **keys: Any) -> dict[str, Any]:
    """What names a row, and the scale it is on."""
    named = {"battery": battery.name, "item": item.id if item else None, "text": item_text(item) if item else battery.name}
    return named | keys | scale_columns(battery.scale)


def scale_columns(scale: Scale) -> dict[str, float]:
    """The scale's ends and midpoint."""
    return {"scale_low": float(scale.low), "midpoint": float(scale.midpoint), "scale_high": float(scale.high)}


def mean_columns(answers: Answers, alpha: float, names: tuple[str, str, str, str]) -> dict[str, float | None]:
    """Mean, its t limits and the SD under the given column names."""
    interval = mean_interval(sample=answers.sample, level=1 - alpha)
    low, high = (interval.low, interval.high) if interval else (None, None)
    return dict(zip(names, (answers.sample.mean, low, high, answers.sample.sd), strict=True))


def agree_columns(answers: Answers, alpha: float) -> dict[str, float | None]:
    """Share in the upper half with its Wilson limits; all None on an undeclared numeric scale."""
    count, n, effective_n = answers.agreeing
    interval = wilson(count=count, n=n, effective_n=effective_n, level=1 - alpha) if answers.agree is not None else None
    return {"agree": answers.agree, "agree_low": interval.low if interval else None, "agree_high": interval.high if interval else None}


def item_text(item: Item) -> str:
    """The statement, marked when it is reversed."""
    return say("row.reversed_text", statement=item.text) if item.reverse else item.text


def rows_of(battery: Battery) -> Iterator[Item | None]:
    """The battery's items in questionnaire order, then None for the battery itself."""
    yield from battery.items
    yield None


def titled(study: Study, words: str) -> str:
    """A result's title: the study's before what the result is."""
    return text.headed(study.title or "", words)


def scale_notes(study: Study) -> tuple[str, ...]:
    """One sentence a scale, in order: its levels with their scores and the midpoint; its batteries where there are several scales."""
    batteries: dict[str, list[str]] = {}
    for battery in study.batteries:
        batteries.setdefault(_scale_words(battery.scale), []).append(battery.name)
    if len(batteries) == 1:
        return tuple(say("note.scale", words=words) for words in batteries)
    quoted = {words: listing([f"“{text.shortened(name, 40)}”" for name in names]) for words, names in batteries.items()}
    return tuple(say("note.scale_of", batteries=names, words=words) for words, names in quoted.items())


def _scale_words(scale: Scale) -> str:
    if not scale.labelled:
        return say("scale.unlabelled", low=scale.levels[0], high=scale.levels[-1])
    levels = ", ".join(f"{level} ({text.short(float(score))})" for level, score in zip(scale.levels, scale.scores, strict=True))
    return say("scale.levels", levels=levels, midpoint=text.short(float(scale.midpoint)))


def returned_note(tally: Tally, waves: Sequence[str], counts: str) -> str:
    """How many people returned the questionnaire in each wave, and what n counts."""
    told = [say("note.in_wave", tally.returned[wave], n=text.count(tally.returned[wave]), wave=wave) for wave in waves]
    return say("note.returned", waves=listing(told), counts=counts)


def joined(notes: Sequence[str]) -> str | None:
    """A row's notes as one text, each once, or None."""
    told = dict.fromkeys(note for note in notes if note)
    return "; ".join(told) if told else None
