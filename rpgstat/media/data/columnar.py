"""Parquet: the frame as it is, typed and unrounded."""

from __future__ import annotations

import io

from rpgstat.result import Result, finite


def render(result: Result) -> bytes:
    """The result's frame as one Parquet file; lists stay lists."""
    out = io.BytesIO()
    finite(result.frame).write_parquet(out)
    return out.getvalue()
