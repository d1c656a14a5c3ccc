"""The application: every command under its name and its panel of the help."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib import import_module
from typing import Annotated, Any

import typer

from rpgstat.version import PROGRAM

PANELS = {
    "Analyse": (
        "compare",
        "score",
        "breakdown",
        "topline",
        "response",
        "reliability",
        "themes",
        "agreement",
        "joint",
        "theory",
        "timeline",
        "indicators",
        "workforce",
        "plan",
    ),
    "Report": ("report", "fill", "disclosure"),
    "Begin": ("init", "demo"),
}
"""The commands, each a function in the module of its name, by their panels."""


def application(asked: Collection[str] = ()) -> typer.Typer:
    """The command line. Where a command is among those `asked` for, it has that one alone: to build all of them takes longer than to run one.

    >>> [one.callback.__name__ for one in application(["compare"]).registered_commands], len(application(["comapre"]).registered_commands) > 1
    (['compare'], True)
    """
    app = typer.Typer(
        name="rpgstat",
        no_args_is_help=True,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog="Try it: rpgstat demo example, then cd example and rpgstat compare.",
    )
    app.callback()(rpgstat)
    known = {name: panel for panel, names in PANELS.items() for name in names}
    listed = not {"--help", "-h", "--version"}.isdisjoint(asked)  # no command is run then
    for name in known.keys() & asked or known:
        command = getattr(import_module(f"rpgstat.cli.{name}"), name)
        app.command(rich_help_panel=known[name])(_outline(command) if listed else command)
    return app


def _outline(command: Callable[..., Any]) -> Callable[[], None]:
    """A command without its options, for a list of commands."""

    def outline() -> None:
        """Never called."""

    outline.__name__, outline.__doc__ = command.__name__, command.__doc__
    return outline


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(PROGRAM)
        raise typer.Exit


def rpgstat(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False) -> None:
    """Statistics for staff surveys: scores, changes between waves, honest tables."""
