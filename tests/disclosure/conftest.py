"""Programmes that come again, as those of one study under several commands do, are solved once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from hashlib import blake2b
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
import scipy.optimize
from scipy.sparse import csr_array

from tests.disclosure import solver

MOST = 2_000
"""Solutions that are kept, a few megabytes of them."""


@pytest.fixture(scope="session", autouse=True)
def _solved_once() -> Iterator[None]:
    """Of the same programme HiGHS finds the same: whether it is run or remembered, nothing that these tests look at differs."""
    milp, linprog = once(scipy.optimize.milp), once(scipy.optimize.linprog)
    with patch.object(scipy.optimize, "milp", milp), patch.object(scipy.optimize, "linprog", linprog), patch.object(solver, "milp", milp):
        yield


def once(solve: Callable[..., Any]) -> Callable[..., Any]:
    """A solver that remembers the last programmes by all that it was given."""
    known: dict[bytes, Any] = {}

    @wraps(solve)
    def solved(*given: Any, **options: Any) -> Any:
        all_of_it = blake2b(digest_size=16)
        for part in parts((given, options)):
            all_of_it.update(part)
        key = all_of_it.digest()
        if key not in known:
            if len(known) == MOST:
                known.clear()
            known[key] = solve(*given, **options)
        return known[key]

    return solved


def parts(value: Any) -> Iterator[bytes]:
    """Everything in some arguments, each array with its kind and shape."""
    match value:
        case csr_array():
            yield from parts([value.shape, value.indptr, value.indices, value.data])
        case np.ndarray():
            yield f"{value.dtype}{value.shape}".encode()
            yield value.tobytes()
        case scipy.optimize.LinearConstraint():
            yield from parts([value.A, value.lb, value.ub])
        case scipy.optimize.Bounds():
            yield from parts([value.lb, value.ub])
        case dict():
            yield from parts(sorted(value.items()))
        case list() | tuple():
            yield f"{len(value)}".encode()
            for each in value:
                yield from parts(each)
        case _:
            assert value is None or isinstance(value, bool | int | float | str), type(value)
            yield repr(value).encode()
