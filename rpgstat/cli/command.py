"""Turns a function that declares a command's own options, and bundles of shared ones, into the command."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, get_type_hints

import typer

from rpgstat.process import messages
from rpgstat.process.guard import discard_output

if TYPE_CHECKING:
    from rpgstat.result import Result

Declared = Callable[..., Any]
Run = Callable[[str, dict[str, Any]], None]


def command(*bundles: type, run: Run | None = None) -> Callable[[Declared], Declared]:
    """A command with the options of `bundles` and, before the last of these, those that the function declares; its docstring is the help.

    The function is a declaration: `run` takes its name and the values of all options. By default it is an analysis: `workflow` has a
    function of that name, whose arguments are called as the options are, and whose results go where the options of `Output` say.
    """

    def turn(declared: Declared) -> Declared:
        def called(**given: Any) -> None:
            (run or analysis)(declared.__name__, given)

        parameters = {name: one for source in (bundles[:-1], declared, bundles[-1:]) for name, one in _options(source)}
        called.__name__, called.__doc__ = declared.__name__, declared.__doc__
        called.__signature__ = inspect.Signature(list(parameters.values()))  # type: ignore[attr-defined]
        called.__annotations__ = {name: one.annotation for name, one in parameters.items()}
        return called

    return turn


def _options(source: tuple[type, ...] | Declared) -> Iterator[tuple[str, inspect.Parameter]]:
    """The options of bundles, or of a function, as parameters by name."""
    for one in source if isinstance(source, tuple) else (source,):
        hints = get_type_hints(one, include_extras=True)
        own = inspect.signature(one).parameters if inspect.isfunction(one) else {}
        for name, hint in hints.items():
            if name != "return":
                default = own[name].default if name in own else getattr(one, name)
                yield name, inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)


def analysis(name: str, given: dict[str, Any]) -> None:
    """Runs the analysis `name`, writes its results, and fails where a check did."""
    from rpgstat import output, workflow
    from rpgstat.workflow.inputs import inputs

    exports, options = asked(given)
    looks = {key: options.pop(key) for key in ("force", "plot", "result", "style", "template") if key in options}
    targets = output.targets(options.pop("out", []), options.pop("format", None), **looks, keep=inputs(exports, options.get("study")))
    verbose = options.pop("verbose", False)
    results = getattr(workflow, name)(*exports, **options)
    finish(results, lambda: output.write(results, targets), verbose=verbose)


def asked(given: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """The files given, and the options that say anything: of the others the function has its own defaults. `--debug` is read before anything can fail."""
    options = {name: value for name, value in given.items() if name != "debug" and value not in (None, [])}
    exports = options.pop("exports", [])
    return exports if isinstance(exports, list) else [exports], options


def finish(results: Sequence[Result], write: Callable[[], Iterable[str]], *, verbose: bool = False) -> None:
    """Warnings, and where `verbose` every column left out; then the results by `write`; exit code 1 where a check failed. Commands end like this."""
    messages.warnings(line for result in results for line in result.warnings)
    if verbose:
        from rpgstat.workflow.left_out import listed

        messages.warnings(listed({source.name: source for result in results for source in result.inputs}.values()))
    written(write)
    failures = [line for result in results for line in result.failures]
    for line in failures:
        messages.failed(line)
    if failures:
        raise typer.Exit(1)


def written(write: Callable[[], Iterable[str]]) -> None:
    """Runs `write` and says what it wrote. A reader of standard output that has seen enough and gone is no error."""
    try:
        messages.warnings(write())
    except BrokenPipeError:
        discard_output()
