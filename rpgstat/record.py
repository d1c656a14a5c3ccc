"""Records: frozen dataclasses whose methods are written once, not compiled for each class while a command starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Makes a class with annotated fields a frozen dataclass, as `@dataclass(frozen=True)` does, in a tenth of the time.

    `replace`, `fields`, `asdict` and `match` of the standard library work on it, and type checkers know its fields.
    A method that the class has written itself is left alone.

    >>> @record
    ... class Limits:
    ...     low: float
    ...     high: float = 1.0
    >>> Limits(0.25)
    Limits(low=0.25, high=1.0)
    >>> Limits(0.25) == Limits(low=0.25, high=1.0)
    True
    """
    made = dataclass(init=False, repr=False, eq=False)(cls)
    for name, method in _METHODS.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    return made


def _init(self: Any, /, *args: Any, **given: Any) -> None:
    known: dict[str, Field[Any]] = self.__dataclass_fields__
    values: dict[str, Any] = self.__dict__
    values.update(zip(known, args, strict=False))
    if given:
        values.update(given)
    if len(args) + len(given) != len(values):
        raise TypeError(f"{type(self).__name__} takes {', '.join(known)}, each once")
    if len(values) != len(known) or (given and values.keys() != known.keys()):
        _fill(type(self).__name__, known, values)
    if hasattr(self, "__post_init__"):
        self.__post_init__()


def _fill(owner: str, known: dict[str, Field[Any]], values: dict[str, Any]) -> None:
    for name, one in known.items():
        if name not in values:
            values[name] = _default(owner, one)
    if len(values) > len(known):
        raise TypeError(f"{owner} has no field {', '.join(values.keys() - known.keys())}")


def _default(owner: str, one: Field[Any]) -> Any:
    if one.default_factory is not MISSING:
        return one.default_factory()
    if one.default is MISSING:
        raise TypeError(f"{owner} needs {one.name}")
    return one.default


def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, one in self.__dataclass_fields__.items() if one.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


@cache
def _compared(cls: Any) -> Callable[[Any], Any]:
    """What tells two records of a class apart."""
    return attrgetter(*(name for name, one in cls.__dataclass_fields__.items() if one.compare))


def _eq(self: Any, other: object) -> bool:
    of = _compared(self.__class__)
    return bool(of(self) == of(other)) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_compared(self.__class__)(self))


def _frozen(self: Any, name: str, *_: Any) -> None:
    raise FrozenInstanceError(f"cannot change the field {name!r} of a {type(self).__name__}")


_METHODS = {"__init__": _init, "__repr__": _repr, "__eq__": _eq, "__hash__": _hash, "__setattr__": _frozen, "__delattr__": _frozen}
