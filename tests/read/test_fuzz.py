"""Damaged exports of every platform end in a survey or an error that can be mended: seconds' worth here, minutes' with RPGSTAT_NIGHTLY=1."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import NIGHTLY

COUNT = 5_000 if NIGHTLY else 10


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each export is read in a fork")
def test_damaged_exports_are_read_or_told_of():
    program = Path(__file__).with_name("fuzz.py")
    ran = subprocess.run([sys.executable, program, "0", str(COUNT)], capture_output=True, text=True, check=False)
    *wrong, totals = ran.stdout.splitlines() or ["it did not run"]
    assert (ran.returncode, wrong) == (0, []), f"{ran.stderr}\n{ran.stdout}"
    assert totals.startswith(f"{COUNT} exports from 0: ")
    assert "'read'" in totals
    assert "'told'" in totals
