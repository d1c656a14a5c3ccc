"""The application: its commands, and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from rpgstat import __version__
from rpgstat.cli import breakdown, compare, demo, fill, indicators, init, messages, reliability, report, response, score, workforce
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
app.command(rich_help_panel="Analyse")(breakdown.breakdown)
app.command(rich_help_panel="Analyse")(response.response)
app.command(rich_help_panel="Analyse")(reliability.reliability)
app.command(rich_help_panel="Analyse")(indicators.indicators)
app.command(rich_help_panel="Analyse")(workforce.workforce)
app.command(rich_help_panel="Report")(report.report)
app.command(rich_help_panel="Report")(fill.fill)
app.command(rich_help_panel="Begin")(init.init)
app.command(rich_help_panel="Begin")(demo.demo)


def main() -> None:
    """Runs the command line: exit 0 done, 1 a check asked for failed, 2 any error."""
    try:
        sys.exit(app(prog_name="rpgstat", standalone_mode=False))
    except Exception as error:  # noqa: BLE001 # the last line of defence: no traceback without --debug, and never exit 1
        if "--debug" in sys.argv[1:]:
            messages.trace(error)
        if explained := _explained(error):
            messages.error(explained)
        sys.exit(2)


def _explained(error: Exception) -> UserError | None:
    """What to tell; None when the help already has, as it does without any command."""
    if isinstance(error, UserError):
        return error
    if not hasattr(error, "format_message"):  # the mark of Typer's usage errors, whose class has moved between its versions
        return UserError(f"internal error: {messages.fault(error)}", "run again with --debug and report what it prints")
    context, message = getattr(error, "ctx", None), error.format_message()
    return UserError(message, f"`{context.command_path if context else 'rpgstat'} --help` lists what it takes") if message else None
