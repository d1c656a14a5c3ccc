"""Puts prompts to a person at a terminal, and gives the answers back."""

from __future__ import annotations

import shutil
import sys
from textwrap import wrap
from typing import Any, TypeVar

import typer

from rpgstat.errors import UserError
from rpgstat.workflow.asking.prompts import Choice, Prompt, Said, Ticks, Walk, Words

T = TypeVar("T")
_WIDEST = 100


def check_terminal() -> None:
    """Raises UserError where nobody can be asked: input or output is no terminal."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        raise UserError(
            "--ask needs a terminal to ask at",
            "leave --ask out: `rpgstat init FILE... -o study.toml` writes the likely answers down, with comments on what to check",
        )


def conduct(walk: Walk[T]) -> T:
    """Puts each prompt of a walk, and returns what comes of it. An interrupt goes through: nothing has been written by then."""
    answer: Any = None
    try:
        while True:
            answer = put(walk.send(answer))
    except StopIteration as done:
        result: T = done.value
        return result


def put(prompt: Prompt, **terminal: Any) -> Any:
    """The answer to one prompt. `terminal` are input and output other than the process's own."""
    import questionary

    told = prompt.words if isinstance(prompt, Said) else prompt.about
    if told:
        typer.echo("\n" + _folded(told))
    if isinstance(prompt, Said):
        return None
    return _question(questionary, prompt, terminal).unsafe_ask()


def _question(questionary: Any, prompt: Choice | Ticks | Words, terminal: dict[str, Any]) -> Any:
    if isinstance(prompt, Words):
        return questionary.text(prompt.ask, default=prompt.likely, validate=lambda text: prompt.check(text) or True, **terminal)
    if isinstance(prompt, Choice):
        options = [questionary.Choice(option, at) for at, option in enumerate(prompt.options)]
        return questionary.select(prompt.ask, options, default=options[prompt.likely], instruction="(arrow keys, Enter)", **terminal)
    ticks = [questionary.Choice(option, at, checked=at in prompt.ticked) for at, option in enumerate(prompt.options)]
    return questionary.checkbox(prompt.ask, ticks, instruction="(space ticks, Enter goes on)", **terminal)


def _folded(text: str) -> str:
    width = min(shutil.get_terminal_size().columns, _WIDEST) - 1
    return "\n".join(part for line in text.splitlines() for part in wrap(line, width, subsequent_indent="  ", break_on_hyphens=False) or [""])
