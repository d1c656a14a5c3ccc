"""The application: every command under its name and its panel of the help."""

from __future__ import annotations

from typing import Annotated

import typer

from rpgstat.cli import breakdown, compare, demo, fill, indicators, init, reliability, report, response, score, workforce
from rpgstat.version import PROGRAM

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
        typer.echo(PROGRAM)
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
