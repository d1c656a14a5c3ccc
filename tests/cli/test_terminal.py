"""On a terminal: the answer first, long output page by page, no code where none is wanted."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import time
from collections.abc import Callable, Mapping

import pytest

from rpgstat.cli.commands import COMMANDS
from rpgstat.process import progress
from rpgstat.shell.nexts import NEXT, of
from tests.cli.conftest import COMMAND, environment
from tests.test_docs import calls, parse

pty = pytest.importorskip("pty", reason="needs a system with terminals")
Seen = tuple[int, str]


@pytest.fixture
def screen(rpg) -> Callable[..., Seen]:
    """Runs the installed command on a terminal of so many columns and lines; returns its exit code and all that it put there."""
    import fcntl
    import termios

    def ran(*args: object, columns: int = 80, lines: int = 24, env: Mapping[str, str] | None = None, keyboard: bool = True) -> Seen:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        clean = {name: value for name, value in environment().items() if name not in ("PAGER", "LESS")} | {"TERM": "xterm", **(env or {})}
        streams = {"stdin": theirs if keyboard else subprocess.DEVNULL, "stdout": theirs, "stderr": theirs}
        process = subprocess.Popen([*COMMAND, *map(str, args)], cwd=rpg, env=clean, start_new_session=True, **streams)
        os.close(theirs)
        with os.fdopen(ours, "rb", buffering=0) as shown:
            told = b"".join(iter(lambda: _read(shown), b""))
        return process.wait(60), told.decode().replace("\r\n", "\n")

    return ran


def _read(shown) -> bytes:
    try:
        return shown.read(65536)
    except OSError:  # how Linux says that the other side has closed
        return b""


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
@pytest.mark.parametrize("args", [("compare", "--no-pager"), ("compare", "--help"), ("compare", "no-such.csv")])
def test_no_code_where_none_is_wanted(screen, env, args):
    assert "\x1b" not in screen(*args, env=env)[1]


def test_the_answer_stands_first_and_each_line_fits(screen):
    for columns in (80, 200):
        code, told = screen("compare", "--no-pager", columns=columns, env={"NO_COLOR": "1"})
        lines = [line for line in told.splitlines() if not line.startswith("note: ")]
        assert code == 0
        assert " ".join(lines[1:3]).startswith("From +1 year to +3 years, 5 of 21 statements rose (Professional skills and support 1 of 10")
        assert max(map(len, lines)) <= columns


def test_long_output_goes_through_the_pager_of_the_reader(screen):
    code, told = screen("compare", env={"PAGER": "sed 's/^/| /'", "NO_COLOR": "1"})
    assert code == 0
    assert "| Reflective practice groups: change between waves\n" in told
    assert "| note:" not in told


@pytest.mark.parametrize(
    ("args", "options"),
    [
        (("--no-pager",), {}),
        ((), {"keyboard": False}),
        ((), {"env": {"PAGER": "sed 's/^/| /'", "TERM": "dumb"}}),
    ],
)
def test_no_pages_where_none_are_to_be_turned(screen, args, options):
    env = {"PAGER": "sed 's/^/| /'", "NO_COLOR": "1"} | options.pop("env", {})
    code, told = screen("compare", *args, env=env, **options)
    assert code == 0
    assert "\nReflective practice groups: change between waves\n" in told


def test_a_pager_that_is_not_there_or_leaves_early_loses_nothing(screen):
    for pager, last in (("no-such-pager", True), ("head -1", False)):
        code, told = screen("compare", env={"PAGER": f"{pager} 2>/dev/null", "NO_COLOR": "1"})
        assert code == 0
        assert "\nReflective practice groups: change between waves\n" in told
        assert ("links nobody" in told) == last


def test_interrupts_belong_to_the_pager(rpg):
    pexpect = pytest.importorskip("pexpect")
    env = environment({"PAGER": "trap : INT; cat >/dev/null; sleep 2 & wait; sleep 2.5; echo turned", "TERM": "xterm"})
    shown = pexpect.spawn(COMMAND[0], [*COMMAND[1:], "compare"], cwd=str(rpg), env=env, timeout=30, encoding="utf-8")
    shown.expect("--verbose names them")
    time.sleep(1.5)
    shown.sendintr()
    shown.expect("turned")  # more than the two seconds after which a process that was stopped is ended
    shown.expect(pexpect.EOF)
    shown.close()
    assert shown.exitstatus == 0


def test_tests_of_all_groups_are_shown_where_they_are_asked_for(run, rpg):
    title = "do the groups of role differ?"
    few, every = (run("breakdown", "--by", "role", *more, cwd=rpg) for more in ((), ("--verbose",)))
    assert title not in few.text
    assert title in every.text
    assert "next: " not in few.err
    assert "next: rpgstat breakdown --post-hoc  every pair of groups\n" in every.err


def test_the_last_note_counts_what_was_written(run, rpg, tmp_path):
    ran = run("breakdown", "--by", "role", "-o", tmp_path / "x.csv", "-o", tmp_path / "x.json", cwd=rpg)
    rows = sum(len(path.read_text(encoding="utf-8").splitlines()) - 1 for path in tmp_path.glob("*.csv"))
    assert ran.err.splitlines()[-1] == f"note: 3 files written, of 2 results with {rows} rows"


@pytest.mark.parametrize("name", COMMANDS)
def test_what_to_try_next_is_a_command_that_exists(name):
    assert name in NEXT or name in ("init", "demo")  # these end with what to run
    for line in of(name):
        for call in calls(re.split(" {2}", line)[0]):
            parse(call)


def test_work_of_more_than_a_second_is_told_on_a_terminal_only(monkeypatch):
    class Terminal:
        encoding = "utf-8"

        def __init__(self, there: bool) -> None:
            self.there, self.told = there, ""

        def isatty(self) -> bool:
            return self.there

        def write(self, words: str) -> int:
            self.told += words
            return len(words)

        def flush(self) -> None:
            pass

    monkeypatch.setattr(progress, "_PATIENCE", 0.05)
    monkeypatch.setenv("TERM", "xterm")
    for there in (True, False):
        stream = Terminal(there)
        monkeypatch.setattr("sys.stderr", stream)
        with progress.shown("counting"):
            time.sleep(0.4)
            assert progress.told("writing") == there
        assert ("counting" in stream.told) == there
        assert not progress.told("nothing")
