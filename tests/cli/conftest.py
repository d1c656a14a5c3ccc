"""The command as its users meet it: installed, in a process of its own; or, where that would only cost time, called in this one."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from rpgstat.cli.app import run as run_here
from tests.cli.warm import Warm
from tests.disclosure.conftest import _solved_once  # noqa: F401 # a fixture of these tests too

SCRIPT = Path(sys.executable).with_name("rpgstat.exe" if os.name == "nt" else "rpgstat")
COMMAND = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "rpgstat"]
SHIPPED = jsonschema_rs.Draft202012Validator(json.loads((files("rpgstat") / "data" / "result.schema.json").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")

    @cached_property
    def document(self) -> dict[str, Any]:
        """Standard output as the JSON document that the schema describes."""
        document = json.loads(self.out)
        SHIPPED.validate(document)
        return document

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.document["results"][0]["rows"]

    def error(self) -> tuple[str, str]:
        """The problem and the hint of a command that failed as it should: exit 2, both lines, nothing on standard output, no traceback."""
        assert self.code == 2, self
        assert self.out == b""
        assert "Traceback" not in self.err
        said = re.fullmatch(r"(?:(?:note|doing): .*\n)*error: (.+?)\nhint: (.+)\n", self.err, re.DOTALL)
        assert said, self.err
        return said[1], said[2]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without what would change how a command prints, or on how many threads it counts."""
    spoiling = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "POLARS_MAX_THREADS")
    return {key: value for key, value in os.environ.items() if key not in spoiling} | {"PYTHONUTF8": "1"} | dict(extra or {})


def words(args: Sequence[object]) -> list[str]:
    """Arguments as the system hands them over."""
    return [os.fsdecode(arg) if isinstance(arg, bytes) else str(arg) for arg in args]


@pytest.fixture(scope="session")
def installed() -> Callable[..., Ran]:
    """Runs the installed command as the system starts it: `installed("compare", "-f", "json", cwd=folder, stdin=b"...", env={...})`."""

    def ran(*args: object, cwd: Path | None = None, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
        done = subprocess.run([*COMMAND, *words(args)], cwd=cwd, input=stdin, capture_output=True, timeout=60, env=environment(env), check=False)
        return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8"))

    return ran


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Where processes can be divided, what runs the installed command without waiting for its libraries each time."""
    waiting = Warm(SCRIPT)
    yield waiting
    waiting.close()


@pytest.fixture(scope="session")
def run(request: pytest.FixtureRequest, installed: Callable[..., Ran]) -> Callable[..., Ran]:
    """The same, without the half second of starting Python; a run that is told how Python starts is started by the system."""

    def ran(*args: object, cwd: Path | None = None, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
        if not hasattr(os, "fork") or not SCRIPT.exists() or any(name.startswith("PYTHON") for name in env or ()):
            return installed(*args, cwd=cwd, stdin=stdin, env=env)
        code, out, err = request.getfixturevalue("warm").run(words(args), cwd, stdin, environment(env), seconds=60)
        return Ran(code, out, err.decode("utf-8"))

    return ran


@pytest.fixture(scope="session")
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Starts the installed command and does not wait; `through` is a line of shell that runs it as "$@". Further options are those of Popen."""

    def started(*args: object, through: str = "", env: Mapping[str, str] | None = None, **options: Any) -> subprocess.Popen[bytes]:
        line = [*(["sh", "-c", through, "sh"] if through else []), *COMMAND, *words(args)]
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        return subprocess.Popen(line, env=environment(env), **streams)

    return started


@pytest.fixture
def command(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """The same command line inside this process, for what does not need one of its own."""

    def ran(*args: object, cwd: Path | None = None) -> Ran:
        for name in os.environ.keys() - environment().keys():
            monkeypatch.delenv(name)
        monkeypatch.setattr(sys, "argv", ["rpgstat", *map(str, args)])
        with contextlib.chdir(cwd or Path.cwd()), pytest.raises(SystemExit) as left:
            run_here()
        out, err = capsysbinary.readouterr()
        return Ran(left.value.code or 0, out, err.decode("utf-8"))  # type: ignore[arg-type]

    return ran


@pytest.fixture(scope="session")
def rpg() -> Path:
    """The folder of the example study."""
    return Path(__file__).resolve().parents[2] / "fixtures" / "rpg"


@pytest.fixture(scope="session")
def shown(run: Callable[..., Ran], rpg: Path) -> Ran:
    """The example study compared by the installed command, as JSON."""
    return run("compare", "-f", "json", cwd=rpg)


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Writes a flat export: `export("one.csv", {"I cope": ["Agree", ...]})`; the columns are of equal length."""

    def written(name: str, columns: Mapping[str, Sequence[str]]) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([list(columns), *zip(*columns.values(), strict=True)])
        return path

    return written
