"""The GitHub Action and the pre-commit hook: what they say is well formed, and the commands in them run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SCRIPT = Path(sys.executable).with_name("rpgstat")
BASH = shutil.which("bash")


def run(folder, **given):
    """Runs the last step of the action in a folder, with the inputs that are given."""
    home = folder / "runner"
    (home / "rpgstat" / "bin").mkdir(parents=True, exist_ok=True)
    link = home / "rpgstat" / "bin" / "rpgstat"
    if not link.exists():
        link.symlink_to(SCRIPT)
    inputs = {name: str(one["default"]) for name, one in ACTION["inputs"].items()} | given
    step = ACTION["runs"]["steps"][-1]
    env = {key: inputs[value.removeprefix("${{ inputs.").removesuffix(" }}")] for key, value in step["env"].items()}
    env |= os.environ | {"RUNNER_TEMP": str(home)}
    return subprocess.run([str(BASH), "-eo", "pipefail", "-c", step["run"]], cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def example(tmp_path):
    shutil.copytree(ROOT / "fixtures" / "rpg", tmp_path / "study")
    return tmp_path / "study"


@pytest.mark.skipif(BASH is None or not SCRIPT.exists(), reason="needs bash and the installed command")
def test_the_action_checks_a_study(example):
    done = run(example)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("::warning title=W206")
    assert run(example, strict="true").returncode == 1
    assert run(example, strict="true", ignore="W206 W218").returncode == 0
    assert run(example, study="nowhere.toml").returncode == 2


@pytest.mark.skipif(BASH is None or not SCRIPT.exists(), reason="needs bash and the installed command")
def test_the_action_takes_exports_and_runs_nothing_of_their_names(example):
    (example / "study.toml").unlink()
    shutil.copy(example / "wave-1.csv", example / "a b $(touch ran).csv")
    done = run(example, exports="a b $(touch ran).csv\nwave-3.xlsx\n")
    assert done.returncode == 0, done.stderr
    assert not (example / "ran").exists()


def test_the_action_says_what_it_takes():
    assert ACTION["runs"]["using"] == "composite"
    assert set(ACTION["inputs"]) == {"study", "exports", "ignore", "strict", "working-directory"}
    assert all(one["description"].endswith(".") or one["description"].endswith("W218.") for one in ACTION["inputs"].values())
    assert "constraints.txt" in ACTION["runs"]["steps"][1]["run"]
    assert all("${{" not in step.get("run", "") for step in ACTION["runs"]["steps"])  # inputs never become part of a script


def test_the_hook_is_a_command_that_there_is():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["entry"], hook["language"]) == ("rpgstat-check", "rpgstat check", "python")
    assert not hook["pass_filenames"]
