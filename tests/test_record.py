"""Records: what a frozen dataclass promises, they keep."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from functools import cached_property

import pytest

from rpgstat.record import record


@record
class Estimate:
    """A mean with limits."""

    mean: float
    low: float = 0.0
    notes: list[str] = field(default_factory=list, compare=False)
    source: str = field(default="survey", repr=False)

    @cached_property
    def width(self) -> float:
        return self.mean - self.low


@record
class Weighted(Estimate):
    weight: float = 1.0

    def __post_init__(self) -> None:
        if self.weight < 0:
            raise ValueError("a weight below 0")


def test_values_are_given_by_place_or_name_and_the_rest_are_defaults() -> None:
    one = Estimate(2.5, low=2.0)
    assert (one.mean, one.low, one.notes, one.source, one.width) == (2.5, 2.0, [], "survey", 0.5)
    assert Estimate(1.0).notes is not Estimate(1.0).notes


def test_the_standard_library_knows_them() -> None:
    one = Estimate(2.5)
    assert replace(one, low=1.0) == Estimate(2.5, 1.0)
    assert asdict(one) == {"mean": 2.5, "low": 0.0, "notes": [], "source": "survey"}
    assert [each.name for each in fields(Weighted)] == ["mean", "low", "notes", "source", "weight"]
    assert repr(one) == "Estimate(mean=2.5, low=0.0, notes=[])"
    match one:
        case Estimate(mean, low):
            assert (mean, low) == (2.5, 0.0)


def test_records_of_one_class_with_the_same_values_are_equal_and_serve_as_keys() -> None:
    one = Estimate(2.5, notes=["a"])
    assert one.width == 2.5, "what is worked out later tells no records apart"
    assert one == Estimate(2.5)
    assert {one: "kept"}[Estimate(2.5)] == "kept"
    assert one != Estimate(2.5, source="register")
    assert one != Weighted(2.5), "another class"
    assert one != (2.5, 0.0, "survey")


def test_a_field_is_never_changed() -> None:
    one = Estimate(2.5)
    with pytest.raises(FrozenInstanceError, match="mean"):
        one.mean = 3.0  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="mean"):
        del one.mean
    with pytest.raises(FrozenInstanceError, match="median"):
        one.median = 3.0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda: Estimate(), "Estimate needs mean"),
        (lambda: Estimate(1.0, mean=2.0), "each once"),
        (lambda: Estimate(1.0, 0.0, [], "survey", 5.0), "each once"),
        (lambda: Estimate(1.0, median=2.0), "no field median"),
    ],
    ids=["too few", "twice", "too many", "unknown"],
)
def test_wrong_values_are_named(given: object, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        given()  # type: ignore[operator]


def test_a_check_of_the_class_itself_runs() -> None:
    with pytest.raises(ValueError, match="below 0"):
        Weighted(1.0, weight=-1.0)
