"""The same results from another engine, which holds the rows: only counts come over."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import replace
from importlib.util import find_spec
from random import Random

import polars as pl
import pytest

import rpgstat
from rpgstat.read import engines
from rpgstat.study import from_toml
from rpgstat.study.write import to_toml
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
SPARK = pytest.mark.skipif(not find_spec("pyspark") or not shutil.which("java"), reason="needs pyspark and Java, which the other tests do without")
ENGINES = ["duckdb", pytest.param("spark", marks=SPARK)]
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
    "transitions": (rpgstat.compare, {"paired": True, "moves": True, "suppression": False}, {"id": 'id = "Code"'}),
    "weights": (rpgstat.compare, {}, {"weight": 'weight = "weight"'}),
    "questions": (rpgstat.topline, {}, {}),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("call", "asked", "declared"), CALLS.values(), ids=CALLS)
def test_an_engine_gives_what_this_process_gives(folder, call, asked, declared, engine):
    study = written(folder, **declared)
    here, there = call(study=study, **asked), call(study=study, engine=engine, **asked)
    assert told(there) == told(here)
    assert there[0].inputs[0].rows == here[0].inputs[0].rows


@pytest.mark.parametrize("engine", ENGINES)
def test_people_of_three_waves_are_counted_there_too(folder, tmp_path, engine):
    rows = pl.read_parquet(folder / "answers.parquet").with_row_index()
    late = pl.when(pl.col("index") % 7 == 0).then(pl.lit("late")).otherwise("wave")
    one_each = rows.with_columns(wave=late).group_by("Code", "wave", maintain_order=True).first().select(rows.columns[1:])
    one_each.write_parquet(tmp_path / "answers.parquet")
    study = written(tmp_path, id='id = "Code"')
    study.write_text(study.read_text(encoding="utf-8").replace("[[batteries]]", '[[waves]]\nname = "late"\n[[batteries]]', 1), encoding="utf-8")
    here, there = rpgstat.compare(study=study), rpgstat.compare(study=study, engine=engine)
    assert told(there) == told(here)
    assert set(there[0].frame["method"]) == {"clustered"}


@pytest.mark.parametrize("engine", ENGINES)
def test_only_counts_leave_the_engine_and_never_a_personal_column(folder, monkeypatch, engine):
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
    rpgstat.compare(study=study, engine=engine, by="role", unweighted=True)
    rpgstat.topline(study=study, engine=engine, unweighted=True)
    cells = {cell for frame in fetched for cell in frame.select(pl.col(pl.String)).rows() for cell in cell}
    assert len(fetched) > 10
    assert not [cell for cell in cells if cell and (cell.startswith("Person ") or cell in {f"k{i}" for i in range(N)})]
    assert {re.sub(r"\d+", "0", column) for frame in fetched for column in frame.columns} <= COUNTS


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_the_parts_of_a_folder_are_one_table(folder, tmp_path, suffix, engine):
    frame = pl.read_parquet(folder / "answers.parquet").with_columns(pl.lit('He said "no",\nand left').alias("Why, in short?"))
    for wave in ("before", "after"):
        part = tmp_path / "answers" / f"round=0{1 + (wave == 'after')}" / f"part.{suffix}"
        part.parent.mkdir(parents=True)
        own = frame.filter(wave=wave).drop("wave")
        own.write_csv(part) if suffix == "csv" else own.write_parquet(part)
    study = written(tmp_path)
    text = study.read_text().replace("answers.parquet", "answers").replace('"wave"', '"round"').replace('"before"', '"01"').replace('"after"', '"02"')
    study.write_text(text)
    assert told(rpgstat.score(study=study, engine=engine)) == told(rpgstat.score(study=study))


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_are_read_as_they_are_here(folder, tmp_path, engine):
    frame = pl.read_parquet(folder / "answers.parquet").with_columns(
        (pl.col("wave") == "after").cast(pl.Float64).alias("wave"), pl.col("weight").str.replace(",", ".").cast(pl.Float64)
    )
    frame = frame.with_columns(pl.when(pl.int_range(pl.len()) % 7 == 0).then(float("nan")).otherwise(pl.col("wave") * 12_000_000_000).alias("wave"))
    frame.write_parquet(tmp_path / "answers.parquet")
    study = written(tmp_path)
    study.write_text(study.read_text().replace('"before"', '"0"').replace('"after"', '"12000000000"'))
    assert told(rpgstat.score(study=study, weight="weight", engine=engine)) == told(rpgstat.score(study=study, weight="weight"))


@SPARK
def test_spark_connect_knows_a_table_by_its_name(folder, tmp_path, run, start):
    study = written(tmp_path, table='table = "parquet.`%s`"' % (folder / "answers.parquet"))
    study.write_text(study.read_text().replace('file = "answers.parquet"\n', ""))
    here = run("score", "--study", written(folder), "-f", "json").document["results"]
    told, said = start("score", "--engine", "spark", "--study", study, "-f", "json", env={"SPARK_REMOTE": "local[2]"}).communicate(timeout=300)
    assert json.loads(told)["results"] == here, said


def test_a_table_of_a_database_is_named_in_the_study(folder, run):
    with duckdb.connect(str(folder / "survey.duckdb")) as connection:
        connection.execute(f"CREATE SCHEMA hr; CREATE TABLE hr.answers AS SELECT * FROM read_parquet('{folder / 'answers.parquet'}')")
    here = run("score", "--study", written(folder), "-f", "json").document["results"]
    study = written(folder, table='table = "hr.answers"')
    study.write_text(study.read_text().replace("answers.parquet", "survey.duckdb"))
    found = run("score", "--engine", "duckdb", "--study", study, "-f", "json").document
    assert found["results"] == here
    given = found["inputs"][0]
    assert (given["name"], given["engine"], given["sha256_of"]) == ("survey.duckdb", "duckdb", "name, columns and number of rows of the table")
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


def test_two_tables_of_one_size_are_not_taken_for_one(folder, tmp_path):
    study = written(tmp_path)
    text = study.read_text().replace('[data]\nfile = "answers.parquet"\nwave = "wave"\n', "")
    for wave in ("before", "after"):
        part = tmp_path / wave / "answers.parquet"
        part.parent.mkdir()
        pl.read_parquet(folder / "answers.parquet").filter(wave=wave).head(N // 3).write_parquet(part)
        text = text.replace(f'name = "{wave}"', f'name = "{wave}"\nfile = "{wave}/answers.parquet"')
    study.write_text(text)
    score = rpgstat.score(study=study, engine="duckdb")[0]
    assert score.inputs[0].sha256 == score.inputs[1].sha256
    assert not [warning for warning in score.warnings if "the same file" in warning]


@pytest.mark.parametrize("address", ["sc://127.0.0.1:9/;token=hush", "sc:127.0.0.1:9/;token=hush"])
def test_the_token_of_an_address_is_told_to_nobody(folder, run, address):
    problem, hint = run("score", "--study", written(folder), "--engine", address).error()
    assert "hush" not in problem + hint
    assert re.search("no Spark Connect answers at 127.0.0.1:9|spark is not installed|`sc:127.0.0.1:9/` is not known", problem)


def test_a_table_without_a_file_is_for_an_engine_that_knows_it(folder, run):
    study = written(folder, table='table = "hr.answers"')
    study.write_text(study.read_text().replace('file = "answers.parquet"\n', ""))
    assert run("score", "--study", study).error()[0] == "[data] names the table `hr.answers`, which only an engine can read"
    assert run("score", "--study", study, "--engine", "duckdb").error()[0] == "[data] names the table `hr.answers`, and no database"
    assert 'table = "hr.answers"' in to_toml(from_toml(study.read_text()))


@pytest.mark.parametrize("path", ["s3://answers/*.parquet", "abfss://in@hr.dfs.core.windows.net/answers", "hdfs:///answers", "dbfs:/answers"])
def test_a_path_that_only_the_engine_knows_reaches_it_as_it_is_written(folder, monkeypatch, path):
    def asked(engine, place, address):
        raise rpgstat.UserError(f"{engine} {place.path} {address}", "")

    monkeypatch.setattr(engines, "hold", asked)
    study = written(folder)
    study.write_text(study.read_text().replace("answers.parquet", path))
    with pytest.raises(rpgstat.UserError, match=re.escape(f"spark {path} sc://host:15002")):
        rpgstat.score(study=study, engine="sc://host:15002")


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
