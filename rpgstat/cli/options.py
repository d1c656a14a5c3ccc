"""The options that commands share, each written once, in bundles that a command takes whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from rpgstat.cli import complete

OUTPUT, STUDY, TEST = "Output", "Study and files", "Test"
"""The panels of a help page."""

_EXPORTS = "Survey exports, one per wave in order; - is standard input. Without any, those of the study file."
_SCALE = "Without a study file: the answers of a scale, lowest first, those off it after a bar (| N/A); repeatable."
_PLATFORM = "Where the exports come from, when it is not recognised: surveymonkey, qualtrics, spss, flat or another (docs, Survey platforms)."
_BY = "The group to break results down by; a second one crosses the two."
_MEASURE = "Only this measure of the file, or the one whose name holds this; repeatable."
_AREA = "Only this authority, region or country, by name or code; repeatable; all for every one."
_WHERE = 'Only rows whose column has this value: "category=Total"; repeatable.'
_METHOD = (
    "welch, student, mann-whitney, brunner-munzel, chi-square, exact, exact-rank; "
    "of pairs signed-rank, stuart-maxwell, bowker; of a trend lbl, jonckheere, ordinal."
)
_MARGIN = "The largest change that does not matter, in scale points; tests for equivalence."
_ADJUST = "Adjustment of p over the items of a battery: holm, bh, bonferroni or none."
_RAKE = "Weight people so that each wave has the make-up of the study's \\[population.GROUP]; repeatable."
_FPC = "Those invited are the whole population: the more of them answered, the narrower the intervals."
_VERIFY = "Run every test again in Pingouin, from respondent rows; exit 1 if one disagrees."
_OUT = "Write a file; its suffix picks the format; repeatable."
_FORMAT = "Format on standard output: table, csv, tsv, json, ndjson, parquet, markdown, html or latex."
_STYLE = "How documents are written: apa (APA 7, unless you choose) or gss (UK government statistics)."
_TEMPLATE = "A Word file whose styles, page, header and footer a .docx takes."
_RESULT = "Which result goes to standard output, when a command has several."


def option(*names: str, panel: str, help: str, metavar: str | None = None, known: complete.Known | None = None) -> Any:
    """A Typer option in one of the panels, called as its parameter unless `names` say otherwise; `known` gives the values that the shell may
    complete, else a metavar that lists them all.

    The help of a flag that takes something away shows no default: "[default: True]" would be read as the flag's own.
    """
    if known is None and metavar and re.fullmatch(r"[a-z]+(\|[a-z]+)+", metavar):
        known = complete.words(*metavar.split("|"))
    takes_away = bool(names) and names[0].startswith(" /")
    return typer.Option(*names, rich_help_panel=panel, help=help, metavar=metavar, autocompletion=known, show_default=not takes_away)


Debug = Annotated[bool, option("--debug", panel=OUTPUT, help="Show the traceback of an error.")]
Force = Annotated[bool, option("--force", panel=OUTPUT, help="Overwrite files that exist.")]
StudyPath = Annotated[Path | None, option("--study", "-s", panel=STUDY, metavar="FILE", help="The study file; study.toml in this folder if there is one.")]


class Shared:
    """Every option that several commands have; the bundles below say which go together."""

    exports: Annotated[list[Path] | None, typer.Argument(metavar="EXPORT", help=_EXPORTS)] = None
    study: StudyPath = None
    scale: Annotated[list[str] | None, option(panel=STUDY, metavar='"A < B < C"', help=_SCALE)] = None
    platform: Annotated[str | None, option(panel=STUDY, metavar="NAME", help=_PLATFORM, known=complete.PLATFORMS)] = None
    reference: Annotated[str | None, option(panel=STUDY, metavar="NAME", help="The wave to compare against; the first by default.", known=complete.waves)] = (
        None
    )
    wave: Annotated[list[str] | None, option(panel=STUDY, metavar="NAME", help="Only this wave; repeatable.", known=complete.waves)] = None
    by: Annotated[list[str] | None, option(panel=STUDY, metavar="GROUP", help=_BY, known=complete.groups)] = None
    suppression: Annotated[bool, option(" /--no-suppression", panel=OUTPUT, help="Show small groups in full. Not for passing on.")] = True
    measure: Annotated[list[str] | None, option(panel=STUDY, metavar="NAME", help=_MEASURE)] = None
    area: Annotated[list[str] | None, option(panel=STUDY, metavar="NAME", help=_AREA)] = None
    where: Annotated[list[str] | None, option(panel=STUDY, metavar="COLUMN=VALUE", help=_WHERE)] = None
    method: Annotated[str, option(panel=TEST, metavar="NAME", help=_METHOD, known=complete.METHODS)] = "welch"
    margin: Annotated[float | None, option(panel=TEST, metavar="POINTS", help=_MARGIN)] = None
    adjust: Annotated[str, option(panel=TEST, metavar="NAME", help=_ADJUST, known=complete.ADJUSTMENTS)] = "holm"
    alpha: Annotated[float, option(panel=TEST, metavar="LEVEL", help="Significance level; intervals cover 1 - alpha.")] = 0.05
    weight: Annotated[str | None, option(panel=STUDY, metavar="COLUMN", help="Weight people by the numbers in this column.")] = None
    rake: Annotated[list[str] | None, option(panel=STUDY, metavar="GROUP", help=_RAKE, known=complete.groups)] = None
    trim: Annotated[float | None, option(panel=STUDY, metavar="TIMES", help="With --rake: no weight above so many times the mean weight.")] = None
    unweighted: Annotated[bool, option("--unweighted", panel=STUDY, help="Let everyone count alike, whatever weights the study declares.")] = False
    fpc: Annotated[bool, option("--fpc", panel=TEST, help=_FPC)] = False
    verify: Annotated[bool, option("--verify", panel=TEST, help=_VERIFY)] = False
    out: Annotated[list[Path] | None, option("--output", "-o", panel=OUTPUT, metavar="FILE", help=_OUT)] = None
    format: Annotated[str | None, option("--format", "-f", panel=OUTPUT, metavar="NAME", help=_FORMAT, known=complete.FORMATS)] = None
    plot: Annotated[bool, option("--plot", panel=OUTPUT, help="Show the figure on standard output, in characters, instead of the table.")] = False
    result: Annotated[str | None, option(panel=OUTPUT, metavar="NAME", help=_RESULT, known=complete.results)] = None
    style: Annotated[str | None, option(panel=OUTPUT, metavar="apa|gss", help=_STYLE)] = None
    template: Annotated[Path | None, option(panel=OUTPUT, metavar="FILE", help=_TEMPLATE)] = None
    force: Force = False
    verbose: Annotated[bool, option("--verbose", panel=OUTPUT, help="Name every column that is left out, one a line.")] = False
    debug: Debug = False


Bundle = tuple[str, ...]

Exports: Bundle = ("exports",)
Survey: Bundle = ("study", "scale", "platform")
Part: Bundle = ("study", "measure", "area", "where")
Waves: Bundle = ("wave",)
Reference: Bundle = ("reference",)
Groups: Bundle = ("by",)
Suppression: Bundle = ("suppression",)
Adjusted: Bundle = ("adjust",)
Level: Bundle = ("alpha",)
Tested: Bundle = ("method", "margin")
Weights: Bundle = ("weight", "rake", "trim", "unweighted", "fpc")
Verify: Bundle = ("verify",)
Document: Bundle = ("style", "template", "force", "verbose", "debug")
Output: Bundle = ("out", "format", "plot", "result", *Document)
