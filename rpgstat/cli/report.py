"""`rpgstat report`."""

from pathlib import Path
from typing import Annotated, Any

from rpgstat.cli.command import asked, command
from rpgstat.cli.options import OUTPUT, Adjusted, Document, Exports, Level, Reference, Survey, Tested, Weights, option
from rpgstat.process import messages


def _write(_: str, given: dict[str, Any]) -> None:
    from rpgstat import output
    from rpgstat.reporting.report import report as write
    from rpgstat.workflow.inputs import inputs
    from rpgstat.workflow.left_out import listed

    exports, options = asked(given)
    force, verbose, keep = options.pop("force"), options.pop("verbose"), inputs(exports, options.get("study"))
    looks = {key: options.pop(key, None) for key in ("style", "template")}
    targets = output.report_targets(options.pop("out", []), force=force, keep=keep, **looks)
    made = write(*exports, **options, formats=targets.formats, style=targets.style, template=targets.template, say=messages.progress)
    places = [(path, made.contents[form]) for path, form in targets.places]
    messages.finish(made.results, lambda: output.write_files(places, force=force, results=made.results), left_out=listed(made.results) if verbose else ())


@command(Exports, Survey, Reference, Tested, Adjusted, Level, Weights, Document, run=_write)
def report(
    out: Annotated[list[Path] | None, option("--output", "-o", panel=OUTPUT, metavar="FILE", help="The report to write: .docx or .html; repeatable.")] = None,
) -> None:
    """Write the whole study into one Word or HTML report, with its findings in plain sentences.

    Examples:
      rpgstat report -o report.docx
      rpgstat report -o survey.docx -o survey.html --style gss
      rpgstat report wave-1.csv wave-3.xlsx -o waves.docx
    """
