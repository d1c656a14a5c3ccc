"""Whole sentences with named places: every one that is said of a result comes from one file, so that another language is another file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from rpgstat.glossary.plurals import category

Sentences = Mapping[str, Any]
"""Sentences by name; one that has a plural is a mapping of forms, `other` and those that differ from it: in English `one`.

What another language says of itself is among them: `about.code`, `about.tag`, the rules of its plural `about.plurals`, and `about.draft`
as long as nobody who speaks it has reviewed it.
"""

_SPOKEN: ContextVar[Sentences | None] = ContextVar("sentences", default=None)
_ENGLISH = {"one": "n = 1"}


@lru_cache(maxsize=1)
def catalogue() -> Sentences:
    """The sentences by name, in English."""
    found: Sentences = json.loads((files("rpgstat") / "data" / "sentences.json").read_text(encoding="utf-8"))
    return found


def compiled(source: Path | None = None) -> Sentences:
    """What `data/sentences.json` has to hold: `data/sentences.toml`, which takes ten times as long to read. Of another language its `source`."""
    import tomllib

    families = tomllib.loads((source or files("rpgstat") / "data" / "sentences.toml").read_text(encoding="utf-8"))
    return {f"{family}.{name}": words for family, own in families.items() for name, words in own.items()}


def spoken() -> Sentences:
    """The sentences that results are told in here."""
    chosen = _SPOKEN.get()
    return catalogue() if chosen is None else chosen


@contextmanager
def speaking(sentences: Sentences) -> Iterator[None]:
    """Results are told in the words of another catalogue meanwhile.

    >>> with speaking({"row.few_items": "llai na thair eitem"}):
    ...     say("row.few_items")
    'llai na thair eitem'
    """
    token = _SPOKEN.set(sentences)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def speak(sentences: Sentences) -> None:
    """Results are told in these words until the end of `speaking`, within which this is."""
    _SPOKEN.set(sentences)


def say(name: str, number: int | None = None, /, **places: object) -> str:
    """The sentence of that name with its places filled; of one that has a plural, the form for `number`.

    Raises KeyError for a name or a place that is not there.

    >>> say("rates.stood", subject="Turnover", rate="15.0 %", when="2015")
    'Turnover stood at 15.0 % in 2015.'
    >>> say("count.people", 1, n=1), say("count.people", 12, n=12)
    ('1 person', '12 people')
    """
    if "by" in places:
        places["by"] = in_words(str(places["by"]))
    return _form(name, number).format(**places)


def in_words(name: str) -> str:
    """The short name of a grouping as people read it.

    >>> in_words("first_gen"), in_words("role")
    ('first gen', 'role')
    """
    return name.replace("_", " ")


def word(family: str, code: str, number: int | None = None, /, **places: object) -> str:
    """What is said for a code that data hold: the sentence of its family that is named like it, as `say` says it. Raises KeyError for one that has none.

    >>> word("conclusion", "higher"), word("method", "welch")
    ('higher', "Welch's t test")
    """
    return say(f"{family}.{code}", number, **places)


def opening(name: str) -> str:
    """What stands before the first place of a sentence: by it a note is known, whatever its place holds.

    >>> opening("row.no_score")
    'no score: '
    """
    return _form(name, None).partition("{")[0]


def closing(name: str) -> str:
    """What stands behind the last place of a sentence.

    >>> closing("row.reversed_text")
    ' (reversed)'
    """
    return _form(name, None).rpartition("}")[2]


def listing(words: Sequence[str], conjunction: Literal["and", "or"] = "and") -> str:
    """Words as a sentence on a result lists them.

    >>> listing(["a", "b", "c"]), listing(["a", "b"], "or"), listing(["a"]), listing([])
    ('a, b and c', 'a or b', 'a', '')
    """
    if len(words) < 2:
        return "".join(words)
    ends = {"first": ", ".join(words[:-1]), "last": words[-1]}
    return say("list.and", **ends) if conjunction == "and" else say("list.or", **ends)


def _form(name: str, number: int | None) -> str:
    sentences = spoken()
    words = sentences[name]
    if not isinstance(words, dict):
        return str(words)
    form = "other" if number is None else category(number, sentences.get("about.plurals", _ENGLISH))
    return str(words.get(form, words["other"]))
