"""The one error that a user can mend: what is wrong, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_SECRET = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+:)(?! )[^@?]*[@?].*", re.DOTALL)


class UserError(Exception):
    """A problem in what the user gave: an option, a file, a study.

    `problem` says what is wrong and where; `hint` says what to do, and there always is something. Shown as `error:` and `hint:` with exit code 2.

    >>> str(UserError("no file `wave-1.csv`", "check the spelling"))
    'no file `wave-1.csv`'
    """

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


def told_path(path: object) -> str:
    """A path as messages show it: of an address that may hold a password only its kind.

    >>> told_path("postgresql://analyst:secret@db/hr"), told_path("survey/postgres:analyst:secret@db"), told_path("s3://answers/2024"), told_path("why?.csv")
    ('postgresql://...', 'survey/postgres://...', 's3://answers/2024', 'why?.csv')
    """
    return _SECRET.sub(r"\1//...", str(path))


def is_panic(error: BaseException) -> bool:
    """Whether a library written in Rust gave up: no Exception, and of a class of its own in each of them."""
    return type(error).__name__ == "PanicException"


def is_scarcity(error: BaseException) -> bool:
    """Whether memory or threads ran out, though a library may say it by a panic. Its words are looked at and never shown."""
    words = str(error).lower() if is_panic(error) else ""
    return isinstance(error, MemoryError) or any(sign in words for sign in ("spawn", "memory", "allocat", "code: 11", "code: 12"))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known spelling closest to `word`, or None when none is close; case does not count.

    >>> nearest("Agre", ["Agree", "Disagree"])
    'Agree'
    >>> nearest("zebra", ["Agree", "Disagree"]) is None
    True
    """
    folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known spelling, else lists what is known (ten at most).

    >>> did_you_mean("refelct", ["reflect", "strain"])
    'did you mean `reflect`?'
    >>> did_you_mean("zebra", ["reflect", "strain"])
    'known: `reflect`, `strain`'
    """
    names = list(known)
    close = nearest(word, names)
    if close is not None:
        return f"did you mean `{close}`?"
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return "known: " + ", ".join(f"`{name}`" for name in names[:10]) + more if names else "none are known"
