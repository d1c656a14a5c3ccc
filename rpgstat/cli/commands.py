"""The application: every command under its name and its panel of the help."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

import typer

from rpgstat.cli import analyse, begin, report
from rpgstat.shell.command import Command
from rpgstat.version import PROGRAM

PANELS = {"Analyse": analyse, "Report": report, "Begin": begin}
"""The panels of the help, each a module that declares its commands in their order."""

COMMANDS = {one.name: (one, panel) for panel, module in PANELS.items() for one in vars(module).values() if isinstance(one, Command)}


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
    listed = not {"--help", "-h", "--version"}.isdisjoint(asked)  # no command is run then
    for name in COMMANDS.keys() & asked or COMMANDS:
        command, panel = COMMANDS[name]
        app.command(rich_help_panel=panel)(command.function(listed=listed))
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(PROGRAM)
        raise typer.Exit


def rpgstat(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False) -> None:
    """Statistics for staff surveys: scores, changes between waves, honest tables."""
