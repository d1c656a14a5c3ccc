"""Scales given on the command line: `A < B < C`, and after a bar the answers off it."""

from __future__ import annotations

from collections.abc import Iterable

from rpgstat.errors import UserError
from rpgstat.infer.readings import Declared
from rpgstat.infer.wordings import core

_MOST = 11  # levels of a scale, as in a study file


def given_scales(texts: Iterable[str]) -> tuple[Declared, ...]:
    """Each text as a scale. Raises UserError for one that is no list of two levels or more, each different.

    >>> given_scales(["No < Maybe < Yes | N/A, Refused"])
    (Declared(levels=('No', 'Maybe', 'Yes'), off=('N/A', 'Refused'), stated=False),)
    """
    return tuple(map(_given, texts))


def _given(words: str) -> Declared:
    on, _, off = words.partition("|")
    levels = tuple(" ".join(level.split()) for level in on.split("<"))
    declared = Declared(levels, tuple(" ".join(answer.split()) for answer in off.split(",") if answer.strip()))
    cores = [core(label) for label in (*levels, *declared.off)]
    if not 2 <= len(levels) <= _MOST or not all(levels):
        raise UserError(f"--scale: `{words}` is no scale", 'give 2 to 11 levels, lowest first, with < between them: --scale "Disagree < Neutral < Agree"')
    if len(set(cores)) < len(cores):
        twice = next(label for label, own in zip((*levels, *declared.off), cores, strict=True) if cores.count(own) > 1)
        raise UserError(f"--scale: `{twice}` stands twice in `{words}`", "give each answer once")
    return declared
