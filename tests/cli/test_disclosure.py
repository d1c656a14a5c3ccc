"""`rpgstat disclosure` as whoever checks what is passed on meets it: every figure of every group, how much of it is shown, and why no more."""

from __future__ import annotations

import json
from random import Random

import docx
import fastexcel
import polars as pl
import pytest

import rpgstat
from rpgstat.disclosure import Reason
from rpgstat.glossary.sentences import catalogue, say
from tests.disclosure.asks import SAMPLE, talking
from tests.disclosure.studies import coarser_over_finer, worked_in_one_place

STATEMENT = "I get on better with my peers"
KNOWN = {question.id: question for question in SAMPLE}
WARNING = "not for passing on: this plan holds the numbers that all other results withhold"


@pytest.fixture
def plan(command, rpg):
    return command("disclosure", "-f", "json", cwd=rpg).document


def test_every_figure_of_a_role_has_its_true_number_and_how_much_is_shown(plan):
    rows = plan["results"][0]["rows"]
    found = {row["group"]: (row["n"], row["shown"], row["reason"]) for row in rows if (row["text"], row["wave"]) == (STATEMENT, "+3 years")}
    assert found == {
        "Social worker": (46, "full", None),
        "Senior social worker": (5, "hidden", say("withheld.returned")),
        "Lead practitioner": (9, "mean only", say("withheld.few_for_detail")),
        "Team manager": (3, "hidden", say("withheld.returned")),
        "Senior manager": (8, "mean only", say("withheld.few_for_detail")),
    }
    returned = {row["group"]: (row["n"], row["reason"]) for row in rows if (row["text"], row["wave"]) == ("Returned the questionnaire", "+3 years")}
    assert returned["Team manager"] == (3, say("withheld.few"))
    assert returned["Senior social worker"] == (5, say("withheld.company"))
    assert {row["text"] for row in rows if row["item"] is None and row["theme"] is None} == {
        "What difference have the groups made?",
        "Returned the questionnaire",
        "Professional skills and support",
        "Self-efficacy",
        "Relationships",
    }


def test_the_breakdown_shows_what_the_plan_says(plan, command, rpg):
    shown = {(row["wave"], row["item"], row["battery"], row["group"]): row for row in command("breakdown", "--by", "role", "-f", "json", cwd=rpg).rows}
    checked = 0
    for row in plan["results"][0]["rows"]:
        if row["battery"] is None:
            continue
        other = shown[row["wave"], row["item"], row["battery"], row["group"]]
        figures = {"hidden": (None, False), "mean only": (row["n"], False), "full": (row["n"], True)}[row["shown"]]
        assert (other["n"], other["sd"] is not None) == figures, row
        checked += 1
    assert checked == 2 * 24 * 5


def test_it_proposes_the_groups_that_belong_together(plan):
    best, *others = plan["results"][1]["rows"]
    assert (best["by"], {best["group"], best["other"]}) == ("role", {"Senior social worker", "Team manager"})
    assert best["withheld_joined"] == 0 < best["withheld"] == 2 * best["gained"]
    assert all(row["gained"] <= best["gained"] for row in others)


def test_joining_them_shows_as_many_more(plan, command, rpg, tmp_path):
    study = (rpg / "study.toml").read_text(encoding="utf-8")
    joined = study.replace('aliases = { "Lead', 'aliases = { "Team manager" = "Senior social worker", "Lead').replace(', "Team manager", "Senior', ', "Senior')
    assert joined != study
    for name in ("wave-1.csv", "wave-3.xlsx"):
        (tmp_path / name).write_bytes((rpg / name).read_bytes())
    (tmp_path / "study.toml").write_text(joined, encoding="utf-8")

    def shown(rows):
        return sum(row["shown"] != "hidden" for row in rows if row["text"] != "What difference have the groups made?")

    ran = command("disclosure", "-f", "json", cwd=tmp_path)
    then = ran.rows
    assert "themes are not listed" in ran.err  # the coded answers were not copied
    assert shown(then) - shown(plan["results"][0]["rows"]) == plan["results"][1]["rows"][0]["gained"]


def test_every_page_and_every_file_says_that_it_is_not_for_passing_on(command, rpg, tmp_path):
    targets = [part for suffix in ("docx", "html", "md", "xlsx", "json", "csv") for part in ("-o", tmp_path / f"plan.{suffix}")]
    ran = command("disclosure", *targets, cwd=rpg)
    assert ran.code == 0
    assert WARNING in ran.err
    words = {
        "docx": "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "plan.docx")).paragraphs),
        "html": (tmp_path / "plan.html").read_text(encoding="utf-8"),
        "md": (tmp_path / "plan.md").read_text(encoding="utf-8"),
        "json": json.dumps(json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))),
    }
    assert {suffix for suffix, own in words.items() if WARNING.capitalize() not in own} == set()
    assert pl.read_csv(tmp_path / "plan.csv")["shown"].value_counts().height == 4
    assert len(fastexcel.read_excel(tmp_path / "plan.xlsx").sheet_names) >= 2


def test_the_screen_has_what_is_not_shown_in_full(run, rpg):
    ran = run("disclosure", cwd=rpg, env={"COLUMNS": "100"})
    assert "Team manager\n" in ran.text
    assert "Battery score: Relationships" in ran.text
    assert " full " not in ran.text.split("─\n")[1]
    assert "stand in data files only" in ran.text
    assert all(len(line) <= 100 for line in ran.text.splitlines())


@pytest.fixture(scope="module")
def talked(tmp_path_factory):
    """A study with questions of several kinds, and themes."""
    made = talking(Random(4), worked_in_one_place(), questions=[KNOWN[name] for name in ("mentor", "often", "ways", "likely")])
    return made.write(tmp_path_factory.mktemp("talked"))


@pytest.mark.parametrize("by", [["role"], ["team"], ["role", "team"]])
def test_of_single_questions_it_says_what_topline_shows(by, talked):
    shown = {(row["question"], row["option"], row["group"]): row for row in rpgstat.topline(study=talked, by=by)[0].rows if row["group"]}
    named = " × ".join(sorted(by))
    listed = [row for row in rpgstat.protection(study=talked)[0].rows if row["question"] and row["by"] == named]
    assert {row["shown"] for row in listed} >= {"hidden", "full"}
    for row in listed:
        other = shown.get((row["question"], row["option"], row["group"]))
        if row["group"] == "(not stated)" or other is None:
            continue
        if row["option"] is None:
            assert (other["n"] is None) == (row["shown"] == "hidden"), row
            assert row["shown"] == "hidden" or other["n"] == row["n"]
            options = [own for (question, option, group), own in shown.items() if (question, group) == (row["question"], row["group"]) and option]
            assert any(own["share"] is not None for own in options) == (row["shown"] == "full"), row
        else:
            assert other["count"] == (row["n"] if row["shown"] == "full" else None), row


@pytest.mark.parametrize("by", ["role", "team"])
def test_of_themes_it_says_what_themes_shows(by, talked):
    shown = {(row["theme"], row["group"]): row for row in rpgstat.themes(study=talked, by=by)[0].rows if row["group"]}
    listed = [row for row in rpgstat.protection(study=talked, by=by)[0].rows if row["text"] == "In your words"]
    assert {row["theme"] for row in listed} >= {None, "hope", "anger", "money"}
    for row in listed:
        own = shown["hope" if row["theme"] is None else row["theme"], row["group"]]
        if row["theme"] is None:
            assert own["n"] == (None if row["shown"] == "hidden" else row["n"]), row
        else:
            assert own["mentions"] == (row["n"] if row["shown"] == "full" else None), row


def test_a_restriction_to_a_grouping_leaves_the_plan_as_it_is(command, tmp_path):
    coarser_over_finer().write(tmp_path)
    whole, part = (command("disclosure", *by, "-f", "json", cwd=tmp_path).rows for by in ([], ["--by", "role"]))
    assert [row for row in whole if row["by"] == "role"] == part
    assert {row["by"] for row in whole} == {"role", "kind", "kind × role"}


def test_crosses_are_in_it(command, tmp_path):
    worked_in_one_place().write(tmp_path)
    rows = command("disclosure", "-f", "json", cwd=tmp_path).rows
    few = [row for row in rows if row["group"] == "Aide × West" and row["item"] == "cope"]
    assert [(row["n"], row["shown"]) for row in few] == [(4, "hidden")]


def test_without_groups_there_is_nothing_to_protect(command, tmp_path):
    people = "Strongly agree,Agree,a\nAgree,Disagree,b\nDisagree,Strongly disagree,a\nAgree,Agree,b\n"
    (tmp_path / "one.csv").write_text("I cope,I rest,Role\n" + people * 4, encoding="utf-8")
    problem, hint = command("disclosure", "one.csv", cwd=tmp_path).error()
    assert problem == "there are no groups to protect"
    assert "--by" in hint
    rows = command("disclosure", "one.csv", "--by", "Role", "-f", "json", cwd=tmp_path).rows
    assert {(row["group"], row["n"], row["shown"]) for row in rows if row["item"]} == {("a", 8, "mean only"), ("b", 8, "mean only")}


def test_every_reason_has_its_words():
    assert {f"withheld.{reason.name.lower()}" for reason in Reason} == {name for name in catalogue() if name.startswith("withheld.")}


def test_it_is_no_part_of_a_report(command, rpg, tmp_path):
    assert command("report", "-o", tmp_path / "report.html", cwd=rpg).code == 0
    assert WARNING.capitalize() not in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_in_python_it_is_called_protection(plan, rpg):
    results = rpgstat.protection(study=rpg / "study.toml")
    assert [result.name for result in results] == ["protection", "merges"]
    assert results.frame["n"].to_list() == [row["n"] for row in plan["results"][0]["rows"]]
