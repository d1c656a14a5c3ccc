"""What the functions of `rpgstat` return: the results of one command, to look at, to compute with, and to save."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import wraps
from inspect import signature
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

import polars as pl

from rpgstat import text
from rpgstat.errors import UserError, did_you_mean
from rpgstat.record import record
from rpgstat.result import Result, in_its_language

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

_PANDAS = {"Int64": "Int64", "Float64": "float64", "Boolean": "boolean"}
"""What columns of figures are in pandas; every other column holds what stands in it."""


@record
class Picture:
    """The figure of a result: a notebook draws it, `print` shows it in characters, and `alt` says what it shows."""

    svg: str
    characters: str
    alt: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __str__(self) -> str:
        return self.characters

    def __repr__(self) -> str:
        return f"Picture: {self.alt}"


class Shown(Result):
    """A result that a notebook shows as a page."""

    def _repr_html_(self) -> str:
        return _page([self])


def _page(results: Sequence[Result]) -> str:
    from rpgstat.media import html
    from rpgstat.media.style import STYLES
    from rpgstat.views.documents import document

    with in_its_language(results):
        return html.fragment(document(results, STYLES["apa"]))


class Results(Sequence[Result]):
    """The results of one command, in order; also by name, as in `results["omnibus"]`. A notebook shows them as a page.

    `in` asks for a name or a result, and `dict(results)` has them by name.

    >>> import rpgstat
    >>> results = rpgstat.breakdown(study=example, by="role")
    >>> [result.name for result in results], results["omnibus"].frame.height
    (['breakdown', 'omnibus'], 48)
    """

    def __init__(self, results: Iterable[Result]) -> None:
        self._results = tuple(Shown(**{one.name: getattr(result, one.name) for one in fields(result)}) for result in results)

    @overload
    def __getitem__(self, which: int | str | Result) -> Result: ...
    @overload
    def __getitem__(self, which: slice) -> Results: ...
    def __getitem__(self, which: int | str | Result | slice) -> Result | Results:
        """A result by its place or name or as it is, or some of them. Raises KeyError for one that is not among them."""
        if isinstance(which, slice):
            return Results(self._results[which])
        if isinstance(which, int):
            return self._results[which]
        found = {result.name: result for result in self._results}
        name = which.name if isinstance(which, Result) else which
        if which not in self:
            raise KeyError(f"no result `{name}`; {did_you_mean(name, found)}")
        return which if isinstance(which, Result) else found[name]

    def __contains__(self, which: object) -> bool:
        return any(result is which or result.name == which for result in self._results)

    def keys(self) -> tuple[str, ...]:
        """The names of the results, each once.

        >>> rpgstat.breakdown(study=example, by="role").keys()
        ('breakdown', 'omnibus')
        """
        return tuple(dict.fromkeys(result.name for result in self._results))

    def __len__(self) -> int:
        return len(self._results)

    @property
    def frame(self) -> pl.DataFrame:
        """The first result as a table: a row for each estimate, numbers unrounded, shares from 0 to 1."""
        return self._results[0].frame

    def to_pandas(self) -> pd.DataFrame:
        """The first result as a pandas table of the same rows and columns: whole numbers that may be missing are `Int64`, lists stay lists.

        >>> rpgstat.score(study=example).to_pandas()[["item", "n"]].head(1).to_dict("records")
        [{'item': 'complex', 'n': 46}]
        """
        import pandas as pd

        return pd.DataFrame({column.name: pd.Series(column.to_list(), dtype=_PANDAS.get(str(column.dtype), "object")) for column in self.frame})

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the command line would tell beside the results, each once."""
        return tuple(dict.fromkeys(line for result in self for line in result.warnings))

    def table(self) -> str:
        """The results as the command line shows them."""
        from rpgstat.media.terminal.screen import plain
        from rpgstat.output.formats import asked, screen

        with in_its_language(self):
            return plain(screen(asked(self)))

    def plot(self) -> Picture:
        """The figure of the results. Raises UserError where there is none."""
        from rpgstat.media.terminal.screen import plain
        from rpgstat.views import pictures, plots

        result = pictures.natural(self)
        with in_its_language(self):
            svg = pictures.draw(result, ".svg", beside=self).decode()
            return Picture(svg, plain(plots.render(self)), pictures.alt_text(result, self))

    def save(
        self, *files: str | Path, force: bool = False, style: str | None = None, template: str | Path | None = None, **drawn: str | Sequence[str]
    ) -> Results:
        """Writes files, the suffix of each picking its format, all of them or none; returns the results.

        `style` is "apa" or "gss"; `template` a file that gives a .docx or .pptx its looks; `width`, `height`, `sort` and `layout` are how figures
        are wanted, `columns` which columns tables have, as the options of their names. Raises UserError as `--output` does.
        """
        from rpgstat import output

        if not files:
            raise UserError("no file named", 'name one or several: results.save("table.docx", "figure.png")')
        with _named_as_arguments():
            targets = output.targets([Path(file) for file in files], None, force=force, style=style, template=Path(template) if template else None, **drawn)  # type: ignore[arg-type]
            output.write(self, targets)
        return self

    def _repr_html_(self) -> str:
        return _page(self)

    def __repr__(self) -> str:
        return f"Results: {', '.join(f'{result.name} ({result.frame.height} rows)' for result in self)}"


def returning(command: Callable[..., list[Result]]) -> Callable[..., Results]:
    """The command with its results as `Results`, and errors that name its arguments."""
    checked = asking(command)

    @wraps(command)
    def called(*files: Any, **options: Any) -> Results:
        return Results(checked(*files, **options))

    called.__signature__ = signature(command).replace(return_annotation="Results")  # type: ignore[attr-defined]
    called.__module__ = "rpgstat"
    return called


def asking(function: Callable[..., T]) -> Callable[..., T]:
    """The function with its arguments checked, and errors that name them as a caller writes them."""
    kinds = {name: str(one.annotation) for name, one in signature(function).parameters.items()}

    @wraps(function)
    def called(*files: Any, **options: Any) -> T:
        with _named_as_arguments():
            for name, value in options.items():
                _check_kind(name, value, kinds.get(name, ""))
            return function(*files, **options)

    called.__module__ = "rpgstat"
    return called


def _check_kind(name: str, value: Any, kind: str) -> None:
    """Raises UserError for a value that is not of an argument's kind, as far as `_KINDS` knows it."""
    plain = kind.removesuffix(" | None")
    if plain not in _KINDS or (value is None and plain != kind):
        return
    fits, hint = _KINDS[plain]
    if not fits(value):
        raise UserError(f"`{name}` is {text.shortened(repr(value), 40)}", hint)


def _are_names(value: Any) -> bool:
    """Text, a list of texts or nothing; what can be gone through once only is taken as it is."""
    if isinstance(value, list | tuple | set | frozenset):
        return all(isinstance(one, str) for one in value)
    return value is None or isinstance(value, str | Iterable)


_KINDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "float": (lambda value: isinstance(value, Real) and not isinstance(value, bool), "give a number, without quotes"),
    "int": (lambda value: isinstance(value, Integral) and not isinstance(value, bool), "give a whole number, without quotes"),
    "bool": (lambda value: isinstance(value, bool), "give True or False"),
    "str": (lambda value: isinstance(value, str), "give a text, in quotes"),
    "Names": (_are_names, 'give a text, or a list of them: "role" or ["role", "team"]'),
}


@contextmanager
def _named_as_arguments() -> Iterator[None]:
    """Errors within speak of arguments, not of options."""
    try:
        yield
    except UserError as error:
        raise UserError(_as_arguments(error.problem), _as_arguments(error.hint)) from error


def _as_arguments(words: str) -> str:
    """Options as a caller writes them.

    >>> _as_arguments("add --rake GROUP, or leave --no-suppression and --fail-on out")
    'add `rake` GROUP, or leave `suppression=False` and `fail_on` out'
    >>> _as_arguments("name a group: rpgstat breakdown --by role")
    'name a group: rpgstat.breakdown(by="role")'
    """
    shown = words.replace("--no-suppression", "`suppression=False`").replace("--force", "`force=True`")
    shown = re.sub(r"rpgstat (\w+) --([a-z]+) (\w+)", r'rpgstat.\1(\2="\3")', shown)
    return re.sub(r"(?<![\w-])--([a-z][a-z-]+)", lambda found: f"`{found[1].replace('-', '_')}`", shown)
