"""The application: its commands, and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from rpgstat import __version__
from rpgstat.cli import compare, demo, init, messages, score
from rpgstat.errors import UserError

app = typer.Typer(
    name="rpgstat",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Try it: rpgstat demo example, then cd example and rpgstat compare.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rpgstat {__version__}")
        raise typer.Exit


@app.callback()
def rpgstat(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False) -> None:
    """Statistics for staff surveys: scores, changes between waves, honest tables."""


app.command(rich_help_panel="Analyse")(compare.compare)
app.command(rich_help_panel="Analyse")(score.score)
app.command(rich_help_panel="Begin")(init.init)
app.command(rich_help_panel="Begin")(demo.demo)


def main() -> None:
    """Runs the command line: exit 0 done, 1 a check asked for failed, 2 any error."""
    debug = "--debug" in sys.argv[1:]
    try:
        app()
    except UserError as error:
        if debug:
            raise
        messages.error(error)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever reads our output has seen enough; leave nothing for the interpreter to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # the last line of defence: no traceback without --debug, and never exit 1
        if debug:
            raise
        messages.error(UserError(f"internal error: {type(error).__name__}: {error}", "run again with --debug and report what it prints"))
        sys.exit(2)
