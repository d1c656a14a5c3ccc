"""`rpgstat compare`."""

from __future__ import annotations

from typing import Annotated

from rpgstat.cli import messages
from rpgstat.cli.options import (
    STUDY,
    TEST,
    Adjust,
    Alpha,
    By,
    Debug,
    Exports,
    Force,
    Format,
    Fpc,
    NoSuppression,
    Out,
    Platform,
    Plot,
    Rake,
    Reference,
    ResultName,
    Scales,
    StudyPath,
    Style,
    Template,
    Trim,
    Unweighted,
    Verbose,
    Verify,
    Waves,
    WeightColumn,
    option,
)

_AGAINST = "With three waves or more: each against the reference, or against the one before."
_METHOD = "welch, student, mann-whitney, brunner-munzel, chi-square, exact or exact-rank."
_MARGIN = "The largest change that does not matter, in scale points; tests for equivalence."
_STANDARDISE = "Add the change with the mix of this group held fixed."
_SHARES = "The mix to hold fixed: of the reference wave, of both waves, or as declared."
_FAIL_ON = "Exit 1 when a conclusion is lower, or when anything changed."

Against = Annotated[str, option("--against", panel=STUDY, metavar="reference|previous", help=_AGAINST)]
Method = Annotated[str, option("--method", panel=TEST, metavar="NAME", help=_METHOD)]
Margin = Annotated[float | None, option("--margin", panel=TEST, metavar="POINTS", help=_MARGIN)]
Standardise = Annotated[str | None, option("--standardise", panel=STUDY, metavar="GROUP", help=_STANDARDISE)]
Shares = Annotated[str, option("--shares", panel=STUDY, metavar="reference|pooled|population", help=_SHARES)]
Bayes = Annotated[bool, option("--bayes", panel=TEST, help="Add the Bayes factor BF10.")]
FailOn = Annotated[str | None, option("--fail-on", panel=TEST, metavar="lower|changed", help=_FAIL_ON)]


def compare(
    exports: Exports = None,
    study: StudyPath = None,
    reference: Reference = None,
    wave: Waves = None,
    by: By = None,
    standardise: Standardise = None,
    shares: Shares = "reference",
    no_suppression: NoSuppression = False,
    against: Against = "reference",
    method: Method = "welch",
    adjust: Adjust = "holm",
    alpha: Alpha = 0.05,
    margin: Margin = None,
    bayes: Bayes = False,
    weight: WeightColumn = None,
    rake: Rake = None,
    trim: Trim = None,
    unweighted: Unweighted = False,
    fpc: Fpc = False,
    verify: Verify = False,
    fail_on: FailOn = None,
    scale: Scales = None,
    platform: Platform = None,
    out: Out = None,
    format: Format = None,
    plot: Plot = False,
    result: ResultName = None,
    style: Style = None,
    template: Template = None,
    force: Force = False,
    verbose: Verbose = False,
    debug: Debug = False,  # noqa: ARG001 # read by main, before anything can fail
) -> None:
    """Compare each item and battery between waves.

    Examples:
      rpgstat compare wave-1.csv wave-3.xlsx
      rpgstat compare --method mann-whitney --adjust bh -o change.csv
      rpgstat compare --margin 0.3 --fail-on lower -f json
      rpgstat compare --by role
      rpgstat compare --plot -o change.pdf
      rpgstat compare --standardise role
    """
    from rpgstat import render, workflow
    from rpgstat.workflow.inputs import inputs

    targets = render.targets(out or [], format, force=force, result=result, style=style, template=template, plot=plot, keep=inputs(exports or [], study))
    results = workflow.compare(
        exports or [],
        study=study,
        reference=reference,
        waves=wave or [],
        against=against,
        method=method,
        adjust=adjust,
        alpha=alpha,
        margin=margin,
        bayes=bayes,
        by=by or [],
        standardise=standardise,
        shares=shares,
        suppression=not no_suppression,
        weight=weight,
        rake=rake or [],
        trim=trim,
        unweighted=unweighted,
        fpc=fpc,
        verify=verify,
        fail_on=fail_on,
        scale=scale or [],
        platform=platform,
    )
    messages.finish(results, lambda: render.write(results, targets), verbose=verbose)
