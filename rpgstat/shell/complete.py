"""What the shell may complete: the words an option knows, and the waves and groups that the study at hand declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import typer

Known = Callable[[str], list[str]] | Callable[[typer.Context, str], list[str]]


def words(*known: str) -> Callable[[str], list[str]]:
    """Completes from a fixed list.

    >>> words("apa", "gss")("g")
    ['gss']
    """
    return lambda incomplete: [word for word in known if word.startswith(incomplete)]


PLATFORMS = words("surveymonkey", "qualtrics", "microsoft-forms", "google-forms", "jisc", "limesurvey", "redcap", "kobo", "typeform", "spss", "stata", "flat")
ADJUSTMENTS = words("holm", "bh", "bonferroni", "none")
_OF_PAIRS, _OF_TRENDS = ("signed-rank", "stuart-maxwell", "bowker"), ("lbl", "jonckheere", "ordinal")
METHODS = words("welch", "student", "mann-whitney", "brunner-munzel", "chi-square", "exact", "exact-rank", *_OF_PAIRS, *_OF_TRENDS)
FORMATS = words("table", "csv", "tsv", "json", "ndjson", "parquet", "markdown", "html", "latex")


def waves(context: typer.Context, incomplete: str) -> list[str]:
    """The waves of the study."""
    found = _study(context).get("waves")
    return _beginning(incomplete, [wave.get("name") for wave in found if isinstance(wave, dict)] if isinstance(found, list) else ())


def groups(context: typer.Context, incomplete: str) -> list[str]:
    """The groups of the study."""
    found = _study(context).get("groups")
    return _beginning(incomplete, found if isinstance(found, dict) else ())


def codes(incomplete: str) -> list[str]:
    """The codes of what `check` finds."""
    from rpgstat.glossary.codes import CODES

    return _beginning(incomplete.upper(), CODES)


def languages(incomplete: str) -> list[str]:
    """The languages that results are told in."""
    from rpgstat.glossary.languages import languages

    return _beginning(incomplete, languages())


def results(context: typer.Context, incomplete: str) -> list[str]:
    """The results of the command."""
    from rpgstat.glossary import COMMANDS

    return _beginning(incomplete, COMMANDS.get(context.info_name or "", ()))


def _beginning(incomplete: str, names: Iterable[Any]) -> list[str]:
    return [name for name in names if isinstance(name, str) and name.startswith(incomplete)]


def _study(context: typer.Context) -> dict[str, Any]:
    """The study file as far as it can be read: completion never fails."""
    import tomllib

    try:
        return tomllib.loads(Path(context.params.get("study") or "study.toml").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}


def columns(context: typer.Context, incomplete: str) -> list[str]:
    """The columns of the results of the command."""
    from rpgstat.glossary import COMMANDS, RESULTS

    return _beginning(incomplete, dict.fromkeys(name for result in COMMANDS.get(context.info_name or "", ()) for name in RESULTS[result]))
