"""The first page of a report tells of coded material too: which themes changed, and where what was said differs from what was ticked."""

from __future__ import annotations

from dataclasses import replace

import pytest

import rpgstat
from rpgstat.media.document import Bullets, Heading, Paragraph
from rpgstat.media.style import PLAIN
from rpgstat.reporting.findings import Findings
from rpgstat.reporting.summary import summary
from rpgstat.result import table


@pytest.fixture(scope="module")
def found(pytestconfig):
    study = pytestconfig.rootpath / "fixtures" / "rpg" / "study.toml"
    return Findings(themes=tuple(rpgstat.themes(study=study)), joint=tuple(rpgstat.joint(study=study)))


def told(findings):
    """The points below each heading."""
    parts: dict[str, list[str]] = {}
    for piece in summary(findings, PLAIN):
        if isinstance(piece, Heading):
            parts[piece.words] = []
        elif isinstance(piece, Bullets):
            next(reversed(parts.values())).extend(" ".join(filter(None, (point.about, point.words))) for point in piece.points)
        elif isinstance(piece, Paragraph):
            next(reversed(parts.values())).append(piece.words)
    return parts


def plain(words):
    return words.replace("\N{NO-BREAK SPACE}", " ")


def test_themes_that_changed_are_told_with_both_shares_and_those_that_did_not_are_counted(found):
    answers, talks = map(plain, told(found)["What people said"])
    assert answers.startswith("What difference have the groups made?")
    assert "of 7 themes tested, 2 were named more often, 2 less often and 3 are inconclusive" in answers
    assert "Capacity for reflection: 26 % (8 of 31) in +1 year, then 56 % (29 of 52) in +3 years, +30.0 points [8.0, 47.5]; a larger share named it." in answers
    assert "Hard to attend" not in answers  # inconclusive
    assert talks == "Interviews. Spoken of most often in “Interviews”, +3 years is Capacity for reflection, by 6 of 7."


def test_what_differs_is_told_as_the_evaluators_judgement_once_a_theme(found):
    headline, *others = map(plain, told(found)["Said and ticked"])
    assert headline.startswith("8 themes, as the evaluator judges them")
    (differs,) = others
    assert differs.startswith(
        "Negative group experience was named by 6 of 52 in +3 years; as the evaluator judges, this differs from “I get on better with my peers”."
    )


def test_a_declared_fit_that_figures_are_against_is_told(found):
    joint = found.joint[0]
    rows = [row | {"fit": "confirms"} if row["theme"] == "Negative group experience" else row for row in joint.rows]
    against = replace(found, joint=(replace(joint, frame=table("joint", rows)),))
    told_of = plain(told(against)["Said and ticked"][1])
    assert told_of == "Negative group experience is declared as what confirms “I get on better with my peers”, which points the other way."


def test_what_the_report_covers_names_its_sources(found):
    assert "what people said (“What difference have the groups made?” and “Interviews”)" in " ".join(told(found)["Summary"])


def test_a_study_without_coded_material_has_no_such_parts():
    assert not {"What people said", "Said and ticked"} & {*told(Findings())}
