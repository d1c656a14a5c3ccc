"""Annotations of GitHub Actions: a workflow command for each, by which the run shows it beside its steps and the files that changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from rpgstat.record import record


@record
class Annotation:
    """What is shown: how bad it is, the file that it is about ("" for none), its title and its words."""

    level: Literal["error", "warning", "notice"]
    title: str
    words: str
    file: str = ""


def render(annotations: Iterable[Annotation]) -> bytes:
    """A line for each, in UTF-8.

    >>> print(render([Annotation("error", "E108", "80 returned,\\n75 invited: 107 %", "w1.csv")]).decode(), end="")
    ::error file=w1.csv,title=E108::80 returned,%0A75 invited: 107 %25
    """
    return "".join(map(_line, annotations)).encode()


def _line(one: Annotation) -> str:
    named = {"file": one.file, "title": one.title}
    properties = ",".join(f"{name}={_property(value)}" for name, value in named.items() if value)
    return f"::{one.level} {properties}::{_data(one.words)}\n"


def _data(words: str) -> str:
    """As GitHub escapes what a command says: nothing in it ends the line or begins another command."""
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
