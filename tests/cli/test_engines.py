"""The same results from another engine, which holds the rows: only counts come over."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from random import Random

import polars as pl
import pytest

import rpgstat
from rpgstat.read import engines
from rpgstat.tally.engine import afar

duckdb = pytest.importorskip("duckdb")

LEVELS = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
STUDY = """
{id}
{weight}
[data]
file = "answers.parquet"
wave = "wave"
{table}
[groups]
role = "role"
[scales.s]
levels = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
not_applicable = ["N/A"]
[[waves]]
name = "before"
[[waves]]
name = "after"
[[batteries]]
name = "First"
scale = "s"
items = ["Heard", {{ text = "Alone", reverse = true }}, "Valued"]
[[batteries]]
name = "Second"
scale = "s"
items = ["Busy", "Tired"]
[[questions]]
id = "stay"
text = "Stay?"
kind = "single"
columns = ["Stay?"]
options = ["Yes", "No"]
"""
N = int(os.environ.get("RPGSTAT_ENGINE_ROWS", "600"))


COUNTS = {"answer", "n", "wave", "group 0", "weight", "column", "code", "sum", "answered", "item 0", "square 0", "unanswered", "again", "others", "first"}
COUNTS |= {
    "returned",
    "usable",
    "told",
    "partial",
    "straight",
    "without",
    "damaged",
    "identified",
    "item",
    "codes",
    "sum before",
    "answered before",
    "sum after",
    "answered after",
    "place",
    "cell",
}
"""What queries answer with, numbers in names as 0: codes, sums, cells of declared columns, and how many people."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two waves of seeded answers: blank cells, answers off the scale, spellings, rows that say nothing, and names that are nobody's business."""
    draw, folder = Random(18), tmp_path_factory.mktemp("engines")
    cells = [*LEVELS, "agree ", "N/A", None]
    people = [
        {
            "Code": f"k{i % (N // 2 + 60)}" if i % 50 else None,
            "Full name": f"Person {i}",
            "wave": "before" if i < N // 2 else "after",
            "role": draw.choice(["Worker", "worker", "Manager", "Lead", None]),
            "weight": draw.choice(["1", "0.5", "2,25"]),
            **{item: None if i % 97 == 0 else draw.choices(cells, [2, 3, 5, 4, 1, 1, 1])[0] for item in ("Heard", "Alone", "Valued", "Busy", "Tired")},
            "Stay?": None if i % 97 == 0 else draw.choice(["Yes", "No", None]),
        }
        for i in range(N)
    ]
    pl.DataFrame(people).write_parquet(folder / "answers.parquet")
    return folder


def written(folder, *, id: str = "", weight: str = "", table: str = ""):
    path = folder / "study.toml"
    path.write_text(STUDY.format(id=id, weight=weight, table=table), encoding="utf-8")
    return path


def told(results):
    """All that results say but for their inputs."""
    return [json.loads(result.frame.write_json()) for result in results], [result.notes for result in results], [list(result.warnings) for result in results]


CALLS = {
    "scores": (rpgstat.score, {}, {}),
    "moments": (rpgstat.reliability, {}, {}),
    "groups": (rpgstat.compare, {"by": "role"}, {}),
    "breakdown": (rpgstat.breakdown, {"by": "role"}, {}),
    "transitions": (rpgstat.compare, {"paired": True, "moves": True}, {"id": 'id = "Code"'}),
    "weights": (rpgstat.compare, {}, {"weight": 'weight = "weight"'}),
    "questions": (rpgstat.topline, {}, {}),
}


@pytest.mark.parametrize(("call", "asked", "declared"), CALLS.values(), ids=CALLS)
def test_duckdb_gives_what_this_process_gives(folder, call, asked, declared):
    study = written(folder, **declared)
    here, there = call(study=study, **asked), call(study=study, engine="duckdb", **asked)
    assert told(there) == told(here)
    assert there[0].inputs[0].rows == here[0].inputs[0].rows


def test_people_of_three_waves_are_counted_there_too(folder, tmp_path):
    rows = pl.read_parquet(folder / "answers.parquet").with_row_index()
    late = pl.when(pl.col("index") % 7 == 0).then(pl.lit("late")).otherwise("wave")
    one_each = rows.with_columns(wave=late).group_by("Code", "wave", maintain_order=True).first().select(rows.columns[1:])
    one_each.write_parquet(tmp_path / "answers.parquet")
    study = written(tmp_path, id='id = "Code"')
    study.write_text(study.read_text(encoding="utf-8").replace("[[batteries]]", '[[waves]]\nname = "late"\n[[batteries]]', 1), encoding="utf-8")
    here, there = rpgstat.compare(study=study), rpgstat.compare(study=study, engine="duckdb")
    assert told(there) == told(here)
    assert set(there[0].frame["method"]) == {"clustered"}


def test_only_counts_leave_the_engine_and_never_a_personal_column(folder, monkeypatch):
    study, fetched = written(folder, id='id = "Code"', weight='weight = "weight"'), []
    opened = engines.hold

    def watched(*given):
        survey = opened(*given)
        held = survey.held
        names = {column.name for column in survey.aside} | {column.name for column in survey.columns if column.kind == "id"}
        assert len(names) == 1  # the full name; the code is declared, and only counted

        def fetch(query):
            found = held.fetch(query)
            fetched.append(found)
            return found

        return replace(survey, held=replace(held, fetch=fetch))

    monkeypatch.setattr(engines, "hold", watched)
    rpgstat.compare(study=study, engine="duckdb", by="role", unweighted=True)
    rpgstat.topline(study=study, engine="duckdb", unweighted=True)
    cells = {cell for frame in fetched for cell in frame.select(pl.col(pl.String)).rows() for cell in cell}
    assert len(fetched) > 10
    assert not [cell for cell in cells if cell and (cell.startswith("Person ") or cell in {f"k{i}" for i in range(N)})]
    assert {re.sub(r"\d+", "0", column) for frame in fetched for column in frame.columns} <= COUNTS


def test_a_table_of_a_database_is_named_in_the_study(folder, run):
    with duckdb.connect(str(folder / "survey.duckdb")) as connection:
        connection.execute(f"CREATE SCHEMA hr; CREATE TABLE hr.answers AS SELECT * FROM read_parquet('{folder / 'answers.parquet'}')")
    here = run("score", "--study", written(folder), "-f", "json").document["results"]
    study = written(folder, table='table = "hr.answers"')
    study.write_text(study.read_text().replace("answers.parquet", "survey.duckdb"))
    found = run("score", "--engine", "duckdb", "--study", study, "-f", "json").document
    assert found["results"] == here
    assert found["inputs"][0]["name"] == "survey.duckdb"
    assert "names the table `hr.answers`" in run("score", "--study", study).error()[0]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--engine", "duckdb", "--verify"], "the engine duckdb cannot look at single rows"),
        (["--engine", "dukdb"], "--engine: `dukdb` is not known"),
        (["--engine", "duckdb", "nowhere.parquet"], "no file `nowhere.parquet`"),
        (["--engine", "duckdb", "s3://nowhere/answers.parquet"], "answers.parquet: the engine duckdb cannot read it"),
    ],
)
def test_what_an_engine_cannot_do_is_refused_by_name(folder, run, options, problem):
    assert problem in run("score", "--study", written(folder), *options).error()[0]


def test_several_rows_of_one_id_are_refused_unless_all_count(folder):
    frame = pl.read_parquet(folder / "answers.parquet")
    pl.concat([frame, frame.head(2).with_columns(Code=pl.lit("k1"))]).write_parquet(folder / "twice.parquet")
    study = written(folder, id='id = "Code"')
    with pytest.raises(rpgstat.UserError, match="cannot tell which of several rows of one id counts"):
        rpgstat.score(folder / "twice.parquet", study=study, engine="duckdb")
    study = written(folder, id='id = "Code"\nduplicates = "keep"')
    assert told(rpgstat.score(folder / "twice.parquet", study=study, engine="duckdb")) == told(rpgstat.score(folder / "twice.parquet", study=study))


def test_no_study_no_engine(folder, run):
    assert "--engine duckdb needs a study file" in run("score", "--engine", "duckdb", folder / "answers.parquet", cwd=folder.parent).error()[0]


def test_the_namespace_is_loaded_for_engines_only():
    assert afar.namespace().__name__ == "narwhals"
