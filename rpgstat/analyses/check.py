"""`check`: what was found, as a result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rpgstat import text
from rpgstat.analyses._rows import titled
from rpgstat.glossary.languages import in_english
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.result import Result, table
from rpgstat.study import Study


def counted(levels: Sequence[str], those: Sequence[str] = ("error", "warning", "info")) -> str:
    """How many findings there are of each level.

    >>> counted(["error", "info", "error"]), counted([])
    ('2 errors and 1 remark', '')
    """
    numbers = Counter(levels)
    return listing([word("how_many", level, numbers[level], n=text.count(numbers[level])) for level in those if numbers[level]])


def _failed(levels: Sequence[str], failing: Sequence[str]) -> str:
    """What the command is told to have failed on."""
    with in_english():
        return say("check.failed", told=counted(levels, failing))


def check(study: Study, found: Sequence[Mapping[str, Any]], *, strict: bool, ignored: Sequence[str] = (), undecided: bool = False) -> Result:
    """Result `check`: a row for each finding, worst first. With an error, or in `strict` with a warning, it fails.

    `undecided`: which groups are withheld could not be told.
    """
    levels = [one["level"] for one in found]
    failing = [level for level in (("error", "warning") if strict else ("error",)) if level in levels]
    return Result(
        name="check",
        title=titled(study, say("check.title")),
        frame=table("check", found),
        method=say("check.method"),
        notes=(*([say("check.ignored", codes=", ".join(ignored))] if ignored else []), *([say("check.undecided")] if undecided else [])),
        options={"ignore": list(ignored), "strict": strict},
        failures=(_failed(levels, failing),) if failing else (),
    )
