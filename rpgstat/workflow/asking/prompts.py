"""What can be asked of a person, one thing at a time, whatever shows it: each with the likely answer ready."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeVar

from rpgstat.record import record


@record
class Said:
    """Something to read; nothing is answered."""

    words: str


@record
class Choice:
    """One of the options; `likely` is the place of the one that is ready. `about` stands above the question. The answer is a place."""

    ask: str
    options: tuple[str, ...]
    likely: int = 0
    about: str = ""


@record
class Ticks:
    """Any number of the options; those `ticked` are ready. The answer is a list of places."""

    ask: str
    options: tuple[str, ...]
    ticked: tuple[int, ...] = ()
    about: str = ""


@record
class Words:
    """A line of text; `likely` is ready. `check` says what is wrong with one, "" where nothing is."""

    ask: str
    likely: str = ""
    check: Callable[[str], str] = lambda _: ""
    about: str = ""


Prompt = Said | Choice | Ticks | Words
T = TypeVar("T")
Walk = Generator[Prompt, Any, T]
"""Prompts one after the other, each of which takes its answer; what comes of them at the end."""

YES, NO = 0, 1
"""Places of the options of a question of yes or no."""


def confirm(ask: str, *, about: str = "", yes: str = "Yes", no: str = "No", likely: bool = True) -> Walk[bool]:
    """Yes or no."""
    return bool((yield Choice(ask, (yes, no), YES if likely else NO, about)) == YES)


def in_order(things: tuple[str, ...], first: str, then: str) -> Walk[tuple[int, ...]]:
    """All things in an order of somebody's own, asked for one by one: their places."""
    left = list(range(len(things)))
    found: list[int] = []
    while len(left) > 1:
        at = yield Choice(then if found else first, tuple(things[place] for place in left))
        found.append(left.pop(at))
    return (*found, *left)
