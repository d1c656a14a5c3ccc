"""The commands that begin: a study of one's own, what to know of it first, and one to try things on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from rpgstat.process import messages, progress
from rpgstat.shell import complete
from rpgstat.shell.command import command, pages
from rpgstat.shell.options import DOCUMENT, NEEDED, OUTPUT, STUDY, SURVEY, argument, flag, option


def _init(given: dict[str, Any]) -> None:
    if given["ask"]:
        _ask(given)
        return
    from rpgstat import workflow
    from rpgstat.output.study import check_study, write_study

    exports, out, keep = given["exports"], given["out"], {"force": given["force"], "keep": given["exports"]}
    if out is not None:
        check_study(out, **keep)
    with progress.shown("reading the exports"):
        content, assumptions = workflow.init(exports, beside=out.parent if out else None, scale=given["scale"] or [], platform=given["platform"])
    if out is not None:  # on standard output they stand at the top of the file
        messages.warnings(assumptions)
    messages.written(lambda: write_study(content, out, page=pages(given["pager"]), **keep))


def _ask(given: dict[str, Any]) -> None:
    """As `_init`, with what is not certain asked at the terminal."""
    from rpgstat.output.study import check_study, write_study
    from rpgstat.shell import asking
    from rpgstat.workflow.asking import next_command, walk

    asking.check_terminal()
    exports, out, keep = given["exports"], given["out"] or Path("study.toml"), {"force": given["force"], "keep": given["exports"]}
    check_study(out, **keep)
    draft = asking.conduct(walk(exports, out, given["scale"] or [], given["platform"]))
    if draft is None:
        messages.warnings(["nothing was written"])
        return
    messages.written(lambda: write_study(draft.text, out, **keep))
    typer.echo(f"\nNow run:\n  {next_command(draft, out)}")


@command(("scale", "platform", "pager", "force", "debug"), run=_init)
class Init:
    """Write a study file inferred from exports, to be checked and edited.

    With -o, the JSON Schema by which editors complete and check it goes beside it, as study.schema.json. With --ask, what is not certain is
    asked one thing at a time, and nobody needs to edit anything.

    rpgstat init wave-1.csv wave-3.xlsx -o study.toml
    """

    exports = argument(list[Path], "EXPORT", "Survey exports, one per wave in order.", NEEDED)
    ask = flag(STUDY, "Ask at the terminal what is not certain, one thing at a time; writes study.toml unless -o says otherwise.")
    out = option(Path, OUTPUT, "FILE", "Where to write it; standard output if not given.", names="--output,-o")


@command("exports", SURVEY, ("out", "format", "pager", *DOCUMENT))
class Check:
    """Tell what to know of a study and its exports before any table is trusted, worst first; exit 1 where there is an error.

    Each finding has a code that stays (E error, W warning, I remark), a place and a mend. -f github writes annotations for GitHub Actions.

    rpgstat check
    rpgstat check wave-1.csv wave-3.xlsx
    rpgstat check --ignore W209 -f github
    """

    ignore = option(list[str], STUDY, "CODE", "Leave out what has this code, as `ignore` under \\[check] in the study does; repeatable.", known=complete.codes)
    strict = flag(OUTPUT, "Fail where there is a warning too.")


def _demo(given: dict[str, Any]) -> None:
    from rpgstat.output.demo import demo as write

    written = write(given["folder"])
    messages.warnings([*(f"wrote {path}" for path in written), f"{len(written)} files written"])
    study = str(given["folder"] / "study.toml")
    typer.echo("Now try:\n  rpgstat compare --study " + (f'"{study}"' if " " in study else study))


@command("debug", run=_demo)
class Demo:
    """Write an example study to try things on.

    rpgstat demo example
    """

    folder = argument(Path, "DIR", "Where to write the study.", Path("rpgstat-demo"))
