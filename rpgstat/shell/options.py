"""What an option is, and those that several commands share, each written once, in bundles that a command takes whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any

import typer

from rpgstat.record import record
from rpgstat.shell import complete

OUTPUT, STUDY, TEST = "Output", "Study and files", "Test"
"""The panels of a help page."""

NEEDED = Parameter.empty
"""Stands for the default of what has to be given."""

_PLATFORM = "Where the exports come from, when it is not recognised: surveymonkey, qualtrics, spss, flat or another (docs, Survey platforms)."
_METHOD = (
    "welch, student, mann-whitney, brunner-munzel, chi-square, exact, exact-rank; "
    "of pairs signed-rank, stuart-maxwell, bowker; of a trend lbl, jonckheere, ordinal."
)
_RAKE = "Weight people so that each wave has the make-up of the study's \\[population.GROUP]; repeatable."
_LANGUAGE = "Language of what is written for readers: en, or cy (Welsh, a draft); that of the study unless you choose, else en."
_FORMAT = "Format on standard output: table, csv, tsv, json, ndjson, parquet, markdown, html or latex."


@record
class Option:
    """An option or argument of a command: the kind of its value, its default, and what Typer is told of it but its name."""

    kind: Any
    default: Any
    written: Callable[..., Any]
    names: str
    about: dict[str, Any]

    def parameter(self, name: str) -> Parameter:
        """The parameter called `name` that Typer makes this option of."""
        kind = self.kind | None if self.default is None else self.kind
        names = [one.replace("NAME", name.replace("_", "-")) for one in self.names.split(",")]
        return Parameter(name, Parameter.KEYWORD_ONLY, default=self.default, annotation=Annotated[kind, self.written(*names, **self.about)])


def option(kind: Any, panel: str, metavar: str, help: str, default: Any = None, *, names: str = "--NAME", known: complete.Known | None = None) -> Option:
    """An option that takes a value. The shell completes what is `known`, or else what the metavar lists."""
    if known is None and re.fullmatch(r"[a-z]+(\|[a-z]+)+", metavar):
        known = complete.words(*metavar.split("|"))
    return Option(kind, default, typer.Option, names, {"rich_help_panel": panel, "metavar": metavar, "help": help, "autocompletion": known})


def flag(panel: str, help: str, default: bool = False, *, names: str = "--NAME") -> Option:
    """An option that takes no value. One that takes something away shows no default: "[default: True]" would be read as its own."""
    return Option(bool, default, typer.Option, names, {"rich_help_panel": panel, "help": help, "show_default": not default})


def argument(kind: Any, metavar: str, help: str, default: Any = None) -> Option:
    """What is given without a name: files, a folder."""
    return Option(kind, default, lambda _, **about: typer.Argument(**about), "", {"metavar": metavar, "help": help})


class Shared:
    """Every option that several commands have; the bundles below say which go together."""

    exports = argument(list[Path], "EXPORT", "Survey exports, one per wave in order; - is standard input. Without any, those of the study file.")
    study = option(Path, STUDY, "FILE", "The study file; study.toml in this folder if there is one.", names="--study,-s")
    scale = option(list[str], STUDY, '"A < B < C"', "Without a study file: the answers of a scale, lowest first, those off it after a bar (| N/A); repeatable.")
    platform = option(str, STUDY, "NAME", _PLATFORM, known=complete.PLATFORMS)
    engine = option(str, STUDY, "local|duckdb|spark|sc://HOST", "What counts: this process (local, unless you choose), or DuckDB or Spark, where the rows lie.")
    reference = option(str, STUDY, "NAME", "The wave to compare against; the first by default.", known=complete.waves)
    wave = option(list[str], STUDY, "NAME", "Only this wave; repeatable.", known=complete.waves)
    by = option(list[str], STUDY, "GROUP", "The group to break results down by; a second one crosses the two.", known=complete.groups)
    suppression = flag(OUTPUT, "Show small groups in full. Not for passing on.", True, names=" /--no-suppression")
    measure = option(list[str], STUDY, "NAME", "Only this measure of the file, or the one whose name holds this; repeatable.")
    area = option(list[str], STUDY, "NAME", "Only this authority, region or country, by name or code; repeatable; all for every one.")
    where = option(list[str], STUDY, "COLUMN=VALUE", 'Only rows whose column has this value: "category=Total"; repeatable.')
    method = option(str, TEST, "NAME", _METHOD, "welch", known=complete.METHODS)
    margin = option(float, TEST, "POINTS", "The largest change that does not matter, in scale points; tests for equivalence.")
    adjust = option(str, TEST, "NAME", "Adjustment of p over the items of a battery: holm, bh, bonferroni or none.", "holm", known=complete.ADJUSTMENTS)
    alpha = option(float, TEST, "LEVEL", "Significance level; intervals cover 1 - alpha.", 0.05)
    weight = option(str, STUDY, "COLUMN", "Weight people by the numbers in this column.")
    rake = option(list[str], STUDY, "GROUP", _RAKE, known=complete.groups)
    trim = option(float, STUDY, "TIMES", "With --rake: no weight above so many times the mean weight.")
    unweighted = flag(STUDY, "Let everyone count alike, whatever weights the study declares.")
    fpc = flag(TEST, "Those invited are the whole population: the more of them answered, the narrower the intervals.")
    verify = flag(TEST, "Run every test again in Pingouin, from respondent rows; exit 1 if one disagrees.")
    out = option(list[Path], OUTPUT, "FILE", "Write a file; its suffix picks the format; repeatable.", names="--output,-o")
    format = option(str, OUTPUT, "NAME", _FORMAT, names="--format,-f", known=complete.FORMATS)
    plot = flag(OUTPUT, "Show the figure on standard output, in characters, instead of the table.")
    result = option(str, OUTPUT, "NAME", "Which result goes to standard output, or is drawn, when a command has several.", known=complete.results)
    columns = option(list[str], OUTPUT, "NAMES", "Which columns tables have, in this order: text,n,mean; repeatable.", known=complete.columns)
    width = option(str, OUTPUT, "LENGTH", "How wide a figure is: a number with its unit (120mm, 12cm, 5in), or half, full or slide.")
    height = option(str, OUTPUT, "LENGTH", "How high; what does not fit goes on further pages (name-1.png, name-2.png).")
    sort = option(str, OUTPUT, "mean|change|study|name", "The order of statements in a figure: highest mean first unless you choose.")
    layout = option(
        str,
        OUTPUT,
        "diverging|stacked|lines",
        "How bars lie in a figure: about the middle of the scale unless you choose. lines: series without control limits.",
    )
    style = option(str, OUTPUT, "apa|gss", "How documents are written: apa (APA 7, unless you choose) or gss (UK government statistics).")
    template = option(Path, OUTPUT, "FILE", "A Word file whose styles, page, header and footer a .docx takes; a PowerPoint file whose master a .pptx takes.")
    language = option(str, OUTPUT, "CODE", _LANGUAGE, known=complete.languages)
    force = flag(OUTPUT, "Overwrite files that exist.")
    verbose = flag(OUTPUT, "Say more: every column that is left out, tables that are shown only when asked for, and what to try next.")
    pager = flag(OUTPUT, "Show long output all at once on a terminal, not page by page.", True, names=" /--no-pager")
    debug = flag(OUTPUT, "Show the traceback of an error.")


Bundle = str | tuple[str, ...]

SURVEY = ("study", "scale", "platform")
PART = ("study", "measure", "area", "where")
TESTED = ("method", "margin")
WEIGHTS = ("weight", "rake", "trim", "unweighted", "fpc")
DOCUMENT = ("style", "template", "language", "force", "verbose", "debug")
FIGURE = ("width", "height", "sort", "layout")
LAST = ("out", "format", "plot", "result", "columns", "pager", *FIGURE, *DOCUMENT)
"""What stands last in every help page."""
