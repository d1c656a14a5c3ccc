import polars as pl

from rpgstat.read.table import without_blank, without_blank_rows


def test_blank_rows_of_a_sample_are_found_one_column_after_another():
    cells = {"a": [None, "x", None, None], "b": [None, None, "y", None], "c": [None, "z", None, "w"]}
    frame = pl.DataFrame(cells, schema=dict.fromkeys("abc", pl.String))
    assert without_blank(frame).rows() == [("x", None, "z"), (None, "y", None), (None, None, "w")]
    assert without_blank(frame).equals(without_blank_rows(frame.lazy()).collect())
    assert without_blank(frame.clear()).is_empty()
