"""The options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

OUTPUT, STUDY, TEST = "Output", "Study and files", "Test"
"""The panels of a help page."""


def option(*names: str, panel: str, help: str, metavar: str | None = None) -> Any:
    """A Typer option in one of the panels, its default shown only where it is a value that a user would type."""
    return typer.Option(*names, rich_help_panel=panel, help=help, metavar=metavar)


_EXPORTS = "Survey exports, one per wave in order; - is standard input. Without any, those of the study file."
_FORMAT = "Format on standard output: table, csv, tsv, json, ndjson, parquet, markdown, html or latex."
_STYLE = "How documents are written: apa (APA 7, unless you choose) or gss (UK government statistics)."
_TEMPLATE = "A Word file whose styles, page, header and footer a .docx takes."
_PLATFORM = "Where the exports come from, when it is not recognised: surveymonkey or flat."
_SCALE = "Without a study file: the answers of a scale, lowest first, those off it after a bar (| N/A); repeatable."
_RAKE = "Weight people so that each wave has the make-up of the study's \\[population.GROUP]; repeatable."

Exports = Annotated[list[Path] | None, typer.Argument(metavar="EXPORT", help=_EXPORTS)]
StudyPath = Annotated[Path | None, option("--study", "-s", panel=STUDY, metavar="FILE", help="The study file; study.toml in this folder if there is one.")]
Platform = Annotated[str | None, option("--platform", panel=STUDY, metavar="NAME", help=_PLATFORM)]
Scales = Annotated[list[str] | None, option("--scale", panel=STUDY, metavar='"A < B < C"', help=_SCALE)]
Waves = Annotated[list[str] | None, option("--wave", panel=STUDY, metavar="NAME", help="Only this wave; repeatable.")]
Out = Annotated[list[Path] | None, option("--output", "-o", panel=OUTPUT, metavar="FILE", help="Write a file; its suffix picks the format; repeatable.")]
Format = Annotated[str | None, option("--format", "-f", panel=OUTPUT, metavar="NAME", help=_FORMAT)]
Plot = Annotated[bool, option("--plot", panel=OUTPUT, help="Show the figure on standard output, in characters, instead of the table.")]
Force = Annotated[bool, option("--force", panel=OUTPUT, help="Overwrite files that exist.")]
ResultName = Annotated[str | None, option("--result", panel=OUTPUT, metavar="NAME", help="Which result goes to standard output, when a command has several.")]
Adjust = Annotated[str, option("--adjust", panel=TEST, metavar="NAME", help="Adjustment of p over the items of a battery: holm, bh, bonferroni or none.")]
Style = Annotated[str | None, option("--style", panel=OUTPUT, metavar="apa|gss", help=_STYLE)]
Template = Annotated[Path | None, option("--template", panel=OUTPUT, metavar="FILE", help=_TEMPLATE)]
Alpha = Annotated[float, option("--alpha", panel=TEST, metavar="LEVEL", help="Significance level; intervals cover 1 - alpha.")]
Verify = Annotated[bool, option("--verify", panel=TEST, help="Run every test again in Pingouin, from respondent rows; exit 1 if one disagrees.")]
By = Annotated[list[str] | None, option("--by", panel=STUDY, metavar="GROUP", help="The group to break results down by; a second one crosses the two.")]
Reference = Annotated[str | None, option("--reference", panel=STUDY, metavar="NAME", help="The wave to compare against; the first by default.")]
NoSuppression = Annotated[bool, option("--no-suppression", panel=OUTPUT, help="Show small groups in full. Not for passing on.")]
WeightColumn = Annotated[str | None, option("--weight", panel=STUDY, metavar="COLUMN", help="Weight people by the numbers in this column.")]
Rake = Annotated[list[str] | None, option("--rake", panel=STUDY, metavar="GROUP", help=_RAKE)]
Trim = Annotated[float | None, option("--trim", panel=STUDY, metavar="TIMES", help="With --rake: no weight above so many times the mean weight.")]
Unweighted = Annotated[bool, option("--unweighted", panel=STUDY, help="Let everyone count alike, whatever weights the study declares.")]
Fpc = Annotated[bool, option("--fpc", panel=TEST, help="Those invited are the whole population: the more of them answered, the narrower the intervals.")]
Verbose = Annotated[bool, option("--verbose", panel=OUTPUT, help="Name every column that is left out, one a line.")]
Debug = Annotated[bool, option("--debug", panel=OUTPUT, help="Show the traceback of an error.")]
