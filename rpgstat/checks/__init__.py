"""What an analyst must know before trusting a table: a small function for each code, on what is known of a study and its files."""

from __future__ import annotations

from collections.abc import Collection

from rpgstat.checks.registry import CHEAP, CHECKS, Finding
from rpgstat.glossary.codes import CODES
from rpgstat.study.looked import Looked

__all__ = ["CHEAP", "Finding", "cheap_findings", "findings"]


def findings(looked: Looked, ignored: Collection[str] = ()) -> list[Finding]:
    """What the checks find, worst first, but for the `ignored` codes."""
    from rpgstat.checks import answers, cheap, columns, people, waves  # noqa: F401 - each registers its checks

    return [found for code in CODES if code not in ignored for found in CHECKS[code](looked)]


def cheap_findings(looked: Looked, ignored: Collection[str] = ()) -> list[Finding]:
    """As `findings`, by the checks that need nothing more read or counted than every command does."""
    from rpgstat.checks import cheap  # noqa: F401

    return [found for code in CODES if code in CHEAP and code not in ignored for found in CHECKS[code](looked)]
