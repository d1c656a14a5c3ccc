"""JSON: one document that its schema describes, with full floats and no NaN."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files

import jsonschema_rs
import pytest

import rpgstat
from rpgstat.media.data import json_document
from rpgstat.result import Input, Result, table

SCHEMA = json.loads((files("rpgstat") / "data" / "result.schema.json").read_text(encoding="utf-8"))
FITS = jsonschema_rs.Draft202012Validator(SCHEMA)


def test_the_shipped_schema_is_the_generated_one_and_is_valid() -> None:
    # After a change to the glossary: python docs/make_reference.py
    assert json_document.schema() == SCHEMA
    jsonschema_rs.meta.validate(SCHEMA)


def test_the_document_fits_the_schema_and_holds_the_frame(compare: Result, score: Result) -> None:
    document = json.loads(json_document.document([compare, score]))
    FITS.validate(document)
    assert list(document) == ["schema", "tool", "version", "command", "inputs", "options", "results", "warnings"]
    assert (document["version"], document["command"]) == (rpgstat.__version__, "compare")
    assert [result["name"] for result in document["results"]] == ["compare", "score"]
    assert document["results"][0]["rows"] == compare.rows
    assert document["results"][0]["columns"] == compare.frame.columns == list(document["results"][0]["rows"][0])
    assert document["results"][1]["rows"] == score.rows


def test_an_optional_column_fits_the_schema(compare: Result) -> None:
    rows = [row | {"bf10": 3.2} for row in compare.rows]
    assert FITS.is_valid(json.loads(json_document.document([replace(compare, frame=table("compare", rows, ["bf10"]))])))


@pytest.mark.parametrize(("column", "value"), [("mean", "2.5"), ("n", -1), ("p_value", 1.5), ("surprise", 1)])
def test_the_schema_refuses_what_no_result_holds(compare: Result, column: str, value: object) -> None:
    document = json.loads(json_document.document([compare]))
    document["results"][0]["rows"][0][column] = value
    assert not FITS.is_valid(document)


def test_inputs_and_warnings_that_two_results_share_stand_once(compare: Result) -> None:
    document = json.loads(json_document.document([compare, compare]))
    assert [source["name"] for source in document["inputs"]] == ["wave-1.csv", "wave-3.xlsx"]
    assert len(document["warnings"]) == 1


def test_nan_and_infinity_are_null(compare: Result) -> None:
    result = replace(compare, frame=table("compare", [{"mean": float("nan"), "sd": float("inf")}]))
    [row] = json.loads(json_document.document([result]))["results"][0]["rows"]
    assert (row["mean"], row["sd"]) == (None, None)
    assert "NaN" not in json_document.lines([result]).decode()


def test_text_is_readable_and_a_file_name_that_is_no_utf8_survives(compare: Result) -> None:
    content = json_document.document([replace(compare, title="Évaluation", inputs=(Input("wave-\udcff.csv", "0" * 64, 1),))])
    assert "Évaluation" in content.decode("utf-8")
    assert json.loads(content)["inputs"][0]["name"] == "wave-\udcff.csv"
    assert content.endswith(b"}\n")


def test_lines_hold_one_row_each_with_the_result_first(compare: Result, score: Result) -> None:
    rows = [json.loads(line) for line in json_document.lines([compare, score]).decode().splitlines()]
    assert len(rows) == compare.frame.height + score.frame.height
    assert list(rows[0])[:2] == ["result", "battery"]
    assert rows[-1] == {"result": "score"} | score.rows[-1]


def test_the_same_results_give_the_same_bytes(compare: Result, score: Result) -> None:
    assert json_document.document([compare, score]) == json_document.document([compare, score])
