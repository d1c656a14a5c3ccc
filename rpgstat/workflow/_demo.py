"""`demo`: the example study, written into a folder."""

from __future__ import annotations

from pathlib import Path

from rpgstat.errors import UserError
from rpgstat.workflow.arguments import PathLike


def demo(folder: PathLike) -> tuple[Path, ...]:
    """Writes the example study into `folder` and returns its files; refuses to overwrite any of them."""
    from importlib.resources import files

    target = Path(folder)
    if target.is_file():
        raise UserError(f"`{target}` is a file", "name a folder: rpgstat demo example")
    contents = {part.name: part.read_bytes() for part in sorted((files("rpgstat") / "data" / "demo").iterdir(), key=lambda p: p.name)}
    taken = [name for name in contents if (target / name).exists()]
    if taken:
        raise UserError(f"{target} already holds {', '.join(taken)}", "name another folder: rpgstat demo another-folder")
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (target / name).write_bytes(content)
    except OSError as error:
        raise UserError(f"cannot write into {target}: {error.strerror}", "name a folder that you may write to") from error
    return tuple(target / name for name in contents)
