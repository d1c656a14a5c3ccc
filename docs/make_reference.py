"""Writes docs/cli.md, docs/results.md, the keys in docs/study-file.md, the codes in docs/check.md, the kinds of
exports in docs/platforms.md, the JSON Schemas, scales in a form
read fast, and pictures.

With --check, says whether they are current.
"""

from __future__ import annotations

import importlib.util
import inspect
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from inspect import cleandoc
from pathlib import Path
from typing import Any

import polars as pl
import typer

import rpgstat
from rpgstat.cli.commands import application
from rpgstat.glossary import COLUMNS, FAMILIES, LEFT_OUT, OPTIONAL, RESULTS, Kind, label, sentences, verdict
from rpgstat.glossary.codes import CODES, LEVELS
from rpgstat.glossary.sentences import word
from rpgstat.infer import catalogue
from rpgstat.media.data import json_document
from rpgstat.study.keys import STUDY
from rpgstat.study.kinds import Key, tables
from rpgstat.study.schema import schema_text
from rpgstat.views.pictures import draw

HERE = Path(__file__).parent
LISTS: dict[Kind, str] = {"words": "list of texts", "counts": "list of whole numbers", "means": "list of numbers"}
TYPES: dict[Kind, str] = {"text": "text", "count": "whole number", "rank": "whole number", **LISTS}
"""How a kind of column stands in JSON and Parquet; every other kind is a number."""


def pages() -> dict[str, str]:
    """Each file's path from here, and its text."""
    schema = json.dumps(json_document.schema(), indent=2, ensure_ascii=False) + "\n"
    made = {
        "cli.md": "\n".join(cli()),
        "python.md": "\n".join(python()),
        "results.md": "\n".join(results()),
        "study-file.md": study_file(),
        "check.md": check(),
        "platforms.md": platforms(),
    }
    scales = json.dumps(catalogue.compiled(), ensure_ascii=False) + "\n"
    said = json.dumps(sentences.compiled(), indent=0, ensure_ascii=False) + "\n"
    data = {"result.schema.json": schema, "study.schema.json": schema_text(), "scales.json": scales, "sentences.json": said}
    return made | {f"../rpgstat/data/{name}": text for name, text in data.items()}


def pictures() -> dict[str, bytes]:
    """Each picture's path from here: one battery of the example study. `--check` leaves them out, as another matplotlib may draw them otherwise."""
    study = HERE.parent / "fixtures" / "rpg" / "study.toml"
    found = {"score": rpgstat.score(study=study)[0], "compare": rpgstat.compare(study=study)[0]}
    parts = {name: replace(result, frame=result.frame.filter(pl.col("battery") == "Relationships")) for name, result in found.items()}
    return {f"figure-{name}.svg": draw(part, ".svg") for name, part in parts.items()}


def cli() -> Iterator[str]:
    """The commands, their examples and options."""
    yield from ["# Command reference", "", "Made from the commands themselves by `python docs/make_reference.py`.", ""]
    yield from ["Exit codes: 0 done; 1 a check that you asked for failed (`check`, `--fail-on`, `--verify`); 2 an error, with nothing written.", ""]
    group: Any = typer.main.get_command(application())
    for name, command in group.commands.items():
        arguments_first = sorted(command.params, key=lambda p: p.param_type_name != "argument")
        yield from [f"## rpgstat {name}", "", *description(command.help or ""), ""]
        yield from [*table(["option", "meaning"], map(option, arguments_first)), ""]


def description(text: str) -> Iterator[str]:
    """The help text, with its examples as a code block."""
    told, _, examples = cleandoc(text).partition("Examples:")
    yield told.strip()
    if examples:
        yield from ["", "```sh", *(line.strip() for line in examples.strip().splitlines()), "```"]


def option(parameter: Any) -> list[str]:
    """How an argument or option is written, and what it does."""
    default = parameter.default
    shown = f" Default: {default}." if isinstance(default, str | float | Path) and not isinstance(default, bool) else ""
    return [written(parameter), f"{parameter.help or ''}{shown}"]


def written(parameter: Any) -> str:
    """The names of an option with what it takes; an argument as a usage line shows it."""
    if parameter.param_type_name == "argument":
        word = parameter.metavar + ("..." if parameter.nargs == -1 else "")
        return f"`{word}`" if parameter.required else f"`[{word}]`"
    names = ", ".join(f"`{name}`" for name in sorted([*filter(str.strip, parameter.opts), *parameter.secondary_opts], key=len))
    return f"{names} `{parameter.metavar}`" if parameter.metavar else names


def results() -> Iterator[str]:
    """The columns of every result, and the words of the verdict."""
    yield from ["# Result columns", "", "Made from `rpgstat/glossary.py` by `python docs/make_reference.py`.", ""]
    yield from ["CSV, TSV, JSON, Parquet and the Python API use the names in the first column and hold unrounded numbers, shares from 0 to 1.", ""]
    yield from ["Tables for people use the headings. An empty cell (null) is explained by the row's `note`.", ""]
    kinds = ", ".join(f"`{kind}` ({words.removeprefix('of ')})" for kind, words in LEFT_OUT.items())
    yield from [f"In JSON each of the `inputs` lists under `left_out` the columns of the file that no result uses, by `text` and `kind`: {kinds}.", ""]
    for name, columns in RESULTS.items():
        yield from [f"## {name}", "", *table(["column", "heading", "type", "unit", "meaning"], (column(name, c) for c in columns)), ""]
    yield from [
        "## Words of the verdict",
        "",
        "The words go with the family of known scales that the scale's levels belong to; a scale of your own has the first row's.",
        "",
    ]
    words = ([family or "any other", *(verdict(family, above=above) for above in (False, True))] for family in ("", *sorted(FAMILIES)))
    yield from [*table(["scale", "mean below the midpoint", "at the midpoint", "above the midpoint"], words), ""]


def python() -> Iterator[str]:
    """Each function of the package: how it is called, what it says of itself, and its example."""
    yield from ["# Functions in Python", "", "Made from the functions themselves by `python docs/make_reference.py`.", ""]
    yield from [
        "What they give back is told on the page of [scripts](scripts-and-ci.md#from-python-and-in-notebooks), their columns on that of [results](results.md).",
        "",
    ]
    for name in sorted(name for name in dir(rpgstat) if inspect.isfunction(getattr(rpgstat, name)) and not name.startswith("_")):
        function = getattr(rpgstat, name)
        arguments = [re.sub(r" = <function .*", " = ...", str(one)) for one in inspect.signature(function).parameters.values()]
        told, _, example = cleandoc(function.__doc__ or "").partition("\n>>> ")
        yield from [f"## rpgstat.{name}", "", told.strip(), "", f"Arguments: {', '.join(f'`{one}`' for one in arguments)}.", ""]
        if example:
            yield from ["```pycon", f">>> {example.strip()}", "```", ""]


def study_file() -> str:
    """The page of the study file, with the keys of each table between its two marks. Raises KeyError for a mark of no such table."""
    shapes = dict(tables(STUDY))

    def keys(mark: re.Match[str]) -> str:
        rows = map(key, shapes[mark[2]].keys.values())
        return "\n".join([mark[1], *table(["key", "value", "meaning", "example"], rows), mark[3]])

    text = (HERE / "study-file.md").read_text(encoding="utf-8")
    return re.sub(r"(<!-- keys of: ?([\w.]*) -->)\n.*?(<!-- end of keys -->)", keys, text, flags=re.DOTALL)


def check() -> str:
    """The page of what `check` finds, with the list of all codes between its two marks."""
    rows = ([f"[{code}](#{code.lower()})", LEVELS[code[0]], word("check_of", code)] for code in CODES)
    listed = "\n".join(table(["code", "level", "what it finds"], rows))
    text = (HERE / "check.md").read_text(encoding="utf-8")
    return re.sub(r"(<!-- codes -->)\n.*?(<!-- end of codes -->)", lambda mark: f"{mark[1]}\n{listed}\n{mark[2]}", text, flags=re.DOTALL)


def platforms() -> str:
    """The page of platforms, with what is found in an export of each kind between its two marks."""
    spec = importlib.util.spec_from_file_location("kinds", HERE.parent / "tests" / "read" / "kinds.py")
    kinds = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(kinds)  # type: ignore[union-attr]
    listed = "\n".join(table(kinds.COLUMNS, kinds.rows()))
    text = (HERE / "platforms.md").read_text(encoding="utf-8")
    return re.sub(r"(<!-- kinds -->)\n.*?(<!-- end of kinds -->)", lambda mark: f"{mark[1]}\n{listed}\n{mark[2]}", text, flags=re.DOTALL)


def key(entry: Key) -> list[str]:
    """One key of the study file."""
    default = "" if entry.default is None else f" Default: `{json.dumps(entry.default)}`."
    return [f"`{entry.name}`", entry.kind.words + (", required" if entry.required else ""), entry.meaning + default, f"`{entry.name} = {entry.example}`"]


def column(result: str, name: str) -> list[str]:
    """One column of a result."""
    entry = COLUMNS[name]
    when = " Only when asked for." if name in OPTIONAL.get(result, ()) else ""
    return [f"`{name}`", label(result, name), TYPES.get(entry.kind, "number"), entry.unit, entry.meaning + when]


def table(header: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """A Markdown table; a bar within a cell is escaped."""
    for cells in (header, ["---"] * len(header), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> None:
    """Writes the pages, or checks them."""
    with sentences.speaking(sentences.compiled()):  # as they stand now: what is made of them may name new ones
        made = pages()
    for name, text in made.items():
        path = HERE / name
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path.resolve().name} is out of date: run python docs/make_reference.py")
    if "--check" not in sys.argv[1:]:
        for name, picture in pictures().items():
            (HERE / name).write_bytes(picture)


if __name__ == "__main__":
    main()
