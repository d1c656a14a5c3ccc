"""Hostile surroundings: streams that are closed or full, signals, no memory, names and places that cannot be. One error with its hint, nothing lost."""

from __future__ import annotations

import ast
import os
import re
import signal
import stat
import time
from pathlib import Path

import pytest

import rpgstat
import rpgstat.workflow
from rpgstat.errors import UserError
from rpgstat.process import messages

pytestmark = pytest.mark.skipif(os.name != "posix", reason="shells, signals and limits of POSIX")

ROWS = "I cope,I learn\n" + "Agree,Disagree\nStrongly agree,Agree\nDisagree,Strongly disagree\nNeither agree nor disagree,Agree\n" * 3


@pytest.fixture
def folder(tmp_path):
    """A folder with two exports, and one for temporary files."""
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text(ROWS + ("" if name == "one.csv" else "Agree,Agree\n"))
    (tmp_path / "tmp").mkdir()
    return tmp_path


@pytest.fixture
def study(folder):
    """The same with a study."""
    (folder / "study.toml").write_text(
        '[scales.five]\nlevels = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]\n'
        '[[waves]]\nname = "one"\nfile = "one.csv"\n[[waves]]\nname = "two"\nfile = "two.csv"\n'
        '[[batteries]]\nname = "Skills"\nscale = "five"\nitems = ["I cope", "I learn"]\n'
    )
    return folder


def ended(process, timeout=60):
    out, err = process.communicate(timeout=timeout)
    return process.returncode, out, err.decode("utf-8", "replace")


def outcome(ran):
    return ran.code, ran.out, ran.err


def told(err):
    """The problem and the hint, and nothing else but notes."""
    said = re.fullmatch(r"(?:(?:note|doing): .*\n)*error: (.+?)\nhint: (.+)\n", err, re.DOTALL)
    assert said, err
    assert len(err.splitlines()) <= 40
    return said[1], said[2]


# --- streams --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_standard_output(start, folder, form):
    code, _, err = ended(start("score", "one.csv", "-f", form, through='exec "$@" >/dev/full', cwd=folder))
    assert code == 2
    assert told(err)[0] == "standard output cannot be written: No space left on device"


def test_help_and_version_on_a_full_standard_output(start, folder):
    for option in ("--help", "--version"):
        code, _, err = ended(start(option, through='exec "$@" >/dev/full', cwd=folder))
        assert (code, "Traceback" in err) == (2, False)
        assert told(err)


def test_a_closed_standard_output(start, folder):
    code, _, err = ended(start("score", "one.csv", through='exec "$@" >&-', cwd=folder))
    assert code == 2
    assert told(err)[0] == "standard output is closed"
    code, _, err = ended(start("score", "one.csv", "-o", "x.csv", through='exec "$@" >&-', cwd=folder))
    assert (code, (folder / "x.csv").exists()) == (0, True)


def test_a_closed_standard_input(start, folder):
    code, _, err = ended(start("score", "-", through='exec "$@" <&-', cwd=folder))
    assert code == 2
    assert told(err)[0] == "standard input is closed"


@pytest.mark.parametrize("stream", [">&-", pytest.param(">/dev/full", marks=pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full"))])
def test_a_standard_error_that_takes_nothing_stops_no_work(start, folder, stream):
    code, _, _ = ended(start("score", "one.csv", "-o", "x.csv", "-o", "x.json", through=f'exec "$@" 2{stream}', cwd=folder))
    assert code == 0
    assert (folder / "x.csv").read_text().startswith("battery,")
    assert '"results"' in (folder / "x.json").read_text()
    code, out, _ = ended(start("score", "lost.csv", through=f'exec "$@" 2{stream}', cwd=folder))
    assert (code, out) == (2, b"")


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["compare", "--help"], ["compare", "one.csv", "two.csv", "-f", "csv"], ["compare", "one.csv", "two.csv"], ["--version"]],
    ids=" ".join,
)
def test_a_reader_that_has_gone_is_no_error(start, folder, arguments):
    code, _, err = ended(start(*arguments, through='"$@" | true; exit "${PIPESTATUS:-0}"', cwd=folder))
    assert (code, "Broken" in err, "Traceback" in err) == (0, False, False)
    reading, writing = os.pipe()
    os.close(reading)
    process = start(*arguments, stdout=writing, cwd=folder)
    os.close(writing)
    code, _, err = ended(process)
    assert (code, "Broken" in err, "Traceback" in err, "error:" in err) == (0, False, False, False)


def on_a_terminal(start, folder, *arguments):
    """What a terminal gets."""
    import pty

    ours, theirs = pty.openpty()
    process = start(*arguments, stdout=theirs, cwd=folder)
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert ended(process)[0] == 0
    return shown.decode()


ESCAPES = "\x1b[2J\x9b31m\u202e\u2066\u200f"


@pytest.mark.parametrize("form", ["csv", "table", "json", "html", "plot"])
def test_escapes_in_a_file_never_reach_a_terminal(start, folder, form):
    (folder / "bad.csv").write_text(ROWS.replace("I cope", f"I cope{ESCAPES}"), encoding="utf-8")
    shown = on_a_terminal(start, folder, "score", "bad.csv", *(["--plot"] if form == "plot" else ["-f", form]))
    assert "I cope" in shown
    assert not {"\x9b", "\u202e", "\u2066", "\u200f"} & set(shown)
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", shown) if form in ("table", "plot") else "\x1b" not in shown


def test_a_pipe_gets_the_data_exactly(run, folder):
    (folder / "bad.csv").write_text(ROWS.replace("I cope", f"I cope{ESCAPES}"), encoding="utf-8")
    _, out, err = outcome(run("score", "bad.csv", "-f", "csv", cwd=folder))
    assert f"I cope{ESCAPES}" in out.decode()
    assert not set(ESCAPES) - set("[2J31m") & set(err)


# --- signals and memory ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda number: number.name)
def test_a_signal_leaves_nothing_behind(start, folder, number):
    import subprocess

    if signal.getsignal(number) is signal.SIG_IGN:  # as under nohup, which commands inherit and heed
        pytest.skip(f"{number.name} is ignored here")
    process = start("score", "-", stdin=subprocess.PIPE, cwd=folder, env={"TMPDIR": str(folder / "tmp")})
    process.stdin.write(ROWS.encode() * 20_000)
    process.stdin.flush()
    for _ in range(600):
        if list((folder / "tmp").glob("*/*")):
            break
        time.sleep(0.05)
    assert list((folder / "tmp").glob("*/*")), "the copy of standard input was never begun"
    process.send_signal(number)
    assert process.wait(timeout=20) == 128 + number
    assert process.stderr.read() == b""
    assert list((folder / "tmp").iterdir()) == []


@pytest.mark.parametrize(("last", "code"), [(ROWS, 0), ("nothing,\x00", 2)], ids=["done", "refused"])
def test_an_end_leaves_nothing_behind(run, folder, last, code):
    ran = run("score", "-", "-f", "json", stdin=last.encode(), cwd=folder, env={"TMPDIR": str(folder / "tmp")})
    assert (ran.code, ran.out[-2:]) == (code, b"}\n" if code == 0 else b"")
    assert list((folder / "tmp").iterdir()) == []


@pytest.mark.parametrize("after", [0.05, 0.1, 0.2, 0.4])
def test_an_interrupt_in_the_first_moments_shows_no_traceback(start, folder, after):
    process = start("compare", "one.csv", "two.csv", cwd=folder)
    time.sleep(after)
    for _ in range(1000):  # Python itself is up when our own module is at work: until then an interrupt is not ours
        if process.poll() is not None or Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    code, _, err = ended(process)
    assert code in (130, 0), err
    assert "Traceback" not in err
    assert "KeyboardInterrupt" not in err


@pytest.mark.parametrize("megabytes", [150, 300, 500])  # closer to what is needed, a table may wait for ever for a thread that the system refused it
def test_memory_that_runs_out_is_an_error(start, folder, megabytes):
    import resource

    limit = megabytes << 20
    process = start(
        "compare",
        "one.csv",
        "two.csv",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        cwd=folder,
        env={"TMPDIR": str(folder / "tmp")},
    )
    code, out, err = ended(process)
    if code:  # how much is needed depends on the machine
        assert (code, out) == (2, b"")
        assert "memory" in told(err)[0]
    assert list((folder / "tmp").iterdir()) == []


def test_a_process_that_the_system_kills_is_told_of(start, folder):
    import subprocess

    process = start("score", "-", stdin=subprocess.PIPE, cwd=folder, env={"TMPDIR": str(folder / "tmp")})
    process.stdin.write(ROWS.encode() * 20_000)
    process.stdin.flush()
    while not list((folder / "tmp").glob("*/*")):
        time.sleep(0.05)
    child = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
    os.kill(child, signal.SIGKILL)
    assert process.wait(timeout=20) == 2
    assert told(process.stderr.read().decode())[0] == "the work was cut off by the system (SIGKILL), most likely for want of memory"
    assert list((folder / "tmp").iterdir()) == []


def test_a_panic_of_a_library_is_an_error(command, monkeypatch):
    panic = type("PanicException", (BaseException,), {})

    def gives_up(*_, **__):
        raise panic("index out of bounds: " + "enaJ"[::-1])

    monkeypatch.setattr(rpgstat.workflow, "score", gives_up)
    ran = command("score")
    assert ran.error()[0] == "a file is damaged in a way that a library cannot read"
    monkeypatch.setattr(rpgstat.workflow, "score", gives_up)
    ran = command("score", "--debug")
    assert ran.code == 2
    assert "Traceback" in ran.err
    assert "Jane" not in ran.err


def test_a_panic_for_want_of_threads_is_told_as_want_of_memory(command, monkeypatch):
    panic = type("PanicException", (BaseException,), {})

    def gives_up(*_, **__):
        raise panic("could not spawn threads: ThreadPoolBuildError { kind: IOError(Os { code: 11 }) }")

    monkeypatch.setattr(rpgstat.workflow, "score", gives_up)
    assert command("score").error()[0] == "memory ran out"


# --- names and places -----------------------------------------------------------------------------------------------


def test_a_file_name_that_is_not_utf8(run, folder):
    odd = b"caf\xe9.csv"
    (folder / os.fsdecode(odd)).write_text(ROWS)
    for form in ("json", "csv", "table", "markdown"):
        code, out, err = outcome(run("compare", odd, "two.csv", "-f", form, cwd=folder))
        assert (code, b"caf?" in out) == (0, True), err
    code, _, err = outcome(run("init", odd, "two.csv", cwd=folder))
    assert code == 2
    assert "not UTF-8" in told(err)[0]


@pytest.mark.parametrize("name", ["x" * 252 + ".csv", "x" * 5000 + ".csv", "x" * 249 + ".csv"], ids=["longer", "much longer", "its companion only"])
def test_an_output_name_that_is_too_long(run, folder, name):
    before = sorted(folder.rglob("*"))
    code, out, err = outcome(run("reliability", "one.csv", "-o", "good.csv", "-o", name, cwd=folder, env={"PWD": str(folder)}))
    assert (code, out) == (2, b""), err
    assert "File name too long" in told(err)[0]
    assert sorted(folder.rglob("*")) == before


def test_force_keeps_the_permissions_of_a_file(start, folder):
    for mode in (0o600, 0o640, 0o664):
        (folder / "x.csv").write_text("old")
        (folder / "x.csv").chmod(mode)
        assert ended(start("score", "one.csv", "-o", "x.csv", "--force", cwd=folder, umask=0o022))[0] == 0
        assert stat.S_IMODE((folder / "x.csv").stat().st_mode) == mode
        assert (folder / "x.csv").read_text() != "old"


def test_force_never_replaces_what_goes_in(run, study):
    folder = study
    (folder / "link.csv").symlink_to("two.csv")
    os.link(folder / "two.csv", folder / "twin.csv")
    (folder / "rates.csv").write_text("measure,2015,2016\nturnover,15,14\n")
    (folder / "study.toml").write_text((folder / "study.toml").read_text() + '[workforce]\nfile = "rates.csv"\n')
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    for name in ("two.csv", "link.csv", "twin.csv", "./tmp/../two.csv", "rates.csv", str(folder / "one.csv")):
        code, _, err = outcome(run("score", "--wave", "one", "-o", name, "--force", cwd=folder))
        assert code == 2
        assert "is one of the inputs" in told(err)[0]
    (folder / "study.json").symlink_to("study.toml")
    code, _, err = outcome(run("score", "-o", "study.json", "--force", cwd=folder))
    assert (code, "is one of the inputs" in err) == (2, True)
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("what", ["/dev/zero", "pipe", "tmp", "one.csv/x", "x\\u0000y", "loop.csv", "x" * 300])
def test_what_a_study_may_not_name_as_a_file(run, study, what):
    folder = study
    os.mkfifo(folder / "pipe")
    (folder / "loop.csv").symlink_to("loop.csv")
    (folder / "study.toml").write_text((folder / "study.toml").read_text().replace("one.csv", what))
    code, out, err = outcome(run("compare", cwd=folder))
    assert (code, out) == (2, b"")
    assert told(err)


@pytest.mark.parametrize(
    "arguments", [["score", "/dev/zero"], ["score", "-"], ["indicators", "/dev/zero"], ["fill", "/dev/zero", "-o", "x.docx"], ["score", "-s", "/dev/zero"]]
)
def test_a_device_is_no_input(start, folder, arguments):
    code, out, err = ended(start(*arguments, cwd=folder, through='exec "$@" </dev/zero'), timeout=20)
    assert (code, out) == (2, b""), err
    assert told(err)


# --- messages -------------------------------------------------------------------------------------------------------


def test_an_error_has_twenty_lines_at_most(capsys):
    for problem, hint in (("\n".join(map(str, range(500))), "mend it"), ("a" * 100_000, "b\n" * 100), ("x\n" * 19 + "y", "z\nz")):
        messages.error(UserError(problem, hint))
        said = capsys.readouterr().err
        assert len(said.splitlines()) <= 20
        assert len(said) < 4000
        assert "hint: " in said


def test_every_error_has_a_hint():
    for path in Path(rpgstat.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (
                getattr(node.func, "id", "") == "UserError" or getattr(node.func, "attr", "") in ("UserError", "fault", "missing")
            ):
                place = f"{path.name}:{node.lineno}"
                given = [*node.args, *(keyword.value for keyword in node.keywords)]
                assert len(given) >= (3 if getattr(node.func, "attr", "") == "fault" else 2), place
                assert not any(isinstance(part, ast.Constant) and part.value == "" for part in given), place
    with pytest.raises(TypeError):
        UserError("what is wrong")


# --- the example study ----------------------------------------------------------------------------------------------


def test_demo_writes_all_or_nothing(start, folder):
    (folder / "kept").mkdir()
    (folder / "kept" / "wave-3.xlsx").symlink_to("nowhere/at-all")
    code, _, err = ended(start("demo", "kept", cwd=folder))
    assert (code, "already holds wave-3.xlsx" in err) == (2, True)
    assert [path.name for path in (folder / "kept").iterdir()] == ["wave-3.xlsx"]
    code, _, err = ended(start("demo", "new/deep", cwd=folder, through='ulimit -f 8; exec "$@"'))
    assert code == 2
    assert told(err)
    assert not (folder / "new").exists()
    code, _, err = ended(start("demo", "x" * 300, cwd=folder))
    assert (code, "File name too long" in err) == (2, True)
