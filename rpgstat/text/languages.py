"""Which language a few sentences are in, by the small words that every sentence has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_SMALL = {
    "English": "the of to and you your how are have is my that with what do in for i it at",
    "Welsh": "yn y yr o ac eich i mae sut ydych chi ar gyda beth am fy wedi wrth hyn",
    "French": "le la les des et vous votre est de du une pour dans que avec je quel quelle sur au",
    "German": "der die das und sie ihr ihre ist wie ich mit von zu in den ein eine nicht auf sind",
    "Spanish": "el la los las de y su usted es que en para con una qué cómo por del se mi",
    "Portuguese": "o os as de e você seu sua é que em para com uma qual como do da no na",
    "Italian": "il la di e che è per con una come del della lei suo quale nel sono mi si gli",
    "Dutch": "de het een en van is u uw hoe ik met op voor dat niet in wat zijn mijn aan",
    "Polish": "w z na i do jest się jak czy o nie pan pani że dla po jaki moja od są",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_ENOUGH = 12
"""Small words from which on a language is told at all: two or three questions have as many."""
_AHEAD = 1.5


def language(texts: Iterable[str]) -> str:
    """The language of some texts, in English; "" where they are too few, or two languages have nearly as many of their small words in them.

    >>> language(["How often do you talk to your manager about the work that you do?", "I have the time that I need for it, and it is my own"])
    'English'
    >>> language(["Q1", "Q2"])
    ''
    """
    met = Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold()))
    found = sorted(((sum(met[word] for word in words), name) for name, words in _WORDS.items()), reverse=True)
    (most, name), (next_most, _) = found[:2]
    return name if most >= _ENOUGH and most >= _AHEAD * next_most else ""
