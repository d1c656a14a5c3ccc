"""`check`: what was found, as a result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from rpgstat import text
from rpgstat.analyses._rows import titled
from rpgstat.glossary.sentences import listing, say
from rpgstat.result import Result, table
from rpgstat.study import Study


class Found(Protocol):
    """A finding of a check."""

    code: str
    where: str
    item: str | None
    wave: str | None
    n: int | None

    @property
    def level(self) -> str:
        """`error`, `warning` or `info`."""

    @property
    def message(self) -> str:
        """What is found."""

    @property
    def hint(self) -> str:
        """How to mend it."""


def counted(levels: Sequence[str], those: Sequence[str] = ("error", "warning", "info")) -> str:
    """How many findings there are of each level.

    >>> counted(["error", "info", "error"]), counted([])
    ('2 errors and 1 remark', '')
    """
    numbers = Counter(levels)
    return listing([say(f"check.{level}", numbers[level], n=text.count(numbers[level])) for level in those if numbers[level]])


def check(study: Study, found: Sequence[Found], *, strict: bool, ignored: Sequence[str] = ()) -> Result:
    """Result `check`: a row for each finding, worst first. With an error, or in `strict` with a warning, it fails."""
    levels = [one.level for one in found]
    failing = [level for level in (("error", "warning") if strict else ("error",)) if level in levels]
    return Result(
        name="check",
        title=titled(study, say("check.title")),
        frame=table("check", [_row(one) for one in found]),
        method=say("check.method"),
        notes=(say("check.ignored", codes=", ".join(ignored)),) if ignored else (),
        options={"ignore": list(ignored), "strict": strict},
        failures=(say("check.failed", told=counted(levels, failing)),) if failing else (),
    )


def _row(one: Found) -> dict[str, str | int | None]:
    keys = ("code", "level", "where", "item", "wave", "n", "message", "hint")
    return {key: getattr(one, key) for key in keys}
