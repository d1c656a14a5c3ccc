"""Makes a command of a class that declares it: its docstring is the help, then examples, its attributes are options of its own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from textwrap import indent
from typing import TYPE_CHECKING, Any

from rpgstat.process import messages, progress
from rpgstat.record import record
from rpgstat.shell.options import Bundle, Option, Shared

if TYPE_CHECKING:
    from rpgstat.result import Result

Run = Callable[[dict[str, Any]], None]


@record
class Command:
    """A command, before Typer has it."""

    name: str
    help: str
    options: dict[str, Option]
    run: Run

    def function(self, *, listed: bool = False) -> Callable[..., None]:
        """The function that Typer makes the command of; without its options where it is only `listed`."""

        def called(**given: Any) -> None:
            self.run(given)

        called.__name__, called.__doc__ = self.name, self.help
        parameters = [] if listed else [one.parameter(name) for name, one in self.options.items()]
        called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        called.__annotations__ = {one.name: one.annotation for one in parameters}
        return called


def command(*bundles: Bundle, run: Run | None = None) -> Callable[[type], Command]:
    """Makes a class the command of its name, with the shared options of `bundles`: its own stand before the last of these.

    `run` takes the values of all options. By default it is an analysis: `workflow` has a function of the command's name, whose arguments are
    called as the options are, and whose results go where those of `LAST` say.
    """

    def declared(by: type) -> Command:
        *before, last = [{name: getattr(Shared, name) for name in ([one] if isinstance(one, str) else one)} for one in bundles]
        own = {name: one for name, one in vars(by).items() if isinstance(one, Option)}
        options = {name: one for some in (*before, own, last) for name, one in some.items()}
        name = by.__name__.lower()
        told, _, examples = inspect.cleandoc(by.__doc__ or "").partition("\n\nrpgstat ")
        return Command(name, f"{told}\n\nExamples:\n" + indent(f"rpgstat {examples}", "  "), options, run or partial(analysis, name))

    return declared


def analysis(name: str, given: dict[str, Any], made_by: Callable[..., Sequence[Result]] | None = None) -> None:
    """Runs the analysis `name`, or what it is `made_by`, writes its results, and fails where a check did."""
    from rpgstat import output, workflow
    from rpgstat.workflow.inputs import inputs

    exports, options = asked(given)
    looks: dict[str, Any] = {
        key: options.pop(key) for key in ("force", "plot", "result", "style", "template", "columns", "width", "height", "sort", "layout") if key in options
    }
    looks["keep"], looks["annotated"] = inputs([*exports, *([options["benchmark"]] if "benchmark" in options else [])], options.get("study")), name == "check"
    verbose, page = options.pop("verbose"), pages(options.pop("pager"))
    targets = output.targets(options.pop("out", []), options.pop("format", None), every=verbose, **looks)
    with progress.shown("reading and counting"):
        results = (made_by or getattr(workflow, name))(*exports, **options)

    def write() -> Iterable[str]:
        with progress.shown("setting tables and figures"):
            made = output.make(results, targets)
        return output.put(made, targets, page)

    finish(results, write, verbose=name if verbose else "")


def pages(wanted: bool) -> Callable[[bytes], bool]:
    """What shows long output page by page, where that is `wanted`."""
    if not wanted:
        return lambda _: False
    from rpgstat.process import pager

    return pager.show


def asked(given: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """The files given, and the options that say anything: of the others the function has its own defaults. `--debug` is read before anything can fail."""
    options = {name: value for name, value in given.items() if name != "debug" and value not in (None, [])}
    exports = options.pop("exports", [])
    return exports if isinstance(exports, list) else [exports], options


def finish(results: Sequence[Result], write: Callable[[], Iterable[str]], *, verbose: str = "") -> None:
    """Warnings, the results by `write`, and what failed; where more is wanted of the command called `verbose`, what was left out and what to try next."""
    if not verbose:
        messages.finish(results, write)
        return
    from rpgstat.shell import nexts
    from rpgstat.workflow.left_out import listed

    messages.finish(results, write, left_out=listed(results), nexts=nexts.of(verbose))
