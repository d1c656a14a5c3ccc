"""`init --ask`: what is not certain about a draft, asked one thing at a time. Knows no terminal: it gives prompts and takes answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rpgstat.errors import UserError
from rpgstat.read.coding import surely_coded
from rpgstat.text import plural
from rpgstat.workflow._init import check_files
from rpgstat.workflow.arguments import PathLike
from rpgstat.workflow.asking.columns import ask_groups, ask_left_out
from rpgstat.workflow.asking.prompts import Said, Walk, confirm
from rpgstat.workflow.asking.scales import ask_scales
from rpgstat.workflow.asking.waves import ask_ids, ask_names, ask_order
from rpgstat.workflow.asking.wordings import ask_wordings
from rpgstat.workflow.drafting import Draft, draft_of

_KEYS = "Enter takes the answer that is marked. Ctrl-C leaves, and nothing is written."


def walk(exports: Sequence[PathLike], out: Path, scale: Sequence[str] = (), platform: str | None = None) -> Walk[Draft | None]:
    """Asks about the draft that the exports suggest: waves, ids, wordings, scales, groups, what is left out. None where it is not to be written to `out`.

    Raises UserError as `init`, and for files of coded material, about which there is nothing to ask.
    """
    files, folder = list(exports), out.absolute().parent
    check_files(files)
    if all(surely_coded(path) for path in files):
        raise UserError("these files hold coded material, about which nothing is asked", "leave --ask out: `rpgstat init` drafts its themes as comments")
    draft = draft_of(files, folder, scale, platform)
    yield Said(f"{_found(draft)}\n{_KEYS}")
    draft = yield from ask_order(draft, lambda order: draft_of([files[at] for at in order], folder, scale, platform))
    for ask in (ask_names, ask_ids, ask_wordings, ask_scales, ask_groups, ask_left_out):
        draft = yield from ask(draft)
    return draft if (yield from confirm(f"Write {out.name}?", no="No, leave without writing")) else None


def _found(draft: Draft) -> str:
    study = draft.study
    items = plural(sum(len(battery.items) for battery in study.batteries), "statement")
    found = [f"{items} in {plural(len(study.batteries), 'set')}"] if study.batteries else []
    found += [plural(len(study.questions), "question")] if study.questions else []
    waves = plural(len(study.waves), "wave")
    return f"Found in {waves}: {', '.join(found)}." if found else f"Found {waves}, and no question whose answers can be counted."


def next_command(draft: Draft, out: Path) -> str:
    """The command to run next on the study at `out`: the first that it has something for."""
    study = draft.study
    name = ("compare" if len(study.waves) > 1 else "score") if study.batteries else "topline" if study.questions else "response"
    here = out.name == "study.toml" and out.parent in (Path(), Path.cwd())
    path = f'"{out}"' if " " in str(out) else str(out)
    return f"rpgstat {name}" + ("" if here else f" --study {path}")
