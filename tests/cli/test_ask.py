"""`rpgstat init --ask` at a terminal, and where there is none."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

from rpgstat.shell.asking import conduct, put
from rpgstat.workflow.asking.prompts import Choice, Said, Ticks, Words

DOWN, ENTER, SPACE, INTERRUPT = "\x1b[B", "\r", " ", "\x03"


@pytest.fixture
def exports(rpg, tmp_path):
    for name in ("wave-1.csv", "wave-3.xlsx"):
        shutil.copy(rpg / name, tmp_path / name)
    return tmp_path


def test_off_a_terminal_it_is_refused_and_nothing_is_written(command, exports):
    problem, hint = command("init", "wave-1.csv", "wave-3.xlsx", "--ask", cwd=exports).error()
    assert problem == "--ask needs a terminal to ask at"
    assert "leave --ask out: `rpgstat init FILE... -o study.toml`" in hint
    assert sorted(path.name for path in exports.iterdir()) == ["wave-1.csv", "wave-3.xlsx"]


def answered(prompt, keys: str):
    """What comes of a prompt when somebody types these keys: the library's own input, no terminal."""
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    with create_pipe_input() as keyboard:
        keyboard.send_text(keys)
        return put(prompt, input=keyboard, output=DummyOutput())


def test_enter_takes_what_is_ready():
    assert answered(Choice("Which?", ("a", "b", "c"), 1), ENTER) == 1
    assert answered(Ticks("Which?", ("a", "b", "c"), (0, 2)), ENTER) == [0, 2]
    assert answered(Words("What?", "Wave 1"), ENTER) == "Wave 1"


def test_keys_choose_and_tick_and_type():
    assert answered(Choice("Which?", ("a", "b", "c")), DOWN + DOWN + ENTER) == 2
    assert answered(Ticks("Which?", ("a", "b", "c"), (0,)), SPACE + DOWN + SPACE + ENTER) == [1]
    assert answered(Words("What?", "Wave"), " 2" + ENTER) == "Wave 2"


def test_an_answer_that_cannot_be_is_asked_again():
    assert answered(Words("How many?", "", lambda text: "" if text.isdecimal() else "Write a number."), "x" + ENTER + "\x7f7" + ENTER) == "7"


def test_two_options_of_one_wording_are_told_apart():
    assert answered(Choice("Which?", ("same", "same"), 1), ENTER) == 1


def test_an_interrupt_goes_through():
    with pytest.raises(KeyboardInterrupt):
        answered(Choice("Which?", ("a", "b")), INTERRUPT)


def test_what_is_only_said_needs_no_answer(capsys):
    def walk():
        yield Said("Found in 2 waves.\nEnter goes on.")
        return "done"

    assert conduct(walk()) == "done"
    assert capsys.readouterr().out == "\nFound in 2 waves.\nEnter goes on.\n"


@pytest.fixture
def terminal(exports):
    """The installed command at a terminal of 80 columns."""
    pexpect = pytest.importorskip("pexpect")
    if sys.platform == "win32":
        pytest.skip("no pseudo-terminal")
    environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")} | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}

    def opened(*args: str):
        return pexpect.spawn(sys.executable, ["-m", "rpgstat", *args], cwd=str(exports), encoding="utf-8", dimensions=(40, 80), timeout=60, env=environment)

    return opened


def goes_on(child, *steps: tuple[str, str]) -> None:
    for question, keys in steps:
        child.expect_exact(question)
        child.send(keys)


def test_somebody_at_a_terminal_gets_a_study_and_the_command_to_run_next(terminal, exports, run):
    child = terminal("init", "wave-1.csv", "wave-3.xlsx", "--ask")
    goes_on(
        child,
        ("Is this the order of the waves", ENTER),
        ("What is the study called?", "Reflective practice" + ENTER),
        ("What is the wave of wave-1.csv called?", ENTER),
        ("How many people were invited to `Wave 1`?", "214" + ENTER),
        ("What is the wave of wave-3.xlsx called?", ENTER),
        ("How many people were invited to `Wave 3`?", ENTER),
        ("Which answers could people choose from?", ENTER),
        ("Which of these columns are groups?", ENTER),
        ("A short name for the groups", ENTER),
        ("Which of these mean the same?", ENTER),
        ("In which order shall the groups stand?", ENTER),
        ("Which shall be counted?", ENTER),
        ("Write study.toml?", ENTER),
        ("Now run:", ""),
    )
    child.expect_exact("rpgstat compare")
    child.expect(["\r\n", "$"])
    child.wait()
    assert child.exitstatus == 0
    text = (exports / "study.toml").read_text(encoding="utf-8")
    assert 'title = "Reflective practice"\n' in text
    assert "invited = 214\n" in text
    assert run("compare", "-f", "json", cwd=exports).code == 0


def test_ctrl_c_leaves_nothing_behind(terminal, exports):
    child = terminal("init", "wave-1.csv", "wave-3.xlsx", "--ask")
    goes_on(child, ("Is this the order of the waves", ENTER), ("What is the study called?", INTERRUPT))
    child.expect("$")
    child.wait()
    assert child.exitstatus == 130
    assert sorted(path.name for path in exports.iterdir()) == ["wave-1.csv", "wave-3.xlsx"]


def test_a_study_that_exists_is_refused_before_anything_is_asked(terminal, exports):
    (exports / "study.toml").write_text("# my edits")
    child = terminal("init", "wave-1.csv", "--ask")
    child.expect_exact("exists already")
    child.wait()
    assert child.exitstatus == 2
    assert (exports / "study.toml").read_text() == "# my edits"
