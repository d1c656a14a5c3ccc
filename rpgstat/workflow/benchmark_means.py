"""The means of the latest wave that published ones may stand beside."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from rpgstat.analyses.benchmarks import OwnMean
from rpgstat.result import Result
from rpgstat.stats.distributions import t_quantile
from rpgstat.stats.sample import Sample

Found = tuple[OwnMean, tuple[str, ...], bool]


def means_of_compare(result: Result) -> Iterator[Found]:
    """The mean of each statement, with the texts by which it is found."""
    plain = not {"weights", "fpc"} & result.options.keys()
    rows = [row for row in result.rows if row["item"] is not None and row["mean"] is not None and row.get("group") is None]
    for row in (row for row in rows if row["wave"] == rows[-1]["wave"]):
        sample = Sample(row["n"], row["mean"], row["sd"], None)
        yield OwnMean(row["item"], row["text"], None, row["wave"], sample, row["scale_low"], row["scale_high"], plain), (row["text"], row["item"]), True


def means_of_topline(result: Result) -> Iterator[Found]:
    """The mean of each question of numbers, and each net score as the mean of -1, 0 and 1."""
    plain = not {"weights", "fpc"} & result.options.keys()
    rows = [row for row in result.rows if row["option"] is None and row["group"] is None and row["mean"] is not None]
    for row in (row for row in rows if row["wave"] == rows[-1]["wave"]):
        net = row["score"] is not None
        sample = _net(row, result) if net else _numbers(row, result)
        ends = (-1.0, 1.0) if net else (-math.inf, math.inf)
        yield OwnMean(row["question"], row["text"], None, row["wave"], sample, *ends, plain), (row["text"], row["question"]), True


def _numbers(row: Mapping[str, Any], result: Result) -> Sample:
    """A sample of numbers, whose spread is that behind the t limits of its mean."""
    n, low, high = row["n"], row["mean_low"], row["mean_high"]
    if low is None:
        return Sample(n, row["mean"], None, None)
    error = (high - low) / 2 / t_quantile(1 - result.options["alpha"] / 2, n - 1)
    return Sample(n, row["mean"], error * math.sqrt(n), None)


def _net(row: Mapping[str, Any], result: Result) -> Sample:
    """A sample of -1, 0 and 1, from the shares of promoters and detractors."""
    own = [other for other in result.rows if (other["question"], other["wave"], other["group"]) == (row["question"], row["wave"], None)]
    shares = {other["option"]: other["share"] for other in own if other["option"] is not None}
    n, spread = row["n"], shares["promoters"] + shares["detractors"] - row["score"] ** 2
    return Sample(n, row["score"], math.sqrt(spread * n / (n - 1)) if n > 1 else None, None)
