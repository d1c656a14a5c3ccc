"""What packages, forges and citations say of rpgstat is what the project says of itself."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from rpgstat.version import __version__

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
notes = runpy.run_path(str(ROOT / "docs" / "make_release.py"))["notes"]


def test_the_recipe_asks_for_what_the_project_needs():
    lines = (ROOT / "conda" / "meta.yaml").read_text(encoding="utf-8").splitlines()
    run = lines[lines.index("  run:") + 1 : lines.index("test:")]
    asked = {line.strip("- ").replace(" ", "").replace("matplotlib-base", "matplotlib") for line in run if line.strip()}
    assert asked == {*PROJECT["dependencies"], "python>=3.11"}


def test_the_citation_names_this_version():
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"] == __version__


def test_the_matrix_has_every_python_that_is_promised():
    (jobs,) = (yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"] for path in (ROOT / ".github" / "workflows").glob("*.yml"))
    promised = [found[1] for line in PROJECT["classifiers"] if (found := re.search(r":: (3\.\d+)$", line))]
    assert jobs["tests"]["strategy"]["matrix"]["python"] == promised
    assert len(jobs["tests"]["strategy"]["matrix"]["os"]) == 3


def test_release_notes_are_the_part_of_the_changelog():
    told = notes("# Changelog\n\n## 0.2.0, 2027-01-04\n\n- New.\n\n## 0.1.0, 2026-12-01\n\n- Old.\n", "0.2.0")
    assert told == "- New.\n"


@pytest.mark.parametrize(("changelog", "told"), [("## 0.2.0, unreleased\n\n- New.\n", "write the day"), ("# Changelog\n", "no part headed")])
def test_nothing_is_released_before_its_changelog(changelog, told):
    with pytest.raises(SystemExit, match=told):
        notes(changelog, "0.2.0")


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine")
def test_the_rule_of_make_is_one(tmp_path):
    text = (ROOT / "docs" / "other-tools.md").read_text(encoding="utf-8")
    (rule,) = re.findall(r"(?s)```make\n(.*?)```", text)
    (tmp_path / "Makefile").write_text(rule, encoding="utf-8")
    for name in ("study.toml", "wave-1.csv", "wave-3.xlsx"):
        (tmp_path / name).touch()
    ran = subprocess.run(["make", "--dry-run", "tables"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["rpgstat compare --force -o change.parquet", "rpgstat report --force -o report.docx"]
