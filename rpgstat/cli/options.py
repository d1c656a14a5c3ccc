"""The options that commands share, each written once, in bundles that a command takes whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from rpgstat.cli import complete

OUTPUT, STUDY, TEST = "Output", "Study and files", "Test"
"""The panels of a help page."""


_PLATFORM = "Where the exports come from, when it is not recognised: surveymonkey, qualtrics, spss, flat or another (docs, Survey platforms)."
_STYLE = "How documents are written: apa (APA 7, unless you choose) or gss (UK government statistics)."
_ADJUST = "Adjustment of p over the items of a battery: holm, bh, bonferroni or none."
_RAKE = "Weight people so that each wave has the make-up of the study's \\[population.GROUP]; repeatable."
_FORMAT = "Format on standard output: table, csv, tsv, json, ndjson, parquet, markdown, html or latex."
_BY = "The group to break results down by; a second one crosses the two."
_REFERENCE = "The wave to compare against; the first by default."
_METHOD = "welch, student, mann-whitney, brunner-munzel, chi-square, exact or exact-rank."
_SCALE = "Without a study file: the answers of a scale, lowest first, those off it after a bar (| N/A); repeatable."
_RESULT = "Which result goes to standard output, when a command has several."


def option(*names: str, panel: str, help: str, metavar: str | None = None, known: complete.Known | None = None) -> Any:
    """A Typer option in one of the panels; `known` gives the values that the shell may complete, else a metavar that lists them all.

    The help of a flag that takes something away shows no default: "[default: True]" would be read as the flag's own.
    """
    if known is None and metavar and re.fullmatch(r"[a-z]+(\|[a-z]+)+", metavar):
        known = complete.words(*metavar.split("|"))
    return typer.Option(*names, rich_help_panel=panel, help=help, metavar=metavar, autocompletion=known, show_default=not names[0].startswith(" /"))


Debug = Annotated[bool, option("--debug", panel=OUTPUT, help="Show the traceback of an error.")]
Verbose = Annotated[bool, option("--verbose", panel=OUTPUT, help="Name every column that is left out, one a line.")]
Force = Annotated[bool, option("--force", panel=OUTPUT, help="Overwrite files that exist.")]
StudyPath = Annotated[Path | None, option("--study", "-s", panel=STUDY, metavar="FILE", help="The study file; study.toml in this folder if there is one.")]
Platform = Annotated[str | None, option("--platform", panel=STUDY, metavar="NAME", help=_PLATFORM, known=complete.PLATFORMS)]
Alpha = Annotated[float, option("--alpha", panel=TEST, metavar="LEVEL", help="Significance level; intervals cover 1 - alpha.")]
Style = Annotated[str | None, option("--style", panel=OUTPUT, metavar="apa|gss", help=_STYLE)]
Template = Annotated[Path | None, option("--template", panel=OUTPUT, metavar="FILE", help="A Word file whose styles, page, header and footer a .docx takes.")]


Scales = Annotated[list[str] | None, option("--scale", panel=STUDY, metavar='"A < B < C"', help=_SCALE)]


class Exports:
    """The files that answers stand in."""

    exports: Annotated[
        list[Path] | None,
        typer.Argument(metavar="EXPORT", help="Survey exports, one per wave in order; - is standard input. Without any, those of the study file."),
    ] = None


class Survey:
    """The study, and how its exports are read."""

    study: StudyPath = None
    scale: Scales = None
    platform: Platform = None


class Waves:
    """Which waves are looked at."""

    wave: Annotated[list[str] | None, option("--wave", panel=STUDY, metavar="NAME", help="Only this wave; repeatable.", known=complete.waves)] = None


class Reference:
    """The wave that others are compared with."""

    reference: Annotated[str | None, option("--reference", panel=STUDY, metavar="NAME", help=_REFERENCE, known=complete.waves)] = None


class Groups:
    """The groups to break results down by, and what protects small ones."""

    by: Annotated[list[str] | None, option("--by", panel=STUDY, metavar="GROUP", help=_BY, known=complete.groups)] = None


class Suppression:
    """What protects small groups."""

    suppression: Annotated[bool, option(" /--no-suppression", panel=OUTPUT, help="Show small groups in full. Not for passing on.")] = True


class Adjusted:
    """How p-values are adjusted."""

    adjust: Annotated[str, option("--adjust", panel=TEST, metavar="NAME", help=_ADJUST, known=complete.ADJUSTMENTS)] = "holm"


class Level:
    """The level of intervals and tests."""

    alpha: Alpha = 0.05


class Tested:
    """How two waves are tested."""

    method: Annotated[str, option("--method", panel=TEST, metavar="NAME", help=_METHOD, known=complete.METHODS)] = "welch"
    margin: Annotated[
        float | None, option("--margin", panel=TEST, metavar="POINTS", help="The largest change that does not matter, in scale points; tests for equivalence.")
    ] = None


class Weights:
    """What counts stand for: a population by weights, or all of those invited."""

    weight: Annotated[str | None, option("--weight", panel=STUDY, metavar="COLUMN", help="Weight people by the numbers in this column.")] = None
    rake: Annotated[list[str] | None, option("--rake", panel=STUDY, metavar="GROUP", help=_RAKE, known=complete.groups)] = None
    trim: Annotated[float | None, option("--trim", panel=STUDY, metavar="TIMES", help="With --rake: no weight above so many times the mean weight.")] = None
    unweighted: Annotated[bool, option("--unweighted", panel=STUDY, help="Let everyone count alike, whatever weights the study declares.")] = False
    fpc: Annotated[bool, option("--fpc", panel=TEST, help="Those invited are the whole population: the more of them answered, the narrower the intervals.")] = (
        False
    )


class Verify:
    """The second opinion."""

    verify: Annotated[bool, option("--verify", panel=TEST, help="Run every test again in Pingouin, from respondent rows; exit 1 if one disagrees.")] = False


class Output:
    """Where results go, and how they look."""

    out: Annotated[list[Path] | None, option("--output", "-o", panel=OUTPUT, metavar="FILE", help="Write a file; its suffix picks the format; repeatable.")] = (
        None
    )
    format: Annotated[str | None, option("--format", "-f", panel=OUTPUT, metavar="NAME", help=_FORMAT, known=complete.FORMATS)] = None
    plot: Annotated[bool, option("--plot", panel=OUTPUT, help="Show the figure on standard output, in characters, instead of the table.")] = False
    result: Annotated[str | None, option("--result", panel=OUTPUT, metavar="NAME", help=_RESULT, known=complete.results)] = None
    style: Style = None
    template: Template = None
    force: Force = False
    verbose: Verbose = False
    debug: Debug = False
