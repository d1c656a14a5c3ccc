"""Gathers the results of everything that a study has something for: what a report, and its findings, are made of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rpgstat.errors import UserError
from rpgstat.glossary import TRY
from rpgstat.glossary.sentences import opening
from rpgstat.reporting.findings import Findings
from rpgstat.reporting.first.made import with_findings
from rpgstat.result import Result
from rpgstat.study.report import Layout, layout_of
from rpgstat.study.toml import Table
from rpgstat.workflow import _agreement, _breakdown, _compare, _joint, _reliability, _response, _score, _themes
from rpgstat.workflow._compare import CompareOptions
from rpgstat.workflow._indicators import indicators
from rpgstat.workflow._workforce import workforce
from rpgstat.workflow.arguments import Export, PathLike, files
from rpgstat.workflow.by_group import NothingToShowError
from rpgstat.workflow.called import called
from rpgstat.workflow.case import FOUND, STUDY_FILE, Case, found_study_named, open_case
from rpgstat.workflow.inputs import check_declared
from rpgstat.workflow.left_out import NAMED
from rpgstat.workflow.material import Opened, open_material
from rpgstat.workflow.rows import Runs
from rpgstat.workflow.study_file import study_tables
from rpgstat.workflow.weighted import Design, chosen_design

_SURVEY = frozenset({"batteries", "scales", "data"})  # keys of a study file that has a survey
Say = Callable[[str], None]
Given = Mapping[str, Any]


def gathered(exports: Sequence[Export], given: Given, reference: str | None, options: CompareOptions, weighting: Given, say: Say) -> Findings:
    """The results of everything that a study has something for, and what was found. Raises UserError where there is nothing."""
    study, alpha = given["study"], options.alpha
    found = study_tables(study)
    top = found[1] if found else None
    declared = frozenset(top.values) if top else frozenset()
    findings, case = Findings(title=(top["title"] if top else None) or "", **_looks(*found) if found else {}), None
    if exports or top is None or declared & _SURVEY or ("waves" in declared and "coded" not in declared):
        told, case = _survey(exports, given, reference, options, weighting, say)
        findings = replace(told, layout=findings.layout, logo=findings.logo)
    findings = _with_themes(findings, top, study, (reference, options.adjust, alpha), say, None if exports else case)
    findings = _with_figures(findings, declared, study, alpha, say)
    findings = _with_theory(findings, top, study, exports, alpha, say)
    results = tuple(findings.results())
    if not results:
        raise UserError(f"{study or STUDY_FILE} has nothing to report", "declare batteries, [workforce] or [[indicators]] in it")
    author, date, about = (top[key] or "" if top else "" for key in ("author", "date", "about"))
    return with_findings(replace(findings, remarks=_remarks(results), author=author, date=date, about=about))


_LOGO_BYTES, _PICTURES = 5_000_000, (b"\x89PNG\r\n", b"\xff\xd8\xff")
"""Bytes of a logo at most, and how a PNG and a JPEG begin."""


def _looks(path: Path, top: Table) -> dict[str, Any]:
    """What the study says of its report, with the picture read. Raises UserError for one that is none."""
    chosen: Layout = layout_of(top)
    if not chosen.logo:
        return {"layout": chosen}
    file, hint = path.parent / chosen.logo, "name a PNG or JPEG picture of up to 5 MB, relative to the study file"
    check_declared(file, "`report.logo`")
    content = file.read_bytes() if file.stat().st_size <= _LOGO_BYTES else b""
    if not content.startswith(_PICTURES):
        raise UserError(f"{top.source}: report.logo.file is `{chosen.logo}`, which is no PNG or JPEG picture of up to 5 MB", hint)
    return {"layout": chosen, "logo": content}


def _survey(exports: Sequence[Export], asked: Given, reference: str | None, options: CompareOptions, weighting: Given, say: Say) -> tuple[Findings, Case]:
    """What the questionnaires tell, all but the change where there is one wave only, and groups where they are declared; and the case, as it is unweighted."""
    with found_study_named(asked["study"]):
        case = open_case(files(exports), asked["study"], asked["platform"], weight=weighting["weight"], scale=asked["scale"], several=True)
        case, against = called(case, reference)
        return _found(case, chosen_design(case, **weighting), against, options, say), replace(case, asked=())


def _found(case: Case, design: Design, reference: str | None, options: CompareOptions, say: Say) -> Findings:
    """What one case tells. Response and reliability take no weights: a column of them is one that they leave out."""
    plain, alpha = replace(case, asked=()), options.alpha
    say("scores")
    scores = _score.on_case(case, design, alpha=alpha)
    changes = []
    if len(case.waves) > 1:
        say("change between waves")
        changes = _compare.on_case(case, replace(options, design="independent") if design.fpc else options, design, reference=reference)
    trend = _over_waves(case, design, options, say) if len(case.waves) > 2 else []
    groups: dict[str, Sequence[Result] | str] = {}
    for group in case.study.groups:
        say(f"results by {group.name}")
        groups[group.name] = _by(case, design, group.name, options)
    say("response")
    answered = _response.on_case(plain, reference=reference)  # after groups, whose counts the plan of what may be shown is made from
    say("reliability")
    reliability = _reliability.on_case(plain, alpha=alpha)
    found = Findings(case.study.title, (), answered, scores, changes, trend, groups, reliability, weighted=design.weight is not None)
    return _with_questions(found, case, design, reference, options, say) if case.study.questions else found


def _over_waves(case: Case, design: Design, options: CompareOptions, say: Say) -> list[Result]:
    """The trend over three waves or more; with a remark in its place where their times do not order them."""
    from rpgstat.workflow._trend import Wish, trend_on_case  # only a study that has so many needs it

    say("trend over the waves")
    try:
        return trend_on_case(case, design, Wish(adjust=options.adjust, alpha=options.alpha))[:1]
    except UserError as error:
        say(f"no trend over the waves: {error.problem}; {error.hint}")
        return []


def _with_questions(findings: Findings, case: Case, design: Design, reference: str | None, options: CompareOptions, say: Say) -> Findings:
    """The findings with what people answered to the questions that the study declares."""
    from rpgstat.workflow._topline import ToplineOptions, on_case  # only a study that has some needs it

    say("questions")
    return replace(findings, topline=on_case(case, ToplineOptions(reference, options.alpha, options.adjust), design))


def _with_themes(
    findings: Findings, top: Table | None, study: PathLike | None, options: tuple[str | None, str, float], say: Say, case: Case | None
) -> Findings:
    """The findings with what people said, as far as anything was coded; how far coders agree where two coded the same. `case` is that of the survey."""
    if top is None or "coded" not in top.values:
        return findings
    say("themes")
    reference, adjust, alpha = options
    with found_study_named(study):
        groups = list(top["groups"].values) if any(table["kind"] == "answers" for table in top["coded"]) else []
        opened = open_material((), study, groups, case)
        asked = _themes.ThemeOptions(reference, alpha, adjust)
        try:
            found = _themes.on_material(opened, asked, by=groups)
        except UserError:  # who is in which group is not known of everyone; that alone is no reason to show nothing
            found = _themes.on_material(opened, asked)
        coders = _agreement.on_material(opened, alpha=alpha) if any(table["coders"] or table["coder"] for table in top["coded"]) else []
        beside = _joint.on_material(opened, _beside(findings, opened, study, alpha), alpha=alpha) if top["joint"] else []
    return replace(findings, themes=found, agreement=coders, joint=beside)


def _beside(findings: Findings, opened: Opened, study: PathLike | None, alpha: float) -> Runs:
    """The commands whose rows stand beside themes; what the survey told is not counted again."""
    runs = Runs(study, lambda: opened.case, alpha)
    named = {name.partition(".")[0].strip() for pairing in opened.study.joint for name in pairing.rows}
    for command in ("score", "compare"):
        runs.have(command, getattr(findings, command) if command in named else ())
    return runs


def _with_theory(findings: Findings, top: Table | None, study: PathLike | None, exports: Sequence[Export], alpha: float, say: Say) -> Findings:
    """The findings with how the programme is held to work, and when everything was; both rest on what was found before."""
    if top is None or not {"theory", "timeline"} & top.values.keys():
        return findings
    from rpgstat.workflow import _theory, _timeline

    say("how it worked")
    runs = Runs(study, lambda: open_case(files(exports), study, None, several=True), alpha)
    for command in ("score", "compare", "response", "reliability", "topline", "themes", "agreement", "joint", "workforce", "indicators"):
        runs.have(command, getattr(findings, command))
    for by, found in findings.breakdown.items():
        runs.have("breakdown", () if isinstance(found, str) else found, by)
    with found_study_named(study):
        theory = _theory.on_runs(top, runs) if "theory" in top.values else []
        timeline = _timeline.on_runs(top, runs) if "timeline" in top.values else []
    return replace(findings, theory=theory, timeline=timeline)


def _with_figures(findings: Findings, declared: Collection[str], study: PathLike | None, alpha: float, say: Say) -> Findings:
    """The findings with those on the tables of figures that the study names."""
    if "workforce" in declared:
        say("workforce rates")
        findings = replace(findings, workforce=workforce(study=study, alpha=alpha))
    if "indicators" in declared:
        say("indicators")
        findings = replace(findings, indicators=indicators(study=study, alpha=alpha))
    return findings


def _by(case: Case, design: Design, group: str, options: CompareOptions) -> Sequence[Result] | str:
    """The results of one grouping, or why nothing can be shown of it."""
    try:
        return _breakdown.on_case(case, design, by=[group], adjust=options.adjust, alpha=options.alpha)
    except NothingToShowError as error:
        return f"{error.problem[:1].upper()}{error.problem[1:]}."


def _remarks(results: Sequence[Result]) -> list[str]:
    """What reading said, each once; where the study was found, what is to be typed, and how to hear more, is for the screen only."""
    found = dict.fromkeys(warning for result in results for warning in result.warnings)
    uncertain = opening("row.uncertain")  # the notes have these
    told = [warning.removesuffix(NAMED) for warning in found if warning != FOUND and uncertain not in warning]
    return [warning.partition(TRY)[0] for warning in told]
