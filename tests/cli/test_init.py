"""`rpgstat init`: exports to a study file, and that study file back to the same figures."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator


@pytest.fixture
def exports(rpg, tmp_path):
    """The exports of the example study without its study file."""
    for name in ("wave-1.csv", "wave-3.xlsx"):
        shutil.copy(rpg / name, tmp_path / name)
    return tmp_path


def test_an_inferred_study_gives_the_figures_of_its_exports(run, exports):
    made = run("init", "wave-1.csv", "wave-3.xlsx", "-o", "study.toml", cwd=exports)
    assert (made.code, made.out) == (0, b"")
    assert made.err.endswith("note: wrote study.toml\nnote: wrote study.schema.json\nnote: 2 files written\n")
    declared = run("compare", "-f", "json", cwd=exports)
    (exports / "study.toml").unlink()
    inferred = run("compare", "wave-1.csv", "wave-3.xlsx", "-f", "json", cwd=exports)
    assert [without_id(row) for row in declared.rows] == [without_id(row) for row in inferred.rows]


NAMES = {"battery", "reference", "wave"}  # which a draft makes short


def without_id(row):
    """The row without what a declared scale has not, its note of doubt, and without names."""
    certain = [part for part in (row["note"] or "").split("; ") if part and not part.startswith("scale not certain: ")]
    text = {} if row["item"] else {"text": None}  # of a battery it is the name
    return {key: value for key, value in row.items() if key not in {"item", *NAMES}} | text | {"note": "; ".join(certain)}


def test_file_names_in_it_are_relative_to_it(command, exports):
    (exports / "studies").mkdir()
    assert command("init", exports / "wave-1.csv", exports / "wave-3.xlsx", "-o", exports / "studies" / "study.toml").code == 0
    content = (exports / "studies" / "study.toml").read_text(encoding="utf-8")
    assert [wave["file"] for wave in tomllib.loads(content)["waves"]] == ["../wave-1.csv", "../wave-3.xlsx"]
    assert command("compare", "-s", exports / "studies" / "study.toml", "-f", "json").code == 0


def test_without_a_file_it_goes_to_standard_output(command, exports):
    ran = command("init", "wave-1.csv", "wave-3.xlsx", cwd=exports)
    study = tomllib.loads(ran.text)
    assert [wave["file"] for wave in study["waves"]] == ["wave-1.csv", "wave-3.xlsx"]
    assert [len(battery["items"]) for battery in study["batteries"]] == [10, 7, 4]
    assert "# read `Strongly agree` as `Agree strongly`\n" in ran.text


def test_an_edited_study_file_is_not_overwritten(command, exports):
    study = exports / "study.toml"
    study.write_text("# my edits")
    problem, hint = command("init", exports / "wave-1.csv", "-o", study).error()
    assert "exists already" in problem
    assert "--force" in hint
    assert study.read_text() == "# my edits"
    assert command("init", exports / "wave-1.csv", "-o", study, "--force").code == 0
    assert "[[batteries]]" in study.read_text(encoding="utf-8")


def test_standard_input_has_no_name_to_write_down(command):
    problem, hint = command("init", "-").error()
    assert problem == "a study file cannot name standard input"
    assert "save the export" in hint


def test_a_reader_that_closes_the_pipe_early_is_no_error(exports):
    process = subprocess.Popen([sys.executable, "-m", "rpgstat", "init", "wave-1.csv"], cwd=exports, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    assert process.wait(60) == 0


SHIPPED = (files("rpgstat") / "data" / "study.schema.json").read_bytes()


def test_the_schema_goes_beside_the_study_which_names_it(command, exports):
    assert command("init", "wave-1.csv", "wave-3.xlsx", "-o", "new/study.toml", cwd=exports).code == 2  # no folder, nothing written
    assert not (exports / "study.schema.json").exists()
    assert command("init", "wave-1.csv", "wave-3.xlsx", "-o", "study.toml", cwd=exports).code == 0
    content = (exports / "study.toml").read_text(encoding="utf-8")
    assert content.startswith("#:schema ./study.schema.json\n\n")
    assert (exports / "study.schema.json").read_bytes() == SHIPPED
    Draft202012Validator(json.loads(SHIPPED)).validate(tomllib.loads(content))


def test_on_standard_output_no_schema_is_named(command, exports):
    assert "#:schema" not in command("init", "wave-1.csv", cwd=exports).text
    assert not (exports / "study.schema.json").exists()


def test_a_second_study_shares_the_schema(command, exports):
    assert command("init", "wave-1.csv", "-o", "one.toml", cwd=exports).code == 0
    ran = command("init", "wave-1.csv", "-o", "two.toml", cwd=exports)
    assert ran.code == 0
    assert "wrote study.schema.json" not in ran.err
    assert (exports / "two.toml").read_text(encoding="utf-8").startswith("#:schema ./study.schema.json\n")


def test_another_file_in_its_place_is_not_overwritten(command, exports):
    other = exports / "study.schema.json"
    other.write_text("{}")
    problem, hint = command("init", "wave-1.csv", "-o", "study.toml", cwd=exports).error()
    assert problem == "`study.schema.json` exists already"
    assert "--force" in hint
    assert (other.read_text(), (exports / "study.toml").exists()) == ("{}", False)
    assert command("init", "wave-1.csv", "-o", "study.toml", "--force", cwd=exports).code == 0
    assert other.read_bytes() == SHIPPED


@pytest.mark.parametrize("name", ["study.schema.json", "./study.schema.json"])
def test_the_study_is_not_the_schema(command, exports, name):
    problem, _ = command("init", "wave-1.csv", "-o", name, cwd=exports).error()
    assert "would be written twice" in problem
    assert not (exports / "study.schema.json").exists()


def test_a_folder_in_its_place_leaves_nothing_written(command, exports):
    (exports / "study.schema.json").mkdir()
    problem, _ = command("init", "wave-1.csv", "-o", "study.toml", "--force", cwd=exports).error()
    assert problem == "`study.schema.json` is a folder"
    assert not (exports / "study.toml").exists()
