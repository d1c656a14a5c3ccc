"""Columns picked and put in order, in every format alike."""

from __future__ import annotations

import io
import json

import polars as pl
import pytest
from docx import Document

CHOSEN = ["text", "mean", "n"]


def test_data_have_the_columns_in_the_order_asked_for(command, rpg, tmp_path):
    files = [part for suffix in ("csv", "tsv", "json", "ndjson", "parquet") for part in ("-o", tmp_path / f"x.{suffix}")]
    assert command("score", "--columns", "text,mean", "--columns", "n", *files, cwd=rpg).code == 0
    whole = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["results"][0]
    assert whole["columns"] == CHOSEN
    assert list(whole["rows"][0]) == CHOSEN
    for frame in (pl.read_csv(tmp_path / "x.csv"), pl.read_csv(tmp_path / "x.tsv", separator="\t"), pl.read_parquet(tmp_path / "x.parquet")):
        assert frame.columns == CHOSEN
        assert frame["mean"].to_list() == [row["mean"] for row in whole["rows"]]
    assert list(json.loads((tmp_path / "x.ndjson").read_text(encoding="utf-8").splitlines()[0])) == ["result", *CHOSEN]


def test_pages_have_them_too(command, rpg, tmp_path):
    files = [part for suffix in ("docx", "md", "html", "tex", "xlsx") for part in ("-o", tmp_path / f"x.{suffix}")]
    ran = command("score", "--columns", "text,mean,n", *files, "-f", "table", cwd=rpg)
    assert any(line.split() == ["Statement", "Mean", "n"] for line in ran.text.splitlines())
    heads = [cell.text for cell in Document(str(tmp_path / "x.docx")).tables[0].rows[0].cells]
    assert heads == ["Statement", "M", "n"]
    assert "| Statement | Mean | n |" in (tmp_path / "x.md").read_text(encoding="utf-8")
    assert '<th scope="col">Statement</th><th scope="col" class="figure"><i>M</i></th>' in (tmp_path / "x.html").read_text(encoding="utf-8").replace("\n", "")
    data = pl.read_excel(io.BytesIO((tmp_path / "x.xlsx").read_bytes()), sheet_name="score", read_options={"header_row": 2})
    assert data.columns == ["Statement", "Mean", "n"]
    assert r"Statement & \textit{M} & \textit{n}" in (tmp_path / "x.tex").read_text(encoding="utf-8")


def test_the_document_still_follows_its_schema(command, rpg):
    assert list(command("compare", "--columns", "estimate,text", "-f", "json", cwd=rpg).rows[0]) == ["estimate", "text"]


@pytest.mark.parametrize("name", ["meen", "conf_lo"])
def test_an_unknown_column_is_refused_with_those_nearest(command, rpg, tmp_path, name):
    problem, hint = command("score", "--columns", f"text,{name}", "-o", tmp_path / "x.csv", cwd=rpg).error()
    assert problem == f"--columns: no column `{name}`"
    assert ("`mean`" if name == "meen" else "`conf_low`") in hint
    assert not list(tmp_path.iterdir())


def test_further_results_keep_what_they_have_of_them(command, rpg, tmp_path):
    command("breakdown", "--by", "role", "--columns", "text,mean,p_value", "-o", tmp_path / "x.csv", cwd=rpg)
    assert pl.read_csv(tmp_path / "x.csv").columns == ["text", "mean", "p_value"]
    assert pl.read_csv(tmp_path / "x.omnibus.csv").columns == ["text", "p_value"]
