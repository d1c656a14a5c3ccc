"""Builds a release: wheel and source archive twice, which must be the same to the byte, their sums, and the notes from the changelog; `--try` without notes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def notes(changelog: str, version: str) -> str:
    """What the changelog says of a version. Raises SystemExit where it says nothing, or that it is not released yet."""
    found = re.search(rf"(?ms)^## {re.escape(version)}, ([^\n]+)\n(.*?)(?=^## |\Z)", changelog)
    if found is None:
        raise SystemExit(f"CHANGELOG.md has no part headed “## {version}, …”")
    if found[1].strip() == "unreleased":
        raise SystemExit(f"CHANGELOG.md calls {version} unreleased: write the day in its place")
    return found[2].strip() + "\n"


def built(folder: Path, epoch: str) -> dict[str, bytes]:
    """The files of one build, from a copy of what is committed."""
    source = folder / "source"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(source)], check=True)
    environment = os.environ | {"SOURCE_DATE_EPOCH": epoch}
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(folder / "out"), str(source)], check=True, env=environment, stdout=subprocess.DEVNULL)
    return {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())}


def twice() -> dict[str, bytes]:
    """The files of a build. Raises SystemExit where a second one, in another folder, gives other bytes."""
    epoch = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first, second = built(Path(one), epoch), built(Path(other), epoch)
    if first != second:
        raise SystemExit(f"two builds differ: {', '.join(name for name in first if first[name] != second.get(name))}")
    return first


def main(target: Path, *, released: bool) -> None:
    """Build into `target`, which is made anew."""
    version = re.findall('"([0-9.]+)"', (ROOT / "rpgstat" / "version.py").read_text(encoding="utf-8"))[0]
    told = notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version) if released else ""
    files = twice()
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name, content in files.items():
        (target / name).write_bytes(content)
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    (target / "SHA256SUMS").write_text(sums, encoding="utf-8")
    if released:
        (target / "notes.md").write_text(told, encoding="utf-8")
    sys.stdout.write(sums)


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word != "--try"]
    main(Path(asked[0] if asked else "dist"), released="--try" not in sys.argv)
