"""An export in parts: a folder, or a pattern, read as one table."""

from pathlib import Path

import polars as pl
import pytest

from rpgstat.errors import UserError
from rpgstat.read import read
from rpgstat.read.parts import parts_of


def put(folder: Path, **parts: str) -> Path:
    """CSV parts in a folder; `a__b` is part b in the folder a."""
    for name, text in parts.items():
        path = folder / f"{name.replace('__', '/')}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def table(path) -> dict[str, list[str | None]]:
    survey = read(path)
    frame = survey.frame.collect()
    return {column.text: frame[column.name].to_list() for column in survey.columns}


def test_the_parts_of_a_folder_stand_below_each_other_in_the_order_of_their_names(tmp_path):
    put(tmp_path / "answers", two="Role,Rate\nB,2\n", one="Role,Rate\nA,1\nA,3\n", _started="not a part", deep__three="Role,Rate\nC,\n")
    assert table(tmp_path / "answers") == {"Role": ["C", "A", "A", "B"], "Rate": [None, "1", "3", "2"]}
    assert read(tmp_path / "answers").name == "answers"
    assert read(tmp_path / "answers").parts == {"deep/three.csv": 13, "one.csv": 18, "two.csv": 14}


def test_a_pattern_fits_some_and_a_file_of_that_name_is_meant_itself(tmp_path):
    put(tmp_path, **{"w-1": "Role\nA\n", "w-2": "Role\nB\n", "x": "Role\nC\n"})
    assert table(tmp_path / "w-*.csv") == {"Role": ["A", "B"]}
    assert read(tmp_path / "w-*.csv").name == f"{tmp_path.name}/w-*.csv"
    put(tmp_path, **{"w-[1]": "Role\nitself\n"})
    assert table(tmp_path / "w-[1].csv") == {"Role": ["itself"]}


def test_the_folders_of_a_partition_give_columns(tmp_path):
    for folder, role in (("year=2023/region=North%20West", "A"), ("year=2024/region=__HIVE_DEFAULT_PARTITION__", "B")):
        put(tmp_path / folder, part=f"Role\n{role}\n")
    assert table(tmp_path) == {"Role": ["A", "B"], "year": ["2023", "2024"], "region": ["North West", None]}


def test_parquet_parts_may_hold_numbers_in_one_and_words_in_another(tmp_path):
    pl.DataFrame({"year": [1, 2], "Rate": ["Yes", None]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"Rate": ["No"], "year": ["3"]}).write_parquet(tmp_path / "b.parquet")
    assert table(tmp_path / "*.parquet") == {"year": ["1", "2", "3"], "Rate": ["Yes", None, "No"]}


def test_a_file_that_was_split_has_its_header_in_the_first_part_only_and_that_is_told(tmp_path):
    put(tmp_path, a="Role,Rate\nA,1\n", b="B,2\nB,3\n", c="C,4\n")
    assert table(tmp_path) == {"Role": ["A", "B", "B", "C"], "Rate": ["1", "2", "3", "4"]}
    assert any("2 parts without a header row: that of a.csv is taken for all" in warning for warning in read(tmp_path).warnings)


def test_the_parts_of_a_large_export_are_left_to_be_scanned_all_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("rpgstat.read.delimited._EAGER", 20)
    put(tmp_path, a="Role,Rate\nA,1\n", b="Role,Rate\nB,2\n")
    assert table(tmp_path) == {"Role": ["A", "B"], "Rate": ["1", "2"]}
    assert read(tmp_path).frame.explain().count("Csv SCAN") == 1


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"a": "Role,Rate\nA,1\n", "b": "Role,Rank\nB,2\n"}, "b.csv has no column `Rate`, unlike a.csv"),
        ({"a": "Role\nA\n", "b": "Role,Rank\nB,2\n"}, "b.csv has a column `Rank`, unlike a.csv"),
        ({"a": "Role,Rate\nA,1\n", "b": "B,2\n", "c": "Role,Rate\nC,3\n"}, "b.csv has not the header row of the others"),
        ({"a": "Role,Rate\nA,1\n", "b": "Role,Rate\nB,2,3\n"}, "b.csv: row 2 has 3 cells, the header 2"),
    ],
)
def test_a_part_unlike_the_others_is_refused_by_its_name(tmp_path, parts, problem):
    with pytest.raises(UserError) as caught:
        read(put(tmp_path, **parts))
    assert problem in caught.value.problem


def test_a_folder_of_other_files_is_no_export(tmp_path):
    put(tmp_path, a="Role\nA\n")
    (tmp_path / "notes.docx").write_bytes(b"PK")
    with pytest.raises(UserError, match=r"is a folder with files that are no parts of an export: \.docx"):
        read(tmp_path)
    with pytest.raises(UserError, match="fits no file"):
        read(tmp_path / "*.tsv")
    assert parts_of(tmp_path / "*.csv").names == ("a.csv",)
