"""Whole distributions that others have published: all answers to a statement, or how likely people are to recommend, as means and shares."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rpgstat.admin.benchmarks import Benchmark
from rpgstat.analyses._rows import item_text
from rpgstat.study import Item, Scale, Study, normalise
from rpgstat.study.questions import Question
from rpgstat.workflow.headings_read import read_as

_WHOLE = 0.02  # by how much published shares of all answers may miss 1, through rounding
_CLASSES = {"promoters": 1.0, "passives": 0.0, "detractors": -1.0}


def of_statements(figures: Sequence[Benchmark], study: Study, _: Sequence[Question] = ()) -> list[Benchmark]:
    """The mean with its standard deviation, and the share that agrees, of each statement whose answers are all published."""
    items = {form: (battery.scale_of(item), item) for battery, item in study.items for form in _forms(item)}
    found: list[Benchmark] = []
    for answers in _distributions(figures):
        known = next((items[form] for form in read_as(answers[0].stem) if form in items), None)
        if known is not None:
            found += _on_scale(answers, *known)
    return found


def _forms(item: Item) -> Iterator[str]:
    return (form for text in (item.text, item.id) for form in read_as(text))


def _distributions(figures: Sequence[Benchmark]) -> list[list[Benchmark]]:
    """The published answers by organisation and question."""
    found: dict[tuple[str, str], list[Benchmark]] = {}
    for figure in figures:
        if figure.answer and figure.share is not None:
            found.setdefault((figure.organisation, figure.stem), []).append(figure)
    return list(found.values())


def _on_scale(answers: Sequence[Benchmark], scale: Scale, item: Item) -> Iterator[Benchmark]:
    """The figures of a statement; none where an answer is on no level, or a level has no share."""
    shares: dict[int, float] = {}
    for one in answers:
        place = _position(one.answer, scale)
        if place is None:
            return
        if place >= 0:
            shares[place] = shares.get(place, 0.0) + (one.share or 0.0)
    made = _moments({float(scale.scores[place]): share for place, share in shares.items()}, answers[0].n, [one.share or 0.0 for one in answers])
    if len(shares) < len(scale.levels) or made is None:
        return
    n, mean, sd = made
    exact = all(one.count is not None for one in answers)
    head = replace(answers[0], question=item_text(item), stem="", answer="", n=n, count=None)
    yield replace(head, share=None if exact else answers[0].share, mean=mean, sd=sd)  # a share beside a mean says that it was rounded
    upper = sum(share for place, share in shares.items() if place >= (len(scale.levels) + 1) // 2) / sum(shares.values())
    counts = [one.count or 0 for one in answers if (_position(one.answer, scale) or 0) >= (len(scale.levels) + 1) // 2]
    yield replace(head, share=upper, count=sum(counts) if exact else None)


def _position(answer: str, scale: Scale) -> int | None:
    """The level of an answer from 0, -1 where it is off the scale; None where the scale does not know it."""
    label = normalise(answer).removesuffix("%").strip()
    if label not in scale.positions:
        return None
    place = scale.positions[label]
    return -1 if place is None else place


def _moments(shares: Mapping[float, float], n: int | None, every: Sequence[float]) -> tuple[int | None, float, float | None] | None:
    """How many are on the scale, their mean and standard deviation (divisor n - 1); None where the shares do not make a whole."""
    whole = math.fsum(shares.values())
    if abs(math.fsum(every) - 1) > _WHOLE or whole <= 0:
        return None
    mean = math.fsum(score * share for score, share in shares.items()) / whole
    on = None if n is None else round(n * whole / math.fsum(every))
    variance = math.fsum(share * (score - mean) ** 2 for score, share in shares.items()) / whole
    return on, mean, math.sqrt(variance * on / (on - 1)) if on is not None and on > 1 else None


def of_likelihoods(figures: Sequence[Benchmark], _: Study, questions: Sequence[Question]) -> list[Benchmark]:
    """The mean of -1, 0 and 1 with its standard deviation of each question on recommending whose answers, or three classes, are all published."""
    asked = {form: one for one in questions if one.kind == "nps" for text in (one.text, one.id) for form in read_as(text)}
    found = []
    for answers in _distributions(figures):
        question = next((asked[form] for form in read_as(answers[0].stem) if form in asked), None)
        shares: dict[float, float] = {}
        for one in answers:
            kind = _class(one.answer)
            if kind is None:
                break
            shares[kind] = shares.get(kind, 0.0) + (one.share or 0.0)
        made = _moments(shares, answers[0].n, list(shares.values())) if shares else None
        if question is not None and made is not None and len(shares) == len(_CLASSES):
            exact = all(one.count is not None for one in answers)
            n, mean, sd = made
            found.append(replace(answers[0], question=question.text, stem="", answer="", share=None if exact else answers[0].share, n=n, mean=mean, sd=sd))
    return found


def _class(answer: str) -> float | None:
    """Whether an answer is a promoter's, 1, or a detractor's, -1."""
    plain = normalise(answer).partition(" ")[0]
    if plain in _CLASSES:
        return _CLASSES[plain]
    number = int(plain) if plain.isdecimal() and int(plain) <= 10 else None
    return None if number is None else 1.0 if number >= 9 else 0.0 if number >= 7 else -1.0
