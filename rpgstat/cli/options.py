"""The options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_OUTPUT, _STUDY, _TESTS = "Output", "Study and files", "Test"

Exports = Annotated[list[Path] | None, typer.Argument(metavar="EXPORT", help="Survey exports, one per wave in order; - is standard input. Without any, those of the study file.", show_default=False)]
StudyPath = Annotated[Path | None, typer.Option("--study", "-s", metavar="FILE", help="The study file; study.toml in this folder if there is one.", rich_help_panel=_STUDY, show_default=False)]
Platform = Annotated[str | None, typer.Option("--platform", metavar="NAME", help="Where the exports come from, when it is not recognised: surveymonkey or flat.", rich_help_panel=_STUDY, show_default=False)]
Waves = Annotated[list[str] | None, typer.Option("--wave", metavar="NAME", help="Only this wave; repeatable.", rich_help_panel=_STUDY, show_default=False)]
Out = Annotated[list[Path] | None, typer.Option("--output", "-o", metavar="FILE", help="Write a file; its suffix picks the format; repeatable.", rich_help_panel=_OUTPUT, show_default=False)]
Format = Annotated[str | None, typer.Option("--format", "-f", metavar="NAME", help="Format on standard output: table, csv, tsv, json, ndjson, parquet or markdown.", rich_help_panel=_OUTPUT, show_default=False)]
Force = Annotated[bool, typer.Option("--force", help="Overwrite files that exist.", rich_help_panel=_OUTPUT)]
ResultName = Annotated[str | None, typer.Option("--result", metavar="NAME", help="Which result goes to standard output, when a command has several.", rich_help_panel=_OUTPUT, show_default=False)]
Alpha = Annotated[float, typer.Option("--alpha", help="Significance level; intervals cover 1 - alpha.", rich_help_panel=_TESTS)]
Verify = Annotated[bool, typer.Option("--verify", help="Run every test again in Pingouin, from respondent rows; exit 1 if one disagrees.", rich_help_panel=_TESTS)]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.", rich_help_panel=_OUTPUT)]
