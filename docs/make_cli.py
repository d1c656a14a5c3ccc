"""Writes docs/cli.md from the commands themselves; with --check, says whether it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any

import typer

from rpgstat.cli.app import app

PAGE = Path(__file__).with_name("cli.md")


def page() -> str:
    """The whole reference as Markdown."""
    group: Any = typer.main.get_command(app)
    lines = ["# Command reference", "", "Made by `python docs/make_cli.py` from the commands themselves. Exit codes: 0 done; 1 a check that you asked for failed", "(`--fail-on`, `--verify`); 2 an error, with nothing written.", ""]
    for name, command in group.commands.items():
        lines += [f"## rpgstat {name}", "", *description(command.help or ""), "", "| option | meaning |", "|---|---|", *map(option, options(command)), ""]
    return "\n".join(lines)


def description(text: str) -> Iterator[str]:
    """The help text, with its examples as a code block."""
    told, _, examples = cleandoc(text).partition("Examples:")
    yield told.strip()
    if examples:
        yield from ["", "```sh", *(line.strip() for line in examples.strip().splitlines()), "```"]


def options(command: Any) -> list[Any]:
    """Arguments first, then options in the order of the help page."""
    return sorted(command.params, key=lambda p: p.param_type_name != "argument")


def option(parameter: Any) -> str:
    """One table row."""
    if parameter.param_type_name == "argument":
        names = f"`{parameter.metavar}`"
    else:
        names = ", ".join(f"`{name}`" for name in sorted(parameter.opts, key=len)) + (f" `{parameter.metavar}`" if parameter.metavar else "")
    default = parameter.default
    shown = f" Default: {default}." if isinstance(default, str | float) and not isinstance(default, bool) else ""
    return f"| {names} | {parameter.help or ''}{shown} |".replace("reference|previous", "reference\\|previous").replace("lower|changed", "lower\\|changed")


def main() -> None:
    """Writes the page, or checks it."""
    text = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
            sys.exit("docs/cli.md is out of date: run python docs/make_cli.py")
        return
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
