"""The languages that results are told in: English, and one for each file `data/sentences.CODE.toml`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from rpgstat.glossary.sentences import Sentences, catalogue, compiled, speak, speaking, spoken

ENGLISH = "en"
_DATA = Path(__file__).parents[1] / "data"
_ASKS_STUDY: ContextVar[bool | None] = ContextVar("asks_study", default=None)


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages that there are, English first.

    >>> languages()
    ('en', 'cy')
    """
    return (ENGLISH, *sorted(path.name.split(".")[1] for path in _DATA.glob("sentences.*.toml")))


@cache
def sentences_of(code: str) -> Sentences:
    """The sentences of a language; what its file lacks is English. Raises KeyError for a language that is not there."""
    if code not in languages():
        raise KeyError(code)
    return catalogue() if code == ENGLISH else {**catalogue(), **compiled(_DATA / f"sentences.{code}.toml"), "about.code": code}


def language() -> str:
    """The code of the language that results are told in here."""
    return str(spoken().get("about.code", ENGLISH))


def tag() -> str:
    """The language and country that word processors check the spelling of, as IETF's BCP 47 writes them.

    >>> tag()
    'en-GB'
    """
    return str(spoken().get("about.tag", "en-GB"))


def draft() -> str:
    """What is to be said of a wording that no speaker of the language has reviewed; nothing of one that was."""
    return str(spoken().get("about.draft", ""))


def in_english() -> AbstractContextManager[None]:
    """What is said meanwhile is a message of the program, which is English whatever results are told in."""
    return speaking(catalogue())


@contextmanager
def telling(code: str | None) -> Iterator[None]:
    """Results are told in a language meanwhile; without one in that of the study that is read, and in what is spoken already where none says more.

    >>> with telling("cy"):
    ...     language()
    'cy'
    """
    if code is None and _ASKS_STUDY.get() is not None:  # a command within another
        yield
        return
    asks = _ASKS_STUDY.set(code is None)
    try:
        with speaking(spoken() if code in (None, language()) else sentences_of(str(code))):
            yield
    finally:
        _ASKS_STUDY.reset(asks)


def study_tells(code: str | None) -> None:
    """A study that was read names its language, which holds where nobody named another.

    >>> with telling(None):
    ...     study_tells("cy")
    ...     language()
    'cy'
    """
    if code is not None and _ASKS_STUDY.get():
        speak(sentences_of(code))
