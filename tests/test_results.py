"""The Python face: the functions of `rpgstat`, what may be given to them, and what comes back."""

from __future__ import annotations

import inspect
import json
from xml.etree import ElementTree

import pandas as pd
import polars as pl
import pytest
import typer

import rpgstat
from rpgstat import UserError
from rpgstat.cli.commands import application
from rpgstat.output.formats import render
from rpgstat.reporting.fill import Filled
from rpgstat.reporting.report import Report

ANALYSES = ("score", "compare", "breakdown", "response", "reliability", "themes", "agreement", "joint", "workforce", "indicators", "plan", "protection")
COMMANDS: dict[str, typer.core.TyperCommand] = typer.main.get_command(application()).commands  # type: ignore[attr-defined]
CALLED = {"protection": "disclosure"}
"""Functions whose command has another name: in Python that is a package's."""
OF_THE_COMMAND_LINE = set("exports out format plot result style template force verbose debug pager width height sort layout columns".split())

BEFORE = {"I cope": ["Agree", "Disagree", "Strongly agree", "Strongly disagree"] * 5, "I rest": ["Agree"] * 9 + ["Disagree"] * 10 + [None]}
AFTER = {"I cope": ["Agree", "Disagree", "Strongly agree", "Agree"] * 5, "I rest": ["Agree"] * 15 + ["Strongly disagree"] * 5}


@pytest.fixture
def by_role(rpg):
    return rpgstat.breakdown(study=rpg / "study.toml", by="role")


@pytest.fixture
def rpg(pytestconfig):
    return pytestconfig.rootpath / "fixtures" / "rpg"


def test_dir_lists_the_functions():
    assert {*ANALYSES, "report", "fill", "init", "demo", "Results", "UserError"} <= set(dir(rpgstat))
    assert rpgstat.compare is rpgstat.compare


@pytest.mark.parametrize("name", ANALYSES)
def test_arguments_are_called_as_the_options_are(name):
    options = {parameter.name for parameter in COMMANDS[CALLED.get(name, name)].params} - OF_THE_COMMAND_LINE
    arguments = inspect.signature(getattr(rpgstat, name)).parameters
    assert options == {key for key, one in arguments.items() if one.kind is one.KEYWORD_ONLY}


@pytest.mark.parametrize("name", ANALYSES)
def test_defaults_are_those_of_the_options(name):
    arguments = inspect.signature(getattr(rpgstat, name)).parameters
    for parameter in COMMANDS[CALLED.get(name, name)].params:
        if parameter.name not in OF_THE_COMMAND_LINE and parameter.default is not None:
            assert arguments[parameter.name].default == parameter.default


@pytest.mark.parametrize("name", ANALYSES)
def test_every_function_has_a_docstring_with_an_example(name):
    function = getattr(rpgstat, name)
    assert f">>> rpgstat.{name}(" in inspect.getdoc(function)
    assert inspect.signature(function).return_annotation == "Results"


def test_one_file_or_many_or_a_list(rpg):
    one, two = rpg / "wave-1.csv", rpg / "wave-3.xlsx"
    assert rpgstat.compare(one, two).frame.equals(rpgstat.compare([one, two]).frame)
    assert rpgstat.score(str(one)).frame["wave"].unique().to_list() == ["wave-1"]


def test_one_name_or_several(rpg, by_role):
    assert rpgstat.breakdown(study=rpg / "study.toml", by=["role"]).frame.equals(by_role.frame)
    one = rpgstat.score(study=rpg / "study.toml", wave="+3 years")
    assert set(one.frame["wave"]) == {"+3 years"}


@pytest.mark.parametrize("table", [pl.DataFrame, pl.LazyFrame, pd.DataFrame])
def test_a_table_in_memory_is_an_export(table):
    results = rpgstat.compare(table(BEFORE), table(AFTER))
    rows = {row["item"]: row for row in results[0].rows if row["item"]}
    assert [(row["n_reference"], row["n"]) for row in rows.values()] == [(20, 20), (19, 20)]
    assert set(results.frame["wave"]) == {"table 2"}
    assert [given.name for given in results[0].inputs] == ["table 1.parquet", "table 2.parquet"]


def test_numbers_with_gaps_in_pandas_are_whole_numbers(tmp_path):
    study = tmp_path / "study.toml"
    study.write_text('[scales.four]\nlevels = ["1", "2", "3", "4"]\n[[batteries]]\nname = "B"\nscale = "four"\nitems = ["a", "b"]\n')
    table = pd.DataFrame({"a": [1, 2, 3, 4, None] * 6, "b": [4, 3, None, 2, 1] * 6})
    assert rpgstat.score(table, study=study).frame["n"].to_list()[:2] == [24, 24]


def test_something_else_is_refused():
    with pytest.raises(UserError, match="what is given as an export is of type `dict`"):
        rpgstat.score({"a": [1]})
    with pytest.raises(UserError, match="several columns are called `a`"):
        rpgstat.score(pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_pandas_has_the_same_rows_and_columns(rpg):
    results = rpgstat.score(study=rpg / "study.toml")
    handed = results.to_pandas()
    assert list(handed.columns) == results.frame.columns
    assert (str(handed["n"].dtype), str(handed["mean"].dtype)) == ("Int64", "float64")
    assert handed["distribution"].to_list() == results.frame["distribution"].to_list()
    assert handed["item"].isna().sum() == results.frame["item"].null_count() > 0
    assert handed["mean"].sum() == pytest.approx(results.frame["mean"].sum())


def test_results_by_name_and_by_place(by_role):
    assert by_role["omnibus"] is by_role[1]
    assert [result.name for result in by_role] == ["breakdown", "omnibus"]
    assert by_role.frame.equals(by_role["breakdown"].frame)
    assert repr(by_role[1:]) == f"Results: omnibus ({by_role['omnibus'].frame.height} rows)"
    with pytest.raises(KeyError, match="did you mean `omnibus`"):
        by_role["omnibu"]


def test_names_of_results_agree_with_what_stands_under_them(by_role):
    assert by_role.keys() == ("breakdown", "omnibus")
    assert len(by_role.keys()) == len(by_role) == 2
    assert "omnibus" in by_role
    assert "post_hoc" not in by_role
    assert all(result in by_role and by_role[result] is result for result in by_role)
    assert all(found is by_role[name] for name, found in dict(by_role).items())
    assert list(dict(by_role)) == ["breakdown", "omnibus"]
    other = by_role[1:]
    assert by_role[0] not in other
    with pytest.raises(KeyError, match="no result `breakdown`"):
        other[by_role[0]]


def test_the_table_is_what_the_command_line_shows(by_role):
    shown = by_role.table()
    assert "+3 years" in shown
    assert "\x1b" not in shown


def test_the_picture_is_the_figure_and_says_so_in_words(by_role):
    picture = by_role.plot()
    assert ElementTree.fromstring(picture._repr_svg_()).tag == "{http://www.w3.org/2000/svg}svg"
    assert "Social worker" in str(picture)
    assert repr(picture).startswith("Picture: ")


def test_no_picture_is_an_error(rpg):
    with pytest.raises(UserError, match="cannot be drawn"):
        rpgstat.breakdown(study=rpg / "study.toml", by="role")[1:].plot()


def test_a_notebook_shows_the_page_and_not_the_frame(by_role):
    page = ElementTree.fromstring(by_role._repr_html_().replace("<br>", "<br/>"))
    captions = ["".join(node.itertext()) for node in page.iter("caption")]
    assert any("+3 years" in caption for caption in captions)
    heads = {"".join(node.itertext()) for node in page.iter("th")}
    assert any("reflect" in head or "think" in head for head in heads)
    assert "scale_low" not in heads


def test_the_looks_of_the_page_stay_inside_it(by_role):
    looks = by_role._repr_html_().partition("<style>")[2].partition("</style>")[0]
    assert all(rule.startswith(".rpgstat ") for line in looks.strip().splitlines() for rule in line.partition("{")[0].split(", "))


def test_save_writes_by_suffix_and_refuses_to_overwrite(by_role, tmp_path):
    assert by_role.save(tmp_path / "x.json", tmp_path / "x.csv") is by_role
    document = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert [result["name"] for result in document["results"]] == ["breakdown", "omnibus"]
    assert (tmp_path / "x.omnibus.csv").exists()
    with pytest.raises(UserError, match="exists already"):
        by_role.save(tmp_path / "x.csv")
    with pytest.raises(UserError, match="no file named"):
        by_role.save()


def test_warnings_are_those_of_the_command_line():
    assert any("Strongly disagree" in line for line in rpgstat.score(pl.DataFrame(BEFORE)).warnings)


def test_errors_name_arguments(rpg):
    with pytest.raises(UserError, match=r"^`by`: no group `rol`$"):
        rpgstat.breakdown(study=rpg / "study.toml", by="rol")
    with pytest.raises(UserError) as raised:
        rpgstat.compare(study=rpg / "study.toml", trim=3)
    assert "--" not in raised.value.problem + raised.value.hint


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (lambda study: rpgstat.score(study=study, alpha="x"), "`alpha` is 'x'"),
        (lambda study: rpgstat.compare(study=study, trim=[1]), r"`trim` is \[1\]"),
        (lambda study: rpgstat.workforce(study=study, headcount="300"), "`headcount` is '300'"),
        (lambda study: rpgstat.indicators(study=study, run_length=None), "`run_length` is None"),
        (lambda study: rpgstat.breakdown(study=study, by=3), "`by` is 3"),
        (lambda study: rpgstat.indicators(study=study, series=["Referrals", 1]), r"`series` is \['Referrals', 1\]"),
        (lambda study: rpgstat.compare(study=study, method=1), "`method` is 1"),
        (lambda _: rpgstat.score(pl.DataFrame(BEFORE), 5), "what is given as an export is of type `int`"),
    ],
)
def test_an_argument_of_another_kind_is_named(rpg, call, problem):
    with pytest.raises(UserError, match=f"^{problem}") as raised:
        call(rpg / "study.toml")
    assert raised.value.hint


def test_hints_are_written_as_python(rpg, by_role, tmp_path):
    with pytest.raises(UserError) as raised:
        rpgstat.breakdown(study=rpg / "study.toml")
    assert 'by="role"' in raised.value.hint
    by_role.save(tmp_path / "x.csv")
    with pytest.raises(UserError) as raised:
        by_role.save(tmp_path / "x.csv")
    assert "force=True" in raised.value.hint


def test_a_result_and_a_report_are_short_to_look_at(by_role):
    assert repr(by_role["omnibus"]) == "Result: omnibus (48 rows)"
    assert repr(Report({"html": b"x" * 2000}, tuple(by_role))) == "Report: html (2 kB), of 2 results"
    assert repr(Filled(b"x" * 2000, tuple(by_role))) == "Filled: 2 kB, of 2 results"


def test_the_table_of_workforce_may_stand_in_memory(rpg):
    frame = rpgstat.workforce(rpg / "workforce.csv", headcount=300).frame
    for table in (pl.read_csv(rpg / "workforce.csv"), pd.read_csv(rpg / "workforce.csv")):
        assert rpgstat.workforce(table, headcount=300).frame.equals(frame)
    with pytest.raises(UserError, match="2 tables of rates are given"):
        rpgstat.workforce([table, table])


@pytest.mark.parametrize("name", ["report", "fill", "init", "demo"])
def test_every_other_function_has_an_example_too(name):
    assert f"rpgstat.{name}(" in inspect.getdoc(getattr(rpgstat, name))


@pytest.mark.parametrize("many", [False, True])
def test_init_takes_one_file_or_several(rpg, many):
    file = rpg / "wave-1.csv"
    text, assumptions = rpgstat.init([file, rpg / "wave-3.xlsx"] if many else file, beside=rpg)
    assert 'file = "wave-1.csv"' in text
    assert ('file = "wave-3.xlsx"' in text) is many
    assert assumptions
    assert rpgstat.init(str(file), beside=rpg)[0] == rpgstat.init([file], beside=rpg)[0]


def test_one_result_shows_itself_in_a_notebook_as_all_of_them_do(rpg):
    results = rpgstat.indicators(study=rpg / "study.toml")
    assert results["trend"]._repr_html_().startswith('<div class="rpgstat">')
    assert "Of 5 series 5 are shown to have fallen" in results["trend"]._repr_html_()
    assert "Of 5 series 5 are shown to have fallen" not in results["chart"]._repr_html_()


def test_a_document_of_events_trends_and_charts_is_titled_as_all_of_them(rpg):
    page = render(list(rpgstat.indicators(study=rpg / "study.toml")), "html", "apa", None, "", []).decode()
    assert "<title>Indicators: events, trends and control charts</title>" in page
