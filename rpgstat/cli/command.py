"""Turns a function that declares a command's own options, and bundles of shared ones, into the command."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

from rpgstat.cli.options import Bundle, Shared
from rpgstat.process.messages import finish

Declared = Callable[..., Any]
Run = Callable[[str, dict[str, Any]], None]


def command(*bundles: Bundle | type, run: Run | None = None) -> Callable[[Declared], Declared]:
    """A command with the options of `bundles` and, before the last of these, those that the function declares; its docstring is the help.

    A bundle names shared options, or is a class that declares some. The function is a declaration: `run` takes its name and the values of all
    options. By default it is an analysis: `workflow` has a function of that name, whose arguments are called as the options are, and whose
    results go where the options of `Output` say.
    """

    def turn(declared: Declared) -> Declared:
        def called(**given: Any) -> None:
            (run or analysis)(declared.__name__, given)

        parameters = {one.name: one for source in (*bundles[:-1], declared, bundles[-1]) for one in _options(source)}
        called.__name__, called.__doc__ = declared.__name__, declared.__doc__
        called.__signature__ = inspect.Signature(list(parameters.values()))  # type: ignore[attr-defined]
        called.__annotations__ = {name: one.annotation for name, one in parameters.items()}
        return called

    return turn


_SHARED = get_type_hints(Shared, include_extras=True)


def _options(source: Bundle | type | Declared) -> Iterator[inspect.Parameter]:
    """The options of a bundle, a class or a function."""
    if isinstance(source, tuple):
        found = {name: (_SHARED[name], getattr(Shared, name)) for name in source}
    else:
        own = inspect.signature(source).parameters if inspect.isfunction(source) else {}
        hints = get_type_hints(source, include_extras=True)
        found = {name: (hint, own[name].default if name in own else getattr(source, name)) for name, hint in hints.items() if name != "return"}
    for name, (hint, default) in found.items():
        yield inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)


def analysis(name: str, given: dict[str, Any]) -> None:
    """Runs the analysis `name`, writes its results, and fails where a check did."""
    from rpgstat import output, workflow
    from rpgstat.workflow import left_out
    from rpgstat.workflow.inputs import inputs

    exports, options = asked(given)
    looks = {key: options.pop(key) for key in ("force", "plot", "result", "style", "template") if key in options}
    targets = output.targets(options.pop("out", []), options.pop("format", None), **looks, keep=inputs(exports, options.get("study")), annotated=name == "check")
    verbose = options.pop("verbose", False)
    results = getattr(workflow, name)(*exports, **options)
    finish(results, lambda: output.write(results, targets), left_out=left_out.listed(results) if verbose else ())


def asked(given: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """The files given, and the options that say anything: of the others the function has its own defaults. `--debug` is read before anything can fail."""
    options = {name: value for name, value in given.items() if name != "debug" and value not in (None, [])}
    exports = options.pop("exports", [])
    return exports if isinstance(exports, list) else [exports], options
