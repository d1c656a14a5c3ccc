"""`report`, from a study to one document of all its results, and `findings`, to what its first page says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from inspect import signature
from pathlib import Path
from typing import Any

from rpgstat.errors import UserError, did_you_mean
from rpgstat.media.style import STYLES
from rpgstat.record import record
from rpgstat.reporting import layout
from rpgstat.reporting.gather import Say, gathered
from rpgstat.reporting.layout import LENGTHS, Findings
from rpgstat.result import Result
from rpgstat.workflow._compare import CompareOptions
from rpgstat.workflow.arguments import Export, Names, PathLike, listed
from rpgstat.workflow.finish import check_adjust, check_alpha
from rpgstat.workflow.in_language import in_language

FORMATS = ("docx", "html", "markdown")
_DRAWN = {"docx": ".png", "html": ".svg", "markdown": ""}
"""What figures are drawn as for each: a file of Markdown holds none."""


@record
class Report:
    """The bytes of a report in each format asked for, and the results that went into it."""

    contents: Mapping[str, bytes]
    results: tuple[Result, ...]

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} ({len(content) / 1000:.0f} kB)" for name, content in self.contents.items())
        return f"Report: {sizes}, of {len(self.results)} results"


@in_language
def report(
    *exports: Export,
    formats: Sequence[str] = ("docx",),
    study: PathLike | None = None,
    reference: str | None = None,
    method: str = "welch",
    adjust: str = "holm",
    alpha: float = 0.05,
    margin: float | None = None,
    weight: str | None = None,
    rake: Names = (),
    trim: float | None = None,
    unweighted: bool = False,
    fpc: bool = False,
    style: str = "apa",
    length: str = "full",
    template: PathLike | None = None,
    scale: Names = (),
    platform: str | None = None,
    language: str | None = None,  # noqa: ARG001 # `in_language` reads it
    say: Say = lambda _: None,
) -> Report:
    """The whole study as one document: response, scores, changes, groups, workforce and indicators, as far as the study has them.

    `formats` are "docx", "html" and "markdown"; `length` is "full" or "short", in which each thing has its sentences and one table or figure;
    the other arguments are those of the commands; `template` gives a Word document its looks;
    `say` is told what is being done. Raises UserError for anything the user can mend, and when there is nothing to report.

    >>> made = rpgstat.report(study=example, formats=["html"])
    >>> made.contents["html"][:15], made.results[0].name
    (b'<!DOCTYPE html>', 'findings')
    """
    _check(formats, style, length, alpha, adjust)
    weighting = {"weight": weight, "rake": listed(rake), "trim": trim, "unweighted": unweighted, "fpc": fpc}
    options = CompareOptions(method, adjust, alpha, margin)
    findings = gathered(exports, {"study": study, "scale": listed(scale), "platform": platform}, reference, options, weighting, say)
    return Report({one: _written(findings, one, style, length, template, say) for one in formats}, tuple(findings.results()))


def _as_report(command: Callable[..., list[Result]]) -> Callable[..., list[Result]]:
    """The command with the arguments of `report` that say nothing of its document: they are written once."""
    shared = [one for name, one in signature(report).parameters.items() if name not in ("formats", "style", "length", "template")]
    command.__signature__ = signature(command).replace(parameters=shared)  # type: ignore[attr-defined]
    return command


@in_language
@_as_report
def findings(*exports: Export, **asked: Any) -> list[Result]:
    """What a study found, as it stands on the first page of its report: a sentence a row, with the figure in it and where that comes from.

    The arguments are those of `report`. Raises UserError for anything the user can mend, and when there is nothing to report.

    >>> rpgstat.findings(study=example).frame["part"].unique(maintain_order=True).to_list()
    ['headline', 'answered', 'changed', 'said', 'open', 'figures', 'event', 'worked', 'limits']
    """
    made = report(*exports, formats=(), **asked).results
    warnings = dict.fromkeys(words for result in made for words in result.warnings)
    return [replace(result, warnings=tuple(warnings)) for result in made if result.name == "findings"]


def _check(formats: Sequence[str], style: str, length: str, alpha: float, adjust: str) -> None:
    check_alpha(alpha)
    check_adjust(adjust)
    if style not in STYLES:
        raise UserError(f"no style `{style}`", "give apa or gss")
    if length not in LENGTHS:
        raise UserError(f"no length `{length}`", did_you_mean(length, LENGTHS))
    for one in formats:
        if one not in FORMATS:
            raise UserError(f"a report cannot be `{one}`", did_you_mean(one, FORMATS))


def _written(findings: Findings, form: str, style: str, length: str, template: PathLike | None, say: Say) -> bytes:
    """The report in one format. Each writer is imported only when it is used."""
    say(f"writing {form}")
    made = layout.document(findings, STYLES[style], _DRAWN[form], length)
    if form == "docx":
        from rpgstat.media.word import writer

        return writer.write(made, Path(template) if template is not None else None)
    if form == "markdown":
        from rpgstat.media import markdown

        return markdown.write(made)
    from rpgstat.media import html

    return html.write(made)
