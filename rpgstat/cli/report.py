"""The commands that write documents, and the one that shows what they withhold."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from rpgstat.process import messages, progress
from rpgstat.shell import complete
from rpgstat.shell.command import analysis, asked, command, finish
from rpgstat.shell.options import DOCUMENT, LAST, NEEDED, OUTPUT, STUDY, SURVEY, TESTED, WEIGHTS, argument, option

_CELLS = "Only this group of the study, and its crosses with others named; repeatable. All of them by default."
_SHOWN = complete.words("markdown", "html", "json", "ndjson")
_EXPORT = "A survey export, one per wave in order; repeatable. Without any, those of the study file."


def _report(given: dict[str, Any]) -> None:
    from rpgstat import output
    from rpgstat.reporting.report import FORMATS
    from rpgstat.reporting.report import report as write
    from rpgstat.workflow.inputs import inputs

    exports, options = asked(given)
    force, verbose, looks = options.pop("force"), options.pop("verbose"), {name: options.pop(name, None) for name in ("style", "template")}
    targets = output.report_targets(options.pop("out", []), options.pop("format", None), force=force, keep=inputs(exports, options.get("study")), **looks)
    with progress.shown("reading and counting"):
        documents, template = (
            [form for form in FORMATS if form in (*targets.formats, targets.format)],
            None if output.of_slides(targets.template) else targets.template,
        )
        made = write(*exports, **options, formats=documents, style=targets.style, template=template, say=messages.doing)
        contents = {**made.contents, **({"pptx": output.slides(made.results, targets)} if "pptx" in targets.formats else {})}
        files = output.documents(contents, [replace(result, command="report") for result in made.results], targets)
    finish(made.results, lambda: output.put(files, targets), verbose="report" if verbose else "")


@command("exports", SURVEY, "reference", TESTED, "adjust", "alpha", WEIGHTS, DOCUMENT, run=_report)
class Report:
    """Write the whole study into one Word, HTML or Markdown report, with its findings in plain sentences, or its figures into slides.

    rpgstat report -o report.docx
    rpgstat report -o survey.docx -o survey.html --style gss
    rpgstat report --length short -o short.docx
    rpgstat report wave-1.csv wave-3.xlsx -o waves.docx
    rpgstat report -o figures.pptx
    rpgstat report -f json
    """

    length = option(str, OUTPUT, "short|full", "full: every table and figure. short: for each thing its sentences and one table or figure.", "full")
    out = option(list[Path], OUTPUT, "FILE", "The report to write: .docx, .html, .md or .pptx; repeatable.", names="--output,-o")
    format = option(
        str, OUTPUT, "NAME", "On standard output: the report as markdown or html, or its results as json or ndjson.", names="--format,-f", known=_SHOWN
    )


def _findings(given: dict[str, Any]) -> None:
    from rpgstat.reporting.report import findings

    analysis("findings", given, partial(findings, say=messages.doing))


@command("exports", SURVEY, "reference", TESTED, "adjust", "alpha", WEIGHTS, LAST, run=_findings)
class Findings:
    """Say what the study found: the first page of its report, as a table or for scripts.

    rpgstat findings
    rpgstat findings -f json
    rpgstat findings -o findings.md -o findings.docx
    """


def _fill(given: dict[str, Any]) -> None:
    from rpgstat import output
    from rpgstat.reporting.fill import fill as write
    from rpgstat.workflow.inputs import inputs

    options = asked(given)[1]
    out, template, exports, force, verbose = (options.pop(name, []) for name in ("out", "template", "export", "force", "verbose"))
    targets = output.document_targets(out, template, options.pop("format", None), force=force, keep=inputs(exports, options.get("study")))
    with progress.shown("filling the template"):
        filled = write(template, exports, **options)
        files = output.documents({"docx": filled.content}, [replace(result, command="fill") for result in filled.results], targets)
    finish(filled.results, lambda: output.put(files, targets), verbose="fill" if verbose else "")


@command(SURVEY, ("language", "force", "verbose", "debug"), run=_fill)
class Fill:
    """Fill a Word file of your own: {{ table:compare }}, {{ figure:compare }}, {{ value:compare.strain.p_value }}.

    rpgstat fill report-template.docx -o report.docx
    """

    template = argument(Path, "TEMPLATE", "The Word file to fill; it stays as it is.", NEEDED)
    out = option(Path, OUTPUT, "FILE", "The Word file to write.", NEEDED, names="--output,-o")
    format = option(str, OUTPUT, "json|ndjson", "On standard output: the results that the placeholders name.", names="--format,-f")
    export = option(list[Path], STUDY, "FILE", _EXPORT)
    style = option(str, OUTPUT, "apa|gss", "How tables and numbers are written: apa (APA 7) or gss (UK government statistics).", "apa")


@command("exports", SURVEY, "wave", LAST, run=partial(analysis, "protection"))
class Disclosure:
    """Show what is withheld and why, for your own eyes: the plan of protection, and which groups to join.

    rpgstat disclosure
    rpgstat disclosure --by role -o protection.xlsx
    rpgstat disclosure --result merges
    """

    by = option(list[str], STUDY, "GROUP", _CELLS, known=complete.groups)
