"""Parquet: the frame comes back as it went."""

from __future__ import annotations

import io

import polars as pl
from polars.testing import assert_frame_equal

from rpgstat.media.data import columnar
from rpgstat.result import Result


def test_types_lists_and_numbers_come_back(score: Result) -> None:
    assert_frame_equal(pl.read_parquet(io.BytesIO(columnar.render(score))), score.frame, check_exact=True)


def test_the_same_result_gives_the_same_bytes(compare: Result) -> None:
    assert columnar.render(compare) == columnar.render(compare)
